/** A Kubernetes version that manifests are proven on. */
export interface Version {
  /** Such as `1.34`. */
  readonly name: string;
  /** The release whose binaries serve it: another one's, where that emulates it. */
  readonly built: string;
}

/** The oldest supported release, the newest that can be built, and those in between that the newest emulates. */
export const VERSIONS: readonly Version[] = [
  { name: '1.27', built: '1.27' },
  { name: '1.33', built: '1.36' },
  { name: '1.34', built: '1.36' },
  { name: '1.35', built: '1.36' },
  { name: '1.36', built: '1.36' },
];

/** Whether a release is the same as, or newer than, another. */
export function isAtLeast(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major === otherMajor ? minor >= otherMinor : major > otherMajor;
}
