import { Gateway, Listener, SelectorlessService, Service, ServiceBackend } from '@keelson/core';
import { Exposure, ExposedService, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

export const severalApps = specimen({
  title: 'web-exposed-service',
  cluster: { gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })] }) },
  shows: [
    'HTTPRoute/front spec.hostnames = [shop.example.com]',
    'HTTPRoute/front spec.rules[0].backendRefs = [{ name: front, port: 80 }]',
    'HTTPRoute/front-www-example-com spec.hostnames = [www.example.com]',
    'NetworkPolicy/blue spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway-system } } }], ports: [{ port: 8080 }] }',
    'NetworkPolicy/green spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway-system } } }], ports: [{ port: 8080 }] }',
  ],
  define: (chart) => {
    const backends = ['blue', 'green'].map(name => new WebApp(chart, name, storefront));
    const service = new Service(chart, 'front', { backends, ports: [{ target: 'http', number: 80 }] });
    const exposed = new ExposedService(chart, 'front-exposure', { service, exposure: Exposure.https('shop.example.com') });
    exposed.expose(Exposure.https('www.example.com'));
  },
});

export const notOurPods = specimen({
  title: 'web-exposed-addresses',
  cluster: { gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })] }) },
  warns: [],
  shows: [
    'HTTPRoute/billing spec.rules[0].backendRefs = [{ name: billing, port: 80 }]',
    'EndpointSlice/billing-ipv4 endpoints = [{ addresses: [192.0.2.10], conditions: { ready: true } }]',
    'HTTPRoute/legacy spec.rules[0].backendRefs = [{ name: legacy, port: 9000 }]',
    'NetworkPolicy is absent',
  ],
  define: (chart) => {
    const machines = new SelectorlessService(chart, 'billing', { addresses: ['192.0.2.10'], ports: [{ number: 80, targetNumber: 8080 }] });
    new ExposedService(chart, 'billing-exposure', { service: machines, exposure: Exposure.https('billing.example.com') });
    const pods = ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 9000, name: 'http' }] });
    const service = new Service(chart, 'legacy', { backends: [pods], ports: [{ target: 'http' }] });
    new ExposedService(chart, 'legacy-exposure', { service, exposure: Exposure.https('legacy.example.com') });
  },
});
