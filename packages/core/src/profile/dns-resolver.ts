import { Cidr } from '../cidr';
import { Fault } from '../faults';
import { isPort, podsFaults } from '../private/profile-checks';
import { within } from '../private/within';
import { ClusterPods } from './cluster-pods';
import { quoted } from '../private/quoted';

/**
 * Who answers the pods' DNS queries. Every workload's network policy lets it reach each of the
 * profile's resolvers, over UDP and TCP: with default deny, a pod without DNS reaches nothing.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export class DnsResolver {
  /**
   * CoreDNS or kube-dns: the pods with `k8s-app: kube-dns` in `kube-system`, on port 53.
   *
   * @see https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/
   */
  public static kubeDns(): DnsResolver {
    return DnsResolver.inPods({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } });
  }

  /**
   * The DNS cache on every node, by its address: it runs in the node's network, so no label reaches it.
   *
   * @param address `169.254.20.10` by Kubernetes' own manifest, `169.254.25.10` by Kubespray's and KubeSphere's.
   * @see https://github.com/projectcalico/calico/issues/3795
   */
  public static nodeLocal(address: string = '169.254.20.10'): DnsResolver {
    return DnsResolver.atAddress(address);
  }

  /**
   * The DNS cache on every node where it has an address of its own: Cilium redirects to its pods, and
   * judges by their labels, `k8s-app: node-local-dns` in `kube-system`.
   *
   * @see https://docs.cilium.io/en/stable/network/kubernetes/local-redirect-policy/#node-local-dns-cache
   */
  public static nodeLocalPods(): DnsResolver {
    return DnsResolver.inPods({ namespace: 'kube-system', labels: { 'k8s-app': 'node-local-dns' } });
  }

  /**
   * A cloud's own resolver at 169.254.169.254, such as GKE's Cloud DNS; only port 53 of it, so the
   * machines' metadata, which is on port 80 there, stays out of reach.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-dns
   */
  public static cloudMetadata(): DnsResolver {
    return DnsResolver.atAddress('169.254.169.254');
  }

  /**
   * A DNS server in pods of the cluster.
   *
   * @param pods the pods that answer.
   * @param port the containers' port, not the Service's: OpenShift's is 5353.
   */
  public static inPods(pods: ClusterPods, port: number = 53): DnsResolver {
    return new DnsResolver(port, pods, undefined, podsFaults('pods', pods));
  }

  /**
   * A DNS server at one address, outside of the pods.
   *
   * @param ip an IPv4 or IPv6 address.
   * @param port from 1 to 65535.
   */
  public static atAddress(ip: string, port: number = 53): DnsResolver {
    const cidr = Cidr.host(ip);
    return new DnsResolver(port, undefined, cidr.text, within('ip', cidr.faults));
  }

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** The port that a pod's packets go to. */
    public readonly port: number,
    /** The pods that answer, where the resolver is known by them. */
    public readonly pods: ClusterPods | undefined,
    /** Its address as a CIDR of one, where the resolver is known by it. */
    public readonly cidr: string | undefined,
    faults: Fault[],
  ) {
    this.faults = isPort(port) ? faults : [...faults, {
      code: 'KEELSON1157', member: 'port', got: quoted(port), allowed: 'an integer from 1 to 65535', fix: 'give the port the DNS server listens on, mostly 53',
    }];
  }
}
