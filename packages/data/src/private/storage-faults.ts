import { AccessMode, Fault, Faults, IPersistentVolumeClaim, IStorageClass, PersistentVolumeSource } from '@keelson/core';
import { Size } from 'cdk8s';
import type { Storage } from '../storage';
import { made, shown } from './made';

export function sizeFaults(size: Size): Fault[] {
  const bytes = typeof size?.toKibibytes === 'function' ? size.toKibibytes({ rounding: 1 }) : NaN;
  return bytes > 0 ? [] : [{ code: 'KEELSON3003', got: Number.isNaN(bytes) ? shown(size) : '0', allowed: 'a Size of more than nothing', fix: 'try Size.gibibytes(20)' }];
}

/** One pod writes to it at a time; whoever can share it may, too. */
export function claimFaults(claim: IPersistentVolumeClaim): Fault[] {
  if (claim?.kind !== 'PersistentVolumeClaim') {
    return [{ code: 'KEELSON3004', got: shown(claim), allowed: 'a PersistentVolumeClaim', fix: "try PersistentVolumeClaim.fromClaimName('orders-data')" }];
  }
  return claim.accessMode !== AccessMode.READ_ONLY_MANY ? [] : [{
    code: 'KEELSON3005', member: 'accessMode', got: claim.accessMode, allowed: 'one that can be written to', fix: 'use ReadWriteOncePod or ReadWriteOnce',
  }];
}

/** A node's name, as core has it. */
export function nodeFaults(member: string, node: string): Fault[] {
  return PersistentVolumeSource.local('/', [node]).faults.map(fault => ({ ...fault, member }));
}

export function pathFaults(path: string): Fault[] {
  return PersistentVolumeSource.local(path, ['node-1']).faults;
}

/** Two servers in one directory of one node would destroy each other's data. */
export function replicaNodeFaults(node: string, replicaNodes: string[]): Fault[] {
  if (!Array.isArray(replicaNodes)) {
    return [{ code: 'KEELSON3150', member: 'replicaNodes', got: shown(replicaNodes), allowed: 'a list of names of nodes', fix: "write it like ['node-2']" }];
  }
  return replicaNodes.flatMap((each, at) => [
    ...nodeFaults(`replicaNodes.${at}`, each),
    ...[node, ...replicaNodes.slice(0, at)].includes(each) ? [{
      code: 'KEELSON3151', member: `replicaNodes.${at}`, got: `${Faults.quoted(each)} twice`, allowed: 'a node that no other server of the database has', fix: 'name another node',
    }] : [],
  ]);
}

export function classFaults(storageClass: IStorageClass | undefined): Fault[] {
  return storageClass === undefined || storageClass?.kind === 'StorageClass' ? [] : [{
    code: 'KEELSON3152', member: 'storageClass', got: shown(storageClass), allowed: 'a StorageClass', fix: "try StorageClass.fromStorageClassName('local-ssd')",
  }];
}

/** Each of the servers needs a directory, and each directory a server. */
export function placeFaults(storage: Storage | undefined, replicas: number): Fault[] {
  const [, ...nodes] = made(storage)?.nodes ?? [];
  return made(storage)?.nodes === undefined || nodes.length === replicas ? [] : [{
    code: 'KEELSON3153', member: 'replicaNodes', got: shownNodes(nodes),
    allowed: replicas === 0 ? 'left out without read replicas' : `the nodes of ${replicas} read replica${replicas === 1 ? '' : 's'}`,
    fix: replicas === 0 ? 'remove it, or ask for as many readReplicas, of a database that has some' : 'name a node for each, or use Storage.dynamic(…)',
  }];
}

function shownNodes(nodes: readonly string[]): string {
  return nodes.length === 0 ? 'none' : nodes.map(each => shown(each)).join(', ');
}
