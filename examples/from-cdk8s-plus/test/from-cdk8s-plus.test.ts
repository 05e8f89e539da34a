import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from '@keelson/core';
import { checkMonokle, parseManifests, validateManifests, type JsonObject } from '@keelson/testing';
import { App as Cdk8sApp, YamlOutputType } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { before } from '../before.ts';
import { between } from '../between.ts';
import { clusters } from '../clusters.ts';

const dist = join(import.meta.dirname, '../dist');
const folders = readdirSync(dist);
const after = (cluster: string) => readFileSync(join(dist, cluster, 'shop.k8s.yaml'), 'utf8');

function written(build: (app: App) => void): string {
  const app = new App({ cluster: clusters['ingress-1.36'] });
  build(app);
  return app.synthYaml();
}

function writtenBefore(): string {
  const app = new Cdk8sApp({ yamlOutputType: YamlOutputType.FILE_PER_APP });
  before(app);
  return app.synthYaml();
}

/** What the shop uses and doesn't make. */
const there = [
  ...['catalogue', 'storefront'].flatMap(app => ['kube-dns', 'node-local-dns']
    .map(pods => ({ rule: 'LNK001', about: `NetworkPolicy shop/${app} "${pods}"`, reason: 'the cluster has them' }))),
  { rule: 'LNK001', about: 'NetworkPolicy shop/storefront "traefik"', reason: 'the cluster has them' },
  { rule: 'LNK001', about: 'Deployment shop/storefront "storefront-session"', reason: 'made by hand, see README.md' },
];
const deployments = (yaml: string) => parseManifests(yaml).filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => String((metadata as JsonObject).name)).sort();
const counted = (yaml: string) => {
  const kinds = parseManifests(yaml).map(({ kind }) => String(kind)).sort();
  return Object.fromEntries([...new Set(kinds)].map(kind => [kind, kinds.filter(other => other === kind).length]));
};

describe('the shop with cdk8s-plus-27, as it was', () => {
  test('is the committed golden (npx vitest run -u writes it anew)', async () => {
    await expect(writtenBefore()).toMatchFileSnapshot('../before/shop.k8s.yaml');
  });

  test('is refused by Pod Security restricted, and by more, as README.md says', async () => {
    const rules = (await checkMonokle(writtenBefore(), [])).map(finding => finding.slice(0, finding.indexOf(' ')));
    expect([...new Set(rules)].sort()).toEqual(['KBP003', 'KBP103', 'KBP104', 'KBP105', 'LNK001', 'PSS205', 'PSS206']);
  });

  test('reaches nothing by name, since both policies close DNS', () => {
    expect(writtenBefore()).toContain('value: http://catalogue\n');
    expect(writtenBefore()).not.toContain('port: 53');
  });
});

describe('on the way, with both', () => {
  test('is the committed golden (npx vitest run -u writes it anew)', async () => {
    await expect(written(between)).toMatchFileSnapshot('../between/shop.k8s.yaml');
  });

  test('an API server takes every object', () => {
    expect(validateManifests(parseManifests(written(between)))).toEqual([]);
  });

  test('the catalogue keeps its object, and the storefront is let in by a policy that names nobody else', () => {
    const yaml = written(between);
    expect(deployments(yaml)[0]).toBe(deployments(writtenBefore())[0]);
    const policy = parseManifests(yaml).find(({ kind, metadata }) => kind === 'NetworkPolicy' && (metadata as JsonObject).name === deployments(yaml)[0]);
    expect((policy?.spec as JsonObject).ingress).toEqual([
      { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'storefront' } } }], ports: [{ protocol: 'TCP', port: 8080 }] }]);
  });
});

describe('L1 the shop with Keelson', () => {
  test.each(folders)('%s: an API server takes every object', cluster => {
    expect(validateManifests(parseManifests(after(cluster)))).toEqual([]);
  });

  test.each(folders)('%s: Pod Security restricted and the practices of Monokle have no finding', async cluster => {
    expect(await checkMonokle(after(cluster), there)).toEqual([]);
  });

  test('has the objects that README.md names', () => {
    expect(counted(after('ingress-1.36'))).toEqual({
      ConfigMap: 1, Deployment: 2, HorizontalPodAutoscaler: 1, Ingress: 1, NetworkPolicy: 2, PodDisruptionBudget: 2, Service: 2,
      ServiceAccount: 2,
    });
  });
});
