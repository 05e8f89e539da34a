import { Duration, Size } from 'cdk8s';
import { AccessMode } from './access-mode';
import { HostPathType } from './host-path-type';
import { ISecret } from './secret-reference';
import { IStorageClass } from './storage-class';

/** Options for volumes with the files of a ConfigMap or Secret. */
export interface ConfigVolumeOptions {
  /**
   * The keys to show as files, and each one's path in the volume.
   *
   * @default - all keys, each a file of that name.
   */
  readonly items?: { [key: string]: string };

  /**
   * Start without the files where the object or a key is missing, instead of waiting for them.
   *
   * @default false
   */
  readonly optional?: boolean;

  /**
   * Permission bits of the files, in octal as `chmod` takes them, from 0 to `0o777`. Joined with sources of other modes
   * (`Volume.projected`), files of a source without `items` get what all modes have in common.
   *
   * @default - `0o444` for a ConfigMap; `0o440`, for the pod's own group, for a Secret.
   */
  readonly mode?: number;
}

/** Options for `Volume.emptyDir`. */
export interface EmptyDirOptions {
  /**
   * The most it may hold. A pod whose directory holds more is evicted.
   *
   * @default Size.mebibytes(64)
   */
  readonly sizeLimit?: Size;

  /**
   * Keep it in memory, where it counts as memory of the container that writes to it: the memory limit needs room for it.
   *
   * @default false
   */
  readonly memory?: boolean;
}

/** Options for `Volume.fromClaim`. */
export interface ClaimVolumeOptions {
  /**
   * Mount it for reading only.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** Options for `Volume.ephemeralClaim`. */
export interface EphemeralClaimOptions {
  /** How much it holds, in whole bytes. */
  readonly size: Size;

  /**
   * The class that it is made by.
   *
   * @default - the cluster's default class.
   */
  readonly storageClass?: IStorageClass;

  /**
   * From where it can be mounted.
   *
   * @default AccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: AccessMode;

  /**
   * Labels of the claim.
   *
   * @default - none.
   */
  readonly labels?: { [key: string]: string };
}

/** Options for `Volume.csi`. */
export interface CsiVolumeOptions {
  /**
   * What the driver asks for, by its own names, such as `secretProviderClass`.
   *
   * @default - nothing.
   */
  readonly attributes?: { [key: string]: string };

  /**
   * Mount it for reading only.
   *
   * @default true
   */
  readonly readOnly?: boolean;

  /**
   * The file system.
   *
   * @default - the driver's choice.
   */
  readonly fsType?: string;

  /**
   * A Secret of the pod's namespace that the driver needs.
   *
   * @default - none.
   */
  readonly nodePublishSecret?: ISecret;
}

/** Options for `Volume.serviceAccountToken`. */
export interface ServiceAccountTokenOptions {
  /**
   * Who the token is for; nobody else should accept it.
   *
   * @default - the API server.
   */
  readonly audience?: string;

  /**
   * How long a token is good, from 10 minutes on. It is renewed in time: the program has to read the file again.
   *
   * @default Duration.hours(1)
   */
  readonly expiration?: Duration;

  /**
   * The file's path in the volume.
   *
   * @default 'token'
   */
  readonly path?: string;
}

/** Options for `Volume.unsafeHostPath`. */
export interface HostPathOptions {
  /**
   * What must be at the path.
   *
   * @default - nothing is checked.
   */
  readonly type?: HostPathType;

  /**
   * Mount it for reading only. With `false`, what breaks into the container may write to the node.
   *
   * @default true
   */
  readonly readOnly?: boolean;
}
