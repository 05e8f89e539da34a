import { ApiResource, PolicyRule, Role, Service } from '@keelson/core';
import * as kplus from 'cdk8s-plus-27';
import { FromPlus, ToPlus } from '../../src';
import { Web } from '../web';
import { legacy, specimen } from './specimen';

export const connections = specimen({
  title: 'plus-connections',
  shows: [
    'NetworkPolicy/orders spec.ingress has { from: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: web } } }], ports: [{ port: 9090 }] }',
    'NetworkPolicy/web spec.egress has { ports: [{ port: 9090 }] }',
  ],
  define: (chart) => {
    const orders = legacy(chart, 'orders', { isolate: true });
    const web = new Web(chart, 'web');
    web.connections.to(FromPlus.workload(orders));
    orders.connections.allowTo(ToPlus.pods(web));
    web.connections.to(FromPlus.peer(legacy(chart, 'search')));
  },
});

export const rights = specimen({
  title: 'plus-rights',
  shows: [
    'RoleBinding/reader subjects has { kind: ServiceAccount, name: reports }',
    'Deployment/web spec.template.spec.volumes has { projected: { sources: [{ serviceAccountToken: {} }] } }',
  ],
  define: (chart) => {
    const serviceAccount = new kplus.ServiceAccount(chart, 'account', { metadata: { name: 'reports' } });
    const reports = legacy(chart, 'reports', { serviceAccount, automountServiceAccountToken: true });
    new Role(chart, 'reader', { rules: [PolicyRule.read([ApiResource.PODS])] }).grantTo(FromPlus.workload(reports));
    const role = new kplus.Role(chart, 'role', { metadata: { name: 'writer' } });
    role.allowReadWrite(kplus.ApiResource.CONFIG_MAPS);
    role.bind(ToPlus.subject(new Web(chart, 'web')));
  },
});

export const services = specimen({
  title: 'plus-services',
  shows: ['Service/front spec.ports = [{ name: tcp-9090, port: 9090, targetPort: 9090, protocol: TCP }]'],
  define: (chart) => {
    new Service(chart, 'front', { backends: [FromPlus.workload(legacy(chart, 'orders'))] });
  },
});
