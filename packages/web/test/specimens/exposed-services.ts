import { Gateway, Listener, Service } from '@keelson/core';
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
