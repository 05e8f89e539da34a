import { IConstruct } from 'constructs';
import { ClaimTemplateProps } from './claim-template-props';
import { Fault, Faults } from './faults';
import { Labels } from './labels';
import { checkClaimAt, claimPropFaults, claimSpec } from './private/claim-spec';
import { blockFaults } from './private/volume-source';
import { within } from './private/within';
import { Volume } from './volume';
import { VolumeMode } from './volume-mode';

/**
 * Storage that each pod of a StatefulSet has of its own: an entry of `volumeClaimTemplates`.
 *
 * For authors of such workloads. Put it there as it is, and cdk8s resolves it at synth; mount `volume` in the pods:
 *
 * ```ts
 * class Store extends Workload {
 *   public constructor(scope: Construct, id: string, props: WorkloadProps) {
 *     super(scope, id, props, { kind: 'StatefulSet' });
 *     const data = ClaimTemplate.of('data', { size: Size.gibibytes(10) });
 *     data.checkAt(this, 'storage');
 *     this.pods.addVolume('/data', data.volume);
 *     new Manifest(this, 'StatefulSet', {
 *       apiVersion: 'apps/v1',
 *       kind: 'StatefulSet',
 *       metadata: this.objectMetadata,
 *       spec: { selector: { matchLabels: this.selector }, template: this.pods, volumeClaimTemplates: [data] },
 *     });
 *   }
 * }
 * ```
 *
 * Nothing of it can be changed once the StatefulSet is there, labels included: it takes none of the scopes around.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates
 */
export class ClaimTemplate {
  /**
   * A template of the claims.
   *
   * @param name the template's name: a claim is called by it, the StatefulSet's name and the pod's number, such as `data-orders-0`.
   * @param props what each claim asks for.
   */
  public static of(name: string, props: ClaimTemplateProps): ClaimTemplate {
    return new ClaimTemplate(name, props);
  }

  /** What is wrong with it whatever the cluster; `checkAt` reports it, with what the cluster can't give. */
  public readonly faults: Fault[];

  /** The volume to mount: the one of the pod that mounts it. */
  public readonly volume: Volume;

  private readonly props: ClaimTemplateProps;

  private constructor(
    /** The template's name. */
    public readonly name: string,
    props: ClaimTemplateProps,
  ) {
    this.props = props;
    this.volume = Volume.fromClaimTemplate(name);
    const { labels = {}, annotations = {}, volumeLabels } = props;
    this.faults = [
      ...within('name', this.volume.faults),
      ...claimPropFaults(props),
      ...blockFaults(props.volumeMode === VolumeMode.BLOCK, 'volumeMode'),
      ...within('labels', Object.entries(labels).flatMap(([key, value]) => Labels.faultsOf(key, value))),
      ...within('annotations', Object.entries(annotations).flatMap(([key, value]) => Labels.annotationFaultsOf(key, value))),
      ...within('volumeLabels', volumeLabels === undefined ? [] : volumeLabelFaults(volumeLabels)),
    ];
  }

  /** The claim of one pod, for who mounts or backs it up: `data-orders-0`. */
  public claimNameOf(statefulSet: string, ordinal: number): string {
    return `${this.name}-${statefulSet}-${ordinal}`;
  }

  /**
   * Report what is wrong with it, and what the cluster there can't give to such claims, which would wait for ever.
   *
   * @param scope the workload.
   * @param prop the prop it came in, such as `storage`.
   */
  public checkAt(scope: IConstruct, prop: string): void {
    Faults.report(scope, prop, this.faults);
    checkClaimAt(scope, `${prop}.`, this.props, this.props.volumeLabels !== undefined);
  }

  /** As Kubernetes writes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    const { labels, annotations, volumeLabels: matchLabels, storageClass } = this.props;
    // The empty class is none at all; without, it would be the default.
    const made = matchLabels === undefined ? {} : { storageClassName: storageClass?.name ?? '', selector: { matchLabels } };
    return {
      // What the API server fills in: without, tools that compare see a difference for ever.
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: this.name, labels: nonEmptyMap(labels), annotations: nonEmptyMap(annotations) },
      spec: { ...claimSpec(this.props), ...made },
    };
  }
}

/** Without a label, it would be any volume. */
function volumeLabelFaults(labels: { [key: string]: string }): Fault[] {
  return [
    ...Object.entries(labels).flatMap(([key, value]) => Labels.faultsOf(key, value)),
    ...(Object.keys(labels).length > 0 ? [] : [{
      code: 'KEELSON1840', got: 'none', allowed: 'a label or more of the volumes that are there', fix: "write it like { 'app.kubernetes.io/instance': 'orders' }",
    }]),
  ];
}

/** An empty map is stored as nothing. */
function nonEmptyMap(texts: { [key: string]: string } = {}): { [key: string]: string } | undefined {
  return Object.keys(texts).length > 0 ? texts : undefined;
}
