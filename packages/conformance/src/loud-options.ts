import { isObject, type Json, type JsonObject } from '@keelson/testing';

/** What *restricted* says of a pod for an option that says by its name that it gives up the protection. */
const LOUD: readonly { readonly uses: (key: string, value: Json | undefined) => boolean; readonly reason: RegExp }[] = [
  // The ports of a pod in the node's network are ports of the node.
  { uses: (key, value) => key === 'hostNetwork' && value === true, reason: /^(host namespaces \(hostNetwork=true\)|hostPort \(.*\))$/ },
  { uses: (key) => key === 'hostPort', reason: /^hostPort \(.*\)$/ },
  // cdk8s-plus-27, whose pods carry this label, has no word for either.
  { uses: (key) => key === 'cdk8s.io/metadata.addr', reason: /^(unrestricted capabilities|seccompProfile) \(.*\)$/ },
  { uses: (key) => key === 'hostPath', reason: /^(hostPath volumes \(.*\)|restricted volume types \([^()]* restricted volume types? "hostPath"\))$/ },
];

/** A warning without what the object's loudly named options give reason for; nothing where that was all of it. */
export function beyondLoud(warning: string, object: JsonObject): string | undefined {
  const [, head, told] = /^(would violate PodSecurity "[^"]*": )(.*)$/s.exec(warning) ?? [];
  if (head === undefined || told === undefined) return warning;
  const expected = LOUD.filter(({ uses }) => has(object, uses)).map(({ reason }) => reason);
  const others = told.split(/(?<=\)), /).filter((reason) => !expected.some((each) => each.test(reason)));
  return others.length === 0 ? undefined : `${head}${others.join(', ')}`;
}

function has(value: Json | undefined, uses: (key: string, value: Json | undefined) => boolean): boolean {
  if (Array.isArray(value)) return value.some((each) => has(each, uses));
  return isObject(value) && Object.entries(value).some(([key, member]) => uses(key, member) || has(member, uses));
}
