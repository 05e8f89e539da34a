import { ClusterProfile, Fault } from '@keelson/core';

/** A resource of the pods that scaling measures. */
export interface ResourceUse {
  readonly resource: 'cpu' | 'memory';
  /** The one container that it is measured in; none for the whole pod. */
  readonly container?: string;
  /** The target as a share of what is requested; none where it is an amount. */
  readonly percent?: number;
  /** Where it was said. */
  readonly member: string;
}

/** What a workload warns of. */
export interface ScalingWarning {
  readonly code: string;
  readonly text: string;
}

/** One way to have the number of pods follow the load. Another way is another class. */
export interface ScalingModel {
  /** The fewest pods that there may be while there is work. */
  readonly min: number;
  readonly max: number;
  /** Whether it says the fewest pods itself, whatever it scales. */
  readonly saysMin: boolean;
  readonly faults: Fault[];
  readonly warnings: readonly ScalingWarning[];
  readonly uses: readonly ResourceUse[];
  readonly apiVersion: string;
  readonly kind: string;
  /** The same for what has so many pods at least where it doesn't say it. */
  withUsualMin(usual: number): ScalingModel;
  /** What is wrong with it on a cluster. */
  faultsIn(profile: ClusterProfile): Fault[];
  /** What is wrong with it in a namespace. */
  namespaceFaults(namespace: string | undefined): Fault[];
  /** The object's `spec`, for a Deployment of a name. */
  spec(name: string): object;
}
