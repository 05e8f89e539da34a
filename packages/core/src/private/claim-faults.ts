import { IConstruct } from 'constructs';
import type { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import type { IStorageClass } from '../storage-class';
import { AppClass, classesAround } from './app-classes';
import { quoted } from './quoted';
import { referenceFaults } from './references';

/** What of a class matters to claims. */
interface Offered {
  readonly name: string;
  readonly isDefault: boolean;
  /** Undefined where it isn't known. */
  readonly readWriteMany: boolean | undefined;
}

/** What is wrong with what should be a class, whatever the cluster. */
export function classReferenceFaults(storageClass: IStorageClass | undefined): Fault[] {
  return storageClass === undefined ? [] : referenceFaults(storageClass, 'StorageClass');
}

/** The class of the app that a claim gets, if it is one of those. */
export function ownClassOf(scope: IConstruct, storageClass: IStorageClass | undefined): AppClass | undefined {
  return classesAround(scope).find(({ name, isDefault }) => (storageClass === undefined ? isDefault : name === storageClass.name));
}

/** What is wrong with a claim in this cluster: it would wait for ever. Ask at synth, when all classes of the app are made. */
export function claimFaults(
  scope: IConstruct, { storageClasses }: ClusterProfile, accessMode: string, storageClass: IStorageClass | undefined,
): { prop: string; fault: Fault }[] {
  if (classReferenceFaults(storageClass).length > 0) {
    return [];
  }
  const own = classesAround(scope);
  const ownNames = new Set(own.map(({ name }) => name));
  const offered: Offered[] = [
    ...own,
    ...storageClasses.filter(({ name }) => !ownNames.has(name))
      .map(({ name, isDefault = false, readWriteMany = false }) => ({ name, isDefault, readWriteMany })),
  ];
  const found = offered.find(({ name, isDefault }) => (storageClass === undefined ? isDefault : name === storageClass.name));
  if (found === undefined) {
    // Where the profile knows none, the cluster may have any.
    return storageClasses.length === 0 ? [] : [{ prop: 'storageClass', fault: missing(offered, storageClass) }];
  }
  const shared = offered.filter(({ readWriteMany }) => readWriteMany === true).map(({ name }) => quoted(name)).join(', ');
  return accessMode !== 'ReadWriteMany' || found.readWriteMany !== false ? [] : [{
    prop: 'accessMode',
    fault: {
      code: 'KEELSON1331', got: accessMode, allowed: `one that the class ${quoted(found.name)} can serve`,
      fix: shared === '' ? 'the cluster profile has no class for several nodes: use ReadWriteOnce' : `use the class ${shared}`,
    },
  }];
}

function missing(offered: Offered[], storageClass: IStorageClass | undefined): Fault {
  const there = offered.map(({ name }) => quoted(name)).join(', ');
  return storageClass === undefined
    ? { code: 'KEELSON1332', got: 'none', allowed: `one of ${there}, since the cluster has no default class`, fix: 'name one of them' }
    : {
      code: 'KEELSON1330', got: quoted(storageClass.name), allowed: `one of the cluster's classes (${there})`,
      fix: 'name one of them, or add it to storageClasses of the cluster profile',
    };
}
