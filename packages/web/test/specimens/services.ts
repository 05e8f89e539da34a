import { Service, ServiceType } from '@keelson/core';
import { WebApp } from '../../src';
import { specimen, storefront } from './specimen';

export const canary = specimen({
  title: 'web-service-before-two-apps',
  shows: [
    'Service/shop spec.selector = { service.keelson/shop: "true" }',
    'Service/shop spec.ports = [{ name: http, port: 80, targetPort: http, protocol: TCP, appProtocol: http }]',
    'Service/storefront spec.selector = { app.kubernetes.io/instance: storefront }',
    'Deployment/storefront spec.template.metadata.labels has { service.keelson/shop: "true" }',
    'Deployment/storefront-canary spec.template.metadata.labels has { service.keelson/shop: "true" }',
    'Deployment/storefront-canary spec.selector.matchLabels = { app.kubernetes.io/instance: storefront-canary }',
    'NetworkPolicy/storefront-canary spec.ingress has { from: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: basket } } }] }',
  ],
  define: (chart) => {
    const stable = new WebApp(chart, 'storefront', { ...storefront, replicas: 9 });
    const next = new WebApp(chart, 'storefront-canary', { ...storefront, image: 'registry.example.com/shop/storefront:1.9.0', replicas: 1 });
    const shop = new Service(chart, 'shop', { backends: [stable, next], ports: [{ target: 'http', number: 80, appProtocol: 'http' }] });
    new WebApp(chart, 'basket', storefront).connections.to(shop);
  },
});

export const second = specimen({
  title: 'web-service-second',
  shows: [
    'Service/storefront-direct spec.clusterIP = None',
    'Service/storefront-direct spec.selector = { app.kubernetes.io/instance: storefront }',
    'Service/storefront spec.type = ClusterIP',
  ],
  define: (chart) => {
    new Service(chart, 'storefront-direct', { backends: [new WebApp(chart, 'storefront', storefront)], type: ServiceType.headless() });
  },
});
