import { Port } from './port';

/** A workload that is described in another repository. */
export interface PeerWorkloadProps {
  /** Its name: what its pods carry as `app.kubernetes.io/instance`. */
  readonly name: string;

  /** The namespace it is in. */
  readonly namespace: string;

  /**
   * The container ports that it listens on, which are not always those of its Service.
   *
   * @default - not known: a connection to it has to name them.
   */
  readonly ports?: Port[];
}

/** Pods by their labels. All that is given must be true of a pod. */
export interface PeerPodsProps {
  /** Labels that the pods carry, at least one. */
  readonly labels: { [key: string]: string };

  /**
   * The namespace they are in.
   *
   * @default - the workload's own, unless `namespaceLabels` are given.
   */
  readonly namespace?: string;

  /**
   * Labels that their namespace carries. Whoever may edit a namespace may put them on it.
   *
   * @default - any.
   */
  readonly namespaceLabels?: { [key: string]: string };
}

/** What of a block of addresses is left out. */
export interface PeerCidrOptions {
  /**
   * Blocks inside of it that are left out, such as `10.1.0.0/16`.
   *
   * @default - none.
   */
  readonly except?: string[];
}
