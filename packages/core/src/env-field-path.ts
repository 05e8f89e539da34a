import { Fault } from './faults';
import { Labels } from './labels';

/**
 * A field of the pod that an environment variable can have as its value.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields
 */
export class EnvFieldPath {
  /** The pod's name. */
  public static readonly POD_NAME = new EnvFieldPath('metadata.name');

  /** The pod's namespace. */
  public static readonly POD_NAMESPACE = new EnvFieldPath('metadata.namespace');

  /** The pod's unique identifier. */
  public static readonly POD_UID = new EnvFieldPath('metadata.uid');

  /** The pod's primary IP address. */
  public static readonly POD_IP = new EnvFieldPath('status.podIP');

  /** The pod's IP addresses of both families, separated by commas. */
  public static readonly POD_IPS = new EnvFieldPath('status.podIPs');

  /** The node that the pod runs on. */
  public static readonly NODE_NAME = new EnvFieldPath('spec.nodeName');

  /** The primary IP address of that node. */
  public static readonly NODE_IP = new EnvFieldPath('status.hostIP');

  /** The account that the pod runs as. */
  public static readonly SERVICE_ACCOUNT_NAME = new EnvFieldPath('spec.serviceAccountName');

  /**
   * One label of the pod; empty where it has none of that key.
   *
   * @param key the label's key.
   */
  public static label(key: string): EnvFieldPath {
    return new EnvFieldPath(`metadata.labels['${key}']`, Labels.faultsOf(key, ''));
  }

  /**
   * One annotation of the pod; empty where it has none of that key.
   *
   * @param key the annotation's key.
   */
  public static annotation(key: string): EnvFieldPath {
    return new EnvFieldPath(`metadata.annotations['${key}']`, Labels.annotationFaultsOf(key, ''));
  }

  private constructor(
    /** The path as Kubernetes writes it: `metadata.name`. */
    public readonly path: string,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[] = [],
  ) {}
}
