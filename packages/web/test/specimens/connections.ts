import { EnvValue, Peer, Port } from '@keelson/core';
import { before, since } from '@keelson/testing/specimen';
import { WebApp } from '../../src';
import { specimen, storefront, UNDRAINED } from './specimen';

export const betweenApps = specimen({
  title: 'web-connections',
  shows: [
    'Deployment/storefront spec.template.spec.containers[0].env = [{ name: PRICES_URL, value: "http://prices.web-connections-prices.svc.cluster.local" }]',
    'NetworkPolicy/storefront spec.egress has { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web-connections-prices } } }], ports: [{ port: 9000, protocol: TCP }] }',
    'NetworkPolicy/prices spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web-connections } } }], ports: [{ port: 9000, protocol: TCP }] }',
    'NetworkPolicy/prices spec.ingress has { from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }], ports: [{ port: 9090, protocol: TCP }] }',
  ],
  define: (chart, more) => {
    const prices = new WebApp(more('prices'), 'prices', { ...storefront, port: 9000, ports: [{ number: 9090, name: 'metrics' }] });
    const shop = new WebApp(chart, 'storefront', { ...storefront, env: { PRICES_URL: EnvValue.fromValue(prices.url) } });
    shop.connections.to(prices, { ports: [Port.tcp(9000)] });
    prices.connections.from(Peer.namespace('monitoring'), { ports: [Port.tcp(9090)] });
  },
});

export const beside = specimen({
  title: 'web-containers-beside',
  shows: [
    // What serves beside the app goes on as long as the app does.
    since('1.30', 'Deployment spec.template.spec.containers[name=cache].lifecycle = { preStop: { sleep: { seconds: 15 } } }'),
    since('1.29', 'Deployment spec.template.spec.initContainers[name=proxy].restartPolicy = Always'),
    before('1.29', 'Deployment spec.template.spec.containers[name=proxy].name = proxy'),
  ],
  warns: [UNDRAINED, before('1.29', 'KEELSON1212')],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront,
      containers: [{ name: 'cache', image: 'registry.example.com/platform/cache:7.4.1' }],
      sidecars: [{ name: 'proxy', image: 'registry.example.com/platform/proxy:1.4.2' }],
    });
  },
});
