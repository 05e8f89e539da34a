import { describe, expect, test } from 'vitest';
import { reachability, type JsonObject } from '../src/index.js';
import { deployment, egress, expression, ingress, labelled, namespace, pod } from './reachability-manifests.js';

const web = deployment('shop/web', ['http 8080', 'metrics 9090']);
const orders = deployment('data/orders', ['pg 5432']);
const around = [namespace('shop', { team: 'blue' }), namespace('data', { team: 'red' }), web, orders];
const shop = { namespaces: labelled({ 'kubernetes.io/metadata.name': 'shop' }) };
const data = { namespaces: labelled({ 'kubernetes.io/metadata.name': 'data' }) };
const all = { namespaces: {} };

/** A ClusterNetworkPolicy. */
function tiered(name: string, tier: string, priority: number, subject: JsonObject, rules: JsonObject): JsonObject {
  return { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name }, spec: { tier, priority, subject, ...rules } };
}

/** One rule for what comes into the namespace data. */
function into(tier: string, action: string, from: JsonObject[] = [shop], priority = 100, more: JsonObject = {}): JsonObject {
  return tiered(`${tier.toLowerCase()}-${action.toLowerCase()}-${priority}`, tier, priority, data, { ingress: [{ action, from, ...more }] });
}

const network = (...policies: JsonObject[]) => reachability([...around, ...policies]);
const reaches = (...policies: JsonObject[]): boolean => network(...policies).from('shop/web').to('data/orders', 5432).allowed;

describe('F-T23 the tiers of ClusterNetworkPolicies', () => {
  const [opened, closed] = [ingress('data/open', {}), ingress('data/closed')];

  test.each<[string, JsonObject[], boolean]>([
    ['Admin denies what a NetworkPolicy lets in', [into('Admin', 'Deny'), opened], false],
    ['Admin accepts what a NetworkPolicy keeps out', [into('Admin', 'Accept'), closed], true],
    ['Admin passes on to a NetworkPolicy that lets it in', [into('Admin', 'Pass'), opened, into('Baseline', 'Deny')], true],
    ['Admin passes on to a NetworkPolicy that keeps it out', [into('Admin', 'Pass'), closed, into('Baseline', 'Accept')], false],
    ['Pass skips the rest of its tier', [into('Admin', 'Pass', [shop], 1), into('Admin', 'Deny', [shop], 2)], true],
    ['Pass goes on to Baseline where no NetworkPolicy selects the pod', [into('Admin', 'Pass'), into('Baseline', 'Deny')], false],
    ['Baseline denies where there is no NetworkPolicy', [into('Baseline', 'Deny')], false],
    ['Baseline is nothing where there is one', [into('Baseline', 'Deny'), opened], true],
    ['Baseline opens nothing that one closes', [into('Baseline', 'Accept'), closed], false],
    ['Baseline is asked where NetworkPolicies restrict the other direction', [into('Baseline', 'Deny'), egress('data/out')], false],
    ['Pass of Baseline is the default of Kubernetes', [into('Baseline', 'Pass', [shop], 1), into('Baseline', 'Deny', [shop], 2)], true],
    ['nothing that matches is the default of Kubernetes', [into('Admin', 'Deny', [data]), into('Baseline', 'Deny', [data])], true],
  ])('%s', (_title, policies, allowed) => {
    expect([reaches(...policies), reaches(...[...policies].reverse())]).toEqual([allowed, allowed]);
  });

  test('the lower priority comes first, and of a policy the rule that stands first', () => {
    expect(reaches(into('Admin', 'Accept', [all], 0), into('Admin', 'Deny', [all], 1000))).toBe(true);
    expect(reaches(into('Admin', 'Accept', [all], 11), into('Admin', 'Deny', [all], 9))).toBe(false);
    const rules = [{ action: 'Deny', from: [shop] }, { action: 'Accept', from: [all] }];
    expect(reaches(tiered('p', 'Admin', 1, data, { ingress: rules }))).toBe(false);
    expect(reaches(tiered('p', 'Admin', 1, data, { ingress: [...rules].reverse() }))).toBe(true);
  });

  test('what the API leaves open is said: two of one priority that say otherwise', () => {
    expect(() => reaches(into('Admin', 'Accept', [all]), into('Admin', 'Deny', [shop]))).toThrow(
      'ClusterNetworkPolicy admin-accept-100 and ClusterNetworkPolicy admin-deny-100 have the same priority, 100, in tier Admin, and both match: '
      + "it isn't said whether ingress[0] (Accept) holds, or ingress[0] (Deny)");
    expect(reaches(into('Admin', 'Deny', [all]), { ...into('Admin', 'Deny', [shop]), metadata: { name: 'same' } })).toBe(false);
    expect(reaches(into('Admin', 'Accept', [all]), into('Baseline', 'Deny', [shop]))).toBe(true);
    expect(reaches(into('Admin', 'Accept', [data]), into('Admin', 'Deny', [shop]))).toBe(false);
  });

  test.each<[string, JsonObject, boolean]>([
    ['namespaces by their name', shop, false],
    ['all namespaces', { namespaces: {} }, false],
    ['namespaces by a label', { namespaces: labelled({ team: 'blue' }) }, false],
    ['namespaces but this', { namespaces: expression('kubernetes.io/metadata.name', 'NotIn', 'shop') }, true],
    ['namespaces but others', { namespaces: expression('kubernetes.io/metadata.name', 'NotIn', 'data') }, false],
    ['pods', { pods: { podSelector: labelled({ app: 'web' }) } }, false],
    ['pods of another namespace', { pods: { namespaceSelector: labelled({ team: 'red' }), podSelector: {} } }, true],
    ['other pods', { pods: { podSelector: labelled({ app: 'orders' }) } }, true],
  ])('a peer: %s', (_title, peer, allowed) => {
    expect(reaches(into('Admin', 'Deny', [peer]))).toBe(allowed);
    expect(reaches(into('Admin', 'Deny', [{ namespaces: labelled({ team: 'green' }) }, peer]))).toBe(allowed);
  });

  test('the subject is pods, too, and egress is the same', () => {
    const rules = { egress: [{ action: 'Deny', to: [data] }] };
    expect(reaches(tiered('p', 'Admin', 1, { pods: { podSelector: labelled({ app: 'web' }) } }, rules))).toBe(false);
    expect(reaches(tiered('p', 'Admin', 1, { pods: { podSelector: labelled({ app: 'orders' }) } }, rules))).toBe(true);
    expect(reaches(tiered('p', 'Admin', 1, data, rules))).toBe(true);
  });

  test.each<[string, JsonObject[] | undefined, boolean, boolean]>([
    ['none', undefined, false, false],
    ['a number', [{ tcp: { destinationPort: { number: 5432 } } }], false, true],
    ['another number', [{ tcp: { destinationPort: { number: 5433 } } }], true, true],
    ['another protocol', [{ udp: { destinationPort: { number: 5432 } } }], true, true],
    ['all of a protocol', [{ tcp: {} }], false, true],
    ['a range', [{ tcp: { destinationPort: { range: { start: 5000, end: 5432 } } } }], false, true],
    ['UDP', [{ udp: { destinationPort: { range: { start: 53, end: 54 } } } }], true, false],
    ['a name', [{ destinationNamedPort: 'pg' }], false, true],
    ['another name', [{ destinationNamedPort: 'http' }], true, true],
  ])('ports: %s', (_title, protocols, tcp, udp) => {
    const denied = network(into('Admin', 'Deny', [shop], 1, protocols === undefined ? {} : { protocols })).from('shop/web');
    expect([denied.to('data/orders', 5432).allowed, denied.to('data/orders', '53/UDP').allowed]).toEqual([tcp, udp]);
  });

  test('networks match addresses, and of a block each by itself', () => {
    const metadata = tiered('guard', 'Admin', 1, shop, { egress: [
      { action: 'Pass', to: [{ networks: ['169.254.169.254/32'] }], protocols: [{ udp: { destinationPort: { number: 53 } } }] },
      { name: 'metadata', action: 'Deny', to: [{ networks: ['169.254.169.254/32', 'fd00:ec2::254/128'] }] },
    ] });
    const from = network(metadata).from('shop/web');
    expect([from.to('169.254.169.254', 80).allowed, from.to('fd00:ec2::254', 80).allowed, from.to('169.254.169.254', '53/UDP').allowed]).toEqual([false, false, true]);
    expect([from.to('169.254.169.253', 80).allowed, from.to('169.254.0.0/16', 80).allowed, from.to('169.254.169.254/32', 80).allowed]).toEqual([true, true, false]);
    expect(from.to('169.254.169.254', 80)).toMatchObject({
      egress: { allowed: false, policies: ['ClusterNetworkPolicy guard'], rules: [], denial: 'ClusterNetworkPolicy guard egress[1] (metadata)' },
      why: 'ClusterNetworkPolicy guard egress[1] (metadata) denies it the way out of Deployment shop/web; no policy selects 169.254.169.254',
    });
  });

  test('a block is reached where an address of it is accepted, whatever is denied around it', () => {
    const holes = (...rules: JsonObject[]) => network(tiered('p', 'Admin', 1, shop, { egress: rules })).from('shop/web').to('203.0.113.0/24', 443);
    const [low, high, whole] = [['203.0.113.0/25'], ['203.0.113.128/25'], ['203.0.113.0/24']].map(networks => [{ networks }]);
    expect(holes({ action: 'Deny', to: low }, { action: 'Deny', to: high }).allowed).toBe(false);
    expect(holes({ action: 'Deny', to: low }, { action: 'Accept', to: whole })).toMatchObject({ allowed: true, egress: { rules: ['ClusterNetworkPolicy p egress[1]'] } });
    expect(holes({ action: 'Accept', to: low }, { action: 'Deny', to: whole }).allowed).toBe(true);
    expect(holes({ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }).allowed).toBe(false);
  });

  test('networks are addresses of pods, too', () => {
    const rules = (networks: string[]) => tiered('p', 'Admin', 1, shop, { egress: [{ action: 'Deny', to: [{ networks }] }] });
    expect([reaches(rules(['0.0.0.0/0', '::/0'])), reaches(rules(['10.244.0.0/16'])), reaches(rules(['203.0.113.0/24']))]).toEqual([false, true, true]);
    expect(reachability([...around, rules(['10.244.0.0/16'])], { podNetworks: ['10.244.0.0/16'] }).from('shop/web').to('data/orders', 5432).allowed).toBe(false);
  });

  test("pods on the node's network are neither subject nor peers, but have addresses", () => {
    const agent = deployment('shop/agent', ['http 80'], { spec: { hostNetwork: true } });
    const policies = [into('Admin', 'Deny', [all]), tiered('out', 'Admin', 1, all, { egress: [{ action: 'Deny', to: [all] }] })];
    const judged = reachability([...around, agent, ...policies]);
    expect([judged.from('shop/agent').to('data/orders', 5432).allowed, judged.from('shop/web').to('shop/agent', 80).allowed]).toEqual([true, true]);
    const nodes = tiered('out', 'Admin', 1, all, { egress: [{ action: 'Deny', to: [{ networks: ['172.18.0.0/16', 'fc00:f853:ccd:e793::/64'] }] }] });
    expect(reachability([...around, agent, nodes]).from('shop/web').to('shop/agent', 80).allowed).toBe(false);
  });

  test('one pod always reaches itself', () => {
    expect(reachability([pod('shop/one', [80]), tiered('p', 'Admin', 1, all, { ingress: [{ action: 'Deny', from: [all] }] })]).from('shop/one').to('shop/one', 80).allowed).toBe(true);
  });

  test('the matrix has their ports, and a port that none of them names', () => {
    const dns = tiered('p', 'Admin', 1, shop, { egress: [
      { action: 'Accept', to: [{ networks: ['1.1.1.1/32'] }], protocols: [{ udp: { destinationPort: { number: 53 } } }] },
      { action: 'Deny', to: [{ networks: ['0.0.0.0/0', '::/0'] }], protocols: [{ tcp: { destinationPort: { range: { start: 9000, end: 9999 } } } }] },
    ] });
    expect(reachability([web, dns]).matrix().toMarkdown()).toBe([
      '| from | shop/web 8080 | shop/web 9090 | shop/web 9000 | shop/web 9999 | shop/web any other | internet 53/UDP | internet 9000 | internet 9999 | internet any other |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '| shop/web | yes | no (out) | no (out) | no (out) | yes | yes | no (out) | no (out) | yes |',
      '| internet | yes | yes | yes | yes | yes | – | – | – | – |',
      '',
    ].join('\n'));
  });
});

describe('F-T23 what no API server takes', () => {
  test.each<[string, JsonObject, string]>([
    ['a tier', { tier: 'Top' }, 'spec.tier: must be one of Admin, Baseline, got "Top"'],
    ['a priority', { priority: 1001 }, 'spec.priority: must be from 0 to 1000, got 1001'],
    ['a subject of both', { subject: { namespaces: {}, pods: { podSelector: {} } } }, 'spec.subject: must have either namespaces or pods, got {"namespaces":{},"pods":{"podSelector":{}}}'],
    ['pods without podSelector', { subject: { pods: {} } }, 'spec.subject.pods.podSelector: must be given, got nothing'],
    ['an action', { ingress: [{ action: 'Allow', from: [all] }] }, 'spec.ingress[0].action: must be one of Accept, Deny, Pass, got "Allow"'],
    ['no peer', { egress: [{ action: 'Deny', to: [] }] }, 'spec.egress[0].to: must have a peer, got []'],
    ['networks as sources', { ingress: [{ action: 'Deny', from: [{ networks: ['10.0.0.0/8'] }] }] }, 'spec.ingress[0].from[0].networks: is not a field: namespaces, pods are'],
    ['an address', { egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.1'] }] }] }, 'spec.egress[0].to[0].networks[0]: must be a CIDR block, got "10.0.0.1"'],
    ['two protocols in one', { ingress: [{ action: 'Deny', from: [all], protocols: [{ tcp: {}, udp: {} }] }] },
      'spec.ingress[0].protocols[0]: must have one of tcp, udp, sctp, destinationNamedPort, got {"tcp":{},"udp":{}}'],
    ['a port', { ingress: [{ action: 'Deny', from: [all], protocols: [{ tcp: { destinationPort: { number: 0 } } }] }] },
      'spec.ingress[0].protocols[0].tcp.destinationPort.number: must be a port from 1 to 65535, got 0'],
  ])('%s', (_title, spec, fault) => {
    expect(() => network({ ...tiered('p', 'Admin', 1, all, {}), spec: { tier: 'Admin', priority: 1, subject: all, ...spec } })).toThrow(
      `these manifests can't be judged:\nClusterNetworkPolicy p ${fault}`);
  });

  test('two of one name', () => {
    expect(() => network(into('Admin', 'Deny'), into('Admin', 'Deny'))).toThrow('ClusterNetworkPolicy admin-deny-100: is there twice');
  });
});

describe('N9 what is not judged', () => {
  const calico = { apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name: 'kube-admin.shop' } };
  const experimental = tiered('nodes', 'Admin', 1, all, { egress: [{ action: 'Deny', to: [{ nodes: {} }] }] });
  const others = [
    calico, { ...calico, kind: 'NetworkPolicy', metadata: { name: 'own', namespace: 'shop' } }, { ...calico, kind: 'StagedGlobalNetworkPolicy' }, experimental,
    { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name: 'metadata' } },
    { apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name: 'old' } },
  ];
  const names = [
    'GlobalNetworkPolicy kube-admin.shop', 'NetworkPolicy shop/own', 'ClusterNetworkPolicy nodes', 'CiliumClusterwideNetworkPolicy metadata', 'AdminNetworkPolicy old',
  ];

  test('policies of network plugins are named wherever there is an answer', () => {
    const judged = network(...others);
    expect(judged.unjudged).toEqual(names);
    expect(judged.from('shop/web').to('data/orders', 5432).why).toBe(
      `no policy restricts egress of Deployment shop/web; no policy restricts ingress of Deployment data/orders; not judged: ${names.join(', ')}`);
    expect(judged.matrix().toMarkdown()).toContain(`\nNot judged: ${names.join(', ')}.\n`);
    expect(judged.matrix().toMermaid()).toContain(`\n  unjudged["not judged: ${names.join(', ')}"]\n`);
  });

  test('nothing is said where all are judged', () => {
    const judged = network(into('Admin', 'Pass'), ingress('data/open', {}));
    expect(judged.unjudged).toEqual([]);
    expect(judged.from('shop/web').to('data/orders', 5432).why).not.toContain('not judged');
    expect(judged.matrix().toMarkdown()).not.toContain('Not judged');
    expect(judged.matrix().toMermaid()).not.toContain('unjudged');
  });
});
