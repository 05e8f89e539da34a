import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Fault, Faults } from './faults';
import { Manifest } from './manifest';
import { classesAround, registerClass } from './private/app-classes';
import { claimId } from './private/construct-id';
import { flagFaults, madeFaults } from './private/made';
import { mountOptionFaults } from './private/mount-options';
import { nonEmpty } from './private/non-empty';
import { oneOfFaults } from './private/one-of';
import { annotatedEngineFaults, knownOf } from './private/provisioners';
import { quoted } from './private/quoted';
import { topologyFaults } from './private/topologies';
import { Provisioner } from './provisioner';
import { ReclaimPolicy } from './reclaim-policy';
import { VolumeBindingMode } from './volume-binding-mode';

/**
 * What kind of storage claims get, and how it is made.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/
 */
export interface IStorageClass {
  /** Name of the StorageClass. */
  readonly name: string;

  /** Always `StorageClass`. */
  readonly kind: string;
}

/** Properties for `StorageClass`. */
export interface StorageClassProps {
  /** What makes its volumes. It can't be changed later. */
  readonly provisioner: Provisioner;

  /**
   * What becomes of a volume when its claim is deleted. It can't be changed later.
   *
   * @default ReclaimPolicy.RETAIN - a claim goes sooner than one thinks: with a prune after its construct was renamed, with its namespace.
   * The data stays all the same; volumes that nobody wants any more have to be deleted by hand.
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * When a claim gets its volume. It can't be changed later.
   *
   * @default VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER - so that no volume is made where its pod can't run.
   */
  readonly volumeBindingMode?: VolumeBindingMode;

  /**
   * Whether claims may grow.
   *
   * @default - true, but for provisioners whose volumes can't.
   */
  readonly allowVolumeExpansion?: boolean;

  /**
   * Options that its volumes are mounted with, such as `nfsvers=4.1` or `noatime`: a wrong one keeps pods from starting.
   *
   * @default - none.
   */
  readonly mountOptions?: string[];

  /**
   * Give it to claims that name no class. A cluster has one such class.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Where its volumes may be made: values by the key of a label of nodes, such as
   * `{ 'topology.kubernetes.io/zone': ['eu-1a', 'eu-1b'] }`. Of each key one of the values has to fit.
   *
   * @default - wherever the provisioner can.
   */
  readonly allowedTopologies?: { [key: string]: string[] };

  /**
   * Whether pods on several nodes may write to one of its volumes: where not, claims that ask for it are refused at synth.
   *
   * @default - what is known of the provisioner; where nothing is, such claims are not checked.
   */
  readonly readWriteMany?: boolean;

  /**
   * Its `metadata.name`.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Its annotations.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly annotations?: { [key: string]: string };
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/**
 * A kind of storage, by a name that claims give.
 *
 * ```ts
 * declare const chart: Chart;
 * const fast = new StorageClass(chart, 'fast', {
 *   provisioner: Provisioner.named('ebs.csi.aws.com', { type: 'gp3', encrypted: 'true' }),
 *   isDefault: true,
 * });
 * new PersistentVolumeClaim(chart, 'orders', { size: Size.gibibytes(20), storageClass: fast });
 * ```
 *
 * Defines a StorageClass, which has no namespace: it is the whole cluster's, and of it only `allowVolumeExpansion`, `mountOptions`,
 * `allowedTopologies` and `isDefault` can be changed later. For other changes make another class, by another name.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/
 */
export class StorageClass extends Construct implements IStorageClass {
  /**
   * A class that the cluster has. A claim for one that it hasn't waits for ever; where the cluster profile lists its classes,
   * it is refused.
   *
   * @param name the class's name, such as `standard`.
   */
  public static fromStorageClassName(name: string): IStorageClass {
    return { name, kind: 'StorageClass' };
  }

  /** Always `StorageClass`. */
  public readonly kind = 'StorageClass';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(scope, claimId(scope, id));
    const { provisioner, reclaimPolicy = ReclaimPolicy.RETAIN, volumeBindingMode = VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER } = props;
    const { mountOptions, isDefault = false, allowedTopologies, labels, annotations } = props;
    this.check(props);
    const made = Provisioner._is(provisioner) ? provisioner : undefined;
    const { grows = true, shares } = made === undefined ? {} : knownOf(made.name);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'storage.k8s.io/v1',
      kind: this.kind,
      metadata: {
        name: props.name ?? id,
        labels,
        annotations: { ...made?._annotations, ...annotations, ...(isDefault === true ? { [DEFAULT_CLASS]: 'true' } : {}) },
      },
      provisioner: made?.name,
      parameters: made === undefined || Object.keys(made.parameters).length === 0 ? undefined : made.parameters,
      reclaimPolicy,
      volumeBindingMode,
      // False and an empty list are stored as nothing.
      allowVolumeExpansion: (props.allowVolumeExpansion ?? grows) ? true : undefined,
      mountOptions: nonEmpty(mountOptions),
      allowedTopologies: allowedTopologies === undefined ? undefined
        : [{ matchLabelExpressions: Object.entries(allowedTopologies).map(([key, values]) => ({ key, values })) }],
    });
    registerClass({
      scope: this, name: this.manifest.name, isDefault, readWriteMany: props.readWriteMany ?? shares,
      retains: reclaimPolicy !== ReclaimPolicy.DELETE,
    });
    if (isDefault === true) {
      this.beTheOnlyDefault();
    }
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  private check(props: StorageClassProps): void {
    const { provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion } = props;
    const { mountOptions, isDefault, allowedTopologies, annotations } = props;
    Faults.report(this, 'provisioner', madeFaults(provisioner, 'Provisioner', "named('ebs.csi.aws.com')"));
    Faults.report(this, 'annotations', annotatedEngineFaults(annotations));
    Faults.report(this, 'reclaimPolicy', oneOfFaults('ReclaimPolicy', ReclaimPolicy, reclaimPolicy));
    Faults.report(this, 'volumeBindingMode', oneOfFaults('VolumeBindingMode', VolumeBindingMode, volumeBindingMode));
    Faults.report(this, 'allowVolumeExpansion', flagFaults(allowVolumeExpansion));
    Faults.report(this, 'isDefault', flagFaults(isDefault));
    Faults.report(this, 'mountOptions', mountOptionFaults(mountOptions));
    Faults.report(this, 'allowedTopologies', topologyFaults(allowedTopologies));
    if (!Provisioner._is(provisioner)) {
      return;
    }
    const { grows, waits } = knownOf(provisioner.name);
    if (grows === false && allowVolumeExpansion === true) {
      Faults.report(this, 'allowVolumeExpansion', [{
        code: 'KEELSON1808', got: 'true', allowed: `left out for ${provisioner.name}, whose volumes can't grow`,
        fix: 'remove it: claims that ask for more would wait for ever',
      }]);
    }
    if (waits === true && volumeBindingMode === VolumeBindingMode.IMMEDIATE) {
      Faults.report(this, 'volumeBindingMode', [{
        code: 'KEELSON1809', got: volumeBindingMode, allowed: `WaitForFirstConsumer for ${provisioner.name}, which makes volumes on the node of a pod`,
        fix: 'remove it: claims would wait for ever',
      }]);
    }
  }

  private beTheOnlyDefault(): void {
    const { defaultStorageClass } = ClusterProfile.of(this);
    this.node.addValidation({ validate: () => {
      const first = classesAround(this).find(({ isDefault }) => isDefault);
      const second = first === undefined || first.scope === this ? [] : [secondDefault(`[${first.scope.node.path}] is`)];
      const beside = defaultStorageClass === undefined || defaultStorageClass.name === this.name ? []
        : [secondDefault(`${quoted(defaultStorageClass.name)} of the cluster profile is`)];
      return [...second, ...beside].map(fault => Faults.describe('isDefault', fault));
    } });
  }
}

function secondDefault(other: string): Fault {
  return {
    code: 'KEELSON1810', got: `true, as ${other}`, allowed: 'set on one StorageClass of the cluster',
    fix: 'remove it from one of the two: of two defaults, claims get the one that was made last',
  };
}
