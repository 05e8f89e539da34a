import { refined, type AddressRange } from './address.js';
import type { Action, ClusterNetworkPolicy, PodsAnywhere, Tier, TieredPeer, TieredRule } from './cluster-network-policy.js';
import type { PodIdentity } from './end.js';
import { selects } from './label-selector.js';
import type { Direction } from './network-policy.js';

/** What a tier says of a connection, if it says something. */
export interface Decision {
  readonly action: Action;
  readonly policy: string;
  /** `ClusterNetworkPolicy shop ingress[0]`. */
  readonly rule: string;
}

/** The other end: a pod, or some addresses that each block has all of or none. */
export interface Piece {
  readonly pod?: PodIdentity;
  readonly addresses: readonly AddressRange[];
}

/** The ClusterNetworkPolicies of one end in one direction. */
export class Tiers {
  private readonly policies: readonly ClusterNetworkPolicy[];

  public constructor(policies: readonly ClusterNetworkPolicy[], private readonly direction: Direction, subject: PodIdentity) {
    this.policies = policies.filter((each) => isAmong(subject, each.subject));
  }

  /** The other end in pieces, each of which every rule is about or isn't. */
  public piecesOf(addresses: readonly AddressRange[]): AddressRange[][] {
    const peers = this.policies.flatMap((each) => each[this.direction]).flatMap((rule) => rule.peers);
    const blocks = peers.flatMap(({ networks }) => networks ?? []);
    return blocks.length === 0 ? [[...addresses]] : refined(addresses, blocks).map((each) => [each]);
  }

  /** What the first rule that matches says, by the policies' priorities. */
  public decide(tier: Tier, piece: Piece, admitsPort: (rule: TieredRule) => boolean): Decision | undefined {
    const matching = this.policies.filter((each) => each.tier === tier).flatMap((policy) => {
      const rule = policy[this.direction].find((each) => admitsPort(each) && each.peers.some((peer) => isPeer(peer, piece)));
      return rule === undefined ? [] : [{ policy, rule }];
    });
    const first = Math.min(...matching.map(({ policy }) => policy.priority));
    const [decisive, ...others] = matching.filter(({ policy }) => policy.priority === first);
    if (decisive === undefined) return undefined;
    const other = others.find(({ rule }) => rule.action !== decisive.rule.action);
    if (other !== undefined) {
      throw new Error(`${decisive.policy.title} and ${other.policy.title} have the same priority, ${first}, in tier ${tier}, and both match: `
        + `it isn't said whether ${decisive.rule.title} (${decisive.rule.action}) holds, or ${other.rule.title} (${other.rule.action})`);
    }
    const { policy, rule } = decisive;
    return { action: rule.action, policy: policy.title, rule: `${policy.title} ${rule.title}` };
  }
}

/** Whether a pod is one of those that are selected. */
export function isAmong(pod: PodIdentity | undefined, { namespaceSelector, podSelector }: PodsAnywhere): boolean {
  return pod !== undefined && selects(namespaceSelector, pod.namespaceLabels) && selects(podSelector, pod.labels);
}

function isPeer(peer: TieredPeer, { pod, addresses }: Piece): boolean {
  if (peer.networks === undefined) return isAmong(pod, peer);
  return peer.networks.some((network) => addresses.some((each) => isWithin(each, network)));
}

function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;
}
