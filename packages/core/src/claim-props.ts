import { Size } from 'cdk8s';
import { AccessMode } from './access-mode';
import { ClaimDataSource } from './claim-data-source';
import { IStorageClass } from './storage-class';
import { VolumeMode } from './volume-mode';

/** What a claim asks for: a PersistentVolumeClaim, or each of those that a StatefulSet makes of a `ClaimTemplate`. */
export interface ClaimProps {
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
   * How its volume is had. It can't be changed later.
   *
   * @default VolumeMode.FILESYSTEM
   */
  readonly volumeMode?: VolumeMode;

  /**
   * What its volume is filled with when it is made. It can't be changed later.
   *
   * @default - nothing: it is empty.
   */
  readonly dataSource?: ClaimDataSource;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`; a claim template has none, since it can't be changed later.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Its annotations.
   *
   * @default - those of the scopes around it, see `Metadata`; a claim template has none, since it can't be changed later.
   */
  readonly annotations?: { [key: string]: string };
}
