import type { AddressRange } from './address.js';
import type { Labels } from './label-selector.js';
import type { ContainerPort } from './workload.js';

/** One end of a connection, as policies see it. */
export interface End {
  /** `Deployment shop/web`, `internet (1.1.1.1)`. */
  readonly title: string;
  /** What policies select: nothing outside of the cluster, and on a node's network. */
  readonly pod?: PodIdentity;
  /** Where it may be: a block of addresses stands for any one of them. */
  readonly addresses: readonly AddressRange[];
  readonly ports: readonly ContainerPort[];
}

/** What selectors ask of a pod. */
export interface PodIdentity {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** One pod, and not any two of a workload: it always reaches itself. */
  readonly isSingle: boolean;
}
