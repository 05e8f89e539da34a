import { Duration } from 'cdk8s';
import {
  Cni, EnvValue, ExternalNameService, ExternalNameTarget, IpFamily, IpFamilyPolicy, LoadBalancerController, Port, Protocol,
  SelectorlessService, Service, ServiceBackend, ServiceType, SessionAffinity, TrafficDistribution, TrafficPolicy,
} from '../../src';
import { before, since } from '@keelson/testing/specimen';
import { Server } from './server';
import { specimen } from './specimen';
import { Members } from './workloads';

const NODES = ['10.0.0.0/16'];
const METALLB = { loadBalancers: LoadBalancerController.METALLB, nodeCidrs: NODES };
const http = 'ports: [{ port: 8080, protocol: TCP }]';

export const clusterIp = specimen({
  title: 'core-service-cluster-ip',
  shows: [
    'Service/front spec = { type: ClusterIP, selector: { app.kubernetes.io/instance: web }, '
    + 'ports: [{ name: http, port: 80, targetPort: http, protocol: TCP, appProtocol: kubernetes.io/ws }] }',
    'Service/front metadata.labels = { tier: edge }',
    'Service/front metadata.annotations = { example.com/owner: shop }',
    'Service/all spec.ports = [{ name: http, port: 8080, targetPort: http, protocol: TCP }, { name: udp-5353, port: 5353, targetPort: udp-5353, protocol: UDP }]',
    'Service/stick spec.sessionAffinityConfig.clientIP.timeoutSeconds = 600',
    'Service/near spec.internalTrafficPolicy = Local',
    'Deployment/client spec.template.spec.containers[0].env has { name: WEB, value: all }',
    `NetworkPolicy/web spec.ingress has { from: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: client } } }], ${http} }`,
  ],
  define: (chart) => {
    const web = new Server(chart, 'web', {}, { ports: [{ number: 8080, name: 'http' }, { number: 5353, protocol: Protocol.UDP }] });
    const backends = [web];
    const front = new Service(chart, 'front-service', {
      backends, name: 'front', labels: { tier: 'edge' }, annotations: { 'example.com/owner': 'shop' }, type: ServiceType.clusterIp(),
      ports: [{ target: 'http', number: 80, name: 'http', appProtocol: 'kubernetes.io/ws' }],
    });
    const all = new Service(chart, 'all', { backends });
    new Service(chart, 'stick', { backends, sessionAffinity: SessionAffinity.clientIp(Duration.minutes(10)) });
    new Service(chart, 'near', { backends, internalTrafficPolicy: TrafficPolicy.LOCAL });
    new Server(chart, 'client', { env: { WEB: EnvValue.fromValue(all.hostFrom(chart)), FRONT: EnvValue.fromValue(front.dnsName) } }).connections.to(front);
  },
});

export const notKeptLocal = specimen({
  title: 'core-service-not-kept-local',
  cluster: { cni: Cni.of({ name: 'own', enforcesNetworkPolicies: true, supportsInternalTrafficPolicy: false }) },
  shows: ['Service spec.internalTrafficPolicy = Local'],
  warns: ['KEELSON1736'],
  define: (chart) => {
    new Service(chart, 'near', { backends: [new Server(chart, 'web')], internalTrafficPolicy: TrafficPolicy.LOCAL });
  },
});

export const severalWorkloads = specimen({
  title: 'core-service-several-workloads',
  shows: [
    'Service/front spec.selector = { service.keelson/front: "true" }',
    'Deployment/blue spec.template.metadata.labels has { service.keelson/front: "true" }',
    'Deployment/green spec.selector.matchLabels = { app.kubernetes.io/instance: green }',
  ],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'blue'), new Server(chart, 'green')] });
  },
});

export const podsElsewhere = specimen({
  title: 'core-service-pods-elsewhere',
  shows: ['Service spec.selector = { app: legacy }'],
  define: (chart) => {
    new Service(chart, 'legacy', { backends: [ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 8080, name: 'http' }] })] });
  },
});

export const trafficDistribution = specimen({
  title: 'core-service-traffic-distribution',
  shows: [
    before('1.31', 'Service metadata.annotations = { service.kubernetes.io/topology-mode: Auto }'),
    since('1.31', 'Service metadata.annotations is absent'),
    since('1.34', 'Service spec.trafficDistribution = PreferSameZone'),
  ],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE });
  },
});

export const sameNode = specimen({
  title: 'core-service-same-node',
  shows: [since('1.34', 'Service spec.trafficDistribution = PreferSameNode')],
  refused: [before('1.34', 'KEELSON1705')],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], trafficDistribution: TrafficDistribution.PREFER_SAME_NODE });
  },
});

export const dualStack = specimen({
  title: 'core-service-dual-stack',
  cluster: { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] },
  shows: [
    'Service/usual spec.ipFamilyPolicy = PreferDualStack',
    'Service/prefer spec.ipFamilyPolicy = PreferDualStack',
    'Service/require spec.ipFamilyPolicy = RequireDualStack',
    'Service/require spec.ipFamilies = [IPv6, IPv4]',
    'Service/single spec.ipFamilyPolicy = SingleStack',
    'Service/single spec.ipFamilies = [IPv6]',
  ],
  define: (chart) => {
    const backends = [new Server(chart, 'web')];
    new Service(chart, 'usual', { backends });
    new Service(chart, 'prefer', { backends, ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK });
    new Service(chart, 'require', { backends, ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK, ipFamilies: [IpFamily.IPV6, IpFamily.IPV4] });
    new Service(chart, 'single', { backends, ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK, ipFamilies: [IpFamily.IPV6] });
  },
});

export const headless = specimen({
  title: 'core-service-headless',
  shows: [
    'Service/members-headless spec = { type: ClusterIP, clusterIP: None, publishNotReadyAddresses: true, selector: { app.kubernetes.io/instance: members }, '
    + 'ports: [{ name: peer, port: 7946, targetPort: peer, protocol: TCP }] }',
    'StatefulSet/members spec.serviceName = members-headless',
    'StatefulSet/members spec.template.spec.containers[0].env has { name: SEED, value: members-0.members-headless.core-service-headless.svc.cluster.local }',
    'Service/clients spec.publishNotReadyAddresses is absent',
  ],
  define: (chart) => {
    const members = new Members(chart, 'members', { image: 'registry.example.com/shop/members:1.0.0' });
    new Service(chart, 'clients', { backends: [members], type: ServiceType.headless() });
  },
});

export const nodePort = specimen({
  title: 'core-service-node-port',
  cluster: { nodeCidrs: NODES, nodePortRange: '30000-32000' },
  shows: [
    'Service/front spec.ports = [{ name: http, port: 8080, targetPort: http, protocol: TCP, nodePort: 30017 }]',
    'Service/front spec.externalTrafficPolicy = Cluster',
    `NetworkPolicy/web spec.ingress has { from: [{ ipBlock: { cidr: 10.0.0.0/16 } }], ${http} }`,
    'Service/office spec.externalTrafficPolicy = Local',
    `NetworkPolicy/admin spec.ingress has { from: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ${http} }`,
  ],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], ports: [{ target: 'http', nodePort: 30017 }], type: ServiceType.nodePort() });
    new Service(chart, 'office', {
      backends: [new Server(chart, 'admin')],
      type: ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.LOCAL, sourceRanges: ['203.0.113.0/24'] }),
    });
  },
});

export const nodesUnknown = specimen({
  title: 'core-service-nodes-unknown',
  shows: [`NetworkPolicy spec.ingress = [{ ${http} }]`],
  warns: ['KEELSON1711'],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], type: ServiceType.nodePort({ externalTrafficPolicy: TrafficPolicy.CLUSTER }) });
  },
});

export const loadBalancer = specimen({
  title: 'core-service-load-balancer',
  cluster: METALLB,
  shows: [
    'Service/front spec.externalTrafficPolicy = Local',
    'Service/front spec.loadBalancerSourceRanges = [203.0.113.0/24]',
    `NetworkPolicy/web spec.ingress has { from: [{ ipBlock: { cidr: 203.0.113.0/24 } }], ${http} }`,
    'Service/front metadata.annotations = { metallb.io/loadBalancerIPs: 203.0.113.7, metallb.io/address-pool: public }',
    'Service/direct spec.loadBalancerClass = example.com/direct',
    'Service/direct spec.allocateLoadBalancerNodePorts = false',
    'Service/shared metadata.annotations = { metallb.io/allow-shared-ip: edge }',
    'Service/shared spec.externalTrafficPolicy = Cluster',
  ],
  define: (chart) => {
    const backends = [new Server(chart, 'web')];
    new Service(chart, 'front', {
      backends, type: ServiceType.loadBalancer({ sourceRanges: ['203.0.113.0/24'], addresses: ['203.0.113.7'], pool: 'public' }),
    });
    new Service(chart, 'direct', {
      backends, type: ServiceType.loadBalancer({
        loadBalancerClass: 'example.com/direct', allocateLoadBalancerNodePorts: false, externalTrafficPolicy: TrafficPolicy.LOCAL,
      }),
    });
    new Service(chart, 'shared', { backends, type: ServiceType.loadBalancer({ sharingKey: 'edge' }) });
  },
});

/** An internal load balancer, in the words of each cloud. */
const internal = (name: string, loadBalancers: LoadBalancerController, annotation: string) => specimen({
  title: `core-service-internal-${name}`,
  cluster: { loadBalancers },
  shows: [`Service/inner metadata.annotations = { ${annotation} }`],
  define: (chart) => {
    new Service(chart, 'inner', { backends: [new Server(chart, 'web')], type: ServiceType.loadBalancer({ internal: true }) });
  },
});

const SCHEME = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
const TARGETS = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance';

export const onAws = internal('aws', LoadBalancerController.AWS, `${TARGETS}, ${SCHEME}: internal`);
export const onEksAutoMode = internal('eks-auto', LoadBalancerController.EKS_AUTO_MODE, `${TARGETS}, ${SCHEME}: internal`);
export const onGke = internal('gke', LoadBalancerController.GKE, 'networking.gke.io/load-balancer-type: Internal');
export const onAzure = internal('azure', LoadBalancerController.AZURE, 'service.beta.kubernetes.io/azure-load-balancer-internal: "true"');
export const onOwn = internal('own', LoadBalancerController.of({
  name: 'own', className: 'example.com/own', internalAnnotations: { 'example.com/internal': 'yes' }, externalAnnotations: { 'example.com/internal': 'no' },
  addressesAnnotation: 'example.com/ipv4', ipv6AddressesAnnotation: 'example.com/ipv6', poolAnnotation: 'example.com/pool', sharingKeyAnnotation: 'example.com/key',
}), 'example.com/internal: yes');

export const hidingClients = specimen({
  title: 'core-service-lb-hiding-clients',
  cluster: { loadBalancers: LoadBalancerController.of({ name: 'proxy', keepsClientAddresses: false }) },
  shows: ['Service spec.loadBalancerSourceRanges = [203.0.113.0/24]', `NetworkPolicy spec.ingress = [{ ${http} }]`],
  warns: ['KEELSON1711'],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], type: ServiceType.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }) });
  },
});

export const onAwsClassic = specimen({
  title: 'core-service-lb-aws-classic',
  cluster: { loadBalancers: LoadBalancerController.AWS_CLASSIC },
  shows: ['Service metadata.annotations = { service.beta.kubernetes.io/aws-load-balancer-internal: "true" }'],
  warns: ['KEELSON1711'],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], type: ServiceType.loadBalancer({ internal: true }) });
  },
});

export const probedByAzure = specimen({
  title: 'core-service-lb-azure-probes',
  cluster: { loadBalancers: LoadBalancerController.AZURE, nodeCidrs: NODES },
  shows: ['Service metadata.annotations = { service.beta.kubernetes.io/port_80_health-probe_protocol: tcp }'],
  define: (chart) => {
    const web = new Server(chart, 'web', {}, { ports: [{ number: 8080, name: 'http', appProtocol: 'http' }] });
    new Service(chart, 'front', {
      backends: [web], ports: [{ target: 'http', number: 80 }], type: ServiceType.loadBalancer({ externalTrafficPolicy: TrafficPolicy.CLUSTER }),
    });
  },
});

export const onCilium = specimen({
  title: 'core-service-load-balancer-cilium',
  cluster: { loadBalancers: LoadBalancerController.CILIUM, cni: Cni.CILIUM },
  shows: ['Service metadata.annotations = { lbipam.cilium.io/ips: 203.0.113.7 }'],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], type: ServiceType.loadBalancer({ addresses: ['203.0.113.7'] }) });
  },
});

export const unknownController = specimen({
  title: 'core-service-load-balancer-unknown',
  cluster: { loadBalancers: LoadBalancerController.UNSPECIFIED },
  shows: ['Service metadata.annotations is absent', `NetworkPolicy spec.ingress = [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ${http} }]`],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], type: ServiceType.loadBalancer() });
  },
});

export const externalIps = specimen({
  title: 'core-service-external-ips',
  cluster: { nodeCidrs: NODES },
  shows: ['Service spec.externalIPs = [203.0.113.7]'],
  warns: ['KEELSON1712'],
  define: (chart) => {
    new Service(chart, 'front', { backends: [new Server(chart, 'web')], unsafeExternalIps: ['203.0.113.7'] });
  },
});

export const externalName = specimen({
  title: 'core-service-external-name',
  shows: [
    'Service/payments spec = { type: ExternalName, externalName: api.payments.example.com }',
    'Service/payments metadata.labels = { tier: outside }',
    'Service/payments metadata.annotations = { example.com/owner: shop }',
    'Service/db spec = { type: ExternalName, externalName: orders.core-service-external-name-data.svc.cluster.local }',
    'NetworkPolicy/web spec.egress has { to: [{ ipBlock: { cidr: 203.0.113.0/28 } }], ports: [{ port: 443, protocol: TCP }] }',
    'Deployment/web spec.template.spec.containers[0].env = '
    + '[{ name: DB, value: db }, { name: ORDERS, value: orders.core-service-external-name-data.svc.cluster.local }, { name: PAYMENTS, value: payments }]',
  ],
  define: (chart, more) => {
    const data = more('data');
    const server = new Server(data, 'server');
    new Service(data, 'orders', { backends: [server] });
    const orders = Service.fromServiceName('orders', 'core-service-external-name-data');
    const payments = new ExternalNameService(chart, 'payments-outside', {
      name: 'payments', target: ExternalNameTarget.host('api.payments.example.com'), ports: [Port.tcp(443)], cidrs: ['203.0.113.0/28'],
      labels: { tier: 'outside' }, annotations: { 'example.com/owner': 'shop' },
    });
    const db = new ExternalNameService(chart, 'db', { target: ExternalNameTarget.service(orders) });
    const web = new Server(chart, 'web', {
      env: {
        DB: EnvValue.fromValue(db.hostFrom(chart)), ORDERS: EnvValue.fromValue(Service.hostOf(orders, chart)),
        PAYMENTS: EnvValue.fromValue(payments.hostFrom(chart)),
      },
    });
    web.connections.to(payments);
    web.connections.to(server);
  },
});

export const addresses = specimen({
  title: 'core-service-addresses',
  cluster: { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] },
  shows: [
    'Service/db spec.selector is absent',
    'Service/db spec.ports = [{ name: sql, port: 5432, targetPort: 15432, protocol: TCP, appProtocol: example.com/sql, nodePort: 30018 }]',
    'EndpointSlice/db-ipv4 addressType = IPv4',
    'EndpointSlice/db-ipv4 metadata.labels has '
    + '{ kubernetes.io/service-name: db, endpointslice.kubernetes.io/managed-by: keelson, app.kubernetes.io/name: db }',
    'EndpointSlice/db-ipv4 endpoints = [{ addresses: [203.0.113.7], conditions: { ready: true } }]',
    'EndpointSlice/db-ipv6 endpoints = [{ addresses: ["2001:db8::7"], conditions: { ready: true } }]',
    'EndpointSlice/db-ipv6 ports = [{ name: sql, port: 15432, protocol: TCP, appProtocol: example.com/sql }]',
    'NetworkPolicy/web spec.egress has { ports: [{ port: 15432, protocol: TCP }] }',
    'Deployment/web spec.template.spec.containers[0].env has { name: PGHOST, value: db }',
    'Service/ntp spec.ports = [{ name: udp-123, port: 123, targetPort: 123, protocol: UDP }]',
    'Service/ntp spec.externalTrafficPolicy = Cluster',
  ],
  define: (chart) => {
    const db = new SelectorlessService(chart, 'db', {
      addresses: ['203.0.113.7', '2001:db8::7'], type: ServiceType.nodePort(),
      ports: [{ number: 5432, targetNumber: 15432, name: 'sql', appProtocol: 'example.com/sql', nodePort: 30018 }],
    });
    new SelectorlessService(chart, 'ntp', { addresses: ['203.0.113.8'], ports: [{ number: 123, protocol: Protocol.UDP }], type: ServiceType.loadBalancer() });
    const web = new Server(chart, 'web', { env: { PGHOST: EnvValue.fromValue(db.hostFrom(chart)) } });
    web.connections.to(db);
  },
});
