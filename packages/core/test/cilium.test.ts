import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  ClusterProfile, Cni, type ClusterProfileProps, DnsResolver, Gateway, GatewayImplementation, HttpMethod, HttpRule, type IConnectable,
  IngressController, Mesh, MeshDataPlane, NamespaceConnections, Peer, PodConnections, type PodConnectionsProps, Port, Protocol, Warnings,
} from '../src';
import { Server } from './server';

class Pods extends Construct implements IConnectable {
  public readonly connections: PodConnections;

  public constructor(scope: Construct, id: string, props: Partial<PodConnectionsProps> = {}) {
    super(scope, id);
    new ApiObject(this, 'Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: id, labels: { 'app.kubernetes.io/instance': id } } });
    this.connections = new PodConnections(this, { ...props, podLabels: { 'app.kubernetes.io/instance': id } });
  }
}

interface Policy { kind: string; metadata: { name: string }; spec: { endpointSelector?: object; ingress?: unknown[]; egress?: unknown[] } }

const instance = (name: string) => ({ matchLabels: { 'app.kubernetes.io/instance': name } });
const tcp = (...ports: number[]) => ports.map(port => ({ port: String(port), protocol: 'TCP' }));
const KUBE_DNS = { matchLabels: { 'k8s-app': 'kube-dns', 'k8s:io.kubernetes.pod.namespace': 'kube-system' } };
const WATCHED_DNS = {
  toEndpoints: [KUBE_DNS],
  toPorts: [{ ports: [{ port: '53', protocol: 'TCP' }, { port: '53', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }],
};

function world(props: ClusterProfileProps = {}, namespace = 'shop') {
  const app = new App();
  ClusterProfile.kubernetes({ cni: Cni.CILIUM, dnsResolvers: [DnsResolver.kubeDns()], ...props }).applyTo(app);
  const chart = new Chart(app, 'shop', { namespace });
  const objects = () => app.charts.flatMap(each => Testing.synth(each) as Policy[]);
  const spec = (kind: string, name: string) => objects().find(each => each.kind === kind && each.metadata.name === name)?.spec;
  return {
    app, chart, objects,
    cilium: (name: string) => spec('CiliumNetworkPolicy', name),
    plain: (name: string) => spec('NetworkPolicy', name),
  };
}

function faults({ objects }: { objects: () => unknown }): string[] {
  try {
    objects();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map(line => line.trim()).sort();
  }
}


describe('N9: CiliumNetworkPolicy: presence', () => {
  test('is not there where a NetworkPolicy can say everything', () => {
    const { chart, objects } = world();
    const server = new Pods(chart, 'api', { endpoint: { ports: [Port.tcp(8080)] } });
    new Pods(chart, 'web').connections.to(server);
    server.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
    expect(objects().map(({ kind }) => kind)).toEqual(['Pod', 'NetworkPolicy', 'Pod', 'NetworkPolicy']);
    expect(server.connections.ciliumPolicy).toBeUndefined();
  });

  test.each([Cni.CALICO, Cni.GKE_DATAPLANE_V2, Cni.FLANNEL, Cni.UNSPECIFIED])('%#: is not there on another network plugin', (cni) => {
    const { chart, objects } = world({ cni, gateway: Gateway.named('edge', 'gateways', { implementation: GatewayImplementation.CILIUM }) });
    const { connections } = new Pods(chart, 'api', { endpoint: { ports: [Port.tcp(8080)] } });
    connections.to(Peer.apiServer());
    connections.from(Peer.gateway());
    expect(objects().map(({ kind }) => kind)).toEqual(['Pod', 'NetworkPolicy']);
  });

  test('is one of the workload, beside a NetworkPolicy that denies all else', () => {
    const { chart, objects } = world();
    const { connections } = new Pods(chart, 'operator');
    connections.to(Peer.apiServer());
    expect(objects().slice(1)).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'operator', namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'operator' } },
        spec: {
          podSelector: instance('operator'), policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: instance('operator') }] }],
          egress: [{
            to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
            ports: [{ port: 53, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }],
          }],
        },
      },
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { name: 'operator', namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'operator' } },
        spec: { endpointSelector: instance('operator'), egress: [{ toEntities: ['kube-apiserver'], toPorts: [{ ports: tcp(443, 6443) }] }] },
      },
    ]);
    expect(connections.ciliumPolicy?.toJson()).toEqual(objects()[2]);
    expect(Warnings.of(chart)).toEqual([]);
  });

  test('of a workload is a part of it that takes a patch', () => {
    const { chart, cilium } = world();
    const operator = new Server(chart, 'operator');
    expect(operator.ciliumNetworkPolicy).toBeUndefined();
    operator.connections.to(Peer.apiServer());
    operator.ciliumNetworkPolicy?.addMergePatch({ spec: { description: 'what the operator reads' } });
    expect(cilium('operator')).toMatchObject({ description: 'what the operator reads', egress: [{ toEntities: ['kube-apiserver'] }] });
  });

  test('is the same whatever the order and however often it is declared', () => {
    const declare = (reverse: boolean) => {
      const here = world({ gateway: Gateway.named('edge', 'gateways', { implementation: GatewayImplementation.CILIUM }) });
      const server = new Pods(here.chart, 'api', { endpoint: { ports: [Port.tcp(8080), Port.tcp(9090)] } });
      const client = new Pods(here.chart, 'web');
      const read = [HttpRule.prefix('/v1', { methods: [HttpMethod.GET, HttpMethod.HEAD] })];
      const steps = [
        () => client.connections.to(server, { ports: [Port.tcp(8080)] }),
        () => server.connections.from(client, { ports: [Port.tcp(8080)], http: read }),
        () => server.connections.from(client, { ports: [Port.tcp(8080)], http: [HttpRule.exact('/ready')] }),
        () => server.connections.from(Peer.gateway(), { ports: [Port.tcp(9090)] }),
        () => server.connections.to(Peer.apiServer()),
        () => server.connections.to(Peer.fqdn('b.example.com'), { ports: [Port.tcp(443)] }),
        () => server.connections.to(Peer.fqdn('a.example.com'), { ports: [Port.tcp(443)] }),
      ];
      [...(reverse ? steps.reverse() : steps), ...steps].forEach(step => step());
      return here.cilium('api');
    };
    expect(declare(false)).toEqual(declare(true));
    expect(declare(false)).toEqual({
      endpointSelector: instance('api'),
      ingress: [
        {
          fromEndpoints: [instance('web')],
          toPorts: [{ ports: tcp(8080), rules: { http: [{ method: 'GET|HEAD', path: '/v1([/?].*)?' }, { path: '/ready([?].*)?' }] } }],
        },
        { fromEntities: ['ingress'], toPorts: [{ ports: tcp(9090) }] },
      ],
      egress: [
        WATCHED_DNS,
        { toEntities: ['kube-apiserver'], toPorts: [{ ports: tcp(443, 6443) }] },
        { toFQDNs: [{ matchName: 'a.example.com' }], toPorts: [{ ports: tcp(443) }] },
        { toFQDNs: [{ matchName: 'b.example.com' }], toPorts: [{ ports: tcp(443) }] },
      ],
    });
  });

  test('lets nobody in where all that it was for is out of the app again', () => {
    const { chart, cilium } = world();
    const server = new Pods(chart, 'api', { endpoint: { ports: [Port.tcp(8080)] } });
    server.connections.from(new Pods(chart, 'web'), { http: [HttpRule.prefix('/')] });
    chart.node.tryRemoveChild('web');
    expect(cilium('api')).toEqual({ endpointSelector: instance('api'), ingress: [{}] });
  });

  test('is one of a plugin of one\'s own that says so', () => {
    const { chart, cilium } = world({ cni: Cni.of({ name: 'Isovalent', enforcesNetworkPolicies: true, enforcesCiliumNetworkPolicies: true }) });
    new Pods(chart, 'operator').connections.to(Peer.apiServer());
    expect(cilium('operator')?.egress).toHaveLength(1);
  });

  test('of a namespace is for all of its pods', () => {
    const { chart, cilium, plain } = world();
    const all = new NamespaceConnections(new Construct(chart, 'isolation'), { allowWithin: true });
    all.to(Peer.apiServer());
    all.to(Peer.fqdn('*.example.com'), { ports: [Port.tcp(443)] });
    expect(cilium('isolation')).toEqual({
      endpointSelector: {},
      egress: [
        WATCHED_DNS,
        { toEntities: ['kube-apiserver'], toPorts: [{ ports: tcp(443, 6443) }] },
        { toFQDNs: [{ matchPattern: '*.example.com' }], toPorts: [{ ports: tcp(443) }] },
      ],
    });
    expect(plain('isolation')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] });
  });
});

describe('N9: a gateway that Cilium runs', () => {
  const run = (options = {}) => Gateway.named('edge', 'gateways', { implementation: GatewayImplementation.CILIUM, ...options });
  const byCilium = { fromEntities: ['ingress'], toPorts: [{ ports: tcp(8080) }] };
  const opened = (peer: Peer, props: ClusterProfileProps = {}) => {
    const { chart, cilium, plain } = world(props);
    new Pods(chart, 'api', { endpoint: { ports: [Port.tcp(8080)] } }).connections.from(peer);
    return { cilium: cilium('api')?.ingress, plain: plain('api')?.ingress };
  };
  // What a policy has that lets nobody else in.
  const closed = [{ from: [{ podSelector: instance('api') }], ports: [{ port: 8080, protocol: 'TCP' }] }];

  test('calls as the entity of Cilium\'s proxy, and the NetworkPolicy stays closed', () => {
    expect(opened(Peer.gateway(run()))).toEqual({ cilium: [byCilium], plain: closed });
    expect(opened(Peer.gateway(), { gateway: run() })).toEqual({ cilium: [byCilium], plain: closed });
  });

  test('also calls from the pods and addresses that were given', () => {
    const peer = Peer.gateway(run({ pods: { namespace: 'lb', labels: { app: 'lb' } }, sourceCidrs: ['198.51.100.0/24'] }));
    expect(opened(peer)).toEqual({ cilium: [byCilium], plain: [{
      from: [{ ipBlock: { cidr: '198.51.100.0/24' } }, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'lb' } }, podSelector: { matchLabels: { app: 'lb' } } }],
      ports: [{ port: 8080, protocol: 'TCP' }],
    }] });
  });

  test('is known by its pods where something else runs it', () => {
    expect(opened(Peer.gateway(Gateway.named('edge', 'gateways'))).cilium).toBeUndefined();
  });

  test('of Ingress objects is the same', () => {
    expect(opened(Peer.ingressController(IngressController.cilium()))).toEqual({ cilium: [byCilium], plain: closed });
    expect(opened(Peer.ingressController(IngressController.ingressNginx())).cilium).toBeUndefined();
  });

  test('fails for Ingress objects on another network plugin', () => {
    const here = world({ cni: Cni.CALICO, ingress: IngressController.cilium() });
    new Pods(here.chart, 'api', { endpoint: { ports: [Port.tcp(8080)] } }).connections.from(Peer.ingressController());
    expect(faults(here)).toEqual([
      "[shop/api] KEELSON1390 'connections.from' must be an ingress controller whose pods or addresses a policy can name, "
      + "got Cilium's own ingress controller on Calico: set the cluster profile's 'cni' to Cni.CILIUM, which it needs anyway",
    ]);
  });
});

describe('N9: DNS names', () => {
  test('open their addresses, and DNS through the proxy that learns them: in no NetworkPolicy', () => {
    const { chart, cilium, plain } = world({ dnsResolvers: [DnsResolver.kubeDns(), DnsResolver.atAddress('192.0.2.53', 5353)] });
    const { connections } = new Pods(chart, 'web');
    connections.to(Peer.fqdn('api.example.com'), { ports: [Port.tcp(443), Port.range(Protocol.UDP, 4000, 4010)] });
    expect(cilium('web')).toEqual({
      endpointSelector: instance('web'),
      egress: [
        { toCIDRSet: [{ cidr: '192.0.2.53/32' }], toPorts: [{ ports: [{ port: '5353', protocol: 'TCP' }, { port: '5353', protocol: 'UDP' }], rules: { dns: [{ matchPattern: '*' }] } }] },
        WATCHED_DNS,
        { toFQDNs: [{ matchName: 'api.example.com' }], toPorts: [{ ports: [...tcp(443), { port: '4000', endPort: 4010, protocol: 'UDP' }] }] },
      ],
    });
    expect(plain('web')).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
    expect(plain('web')?.egress).toBeUndefined();
  });

  test.each(['api.example.com', '*.example.com', 's3-*.example.com', 'a*b.*.example.com', 'example.com'])('may be %s', (name) => {
    const { chart, cilium } = world();
    new Pods(chart, 'web').connections.to(Peer.fqdn(name), { ports: [Port.tcp(443)] });
    expect(cilium('web')?.egress?.[1]).toMatchObject({ toFQDNs: [name.includes('*') ? { matchPattern: name } : { matchName: name }] });
  });

  const failing = (name: string, props: ClusterProfileProps = {}, own: Partial<PodConnectionsProps> = {}) => {
    const here = world(props);
    new Pods(here.chart, 'web', own).connections.to(Peer.fqdn(name), { ports: [Port.tcp(443)] });
    return faults(here);
  };

  test.each([
    ['*', "KEELSON1386 'connections.to' must be a pattern with more than '*', got '*': connect to Peer.internet()"],
    ['*.*', "KEELSON1386 'connections.to' must be a pattern with more than '*', got '*.*': connect to Peer.internet()"],
    ['**.example.com', "KEELSON1386 'connections.to' must be a pattern without '**', which releases of Cilium take for different things, got '**.example.com': "
      + "name each depth: '*.example.com', '*.*.example.com'"],
    ['*.Example.com', "KEELSON1386 'connections.to' must be a pattern of lower-case letters, digits, '-', '.' and '*', which stands for anything but a '.', got '*.Example.com': "
      + "write it like '*.example.com'"],
    ['10.0.0.1', "KEELSON1117 'connections.to' must be a host name, not an IP address, got '10.0.0.1': write it like 'shop.example.com'"],
    ['https://api.example.com', "KEELSON1116 'connections.to' must be a host name without scheme, port and path, got 'https://api.example.com': try 'api.example.com'"],
    ['orders.data.svc.cluster.local', "KEELSON1388 'connections.to' must be a name outside of the cluster: the addresses of pods and Services are never matched by name, "
      + "got 'orders.data.svc.cluster.local': connect to the workload or the Service, or to Peer.workload(…)"],
  ])('fail as %s', (name, text) => {
    expect(failing(name)).toEqual([`[shop/web] ${text}`]);
  });

  test.each([[Cni.CALICO, 'Calico'], [Cni.GKE_DATAPLANE_V2, 'GKE Dataplane V2']])('%#: fail on a network plugin that knows none', (cni, name) => {
    expect(failing('api.example.com', { cni })).toEqual([
      `[shop/web] KEELSON1387 'connections.to' must be of a DNS name on a network plugin whose policies can name one: Cilium, got 'api.example.com' on ${name}: `
      + 'connect to its addresses by Peer.cidr(…), or to Peer.internet(); or say Cni.CILIUM in the cluster profile, if that is what the cluster has',
    ]);
  });

  test('fail without ports, where DNS is denied, and as who connects', () => {
    const here = world();
    const { connections } = new Pods(here.chart, 'web', { denyDns: true, endpoint: { ports: [Port.tcp(8080)] } });
    connections.to(Peer.fqdn('api.example.com'));
    connections.from(Peer.fqdn('crm.example.com'));
    expect(faults(here)).toEqual([
      "[shop/web] KEELSON1351 'connections.to.ports' must be the ports to open to DNS name 'api.example.com', got none: name them, such as 'ports: [Port.tcp(443)]'",
      "[shop/web] KEELSON1391 'connections.to' must be of addresses for pods that are kept from DNS, got a DNS name where DNS is denied: leave 'denyDns' out, or connect to Peer.cidr(…)",
      "[shop/web] KEELSON1392 'connections.from' must be from whom a policy can let in: a DNS name is only to connect to, got DNS name 'crm.example.com': let its addresses in by Peer.cidr(…)",
    ]);
  });
});

describe('N9: HTTP requests', () => {
  const both = (props: ClusterProfileProps = {}, ports = [Port.tcp(8080)]) => {
    const here = world(props);
    return { ...here, client: new Pods(here.chart, 'web'), server: new Pods(here.chart, 'api', { endpoint: { ports } }) };
  };

  test('are limited by the end that accepts them, and no NetworkPolicy opens more', () => {
    const { client, server, cilium, plain } = both();
    server.connections.from(client, { http: [HttpRule.exact('/v1/prices', { methods: [HttpMethod.GET] })] });
    expect(cilium('api')).toEqual({
      endpointSelector: instance('api'),
      ingress: [{ fromEndpoints: [instance('web')], toPorts: [{ ports: tcp(8080), rules: { http: [{ method: 'GET', path: '/v1/prices([?].*)?' }] } }] }],
    });
    expect(plain('api')?.ingress).toEqual([{ from: [{ podSelector: instance('api') }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(plain('web')?.egress).toContainEqual({ to: [{ podSelector: instance('api') }], ports: [{ port: 8080, protocol: 'TCP' }] });
    expect(cilium('web')).toBeUndefined();
  });

  test('stay limited where the connection is declared once more, and the other ports stay open', () => {
    const { client, server, cilium, plain } = both({}, [Port.tcp(8080), Port.tcp(9090)]);
    client.connections.to(server);
    server.connections.from(client, { ports: [Port.tcp(8080)], http: [HttpRule.methods([HttpMethod.GET])] });
    expect(cilium('api')?.ingress).toEqual([{ fromEndpoints: [instance('web')], toPorts: [{ ports: tcp(8080), rules: { http: [{ method: 'GET' }] } }] }]);
    expect(plain('api')?.ingress).toEqual([{ from: [{ podSelector: instance('web') }], ports: [{ port: 9090, protocol: 'TCP' }] }]);
  });

  test('are cut out of a range of ports', () => {
    const { client, server, plain } = both();
    server.connections.from(client, { ports: [Port.range(Protocol.TCP, 8000, 8100)] });
    server.connections.from(client, { ports: [Port.tcp(8080)], http: [HttpRule.prefix('/')] });
    expect(plain('api')?.ingress).toEqual([{ from: [{ podSelector: instance('web') }], ports: [
      { port: 8000, endPort: 8079, protocol: 'TCP' }, { port: 8081, endPort: 8100, protocol: 'TCP' },
    ] }]);
  });

  test.each<[string, Peer, object]>([
    ['another namespace', Peer.namespace('crm'), { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'crm' } }] }],
    ['namespaces by label', Peer.namespaceLabels({ team: 'crm' }), { fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'crm' } }] }],
    ['the own namespace', Peer.ownNamespace(), { fromEndpoints: [{}] }],
    ['addresses', Peer.cidr('192.0.2.0/24', { except: ['192.0.2.128/25'] }), { fromCIDRSet: [{ cidr: '192.0.2.0/24', except: ['192.0.2.128/25'] }] }],
    ['everybody', Peer.anywhere(), {}],
    ['Cilium\'s proxy', Peer.ingressController(IngressController.cilium()), { fromEntities: ['ingress'] }],
  ])('are limited of %s', (_, peer, from) => {
    const { server, cilium } = both();
    server.connections.from(peer, { http: [HttpRule.prefix('/v1')] });
    expect(cilium('api')?.ingress).toEqual([{ ...from, toPorts: [{ ports: tcp(8080), rules: { http: [{ path: '/v1([/?].*)?' }] } }] }]);
  });

  test('are compared as they are written, from beginning to end', () => {
    const { client, server, cilium } = both();
    server.connections.from(client, { http: [HttpRule.prefix('/'), HttpRule.exact('/a.b/(c)+$d'), HttpRule.exact('/')] });
    const [{ toPorts: [{ rules: { http } }] }] = cilium('api')?.ingress as [{ toPorts: [{ rules: { http: { path: string }[] } }] }];
    const [paths, matches] = [http.map(({ path }) => path), (at: number, text: string) => new RegExp(`^(?:${http[at]?.path ?? ''})$`).test(text)];
    expect(paths).toEqual(['([/?].*)?', '/([?].*)?', '/a\\.b/\\(c\\)\\+\\$d([?].*)?']);
    expect(['/', '/x', '/x/y?z'].map(text => matches(0, text))).toEqual([true, true, true]);
    expect(['/', '/?x', '/x'].map(text => matches(1, text))).toEqual([true, true, false]);
    expect(['/a.b/(c)+$d', '/a.b/(c)+$d?e', '/axb/(c)+$d', '/a.b/(c)+$d/e'].map(text => matches(2, text))).toEqual([true, true, false, false]);
  });

  test('are said in parts where there are more ports than one rule takes', () => {
    const { client, server, cilium } = both();
    const ports = Array.from({ length: 41 }, (_, at) => Port.tcp(9000 + at * 2));
    server.connections.from(client, { ports, http: [HttpRule.prefix('/')] });
    const [{ toPorts }] = cilium('api')?.ingress as [{ toPorts: { ports: object[]; rules: object }[] }];
    expect(toPorts.map(each => [each.ports.length, each.rules])).toEqual([[40, { http: [{ path: '([/?].*)?' }] }], [1, { http: [{ path: '([/?].*)?' }] }]]);
  });

  test.each([
    ['v1', "a path from '/' on, got 'v1': try '/v1'"],
    ['', "a path from '/' on, got '': write it like '/v1/orders'"],
    ['/v1?a=b', "a path without query and fragment, got '/v1?a=b': try '/v1': any query is let through"],
    ['/v1/*', "a path without '*', '{' and '}', got '/v1/*': name all below a path by HttpRule.prefix(…)"],
    ['/v 1', "a path as URLs have it: letters, digits, '/', '%' with two hexadecimal digits, and -._~!$&'()+,;=:@, got '/v 1': encode what else is in it"],
    ['/v1/../v2', "a path without '//', '/./', '/../' and encoded slashes, which are resolved before paths are compared, got '/v1/../v2': write it as it is then"],
    ['/v1//v2', "a path without '//', '/./', '/../' and encoded slashes, which are resolved before paths are compared, got '/v1//v2': write it as it is then"],
    ['/a%2fb', "a path without '//', '/./', '/../' and encoded slashes, which are resolved before paths are compared, got '/a%2fb': write it as it is then"],
  ])('fail for the path %s', (path, text) => {
    const here = both();
    here.server.connections.from(here.client, { http: [HttpRule.exact(path)] });
    expect(faults(here)).toEqual([`[shop/web] KEELSON1393 'connections.to.http[0].path' must be ${text}`]);
  });

  test('may be of a path with all signs that URLs have', () => {
    const here = both();
    here.server.connections.from(here.client, { http: [HttpRule.exact("/aZ09-._~!$&'()+,;=:@%C3%A4/")] });
    expect(faults(here)).toEqual([]);
  });

  test('fail for a prefix that ends in a slash, and without methods', () => {
    const here = both();
    here.server.connections.from(here.client, { http: [HttpRule.prefix('/v1/'), HttpRule.methods([]), HttpRule.methods(['get' as HttpMethod]), HttpRule.exact('/', { methods: 'GET' as never })] });
    expect(faults(here)).toEqual([
      "[shop/web] KEELSON1393 'connections.to.http[0].path' must be a prefix without '/' at its end, got '/v1/': try '/v1'",
      "[shop/web] KEELSON1394 'connections.to.http[1].methods' must be at least one method, got none: name them, or leave them out for all",
      "[shop/web] KEELSON1585 'connections.to.http[2].methods' must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, got 'get': write HttpMethod.GET",
      "[shop/web] KEELSON1587 'connections.to.http[3].methods' must be a list of methods, got 'GET': write it like [HttpMethod.GET]",
    ]);
  });

  test('fail without rules, with what is none, and on ports without HTTP', () => {
    const here = both({}, [Port.udp(53), Port.tcp(8080)]);
    here.server.connections.from(here.client, { http: [] });
    here.server.connections.from(Peer.namespace('a'), { http: [{} as HttpRule], ports: [Port.tcp(8080)] });
    here.server.connections.from(Peer.namespace('b'), { http: '/v1' as never, ports: [Port.tcp(8080)] });
    expect(faults(here)).toEqual([
      "[shop/api] KEELSON1587 'connections.from.http' must be a list of HTTP rules, got '/v1': write it like [HttpRule.prefix(…)]",
      "[shop/api] KEELSON1587 'connections.from.http[0]' must be a value of HttpRule, got an object: use HttpRule.prefix(…)",
      "[shop/web] KEELSON1395 'connections.to.http' must be at least one rule, got an empty list: name the requests, or leave it out for all",
      "[shop/web] KEELSON1396 'connections.to.http' must be given for TCP ports, got rules for 53/UDP: name the port that HTTP is spoken on in 'ports'",
    ]);
  });

  test('fail where the accepting end is no workload of the app', () => {
    const here = both();
    here.client.connections.to(Peer.namespace('crm'), { ports: [Port.tcp(80)], http: [HttpRule.prefix('/v1')] });
    expect(faults(here)).toEqual([
      "[shop/web] KEELSON1397 'connections.to.http' must be for connections that a workload of this app accepts, got rules for namespace 'crm': "
      + 'leave it out: who accepts a connection says what may be asked of it',
    ]);
  });

  test.each([[Cni.CALICO, 'Calico'], [Cni.GKE_DATAPLANE_V2, 'GKE Dataplane V2']])('%#: fail on a network plugin that looks into none', (cni, name) => {
    const here = both({ cni });
    here.server.connections.from(here.client, { http: [HttpRule.prefix('/v1')] });
    expect(faults(here)).toEqual([
      `[shop/web] KEELSON1385 'connections.to.http' must be left out where nothing looks into requests, got HTTP rules on ${name}: `
      + 'check requests in the app; or have the cluster run Cilium, and say Cni.CILIUM in its profile',
    ]);
  });

  test('fail in a mesh, where Cilium sees none', () => {
    const here = both({ mesh: Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT }) });
    here.server.connections.from(here.client, { http: [HttpRule.prefix('/v1')] });
    expect(faults(here)).toEqual([
      "[shop/web] KEELSON1385 'connections.to.http' must be left out where nothing looks into requests, got HTTP rules in a mesh, whose connections are encrypted: "
      + 'check requests in the app; or have the cluster run Cilium, and say Cni.CILIUM in its profile',
    ]);
  });

  test.each<[string, Peer, string | undefined]>([
    ['its namespace', Peer.ownNamespace(), 'the own namespace'],
    ['its namespace by name', Peer.namespace('shop'), "namespace 'shop'"],
    ['everybody', Peer.anywhere(), 'everybody'],
    ['its labels', Peer.pods({ labels: { 'app.kubernetes.io/instance': 'web' } }), "pods 'app.kubernetes.io/instance=web'"],
    ['another namespace', Peer.namespace('crm'), undefined],
    ['other pods', Peer.pods({ labels: { app: 'x' } }), undefined],
    ['an address', Peer.cidr('192.0.2.0/24'), undefined],
  ])('fail where the same client is let in without limits by %s', (_, peer, text) => {
    const here = both({}, [Port.tcp(8080), Port.tcp(9090)]);
    here.server.connections.from(here.client, { ports: [Port.tcp(8080)], http: [HttpRule.prefix('/v1')] });
    here.server.connections.from(peer, { ports: [Port.tcp(9090)] });
    expect(faults(here)).toEqual([]);
    here.server.connections.from(peer, { ports: [Port.range(Protocol.TCP, 8000, 8080)] });
    expect(faults(here)).toEqual(text === undefined ? [] : [
      `[shop/api] KEELSON1389 'connections.from.http' must be rules for a client that no other connection lets in, got rules for 'shop/web', which ${text} lets in on the same port without: `
      + 'give that connection rules too, or other ports',
    ]);
  });

  test('fail where Cilium\'s proxy is let in twice, once without limits', () => {
    const here = both();
    here.server.connections.from(Peer.ingressController(IngressController.cilium()), { http: [HttpRule.prefix('/v1')] });
    here.server.connections.from(Peer.gateway(Gateway.named('edge', 'gateways', { implementation: GatewayImplementation.CILIUM })));
    expect(faults(here)).toEqual([
      "[shop/api] KEELSON1389 'connections.from.http' must be rules for a client that no other connection lets in, got rules for ingress controller 'cilium', "
      + "which gateway 'gateways/edge' lets in on the same port without: give that connection rules too, or other ports",
    ]);
  });
});
