import { Fault } from './faults';
import { quoted } from './private/quoted';
import { referenceFaults } from './private/references';
import { within } from './private/within';
import { IPersistentVolumeClaim } from './persistent-volume-claim';
import { ResourceName } from './resource-name';

const GROUP = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;

/**
 * What a new volume is filled with. The claim's class has to be of a CSI driver that can do that.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources
 */
export class ClaimDataSource {
  /**
   * A snapshot: a backup that comes back.
   *
   * @param name the VolumeSnapshot's name, which is in the namespace of the claim.
   * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
   */
  public static fromSnapshot(name: string): ClaimDataSource {
    return new ClaimDataSource('snapshot.storage.k8s.io', 'VolumeSnapshot', name, ResourceName.faultsOf('VolumeSnapshot', name));
  }

  /**
   * A copy of another claim's volume, as it is when this one is made. The new volume has at least its size.
   *
   * @param claim a claim of the same namespace.
   * @see https://kubernetes.io/docs/concepts/storage/volume-pvc-datasource/
   */
  public static fromClaim(claim: IPersistentVolumeClaim): ClaimDataSource {
    return new ClaimDataSource(undefined, 'PersistentVolumeClaim', claim?.name, referenceFaults(claim, 'PersistentVolumeClaim'), claim);
  }

  /**
   * What a volume populator makes of an object of another kind.
   *
   * @param group the kind's API group, such as `populators.example.com`.
   * @param kind its kind.
   * @param name its name, in the namespace of the claim.
   */
  public static fromObject(group: string, kind: string, name: string): ClaimDataSource {
    const fault = (member: string, got: string, allowed: string, fix: string): Fault => ({ code: 'KEELSON1827', member, got: quoted(got), allowed, fix });
    return new ClaimDataSource(group, kind, name, [
      ...(GROUP.test(group) ? [] : [fault('group', group, 'an API group', "write it like 'populators.example.com'")]),
      ...(KIND.test(kind) ? [] : [fault('kind', kind, 'a kind', "write it like 'Archive'")]),
      ...within('name', ResourceName.faultsOf('object', name)),
    ]);
  }

  private constructor(
    private readonly group: string | undefined,
    private readonly kind: string,
    private readonly name: string,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
    /** The claim that is copied. @internal */
    public readonly _claim?: IPersistentVolumeClaim,
  ) {}

  /** As `dataSourceRef`: of other kinds `dataSource` is dropped without a word. @internal */
  public _render(): object {
    return { apiGroup: this.group, kind: this.kind, name: this.name };
  }
}
