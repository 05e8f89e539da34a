import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkMonokle, parseManifests, validateManifests } from '@keelson/testing';
import { describe, expect, test } from 'vitest';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

const yaml = readFileSync(join(import.meta.dirname, '../dist/nodeport-1.36/shop.k8s.yaml'), 'utf8');
const objects = parseManifests(yaml) as unknown as Manifest[];
const specOf = (kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name)?.spec;

/** What is used and not made here, and what a Job makes in the cluster. */
const there = [
  ...['orders', 'orders-setup', 'storefront'].flatMap(name => ['kube-dns', 'node-local-dns']
    .map(pods => ({ rule: 'LNK001', about: `NetworkPolicy shop/${name} "${pods}"`, reason: 'the cluster has them' }))),
  { rule: 'KBP114', about: 'Service shop/orders-external', reason: 'what this is about' },
  { rule: 'LNK001', about: 'StatefulSet shop/orders "mysql-root"', reason: 'made by hand, see README.md' },
  { rule: 'LNK001', about: 'Deployment shop/storefront "orders-app"', reason: 'a Job makes it in the cluster' },
  { rule: 'LNK001', about: 'Job shop/orders-setup-', reason: 'made by hand, or by another Job' },
];

describe('D2 MySQL with a root password from a Secret, on a port of the nodes', () => {
  test('an API server takes every object', () => {
    expect(validateManifests(parseManifests(yaml))).toEqual([]);
  });

  test('Pod Security restricted and the practices of Monokle have no finding', async () => {
    expect(await checkMonokle(yaml, there)).toEqual([]);
  });

  test('the port is the one that was chosen, and the policy lets in who may come', () => {
    expect(specOf('Service', 'orders-external')).toMatchObject({ type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ port: 3306, nodePort: 30306 }] });
    expect(specOf('NetworkPolicy', 'orders')).toMatchObject({
      ingress: expect.arrayContaining([{ from: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports: [{ port: 3306, protocol: 'TCP' }] }]) as unknown,
    });
  });

  test('no manifest has a password, and no Job makes one for root', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
    expect(yaml).not.toContain('orders-root');
  });
});
