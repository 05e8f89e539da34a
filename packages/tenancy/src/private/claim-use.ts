import { Quantity } from '@keelson/core';
import { Rendered, Use } from './pod-use';
import { storageOfClass } from './storage-of-class';

const ONE = Quantity.ofCount(1);
const NO_STORAGE = Quantity.ofCount(0);

/** What a claim takes of a quota; nothing where there is none. */
export function claimUse(spec: Rendered): Use {
  if (spec === undefined) {
    return new Map();
  }
  const size = spec.resources?.requests?.storage;
  const storage = size === undefined ? NO_STORAGE : Quantity.parse(String(size));
  const { storageClassName } = spec;
  return new Map([
    ['persistentvolumeclaims', ONE], ['requests.storage', storage],
    ...typeof storageClassName === 'string' && storageClassName !== '' ? [[storageOfClass(storageClassName), storage] as const] : [],
  ]);
}
