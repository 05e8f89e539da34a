import { Cni, Health, Protocol } from '@keelson/core';
import { WebApp } from '../../src';
import { specimen, storefront, UNDRAINED } from './specimen';

export const servicePort = specimen({
  title: 'web-service-port',
  shows: ['Service spec.ports = [{ name: http, port: 8000, targetPort: http, protocol: TCP, appProtocol: http }]'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, servicePort: 8000 });
  },
});

export const servicePortOfThePods = specimen({
  title: 'web-service-port-aws',
  cluster: { cni: Cni.AWS_VPC },
  shows: ['Service spec.ports has { name: http, port: 8080 }'],
  define: (chart) => {
    new WebApp(chart, 'storefront', storefront);
  },
});

export const servicePortClosed = specimen({
  title: 'web-service-port-aws-closed',
  cluster: { cni: Cni.AWS_VPC },
  shows: ['Service spec.ports has { name: http, port: 80 }'],
  warns: [UNDRAINED, 'KEELSON2067'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, servicePort: 80 });
  },
});

export const lowPort = specimen({
  title: 'web-port-below-1024',
  shows: ['Deployment spec.template.spec.containers[0].ports = [{ name: http, containerPort: 443, protocol: TCP }]'],
  warns: [UNDRAINED, 'KEELSON2065'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, port: 443 });
  },
});

export const appProtocol = specimen({
  title: 'web-app-protocol',
  shows: ['Service/chat spec.ports has { appProtocol: kubernetes.io/ws }', 'Service/prices spec.ports has { appProtocol: kubernetes.io/h2c }'],
  define: (chart) => {
    new WebApp(chart, 'chat', { ...storefront, appProtocol: 'kubernetes.io/ws' });
    new WebApp(chart, 'prices', { ...storefront, health: Health.grpc({ ready: 'shop.Prices' }) });
  },
});

export const morePorts = specimen({
  title: 'web-ports',
  shows: [
    'Service spec.ports has { name: metrics, port: 9090, targetPort: metrics, protocol: TCP }',
    'Service spec.ports has { name: udp-8125, port: 8125, targetPort: udp-8125, protocol: UDP }',
    'Deployment spec.template.spec.containers[0].ports has { name: metrics, containerPort: 9090 }',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront, ports: [{ number: 9090, name: 'metrics', appProtocol: 'http' }, { number: 8125, protocol: Protocol.UDP }],
    });
  },
});
