import { ClusterProfile, Faults, Manifest, Port, ResourceName } from '@keelson/core';
import { Construct } from 'constructs';
import { clusterNamespaces } from './private/tiers/platform';
import { clusterFaults, defineTiered, nameFaults, tierFaults } from './private/tiers/render';
import { TieredPeer, TieredRule } from './private/tiers/tiered-policy';

/** Properties for `NetworkBaseline`. */
export interface NetworkBaselineProps {
  /**
   * Namespaces that stay open: those of controllers that have no NetworkPolicy and call the API server, such as cert-manager's, storage
   * drivers' and operators'. Say `[]` where there are none; nothing closes a running cluster faster than one that is forgotten here.
   *
   * Besides, `kube-system` stays open, and where the cluster profile has its DNS servers, gateway, ingress controller, Traefik,
   * monitoring and mesh's control plane; on Calico what its operator installs.
   */
  readonly exceptNamespaces: string[];

  /**
   * The policy's `metadata.name`; on Calico after the name of its tier, and without dots.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its place among the policies of its tier, from 0 to 1000: lower ones come first.
   *
   * @default 1000 - the last.
   */
  readonly priority?: number;

  /**
   * The Tier of Calico that it is in, where it is rendered in Calico's kinds; one that comes after `default`.
   *
   * @default 'kube-baseline' - which Calico 3.32 brings. Calico 3.30 and 3.31 bring `baselineadminnetworkpolicy`.
   */
  readonly calicoTier?: string;
}

/**
 * What holds for pods that no NetworkPolicy selects: nobody's pods reach them, and they reach nobody, but for DNS. Once for a cluster, by
 * its platform.
 *
 * It is for all namespaces, not for those of tenants: a tenant has a NetworkPolicy, and it is the namespace that nobody thought of which
 * has none. A tenant whose NetworkPolicy is deleted by mistake is closed by it, too. Pods of one namespace don't reach each other
 * either, since the API has no word for the own namespace: one NetworkPolicy opens what is meant to be open, as everywhere.
 *
 * ```ts
 * declare const chart: Chart;
 * new NetworkBaseline(chart, 'baseline', { exceptNamespaces: ['cert-manager', 'longhorn-system'] });
 * ```
 *
 * Defines a ClusterNetworkPolicy of tier `Baseline` where the cluster profile has `networkPolicyApi`, else a GlobalNetworkPolicy on
 * Calico, from 3.30 on; on other clusters it is a mistake. It can't see who comes from outside of the cluster through a Service.
 *
 * @see https://network-policy-api.sigs.k8s.io/api-overview/
 */
export class NetworkBaseline extends Construct {
  /** The policy; none where the cluster has no kind for it, which is a mistake. */
  public readonly policy?: Manifest;

  public constructor(scope: Construct, id: string, props: NetworkBaselineProps) {
    super(scope, id);
    const { exceptNamespaces, name = id, priority = 1000, calicoTier = 'kube-baseline' } = props;
    const faults = tierFaults(props);
    faults.forEach(({ member = '', ...fault }) => Faults.report(this, member, [fault]));
    exceptNamespaces.forEach((each, at) => Faults.report(this, `exceptNamespaces[${at}]`, ResourceName.faultsOf('Namespace', each)));
    Faults.report(this, 'NetworkBaseline', clusterFaults(this));
    Faults.report(this, 'name', nameFaults(this, name));
    const except = [...new Set([...exceptNamespaces, ...clusterNamespaces(this)])].sort();
    this.policy = faults.length > 0 ? undefined : defineTiered(this, calicoTier, {
      name, tier: 'Baseline', priority, subject: { except },
      ingress: () => [{ name: 'pods', action: 'Deny', peers: [{ namespaces: { labels: {} } }] }],
      egress: [...this.dnsRules(), {
        name: 'everything', action: 'Deny', peers: [{ namespaces: { labels: {} } }, { networks: ['0.0.0.0/0'] }, { networks: ['::/0'] }],
      }],
    });
  }

  /** One rule for each port of the profile's resolvers. */
  private dnsRules(): TieredRule[] {
    const byPort = new Map<number, TieredPeer[]>();
    for (const { port, pods, cidr } of ClusterProfile.of(this).dnsResolvers) {
      const peer: TieredPeer = pods === undefined ? { networks: cidr === undefined ? [] : [cidr] }
        : { namespaces: { named: [pods.namespace] }, podLabels: pods.labels };
      byPort.set(port, [...byPort.get(port) ?? [], peer]);
    }
    return [...byPort].map(([port, peers]) => ({ name: 'dns', action: 'Accept', peers, ports: [Port.udp(port), Port.tcp(port)] }));
  }
}
