import { IpFamily } from './ip-family';
import { IpFamilyPolicy } from './ip-family-policy';
import { ServiceType } from './service-type';
import { SessionAffinity } from './session-affinity';
import { TrafficDistribution } from './traffic-distribution';
import { TrafficPolicy } from './traffic-policy';

/** What every Service can be told, whatever is behind it. */
export interface ServiceOptions {
  /**
   * From where it is reached.
   *
   * @default ServiceType.clusterIp()
   */
  readonly type?: ServiceType;

  /**
   * Whether a client's requests go to the same pod.
   *
   * @default - to any.
   */
  readonly sessionAffinity?: SessionAffinity;

  /**
   * Which pods clients inside of the cluster reach. With `LOCAL` those of their own node only, and none where it has none. GKE's Dataplane
   * V2 doesn't support it.
   *
   * @default - the API server's: all ready pods.
   */
  readonly internalTrafficPolicy?: TrafficPolicy;

  /**
   * Which pods are better for a client inside of the cluster.
   *
   * @default - all are the same.
   */
  readonly trafficDistribution?: TrafficDistribution;

  /**
   * How many addresses it has. It may be changed later.
   *
   * @default - one; `PREFER_DUAL_STACK` where the cluster profile has two families and `ipFamilies` doesn't name one alone.
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;

  /**
   * The families of its addresses, of those that the cluster has. The first one can't be changed later.
   *
   * @default - the cluster's, its preferred one first.
   */
  readonly ipFamilies?: IpFamily[];

  /**
   * Addresses outside of the cluster that nodes take for this Service: all traffic to them from the cluster, whoever it was meant for,
   * goes to the pods (CVE-2020-8554). Nothing checks whom they belong to; clusters may refuse them, and Kubernetes means to drop them.
   *
   * @default - none.
   * @see https://github.com/kubernetes/kubernetes/issues/97076
   */
  readonly unsafeExternalIps?: string[];

  /**
   * Its `metadata.name`, by which it answers in the cluster's DNS: at most 63 lower-case letters, digits and `-`, a letter first.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its labels.
   *
   * @default - those of what is behind it, where that is one workload; else the recommended ones.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Its annotations.
   *
   * @default - those that the cluster's load balancers are asked by, if any.
   */
  readonly annotations?: { [key: string]: string };
}
