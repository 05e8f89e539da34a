import type { Finding } from './finding.js';

/** A finding that is no fault. */
export interface Allowance {
  /** The check's id. */
  readonly check: string;
  /** The kind of the objects it is about, or one object: `Deployment shop/storefront`. */
  readonly about: string;
  /** A part of what is said about it, where the check covers more than this. */
  readonly says?: string;
  /** Why the check can't apply. */
  readonly why: string;
}

/** Findings beside the allowances. */
export interface Judgement {
  readonly findings: number;
  readonly allowed: number;
  /** Findings that nothing allows, and allowances that nothing needs. */
  readonly faults: string[];
}

/** Judges what a checker found in all examples together. */
export function judge(found: ReadonlyMap<string, readonly Finding[]>, allowances: readonly Allowance[]): Judgement {
  const all = [...found].flatMap(([golden, findings]) => findings.map((finding) => ({ golden, finding })));
  const refused = all.filter(({ finding }) => !allowances.some((each) => allows(each, finding)));
  const unused = allowances.filter((each) => !all.some(({ finding }) => allows(each, finding)));
  return {
    findings: all.length,
    allowed: all.length - refused.length,
    faults: [
      ...refused.map(({ golden, finding }) => `${golden}: ${finding.check} ${finding.object}: ${finding.text}`),
      ...unused.map(({ check, about, says }) =>
        `${check} is allowed for ${about}${says === undefined ? '' : ` (${says})`} and found nowhere: take it out of allowed-findings.ts`),
    ],
  };
}

function allows({ check, about, says }: Allowance, { check: found, object, text }: Finding): boolean {
  return check === found && (about === object || about === object.split(' ')[0]) && (says === undefined || text.includes(says));
}
