import type { JsonObject } from '@keelson/testing';

/** Somebody who asks. */
export interface Asker {
  readonly user: string;
  readonly groups: readonly string[];
}

/** What is tried, and what should come of it. */
export interface AdmissionCase {
  readonly title: string;
  readonly object: JsonObject;
  /** What a refusal has to say; admitted where there is none. */
  readonly says?: RegExp;
  /** @default - the cluster's administrator, whom roles hold back from nothing. */
  readonly by?: Asker;
  /** What is changed of the object, which is there then. */
  readonly patch?: JsonObject;
  /** Of what the change is. */
  readonly subresource?: string;
  /** The object is taken away, which is there then. */
  readonly removes?: boolean;
  /** Another tenant than the one with rules of its own. */
  readonly namespace?: string;
  /** The first version whose API has it. */
  readonly since?: string;
}

type More = Omit<AdmissionCase, 'title' | 'object' | 'says'>;

/** cert-manager, with rights enough that only admission is asked. */
export const SOLVER: Asker = { user: 'system:serviceaccount:cert-manager:cert-manager', groups: ['system:masters'] };

/** Somebody who was given everything in a tenant, by a mistake that is often made: a RoleBinding of `cluster-admin`. */
export const CONTRACTOR: Asker = { user: 'contractor', groups: ['system:authenticated'] };

/** Kubernetes' own, which says on which volume a claim is. */
export const BINDER: Asker = { user: 'system:serviceaccount:kube-system:persistent-volume-binder', groups: ['system:serviceaccounts', 'system:authenticated'] };

/** Kubernetes' own controllers, where they have no accounts of their own. */
export const CONTROLLER_MANAGER: Asker = { user: 'system:kube-controller-manager', groups: ['system:authenticated'] };

/** The cluster's administrator, by a name that no rule knows. */
export const OPERATIONS: Asker = { user: 'operations', groups: ['system:authenticated'] };

/** The labels of what it answers a challenge with. */
export const solving: JsonObject = { labels: { 'acme.cert-manager.io/http01-solver': 'true' } };

export function admit(title: string, object: JsonObject, more: More = {}): AdmissionCase {
  return { title, object, ...more };
}

export function deny(title: string, object: JsonObject, says: RegExp, more: More = {}): AdmissionCase {
  return { title, object, says, ...more };
}
