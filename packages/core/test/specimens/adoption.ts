import { ApiObject, Include } from 'cdk8s';
import { AdoptedWorkload, ApiResource, PolicyRule, Role, Service, Verb } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const pods = (labels: string) => `podSelector: { matchLabels: { ${labels} } }`;

export const included = specimen({
  title: 'core-adoption-of-a-manifest-file',
  shows: [
    'Deployment/pricing spec.template.metadata.labels = { app: pricing }',
    'NetworkPolicy/pricing spec.podSelector = { matchLabels: { app: pricing } }',
    `NetworkPolicy/pricing spec.ingress has { from: [{ ${pods('app.kubernetes.io/instance: storefront')} }], ports: [{ port: 8090, protocol: TCP }] }`,
    `NetworkPolicy/storefront spec.egress has { to: [{ ${pods('app: pricing')} }], ports: [{ port: 8090, protocol: TCP }] }`,
    'Service/prices spec has { selector: { app: pricing }, ports: [{ port: 80, targetPort: http }] }',
    'RoleBinding/reader subjects = [{ kind: ServiceAccount, name: pricing, namespace: core-adoption-of-a-manifest-file }]',
  ],
  define: (chart) => {
    const legacy = new Include(chart, 'legacy', { url: 'test/specimens/pricing.yaml' });
    const pricing = AdoptedWorkload.fromScope(legacy, 'Deployment', 'pricing');
    const prices = new Service(chart, 'prices', { backends: [pricing], ports: [{ target: 'http', number: 80 }] });
    new Server(chart, 'storefront').connections.to(prices);
    new Role(chart, 'reader', { rules: [PolicyRule.allow([Verb.GET], [ApiResource.CONFIG_MAPS])] }).grantTo(pricing);
  },
});

export const adopted = specimen({
  title: 'core-adoption-of-an-object',
  shows: [`NetworkPolicy/worker spec.egress has { to: [{ ${pods('app.kubernetes.io/instance: storefront')} }], ports: [{ port: 8080, protocol: TCP }] }`],
  define: (chart) => {
    const labels = { app: 'worker' };
    const securityContext = {
      allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 10001,
      runAsGroup: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    };
    const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '500m', memory: '64Mi' } };
    const worker = new ApiObject(chart, 'worker', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'worker' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            containers: [{ name: 'worker', image: 'registry.example.com/shop/worker:2.1.0', securityContext, resources }],
          },
        },
      },
    } as never);
    new Server(chart, 'storefront').connections.from(AdoptedWorkload.fromObject(worker));
  },
});
