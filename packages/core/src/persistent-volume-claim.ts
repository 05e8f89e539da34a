import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { AccessMode } from './access-mode';
import { ClaimProps } from './claim-props';
import { Faults } from './faults';
import { Manifest } from './manifest';
import { IPersistentVolume } from './persistent-volume';
import { accessModeOf, checkClaimAt, claimPropFaults, claimSpec, reportMembers } from './private/claim-spec';
import { claimId } from './private/construct-id';
import { referenceFaults } from './private/references';
import { bindingFaults, claimantFault } from './private/static-binding';
import { claimsOfVolume, registerClaim } from './private/volume-claims';
import { VolumeMode } from './volume-mode';

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

  /**
   * The space it asks for.
   *
   * @default - not known, and not checked.
   */
  readonly size?: Size;

  /**
   * Whether its volume is a block device without a file system, which containers of a `Workload` can't mount.
   *
   * @default - not known, and not checked.
   */
  readonly isBlock?: boolean;
}

/** Properties for `PersistentVolumeClaim`. */
export interface PersistentVolumeClaimProps extends ClaimProps {
  /**
   * The volume it gets, instead of one that is made for it: its class, too, and the volume is reserved for it. What of the two
   * doesn't fit is refused.
   *
   * @default - one that is made by its class, or any of that class that fits.
   */
  readonly volume?: IPersistentVolume;

  /**
   * Its `metadata.name`. Give it where the construct may move: under another name, it is another volume, an empty one.
   *
   * @default - the construct's id.
   */
  readonly name?: string;
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

  /** The space it asks for. */
  public readonly size?: Size;

  /** Whether its volume is a block device without a file system. */
  public readonly isBlock?: boolean;

  public constructor(scope: Construct, id: string, props: PersistentVolumeClaimProps) {
    super(scope, claimId(scope, id));
    this.accessMode = accessModeOf(props);
    this.size = props.size;
    this.isBlock = props.volumeMode === VolumeMode.BLOCK;
    reportMembers(this, claimPropFaults(props));
    const volume = this.boundTo(props);
    checkClaimAt(this, '', props, volume !== undefined);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name: props.name ?? id, labels: props.labels, annotations: props.annotations },
      spec: {
        ...claimSpec(props),
        // The empty one is none at all; without, it would be the default.
        ...(volume === undefined ? {} : { storageClassName: volume.storageClass?.name ?? '', volumeName: volume.name }),
      },
    });
    if (volume !== undefined) {
      registerClaim(this, volume.name, this);
    }
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  /** The volume that it names, where that is one. */
  private boundTo(props: PersistentVolumeClaimProps): IPersistentVolume | undefined {
    const { volume } = props;
    const faults = volume === undefined ? [] : referenceFaults(volume, 'PersistentVolume');
    Faults.report(this, 'volume', faults);
    if (volume === undefined || faults.length > 0) {
      return undefined;
    }
    bindingFaults(volume, props, accessModeOf(props)).forEach(({ prop, fault }) => Faults.report(this, prop, [fault]));
    this.node.addValidation({
      validate: () => claimantFault(volume, this, claimsOfVolume(this, volume.name)).map(fault => Faults.describe('volume', fault)),
    });
    return volume;
  }
}
