import { ConfigMap, EnvValue, Gateway, GatewayImplementation, IngressController, IpFamily, Monitoring, Peer, Port, Protocol, Secret, Traefik, Volume } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';
import { Fleet, Ledger } from './workloads';

const namespace = (name: string) => `namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${name} } }`;
const pods = (labels: string) => `podSelector: { matchLabels: { ${labels} } }`;
const instance = (name: string) => pods(`app.kubernetes.io/instance: ${name}`);
const http = 'ports: [{ port: 8080, protocol: TCP }]';

export const to = specimen({
  title: 'core-connections-to',
  shows: [
    `NetworkPolicy/checkout spec.egress has { to: [{ ${namespace('core-connections-to-data')}, ${instance('ledger')} }], ports: [{ port: 5432, protocol: TCP }] }`,
    `NetworkPolicy/ledger spec.ingress has { from: [{ ${namespace('core-connections-to')}, ${instance('checkout')} }], ports: [{ port: 5432, protocol: TCP }] }`,
    'Deployment/checkout spec.template.spec.containers[0].env has { name: PGHOST, value: ledger-headless.core-connections-to-data.svc.cluster.local }',
    'Deployment/checkout spec.template.spec.containers[0].env has { name: PGPASSWORD, valueFrom: { secretKeyRef: { name: ledger, key: password } } }',
    'Deployment/checkout spec.template.spec.containers[0].volumeMounts has { mountPath: /etc/ledger, readOnly: true }',
  ],
  define: (chart, more) => {
    const data = more('data');
    const ledger = new Ledger(data, 'ledger', {
      image: 'registry.example.com/shop/ledger:3.1.0',
      volumes: { '/var/lib/ledger': Volume.fromClaimTemplate('data') },
      offers: {
        ports: [Port.tcp(5432)],
        env: { PGHOST: EnvValue.fromValue('ledger-headless.core-connections-to-data.svc.cluster.local') },
        volumes: { '/etc/ledger': Volume.fromConfigMap(ConfigMap.fromConfigMapName('ledger-ca')) },
      },
    });
    ledger.connections.offer({ env: { PGPASSWORD: EnvValue.fromSecretValue({ secret: Secret.fromSecretName('ledger'), key: 'password' }) } });
    const checkout = new Server(chart, 'checkout');
    checkout.connections.to(ledger);
  },
});

export const portsOnly = specimen({
  title: 'core-connections-ports-only',
  shows: [
    `NetworkPolicy/probe spec.egress has { to: [{ ${instance('ledger')} }], ports: [{ port: 5432, protocol: TCP }] }`,
    'Deployment/probe spec.template.spec.containers[0].env is absent',
  ],
  define: (chart) => {
    const offers = { ports: [Port.tcp(5432)], env: { PGHOST: EnvValue.fromValue('ledger') } };
    const ledger = new Server(chart, 'ledger', { offers }, { ports: [{ number: 5432 }] });
    new Server(chart, 'probe').connections.to(ledger, { portsOnly: true });
  },
});

export const from = specimen({
  title: 'core-connections-from',
  shows: [
    `NetworkPolicy/search spec.ingress = [{ from: [{ ${instance('checkout')} }], ports: [{ protocol: TCP, port: 9200 }] }]`,
    `NetworkPolicy/checkout spec.egress has { to: [{ ${instance('search')} }], ports: [{ protocol: TCP, port: 9200 }] }`,
  ],
  define: (chart) => {
    const checkout = new Server(chart, 'checkout');
    const search = new Server(chart, 'search', {}, { ports: [{ number: 9200, name: 'rest' }, { number: 9300, name: 'members' }] });
    search.connections.from(checkout, { ports: [Port.tcp(9200)] });
  },
});

export const prefixed = specimen({
  title: 'core-connections-env-prefix',
  shows: [
    'Deployment/report spec.template.spec.containers[0].env has { name: HOST, value: orders }',
    'Deployment/report spec.template.spec.containers[0].env has { name: ARCHIVE_HOST, value: archive }',
  ],
  define: (chart) => {
    const database = (name: string) => new Server(chart, name, { offers: { env: { HOST: EnvValue.fromValue(name) } } });
    const report = new Server(chart, 'report');
    report.connections.to(database('orders'));
    report.connections.to(database('archive'), { envPrefix: 'ARCHIVE_' });
  },
});

export const portKinds = specimen({
  title: 'core-connections-ports',
  shows: [
    'NetworkPolicy/phone spec.egress has { ports: [{ protocol: TCP, port: 443 }, { protocol: UDP, port: 10000, endPort: 20000 }, { protocol: UDP, port: 5060 }, { protocol: SCTP, port: 3868 }] }',
  ],
  define: (chart) => {
    const phone = new Server(chart, 'phone');
    phone.connections.to(Peer.namespace('telephony'), {
      ports: [Port.tcp(443), Port.udp(5060), Port.sctp(3868), Port.range(Protocol.UDP, 10000, 20000)],
    });
  },
});

export const denyDns = specimen({
  title: 'core-connections-deny-dns',
  shows: ['NetworkPolicy spec.egress = [{ to: [{ ipBlock: { cidr: 192.0.2.10/32 } }], ports: [{ protocol: TCP, port: 5432 }] }]'],
  define: (chart) => {
    const vault = new Server(chart, 'vault', { denyDns: true });
    vault.connections.to(Peer.cidr('192.0.2.10/32'), { ports: [Port.tcp(5432)] });
  },
});

export const peers = specimen({
  title: 'core-peer-pods',
  shows: [
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('partners')}, ${instance('broker')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${pods('role: client')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('kiosks')}, ${pods('role: kiosk')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ namespaceSelector: { matchLabels: { team: shop } }, ${pods('role: tester')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('back-office')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ namespaceSelector: { matchLabels: { audited: "yes" } } }], ${http} }`,
    `NetworkPolicy spec.egress has { to: [{ ${namespace('partners')}, ${instance('broker')} }], ports: [{ protocol: TCP, port: 5671 }] }`,
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'checkout');
    const broker = Peer.workload({ name: 'broker', namespace: 'partners', ports: [Port.tcp(5671)] });
    connections.to(broker);
    connections.from(broker);
    connections.from(Peer.pods({ labels: { role: 'client' } }));
    connections.from(Peer.pods({ labels: { role: 'kiosk' }, namespace: 'kiosks' }));
    connections.from(Peer.pods({ labels: { role: 'tester' }, namespaceLabels: { team: 'shop' } }));
    connections.from(Peer.namespace('back-office'));
    connections.from(Peer.namespaceLabels({ audited: 'yes' }));
  },
});

export const ownNamespace = specimen({
  title: 'core-peer-own-namespace',
  shows: [`NetworkPolicy spec.ingress = [{ from: [{ podSelector: {} }], ${http} }]`],
  define: (chart) => {
    new Server(chart, 'cache').connections.from(Peer.ownNamespace());
  },
});

export const anywhere = specimen({
  title: 'core-peer-anywhere',
  shows: [`NetworkPolicy spec.ingress = [{ ${http} }]`],
  define: (chart) => {
    new Server(chart, 'status').connections.from(Peer.anywhere());
  },
});

export const cidr = specimen({
  title: 'core-peer-cidr',
  shows: [
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.96.0.0/12, 10.244.0.0/16] } }], ports: [{ protocol: TCP, port: 636 }] }',
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: "2001:db8::/32" } }], ports: [{ protocol: TCP, port: 636 }] }',
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'directory');
    connections.to(Peer.cidr('10.0.0.0/8', { except: ['10.96.0.0/12', '10.244.0.0/16'] }), { ports: [Port.tcp(636)] });
    connections.to(Peer.cidr('2001:db8::/32'), { ports: [Port.tcp(636)] });
  },
});

export const internet = specimen({
  title: 'core-peer-internet',
  cluster: { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6], podCidrs: ['10.244.0.0/16'] },
  shows: [
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 169.254.0.0/16] } }], ports: [{ protocol: TCP, port: 443 }] }',
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: "::/0", except: ["fc00::/7", "fe80::/10"] } }], ports: [{ protocol: TCP, port: 443 }] }',
  ],
  define: (chart) => {
    new Server(chart, 'payments').connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
  },
});

export const platform = specimen({
  title: 'core-peer-platform',
  cluster: {
    gateway: Gateway.named('edge', 'gateway-system'),
    ingress: IngressController.ingressNginx(),
    monitoring: Monitoring.kubePrometheusStack(),
  },
  shows: [
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('gateway-system')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('ingress-nginx')}, ${pods('app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('monitoring')}, ${pods('app.kubernetes.io/name: prometheus')} }], ports: [{ protocol: TCP, port: 9090 }] }`,
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ protocol: TCP, port: 443 }, { protocol: TCP, port: 6443 }] }',
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'checkout', {}, { ports: [{ number: 8080, name: 'http' }, { number: 9090, name: 'metrics' }] });
    connections.from(Peer.gateway(), { ports: [Port.tcp(8080)] });
    connections.from(Peer.ingressController(), { ports: [Port.tcp(8080)] });
    connections.from(Peer.monitoring(), { ports: [Port.tcp(9090)] });
    connections.to(Peer.apiServer());
  },
});

export const gateways = specimen({
  title: 'core-peer-gateways',
  shows: [
    ...['cilium', 'istio', 'nginx', 'traefik', 'other'].map(name => `NetworkPolicy spec.ingress has { from: [{ ${namespace(name)} }], ${http} }`),
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('envoy-gateway-system')}, ${pods('gateway.envoyproxy.io/owning-gateway-name: edge, gateway.envoyproxy.io/owning-gateway-namespace: envoy')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('lb')}, ${pods('app: lb')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ipBlock: { cidr: 198.51.100.0/24 } }], ${http} }`,
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'checkout');
    const run = (namespaceName: string, implementation: GatewayImplementation) => Peer.gateway(Gateway.named('edge', namespaceName, { implementation }));
    connections.from(run('cilium', GatewayImplementation.CILIUM));
    connections.from(run('envoy', GatewayImplementation.ENVOY_GATEWAY));
    connections.from(run('istio', GatewayImplementation.ISTIO));
    connections.from(run('nginx', GatewayImplementation.NGINX_GATEWAY_FABRIC));
    connections.from(run('traefik', GatewayImplementation.TRAEFIK));
    connections.from(run('other', GatewayImplementation.of('Other')));
    connections.from(Peer.gateway(Gateway.named('cloud', 'gateway-system', {
      pods: { namespace: 'lb', labels: { app: 'lb' } }, sourceCidrs: ['198.51.100.0/24'],
    })));
  },
});

export const ingressControllers = specimen({
  title: 'core-peer-ingress-controllers',
  shows: [
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('traefik')}, ${pods('app.kubernetes.io/name: traefik')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('haproxy')}, ${pods('app: haproxy')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ipBlock: { cidr: 203.0.113.0/28 } }], ${http} }`,
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'checkout');
    connections.from(Peer.ingressController(IngressController.traefik()));
    connections.from(Peer.ingressController(IngressController.named('haproxy', {
      namespace: 'haproxy', pods: { namespace: 'haproxy', labels: { app: 'haproxy' } }, sourceCidrs: ['203.0.113.0/28'],
    })));
  },
});

export const traefiks = specimen({
  title: 'core-peer-traefik',
  cluster: { traefik: Traefik.inNamespace('traefik') },
  shows: [
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('traefik')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('kube-system')}, ${pods('app: traefik')} }], ${http} }`,
    `NetworkPolicy spec.ingress has { from: [{ ipBlock: { cidr: 203.0.113.16/28 } }], ${http} }`,
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'checkout');
    connections.from(Peer.traefik());
    connections.from(Peer.traefik(Traefik.inNamespace('kube-system', {
      pods: { namespace: 'kube-system', labels: { app: 'traefik' } }, sourceCidrs: ['203.0.113.16/28'],
    })));
  },
});

export const dns = specimen({
  title: 'core-peer-dns',
  shows: [
    `NetworkPolicy spec.egress has { to: [{ ${namespace('kube-system')}, ${pods('k8s-app: kube-dns')} }], ports: [{ protocol: UDP, port: 53 }] }`,
    `NetworkPolicy spec.ingress has { from: [{ podSelector: {} }], ports: [{ protocol: UDP, port: 8053 }] }`,
  ],
  define: (chart) => {
    const resolver = new Server(chart, 'resolver', { denyDns: true }, { ports: [{ number: 8053, protocol: Protocol.UDP, name: 'dns' }] });
    resolver.connections.to(Peer.dns());
    resolver.connections.from(Peer.ownNamespace());
  },
});

export const ownKind = specimen({
  title: 'core-connections-own-kind',
  shows: [
    'NetworkPolicy metadata has { name: edge-policy, labels: { tier: edge } }',
    'NetworkPolicy spec.policyTypes = [Ingress, Egress]',
    'NetworkPolicy spec.egress is absent',
    `NetworkPolicy spec.ingress has { from: [{ ${namespace('gateway-system')} }], ${http} }`,
    'Deployment spec.template.metadata.labels has { tier: edge }',
    'Deployment spec.template.spec.restartPolicy = Always',
  ],
  define: (chart) => {
    const edge = new Fleet(chart, 'edge', 'registry.example.com/platform/edge:4.0.1');
    edge.connections.from(Peer.namespace('gateway-system'));
  },
});
