import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkMonokle, parseManifests, validateManifests } from '@keelson/testing';
import { describe, expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../dist');
const clusters = readdirSync(dist);
const yamlOf = (cluster: string) => readFileSync(join(dist, cluster, 'shop.k8s.yaml'), 'utf8');
const count = (yaml: string, kind: string) => parseManifests(yaml).filter(object => (object as { kind: string }).kind === kind).length;

/** Whether the shop has its certificate issued; else the gateway has it. */
const issues = (cluster: string) => cluster !== 'gateway-1.27';

/** What the shop uses and doesn't make. */
const there = (cluster: string) => [
  ...['catalogue', 'storefront'].flatMap(app => ['kube-dns', 'node-local-dns', ...(cluster.startsWith('ingress') ? ['traefik'] : [])]
    .map(pods => ({ rule: 'LNK001', about: `NetworkPolicy shop/${app} "${pods}"`, reason: 'the cluster has them' }))),
  ...issues(cluster) ? [
    { rule: 'LNK001', about: 'NetworkPolicy shop/http01-solver ""true""', reason: 'cert-manager makes them while a challenge lasts' },
    ...cluster.startsWith('ingress') ? [{ rule: 'LNK001', about: 'NetworkPolicy shop/http01-solver "traefik"', reason: 'the cluster has them' }] : [],
  ] : [],
  { rule: 'LNK001', about: 'NetworkPolicy shop/catalogue "prometheus"', reason: 'the cluster has them' },
  { rule: 'LNK001', about: 'Deployment shop/storefront "storefront-session"', reason: 'made by hand, see README.md' },
];

describe('L1 plain YAML through `cdk8s synth` and `kubectl apply`', () => {
  test('there is a folder for each cluster', () => {
    expect(clusters).toEqual(['gateway-1.27', 'gateway-1.36', 'ingress-1.27', 'ingress-1.36']);
  });

  test.each(clusters)('%s: an API server takes every object', cluster => {
    expect(validateManifests(parseManifests(yamlOf(cluster)))).toEqual([]);
  });

  test.each(clusters)('%s: Pod Security restricted and the practices of Monokle have no finding', async cluster => {
    expect(await checkMonokle(yamlOf(cluster), there(cluster))).toEqual([]);
  });

  test.each(clusters)('%s: a web app with TLS, autoscaling, disruption budget, spread, drain and policies', cluster => {
    const yaml = yamlOf(cluster);
    const kinds = ['Deployment', 'Service', 'ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'HTTPRoute', 'ListenerSet', 'Ingress', 'Certificate', 'PodMonitor'];
    expect(Object.fromEntries(kinds.map(kind => [kind, count(yaml, kind)]))).toEqual({
      Deployment: 2, Service: 2, ServiceAccount: 2, NetworkPolicy: issues(cluster) ? 3 : 2,
      PodDisruptionBudget: 2, HorizontalPodAutoscaler: 1,
      ...{
        'gateway-1.27': { HTTPRoute: 4, ListenerSet: 0, Ingress: 0, Certificate: 0, PodMonitor: 1 },
        'gateway-1.36': { HTTPRoute: 4, ListenerSet: 1, Ingress: 0, Certificate: 1, PodMonitor: 1 },
        'ingress-1.27': { HTTPRoute: 0, ListenerSet: 0, Ingress: 2, Certificate: 1, PodMonitor: 0 },
        'ingress-1.36': { HTTPRoute: 0, ListenerSet: 0, Ingress: 2, Certificate: 1, PodMonitor: 1 },
      }[cluster],
    });
    expect(yaml.match(/topologySpreadConstraints:/g)).toHaveLength(2);
    expect(yaml.match(/terminationGracePeriodSeconds: 45/g)).toHaveLength(2);
    expect(yaml.match(/preStop:/g) ?? []).toHaveLength(cluster.endsWith('1.27') ? 0 : 2);
  });
});
