import { Duration } from 'cdk8s';
import { Fault } from '../faults';
import { KubernetesVersion } from '../profile/kubernetes-version';

/** What of a cluster profile decides how to drain. */
export interface DrainTarget {
  readonly version: KubernetesVersion;
  /** Time that load balancers take to stop sending requests. */
  readonly loadBalancerDrain: Duration;
}

/** A rendered `preStop`. */
export interface PreStopHook {
  /** What stands under `preStop:`; nothing where there is no hook. */
  readonly handler?: object;
  /** How long requests may still come. */
  readonly seconds?: number;
  readonly warning?: string;
  readonly faults: Fault[];
}
