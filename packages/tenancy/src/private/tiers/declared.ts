import { Port, Protocol } from '@keelson/core';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { NetworkPeer as LabelledPeer } from '../admission/networks';
import { Requirement, TieredPeer, TieredRule } from './tiered-policy';

/** A peer as anybody may write it. */
interface NetworkPeer extends LabelledPeer {
  readonly namespaceSelector?: LabelledPeer['namespaceSelector'] & { readonly matchExpressions?: readonly Requirement[] };
}

/** A NetworkPolicy as it is rendered, by this library or by hand. */
interface RenderedPolicy {
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly ingress?: readonly { readonly from?: readonly NetworkPeer[]; readonly ports?: readonly RenderedPort[] }[];
    readonly egress?: readonly { readonly to?: readonly NetworkPeer[]; readonly ports?: readonly RenderedPort[] }[];
  };
}

interface RenderedPort { readonly protocol?: string; readonly port?: number | string; readonly endPort?: number }

/** What the NetworkPolicies of a namespace, whichever chart has them, let in from others. */
export interface Declared {
  /** The namespaces that they name. */
  readonly names: readonly string[];
  /** Whom they let in otherwise: everybody, or namespaces by labels. */
  readonly passes: readonly TieredRule[];
}

/** Whom a NetworkPolicy lets in by labels, and on which ports, which `onPorts` tells apart. */
interface Pass {
  readonly peer: TieredPeer;
  readonly ports?: readonly Port[];
  readonly onPorts: string;
}

const NAME = 'kubernetes.io/metadata.name';

/** Whom the app lets into a namespace. */
export function declaredIn(policies: readonly ApiObject[]): Declared {
  const names = new Set<string>();
  const passes = new Map<string, Pass>();
  for (const { from = [], ports } of policies.flatMap(each => rendered(each).spec?.ingress ?? [])) {
    // Nobody named is everybody.
    for (const { namespaceSelector } of from.length === 0 ? [{ namespaceSelector: {} }] : from) {
      const { [NAME]: name, ...labels } = namespaceSelector?.matchLabels ?? {};
      if (name !== undefined) {
        names.add(name);
      } else if (namespaceSelector !== undefined) {
        const { matchExpressions: requirements = [] } = namespaceSelector;
        const numbers = numbersOf(ports);
        const onPorts = JSON.stringify(numbers?.map(({ text }) => text) ?? 'all');
        const peer = { namespaces: { labels, requirements } };
        passes.set(JSON.stringify([labels, requirements, onPorts]), { peer, ports: numbers, onPorts });
      }
    }
  }
  const sorted = [...passes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pass]) => pass);
  return { names: [...names].sort(), passes: merged(sorted) };
}

/** One rule for the same ports, with all of their peers. */
function merged(passes: readonly Pass[]): TieredRule[] {
  const byPorts = new Map<string, TieredRule>();
  for (const { peer, ports, onPorts } of passes) {
    byPorts.set(onPorts, { name: 'declared', action: 'Pass', peers: [...byPorts.get(onPorts)?.peers ?? [], peer], ports });
  }
  return [...byPorts.values()];
}

/** The policies that let pods out to one of these addresses, on other ports than the given ones, and on which. */
export function letsOutTo(policies: readonly ApiObject[], addresses: readonly string[], but: readonly number[]): string[] {
  return policies.map(rendered).flatMap(({ metadata: { name }, spec }) => (spec?.egress ?? []).flatMap(({ to = [], ports = [] }) => {
    const cidrs = to.flatMap(({ ipBlock }) => (ipBlock !== undefined && addresses.includes(ipBlock.cidr) ? [ipBlock.cidr] : []));
    const others = ports.filter(({ port }) => typeof port !== 'number' || !but.includes(port)).map(({ port }) => String(port));
    const isOther = ports.length === 0 || others.length > 0;
    return cidrs.length > 0 && isOther ? [`NetworkPolicy ${name}: ${cidrs.join(', ')} on ${others.length === 0 ? 'all ports' : others.join(', ')}`] : [];
  }));
}

/** None where one of them has a name, which not every network plugin looks up. */
function numbersOf(ports: readonly RenderedPort[] = []): Port[] | undefined {
  const numbers = ports.flatMap(({ port, endPort, protocol = 'TCP' }) => (typeof port !== 'number' ? []
    : [endPort === undefined ? portOf(protocol, port) : Port.range(protocol as Protocol, port, endPort)]));
  return numbers.length === 0 || numbers.length < ports.length ? undefined : numbers;
}

function portOf(protocol: string, port: number): Port {
  return protocol === 'UDP' ? Port.udp(port) : protocol === 'SCTP' ? Port.sctp(port) : Port.tcp(port);
}

function rendered(policy: ApiObject): RenderedPolicy {
  return policy.toJson() as RenderedPolicy;
}

/** The NetworkPolicies of an app by their namespaces, and who has asked since they were looked for. */
interface Index {
  readonly policies: ReadonlyMap<string, ApiObject[]>;
  readonly asked: Set<object>;
}

const indices = new WeakMap<IConstruct, Index>();

/**
 * The NetworkPolicies of a namespace. All of the app's are looked for once in a round, which begins when somebody asks again.
 *
 * @param asker who asks, once in a round.
 */
export function policiesOf(scope: IConstruct, namespace: string, asker: object): ApiObject[] {
  const { root } = scope.node;
  const known = indices.get(root);
  const index = known === undefined || known.asked.has(asker) ? { policies: found(root), asked: new Set<object>() } : known;
  index.asked.add(asker);
  indices.set(root, index);
  return index.policies.get(namespace) ?? [];
}

function found(root: IConstruct): Map<string, ApiObject[]> {
  const policies = new Map<string, ApiObject[]>();
  for (const each of root.node.findAll()) {
    if (ApiObject.isApiObject(each) && (each as ApiObject).kind === 'NetworkPolicy' && (each as ApiObject).apiVersion === 'networking.k8s.io/v1') {
      const object = each as ApiObject;
      const namespace = object.metadata.namespace ?? 'default';
      policies.set(namespace, [...policies.get(namespace) ?? [], object]);
    }
  }
  return policies;
}
