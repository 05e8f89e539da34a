import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkMonokle, parseManifests, validateManifests } from '@keelson/testing';
import { describe, expect, test } from 'vitest';

const dist = join(import.meta.dirname, '../dist');
const clusters = readdirSync(dist);
const yamlOf = (cluster: string) => readFileSync(join(dist, cluster, 'shop.k8s.yaml'), 'utf8');

/** What the shop uses and doesn't make, and what a Job makes in the cluster. */
const there = [
  ...['carts', 'orders', 'orders-replica', 'orders-setup', 'reports', 'shipping', 'storefront'].flatMap(name => ['kube-dns', 'node-local-dns']
    .map(pods => ({ rule: 'LNK001', about: `NetworkPolicy shop/${name} "${pods}"`, reason: 'the cluster has them' }))),
  ...['orders', 'orders-replica'].map(name => ({ rule: 'LNK001', about: `NetworkPolicy shop/${name} "prometheus"`, reason: 'the cluster has it' })),
  ...[
    ['Deployment shop/reports', 'orders-user-reports'], ['Deployment shop/shipping', 'orders-app'], ['Deployment shop/storefront', 'orders-app'],
    ['Deployment shop/storefront', 'carts-app'], ['StatefulSet shop/carts', 'carts-app'], ['StatefulSet shop/carts', 'carts-root'],
    ['StatefulSet shop/orders', 'orders-root'], ['StatefulSet shop/orders', 'orders-metrics'], ['StatefulSet shop/orders-replica', 'orders-replication'], ['StatefulSet shop/orders-replica', 'orders-metrics'],
  ].map(([what, secret]) => ({ rule: 'LNK001', about: `${what} "${secret}"`, reason: 'a Job makes it in the cluster' })),
  { rule: 'LNK001', about: 'Job shop/orders-setup-', reason: 'another Job makes them in the cluster' },
];

describe('D1 D3 D5 D6 a shop with its databases', () => {
  test('there is a folder for each cluster', () => {
    expect(clusters).toEqual(['gateway-1.27', 'gateway-1.36']);
  });

  test.each(clusters)('%s: an API server takes every object', (cluster) => {
    expect(validateManifests(parseManifests(yamlOf(cluster)))).toEqual([]);
  });

  test.each(clusters)('%s: Pod Security restricted and the practices of Monokle have no finding', async (cluster) => {
    expect(await checkMonokle(yamlOf(cluster), there)).toEqual([]);
  });

  test.each(clusters)('%s: no manifest has a password', (cluster) => {
    expect(parseManifests(yamlOf(cluster)).filter(object => (object as { kind: string }).kind === 'Secret')).toEqual([]);
  });
});
