import { ApiObject, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { reachability, type JsonObject } from '../src/index.js';
import { deployment, egress, expression, ingress, labelled, namespace, pod, policy } from './reachability-manifests.js';

const web = deployment('shop/web', ['http 8080', 'metrics 9090']);
const orders = deployment('data/orders', ['pg 5432']);
const namespaces = [namespace('shop', { team: 'blue' }), namespace('data', { team: 'red' })];

/** Whether `shop/web` reaches `data/orders 5432`. */
const reaches = (...policies: JsonObject[]): boolean => reachability([...namespaces, web, orders, ...policies]).from('shop/web').to('data/orders', 5432).allowed;

describe('which directions a policy restricts', () => {
  test('without any policy everybody reaches everybody', () => {
    expect(reaches()).toBe(true);
  });

  test.each<[string, JsonObject, boolean, boolean]>([
    ['no policyTypes and no rules: ingress', { podSelector: {} }, false, true],
    ['no policyTypes and ingress rules: ingress', { podSelector: {}, ingress: [{}] }, true, true],
    ['no policyTypes and an empty list of egress rules: ingress', { podSelector: {}, egress: [] }, false, true],
    ['no policyTypes and egress rules: both', { podSelector: {}, egress: [{ ports: [{ port: 1 }] }] }, false, false],
    ['an empty list of policyTypes is none', { podSelector: {}, policyTypes: [] }, false, true],
    ['Ingress: egress rules are for nothing', { podSelector: {}, policyTypes: ['Ingress'], egress: [{ ports: [{ port: 1 }] }] }, false, true],
    ['Egress: ingress is free', { podSelector: {}, policyTypes: ['Egress'] }, true, false],
    ['both', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }, false, false],
    ['no podSelector is one that selects all', { policyTypes: ['Ingress', 'Egress'] }, false, false],
    ['no spec at all', undefined as unknown as JsonObject, false, true],
  ])('%s', (_title, spec, into, out) => {
    expect([reaches(policy('data/p', spec)), reaches(policy('shop/p', spec))]).toEqual([into, out]);
  });

  test('a policy is about its own namespace only, and `default` where it names none', () => {
    const closed = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p' }, spec: {} };
    expect(reaches(policy('elsewhere/p', {}))).toBe(true);
    const inDefault = reachability([closed, { ...web, metadata: { name: 'web' } }, orders]);
    expect([inDefault.from('data/orders').to('default/web', 8080).allowed, inDefault.from('default/web').to('data/orders', 5432).allowed]).toEqual([false, true]);
  });

  test('policies add up: one that allows is enough, whatever others close', () => {
    expect(reaches(ingress('data/deny'), ingress('data/one', { ports: [{ port: 1 }] }), ingress('data/two', { ports: [{ port: 5432 }] }))).toBe(true);
  });

  test('both ends must allow', () => {
    const [out, into] = [egress('shop/p', { ports: [{ port: 5432 }] }), ingress('data/p', { ports: [{ port: 5432 }] })];
    expect([reaches(out, into), reaches(out, ingress('data/p')), reaches(egress('shop/p'), into)]).toEqual([true, false, false]);
  });
});

describe('label selectors', () => {
  test.each<[string, JsonObject, boolean]>([
    ['empty', {}, true],
    ['matchLabels', labelled({ app: 'orders' }), true],
    ['matchLabels, another value', labelled({ app: 'web' }), false],
    ['matchLabels, one of two differs', labelled({ app: 'orders', tier: 'data' }), false],
    ['matchLabels with an empty value, which an absent label hasn\'t', labelled({ tier: '' }), false],
    ['In', expression('app', 'In', 'a', 'orders'), true],
    ['In, no such value', expression('app', 'In', 'a'), false],
    ['In, no such key', expression('tier', 'In', 'a'), false],
    ['NotIn', expression('app', 'NotIn', 'a'), true],
    ['NotIn, the value', expression('app', 'NotIn', 'orders', 'a'), false],
    ['NotIn, no such key', expression('tier', 'NotIn', 'a'), true],
    ['Exists', expression('app', 'Exists'), true],
    ['Exists, no such key', expression('tier', 'Exists'), false],
    ['DoesNotExist', expression('tier', 'DoesNotExist'), true],
    ['DoesNotExist, the key', expression('app', 'DoesNotExist'), false],
    ['labels and expressions, both hold', { ...labelled({ app: 'orders' }), ...expression('tier', 'DoesNotExist') }, true],
    ['labels and expressions, one doesn\'t', { ...labelled({ app: 'orders' }), ...expression('tier', 'Exists') }, false],
    ['a label that every object of JavaScript has', expression('constructor', 'Exists'), false],
  ])('%s', (_title, selector, isSelected) => {
    expect(reaches(policy('data/closed', { podSelector: selector }))).toBe(!isSelected);
  });
});

describe('peers', () => {
  test.each<[string, JsonObject, boolean]>([
    ['no from is everybody', {}, true],
    ['an empty from is everybody', { from: [] }, true],
    ['YAML\'s `from:` is everybody', { from: null }, true],
    ['a podSelector is about the policy\'s own namespace', { from: [{ podSelector: labelled({ app: 'web' }) }] }, false],
    ['a namespaceSelector is about all pods in there', { from: [{ namespaceSelector: labelled({ team: 'blue' }) }] }, true],
    ['a namespaceSelector of another namespace', { from: [{ namespaceSelector: labelled({ team: 'red' }) }] }, false],
    ['an empty namespaceSelector is all namespaces', { from: [{ namespaceSelector: {} }] }, true],
    ['a namespace by the name that every namespace has as a label', { from: [{ namespaceSelector: labelled({ 'kubernetes.io/metadata.name': 'shop' }) }] }, true],
    ['both selectors in one peer hold', { from: [{ namespaceSelector: labelled({ team: 'blue' }), podSelector: labelled({ app: 'web' }) }] }, true],
    ['both selectors in one peer, the pod\'s doesn\'t', { from: [{ namespaceSelector: labelled({ team: 'blue' }), podSelector: labelled({ app: 'x' }) }] }, false],
    ['both selectors in one peer, the namespace\'s doesn\'t', { from: [{ namespaceSelector: labelled({ team: 'red' }), podSelector: labelled({ app: 'web' }) }] }, false],
    ['both selectors in two peers, one holds', { from: [{ namespaceSelector: labelled({ team: 'blue' }) }, { podSelector: labelled({ app: 'x' }) }] }, true],
    ['both selectors in two peers, none holds', { from: [{ namespaceSelector: labelled({ team: 'red' }) }, { podSelector: labelled({ app: 'web' }) }] }, false],
    ['a block of addresses that has none of the pods\'', { from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }, false],
    ['a block of addresses that has some of the pods\'', { from: [{ ipBlock: { cidr: '10.244.7.0/24' } }] }, true],
    ['a block of addresses without all of the pods\'', { from: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }, false],
  ])('%s', (_title, rule, isIn) => {
    expect([reaches(ingress('data/p', rule)), reaches(ingress('data/p', rule, { ports: [{ port: 1 }] }))]).toEqual([isIn, isIn]);
  });

  test('a namespace that is only named has its name as a label, and a rendered one has it whatever it says', () => {
    const byName = ingress('data/p', { from: [{ namespaceSelector: labelled({ 'kubernetes.io/metadata.name': 'shop' }) }] });
    const named = (labels: Record<string, string>) => reachability([namespace('shop', labels), web, orders, byName]).from('shop/web').to('data/orders', 5432).allowed;
    expect(reachability([web, orders, byName]).from('shop/web').to('data/orders', 5432).allowed).toBe(true);
    expect(named({ 'kubernetes.io/metadata.name': 'other' })).toBe(true);
  });

  test.each<[string, string, string[], [string, boolean][]]>([
    ['IPv4', '203.0.112.0/22', ['203.0.113.0/25', '203.0.113.192/26'], [
      ['203.0.111.255', false], ['203.0.112.0', true], ['203.0.113.127', false], ['203.0.113.128', true], ['203.0.113.191', true], ['203.0.113.192', false],
      ['203.0.115.255', true], ['203.0.116.0', false], ['2001:db8::1', false], ['::ffff:203.0.112.9', true],
      ['203.0.113.128/26', true], ['203.0.113.192/27', false], ['203.0.113.0/24', true], ['0.0.0.0/0', true],
    ]],
    ['IPv4, all of it excepted in two halves', '203.0.113.0/24', ['203.0.113.0/25', '203.0.113.128/25'], [['203.0.113.0/24', false], ['0.0.0.0/0', false]]],
    ['IPv4, with bits behind the prefix', '203.0.113.77/24', [], [['203.0.113.1', true], ['203.0.114.1', false]]],
    ['one address', '203.0.113.7/32', [], [['203.0.113.7', true], ['203.0.113.8', false]]],
    ['everything of one family', '::/0', ['fe80::/10'], [['2001:db8::1', true], ['fe81::1', false], ['203.0.113.7', false]]],
    ['IPv6', '2001:db8::/32', ['2001:db8:ffff::/48'], [
      ['2001:db7:ffff:ffff:ffff:ffff:ffff:ffff', false], ['2001:db8::', true], ['2001:0DB8:0:0:0:0:0:1', true], ['2001:db8:ffff::1', false],
      ['2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', false], ['2001:db9::', false], ['::ffff:1.2.3.4', false], ['2001:db8::1.2.3.4', true],
    ]],
  ])('ipBlock with except: %s', (_title, cidr, except, addresses) => {
    const [into, out] = [reachability([orders, ingress('data/p', { from: [{ ipBlock: { cidr, except } }] })]), reachability([web, egress('shop/p', { to: [{ ipBlock: { cidr, except } }] })])];
    expect(addresses.map(([address]) => [address, into.from(address).to('data/orders', 5432).allowed])).toEqual(addresses);
    expect(addresses.map(([address]) => [address, out.from('shop/web').to(address, 443).allowed])).toEqual(addresses);
  });

  test('IPv4 out and IPv6 in is no connection', () => {
    const [out, into] = [egress('shop/p', { to: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }), ingress('data/p', { from: [{ ipBlock: { cidr: 'fd00:10:244::/56' } }] })];
    expect(reaches(out, into)).toBe(false);
    expect(reaches(out, ingress('data/p', { from: [{ ipBlock: { cidr: '10.244.0.0/16' } }] }))).toBe(true);
  });
});

describe('ports', () => {
  const TRIED = [53, 99, 5432, 9187, 1, 65535, 5000, '53/UDP', '1/UDP', '3868/SCTP'];
  const server = deployment('data/orders', ['pg 5432', 'dns 53/UDP', 'dns-tcp 53', 'diameter 3868/SCTP'], {
    spec: { initContainers: [{ name: 'sidecar', restartPolicy: 'Always', ports: [{ containerPort: 9187, name: 'metrics' }] }, { name: 'setup', ports: [{ containerPort: 99, name: 'setup' }] }] },
  });

  test.each<[string, JsonObject, (number | string)[]]>([
    ['no ports is all', {}, TRIED],
    ['an empty list is all', { ports: [] }, TRIED],
    ['the protocol is TCP unless said', { ports: [{ port: 53 }] }, [53]],
    ['a port of UDP', { ports: [{ port: 53, protocol: 'UDP' }] }, ['53/UDP']],
    ['a port of SCTP', { ports: [{ port: 3868, protocol: 'SCTP' }] }, ['3868/SCTP']],
    ['a protocol without a port is all of its ports', { ports: [{ protocol: 'UDP' }] }, ['53/UDP', '1/UDP']],
    ['an entry without anything is all of TCP', { ports: [{}] }, [53, 99, 5432, 9187, 1, 65535, 5000]],
    ['a range', { ports: [{ port: 5000, endPort: 5432 }] }, [5432, 5000]],
    ['a range of one', { ports: [{ port: 5432, endPort: 5432 }] }, [5432]],
    ['a range of UDP', { ports: [{ port: 1, endPort: 53, protocol: 'UDP' }] }, ['53/UDP', '1/UDP']],
    ['a name, as the destination\'s containers use it', { ports: [{ port: 'pg' }] }, [5432]],
    ['a name of another protocol', { ports: [{ port: 'dns' }] }, []],
    ['a name of its protocol', { ports: [{ port: 'dns', protocol: 'UDP' }] }, ['53/UDP']],
    ['a name of a sidecar', { ports: [{ port: 'metrics' }] }, [9187]],
    ['a name of what has ended once the pod is ready', { ports: [{ port: 'setup' }] }, []],
    ['a name that nobody has', { ports: [{ port: 'http' }] }, []],
    ['two of them', { ports: [{ port: 'pg' }, { port: 53, protocol: 'UDP' }] }, [5432, '53/UDP']],
  ])('%s', (_title, rule, open) => {
    for (const rendered of [ingress('data/p', rule), egress('shop/p', rule), ingress('data/p', { ...rule, from: [{ namespaceSelector: {} }] })]) {
      const network = reachability([web, server, rendered]);
      expect(TRIED.filter((port) => network.from('shop/web').to('data/orders', port).allowed)).toEqual(TRIED.filter((port) => open.includes(port)));
    }
  });

  test('a name is looked up in the destination, also for egress, and not outside of the cluster', () => {
    const network = reachability([web, server, egress('shop/p', { ports: [{ port: 'pg' }, { port: 'http' }] })]);
    expect([network.from('shop/web').to('data/orders', 5432), network.from('shop/web').to('data/orders', 8080), network.from('shop/web').to('1.1.1.1', 5432)].map(({ allowed }) => allowed))
      .toEqual([true, false, false]);
  });

  test('one name in two containers is both ports, one port with two names has both', () => {
    const containers = [{ name: 'a', ports: [{ containerPort: 80, name: 'http' }] }, { name: 'b', ports: [{ containerPort: 81, name: 'http' }, { containerPort: 80, name: 'web' }] }];
    const open = (port: string) => [80, 81].filter((number) =>
      reachability([deployment('a/b', [], { spec: { containers } }), ingress('a/p', { ports: [{ port }] })]).from('1.1.1.1').to('a/b', number).allowed);
    expect([open('http'), open('web')]).toEqual([[80, 81], [80]]);
  });
});

describe('who is who', () => {
  const closed = [ingress('shop/in'), egress('shop/out')];

  test('a pod reaches itself whatever is closed, a workload\'s pods don\'t reach each other', () => {
    const network = reachability([pod('shop/single', [80]), web, ...closed]);
    expect(network.from('shop/single').to('shop/single', 80)).toMatchObject({ allowed: true, why: 'Pod shop/single is one pod, which no policy keeps from itself' });
    expect(network.from('shop/web').to('shop/web', 8080).allowed).toBe(false);
  });

  test.each<[string, JsonObject]>([
    ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind): [string, JsonObject] => [kind, deployment('shop/it', [80], { kind })]),
    ['Job', { ...deployment('shop/it', [80], { kind: 'Job' }), apiVersion: 'batch/v1' }],
    ['CronJob', { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'it', namespace: 'shop' }, spec: { jobTemplate: { spec: deployment('shop/it', [80]).spec } } }],
    ['Pod', pod('shop/it', [80])],
  ])('the pods of a %s have the labels and ports of its template', (_kind, workload) => {
    const only = policy('shop/p', { podSelector: labelled({ app: 'it' }), ingress: [{ ports: [{ port: 80 }] }] });
    const network = reachability([workload, only]);
    expect(network.workloads).toEqual(['shop/it']);
    expect([80, 81].map((port) => network.from('1.1.1.1').to('shop/it', port).allowed)).toEqual([true, false]);
  });

  test('others with a name like these aren\'t workloads of Kubernetes', () => {
    expect(reachability([{ ...web, apiVersion: 'argoproj.io/v1alpha1' }]).workloads).toEqual([]);
  });

  test('a pod on the node\'s network is not selected, and is an address of the nodes for others', () => {
    const agent = deployment('shop/agent', ['http 9100'], { spec: { hostNetwork: true } });
    const network = (...policies: JsonObject[]) => reachability([agent, web, ...policies]);
    expect(network(...closed).from('internet').to('shop/agent', 9100)).toMatchObject({
      allowed: true, why: 'no policy selects internet (1.1.1.1); no policy selects Deployment shop/agent (host network)',
    });
    expect(network(ingress('shop/p', { from: [{ podSelector: {} }] })).from('shop/agent').to('shop/web', 8080).allowed).toBe(false);
    expect(network(ingress('shop/p', { from: [{ ipBlock: { cidr: '172.18.0.0/24' } }] })).from('shop/agent').to('shop/web', 8080).allowed).toBe(true);
    expect(network(egress('shop/p', { ports: [{ port: 'http' }] })).from('shop/web').to('shop/agent', 9100).allowed).toBe(false);
  });

  test('pods and nodes are where the options say, and a running pod where its status says', () => {
    const block = ingress('data/p', { from: [{ ipBlock: { cidr: '10.42.0.0/16' } }] });
    const running = { ...pod('shop/running'), status: { podIPs: [{ ip: '10.42.0.9' }, { ip: 'fd00::9' }] } };
    const allowed = (from: string, options = {}) => reachability([web, running, orders, block], options).from(from).to('data/orders', 5432).allowed;
    expect([allowed('shop/web'), allowed('shop/web', { podNetworks: ['10.42.0.0/16'] }), allowed('shop/running')]).toEqual([false, true, true]);
    const agent = reachability([deployment('shop/agent', [], { spec: { hostNetwork: true } }), orders, block], { nodeNetworks: ['10.42.5.0/24'] });
    expect(agent.from('shop/agent').to('data/orders', 5432).allowed).toBe(true);
  });

  test('outside, there is no policy', () => {
    expect(reachability(closed).from('1.1.1.1').to('internet', 443)).toMatchObject({ allowed: true, why: 'no policy selects 1.1.1.1; no policy selects internet (1.1.1.1)' });
  });

  test('policies that others judge are named', () => {
    const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'dns', namespace: 'shop' } };
    expect(reachability([web, cilium, ...closed]).unjudged).toEqual(['CiliumNetworkPolicy shop/dns']);
  });
});

describe('why', () => {
  const network = reachability([
    web, orders, deployment('shop/spy'),
    ingress('data/default-deny'), policy('data/orders', { podSelector: labelled({ app: 'orders' }), ingress: [{ ports: [{ port: 1 }] }, { from: [{ namespaceSelector: {}, podSelector: labelled({ app: 'web' }) }], ports: [{ port: 'pg' }] }] }),
    egress('shop/default-deny'), policy('shop/web', { podSelector: labelled({ app: 'web' }), policyTypes: ['Egress'], egress: [{}] }),
  ]);

  test('which rule of which policy lets it through', () => {
    expect(network.from('shop/web').to('data/orders', 5432)).toEqual({
      allowed: true,
      egress: { allowed: true, policies: ['NetworkPolicy shop/default-deny', 'NetworkPolicy shop/web'], rules: ['NetworkPolicy shop/web egress[0]'] },
      ingress: { allowed: true, policies: ['NetworkPolicy data/default-deny', 'NetworkPolicy data/orders'], rules: ['NetworkPolicy data/orders ingress[1]'] },
      why: 'NetworkPolicy shop/web egress[0] lets it out of Deployment shop/web; NetworkPolicy data/orders ingress[1] lets it into Deployment data/orders',
    });
  });

  test('which policies close it', () => {
    expect(network.from('shop/spy').to('data/orders', 5432)).toEqual({
      allowed: false,
      egress: { allowed: false, policies: ['NetworkPolicy shop/default-deny'], rules: [] },
      ingress: { allowed: false, policies: ['NetworkPolicy data/default-deny', 'NetworkPolicy data/orders'], rules: [] },
      why: 'no rule of NetworkPolicy shop/default-deny lets it out of Deployment shop/spy; no rule of NetworkPolicy data/default-deny, NetworkPolicy data/orders lets it into Deployment data/orders',
    });
  });

  test('that nothing restricts it', () => {
    expect(reachability([web, orders]).from('shop/web').to('data/orders', 5432).why).toBe('no policy restricts egress of Deployment shop/web; no policy restricts ingress of Deployment data/orders');
  });
});

describe('names', () => {
  const twice = reachability([web, deployment('shop/web', ['http 80'], { kind: 'StatefulSet' }), orders], { outside: { office: '203.0.113.0/24' } });

  test('a kind tells apart what shares a name, and may be said of any', () => {
    expect(twice.workloads).toEqual(['shop/Deployment/web', 'shop/StatefulSet/web', 'data/orders']);
    expect(twice.from('shop/StatefulSet/web').to('data/Deployment/orders', 'pg').why).toContain('StatefulSet shop/web; no policy restricts ingress of Deployment data/orders');
  });

  test.each<[string, () => unknown, string]>([
    ['a name of two', () => twice.from('shop/web'), '\'shop/web\' is the name of several workloads: say which of shop/Deployment/web, shop/StatefulSet/web'],
    ['a name of nobody', () => twice.from('shop/wbe'), 'no workload is called \'shop/wbe\', and it is no address: there are shop/Deployment/web, shop/StatefulSet/web, data/orders, office'],
    ['another kind', () => twice.from('data/Job/orders'), 'no workload is called \'data/Job/orders\', and it is no address: there are shop/Deployment/web, shop/StatefulSet/web, data/orders, office'],
    ['a port of nobody', () => twice.from('office').to('data/orders', 'http'), 'Deployment data/orders has no port called \'http\': there are pg (5432/TCP)'],
    ['a port outside', () => twice.from('data/orders').to('office', 'http'), 'office (203.0.113.0/24) has no port called \'http\': it names none'],
    ['a port below the range', () => twice.from('office').to('data/orders', 0), 'port \'0\' must be from 1 to 65535, and of TCP, UDP, SCTP: 8080, \'53/UDP\''],
    ['a port above the range', () => twice.from('office').to('data/orders', 65536), 'port \'65536\' must be from 1 to 65535, and of TCP, UDP, SCTP: 8080, \'53/UDP\''],
    ['a protocol of nobody', () => twice.from('office').to('data/orders', '80/ICMP'), 'port \'80/ICMP\' must be from 1 to 65535, and of TCP, UDP, SCTP: 8080, \'53/UDP\''],
    ['no address outside', () => reachability([], { outside: { office: 'example.com' } }), '\'outside.office\' must be an address or a CIDR block, got \'example.com\''],
    ['no network of pods', () => reachability([], { podNetworks: ['10.0.0.0/33'] }), '\'podNetworks\' must be an address or a CIDR block, got \'10.0.0.0/33\''],
    ['no network of nodes', () => reachability([], { nodeNetworks: ['10.0.0'] }), '\'nodeNetworks\' must be an address or a CIDR block, got \'10.0.0\''],
  ])('fails on %s', (_title, asked, message) => {
    expect(asked).toThrow(new Error(message));
  });

  test('a construct is what it renders', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
    const app = new Construct(chart, 'app');
    new ApiObject(app, 'Deployment', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: (web.spec as object) });
    new ApiObject(app, 'Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } });
    const network = reachability([...Testing.synth(chart) as unknown[], orders, ingress('data/p')]);
    expect(network.from(app).to('data/orders', 5432).why).toContain('of Deployment shop/web; no rule of NetworkPolicy data/p');
    expect(network.from('data/orders').to(app, 'http').allowed).toBe(true);
    new ApiObject(app, 'Worker', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'worker' } });
    expect(() => network.from(app)).toThrow(new Error('construct \'chart/app\' renders several workloads: say which of shop/Deployment/web, shop/Deployment/worker'));
    expect(() => network.from(new Construct(chart, 'none'))).toThrow(new Error('construct \'chart/none\' renders no workload'));
  });
});
