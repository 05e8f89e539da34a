import { Lazy, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { AccessMode } from './access-mode';
import { Fault, Faults } from './faults';
import { Manifest } from './manifest';
import { NodeAffinity } from './node-affinity';
import { IPersistentVolumeClaim } from './persistent-volume-claim';
import { PersistentVolumeSource } from './persistent-volume-source';
import { claimId } from './private/construct-id';
import { mountOptionFaults } from './private/mount-options';
import { nonEmpty } from './private/non-empty';
import { oneOfFaults } from './private/one-of';
import { renderSize, sizeFaults } from './private/quantity';
import { namespaceOf, referenceFaults } from './private/references';
import { claimsOfVolume } from './private/volume-claims';
import { accessModeFaults, nodeAffinityFaults, nodeAffinityOf, reservationFaults, unfitFaults } from './private/volume-faults';
import { ReclaimPolicy } from './reclaim-policy';
import { IStorageClass } from './storage-class';
import { VolumeMode } from './volume-mode';

/** A PersistentVolume: ours, or made elsewhere. */
export interface IPersistentVolume {
  /** Its `metadata.name`. */
  readonly name: string;

  /** Always `PersistentVolume`. */
  readonly kind: string;

  /**
   * Its class.
   *
   * @default - it has none, and so have claims for it.
   */
  readonly storageClass?: IStorageClass;

  /**
   * The space it has.
   *
   * @default - not known, and not checked.
   */
  readonly capacity?: Size;

  /**
   * From where it can be mounted.
   *
   * @default - not known, and not checked.
   */
  readonly accessModes?: AccessMode[];

  /**
   * How it is had.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * The one claim that it is for.
   *
   * @default - the first that names it.
   */
  readonly reservedFor?: IPersistentVolumeClaim;
}

/** Properties for `PersistentVolume`. */
export interface PersistentVolumeProps {
  /** The space it has: Kubernetes only compares it with what claims ask for. */
  readonly capacity: Size;

  /** Where its data is. It can't be changed later. */
  readonly source: PersistentVolumeSource;

  /**
   * From where it can be mounted. A claim takes one of them.
   *
   * @default - AccessMode.READ_WRITE_MANY for NFS, AccessMode.READ_WRITE_ONCE for others.
   */
  readonly accessModes?: AccessMode[];

  /**
   * Its class: claims of the same one may get it. The class needn't exist.
   *
   * @default - none: only claims that name it, or ask for no class, get it, and never those of the default class.
   */
  readonly storageClass?: IStorageClass;

  /**
   * What becomes of the volume when its claim is deleted.
   *
   * @default ReclaimPolicy.RETAIN
   */
  readonly reclaimPolicy?: ReclaimPolicy;

  /**
   * How it is had.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * Options that it is mounted with, such as `nfsvers=4.1` or `noatime`: a wrong one keeps pods from starting.
   *
   * @default - none.
   */
  readonly mountOptions?: string[];

  /**
   * Nodes that can have it: pods that claim it run there. One of several values is enough. It can't be changed later.
   *
   * @default - all; for `PersistentVolumeSource.local` the nodes that it names.
   */
  readonly nodeAffinity?: NodeAffinity[];

  /**
   * The one claim that it is for, in its namespace: no other gets it, whatever it asks for. For claims of a StatefulSet, see
   * `ClaimTemplate.claimNameOf`; a `PersistentVolumeClaim` that has this `volume` needn't be named.
   *
   * @default - the claim of this app that has this `volume`; where there is none, any that fits.
   */
  readonly reservedFor?: IPersistentVolumeClaim;

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

/**
 * A piece of storage that is there already: a share, a disk of a node, a disk of the cloud.
 *
 * ```ts
 * declare const chart: Chart;
 * const disk = new PersistentVolume(chart, 'orders-disk', {
 *   capacity: Size.gibibytes(100),
 *   source: PersistentVolumeSource.local('/mnt/disks/ssd1', ['node-1']),
 * });
 * new PersistentVolumeClaim(chart, 'orders', { size: Size.gibibytes(100), volume: disk });
 * ```
 *
 * Defines a PersistentVolume, which has no namespace: it is the whole cluster's. A claim with this `volume` and it are kept for each other,
 * and what doesn't fit is refused.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class PersistentVolume extends Construct implements IPersistentVolume {
  /**
   * A volume that the cluster has.
   *
   * @param name its `metadata.name`.
   * @param storageClass its class; none where it has none, since a claim for it has to say the same.
   */
  public static fromPersistentVolumeName(name: string, storageClass?: IStorageClass): IPersistentVolume {
    return { name, kind: 'PersistentVolume', storageClass };
  }

  /** Always `PersistentVolume`. */
  public readonly kind = 'PersistentVolume';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  /** The space it has. */
  public readonly capacity?: Size;

  /** From where it can be mounted. */
  public readonly accessModes?: AccessMode[];

  /** Its class. */
  public readonly storageClass?: IStorageClass;

  /** How it is had. */
  public readonly volumeMode?: VolumeMode;

  /** The one claim that it is for. */
  public readonly reservedFor?: IPersistentVolumeClaim;

  public constructor(scope: Construct, id: string, props: PersistentVolumeProps) {
    super(scope, claimId(scope, id));
    const { capacity, source, storageClass, volumeMode, mountOptions, reservedFor } = props;
    this.check(props);
    const made = source instanceof PersistentVolumeSource ? source : undefined;
    const accessModes = props.accessModes ?? [made?._accessMode ?? AccessMode.READ_WRITE_ONCE];
    this.capacity = capacity;
    this.accessModes = accessModes;
    this.storageClass = storageClass;
    this.volumeMode = volumeMode;
    this.reservedFor = reservedFor;
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name: props.name ?? id, labels: props.labels, annotations: props.annotations },
      spec: {
        capacity: { storage: renderSize(capacity) },
        accessModes,
        storageClassName: storageClass?.name,
        persistentVolumeReclaimPolicy: props.reclaimPolicy ?? ReclaimPolicy.RETAIN,
        volumeMode,
        mountOptions: nonEmpty(mountOptions),
        nodeAffinity: nodeAffinityOf(props.nodeAffinity, made?._nodes),
        claimRef: Lazy.any({ produce: () => this.claimReference() }),
        ...made?._render(),
      },
    });
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** Only where the namespace is known: a claim of another would have it otherwise. */
  private claimReference(): object | undefined {
    const claim = this.reservedFor ?? claimsOfVolume(this, this.name)[0];
    const namespace = claim === undefined ? undefined : namespaceOf(claim);
    return claim === undefined || namespace === undefined ? undefined
      : { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claim.name };
  }

  private check(props: PersistentVolumeProps): void {
    const { capacity, source, accessModes, storageClass, reclaimPolicy, volumeMode, mountOptions, nodeAffinity, reservedFor } = props;
    const report = (prop: string, faults: Fault[]) => Faults.report(this, prop, faults);
    report('capacity', sizeFaults(capacity));
    report('source', PersistentVolumeSource._faultsOf(source));
    report('accessModes', accessModeFaults(accessModes));
    report('storageClass', storageClass === undefined ? [] : referenceFaults(storageClass, 'StorageClass'));
    report('reclaimPolicy', oneOfFaults('ReclaimPolicy', ReclaimPolicy, reclaimPolicy));
    report('volumeMode', oneOfFaults('VolumeMode', VolumeMode, volumeMode));
    report('mountOptions', mountOptionFaults(mountOptions));
    report('nodeAffinity', nodeAffinityFaults(nodeAffinity));
    report('reservedFor', reservedFor === undefined ? [] : reservationFaults(reservedFor));
    if (source instanceof PersistentVolumeSource) {
      unfitFaults(props, source).forEach(({ prop, fault }) => report(prop, [fault]));
    }
  }
}
