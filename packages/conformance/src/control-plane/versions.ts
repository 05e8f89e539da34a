import { KUBERNETES_VERSIONS } from '@keelson/testing';

/** A Kubernetes version that manifests are proven on. */
export interface Version {
  /** Such as `1.34`. */
  readonly name: string;
  /** The release whose binaries serve it: another one's, where that emulates it. */
  readonly built: string;
}

/** The releases that are built; the newest emulates those in between. */
const BUILT = ['1.27', '1.36'];

/** The versions that specimens are made for, each with what serves it. */
export const VERSIONS: readonly Version[] = KUBERNETES_VERSIONS.map((name) => ({ name, built: BUILT.includes(name) ? name : '1.36' }));

/** Whether another release's binaries serve a version. */
export function isEmulated({ name, built }: Version): boolean {
  return name !== built;
}

/** Whether a release is the same as, or newer than, another. */
export function isAtLeast(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major === otherMajor ? minor >= otherMinor : major > otherMajor;
}
