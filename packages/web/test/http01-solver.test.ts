import { App, Certificate, ClusterProfile, Gateway, GatewayApi, Health, IngressController, Listener, Secret, Traefik, type ClusterProfileProps } from '@keelson/core';
import { Chart } from 'cdk8s';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EdgeAuth, Exposure, ExposureTarget, WebApp, type HttpsExposureOptions } from '../src';
import { Cluster, clusters } from './exposed-app';

const certificate = Certificate.issuedBy('letsencrypt');
const shop = 'shop.example.com';
const gateway = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http()], admitsListenerSets: true });
const gatewayApi = GatewayApi.standard('1.5');
const issuing: Record<string, ClusterProfileProps> = {
  'Gateway API': { gateway, gatewayApi }, 'Traefik': { traefik: Traefik.inNamespace('traefik') }, 'Ingress': { ingress: IngressController.ingressNginx() },
};
const NAMESPACES: Record<string, string> = { 'Gateway API': 'gateway-system', 'Traefik': 'traefik', 'Ingress': 'ingress-nginx' };

const solvers = (cluster: Cluster) => cluster.objects().filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'http01-solver');
const exposed = (profile: ClusterProfileProps, options: HttpsExposureOptions = {}, host = shop) => {
  const cluster = new Cluster(profile);
  cluster.expose([Exposure.https(host, { certificate, ...options })]);
  expect(cluster.mistakes()).toEqual([]);
  return cluster;
};

describe('X5 challenges by HTTP-01 get through the policies of a namespace', () => {
  test.each(Object.keys(issuing))('%s: who leads requests there reaches the pods that answer', target => {
    const [solver, ...others] = solvers(exposed(issuing[target] ?? {}));
    expect(others).toEqual([]);
    expect(solver).toMatchObject({
      metadata: { namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'keelson' }, annotations: { 'kube-score/ignore': 'networkpolicy-targets-pod' } },
      spec: { podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } }, policyTypes: ['Ingress', 'Egress'] },
    });
    expect(solver?.metadata.labels).not.toHaveProperty('app');
    expect(solver?.spec.egress).toBeUndefined();
    const [{ from: [caller], ports }, ...more] = solver?.spec.ingress;
    expect([caller.namespaceSelector, ports, more]).toEqual([
      { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACES[target] } }, [{ port: 8089, protocol: 'TCP' }], [],
    ]);
  });

  test('one for all apps and all charts of a namespace, whoever comes first, and another for another namespace', () => {
    const cluster = new Cluster(issuing.Ingress);
    cluster.expose([Exposure.https(shop, { certificate })], 'first');
    cluster.expose([Exposure.https('www.example.com', { certificate })], 'second');
    cluster.expose([Exposure.https('ledger.example.com', { certificate })], 'ledger', 'billing');
    new WebApp(new Chart(cluster.app, 'more', { namespace: 'shop' }), 'third', {
      image: 'registry.example.com/shop/web:1.8.2', port: 8080, health: Health.tcp(), exposure: Exposure.https('third.example.com', { certificate }),
    });
    expect(cluster.mistakes()).toEqual([]);
    expect(solvers(cluster).map(({ metadata }) => metadata.namespace as string)).toEqual(['shop', 'billing']);
  });

  test('every target of the namespace may bring them, also one that came before the first certificate', () => {
    const cluster = new Cluster({ ...issuing.Ingress, gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https()] }) });
    cluster.expose([Exposure.https('old.example.com', { target: ExposureTarget.GATEWAY_API }), Exposure.https(shop, { certificate, target: ExposureTarget.INGRESS })]);
    const text = JSON.stringify(solvers(cluster)[0]?.spec.ingress);
    expect(text).toContain('gateway-system');
    expect(text).toContain('ingress-nginx');
  });

  test.each<[string, Cluster]>([
    ['a certificate from a Secret', exposed(issuing.Ingress ?? {}, { certificate: Certificate.fromSecret(Secret.fromSecretName('shop-tls')) })],
    ['a wildcard, which only DNS proves', exposed(issuing.Ingress ?? {}, {}, '*.example.com')],
    ['a gateway that has the certificate', exposed({ ...clusters.gateway })],
  ])('none for %s', (_, cluster) => {
    expect(solvers(cluster)).toEqual([]);
  });

  test('our own checks have nothing to say about pods that nobody here makes', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'keelson-')), cluster: ClusterProfile.kubernetes(issuing.Ingress) });
    new WebApp(new Chart(app, 'shop', { namespace: 'shop' }), 'shop', {
      image: 'registry.example.com/shop/web:1.8.2', port: 8080, health: Health.tcp(), exposure: Exposure.https(shop, { certificate }),
    });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('X5 no redirect and no sign-in is before a challenge', () => {
  const auth = () => EdgeAuth.oidc({ issuerUrl: 'https://login.example.com', clientId: 'shop', credentials: Secret.fromSecretName('shop-oidc'), emailDomains: ['*'] });

  test('Gateway API: by plain HTTP there are prefixes only, over which the exact path of the solver\'s route wins', () => {
    const routes = exposed({ gateway, gatewayApi }, { auth: auth(), path: '/' }).specs('HTTPRoute');
    const plain = Object.values(routes).filter(({ parentRefs: [parent] }) => parent.sectionName === 'http');
    expect(plain.map(({ rules: [{ matches }] }) => matches as object)).toEqual([[{ path: { type: 'PathPrefix', value: '/' } }]]);
  });

  test('Traefik: the rule of the redirect leaves them out', () => {
    const routes = exposed(issuing.Traefik ?? {}, { auth: auth() }).specs('IngressRoute');
    const plain = Object.values(routes).filter(({ tls }) => tls === undefined);
    expect(plain.length).toBeGreaterThan(0);
    expect(plain.flatMap(({ routes: rules }: { routes: { match: string }[] }) => rules.map(({ match }) => match.includes('!PathPrefix(`/.well-known/acme-challenge/`)')))).not.toContain(false);
  });

  test('ingress-nginx: what asks who somebody is, is annotated of Ingresses that the solver\'s longer path isn\'t in', () => {
    const objects = exposed(issuing.Ingress ?? {}, { auth: auth() }).objects().filter(({ kind }) => kind === 'Ingress');
    expect(objects.map(({ spec }) => spec.rules[0].http.paths.map(({ path }: { path: string }) => path) as string[]).sort()).toEqual([['/'], ['/oauth2']]);
    // of the whole host it would be about the solver's Ingress too
    expect(JSON.stringify(objects)).not.toMatch(/server-snippet|server-alias|use-regex/);
  });
});
