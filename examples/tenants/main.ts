import { join } from 'node:path';
import { App, ClusterProfile, Cpu, Gateway, Health, Listener, Peer, Port, Subject } from '@keelson/core';
import { Isolation, Quota, Tenant, Workspace } from '@keelson/tenancy';
import { Exposure, WebApp, type WebAppProps } from '@keelson/web';
import { Size } from 'cdk8s';

// set, what an upgrade will change is seen before it is made
const version = process.env.KUBERNETES_VERSION ?? '1.36';
const gateway = Gateway.named('edge', 'gateway-system', {
  listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })],
});
const app = new App({ cluster: ClusterProfile.kubernetes({ version, gateway }), outdir: join(process.env.CDK8S_OUTDIR ?? 'dist', 'tenants-1.36') });
const health = Health.http({ ready: '/readyz', live: '/livez' });
const webApp = (name: string): WebAppProps => ({
  image: `registry.example.com/${name}:1.0.0@sha256:8f3a1bd2a7d0c7b6f6a0a4c9b5f0d3e8c1e7d2a9b4c6f8e0d1a3b5c7e9f1a2b3`,
  port: 8080,
  health,
});

// two product teams of one company, and what both use
const acme = new Workspace(app, 'acme', { quota: Quota.large(), admins: [Subject.group('acme-leads')], viewers: [Subject.group('acme-staff')] });
const shop = acme.tenant('acme-shop', { quota: Quota.medium(), operators: [Subject.group('acme-shop-developers')] });
const shared = acme.tenant('acme-shared', { quota: Quota.small() });
// money is closed to the neighbours, too: each connection is declared
const payments = acme.tenant('acme-payments', {
  quota: Quota.of({ cpu: Cpu.units(4), memory: Size.gibibytes(8) }), isolation: Isolation.WORKLOADS, operators: [Subject.group('acme-payments-developers')],
});

const storefront = new WebApp(shop, 'storefront', { ...webApp('storefront'), exposure: Exposure.https('shop.example.com') });
const search = new WebApp(shop, 'search', webApp('search'));
const identity = new WebApp(shared, 'identity', webApp('identity'));
const ledger = new WebApp(payments, 'ledger', webApp('ledger'));
const cards = new WebApp(payments, 'cards', webApp('cards'));
storefront.connections.to(search);
storefront.connections.to(identity);
storefront.connections.to(cards);
cards.connections.to(ledger);
cards.connections.to(Peer.cidr('198.51.100.0/24'), { ports: [Port.tcp(443)] });

// somebody else's, on the same nodes: it asks for all it can
const globex = new Tenant(app, 'globex', { quota: Quota.small(), admins: [Subject.group('globex')] });
const crawler = new WebApp(globex, 'crawler', webApp('crawler'));
crawler.connections.to(Peer.workload({ name: 'ledger', namespace: 'acme-payments', ports: [Port.tcp(8080)] }));
crawler.connections.to(Peer.namespace('acme-shop'), { ports: [Port.tcp(8080)] });
globex.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });

app.synth();
