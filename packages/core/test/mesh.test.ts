import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AdoptedWorkload, ClusterProfile, type ClusterProfileProps, Gateway, GatewayImplementation, IngressController, IpFamily, Mesh,
  MeshDataPlane, Metrics, Monitoring, Namespace, NamespaceConnections, Peer,
  PodConnections, Port, Protocol, SecretGenerator, SecretText, ServiceAccount, Task, Traefik,
} from '../src';
import { Server } from './specimens/server';

type Rendered = ReturnType<typeof Testing.synth>[number];

const SIDECAR = Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR });
const AMBIENT = Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT });

class World {
  public readonly app = new App();
  public readonly shop: Chart;

  public constructor(props: ClusterProfileProps = { mesh: SIDECAR }, namespace: string | undefined = 'shop') {
    ClusterProfile.kubernetes(props).applyTo(this.app);
    this.shop = this.chart(namespace);
  }

  public chart(namespace: string | undefined): Chart {
    return new Chart(this.app, namespace ?? 'none', { namespace });
  }

  public get objects(): Rendered[] {
    return this.app.charts.flatMap(chart => Testing.synth(chart) as Rendered[]);
  }

  public find(kind: string, name: string): Rendered {
    return this.objects.find(each => each.kind === kind && each.metadata.name === name);
  }

  public rules(name: string): unknown {
    return this.find('AuthorizationPolicy', name).spec.rules;
  }

  public exceptions(name: string): unknown {
    return this.find('PeerAuthentication', name).spec.portLevelMtls;
  }

  /** What synth says, a line each. */
  public get mistakes(): string[] {
    try {
      return [this.objects].slice(1).map(String);
    } catch (error) {
      return (error as Error).message.split('\n').slice(1).map(line => line.trim()).sort();
    }
  }
}

const account = (name: string, namespace = 'shop') => `cluster.local/ns/${namespace}/sa/${name}`;
const to = (...ports: string[]) => [{ operation: { ports } }];
const from = (...sources: object[]) => sources.map(source => ({ source }));
const PLAIN = { notPrincipals: ['*'] };
const selector = (name: string) => ({ matchLabels: { 'app.kubernetes.io/instance': name } });
const labels = (name: string) => ({
  'app': name, 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'keelson', 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'shop',
});
const API = 'security.istio.io/v1';
const instance = (name: string) => ({ podSelector: selector(name) });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const tcp = (...ports: number[]) => ports.map(port => ({ protocol: 'TCP', port }));

/** A shop of three workloads, behind a gateway and watched by a Prometheus. */
function shop(props: ClusterProfileProps): World {
  const world = new World({ ...props, gateway: Gateway.named('edge', 'gateway-system'), monitoring: Monitoring.kubePrometheusStack() });
  const web = new Server(world.shop, 'web', { metrics: Metrics.onPort(9090) });
  const api = new Server(world.shop, 'api');
  const db = new Server(world.shop, 'db', {}, { ports: [{ number: 5432, name: 'sql' }] });
  web.connections.from(Peer.gateway());
  web.connections.to(api);
  api.connections.to(db);
  return world;
}

describe('N10 a mesh from the same connections: presence', () => {
  test('a shop of three: mTLS between services, and who may call whom by account', () => {
    const policies = shop({ mesh: SIDECAR }).objects.filter(({ apiVersion }) => apiVersion === API);
    const object = (kind: string, name: string, spec: object) => ({
      apiVersion: API, kind, metadata: { name, namespace: 'shop', labels: labels(name) }, spec: { selector: selector(name), ...spec },
    });
    expect(policies).toEqual([
      object('AuthorizationPolicy', 'web', { action: 'ALLOW', rules: [{ from: from(PLAIN), to: to('8080', '9090') }] }),
      object('PeerAuthentication', 'web', { mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'PERMISSIVE' }, 9090: { mode: 'PERMISSIVE' } } }),
      object('AuthorizationPolicy', 'api', { action: 'ALLOW', rules: [{ from: from({ principals: [account('web')] }), to: to('8080') }] }),
      object('PeerAuthentication', 'api', { mtls: { mode: 'STRICT' } }),
      object('AuthorizationPolicy', 'db', { action: 'ALLOW', rules: [{ from: from({ principals: [account('api')] }), to: to('5432') }] }),
      object('PeerAuthentication', 'db', { mtls: { mode: 'STRICT' } }),
    ]);
  });

  test('without a mesh there is nothing of it', () => {
    const world = shop({});
    expect(JSON.stringify(world.objects)).not.toMatch(/istio|15008|15012|169\.254\.7/);
    expect(new Server(world.shop, 'more').authorizationPolicy).toBeUndefined();
  });

  test('sidecars reach their control plane, are native, and change no other rule', () => {
    const [plain, meshed] = [shop({}), shop({ mesh: SIDECAR })];
    const control = { to: [{ ...inNamespace('istio-system'), podSelector: { matchLabels: { app: 'istiod' } } }], ports: tcp(15012) };
    for (const name of ['web', 'api', 'db']) {
      const [before, after] = [plain, meshed].map(world => world.find('NetworkPolicy', name).spec);
      expect(after.ingress).toEqual(before.ingress);
      expect(after.egress).toEqual(expect.arrayContaining([...before.egress, control]));
      expect(after.egress).toHaveLength(before.egress.length + 1);
      expect(meshed.find('Deployment', name).spec.template.metadata.annotations).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
    }
  });

  test('ambient opens its tunnel where it is used, at both ends, and lets the kubelet ask', () => {
    const world = shop({ mesh: AMBIENT });
    const { egress: [, out], ingress } = world.find('NetworkPolicy', 'web').spec;
    expect(out).toEqual({ to: [instance('api')], ports: tcp(8080, 15008) });
    expect(ingress).toEqual([
      { from: [{ ...inNamespace('gateway-system') }], ports: tcp(8080) },
      { from: [{ ...inNamespace('monitoring'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }], ports: tcp(9090) },
      { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] },
    ]);
    expect(world.find('NetworkPolicy', 'api').spec.ingress[0]).toEqual({ from: [instance('web')], ports: tcp(8080, 15008) });
    expect(world.find('NetworkPolicy', 'db').spec.egress).toHaveLength(1);
    expect(world.find('Deployment', 'web').spec.template.metadata.annotations).toBeUndefined();
  });

  test('whom nobody may call has a policy without rules', () => {
    const world = new World();
    const worker = new Server(world.shop, 'worker');
    expect(world.find('AuthorizationPolicy', 'worker').spec).toEqual({ selector: selector('worker'), action: 'ALLOW' });
    expect([worker.authorizationPolicy?.kind, worker.peerAuthentication?.kind]).toEqual(['AuthorizationPolicy', 'PeerAuthentication']);
  });
});

describe('N10 which pods are in the mesh', () => {
  test.each([
    [SIDECAR, { 'istio-injection': 'enabled' }],
    [Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, revision: 'stable' }), { 'istio.io/rev': 'stable' }],
    [AMBIENT, { 'istio.io/dataplane-mode': 'ambient' }],
  ])('a namespace says so by a label: %#', (mesh, expected) => {
    const world = new World({ mesh });
    new Namespace(world.shop, 'shop');
    expect(world.find('Namespace', 'shop').metadata.labels).toMatchObject(expected);
  });

  test('a namespace that stays outside has no label, its workloads no policies, and what they call takes plain text', () => {
    const world = new World({ mesh: Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT, outsideNamespaces: ['legacy'] }) });
    const legacy = world.chart('legacy');
    new Namespace(legacy, 'legacy');
    const [old, api] = [new Server(legacy, 'old'), new Server(world.shop, 'api')];
    old.connections.to(api);
    api.connections.to(old);
    expect(Object.keys(world.find('Namespace', 'legacy').metadata.labels).filter(key => key.includes('istio'))).toEqual([]);
    expect(world.find('AuthorizationPolicy', 'old')).toBeUndefined();
    expect(world.rules('api')).toEqual([{ from: from(PLAIN), to: to('8080') }]);
    expect(world.exceptions('api')).toEqual({ 8080: { mode: 'PERMISSIVE' } });
    // no tunnel to or from there
    expect(JSON.stringify(world.objects)).not.toContain('15008');
    expect(world.find('NetworkPolicy', 'old').spec.ingress).toHaveLength(1);
  });

  test.each([
    ['sidecar.istio.io/inject', 'false', SIDECAR], ['istio.io/dataplane-mode', 'none', AMBIENT],
  ])('pods that say %s: %s stay outside', (key, value, mesh) => {
    const world = new World({ mesh });
    const job = new Server(world.shop, 'job', { podLabels: { [key]: value }, denyDns: true });
    const api = new Server(world.shop, 'api');
    job.connections.to(api);
    expect(job.authorizationPolicy).toBeUndefined();
    expect(world.rules('api')).toEqual([{ from: from(PLAIN), to: to('8080') }]);
    expect(world.find('Deployment', 'job').spec.template.metadata.annotations).toBeUndefined();
    expect(JSON.stringify(world.find('NetworkPolicy', 'job'))).not.toContain('15012');
  });

  test.each([
    ['sidecar.istio.io/inject', 'false', AMBIENT], ['istio.io/dataplane-mode', 'none', SIDECAR],
  ])('pods that say %s: %s, which their data plane does not read, are in it', (key, value, mesh) => {
    const world = new World({ mesh });
    const job = new Server(world.shop, 'job', { podLabels: { [key]: value } });
    expect(job.authorizationPolicy).toBeDefined();
  });

  test('pods in the network of their node are in no mesh', () => {
    const world = new World();
    const agent = new Server(world.shop, 'agent', { unsafeHostNetwork: true });
    agent.connections.to(new Server(world.shop, 'api'));
    expect(world.find('AuthorizationPolicy', 'agent')).toBeUndefined();
    expect(world.exceptions('api')).toEqual({ 8080: { mode: 'PERMISSIVE' } });
  });

  test('the Job of a SecretGenerator stays outside of sidecars, which it could not start', () => {
    const world = new World();
    new SecretGenerator(world.shop, 'secrets').secret('db', { password: SecretText.random(32) });
    expect(world.mistakes).toEqual([]);
    const job = world.objects.find(({ kind }) => kind === 'Job');
    expect(job.spec.template.metadata.labels).toMatchObject({ 'sidecar.istio.io/inject': 'false' });
    expect(world.objects.filter(({ apiVersion }) => apiVersion === API)).toEqual([]);
  });

  test('a Task is in it, with a sidecar that ends with it', () => {
    const world = new World();
    const task = new Task(world.shop, 'migrate', { image: 'registry.example.com/shop/migrate:1.0.0' });
    const db = new Server(world.shop, 'db');
    task.connections.to(db);
    expect(world.rules('db')).toEqual([{ from: from({ principals: [account('migrate')] }), to: to('8080') }]);
    expect(world.objects.find(({ kind }) => kind === 'Job').spec.template.metadata.annotations).toEqual({ 'sidecar.istio.io/nativeSidecar': 'true' });
  });

  test('where pods are found by annotations, the sidecar leaves their metrics where they are', () => {
    const monitoring = Monitoring.of({ pods: { namespace: 'monitoring', labels: {} }, scrapeAnnotations: true });
    const world = new World({ mesh: SIDECAR, monitoring });
    new Server(world.shop, 'web', { metrics: Metrics.onPort(9090) });
    expect(world.find('Deployment', 'web').spec.template.metadata.annotations).toMatchObject({
      'prometheus.io/port': '9090', 'prometheus.istio.io/merge-metrics': 'false', 'sidecar.istio.io/nativeSidecar': 'true',
    });
  });
});

describe('N10 callers', () => {
  const callers: [string, Peer, object[] | undefined, boolean][] = [
    ['a workload of another repository', Peer.workload({ name: 'far', namespace: 'data' }), from({ namespaces: ['data'] }), false],
    ['pods of a namespace', Peer.pods({ labels: { a: 'b' }, namespace: 'data' }), from({ namespaces: ['data'] }), false],
    ['pods of the own namespace', Peer.pods({ labels: { a: 'b' } }), from({ namespaces: ['shop'] }), false],
    ['a namespace', Peer.namespace('data'), from({ namespaces: ['data'] }), false],
    ['the own namespace', Peer.ownNamespace(), from({ namespaces: ['shop'] }), false],
    ['addresses', Peer.cidr('10.0.0.0/8'), from({ ipBlocks: ['10.0.0.0/8'] }), true],
    ['addresses but some', Peer.cidr('10.0.0.0/8', { except: ['10.1.0.0/16'] }), from({ ipBlocks: ['10.0.0.0/8'], notIpBlocks: ['10.1.0.0/16'] }), true],
    ['everybody', Peer.anywhere(), undefined, true],
    ['the gateway', Peer.gateway(), from(PLAIN), true],
    ['the ingress controller', Peer.ingressController(), from(PLAIN), true],
    ['Traefik', Peer.traefik(), from(PLAIN), true],
    ['the monitoring', Peer.monitoring(), from(PLAIN), true],
  ];
  const platform = {
    gateway: Gateway.named('edge', 'edge'), ingress: IngressController.ingressNginx(), traefik: Traefik.inNamespace('traefik'),
    monitoring: Monitoring.kubePrometheusStack(),
  };

  test.each(callers)('%s', (_, peer, expected, isPlain) => {
    const world = new World({ mesh: SIDECAR, ...platform });
    new Server(world.shop, 'api').connections.from(peer);
    expect(world.rules('api')).toEqual([{ ...expected === undefined ? {} : { from: expected }, to: to('8080') }]);
    expect(world.exceptions('api')).toEqual(isPlain ? { 8080: { mode: 'PERMISSIVE' } } : undefined);
  });

  test('the internet is all public addresses, without a certificate', () => {
    const world = new World();
    new Server(world.shop, 'api').connections.from(Peer.internet());
    expect(world.rules('api')).toEqual([{ from: [{ source: expect.objectContaining({ ipBlocks: ['0.0.0.0/0'], notIpBlocks: expect.arrayContaining(['10.0.0.0/8']) as unknown }) as unknown }], to: to('8080') }]);
    expect(world.exceptions('api')).toEqual({ 8080: { mode: 'PERMISSIVE' } });
  });

  test('a gateway that Istio runs is in the mesh, and addresses that one calls from are not', () => {
    const world = new World({ mesh: AMBIENT, gateway: Gateway.named('edge', 'edge', { implementation: GatewayImplementation.ISTIO, sourceCidrs: ['198.51.100.0/24'] }) });
    new Server(world.shop, 'api').connections.from(Peer.gateway());
    expect(world.rules('api')).toEqual([{ from: from({ namespaces: ['edge'] }, { ipBlocks: ['198.51.100.0/24'] }), to: to('8080') }]);
    expect(world.exceptions('api')).toEqual({ 8080: { mode: 'PERMISSIVE' } });
    expect(world.find('NetworkPolicy', 'api').spec.ingress).toEqual([
      { from: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: tcp(8080) }, { from: [inNamespace('edge')], ports: tcp(8080, 15008) },
      { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] },
    ]);
  });

  test('what the profile says of its platform goes before what is usual', () => {
    const world = new World({ ...platform, mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, outsideNamespaces: ['ingress-nginx'] }) });
    const { connections } = new Server(world.shop, 'api');
    connections.from(Peer.monitoring());
    connections.from(Peer.gateway());
    connections.from(Peer.ingressController());
    expect(world.rules('api')).toEqual([{ from: from({ namespaces: ['edge', 'monitoring'] }, PLAIN), to: to('8080') }]);
  });

  test('identities begin with the trust domain, and are of the account that the pods run as', () => {
    const world = new World({ mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, trustDomain: 'example.com' }) });
    const web = new Server(world.shop, 'web', { serviceAccount: ServiceAccount.fromServiceAccountName('front') });
    web.connections.to(new Server(world.chart('data'), 'db'));
    expect(world.rules('db')).toEqual([{ from: from({ principals: ['example.com/ns/shop/sa/front'] }), to: to('8080') }]);
  });

  test('pods whose account nobody says are known by their namespace', () => {
    const world = new World();
    const pods = new ApiObject(world.shop, 'pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pods', labels: { app: 'pods' } } });
    const connections = new PodConnections(pods, { podLabels: { app: 'pods' } });
    const legacy = AdoptedWorkload.fromObject(new ApiObject(world.shop, 'legacy', {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'legacy', labels: { app: 'legacy' } }, spec: { serviceAccountName: 'old', containers: [{ name: 'a', image: 'a:1' }] },
    }));
    const api = new Server(world.shop, 'api');
    api.connections.from({ connections });
    api.connections.from(legacy);
    expect(world.rules('api')).toEqual([{ from: from({ principals: [account('old')] }, { namespaces: ['shop'] }), to: to('8080') }]);
  });

  test('what may call the same is one rule, each caller with all of its ports; UDP passes by the mesh', () => {
    const world = new World();
    const api = new Server(world.shop, 'api', {}, { ports: [1, 2, 3].map(number => ({ number, name: `p${number}` })) });
    const [a, b, c] = ['a', 'b', 'c'].map(name => new Server(world.shop, name));
    for (const [caller, ports] of [[b, [2, 1]], [a, [1]], [a, [2]], [c, [3]]] as const) {
      caller && api.connections.from(caller, { ports: ports.map(port => Port.tcp(port)) });
    }
    new Server(world.shop, 'dns', {}, { ports: [{ number: 53, name: 'dns', protocol: Protocol.UDP }] }).connections.from(api);
    expect(world.rules('api')).toEqual([
      { from: from({ principals: [account('a'), account('b')] }), to: to('1', '2') }, { from: from({ principals: [account('c')] }), to: to('3') },
    ]);
    expect(world.rules('dns')).toBeUndefined();
  });

  test('the same rules, in whatever order connections were declared', () => {
    const peers = callers.map(([, peer]) => peer);
    const declared = fc.array(fc.record({ peer: fc.nat(peers.length - 1), port: fc.integer({ min: 1, max: 3 }) }), { maxLength: 8 });
    const rendered = (connections: readonly { peer: number; port: number }[]) => {
      const world = new World({ mesh: AMBIENT, ...platform });
      const api = new Server(world.shop, 'api', {}, { ports: [1, 2, 3].map(number => ({ number, name: `p${number}` })) });
      connections.forEach(({ peer, port }) => { api.connections.from(peers[peer] as Peer, { ports: [Port.tcp(port)] }); });
      return [world.rules('api'), world.exceptions('api'), world.find('NetworkPolicy', 'api').spec];
    };
    const twice = declared.chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(fc.property(twice, ([list, shuffled]) => {
      expect(rendered([...shuffled, ...shuffled.slice(0, 1)])).toEqual(rendered(list));
    }), { numRuns: 60 });
  });
});

describe('N10 a namespace in a mesh', () => {
  test('is closed as a whole: its own pods by their namespace, and mTLS for all', () => {
    const world = new World({ mesh: AMBIENT, ipFamilies: [IpFamily.IPV6, IpFamily.IPV4] });
    const own = new NamespaceConnections(world.shop, { name: 'tenant', allowWithin: true });
    own.allowNamespace('data');
    own.from(Peer.namespace('ci'), { ports: [Port.tcp(8080)] });
    expect(world.find('AuthorizationPolicy', 'tenant').spec).toEqual({
      action: 'ALLOW', rules: [{ from: from({ namespaces: ['data', 'shop'] }) }, { from: from({ namespaces: ['ci'] }), to: to('8080') }],
    });
    expect(world.find('PeerAuthentication', 'tenant').spec).toEqual({ mtls: { mode: 'STRICT' } });
    expect(world.find('NetworkPolicy', 'tenant').spec.ingress).toEqual([
      { from: [{ podSelector: {} }, inNamespace('data')] }, { from: [inNamespace('ci')], ports: tcp(8080, 15008) },
      { from: [{ ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } }, { ipBlock: { cidr: '169.254.7.127/32' } }] },
    ]);
  });

  test('and, closed within, allows nothing', () => {
    const world = new World();
    new NamespaceConnections(world.shop, { name: 'closed' });
    expect(world.find('AuthorizationPolicy', 'closed').spec).toEqual({ action: 'ALLOW' });
    expect(JSON.stringify(world.find('NetworkPolicy', 'closed').spec.egress)).toContain('15012');
  });
});

describe('N10 validation', () => {
  test.each<[string, (world: World) => void, string[]]>([
    ['namespaces by labels', world => { new Server(world.shop, 'api').connections.from(Peer.namespaceLabels({ team: 'a' })); }, [
      "[shop/api] KEELSON1381 'connections.from' must be clients whose namespaces are named, since Istio selects none by labels, got namespaces 'team=a': name each: Peer.namespace(…)",
    ]],
    ['a long range of ports', world => {
      new Server(world.shop, 'api', { offers: { ports: [Port.range(Protocol.TCP, 1000, 1100)] } }).connections.from(Peer.namespace('data'));
    }, [
      "[shop/api] KEELSON1383 'connections.from.ports' must be at most 100 ports in a range from namespace 'data', since Istio takes them one by one, "
      + 'got 1000-1100/TCP: name the ports that are listened on',
    ]],
    ['DNS closed to a sidecar', world => { new Server(world.shop, 'api', { denyDns: true }); }, [
      "[shop/api] KEELSON1380 'denyDns' must be left out there: a sidecar finds its control plane by name, and no pod starts without, got true in a mesh of sidecars: "
      + "remove it, or keep the pods out of the mesh by 'podLabels: { 'sidecar.istio.io/inject': 'false' }'",
    ]],
    ['plain text for all of a namespace', world => {
      const own = new NamespaceConnections(world.shop, { name: 'tenant' });
      own.from(Peer.cidr('192.0.2.0/24'), { ports: [Port.tcp(1)] });
      own.allowNamespace('legacy');
    }, ['192.0.2.0/24', "namespace 'legacy'"].map(text => `[shop] KEELSON1384 'connections.from' must be clients in the mesh, for all pods of a namespace: `
      + `Istio has exceptions by port only, and only of a workload, got ${text}, which calls without mTLS: let it in at the workloads that are meant`)],
    ['labels of the mesh', world => { new Namespace(world.shop, 'shop', { labels: { 'istio-injection': 'disabled' } }); }, [
      "[shop/shop] KEELSON1184 'labels.istio-injection' must be left to the cluster profile's 'mesh', got 'disabled': "
      + "remove it; a namespace that stays out of the mesh is named in its 'outsideNamespaces'",
    ]],
  ])('fails for %s', (_, define, expected) => {
    const world = new World({ mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, outsideNamespaces: ['legacy'] }) });
    define(world);
    expect(world.mistakes).toEqual(expected);
  });

  test('fails for clients in no namespace that is known', () => {
    const app = new App();
    ClusterProfile.kubernetes({ mesh: SIDECAR }).applyTo(app);
    const chart = new Chart(app, 'shop');
    const [web, api] = [new Server(chart, 'web'), new Server(chart, 'api')];
    web.connections.to(api);
    api.connections.from(Peer.ownNamespace());
    const message = (got: string) => `[shop/api] KEELSON1382 'connections.from' must be clients whose namespace is known, which is part of who they are in a mesh, `
      + `got ${got} in no namespace that is known: give the chart a 'namespace'`;
    expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual(
      ["'shop/web'", "the own namespace of 'shop/api'"].map(got => message(got).replace('[shop/api] ', '')));
  });

  test('a range of 100 ports is written out', () => {
    const world = new World();
    new Server(world.shop, 'api', { offers: { ports: [Port.range(Protocol.TCP, 1001, 1100)] } }).connections.from(Peer.namespace('data'));
    expect(world.mistakes).toEqual([]);
    expect((world.rules('api') as [{ to: [{ operation: { ports: string[] } }] }])[0].to[0].operation.ports).toEqual(Array.from({ length: 100 }, (_, at) => String(1001 + at)));
  });

  test('DNS may be closed in an ambient mesh', () => {
    const world = new World({ mesh: AMBIENT });
    new Server(world.shop, 'api', { denyDns: true });
    expect(world.mistakes).toEqual([]);
  });

  test.each<[object, string[]]>([
    [{ mesh: SIDECAR, version: '1.29' }, []], [{ mesh: AMBIENT, version: '1.28' }, []],
    [{ mesh: SIDECAR, version: '1.28' }, [
      "KEELSON1180 'cluster.mesh.dataPlane' must be 'ambient' before Kubernetes 1.29, whose sidecar containers start first and end last, got 'sidecar' on Kubernetes 1.28, "
      + 'where a sidecar keeps Jobs from ending and init containers from the network: take MeshDataPlane.AMBIENT, or upgrade the cluster',
    ]],
    [{ mesh: Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT, revision: 'stable' }) }, [
      "KEELSON1181 'cluster.mesh.revision' must be left out there: it says who adds sidecars, got 'stable' with the data plane 'ambient': remove it, or say 'dataPlane: MeshDataPlane.SIDECAR'",
    ]],
    [{ mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, revision: '' }) }, [
      "KEELSON1181 'cluster.mesh.revision' must be the name of a revision, got '': leave it out for the default revision, or try 'stable'",
    ]],
    ...[...['*', '', 'Example.com', 'a/b', '-a', 'a-'].map(text => [text, `'${text}'`]), ['x'.repeat(256), `'${'x'.repeat(60)}…' (256 characters)`]].map(([trustDomain, got]): [object, string[]] => [{ mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, trustDomain }) }, [
      `KEELSON1182 'cluster.mesh.trustDomain' must be at most 255 lower-case letters, digits, '.', '-' and '_', got ${got}: write it as Istio's meshConfig does, such as 'cluster.local'`,
    ]]),
    ...['x'.repeat(255), 'a', 'td_1', 'cluster.local'].map((trustDomain): [object, string[]] => [{ mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, trustDomain }) }, []]),
    [{ mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, outsideNamespaces: ['a', 'a'] }) }, [
      "KEELSON1183 'cluster.mesh.outsideNamespaces' must be each namespace once, got 'a' twice: remove one of the two",
    ]],
    [{ mesh: Mesh.istio({ dataPlane: 'Ambient' as MeshDataPlane }) }, [
      "KEELSON1585 'cluster.mesh.dataPlane' must be one of sidecar, ambient, got 'Ambient': write MeshDataPlane.AMBIENT",
    ]],
  ])('the profile: %#', (props, expected) => {
    const app = new App();
    ClusterProfile.kubernetes({ version: '1.33', ...props }).applyTo(app);
    expect(app.node.validate()).toEqual(expected);
  });

  test('where the profile lists its custom kinds, a mesh has its own', () => {
    const cluster = (props: ClusterProfileProps) => ClusterProfile.kubernetes({ customResources: ['cert-manager.io/v1/Certificate'], ...props }).has(API, 'PeerAuthentication');
    expect([cluster({}), cluster({ mesh: AMBIENT })]).toEqual([false, true]);
  });
});
