import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkMonokle, parseManifests, validateManifests } from '@keelson/testing';
import { describe, expect, test } from 'vitest';

const example = join(import.meta.dirname, '..');
const clusters = readdirSync(join(example, 'dist'));
const yamlOf = (cluster: string): string => readFileSync(join(example, 'dist', cluster, 'shop.k8s.yaml'), 'utf8');

interface Read { readonly kind: string; readonly metadata: { readonly name: string }; readonly spec: unknown }
const objectsOf = (cluster: string): Read[] => parseManifests(yamlOf(cluster)) as unknown as Read[];
/** Labels of Envoy Gateway's proxies. */
const ENVOY = ['edge', 'gateway-system'];
/** Kind and name of what says how the shop is reached. */
const EDGE = ['HTTPRoute', 'IngressRoute', 'Ingress', 'SecurityPolicy', 'BackendTrafficPolicy', 'Certificate'];
const edgeOf = (cluster: string): string[] => objectsOf(cluster).filter(({ kind }) => EDGE.includes(kind)).map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();

describe('X one description, three targets', () => {
  test('there is a folder for each target', () => {
    expect(clusters).toEqual(['gateway-api-1.36', 'ingress-nginx-1.36', 'traefik-1.36']);
  });

  test.each(clusters)('%s: an API server takes every object', cluster => {
    expect(validateManifests(parseManifests(yamlOf(cluster)))).toEqual([]);
  });

  test.each(clusters)('%s: Pod Security restricted and the practices of Monokle have no finding', async cluster => {
    expect(await checkMonokle(yamlOf(cluster), there(cluster))).toEqual([]);
  });

  test('what runs is the same everywhere', () => {
    const deployments = clusters.map(cluster => objectsOf(cluster).filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name));
    expect(new Set(deployments.map(String))).toEqual(new Set(['storefront,api,back-office,back-office-oauth2-proxy']));
  });

  test('each target says it in its own kinds', () => {
    expect(Object.fromEntries(clusters.map(cluster => [cluster, edgeOf(cluster)]))).toMatchInlineSnapshot(`
      {
        "gateway-api-1.36": [
          "BackendTrafficPolicy api",
          "BackendTrafficPolicy storefront",
          "HTTPRoute api",
          "HTTPRoute api-redirect",
          "HTTPRoute back-office",
          "HTTPRoute back-office-redirect",
          "HTTPRoute storefront",
          "HTTPRoute storefront-redirect",
          "HTTPRoute storefront-www",
          "HTTPRoute storefront-www-redirect",
          "SecurityPolicy back-office",
        ],
        "ingress-nginx-1.36": [
          "Certificate example-com-tls",
          "Certificate office-example-com-tls",
          "Ingress api",
          "Ingress back-office",
          "Ingress back-office-office-example-com-oauth2",
          "Ingress back-office-office-example-com-webhooks",
          "Ingress storefront",
        ],
        "traefik-1.36": [
          "Certificate example-com-tls",
          "Certificate office-example-com-tls",
          "IngressRoute api",
          "IngressRoute api-redirect",
          "IngressRoute back-office",
          "IngressRoute back-office-office-example-com-oauth2",
          "IngressRoute back-office-office-example-com-webhooks",
          "IngressRoute back-office-redirect",
          "IngressRoute storefront",
          "IngressRoute storefront-redirect",
          "IngressRoute storefront-www",
        ],
      }
    `);
  });

  test('what a gateway of unknown implementation can\'t say is refused, as refusal.txt shows', () => {
    const said = execFileSync(process.execPath, ['--import', 'tsx', 'refusal.ts'], { cwd: example, encoding: 'utf8' });
    expect(said).toBe(readFileSync(join(example, 'refusal.txt'), 'utf8'));
  });
});

/** What the shop uses and doesn't make. */
function there(cluster: string): { rule: string; about: string; reason: string }[] {
  const apps = ['storefront', 'api', 'back-office', 'back-office-oauth2-proxy'];
  const nginx = cluster.startsWith('ingress') ? ['controller', 'ingress-nginx'] : [];
  const missing = [
    ...apps.flatMap(app => ['kube-dns', 'node-local-dns', ...nginx].map(pods => `NetworkPolicy shop/${app} "${pods}"`)),
    // requests for the back office come through its proxy there
    ...cluster.startsWith('gateway') ? apps.filter(app => app !== 'back-office').flatMap(app => ENVOY.map(label => `NetworkPolicy shop/${app} "${label}"`)) : [],
    ...cluster.startsWith('gateway') ? [] : ['"true"', ...nginx].map(pods => `NetworkPolicy shop/http01-solver "${pods}"`),
    'Deployment shop/back-office-oauth2-proxy "back-office-sign-in"',
  ];
  return missing.map(about => ({ rule: 'LNK001', about, reason: 'the cluster has it, or README.md says how it is made' }));
}
