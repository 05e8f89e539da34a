import { Fault } from '../faults';
import { NETWORK_POLICY_API } from '../private/profile-versions';
import { quoted } from '../private/quoted';

/**
 * The Network Policy API's CRDs as the cluster has them: ClusterNetworkPolicies, which come before and after NetworkPolicies, and which
 * nobody overrides in a namespace. Its network plugin has to enforce them, as Calico from 3.32 on does.
 *
 * Only what its standard channel has is rendered, which the experimental one has too.
 *
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export class NetworkPolicyApi {
  /**
   * The CRDs of one release.
   *
   * @param version `0.2`, which brought ClusterNetworkPolicy for the AdminNetworkPolicy of older ones; a patch is ignored.
   */
  public static of(version: string): NetworkPolicyApi {
    return new NetworkPolicyApi(version);
  }

  /** The version without its patch, such as `0.2`. */
  public readonly version: string;

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(version: string) {
    this.faults = VERSION.test(version) ? [] : [{
      code: 'KEELSON1191', got: quoted(version), allowed: `version ${NETWORK_POLICY_API} of the Network Policy API`,
      fix: 'write the bundle-version that the CRDs are annotated with, and install 0.2 where they are of an older one',
    }];
    this.version = NETWORK_POLICY_API;
  }

  /**
   * Whether a kind of group `policy.networking.k8s.io` is served.
   *
   * @param version the version in its group, such as `v1alpha2`.
   * @param kind such as `ClusterNetworkPolicy`.
   */
  public serves(version: string, kind: string): boolean {
    return `${version}/${kind}` === 'v1alpha2/ClusterNetworkPolicy';
  }
}

const VERSION = /^v?0\.2(?:\.\d+)?(?:[-+][0-9A-Za-z.+-]+)?$/;
