import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Faults } from './faults';
import { Manifest } from './manifest';
import { claimFaults } from './private/claim-faults';
import { claimId } from './private/construct-id';
import { oneOfFaults } from './private/one-of';
import { renderSize, sizeFaults } from './private/quantity';
import { IStorageClass } from './storage-class';

/** From where a volume can be mounted. */
export enum AccessMode {
  /** From one node at a time: most disks. Two pods only where both are on that node. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** By one pod at a time. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
  /** From many nodes, for reading only. */
  READ_ONLY_MANY = 'ReadOnlyMany',
  /** From many nodes: shared file systems only. */
  READ_WRITE_MANY = 'ReadWriteMany',
}

/** A PersistentVolumeClaim: ours, one of cdk8s-plus, or made elsewhere. */
export interface IPersistentVolumeClaim {
  /** Its `metadata.name`. */
  readonly name: string;

  /** Always `PersistentVolumeClaim`. */
  readonly kind: string;

  /**
   * The namespace it is in. Pods reach the claims of their own namespace only.
   *
   * @default - not known, and not checked.
   */
  readonly namespace?: string;

  /**
   * From where it can be mounted.
   *
   * @default - not known, and not checked.
   */
  readonly accessMode?: AccessMode;
}

/** Properties for `PersistentVolumeClaim`. */
export interface PersistentVolumeClaimProps {
  /** The space it has. It may grow later where its class allows that, and never shrinks. */
  readonly size: Size;

  /**
   * From where it can be mounted. It can't be changed later.
   *
   * @default AccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: AccessMode;

  /**
   * Its class: what kind of storage it is. It can't be changed later.
   *
   * @default - the cluster's default class.
   */
  readonly storageClass?: IStorageClass;

  /**
   * Its `metadata.name`. Give it where the construct may move: under another name, it is another volume, an empty one.
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
}

/**
 * A piece of storage that outlives pods.
 *
 * Defines a PersistentVolumeClaim. Where the cluster profile lists its storage classes, one that isn't there, or can't serve
 * the claim, is refused: such a claim waits for ever.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims
 */
export class PersistentVolumeClaim extends Construct implements IPersistentVolumeClaim {
  /**
   * A claim made elsewhere.
   *
   * @param name its `metadata.name`.
   * @param namespace the namespace it is in; not checked where not given.
   */
  public static fromClaimName(name: string, namespace?: string): IPersistentVolumeClaim {
    return { name, kind: 'PersistentVolumeClaim', namespace };
  }

  /** Always `PersistentVolumeClaim`. */
  public readonly kind = 'PersistentVolumeClaim';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  /** From where it can be mounted. */
  public readonly accessMode?: AccessMode;

  public constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, claimId(scope, id));
    const accessMode = props.accessMode ?? AccessMode.READ_WRITE_ONCE;
    this.accessMode = accessMode;
    Faults.report(this, 'size', sizeFaults(props.size));
    Faults.report(this, 'accessMode', oneOfFaults('AccessMode', AccessMode, accessMode));
    for (const { prop, fault } of claimFaults(ClusterProfile.of(this), accessMode, props.storageClass)) {
      Faults.report(this, prop, [fault]);
    }
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name: props.name ?? id, labels: props.labels },
      spec: {
        accessModes: [accessMode],
        resources: { requests: { storage: renderSize(props.size) } },
        storageClassName: props.storageClass?.name,
      },
    });
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }
}
