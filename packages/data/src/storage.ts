import { IPersistentVolumeClaim, IStorageClass, Fault, Faults } from '@keelson/core';
import { Size } from 'cdk8s';
import { LocalStorageOptions } from './local-storage-options';
import { claimFaults, classFaults, nodeFaults, pathFaults, replicaNodeFaults, sizeFaults } from './private/storage-faults';

/**
 * Where a database keeps its data.
 *
 * A claim's size can't shrink, and a StatefulSet's template of it can't change at all. To grow the volumes of a database, where their class
 * allows it: change the size here, then
 *
 * 1. grow the claims: `kubectl patch pvc data-orders-0 -p '{"spec":{"resources":{"requests":{"storage":"40Gi"}}}}'`, one for each pod,
 *    those of read replicas too, such as `data-orders-replica-0`;
 * 2. delete the StatefulSets and leave their pods running: `kubectl delete statefulset orders --cascade=orphan`, and `orders-replica`;
 * 3. apply what was rendered: the new StatefulSets take the pods over. They stay as they are; those of PostgreSQL, whose
 *    settings follow from the size, are then rolled.
 *
 * ```ts
 * Storage.dynamic(Size.gibibytes(20));
 * Storage.dynamic(Size.gibibytes(20), StorageClass.fromStorageClassName('fast'));
 * Storage.claim(PersistentVolumeClaim.fromClaimName('orders-data'));
 * Storage.local('node-1', '/mnt/disks/orders', Size.gibibytes(100));
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
 */
export class Storage {
  /**
   * A volume for each pod, which a class makes when the pod first needs it, and which stays when the pod goes, or the database.
   *
   * @param size the space of each; it may grow later, and never shrinks.
   * @param storageClass its class; the cluster's default class unless given. It can't be changed later.
   */
  public static dynamic(size: Size, storageClass?: IStorageClass): Storage {
    return new Storage(Faults.within('size', sizeFaults(size)), size, storageClass);
  }

  /**
   * A claim that there is already, or that the app defines: for one pod only.
   *
   * @param claim the claim, in the database's namespace.
   */
  public static claim(claim: IPersistentVolumeClaim): Storage {
    return new Storage(claimFaults(claim), undefined, undefined, claim);
  }

  /**
   * A directory of a node: fast, and there as long as the node and its disk are. The pod runs there and nowhere else, and waits while the
   * node is away.
   *
   * Defines a PersistentVolume, `<namespace>-data-<name>-0`, for the claim of the pod and no other, which is kept when that goes.
   *
   * Whoever looks after the node makes the directory, best where a disk of its own is mounted at boot: it isn't made by itself, and a pod
   * without it doesn't start. It may be root's: when it is first mounted, it is given to the pods' group (`fsGroup`).
   *
   * The size is what Kubernetes is told, and nothing holds the server to it; the claim of a local volume can't grow. To take what was kept
   * after the claim was deleted, let the volume forget that one, and the next of its name gets it:
   * `kubectl patch pv shop-data-orders-0 --type=json -p '[{"op":"remove","path":"/spec/claimRef/uid"}]'`.
   *
   * @param node the node, by its label `kubernetes.io/hostname`. It can't be changed later, and so can't the path.
   * @param path the directory, absolute. No other database may have it, nor one in it.
   * @param size the space there.
   * @param options nodes of `readReplicas`.
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#local
   */
  public static local(node: string, path: string, size: Size, options: LocalStorageOptions = {}): Storage {
    const { replicaNodes = [], storageClass } = options;
    return new Storage([
      ...nodeFaults('node', node), ...pathFaults(path), ...Faults.within('size', sizeFaults(size)), ...replicaNodeFaults(node, replicaNodes), ...classFaults(storageClass),
    ], size, storageClass, undefined, false, path, [node, ...Array.isArray(replicaNodes) ? replicaNodes : []]);
  }

  /**
   * Nothing is kept: the data is gone with the pod, whatever deletes that, a drained node too. For tests, and caches that may be empty.
   *
   * @param sizeLimit how much of the node's disk it may take.
   */
  public static unsafeEphemeral(sizeLimit: Size): Storage {
    return new Storage(Faults.within('sizeLimit', sizeFaults(sizeLimit)), sizeLimit, undefined, undefined, true);
  }

  private constructor(
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[],
    /**
     * The space of each volume.
     *
     * @default - not known of a claim.
     */
    public readonly size?: Size,
    /**
     * The class that makes the volumes.
     *
     * @default - the cluster's default class.
     */
    public readonly storageClass?: IStorageClass,
    /**
     * The claim of the one pod.
     *
     * @default - one is made for each pod.
     */
    public readonly existingClaim?: IPersistentVolumeClaim,
    /** Whether the data goes with the pod. */
    public readonly isEphemeral: boolean = false,
    /**
     * The directory that each of `nodes` has.
     *
     * @default - volumes are made, or there is a claim.
     */
    public readonly path?: string,
    /**
     * The nodes with a directory: the database's own, then those of its `readReplicas`.
     *
     * @default - any.
     */
    public readonly nodes?: string[],
  ) {}
}
