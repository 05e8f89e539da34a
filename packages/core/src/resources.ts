import { Size } from 'cdk8s';
import { ICpu } from './cpu';

/**
 * What a container asks of its node, and the most it gets.
 *
 * Every field may be set for an app, a chart or a construct (see `PodDefaults`); the nearest one wins, field by field. A
 * request above the limit is a mistake, wherever the two come from.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */
export interface Resources {
  /**
   * CPU the container is sure to get.
   *
   * @default - `cpuLimit` where that is set; else 100 millis.
   */
  readonly cpuRequest?: ICpu;

  /**
   * CPU beyond which it is slowed down.
   *
   * @default - five times the request.
   */
  readonly cpuLimit?: ICpu;

  /**
   * Let it use all CPU that its node has left. One container in a loop then slows its neighbours down to their requests, and
   * policy checkers that want a limit say so. Nearer than a `cpuLimit` it wins over it, and the other way round.
   *
   * @default false
   */
  readonly unlimitedCpu?: boolean;

  /**
   * Memory the container is sure to get.
   *
   * @default - `memoryLimit` where that is set; else 128 MiB.
   */
  readonly memoryRequest?: Size;

  /**
   * Memory beyond which it is killed.
   *
   * @default - the request, so that no node promises more memory than it has.
   */
  readonly memoryLimit?: Size;

  /**
   * Disk of the node the container is sure to get: for logs and its writable directories.
   *
   * @default - `ephemeralStorageLimit` where that is set; else 64 MiB.
   */
  readonly ephemeralStorageRequest?: Size;

  /**
   * Disk of the node beyond which the pod is evicted; at least what its writable directories may hold.
   *
   * @default - 192 MiB and what its writable directories may hold; at least the request.
   */
  readonly ephemeralStorageLimit?: Size;

  /**
   * Devices and other counted resources that a node offers, by their names: `{ 'nvidia.com/gpu': 1 }`. Request and limit are
   * the same. Set nearer, they replace those of the scopes around.
   *
   * @default - none.
   * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources
   */
  readonly extendedResources?: { [name: string]: number };
}
