import { ICpu } from '@keelson/core';
import { Size } from 'cdk8s';

/** Properties for `Quota`. */
export interface QuotaProps {
  /** CPU that all pods together may ask for (`requests.cpu`). */
  readonly cpu: ICpu;

  /**
   * CPU that all pods together may use (`limits.cpu`); at least `cpu`.
   *
   * @default - five times `cpu`, as containers have it by default.
   */
  readonly cpuLimit?: ICpu;

  /** Memory that all pods together may ask for (`requests.memory`). */
  readonly memory: Size;

  /**
   * Memory that all pods together may use (`limits.memory`); at least `memory`.
   *
   * @default - `memory`, so that nothing is promised twice.
   */
  readonly memoryLimit?: Size;

  /**
   * Disk of claims, all together (`requests.storage`).
   *
   * @default - ten times `memory`.
   */
  readonly storage?: Size;

  /**
   * Disk of claims by the name of their StorageClass, each at most `storage`. Of classes that aren't named, `storage` alone is the limit.
   *
   * @default - no class has a limit of its own.
   */
  readonly storageByClass?: { [storageClass: string]: Size };

  /**
   * Disk of nodes that all pods together may ask for: logs and writable directories (`requests.ephemeral-storage`).
   *
   * @default - as much as `memory`.
   */
  readonly ephemeralStorage?: Size;

  /**
   * Pods, all together, those that have ended left aside; at least 1.
   *
   * @default - ten for each CPU of `cpu`, at least 20.
   */
  readonly pods?: number;

  /**
   * PersistentVolumeClaims.
   *
   * @default - five for each CPU of `cpu`, at least 10.
   */
  readonly persistentVolumeClaims?: number;

  /**
   * Services of any kind.
   *
   * @default - ten for each CPU of `cpu`, at least 20.
   */
  readonly services?: number;

  /**
   * Services that have a load balancer. Each has an address that costs, and a way in past the gateway.
   *
   * @default 0
   */
  readonly loadBalancers?: number;

  /**
   * Ports of nodes; a load balancer takes one for each of its ports, unless its class needs none. A tenant with admission gets 5 more, for
   * cert-manager's HTTP-01 challenges alone.
   *
   * @default - as many as `loadBalancers`
   */
  readonly nodePorts?: number;

  /**
   * ConfigMaps, with the one that Kubernetes puts into every namespace; at least 1.
   *
   * @default - fifty for each CPU of `cpu`, at least 100.
   */
  readonly configMaps?: number;

  /**
   * Secrets.
   *
   * @default - fifty for each CPU of `cpu`, at least 100.
   */
  readonly secrets?: number;
}
