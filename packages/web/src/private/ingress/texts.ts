import { Fault, Faults, ISecret } from '@keelson/core';
import { Asked } from './said';

/** What the controller takes in an annotation: what isn't so, it ignores, or denies everybody. */
interface Alphabet {
  readonly pattern: RegExp;
  /** How messages call it. */
  readonly text: string;
}

export const WORDS: Alphabet = { pattern: /^[-._~A-Za-z0-9/: ]*$/, text: "letters, digits, spaces and '-._~/:'" };
export const PATH: Alphabet = { pattern: /^[-._~A-Za-z0-9/:$]*$/, text: "letters, digits and '-._~/:'" };
export const URL_TEXT: Alphabet = { pattern: /^[-._~A-Za-z0-9/:,?&=]*$/, text: "letters, digits and '-._~/:,?&='" };
export const HEADER: Alphabet = { pattern: /^[-_A-Za-z0-9]*$/, text: "letters, digits, '-' and '_'" };

/** What is wrong with a text that is to be in an annotation. */
export function textFaults(member: string, text: string, { pattern, text: allowed }: Alphabet, { door }: Asked): Fault[] {
  return pattern.test(text) ? [] : [{
    code: 'KEELSON2370', member, got: `${Faults.quoted(text)} at ${door}`, allowed: `of ${allowed}, which is all that ingress-nginx takes`,
    fix: 'write it with these, or choose another target: ExposureTarget.GATEWAY_API',
  }];
}

/** What is wrong where the controller has to be told a namespace and none is known. */
export function placeFaults(member: string, what: string, { request: { namespace }, door }: Asked): Fault[] {
  return namespace !== undefined ? [] : [{
    code: 'KEELSON2374', member, got: `${what} at ${door}, of a chart without one`, allowed: 'in a namespace that is known', fix: "give the chart its 'namespace'",
  }];
}

/** What is wrong with a Secret that the controller would read from another namespace. */
export function secretFaults(member: string, secret: ISecret, { request: { namespace }, door }: Asked): Fault[] {
  return secret.namespace === undefined || namespace === undefined || secret.namespace === namespace ? [] : [{
    code: 'KEELSON2379', member, got: `Secret ${Faults.quoted(secret.name)} of namespace ${Faults.quoted(secret.namespace)} at ${door}`,
    allowed: `a Secret of the app's namespace, ${Faults.quoted(namespace)}`, fix: 'copy it there',
  }];
}
