import { Fault } from './faults';
import { Labels } from './labels';
import { ResourceName } from './resource-name';
import { ResourceFieldPath } from './resource-field-path';

/**
 * What a file of `Volume.downwardApi` holds. Labels and annotations follow changes of the pod, unlike in the environment.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields
 */
export class DownwardField {
  /** The pod's name. */
  public static readonly NAME = DownwardField.field('metadata.name');

  /** The pod's namespace. */
  public static readonly NAMESPACE = DownwardField.field('metadata.namespace');

  /** The pod's unique identifier. */
  public static readonly UID = DownwardField.field('metadata.uid');

  /** All labels of the pod, one `key="value"` a line. */
  public static readonly LABELS = DownwardField.field('metadata.labels');

  /** All annotations of the pod, one `key="value"` a line. */
  public static readonly ANNOTATIONS = DownwardField.field('metadata.annotations');

  /**
   * One label of the pod.
   *
   * @param key the label's key.
   */
  public static label(key: string): DownwardField {
    return DownwardField.field(`metadata.labels['${key}']`, Labels.faultsOf(key, ''));
  }

  /**
   * One annotation of the pod.
   *
   * @param key the annotation's key.
   */
  public static annotation(key: string): DownwardField {
    return DownwardField.field(`metadata.annotations['${key}']`, Labels.annotationFaultsOf(key, ''));
  }

  /**
   * A resource of a container of the pod.
   *
   * @param container the container's name.
   * @param resource the resource.
   * @param divisor the unit, such as `1m` (CPU) or `1Mi` (bytes); whole CPUs and bytes where not given.
   */
  public static resource(container: string, resource: ResourceFieldPath, divisor?: string): DownwardField {
    const faults = [...ResourceName.labelFaultsOf('container', container), ...resource._divisorFaults(divisor)];
    return new DownwardField(faults, { resourceFieldRef: { containerName: container, resource: resource.path, divisor } }, container);
  }

  private static field(fieldPath: string, faults: Fault[] = []): DownwardField {
    return new DownwardField(faults, { fieldRef: { fieldPath } });
  }

  private constructor(
    /** What is wrong with it; the volume that receives it reports it. */
    public readonly faults: Fault[],
    private readonly rendered: object,
    /** The container whose resource it is. @internal */
    public readonly _container?: string,
  ) {}

  /** @internal */
  public _render(): object {
    return this.rendered;
  }
}
