import { mistakesOf } from '@keelson/testing/mistakes';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  ClusterProfile, Cni, type Connections, DnsResolver, type Endpoint, EnvValue, type IConnectable, Peer, PodConnections,
  type PodConnectionsProps, Port, Protocol, Volume, Warnings,
} from '../src';

class Pods extends Construct implements IConnectable {
  public readonly connections: Connections;

  public constructor(scope: Construct, id: string, props: Partial<PodConnectionsProps> = {}) {
    super(scope, id);
    new ApiObject(this, 'Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: id, labels: { 'app.kubernetes.io/instance': id } } });
    this.connections = new PodConnections(this, { ...props, podLabels: { 'app.kubernetes.io/instance': id } });
  }
}

const DNS = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }],
};
const instance = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/instance': name } } });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const tcp = (...ports: number[]) => ports.map(port => ({ protocol: 'TCP', port }));
const listens = (...ports: Port[]): Partial<PodConnectionsProps> => ({ endpoint: { ports } });

/** An app on kind with a chart for each namespace, and the specs of their policies by name. */
function world(...namespaces: (string | undefined)[]) {
  const app = new App();
  ClusterProfile.kind().applyTo(app);
  const charts = namespaces.map((namespace, at) => new Chart(app, namespace ?? `chart-${at}`, { namespace }));
  const [first = new Chart(app, 'chart'), second = first] = charts;
  const specs = () => Object.fromEntries(app.charts.flatMap(policiesOf).map(({ metadata, spec }) => [metadata.name, spec]));
  return { app, first, second, specs };
}
interface Policy { kind: string; metadata: { name: string }; spec: { ingress: unknown[]; egress: unknown[] } }

const policiesOf = (chart: Chart) => (Testing.synth(chart) as Policy[]).filter(({ kind }) => kind === 'NetworkPolicy');

/** What synth says, a line each. */
function faults({ specs }: { specs: () => unknown }): string[] {
  return mistakesOf(specs).sort();
}

describe('PodConnections: presence', () => {
  test('defines one NetworkPolicy of the workload, that selects its pods by the one label', () => {
    const { first } = world('shop');
    new Pods(first, 'web', listens(Port.tcp(8080)));
    expect(policiesOf(first)).toEqual([{
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'web' } },
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [instance('web')], ports: tcp(8080) }],
        egress: [DNS],
      },
    }]);
  });

  test('takes another name and labels', () => {
    const { first } = world('shop');
    new Pods(first, 'web', { name: 'front', labels: { team: 'shop' } });
    expect(policiesOf(first)).toMatchObject([{ metadata: { name: 'front', labels: { team: 'shop' } } }]);
  });

  test('pods that listen on nothing have a rule from themselves, since checkers want one', () => {
    const { first, specs } = world('shop');
    new Pods(first, 'job');
    expect(specs().job?.ingress).toEqual([{ from: [instance('job')] }]);
  });
});

describe('PodConnections: what a network plugin does with policies', () => {
  test.each([
    [Cni.FLANNEL, ['[shop] KEELSON1367 its network policies protect nothing, since Flannel does not enforce them: '
      + 'install a network plugin that does, such as Calico or Cilium']],
    [Cni.CALICO, []],
  ])('$name: says once a chart where it protects nothing, and renders all the same', (cni, said) => {
    const app = new App();
    ClusterProfile.kubernetes({ cni }).applyTo(app);
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new Pods(chart, 'web');
    new Pods(chart, 'db');
    expect(Warnings.of(app)).toEqual(said);
    expect(chart.node.findAll().filter(({ node }) => node.id === 'NetworkPolicy')).toHaveLength(2);
  });
});

describe('Connections N6: default deny, both ways, DNS still works', () => {
  test('opens DNS to each resolver of the profile: pods, caches on the node, clouds', () => {
    const app = new App();
    ClusterProfile.kubernetes({
      dnsResolvers: [DnsResolver.kubeDns(), DnsResolver.nodeLocal(), DnsResolver.nodeLocal('169.254.25.10'), DnsResolver.cloudMetadata()],
    }).applyTo(app);
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new Pods(chart, 'web');
    const block = (cidr: string) => ({ ipBlock: { cidr } });
    expect(policiesOf(chart)).toMatchObject([{ spec: { egress: [{
      to: [block('169.254.169.254/32'), block('169.254.20.10/32'), block('169.254.25.10/32'), ...DNS.to],
      ports: [{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }],
    }] } }]);
  });

  test('opens the port of each resolver only', () => {
    const app = new App();
    const openshift = DnsResolver.inPods({ namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } }, 5353);
    ClusterProfile.kubernetes({ dnsResolvers: [DnsResolver.nodeLocal(), openshift] }).applyTo(app);
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new Pods(chart, 'web');
    expect(policiesOf(chart)[0]?.spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: DNS.ports },
      {
        to: [{ ...inNamespace('openshift-dns'), podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } } }],
        ports: [{ protocol: 'TCP', port: 5353 }, { protocol: 'UDP', port: 5353 }],
      },
    ]);
  });

  test('closes DNS where it is given up', () => {
    const { first, specs } = world('shop');
    new Pods(first, 'web', { denyDns: true });
    expect(specs().web).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
    expect(specs().web).not.toHaveProperty('egress');
  });
});

describe('Connections N1: pods closed unless the peer is let in', () => {
  test('opens both ends, on the ports that the server offers', () => {
    const { first, specs } = world('shop');
    new Pods(first, 'web').connections.to(new Pods(first, 'db', listens(Port.tcp(5432))));
    expect(specs()).toMatchObject({
      web: { ingress: [{ from: [instance('web')] }], egress: [DNS, { to: [instance('db')], ports: tcp(5432) }] },
      db: { ingress: [{ from: [instance('web')], ports: tcp(5432) }], egress: [DNS] },
    });
  });

  test('keeps protocols and ranges, in order and once each', () => {
    const { first, specs } = world('shop');
    const dns = new Pods(first, 'dns', listens(Port.udp(53), Port.tcp(53), Port.tcp(53), Port.sctp(9), Port.range(Protocol.UDP, 40, 50), Port.udp(45)));
    new Pods(first, 'web', { denyDns: true }).connections.to(dns);
    const ports = [
      { protocol: 'SCTP', port: 9 }, { protocol: 'UDP', port: 40, endPort: 50 }, { protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 },
    ];
    expect(specs().dns?.ingress).toEqual([{ from: [instance('web')], ports }]);
    expect(specs().web?.egress).toEqual([{ to: [instance('dns')], ports }]);
  });

  test('adds ports named later to those named before, and leaves the others closed', () => {
    const { first, specs } = world('shop');
    const [web, db] = [new Pods(first, 'web'), new Pods(first, 'db', listens(Port.tcp(5432)))];
    web.connections.to(db, { ports: [Port.tcp(9187)] });
    expect(specs().db?.ingress).toEqual([{ from: [instance('web')], ports: tcp(9187) }]);
    db.connections.from(web, { ports: [Port.tcp(8008), Port.tcp(9187)] });
    expect(specs().db?.ingress).toEqual([{ from: [instance('web')], ports: tcp(8008, 9187) }]);
    web.connections.to(db);
    expect(specs().db?.ingress).toEqual([{ from: [instance('web')], ports: tcp(5432, 8008, 9187) }]);
  });

  test('opens ports that are offered after the connection', () => {
    const { first, specs } = world('shop');
    const [web, db] = [new Pods(first, 'web'), new Pods(first, 'db')];
    web.connections.to(db);
    db.connections.offer({ ports: [Port.tcp(5432)] });
    expect(specs().db?.ingress).toEqual([{ from: [instance('web')], ports: tcp(5432) }]);
  });

  test('connects a workload to itself, as the members of a cluster are', () => {
    const { first, specs } = world('shop');
    const db = new Pods(first, 'db', listens(Port.tcp(5432)));
    db.connections.to(db);
    expect(specs().db).toMatchObject({ ingress: [{ from: [instance('db')], ports: tcp(5432) }], egress: [DNS, { to: [instance('db')], ports: tcp(5432) }] });
  });
});

describe('Connections across namespaces', () => {
  test('select namespace and pods together', () => {
    const { first, second, specs } = world('shop', 'data');
    new Pods(first, 'web').connections.to(new Pods(second, 'db', listens(Port.tcp(5432))));
    expect(specs().web?.egress).toEqual([{ to: [{ ...inNamespace('data'), ...instance('db') }], ports: tcp(5432) }, DNS]);
    expect(specs().db?.ingress).toEqual([{ from: [{ ...inNamespace('shop'), ...instance('web') }], ports: tcp(5432) }]);
  });

  test('select pods only, where charts share a namespace or none is known', () => {
    for (const namespace of ['shop', undefined]) {
      const { app, first, specs } = world(namespace);
      const other = new Chart(app, 'other', { namespace: first.namespace });
      new Pods(first, 'web').connections.to(new Pods(other, 'db', listens(Port.tcp(5432))));
      expect(specs().web?.egress).toEqual([DNS, { to: [instance('db')], ports: tcp(5432) }]);
    }
  });

  test('fails where one namespace is not known, naming both', () => {
    const one = world('shop', undefined);
    new Pods(one.first, 'web').connections.to(new Pods(one.second, 'db', listens(Port.tcp(5432))));
    expect(faults(one)).toEqual([
      "[shop/web] KEELSON1354 'connections.to' must be between workloads whose namespaces are known, or of one that is not, "
      + "got 'shop/web' in namespace 'shop' and 'chart-1/db' in no namespace that is known: give the charts of both a 'namespace'",
    ]);
  });
});

describe('Connections: from either end, in any order, any number of times', () => {
  const ways: [string, (web: Connections, db: Connections, ends: { web: IConnectable; db: IConnectable }) => void][] = [
    ['from the client', (web, _db, ends) => web.to(ends.db)],
    ['from the server', (_web, db, ends) => db.from(ends.web)],
    ['from both, twice', (web, db, ends) => { db.from(ends.web); web.to(ends.db); web.to(ends.db); db.from(ends.web); }],
  ];
  test.each(ways)('%s', (_name, connect) => {
    const { first, second, specs } = world('shop', 'data');
    const ends = { web: new Pods(first, 'web'), db: new Pods(second, 'db', listens(Port.tcp(5432))) };
    connect(ends.web.connections, ends.db.connections, ends);
    expect(specs().web?.egress).toEqual([{ to: [{ ...inNamespace('data'), ...instance('db') }], ports: tcp(5432) }, DNS]);
    expect(specs().db?.ingress).toEqual([{ from: [{ ...inNamespace('shop'), ...instance('web') }], ports: tcp(5432) }]);
  });

  test('a peer may be the one that is asked', () => {
    const { first, specs } = world('shop');
    const web = new Pods(first, 'web', listens(Port.tcp(8080)));
    Peer.namespace('edge').connections.to(web);
    expect(specs().web?.ingress).toEqual([{ from: [inNamespace('edge')], ports: tcp(8080) }]);
  });

  test('a workload that is taken out of the app is in no policy any more, and neither is one whose chart is', () => {
    const { app, first, second, specs } = world('shop', 'data');
    const [web, old, far] = [new Pods(first, 'web', listens(Port.tcp(1))), new Pods(first, 'old', listens(Port.tcp(2))), new Pods(second, 'far', listens(Port.tcp(3)))];
    for (const { connections } of [old, far]) {
      web.connections.to({ connections });
      web.connections.from({ connections });
    }
    first.node.tryRemoveChild('old');
    expect(specs().web).toEqual({
      podSelector: instance('web').podSelector, policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ ...inNamespace('data'), ...instance('far') }], ports: tcp(1) }],
      egress: [{ to: [{ ...inNamespace('data'), ...instance('far') }], ports: tcp(3) }, DNS],
    });
    expect(web.connections._endpoints()).toHaveLength(1);
    app.node.tryRemoveChild('data');
    expect(specs().web).toMatchObject({ ingress: [{ from: [instance('web')] }], egress: [DNS] });
  });

  test('synth twice gives the same bytes', () => {
    const { first, specs } = world('shop');
    new Pods(first, 'web').connections.to(new Pods(first, 'db', listens(Port.tcp(5432))));
    expect(JSON.stringify(specs())).toBe(JSON.stringify(specs()));
  });
});

describe('Connections: what an endpoint offers besides ports', () => {
  const [host, other] = [EnvValue.fromValue('db'), EnvValue.fromValue('cache')];
  const offering = (env: Endpoint['env'], ports = [Port.tcp(1)]): Partial<PodConnectionsProps> => ({ endpoint: { ports, env } });

  test('reaches those who connect, once each, in order of the peers', () => {
    const { first } = world('shop');
    const web = new Pods(first, 'web');
    const files = { '/ca': Volume.emptyDir() };
    const [db, cache] = [new Pods(first, 'db', offering({ DB_HOST: host })), new Pods(first, 'cache', offering({ CACHE_HOST: other }))];
    web.connections.to(db);
    cache.connections.from(web);
    db.connections.from(web);
    db.connections.offer({ ports: [], volumes: files });
    expect(web.connections._endpoints()).toEqual([
      { ports: [Port.tcp(1)], env: { CACHE_HOST: other }, volumes: {} },
      { ports: [Port.tcp(1)], env: { DB_HOST: host }, volumes: files },
    ]);
    expect(db.connections._endpoints()).toEqual([]);
  });

  test('takes a prefix, also where the other end says nothing of it', () => {
    const { first } = world('shop');
    const [web, db] = [new Pods(first, 'web'), new Pods(first, 'db', offering({ DB_HOST: host }))];
    db.connections.from(web);
    web.connections.to(db, { envPrefix: 'ORDERS_' });
    expect(web.connections._endpoints().map(({ env }) => env)).toEqual([{ ORDERS_DB_HOST: host }]);
  });

  test('has the prefixes in order, whichever end gave which first', () => {
    const namesOf = (...prefixes: string[]) => {
      const { first } = world('shop');
      const [web, db] = [new Pods(first, 'web'), new Pods(first, 'db', offering({ HOST: host }))];
      prefixes.forEach(envPrefix => web.connections.to(db, { envPrefix }));
      return web.connections._endpoints().flatMap(({ env }) => Object.keys(env ?? {}));
    };
    expect(namesOf('B_', 'A_')).toEqual(['A_HOST', 'B_HOST']);
    expect(namesOf('A_', 'B_')).toEqual(['A_HOST', 'B_HOST']);
  });

  test('fails where two peers offer one name, and where one offers two values', () => {
    const here = world('shop');
    const [web, files] = [new Pods(here.first, 'web'), { '/ca': Volume.emptyDir() }];
    const db = new Pods(here.first, 'db', offering({ HOST: host }));
    const cache = new Pods(here.first, 'cache', { endpoint: { ports: [Port.tcp(1)], env: { HOST: other }, volumes: files } });
    web.connections.to(db);
    web.connections.to(cache);
    db.connections.offer({ ports: [], env: { HOST: other }, volumes: files });
    expect(faults(here)).toEqual([
      "[shop/db] KEELSON1361 'endpoint.env' must be one value for each name, got two values for 'HOST': offer it once",
      "[shop/web] KEELSON1362 'connections.to' must be peers that offer different environment variables, "
      + "got 'HOST' from both 'shop/cache' and 'shop/db': give one of the connections an 'envPrefix'",
      "[shop/web] KEELSON1363 'connections.to' must be peers that offer different files, "
      + "got '/ca' from both 'shop/cache' and 'shop/db': let one of them offer its files under another path",
    ]);
  });
});

describe('Connections: validation', () => {
  test('fails where nothing listens, once, at the client, whoever declared it', () => {
    const here = world('shop');
    const [web, job] = [new Pods(here.first, 'web'), new Pods(here.first, 'job')];
    job.connections.from(web);
    web.connections.to(job);
    expect(faults(here)).toEqual([
      "[shop/web] KEELSON1350 'connections.to' must be a workload that listens on a port, got 'shop/job': give it a port, or name those to open in 'ports'",
    ]);
  });

  test('fails on an empty list of ports, which Kubernetes takes for all', () => {
    const here = world('shop');
    new Pods(here.first, 'web').connections.to(new Pods(here.first, 'db', listens(Port.tcp(5432))), { ports: [] });
    expect(faults(here)).toEqual([
      "[shop/web] KEELSON1353 'connections.to.ports' must be at least one port, got an empty list: leave it out for all ports that are offered",
    ]);
  });

  test.each([[0, false], [1, true], [65535, true], [65536, false]])('port %d, named or offered: %s', (number, good) => {
    const here = world('shop');
    const [web, db] = [new Pods(here.first, 'web'), new Pods(here.first, 'db', listens(Port.tcp(number)))];
    web.connections.to(db, { ports: [Port.udp(number)] });
    const said = `must be an integer from 1 to 65535, got ${number}: give the port that is listened on`;
    expect(faults(here)).toEqual(good ? [] : [
      `[shop/db] KEELSON1090 'endpoint.ports' ${said}`,
      `[shop/web] KEELSON1090 'connections.to.ports' ${said}`,
    ]);
  });

  test('fails between two peers, as soon as a workload meets one of them', () => {
    const here = world('shop');
    const [from, to] = [Peer.namespace('a'), Peer.namespace('b')];
    from.connections.to(to);
    new Pods(here.first, 'web').connections.to(from, { ports: [Port.tcp(1)] });
    expect(faults(here)).toEqual([
      "[shop/web] KEELSON1366 'connections.to' must be between a workload and a peer, not two peers, "
      + "got namespace 'a' and namespace 'b': connect a workload: the policies of others are not rendered here",
    ]);
  });
});

describe('Connections: warnings', () => {
  test('says that a rule to the API server has no effect where no CIDR matches nodes, and nothing elsewhere', () => {
    const warningsOn = (cni: Cni) => {
      const app = new App();
      ClusterProfile.kubernetes({ cni }).applyTo(app);
      new Pods(new Chart(app, 'shop'), 'web').connections.to(Peer.apiServer());
      return Warnings.of(app);
    };
    expect(warningsOn(Cni.of({ name: 'Own', enforcesNetworkPolicies: true, matchesNodeAddresses: false }))).toEqual(['[shop/web] KEELSON1368 its pods don\'t reach the API server on Own, where no CIDR matches nodes, and so don\'t do their work: '
      + "have a policy of its own let them out, such as a CiliumNetworkPolicy from their labels to the entity 'kube-apiserver'"]);
    expect([warningsOn(Cni.CALICO), warningsOn(Cni.CILIUM)]).toEqual([[], []]);
  });
});
