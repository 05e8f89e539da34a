import { expect, test } from 'vitest';
import { reachability, type Json, type JsonObject } from '../src/index.js';
import { deployment, ingress, namespace, policy } from './reachability-manifests.js';

const from = (...peers: Json[]): JsonObject => ({ ingress: [{ from: peers }] });
const ports = (...all: Json[]): JsonObject => ({ egress: [{ ports: all }] });
const AT = 'NetworkPolicy shop/p spec';
const PEER = `${AT}.ingress[0].from[0]`;
const PORT = `${AT}.egress[0].ports[0]`;

test.each<[string, JsonObject, ...string[]]>([
  ['an unknown field', { podSelectr: {} }, `${AT}.podSelectr: is not a field: podSelector, policyTypes, ingress, egress are`],
  ['rules that are no list', { ingress: {} }, `${AT}.ingress: must be a list, got {}`],
  ['a rule that is no object', { ingress: ['all'] }, `${AT}.ingress[0]: must be an object, got "all"`],
  ['`to` where it comes in', { ingress: [{ to: [] }] }, `${AT}.ingress[0].to: is not a field: from, ports are`],
  ['`from` where it goes out', { egress: [{ from: [] }] }, `${AT}.egress[0].from: is not a field: to, ports are`],
  ['another policy type', { policyTypes: ['Both'] }, `${AT}.policyTypes[0]: must be one of Ingress, Egress, got "Both"`],
  ['peers that are no list', { ingress: [{ from: { podSelector: {} } }] }, `${AT}.ingress[0].from: must be a list, got {"podSelector":{}}`],
  ['an empty peer', from({}), `${PEER}: must have an ipBlock, a namespaceSelector or a podSelector, got {}`],
  ['a peer of nothing', from({ podSelector: null }), `${PEER}: must have an ipBlock, a namespaceSelector or a podSelector, got {"podSelector":null}`],
  ['a peer by an unknown field', from({ podselector: {} }), `${PEER}.podselector: is not a field: ipBlock, namespaceSelector, podSelector are`,
    `${PEER}: must have an ipBlock, a namespaceSelector or a podSelector, got {"podselector":{}}`],
  ['a block beside a selector', from({ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }), `${PEER}: must not have an ipBlock beside a selector, got {"ipBlock":{"cidr":"10.0.0.0/8"},"podSelector":{}}`],
  ['no cidr', from({ ipBlock: {} }), `${PEER}.ipBlock.cidr: must be a CIDR block, got nothing`],
  ['an address without a prefix', from({ ipBlock: { cidr: '10.0.0.1' } }), `${PEER}.ipBlock.cidr: must be a CIDR block, got "10.0.0.1"`],
  ['a prefix that is too long', from({ ipBlock: { cidr: '10.0.0.0/33' } }), `${PEER}.ipBlock.cidr: must be a CIDR block, got "10.0.0.0/33"`],
  ['a prefix that is too long for IPv6', from({ ipBlock: { cidr: '::/129' } }), `${PEER}.ipBlock.cidr: must be a CIDR block, got "::/129"`],
  ['a prefix with a zero before it', from({ ipBlock: { cidr: '10.0.0.0/08' } }), `${PEER}.ipBlock.cidr: must be a CIDR block, got "10.0.0.0/08"`],
  ['a zone', from({ ipBlock: { cidr: 'fe80::1%eth0/64' } }), `${PEER}.ipBlock.cidr: must be a CIDR block, got "fe80::1%eth0/64"`],
  ['a part with a zero before it', from({ ipBlock: { cidr: '010.0.0.0/8' } }), `${PEER}.ipBlock.cidr: must be a CIDR block, got "010.0.0.0/8"`],
  ['an exception that is no block', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10'] } }), `${PEER}.ipBlock.except[0]: must be a CIDR block, got "10"`],
  ['an exception outside of the block', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }), `${PEER}.ipBlock.except[0]: must be a part of the cidr, got "11.0.0.0/16"`],
  ['an exception that is all of the block', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }), `${PEER}.ipBlock.except[0]: must be a part of the cidr, got "10.0.0.0/8"`],
  ['an exception of the other family', from({ ipBlock: { cidr: '0.0.0.0/0', except: ['fd00::/8'] } }), `${PEER}.ipBlock.except[0]: must be a part of the cidr, got "fd00::/8"`],
  ['labels that are no object', from({ podSelector: { matchLabels: ['app'] } }), `${PEER}.podSelector.matchLabels: must be an object, got ["app"]`],
  ['a label that is no text', from({ podSelector: { matchLabels: { tier: 1 } } }), `${PEER}.podSelector.matchLabels.tier: must be a text, got 1`],
  ['a selector of labels themselves', { podSelector: { app: 'web' } }, `${AT}.podSelector.app: is not a field: matchLabels, matchExpressions are`],
  ['another operator', { podSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } }, `${AT}.podSelector.matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist, got "Gt"`],
  ['In without values', { podSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: [] }] } }, `${AT}.podSelector.matchExpressions[0].values: must be given with In, got []`],
  ['Exists with values', { podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['1'] }] } }, `${AT}.podSelector.matchExpressions[0].values: must not be given with Exists, got ["1"]`],
  ['an expression without a key', { podSelector: { matchExpressions: [{ operator: 'Exists' }] } }, `${AT}.podSelector.matchExpressions[0].key: must be a text, got nothing`],
  ['port 0', ports({ port: 0 }), `${PORT}.port: must be a port from 1 to 65535, got 0`],
  ['port 65536', ports({ port: 65536 }), `${PORT}.port: must be a port from 1 to 65535, got 65536`],
  ['half a port', ports({ port: 80.5 }), `${PORT}.port: must be a port from 1 to 65535, got 80.5`],
  ['a number that is a text', ports({ port: '8080' }), `${PORT}.port: must be a number, or a port's name of at most 15 lower-case letters, digits and single dashes, got "8080"`],
  ['a name that is too long', ports({ port: 'abcdefghijklmnop' }), `${PORT}.port: must be a number, or a port's name of at most 15 lower-case letters, digits and single dashes, got "abcdefghijklmnop"`],
  ['a range that ends before it starts', ports({ port: 80, endPort: 79 }), `${PORT}.endPort: must be at least port (80), got 79`],
  ['a range without a start', ports({ endPort: 79 }), `${PORT}.endPort: must not be given unless port is a number, got 79`],
  ['a range from a name', ports({ port: 'http', endPort: 79 }), `${PORT}.endPort: must not be given unless port is a number, got 79`],
  ['a range that ends nowhere', ports({ port: 80, endPort: 65536 }), `${PORT}.endPort: must be a port from 1 to 65535, got 65536`],
  ['another protocol', ports({ protocol: 'tcp' }), `${PORT}.protocol: must be one of TCP, UDP, SCTP, got "tcp"`],
  ['a port by an unknown field', ports({ port: 80, endport: 90 }), `${PORT}.endport: is not a field: protocol, port, endPort are`],
  ['a port that is no object', ports(80), `${PORT}: must be an object, got 80`],
])('fails on a policy with %s', (_title, spec, ...faults) => {
  expect(() => reachability([policy('shop/p', spec)])).toThrow(new Error(['these manifests can\'t be judged:', ...faults].join('\n')));
});

const noLabels = deployment('shop/web');
const withContainer = (container: JsonObject): JsonObject => deployment('shop/web', [], { spec: { containers: [container] } });
const CONTAINER = 'Deployment shop/web spec.template.spec.containers';

test.each<[string, unknown[], ...string[]]>([
  ['nothing', [undefined], 'not an object: must be a Kubernetes object with apiVersion and kind, got nothing'],
  ['a text', ['kind: Pod'], 'not an object: must be a Kubernetes object with apiVersion and kind, got "kind: Pod"'],
  ['no kind', [{ apiVersion: 'v1' }], 'no kind (no name): must be a Kubernetes object with apiVersion and kind, got {"apiVersion":"v1"}'],
  ['no apiVersion', [{ kind: 'Pod', metadata: { name: 'a' } }], 'Pod a: must be a Kubernetes object with apiVersion and kind, got {"kind":"Pod","metadata":{"name":"a"}}'],
  ['no name', [{ ...ingress('shop/p'), metadata: {} }], 'NetworkPolicy (no name) metadata.name: must be a text'],
  ['a policy twice', [ingress('shop/p'), ingress('shop/q'), ingress('data/p'), ingress('shop/p')], 'NetworkPolicy shop/p: is there twice'],
  ['a workload twice', [noLabels, noLabels], 'Deployment shop/web: is there twice'],
  ['a policy\'s unknown field at the top', [{ ...ingress('shop/p'), specs: {} }], 'NetworkPolicy shop/p specs: is not a field: apiVersion, kind, metadata, spec, status are'],
  ['a namespace\'s labels that are no texts', [namespace('shop', { team: 7 as unknown as string })], 'Namespace shop metadata.labels.team: must be a text, got 7'],
  ['a pod\'s labels that are no texts', [deployment('shop/web', [], { labels: { team: true as unknown as string } })], 'Deployment shop/web spec.template.metadata.labels.team: must be a text, got true'],
  ['no template', [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: {} }], `${CONTAINER}: must have a container, got nothing`],
  ['a port without a number', [withContainer({ ports: [{ name: 'http' }] })], `${CONTAINER}[0].ports[0].containerPort: must be a port from 1 to 65535, got nothing`],
  ['a port of another protocol', [withContainer({ ports: [{ containerPort: 80, protocol: 'HTTP' }] })], `${CONTAINER}[0].ports[0].protocol: must be one of TCP, UDP, SCTP, got "HTTP"`],
  ['a port with a number as name', [withContainer({ ports: [{ containerPort: 80, name: 80 }] })], `${CONTAINER}[0].ports[0].name: must be a text, got 80`],
  ['ports that are no list', [withContainer({ ports: { containerPort: 80 } })], `${CONTAINER}[0].ports: must be a list, got {"containerPort":80}`],
  ['a running pod\'s address that is none', [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'b' }, spec: { containers: [{}] }, status: { podIPs: [{ ip: 'soon' }] } }], 'Pod b/a status.podIPs[0].ip: must be an address, got "soon"'],
  ['several of these, each', [policy('shop/p', ports({ port: 0 })), withContainer({ ports: [{}] })], `${PORT}.port: must be a port from 1 to 65535, got 0`, `${CONTAINER}[0].ports[0].containerPort: must be a port from 1 to 65535, got nothing`],
])('fails on %s', (_title, manifests, ...faults) => {
  expect(() => reachability(manifests)).toThrow(new Error(['these manifests can\'t be judged:', ...faults].join('\n')));
});

test('what is at the limit is taken', () => {
  const spec = ports({ port: 1 }, { port: 65535 }, { port: 1, endPort: 65535 }, { port: 'a-2-3-4-5-6-7-8' }, { protocol: 'SCTP' });
  expect(() => reachability([policy('shop/p', { ...spec, ...from({ ipBlock: { cidr: '10.0.0.0/0', except: ['10.0.0.0/1'] } }, { ipBlock: { cidr: '::/0', except: ['::1/128'] } }) })])).not.toThrow();
});

test('other objects are nobody\'s business', () => {
  expect(reachability([{ apiVersion: 'v1', kind: 'Service', metadata: {}, spec: { ports: 'all' } }]).workloads).toEqual([]);
});

test('YAML is taken as it is, and a list of objects is its objects', () => {
  const list = { apiVersion: 'v1', kind: 'List', items: [deployment('shop/web'), ingress('shop/p')] };
  for (const manifests of [[list], JSON.stringify(list), `---\n${JSON.stringify(deployment('shop/web'))}\n---\n${JSON.stringify(ingress('shop/p'))}\n`]) {
    expect(reachability(manifests).from('1.1.1.1').to('shop/web', 80).why).toBe('no policy selects 1.1.1.1; no rule of NetworkPolicy shop/p lets it into Deployment shop/web');
  }
  expect(() => reachability('a: [')).toThrow('at line 1');
});
