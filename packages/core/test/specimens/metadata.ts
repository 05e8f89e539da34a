import { JsonPatch } from 'cdk8s';
import { Manifest, Metadata } from '../../src';
import { IMAGE, Server } from './server';
import { specimen } from './specimen';

export const named = specimen({
  title: 'core-metadata-named',
  shows: [
    'Deployment metadata has { name: shop-checkout, labels: { team: payments, app.kubernetes.io/name: shop-checkout, app.kubernetes.io/version: 1.8.2, app.kubernetes.io/component: server }, annotations: { contact: payments@example.com } }',
    'Deployment spec.template.metadata.labels has { team: payments, track: stable }',
    'Deployment spec.template.metadata.annotations has { prometheus.io/scrape: "true" }',
    'NetworkPolicy metadata has { name: shop-checkout, labels: { team: payments } }',
    'NetworkPolicy metadata.labels["track"] is absent',
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      name: 'shop-checkout', image: IMAGE, labels: { team: 'payments' }, annotations: { contact: 'payments@example.com' },
      podLabels: { track: 'stable' }, podAnnotations: { 'prometheus.io/scrape': 'true' },
    }, { component: 'server' });
  },
});

export const inherited = specimen({
  title: 'core-metadata-of-a-scope',
  shows: [
    'Deployment metadata has { labels: { team: payments }, annotations: { contact: payments@example.com } }',
    'Deployment spec.template.metadata has { labels: { team: payments }, annotations: { contact: payments@example.com } }',
    'ServiceAccount metadata has { labels: { team: payments }, annotations: { contact: payments@example.com } }',
  ],
  define: (chart) => {
    new Metadata({ labels: { team: 'payments' } }).applyTo(chart);
    new Metadata({ annotations: { contact: 'payments@example.com' } }).applyTo(chart);
    new Server(chart, 'checkout');
  },
});

export const reloaded = specimen({
  title: 'core-metadata-reload-on-change',
  shows: ['Deployment metadata.annotations = { reloader.stakater.com/auto: "true" }'],
  define: (chart) => {
    new Server(chart, 'checkout', { reloadOnChange: true });
  },
});

export const patched = specimen({
  title: 'core-metadata-patched',
  shows: ['Deployment spec.replicas = 3', 'Deployment spec.template.spec.hostAliases = [{ ip: 192.0.2.1, hostnames: [smtp.example.com] }]', 'ResourceQuota spec.hard = { pods: "20" }'],
  define: (chart) => {
    const { deployment } = new Server(chart, 'checkout');
    deployment.addJsonPatch(JsonPatch.replace('/spec/replicas', 3));
    deployment.addMergePatch({ spec: { template: { spec: { hostAliases: [{ ip: '192.0.2.1', hostnames: ['smtp.example.com'] }] } } } });
    new Manifest(chart, 'quota', { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { pods: '20' } } });
  },
});
