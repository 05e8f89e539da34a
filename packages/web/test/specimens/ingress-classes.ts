import { IngressController } from '@keelson/core';
import { Exposure, ExposureTarget, IngressClass, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

export const ingressClass = specimen({
  title: 'web-ingress-class',
  warns: [],
  shows: [
    'IngressClass metadata.name = web-ingress-class',
    'IngressClass metadata.annotations = { ingressclass.kubernetes.io/is-default-class: "true" }',
    'IngressClass metadata.labels has { team: edge }',
    'IngressClass spec = { controller: traefik.io/ingress-controller, parameters: { apiGroup: k8s.example.com, kind: IngressParameters, name: outer, scope: Cluster } }',
  ],
  define: (chart) => {
    new IngressClass(chart, 'default', {
      controller: 'traefik.io/ingress-controller', isDefault: true, name: 'web-ingress-class', labels: { team: 'edge' },
      parameters: { apiGroup: 'k8s.example.com', kind: 'IngressParameters', name: 'outer' },
    });
  },
});

export const settingsOfANamespace = specimen({
  title: 'web-ingress-class-settings',
  warns: [],
  shows: ['IngressClass spec.parameters = { kind: ConfigMap, name: inner, namespace: traefik, scope: Namespace }'],
  define: (chart) => {
    new IngressClass(chart, 'web-ingress-class-settings', { controller: 'traefik.io/ingress-controller', parameters: { kind: 'ConfigMap', name: 'inner', namespace: 'traefik' } });
  },
});

export const exposed = specimen({
  title: 'web-ingress-class-exposed',
  shows: ['IngressClass spec = { controller: example.com/ingress }', 'Ingress spec.ingressClassName = web-ingress-class-exposed'],
  define: (chart) => {
    const { name } = new IngressClass(chart, 'web-ingress-class-exposed', { controller: 'example.com/ingress' });
    const target = ExposureTarget.throughIngress(IngressController.named(name, { namespace: 'partner-ingress' }));
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.insecureHttp('shop.example.com', { target }) });
  },
});

export const other = specimen({
  title: 'web-ingress-class-of-the-cluster',
  shows: ['Ingress spec.ingressClassName = shared', 'IngressClass is absent'],
  define: (chart) => {
    const { name } = IngressClass.fromIngressClassName('shared');
    const target = ExposureTarget.throughIngress(IngressController.named(name, { namespace: 'shared-ingress' }));
    new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.insecureHttp('shop.example.com', { target }) });
  },
});
