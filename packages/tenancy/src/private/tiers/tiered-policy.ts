import { Port } from '@keelson/core';

/** What is done with a connection: `Pass` leaves it to the next tier, which for `Admin` are the NetworkPolicies. */
export type Action = 'Accept' | 'Deny' | 'Pass';

/** A policy of a tier, in no network plugin's own words. */
export interface TieredPolicy {
  readonly name: string;
  /** Before NetworkPolicies, or after them. */
  readonly tier: 'Admin' | 'Baseline';
  readonly priority: number;
  /** Whose pods it is about. */
  readonly subject: Namespaces;
  readonly egress: readonly TieredRule[];
  /** Whole when everything is defined. */
  readonly ingress: () => readonly TieredRule[];
}

/** Of the rules of a direction the first that matches holds. */
export interface TieredRule {
  readonly name: string;
  readonly action: Action;
  readonly peers: readonly TieredPeer[];
  /** None are all. */
  readonly ports?: readonly Port[];
}

/** Pods of some namespaces, all of them or those with labels, or addresses. */
export type TieredPeer =
  | { readonly namespaces: Namespaces; readonly podLabels?: Readonly<Record<string, string>> }
  | { readonly namespaces?: undefined; readonly networks: readonly string[] };

/** What namespaces' labels must say besides, as a selector has it. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** Namespaces by their names, all but some, or by their labels: none are all. */
export type Namespaces =
  | { readonly named: readonly string[] }
  | { readonly except: readonly string[] }
  | { readonly labels: Readonly<Record<string, string>>; readonly requirements?: readonly Requirement[] };

/** As many as one list of the API takes: rules, peers, ports. */
export const MOST = 25;

/** Rules that say the same, none with more peers or ports than the API takes. */
export function split(rules: readonly TieredRule[]): TieredRule[] {
  return rules.flatMap(rule => pieces(rule.peers).flatMap(peers => {
    return rule.ports === undefined ? [{ ...rule, peers }] : pieces(rule.ports).map(ports => ({ ...rule, peers, ports }));
  }));
}

function pieces<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / MOST) }, (_, at) => list.slice(at * MOST, (at + 1) * MOST));
}
