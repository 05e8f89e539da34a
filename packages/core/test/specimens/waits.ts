import { Duration } from 'cdk8s';
import { Peer, Port, Task, Volume, WaitFor } from '../../src';
import { Served } from './served';
import { Server } from './server';
import { specimen } from './specimen';
import { Ledger } from './workloads';

const FIRST = 'Deployment/storefront spec.template.spec.initContainers[0]';
const instance = (name: string) => `podSelector: { matchLabels: { app.kubernetes.io/instance: ${name} } }`;

export const service = specimen({
  title: 'core-wait-for-service',
  shows: [
    `${FIRST} has { name: wait-for-catalogue-80, args: [wait, catalogue.core-wait-for-service.svc.cluster.local, "80", "300"], terminationMessagePolicy: FallbackToLogsOnError }`,
    'Deployment/storefront spec.template.spec.initContainers[1].name = warm-up',
    `NetworkPolicy/storefront spec.egress has { to: [{ ${instance('catalogue')} }], ports: [{ protocol: TCP, port: 8080 }] }`,
    `NetworkPolicy/catalogue spec.ingress = [{ from: [{ ${instance('storefront')} }], ports: [{ protocol: TCP, port: 8080 }] }]`,
  ],
  define: (chart) => {
    const catalogue = new Served(chart, 'catalogue');
    new Server(chart, 'storefront', {
      waitFor: [WaitFor.service(catalogue)],
      initContainers: [{ name: 'warm-up', image: 'registry.example.com/shop/web:1.8.2', args: ['warm-up'] }],
    });
  },
});

export const serviceOptions = specimen({
  title: 'core-wait-for-service-options',
  shows: ['Job spec.template.spec.initContainers[0] has { name: wait-for-catalogue-9000, args: [wait, catalogue.core-wait-for-service-options.svc.cluster.local, "9000", "60"] }'],
  define: (chart) => {
    const catalogue = new Served(chart, 'catalogue', {}, {
      ports: [{ number: 8080, name: 'http' }, { number: 9000, name: 'grpc' }],
      servicePorts: [{ name: 'http', port: 80, targetPort: 'http' }, { name: 'grpc', port: 9000, targetPort: 'grpc' }],
    });
    new Task(chart, 'import', { image: 'registry.example.com/shop/import:1.0.4' })
      .waitFor(WaitFor.service(catalogue, { port: 9000, timeout: Duration.minutes(1) }));
  },
});

export const host = specimen({
  title: 'core-wait-for-host',
  shows: [
    `${FIRST} has { name: wait-for-db-example-com-5432, args: [wait, db.example.com, "5432", "300"] }`,
    'Deployment/storefront spec.template.spec.initContainers[1] has { name: wait-for-ledger-headless-5432, args: [wait, ledger-headless.core-wait-for-host.svc.cluster.local, "5432", "120"] }',
    'Deployment/storefront spec.template.spec.initContainers[2] has { name: wait-for-mail-25, args: [wait, mail.partners.svc.cluster.local, "25", "300"] }',
    'NetworkPolicy/storefront spec.egress has { to: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ protocol: TCP, port: 5432 }] }',
    'NetworkPolicy/storefront spec.egress has { ports: [{ protocol: TCP, port: 2525 }] }',
  ],
  define: (chart) => {
    const ledger = new Ledger(chart, 'ledger', { image: 'registry.example.com/shop/ledger:3.1.0', volumes: { '/var/lib/ledger': Volume.fromClaimTemplate('data') } });
    new Server(chart, 'storefront', { waitFor: [
      WaitFor.host('db.example.com', 5432, Peer.cidr('192.0.2.0/24')),
      WaitFor.host('ledger-headless.core-wait-for-host.svc.cluster.local', 5432, ledger, { timeout: Duration.minutes(2) }),
      WaitFor.host('mail.partners.svc.cluster.local', 25, Peer.workload({ name: 'mail', namespace: 'partners' }), { ports: [Port.tcp(2525)] }),
    ] });
  },
});
