import { mistakesOf as saidBySynth } from '@keelson/testing/mistakes';
import { App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Manifest } from '../src';

interface Parts {
  readonly targetPort?: string | number;
  readonly serviceName?: string;
  readonly templates?: string[];
  readonly mounts?: string[];
}

const mistakesOf = ({ targetPort = 'client', serviceName = 'queue', templates = ['data'], mounts = ['data', 'tmp'] }: Parts) => {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const labels = { 'app.kubernetes.io/instance': 'queue' };
  new Manifest(chart, 'service', {
    apiVersion: 'v1', kind: 'Service', metadata: { name: 'queue' }, spec: { selector: labels, clusterIP: 'None', ports: [{ port: 4222, targetPort }] },
  });
  new Manifest(chart, 'queue', {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'queue' },
    spec: {
      serviceName,
      selector: { matchLabels: labels },
      volumeClaimTemplates: templates.map(name => ({ metadata: { name } })),
      template: {
        metadata: { labels },
        spec: {
          containers: [{
            name: 'queue', image: 'registry.example.com/queue:1', ports: [{ name: 'client', containerPort: 4222 }], volumeMounts: mounts.map(name => ({ name, mountPath: `/${name}` })),
          }],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  });
  return saidBySynth(() => app.synthYaml());
};

describe('what belongs together fits', () => {
  test.each<Parts>([{}, { targetPort: 4222 }, { targetPort: 9999 }])('%j', parts => {
    expect(mistakesOf(parts)).toEqual([]);
  });

  test.each<[string, Parts, string]>([
    ['a Service that leads to a port name nobody has', { targetPort: 'clinet' },
      "[shop/service] KEELSON1418 'spec.ports.targetPort' must be a port name that the selected pods declare (client), got clinet: name one of them, or give the number"],
    ['a StatefulSet without its Service', { serviceName: 'nope' },
      "[shop/queue] KEELSON1419 'spec.serviceName' must be a Service that the app makes in the same namespace, got nope: define the headless Service: "
      + 'without it the pods have no names'],
    ['a claim that is mounted and has no template', { templates: [] },
      "[shop/queue] KEELSON1420 'spec.volumeClaimTemplates' must be the templates of all claims that the pods mount (none), got none named data: "
      + "add the template: Volume.fromClaimTemplate mounts it and doesn't make it"],
    ['a claim that nobody mounts', { mounts: ['tmp'] },
      "[shop/queue] KEELSON1421 'spec.volumeClaimTemplates' must be templates of claims that the pods mount (tmp), got data, which none mounts: "
      + 'mount it by Volume.fromClaimTemplate, else its data goes nowhere'],
  ])('fails for %s', (_, parts, line) => {
    expect(mistakesOf(parts)).toEqual([line]);
  });
});
