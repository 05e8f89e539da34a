import { parseManifests } from '../manifest.js';
import { readCluster, type Cluster } from './cluster.js';
import type { End } from './end.js';
import { Ends, portOf, type Surroundings } from './ends.js';
import { Matrix } from './matrix.js';
import type { RenderedConstruct } from './rendered-construct.js';
import { judge, type Verdict } from './verdict.js';

/** What is around the manifests, where it is otherwise than here. */
export interface ReachabilityOptions {
  /**
   * Addresses and blocks of addresses outside of the cluster, by names of your choice: `{ office: '203.0.113.0/24' }`. Of a block any
   * address counts: it is reached when one of them is.
   *
   * @default - the internet, as 1.1.1.1
   */
  readonly outside?: Readonly<Record<string, string>>;
  /**
   * Where the cluster's pods have their addresses. An `ipBlock` that has some of these lets pods through, as it may in the cluster; a
   * running Pod has the addresses of its status.
   *
   * @default - 10.244.0.0/16 and fd00:10:244::/56, those of kubeadm and kind
   */
  readonly podNetworks?: readonly string[];
  /**
   * Where the cluster's nodes have their addresses, which is how pods with `hostNetwork` are seen.
   *
   * @default - 172.18.0.0/16 and fc00:f853:ccd:e793::/64, those of kind
   */
  readonly nodeNetworks?: readonly string[];
}

/** Where connections come from, on the way to where they go. */
export interface Source {
  /**
   * Whether a port of a destination is reached.
   *
   * @param port a number (of TCP), `'53/UDP'`, or the name that the destination's containers give it.
   */
  to(destination: string | RenderedConstruct, port: number | string): Verdict;
}

/**
 * Who may talk to whom by the NetworkPolicies and ClusterNetworkPolicies among some manifests, as the API references of these
 * (networking.k8s.io/v1, policy.networking.k8s.io/v1alpha2) have it.
 *
 * A workload stands for any of its pods: from a Deployment to itself is from one of its pods to another. Pods with `hostNetwork` are
 * not selected by policies and are seen as addresses of nodes, as most network plugins have it. What no policy speaks of isn't here:
 * a node always reaches its own pods, and whether anybody listens.
 */
export class Reachability {
  private readonly cluster: Cluster;
  private readonly ends: Ends;

  public constructor(manifests: string | readonly unknown[], options: ReachabilityOptions = {}) {
    this.cluster = readCluster(typeof manifests === 'string' ? parseManifests(manifests) : manifests);
    const surroundings: Surroundings = {
      outside: options.outside ?? { internet: '1.1.1.1' },
      podNetworks: options.podNetworks ?? ['10.244.0.0/16', 'fd00:10:244::/56'],
      nodeNetworks: options.nodeNetworks ?? ['172.18.0.0/16', 'fc00:f853:ccd:e793::/64'],
    };
    this.ends = new Ends(this.cluster, surroundings);
  }

  /** The names of all workloads: `shop/web`, and `shop/Deployment/web` where two kinds share that. */
  public get workloads(): string[] {
    return [...this.ends.workloads.keys()];
  }

  /** Policies that are not judged, such as those of network plugins: they may close more, or open. Each verdict's `why` names them too. */
  public get unjudged(): string[] {
    return [...this.cluster.unjudged];
  }

  /**
   * Where connections come from.
   *
   * @param source `shop/web`, `shop/Deployment/web`, an address or a block of addresses, a name of `outside`, or a construct that
   * renders one workload.
   */
  public from(source: string | RenderedConstruct): Source {
    const from = this.ends.find(source);
    return {
      to: (destination, port) => {
        const to = this.ends.find(destination);
        return this.judge(from, to, port);
      },
    };
  }

  /** Everybody to everybody: each workload, whatever is outside, and every port that a container declares or a rule is about. */
  public matrix(): Matrix {
    return new Matrix(this.ends, this.cluster);
  }

  private judge(from: End, to: End, port: number | string): Verdict {
    return judge(this.cluster, from, to, portOf(port, to));
  }
}

/**
 * Who may talk to whom by the NetworkPolicies among some manifests.
 *
 * @param manifests what `Testing.synth(chart)`, `parseManifests` or `readManifests` give, or YAML.
 */
export function reachability(manifests: string | readonly unknown[], options: ReachabilityOptions = {}): Reachability {
  return new Reachability(manifests, options);
}
