import { Fault, Faults, Manifest, Port } from '@keelson/core';
import { Construct } from 'constructs';
import { declaredIn, letsOutTo, policiesOf } from './private/tiers/declared';
import { METADATA, metadataResolvers, platformNamespaces } from './private/tiers/platform';
import { clusterFaults, defineTiered, tierFaults } from './private/tiers/render';
import { MOST, split, TieredRule } from './private/tiers/tiered-policy';

/** Properties for `NetworkGuard`. */
export interface NetworkGuardProps {
  /**
   * Its place among the policies of its tier, from 0 to 1000: lower ones come first. Two that match one connection must not have the same;
   * guards of tenants may, since each is about pods of its own tenant.
   *
   * @default 500 - with room for others before and after it.
   */
  readonly priority?: number;

  /**
   * The Tier of Calico that it is in, where it is rendered in Calico's kinds; one that comes before `default`.
   *
   * @default 'kube-admin' - which Calico 3.32 brings. Calico 3.29 to 3.31 bring `adminnetworkpolicy`.
   */
  readonly calicoTier?: string;

  /**
   * Leave the addresses of a cloud's metadata to the network policies. On machines whose metadata give away credentials, one policy more
   * gives them to a pod; on GKE with Workload Identity Federation, `CloudIdentity.gke` needs it.
   *
   * @default false
   */
  readonly unsafeAllowMetadata?: boolean;
}

/**
 * What no NetworkPolicy in a tenant opens, whoever writes it, and none that is deleted either: NetworkPolicies only add up, so that one
 * more is enough to open what another closes.
 *
 * - Pods of other namespaces get in only from those that the app declares: by connections of the tenant or of what is in it, by its
 *   workspace, and where the cluster profile has its gateway, ingress controller, Traefik and monitoring. On which ports, and from which
 *   of their pods, NetworkPolicies say as before.
 * - Nobody reaches a cloud's metadata, 169.254.169.254, fd00:ec2::254 and fd20:ce::254, but for port 53 where the profile has a DNS
 *   server there, as GKE's Cloud DNS.
 *
 * ```ts
 * declare const app: App;
 * const shop = new Tenant(app, 'shop', { quota: Quota.medium(), networkGuard: NetworkGuard.of() });
 * ```
 *
 * Defines a ClusterNetworkPolicy of tier `Admin` where the cluster profile has `networkPolicyApi`, else a GlobalNetworkPolicy on Calico,
 * from 3.29 on; on other clusters it is a mistake. Neither sees who comes from outside of the cluster: NetworkPolicies and the Service
 * keep those out.
 *
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 * @see https://docs.tigera.io/calico/latest/network-policy/policy-tiers/tiered-policy
 */
export class NetworkGuard {
  /**
   * A guard.
   *
   * @param props its place among others, and what it leaves open.
   */
  public static of(props: NetworkGuardProps = {}): NetworkGuard {
    return new NetworkGuard(props);
  }

  /** What is wrong with it; the tenant that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly props: NetworkGuardProps) {
    this.faults = tierFaults(props);
  }

  /** The policy of a tenant. @internal */
  public _bind(tenant: Construct, namespace: string): Manifest | undefined {
    if (this.faults.length > 0) {
      return undefined;
    }
    const { priority = 500, calicoTier = 'kube-admin', unsafeAllowMetadata = false } = this.props;
    const egress = unsafeAllowMetadata ? [] : metadataRules(tenant);
    const ingress = (asker: object): TieredRule[] => {
      const { names, passes } = declaredIn(policiesOf(tenant, namespace, asker));
      const except = [...new Set([namespace, ...names, ...platformNamespaces(tenant)])].sort();
      return [...passes, { name: 'others', action: 'Deny', peers: [{ namespaces: { except } }] }];
    };
    const [rendering, judging] = [{}, {}];
    const policy = defineTiered(new Construct(tenant, 'Guard'), calicoTier, {
      name: `${namespace}.tenant`, tier: 'Admin', priority, subject: { named: [namespace] }, egress,
      ingress: () => ingress(rendering),
    });
    Faults.report(tenant, 'networkGuard', clusterFaults(tenant));
    if (policy?.kind === 'ClusterNetworkPolicy') {
      tenant.node.addValidation({ validate: () => countFaults(ingress(judging)).map(fault => Faults.describe('networkGuard', fault)) });
    }
    if (policy !== undefined && !unsafeAllowMetadata) {
      tenant.node.addValidation({ validate: () => metadataFaults(tenant, namespace).map(fault => Faults.describe('networkGuard', fault)) });
    }
    return policy;
  }
}

function metadataRules(scope: Construct): TieredRule[] {
  return [
    ...metadataResolvers(scope).map(({ cidr, port }): TieredRule =>
      ({ name: 'dns', action: 'Pass', peers: [{ networks: [cidr] }], ports: [Port.udp(port), Port.tcp(port)] })),
    { name: 'metadata', action: 'Deny', peers: METADATA.map(networks => ({ networks })) },
  ];
}

/** More than the API server takes. */
function countFaults(rules: readonly TieredRule[]): Fault[] {
  const count = split(rules).length;
  return count <= MOST ? [] : [{
    code: 'KEELSON4056', got: `${count}, for whom NetworkPolicies let in by labels`, allowed: `of at most ${MOST} rules, as a ClusterNetworkPolicy is`,
    fix: 'let namespaces in by their names, which need no rules, or more of them on the same ports',
  }];
}

/** What the app asks for and the guard denies. */
function metadataFaults(scope: Construct, namespace: string): Fault[] {
  const ports = metadataResolvers(scope).map(({ port }) => port);
  const opened = letsOutTo(policiesOf(scope, namespace, scope), METADATA.flat(), ports);
  return opened.map(got => ({
    code: 'KEELSON4054', got: `one beside ${got}`, allowed: "one that leaves a cloud's metadata to pods that are let out there",
    fix: 'take that connection away, or say NetworkGuard.of({ unsafeAllowMetadata: true })',
  }));
}
