import { Fault, Faults, PersistentVolume, PersistentVolumeClaim, PersistentVolumeSource, Workload } from '@keelson/core';
import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Storage } from '../storage';

/** Who has a directory of a node, or a claim, in an app. */
const taken = new WeakMap<IConstruct, Map<string, Workload>>();

/**
 * The volumes of a server's pods that are directories of nodes, each for the claim of its pod.
 *
 * @param claimOf the name of a pod's claim, by its number.
 */
export function defineLocalVolumes(
  workload: Workload, storage: Storage, nodes: readonly string[], claimOf: (ordinal: number) => string,
): void {
  const { size, path, storageClass } = storage;
  const { namespace } = Chart.of(workload);
  if (path === undefined || size === undefined || nodes.length === 0) {
    return;
  }
  if (namespace === undefined) {
    Faults.report(workload, 'storage', [{
      code: 'KEELSON3154', got: 'Storage.local(…) in a chart without a namespace', allowed: 'one whose namespace is known: a volume is kept for a claim of that',
      fix: "give the chart one: new Chart(app, 'shop', { namespace: 'shop' })",
    }]);
    return;
  }
  nodes.forEach((node, ordinal) => {
    Faults.report(workload, 'storage.path', sharedFaults(workload, node, path));
    const claim = claimOf(ordinal);
    new PersistentVolume(workload, `Volume${ordinal}`, {
      // it is the whole cluster's
      name: `${namespace}-${claim}`,
      labels: workload.labels,
      capacity: size,
      source: PersistentVolumeSource.local(path, [node]),
      storageClass,
      reservedFor: PersistentVolumeClaim.fromClaimName(claim, namespace),
    });
  });
}

/** Two servers in one directory would destroy each other's data. */
function sharedFaults(workload: Workload, node: string, path: string): Fault[] {
  const other = otherAt(`${node} ${path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1')}`, workload);
  return other === undefined ? [] : [{
    code: 'KEELSON3155', got: `${Faults.quoted(path)} of ${Faults.quoted(node)}, which [${other.node.path}] has`, allowed: 'a directory of its own', fix: 'name another one',
  }];
}

/** A claim is one server's, though pods of one node could share it. */
export function checkClaim(workload: Workload, { existingClaim }: Storage): void {
  const other = existingClaim === undefined ? undefined : otherAt(`claim ${Chart.of(workload).namespace ?? ''} ${existingClaim.name}`, workload);
  // servers of one database are told by how many it has
  Faults.report(workload, 'storage', other === undefined || other === workload.node.scope ? [] : [{
    code: 'KEELSON3190', got: `Storage.claim(…) of ${Faults.quoted(existingClaim?.name)}, which [${other.node.path}] has`, allowed: 'a claim of its own', fix: 'name another one',
  }]);
}

/** The database that has this place already. */
function otherAt(place: string, workload: Workload): IConstruct | undefined {
  const { root } = workload.node;
  const all = taken.get(root) ?? new Map<string, Workload>();
  taken.set(root, all);
  const first = all.get(place);
  all.set(place, first ?? workload);
  return first?.node.scope;
}
