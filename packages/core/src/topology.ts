import { Fault } from './faults';
import { Labels } from './labels';

/**
 * What counts as one place when pods are put near each other or apart: all nodes with the same value of a label.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#topologykubernetesiozone
 */
export class Topology {
  /** One node. */
  public static readonly HOSTNAME = Topology.custom('kubernetes.io/hostname');

  /** One zone: nodes that fail together. */
  public static readonly ZONE = Topology.custom('topology.kubernetes.io/zone');

  /** One region. */
  public static readonly REGION = Topology.custom('topology.kubernetes.io/region');

  /**
   * Places of your own, such as racks. Every node should carry the label.
   *
   * @param key the label that nodes of one place have the same value of.
   */
  public static custom(key: string): Topology {
    return new Topology(key, Labels.faultsOf(key, ''));
  }

  private constructor(
    /** Key of the nodes' label. */
    public readonly key: string,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
  ) {}
}
