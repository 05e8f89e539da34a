import { IConfigMap } from './config-map';
import { DownwardField } from './downward-field';
import { Fault } from './faults';
import { IPersistentVolumeClaim } from './persistent-volume-claim';
import { configSource, inlineSource, referencesOfMount, tokenSource } from './private/config-volume';
import { csiSource, emptyDirSource, ephemeralClaimSource } from './private/ephemeral-volume';
import { hostPathSource } from './private/host-path';
import { referenceFaults, remember } from './private/references';
import { blockFaults, described, pathFaults, projected, SAME_PATH, VolumeSource } from './private/volume-source';
import { ResourceName } from './resource-name';
import { ISecret } from './secret-reference';
import {
  ClaimVolumeOptions, ConfigVolumeOptions, CsiVolumeOptions, EmptyDirOptions, EphemeralClaimOptions, HostPathOptions,
  ServiceAccountTokenOptions,
} from './volume-options';

const ALL_READ = 0o444;
const GROUP_READ = 0o440;

/** How a volume is mounted. */
interface Mount {
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

/**
 * Files and directories for containers. Containers that mount the same instance share what is in it.
 *
 * ```ts
 * declare const settings: ConfigMap;
 * const volumes = {
 *   '/etc/app': Volume.fromConfigMap(settings),
 *   '/var/cache/app': Volume.emptyDir({ sizeLimit: Size.mebibytes(256) }),
 * };
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class Volume {
  /**
   * A ConfigMap's entries as files, which follow its changes within a minute or two; pods are rolled, too, where the
   * ConfigMap is of this app.
   *
   * @param configMap the ConfigMap.
   * @param options which entries, where and with which mode.
   */
  public static fromConfigMap(configMap: IConfigMap, options: ConfigVolumeOptions = {}): Volume {
    return new Volume(configSource('configMap', configMap, 'ConfigMap', options.mode ?? ALL_READ, options));
  }

  /**
   * A Secret's entries as files that the pod's own group may read.
   *
   * @param secret the Secret.
   * @param options which entries, where and with which mode.
   */
  public static fromSecret(secret: ISecret, options: ConfigVolumeOptions = {}): Volume {
    return new Volume(configSource('secret', secret, 'Secret', options.mode ?? GROUP_READ, options));
  }

  /**
   * Several volumes as one directory: of ConfigMaps, Secrets, tokens and fields of the pod.
   *
   * @param volumes the volumes to join.
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
   */
  public static projected(volumes: Volume[]): Volume {
    const parts = volumes.map(({ source, mount }) => (mount.subPath === undefined ? source.projections : undefined));
    const projections = parts.flatMap(part => part ?? []);
    // What clashes in one clashes in all of them together, which is said.
    const faults = volumes.flatMap(volume => volume.faults).filter(({ code }) => code !== SAME_PATH);
    if (volumes.length === 0) {
      faults.push({ code: 'KEELSON1322', got: 'none', allowed: 'one volume or more', fix: 'name a volume, or leave this one out' });
    }
    if (parts.includes(undefined)) {
      faults.push({
        code: 'KEELSON1324', got: `${parts.filter(part => part === undefined).length} of another kind`,
        allowed: 'whole volumes of ConfigMaps, Secrets, tokens and pod fields', fix: 'mount the others on their own',
      });
    }
    const joined = projected(projections, faults, volumes.flatMap(({ source }) => source.references ?? []));
    return new Volume({ ...joined, containers: volumes.flatMap(({ source }) => source.containers ?? []) });
  }

  /**
   * Files with the content given here. The workload that mounts it defines a ConfigMap for them.
   *
   * @param files texts by file name: letters, digits, `-`, `_` and `.`; at most 1 MiB together.
   */
  public static inline(files: { [file: string]: string }): Volume {
    return new Volume(inlineSource(files));
  }

  /**
   * A directory that is empty at the pod's start and gone with the pod.
   *
   * @param options how large, and where it is kept.
   */
  public static emptyDir(options: EmptyDirOptions = {}): Volume {
    return new Volume(emptyDirSource(options));
  }

  /**
   * The storage of a claim, which outlives the pod.
   *
   * @param claim the claim.
   * @param options whether for reading only.
   */
  public static fromClaim(claim: IPersistentVolumeClaim, options: ClaimVolumeOptions = {}): Volume {
    // Said of the volume where it can't be mounted otherwise; else of the mount, so that readers and writers share it.
    const readOnly = claim?.accessMode === 'ReadOnlyMany' ? true : undefined;
    const faults = [...referenceFaults(claim, 'PersistentVolumeClaim'), ...blockFaults(claim?.isBlock)];
    const source = described({ persistentVolumeClaim: { claimName: claim?.name, readOnly } }, faults, {
      references: [{ object: claim, keys: [] }], readOnly,
    });
    return new Volume(source, { readOnly: options.readOnly }, claim);
  }

  /**
   * The storage that each pod of a StatefulSet has of its own, by the name of its claim template.
   *
   * @param name the template's name.
   */
  public static fromClaimTemplate(name: string): Volume {
    return new Volume({ faults: ResourceName.labelFaultsOf('claim template', name), identity: JSON.stringify({ template: name }) }, {}, undefined, name);
  }

  /**
   * Storage of a class that comes with the pod and goes with it, for more than a node's disk should hold. Whoever deletes the
   * pod deletes the data: for data that stays, take a claim.
   *
   * @param options how much, and of which class.
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  public static ephemeralClaim(options: EphemeralClaimOptions): Volume {
    return new Volume(ephemeralClaimSource(options));
  }

  /**
   * What a CSI driver makes for the pod alone, such as secrets of a vault or certificates.
   *
   * @param driver the driver's name, such as `secrets-store.csi.k8s.io`; it has to allow ephemeral volumes.
   * @param options what the driver asks for.
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#csi-ephemeral-volumes
   */
  public static csi(driver: string, options: CsiVolumeOptions = {}): Volume {
    return new Volume(csiSource(driver, options));
  }

  /**
   * A token that tells others who the pod is, short-lived and renewed.
   *
   * @param options for whom and for how long.
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
   */
  public static serviceAccountToken(options: ServiceAccountTokenOptions = {}): Volume {
    return new Volume(tokenSource(options, GROUP_READ));
  }

  /**
   * Fields of the pod as files, which follow its changes.
   *
   * @param files what each file holds, by its path in the volume.
   * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
   */
  public static downwardApi(files: { [path: string]: DownwardField }): Volume {
    const entries = Object.entries(files);
    const faults = entries.flatMap(([path, field]) => [...pathFaults(path), ...field.faults.map(fault => ({ ...fault, member: path }))]);
    const items = entries.map(([path, field]) => ({ path, ...field._render() }));
    const containers = entries.flatMap(([, field]) => field._container ?? []);
    return new Volume({ ...projected([{ field: 'downwardAPI', body: {}, items, mode: ALL_READ }], faults), containers });
  }

  /**
   * What clients of the API server look for in `/var/run/secrets/kubernetes.io/serviceaccount`: a token, the server's
   * CA and the namespace.
   */
  public static apiAccess(): Volume {
    return Volume.projected([
      Volume.serviceAccountToken(),
      Volume.fromConfigMap({ name: 'kube-root-ca.crt', kind: 'ConfigMap' }, { items: { 'ca.crt': 'ca.crt' } }),
      Volume.downwardApi({ namespace: DownwardField.NAMESPACE }),
    ]);
  }

  /**
   * A directory or file of the node. Pods of one workload see different things on different nodes, Pod Security
   * *baseline* refuses it, and with some paths it is a way out of the container.
   *
   * @param path an absolute path on the node.
   * @param options what must be there, and whether it may be written to.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
   */
  public static unsafeHostPath(path: string, options: HostPathOptions = {}): Volume {
    return new Volume(hostPathSource(path, options.type), { readOnly: options.readOnly ?? true });
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    private readonly source: VolumeSource,
    private readonly mount: Mount = {},
    /** @internal */
    public readonly _claim?: IPersistentVolumeClaim,
    /** @internal */
    public readonly _claimTemplate?: string,
    faults: Fault[] = [],
  ) {
    this.faults = [...source.faults, ...faults];
    remember(this, referencesOfMount(source, mount.subPath));
  }

  /**
   * One file or directory of the volume instead of all of it; the other mounts stay as they are. Such a mount never follows
   * changes of a ConfigMap or Secret.
   *
   * @param path a relative path in the volume.
   */
  public subPath(path: string): Volume {
    const whole = this.mount.subPath === undefined ? path : `${this.mount.subPath}/${path}`;
    return this.mounted({ ...this.mount, subPath: whole }, pathFaults(path).map(fault => ({ ...fault, member: 'subPath' })));
  }

  /** The same volume, mounted for reading only; the other mounts stay as they are. */
  public readOnly(): Volume {
    return this.mounted({ ...this.mount, readOnly: true }, []);
  }

  /**
   * Mounts of one pod with the same identity share a volume.
   *
   * @internal
   */
  public get _source(): unknown {
    return this.source.identity ?? this.source;
  }

  /** @internal */
  public _render(): object | undefined {
    return this.source.rendered;
  }

  /** @internal */
  public _mount(): { readonly subPath?: string; readonly readOnly?: boolean } {
    const { subPath, readOnly } = this.mount;
    return { subPath, readOnly: readOnly === true || this.source.readOnly === true ? true : undefined };
  }

  /**
   * What it may hold of the node's disk, in bytes.
   *
   * @internal
   */
  public get _ephemeralBytes(): number {
    return this.source.diskBytes ?? 0;
  }

  /**
   * What it may hold of the containers' memory, in bytes.
   *
   * @internal
   */
  public get _memoryBytes(): number {
    return this.source.memoryBytes ?? 0;
  }

  /** Containers that it mentions. @internal */
  public get _containers(): readonly string[] | undefined {
    return this.source.containers;
  }

  /** @internal */
  public get _ephemeralClaim(): VolumeSource['claim'] {
    return this.source.claim;
  }

  /** @internal */
  public get _inlineData(): { [file: string]: string } | undefined {
    return this.source.inlineData;
  }

  /**
   * The same mount with the files of a ConfigMap, made of the inline data.
   *
   * @internal
   */
  public _withConfigMap(configMap: IConfigMap): Volume {
    return new Volume(Volume.fromConfigMap(configMap).source, this.mount);
  }

  private mounted(mount: Mount, more: Fault[]): Volume {
    const before = this.faults.slice(this.source.faults.length);
    return new Volume(this.source, mount, this._claim, this._claimTemplate, [...before, ...more]);
  }
}
