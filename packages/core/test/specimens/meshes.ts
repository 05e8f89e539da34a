import { Construct } from 'constructs';
import { before, since } from '@keelson/testing/specimen';
import {
  Gateway, GatewayImplementation, IngressController, Mesh, MeshDataPlane, Metrics, Monitoring, Namespace, NamespaceConnections, Peer, Port,
  Schedule, ScheduledTask, SecretGenerator, SecretText, ServiceAccount,
} from '../../src';
import { IMAGE, Server } from './server';
import { specimen } from './specimen';
import { Fleet } from './workloads';

/** A sidecar has to start first and end last. */
const REFUSED = before('1.29', 'KEELSON1180');
const principal = (title: string, name: string) => `principals: [cluster.local/ns/${title}/sa/${name}]`;

/** A shop behind a gateway, each service called by one other. */
export const sidecars = specimen({
  title: 'core-mesh-sidecars',
  cluster: {
    mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR }), gateway: Gateway.named('edge', 'gateway-system'), monitoring: Monitoring.kubePrometheusStack(),
  },
  refused: [REFUSED],
  shows: [
    'Namespace metadata.labels["istio-injection"] = enabled',
    'AuthorizationPolicy/web spec.rules = [{ from: [{ source: { notPrincipals: ["*"] } }], to: [{ operation: { ports: ["8080", "9090"] } }] }]',
    `AuthorizationPolicy/api spec.rules = [{ from: [{ source: { ${principal('core-mesh-sidecars', 'web')} } }], to: [{ operation: { ports: ["8080"] } }] }]`,
    'AuthorizationPolicy/db spec.action = ALLOW', 'AuthorizationPolicy/report spec.rules is absent',
    'PeerAuthentication/web spec.portLevelMtls["9090"].mode = PERMISSIVE', 'PeerAuthentication/db spec.mtls.mode = STRICT',
    'Deployment/db spec.template.metadata.annotations["sidecar.istio.io/nativeSidecar"] = "true"',
    'NetworkPolicy/db spec.egress[1].ports[0].port = 15012',
    'Job spec.template.metadata.labels["sidecar.istio.io/inject"] = "false"',
  ],
  define: (chart) => {
    new Namespace(chart, chart.node.id);
    const web = new Server(chart, 'web', { metrics: Metrics.onPort(9090) });
    const api = new Server(chart, 'api');
    const db = new Server(chart, 'db', {}, { ports: [{ number: 5432, name: 'sql' }] });
    web.connections.from(Peer.gateway());
    web.connections.to(api);
    api.connections.to(db);
    const report = new ScheduledTask(chart, 'report', { image: 'registry.example.com/shop/report:1.4.0', schedule: Schedule.hourly() });
    report.connections.to(db);
    new SecretGenerator(chart, 'secrets').secret('db-app', { password: SecretText.random(32) });
  },
});

export const ambient = specimen({
  title: 'core-mesh-ambient',
  cluster: {
    mesh: Mesh.istio({
      dataPlane: MeshDataPlane.AMBIENT, trustDomain: 'shop.example.com', controlPlane: { namespace: 'istio-control', labels: { app: 'istiod' } },
      outsideNamespaces: ['ingress-nginx', 'monitoring'],
    }),
    gateway: Gateway.named('edge', 'gateway-system', { implementation: GatewayImplementation.ISTIO }), ingress: IngressController.ingressNginx(),
  },
  shows: [
    'Namespace metadata.labels["istio.io/dataplane-mode"] = ambient',
    'AuthorizationPolicy/web spec.rules[0].from = [{ source: { namespaces: [gateway-system] } }, { source: { ipBlocks: [192.0.2.0/24], notIpBlocks: [192.0.2.7/32] } }, { source: { notPrincipals: ["*"] } }]',
    'AuthorizationPolicy/api spec.rules[0].from[0].source.principals = [shop.example.com/ns/core-mesh-ambient/sa/front]',
    'AuthorizationPolicy/status spec.rules = [{ to: [{ operation: { ports: ["8080"] } }] }]',
    'NetworkPolicy/api spec.ingress[1].ports = [{ port: 8080, protocol: TCP }, { port: 15008, protocol: TCP }]',
    'NetworkPolicy/api spec.ingress[2].from = [{ ipBlock: { cidr: 169.254.7.127/32 } }]',
    'AuthorizationPolicy/fleet-policy spec.rules[0].from[0].source.namespaces = [data]', 'AuthorizationPolicy/api spec.rules[0].from[1].source.notPrincipals = ["*"]',
  ],
  define: (chart) => {
    new Namespace(chart, chart.node.id);
    const web = new Server(chart, 'web', { serviceAccount: new ServiceAccount(chart, 'front') });
    web.connections.from(Peer.gateway());
    web.connections.from(Peer.ingressController());
    web.connections.from(Peer.cidr('192.0.2.0/24', { except: ['192.0.2.7/32'] }));
    const api = new Server(chart, 'api');
    web.connections.to(api);
    new Server(chart, 'status').connections.from(Peer.anywhere());
    new Fleet(chart, 'fleet', IMAGE, { joinsMesh: true, serviceAccount: ServiceAccount.fromServiceAccountName('fleet') })
      .connections.from(Peer.namespace('data'), { ports: [Port.tcp(8080)] });
    new Fleet(chart, 'outside', IMAGE, { joinsMesh: false }).connections.to(api);
  },
});

export const revision = specimen({
  title: 'core-mesh-revision',
  cluster: { mesh: Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR, revision: 'stable' }) },
  refused: [REFUSED],
  shows: [since('1.29', 'Namespace metadata.labels["istio.io/rev"] = stable')],
  define: (chart) => {
    new Namespace(chart, chart.node.id);
    new Server(chart, 'web');
  },
});

export const namespace = specimen({
  title: 'core-mesh-namespace',
  cluster: { mesh: Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT }) },
  shows: [
    'AuthorizationPolicy/isolation spec = { action: ALLOW, rules: [{ from: [{ source: { namespaces: [core-mesh-namespace] } }] }] }',
    'PeerAuthentication/isolation spec = { mtls: { mode: STRICT } }',
  ],
  define: (chart) => {
    new NamespaceConnections(new Construct(chart, 'all'), { name: 'isolation', allowWithin: true });
    new Server(chart, 'web');
  },
});
