import { Cidr, Manifest, Port } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Action, Namespaces, Requirement, TieredPeer, TieredPolicy, TieredRule } from './tiered-policy';

/** The label that Calico itself gives namespaces. */
const NAME = 'projectcalico.org/name';
const ACTIONS = { Accept: 'Allow', Deny: 'Deny', Pass: 'Pass' } as const satisfies Record<Action, string>;
/** Of a tier whose own default is to deny: what no rule is about goes on to the next. */
const ON = { action: 'Pass' };

/**
 * A policy in Calico's words. Before 3.32 Calico takes it by a name only that begins with the tier's, and no dot may follow but that one.
 *
 * @see https://github.com/projectcalico/calico/pull/11232
 * @see https://github.com/projectcalico/calico/blob/v3.32.1/libcalico-go/lib/validator/v3/validator.go
 */
export function globalNetworkPolicy(scope: Construct, tier: string, { name, priority, subject, ingress, egress }: TieredPolicy): Manifest {
  return new Manifest(scope, 'GlobalNetworkPolicy', {
    apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name: `${tier}.${name.replaceAll('.', '-')}` },
    spec: {
      tier, order: priority, namespaceSelector: selectorOf(subject),
      types: ['Ingress', ...egress.length === 0 ? [] : ['Egress']],
      ingress: Lazy.any({ produce: () => [...ingress().flatMap(rule => rendered('source', rule)), ON] }),
      egress: egress.length === 0 ? undefined : [...egress.flatMap(rule => rendered('destination', rule)), ON],
    },
  });
}

/** A rule for each peer and protocol. */
function rendered(side: 'source' | 'destination', { action, peers, ports }: TieredRule): object[] {
  return peers.flatMap(entitiesOf).flatMap(entity => protocolsOf(ports).map(({ protocol, numbers }) => {
    const sides = { source: {}, destination: {}, [side]: entity };
    const destination = { ...sides.destination, ports: numbers };
    return {
      action: ACTIONS[action], protocol, ...side === 'source' ? { source: entity } : {},
      ...side === 'destination' || numbers !== undefined ? { destination } : {},
    };
  }));
}

/** Addresses of one family in each. */
function entitiesOf(peer: TieredPeer): object[] {
  if (peer.namespaces === undefined) {
    const families = new Map<string, string[]>();
    for (const cidr of peer.networks.map(each => Cidr.of(each))) {
      families.set(cidr.ipFamily, [...families.get(cidr.ipFamily) ?? [], cidr.text]);
    }
    return [...families.values()].map(nets => ({ nets }));
  }
  const { namespaces, podLabels } = peer;
  return [{ namespaceSelector: selectorOf(namespaces), ...podLabels === undefined ? {} : { selector: labelled(podLabels) } }];
}

function selectorOf(namespaces: Namespaces): string {
  if ('labels' in namespaces) {
    return labelled(namespaces.labels, namespaces.requirements);
  }
  // What is in no namespace has no such label, and isn't in one of others either.
  return 'except' in namespaces ? `has(${NAME}) && ${NAME} not in ${setOf(namespaces.except)}`
    : namespaces.named.length === 1 ? `${NAME} == '${namespaces.named[0]}'` : `${NAME} in ${setOf(namespaces.named)}`;
}

function labelled(labels: Readonly<Record<string, string>>, requirements: readonly Requirement[] = []): string {
  const equal = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key} == '${value}'`);
  const all = [...equal, ...requirements.map(required)];
  return all.length === 0 ? 'all()' : all.join(' && ');
}

/** `not in` holds where there is no such label, as `NotIn` does. */
function required({ key, operator, values = [] }: Requirement): string {
  return operator === 'Exists' ? `has(${key})` : operator === 'DoesNotExist' ? `!has(${key})`
    : `${key} ${operator === 'In' ? 'in' : 'not in'} ${setOf(values)}`;
}

function setOf(names: readonly string[]): string {
  return `{${names.map(name => `'${name}'`).join(', ')}}`;
}

function protocolsOf(ports: readonly Port[] | undefined): { protocol?: string; numbers?: (number | string)[] }[] {
  const byProtocol = new Map<string, (number | string)[]>();
  for (const { protocol, number, endPort } of ports ?? []) {
    byProtocol.set(protocol, [...byProtocol.get(protocol) ?? [], endPort === undefined ? number : `${number}:${endPort}`]);
  }
  return ports === undefined ? [{}] : [...byProtocol].map(([protocol, numbers]) => ({ protocol, numbers }));
}
