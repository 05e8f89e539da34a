import { Fault } from '../faults';
import { quoted } from '../private/quoted';
import { NEWEST_KUBERNETES, OLDEST_KUBERNETES, minorOf } from '../private/profile-versions';

/**
 * A Kubernetes release, as far as manifests care: `1.33`, whatever the patch.
 *
 * It decides which fields are rendered. The API server drops a field it knows but has switched off
 * without a word, so a field is rendered from the release that keeps it.
 *
 * @see https://kubernetes.io/releases/
 */
export class KubernetesVersion {
  /**
   * A release from 1.27 to 1.37. 1.37 is rendered by the rules of 1.36, the newest that is proven.
   *
   * @param version `1.33`; `v1.33` and `1.33.4` are the same, and so is `v1.33.4-gke.100`.
   */
  public static of(version: string): KubernetesVersion {
    return new KubernetesVersion(version);
  }

  /** The minor release: 33 of `1.33`. */
  public readonly minor: number;

  /** The release without its patch, such as `1.33`. */
  public readonly text: string;

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(version: string) {
    const minor = minorOf(version);
    this.faults = faultsOf(version, minor);
    // One that can't be is reported as such: nothing is left out for it, which would be reported once more.
    this.minor = this.faults.length > 0 ? NEWEST_KUBERNETES : Number(minor);
    this.text = `1.${this.minor}`;
  }

  /**
   * Whether this release is the given one or newer.
   *
   * @param version such as `1.30`; something else is never reached.
   */
  public isAtLeast(version: string): boolean {
    return this.minor >= (minorOf(version) ?? Infinity);
  }
}

function faultsOf(version: string, minor: number | undefined): Fault[] {
  const got = quoted(version);
  if (minor === undefined) {
    return [{ code: 'KEELSON1151', got, allowed: 'a Kubernetes version such as 1.33', fix: "write what 'kubectl version' says of the server" }];
  }
  if (minor < OLDEST_KUBERNETES) {
    const fix = typeof version === 'string' ? 'upgrade the cluster' : 'put it in quotes: as a number, 1.30 is 1.3';
    return [{ code: 'KEELSON1152', got, allowed: `1.${OLDEST_KUBERNETES} or newer`, fix }];
  }
  if (minor > NEWEST_KUBERNETES) {
    const fix = `write 1.${NEWEST_KUBERNETES}, whose manifests newer clusters take`;
    return [{ code: 'KEELSON1153', got, allowed: `1.${NEWEST_KUBERNETES} or older, the newest known here`, fix }];
  }
  return [];
}
