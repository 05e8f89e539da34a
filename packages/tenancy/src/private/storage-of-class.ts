const SUFFIX = '.storageclass.storage.k8s.io/requests.storage';

/** What a ResourceQuota calls the storage of one class. */
export function storageOfClass(name: string): string {
  return `${name}${SUFFIX}`;
}

/** Whether it is the storage of one class. */
export function isStorageOfClass(resource: string): boolean {
  return resource.endsWith(SUFFIX);
}
