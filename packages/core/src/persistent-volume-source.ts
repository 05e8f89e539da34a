import { AccessMode } from './access-mode';
import { Fault } from './faults';
import { HostPathType } from './host-path-type';
import { attributeFaults, driverFaults, given } from './private/ephemeral-volume';
import { listFaults, unmadeFaults } from './private/made';
import { oneOfFaults } from './private/one-of';
import { absolutePathFaults, requiredTextFaults } from './private/provisioners';
import { quoted } from './private/quoted';
import { namespaceOf, referenceFaults } from './private/references';
import { within } from './private/within';
import { Labels } from './labels';
import { ResourceName } from './resource-name';
import { ISecret } from './secret-reference';

const HOST_NAME = 'kubernetes.io/hostname';

/** Options for `PersistentVolumeSource.nfs`. */
export interface NfsVolumeOptions {
  /**
   * Mount it for reading only, whoever claims it.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** Options for `PersistentVolumeSource.csi`. */
export interface CsiPersistentVolumeOptions {
  /**
   * What the driver has to know of the volume, by its own names.
   *
   * @default - nothing.
   */
  readonly attributes?: { [key: string]: string };

  /**
   * The file system that it is formatted with where it is empty, such as `xfs`.
   *
   * @default - the driver's.
   */
  readonly fsType?: string;

  /**
   * Mount it for reading only, whoever claims it.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * The credentials that the driver needs to attach it, with a namespace.
   *
   * @default - none.
   */
  readonly controllerPublishSecret?: ISecret;

  /**
   * Those that it needs to make it larger, with a namespace.
   *
   * @default - none.
   */
  readonly controllerExpandSecret?: ISecret;

  /**
   * Those that it needs to prepare it on a node, with a namespace.
   *
   * @default - none.
   */
  readonly nodeStageSecret?: ISecret;

  /**
   * Those that it needs to mount it in a pod, with a namespace.
   *
   * @default - none.
   */
  readonly nodePublishSecret?: ISecret;
}

/** Options for `PersistentVolumeSource.local`. */
export interface LocalVolumeOptions {
  /**
   * The file system that a block device is formatted with where it is empty, such as `xfs`; not for directories.
   *
   * @default - ext4 for a block device; none for a directory.
   */
  readonly fsType?: string;
}

/** Options for `PersistentVolumeSource.unsafeHostPath`. */
export interface HostPathVolumeOptions {
  /**
   * What must be there, or is made.
   *
   * @default - nothing is looked at, and nothing made.
   */
  readonly type?: HostPathType;
}

/** What a kind of volume can't do. */
interface Limits {
  readonly accessMode?: AccessMode;
  readonly nodes?: string[];
  readonly deletes?: boolean;
  readonly mountOptions?: boolean;
  readonly block?: boolean;
}

/**
 * Where the data of a `PersistentVolume` is.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#types-of-persistent-volumes
 */
export class PersistentVolumeSource {
  /**
   * A directory that an NFS server exports; pods of all nodes may write to it. Options such as `nfsvers=4.1` are `mountOptions`.
   *
   * @param server the server's host name or address, as the nodes see it: they don't ask the cluster's DNS.
   * @param path the exported path, absolute.
   * @param options how it is mounted.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#nfs
   */
  public static nfs(server: string, path: string, options: NfsVolumeOptions = {}): PersistentVolumeSource {
    return new PersistentVolumeSource({ nfs: { server, path, readOnly: options.readOnly === true ? true : undefined } }, [
      ...within('server', requiredTextFaults(server, "the server's host name or address", 'nfs.example.com')),
      ...within('path', absolutePathFaults(path)),
    ], { accessMode: AccessMode.READ_WRITE_MANY });
  }

  /**
   * A volume that a CSI driver knows by its handle: a disk of a cloud that is there already, or a share.
   *
   * @param driver the driver's name, such as `ebs.csi.aws.com`.
   * @param volumeHandle what the driver calls the volume, such as `vol-0123456789abcdef0`.
   * @param options what else it has to know.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#csi
   */
  public static csi(driver: string, volumeHandle: string, options: CsiPersistentVolumeOptions = {}): PersistentVolumeSource {
    const { attributes, fsType, readOnly, ...secrets } = options;
    const reference = (secret: ISecret | undefined) => secret && { name: secret.name, namespace: namespaceOf(secret) };
    const csi = {
      driver, volumeHandle, fsType, readOnly: readOnly === true ? true : undefined, volumeAttributes: given(attributes),
      controllerPublishSecretRef: reference(secrets.controllerPublishSecret),
      controllerExpandSecretRef: reference(secrets.controllerExpandSecret),
      nodeStageSecretRef: reference(secrets.nodeStageSecret),
      nodePublishSecretRef: reference(secrets.nodePublishSecret),
    };
    return new PersistentVolumeSource({ csi }, [
      ...driverFaults(driver), ...attributeFaults(attributes),
      ...within('volumeHandle', requiredTextFaults(volumeHandle, 'what the driver calls the volume', 'vol-0123456789abcdef0')),
      ...Object.entries(secrets).flatMap(([member, secret]) => within(member, secretFaults(secret))),
    ], { deletes: true, mountOptions: true, block: true });
  }

  /**
   * A disk or directory of a node. Pods that claim it run there and nowhere else, and it is gone with the node.
   *
   * @param path an absolute path on the node.
   * @param nodes the nodes that have it, by their label `kubernetes.io/hostname`; each has data of its own, so name one, unless they
   * share the disk.
   * @param options how it is formatted.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#local
   */
  public static local(path: string, nodes: string[], options: LocalVolumeOptions = {}): PersistentVolumeSource {
    const noList = listFaults(nodes, 'names of nodes', "write it like ['node-1']", 'nodes');
    const none: Fault = {
      code: 'KEELSON1813', member: 'nodes', got: 'none', allowed: 'the name of a node', fix: "name the node that has the disk: ['node-1']",
    };
    const nodeFaults = noList.length > 0 ? noList
      : nodes?.length > 0 ? nodes.flatMap(node => (node === '' ? [none] : within('nodes', Labels.faultsOf(HOST_NAME, node)))) : [none];
    return new PersistentVolumeSource({ local: { path, fsType: options.fsType } }, [...within('path', absolutePathFaults(path)), ...nodeFaults], {
      nodes: Array.isArray(nodes) ? nodes : [], mountOptions: true, block: true,
    });
  }

  /**
   * A directory of whatever node the pod runs on: something else on each node, for tests on a cluster of one. Pod Security, which
   * refuses `hostPath` in pods, doesn't see it behind a claim.
   *
   * @param path an absolute path on the nodes.
   * @param options what must be there.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
   */
  public static unsafeHostPath(path: string, options: HostPathVolumeOptions = {}): PersistentVolumeSource {
    return new PersistentVolumeSource({ hostPath: { path, type: options.type } }, [
      ...within('path', absolutePathFaults(path)), ...oneOfFaults('HostPathType', HostPathType, options.type, 'type'),
    ], { mountOptions: false, block: true });
  }

  /** What is wrong with it, or that it was never made. @internal */
  public static _faultsOf(source: unknown): Fault[] {
    return source instanceof PersistentVolumeSource ? source.faults : unmadeFaults({}, 'PersistentVolumeSource', 'nfs(…), csi(…) or local(…)')
      .map(fault => ({ ...fault, got: quoted(source) }));
  }

  private constructor(
    private readonly rendered: object,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
    private readonly limits: Limits = {},
  ) {}

  /** From where it can be mounted where nothing is said. @internal */
  public get _accessMode(): AccessMode {
    return this.limits.accessMode ?? AccessMode.READ_WRITE_ONCE;
  }

  /** The nodes that have it, where not all have. @internal */
  public get _nodes(): string[] | undefined {
    return this.limits.nodes;
  }

  /** Whether something deletes the data with the volume. @internal */
  public get _deletes(): boolean {
    return this.limits.deletes ?? false;
  }

  /** @internal */
  public get _takesMountOptions(): boolean {
    return this.limits.mountOptions ?? true;
  }

  /** @internal */
  public get _canBeBlock(): boolean {
    return this.limits.block ?? false;
  }

  /** @internal */
  public _render(): object {
    return this.rendered;
  }
}

/** Whoever reads it is in no namespace of its own. */
function secretFaults(secret: ISecret | undefined): Fault[] {
  const faults = secret === undefined ? [] : referenceFaults(secret, 'Secret');
  if (secret === undefined || faults.length > 0) {
    return faults;
  }
  const namespace = namespaceOf(secret);
  return namespace !== undefined ? within('namespace', ResourceName.labelFaultsOf('namespace', namespace)) : [{
    code: 'KEELSON1814', got: `${quoted(secret.name)} without one`, allowed: 'a Secret with a namespace, since a PersistentVolume has none',
    fix: `write Secret.fromSecretName(${quoted(secret.name)}, '…')`,
  }];
}
