import { Construct } from 'constructs';
import {
  Cni, DnsResolver, Gateway, GatewayImplementation, HttpMethod, HttpRule, IngressController, NamespaceConnections, Peer, Port,
  SecretGenerator, SecretText, Task,
} from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const cluster = { cni: Cni.CILIUM, dnsResolvers: [DnsResolver.kubeDns()] };
const egress = (name: string) => `CiliumNetworkPolicy/${name} spec.egress`;
const ingress = (name: string) => `CiliumNetworkPolicy/${name} spec.ingress`;
const closed = (name: string) => `NetworkPolicy/${name} spec.ingress = [{ from: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: ${name} } } }], ports: [{ port: 8080, protocol: TCP }] }]`;
const dns = 'toEndpoints: [{ matchLabels: { k8s-app: kube-dns, "k8s:io.kubernetes.pod.namespace": kube-system } }], '
  + 'toPorts: [{ ports: [{ port: "53", protocol: TCP }, { port: "53", protocol: UDP }], rules: { dns: [{ matchPattern: "*" }] } }]';
const server = '{ toEntities: [kube-apiserver], toPorts: [{ ports: [{ port: "443", protocol: TCP }, { port: "6443", protocol: TCP }] }] }';

export const apiServer = specimen({
  title: 'core-cilium-api-server',
  cluster,
  shows: [
    'CiliumNetworkPolicy/operator spec.endpointSelector = { matchLabels: { app.kubernetes.io/instance: operator } }',
    `${egress('operator')} = [${server}]`, 'NetworkPolicy/operator spec.egress[0].ports[0].port = 53',
  ],
  define: (chart) => {
    new Server(chart, 'operator').connections.to(Peer.apiServer());
  },
});

export const generator = specimen({
  title: 'core-cilium-secret-generator',
  cluster,
  shows: [`${egress('secrets')} = [${server}]`],
  define: (chart) => {
    new SecretGenerator(chart, 'secrets').secret('session', { key: SecretText.random(64) });
  },
});

export const proxies = specimen({
  title: 'core-cilium-proxies',
  cluster: { ...cluster, gateway: Gateway.named('edge', 'gateways', { implementation: GatewayImplementation.CILIUM }) },
  shows: [
    `${ingress('shop')} = [{ fromEntities: [ingress], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]`,
    `${ingress('admin')} = [{ fromEntities: [ingress], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]`,
    closed('shop'), closed('admin'),
  ],
  define: (chart) => {
    new Server(chart, 'shop').connections.from(Peer.gateway());
    new Server(chart, 'admin').connections.from(Peer.ingressController(IngressController.cilium()));
  },
});

export const names = specimen({
  title: 'core-cilium-names',
  cluster,
  shows: [
    `${egress('checkout')} has { ${dns} }`,
    `${egress('checkout')} has { toFQDNs: [{ matchName: api.example.com }], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }`,
    `${egress('checkout')} has { toFQDNs: [{ matchPattern: "*.example.com" }], toPorts: [{ ports: [{ port: "443", protocol: TCP }] }] }`,
    'NetworkPolicy/checkout spec.egress is absent', 'NetworkPolicy/checkout spec.policyTypes = [Ingress, Egress]',
  ],
  define: (chart) => {
    const { connections } = new Server(chart, 'checkout');
    connections.to(Peer.fqdn('api.example.com'), { ports: [Port.tcp(443)] });
    connections.to(Peer.fqdn('*.example.com'), { ports: [Port.tcp(443)] });
  },
});

export const requests = specimen({
  title: 'core-cilium-requests',
  cluster,
  shows: [
    `${ingress('orders')} has { fromEndpoints: [{ matchLabels: { app.kubernetes.io/instance: shop } }], toPorts: [{ ports: [{ port: "8080", protocol: TCP }], `
    + 'rules: { http: [{ method: "DELETE|PUT" }, { method: GET|HEAD, path: "/v1/prices([?].*)?" }, { path: "/v1/orders([/?].*)?" }] } }] }',
    `${ingress('orders')} has { fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": crm } }], toPorts: [{ ports: [{ port: "8080", protocol: TCP }], `
    + 'rules: { http: [{ method: "OPTIONS|PATCH|POST", path: "/hooks([/?].*)?" }] } }] }',
    closed('orders'),
    'NetworkPolicy/shop spec.egress has { to: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: orders } } }], ports: [{ port: 8080, protocol: TCP }] }',
  ],
  define: (chart) => {
    const orders = new Server(chart, 'orders');
    orders.connections.from(new Server(chart, 'shop'), { http: [
      HttpRule.prefix('/v1/orders'), HttpRule.exact('/v1/prices', { methods: [HttpMethod.GET, HttpMethod.HEAD] }), HttpRule.methods([HttpMethod.PUT, HttpMethod.DELETE]),
    ] });
    orders.connections.from(Peer.namespace('crm'), { http: [HttpRule.prefix('/hooks', { methods: [HttpMethod.POST, HttpMethod.PATCH, HttpMethod.OPTIONS] })] });
  },
});

export const namespaces = specimen({
  title: 'core-cilium-namespace',
  cluster,
  shows: ['CiliumNetworkPolicy/isolation spec.endpointSelector = {}', `${egress('isolation')} has ${server}`, `${egress('isolation')} has { ${dns} }`],
  define: (chart) => {
    const all = new NamespaceConnections(new Construct(chart, 'isolation'));
    all.to(Peer.apiServer());
    all.to(Peer.fqdn('*.example.com'), { ports: [Port.tcp(443)] });
    new Task(chart, 'report', { image: 'registry.example.com/shop/report:1.4.0' });
  },
});

export const own = specimen({
  title: 'core-cilium-own-plugin',
  cluster: { ...cluster, cni: Cni.of({ name: 'Isovalent', enforcesNetworkPolicies: true, enforcesCiliumNetworkPolicies: true }) },
  shows: [`${egress('operator')} = [${server}]`],
  define: (chart) => {
    new Server(chart, 'operator').connections.to(Peer.apiServer());
  },
});
