import type { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import type { IStorageClass } from '../storage-class';
import { quoted } from './quoted';
import { referenceFaults } from './references';

/** What is wrong with a claim in this cluster: it would wait for ever. Where the profile knows no classes, only the name. */
export function claimFaults(
  { storageClasses, defaultStorageClass }: ClusterProfile, accessMode: string, storageClass: IStorageClass | undefined,
): { prop: string; fault: Fault }[] {
  if (storageClass !== undefined) {
    const named = referenceFaults(storageClass, 'StorageClass');
    if (named.length > 0) {
      return named.map(fault => ({ prop: 'storageClass', fault }));
    }
  }
  if (storageClasses.length === 0) {
    return [];
  }
  const there = storageClasses.map(({ name }) => quoted(name)).join(', ');
  const found = storageClass === undefined ? defaultStorageClass : storageClasses.find(({ name }) => name === storageClass.name);
  if (found === undefined) {
    return [{
      prop: 'storageClass',
      fault: storageClass === undefined
        ? { code: 'KEELSON1332', got: 'none', allowed: `one of ${there}, since the cluster has no default class`, fix: 'name one of them' }
        : { code: 'KEELSON1330', got: quoted(storageClass.name), allowed: `one of the cluster's classes (${there})`, fix: 'name one of them, or add it to storageClasses of the cluster profile' },
    }];
  }
  const shared = storageClasses.filter(({ readWriteMany }) => readWriteMany === true).map(({ name }) => quoted(name)).join(', ');
  return accessMode !== 'ReadWriteMany' || found.readWriteMany === true ? [] : [{
    prop: 'accessMode',
    fault: {
      code: 'KEELSON1331', got: accessMode, allowed: `one that the class ${quoted(found.name)} can serve`,
      fix: shared === '' ? 'the cluster profile has no class for several nodes: use ReadWriteOnce' : `use the class ${shared}`,
    },
  }];
}
