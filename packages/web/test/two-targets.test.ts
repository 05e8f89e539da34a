import { Certificate, Gateway, GatewayImplementation, IngressController, Listener, Secret, Traefik, type ClusterProfileProps } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { EdgeAuth, Exposure, ExposureTarget, type HttpsExposureOptions } from '../src';
import { Cluster } from './exposed-app';

const certificate = Certificate.issuedBy('letsencrypt');
const gatewayBy = (implementation?: GatewayImplementation) =>
  Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })], implementation });
const profile: ClusterProfileProps = {
  gateway: gatewayBy(GatewayImplementation.ENVOY_GATEWAY), ingress: IngressController.ingressNginx(), traefik: Traefik.inNamespace('traefik'),
};
const TARGETS = [ExposureTarget.GATEWAY_API, ExposureTarget.TRAEFIK, ExposureTarget.INGRESS];
const KINDS = ['HTTPRoute', 'SecurityPolicy', 'Middleware', 'IngressRoute', 'Ingress', 'ConfigMap', 'Certificate'];

/** Kind and name of all that leads to the apps. */
const leading = (cluster: Cluster): string[] => {
  expect(cluster.mistakes()).toEqual([]);
  return cluster.objects().filter(({ kind }) => KINDS.includes(kind as string)).map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
};
/** An app whose exposures are the same at each of the targets: the first as its prop, or none as that. */
const at = (targets: (ExposureTarget | undefined)[], all: HttpsExposureOptions[], asProp: boolean, props = profile): Cluster => {
  const cluster = new Cluster(props);
  const exposures = targets.flatMap(target => all.map(options => Exposure.https('shop.example.com', { certificate, ...options, target })));
  if (asProp) {
    cluster.expose(exposures);
  } else {
    const web = cluster.expose([]);
    exposures.forEach(exposure => web.expose(exposure));
  }
  return cluster;
};
describe('X1 an app at several targets', () => {
  const all: HttpsExposureOptions[] = [{ wwwRedirect: true, allowedSources: ['203.0.113.0/24'] }, { path: '/api', allowedSources: ['203.0.113.0/24'] }];

  test.each([true, false])('has the names that it has at each alone, whatever their order; its first exposure as its prop: %s', (asProp) => {
    const expected = [...new Set(TARGETS.flatMap(target => leading(at([target], all, asProp))))].sort();
    expect(leading(at(TARGETS, all, asProp))).toEqual(expected);
    expect(leading(at([...TARGETS].reverse(), all, asProp))).toEqual(expected);
  });

  test('is called as itself at each where the exposure that is its prop is, and by host and path elsewhere', () => {
    expect(leading(at([ExposureTarget.GATEWAY_API, ExposureTarget.INGRESS], [{}, { path: '/api' }], true))).toEqual([
      'Certificate shop-example-com-tls', 'HTTPRoute shop', 'HTTPRoute shop-redirect', 'HTTPRoute shop-shop-example-com-api', 'HTTPRoute shop-shop-example-com-api-redirect',
      'Ingress shop', 'Ingress shop-shop-example-com-api',
    ]);
    expect(leading(at([ExposureTarget.GATEWAY_API, ExposureTarget.INGRESS], [{}], false))).toEqual([
      'Certificate shop-example-com-tls', 'HTTPRoute shop-shop-example-com', 'HTTPRoute shop-shop-example-com-redirect', 'Ingress shop-shop-example-com',
    ]);
  });

  test('keeps its names when the target is no longer said', () => {
    const gateway = leading(at([ExposureTarget.GATEWAY_API, ExposureTarget.INGRESS], all, false)).filter(name => !/^(?:Ingress|Certificate) /.test(name));
    const { ingress: _, ...moved } = profile;
    expect(leading(at([undefined], all, false, moved))).toEqual(gateway);
  });

  test('has other names where two targets have objects of one kind', () => {
    const other = ExposureTarget.throughGateway(Gateway.named('inner', 'gateway-system', { listeners: [Listener.http()] }));
    const cluster = new Cluster(profile);
    cluster.expose([Exposure.insecureHttp('shop.example.com'), Exposure.insecureHttp('shop.example.com', { target: other })]);
    expect(leading(cluster)).toEqual(['HTTPRoute shop', 'HTTPRoute shop-shop-example-com']);
    const byTraefik = { ...profile, gateway: gatewayBy(GatewayImplementation.TRAEFIK) };
    expect(leading(at([ExposureTarget.GATEWAY_API, ExposureTarget.TRAEFIK], [{ allowedSources: ['203.0.113.0/24'] }], false, byTraefik))).toEqual([
      'Certificate shop-example-com-tls', 'HTTPRoute shop-shop-example-com', 'HTTPRoute shop-shop-example-com-redirect',
      'IngressRoute shop-shop-example-com-2', 'IngressRoute shop-shop-example-com-2-redirect',
      'Middleware shop-shop-example-com-2-allowed-sources', 'Middleware shop-shop-example-com-2-redirect', 'Middleware shop-shop-example-com-allowed-sources',
    ]);
  });
});

describe('X5 sign-in at several targets', () => {
  const signIn = (options = {}) => EdgeAuth.oidc({
    issuerUrl: 'https://login.example.com/realms/shop', clientId: 'shop', credentials: Secret.fromSecretName('shop-oidc'), emailDomains: ['example.com'], ...options,
  });
  const auth = signIn({ skipAuthPaths: ['/public'] });

  test('has the routes at each that it has there alone, and one proxy', () => {
    const expected = [...new Set(TARGETS.flatMap(target => leading(at([target], [{ auth }], true))))].sort();
    const both = at(TARGETS, [{ auth }], true);
    expect(leading(both)).toEqual(expected);
    expect(expected).toEqual(expect.arrayContaining(['Ingress shop-shop-example-com-public', 'IngressRoute shop-shop-example-com-public']));
    expect(Object.keys(both.specs('Deployment'))).toEqual(['shop', 'shop-oauth2-proxy']);
    expect(both.specs('Deployment')['shop-oauth2-proxy'].template.spec.containers[0].args).toEqual(expect.arrayContaining([
      '--set-xauthrequest=true', '--upstream=http://shop.shop.svc.cluster.local:80/', expect.stringMatching(/^--skip-auth-route=\^\/public/),
    ]));
  });

  test('may differ in what each can say', () => {
    const cluster = new Cluster(profile);
    cluster.expose([
      Exposure.https('shop.example.com', { certificate, auth, maxConcurrentRequests: 5, target: ExposureTarget.INGRESS }),
      Exposure.https('shop.example.com', { certificate, auth, target: ExposureTarget.GATEWAY_API }),
    ]);
    expect(cluster.mistakes()).toEqual([]);
  });

  test('is one, as at one target', () => {
    const cluster = new Cluster(profile);
    cluster.expose([ExposureTarget.GATEWAY_API, ExposureTarget.INGRESS].map(target => Exposure.https('shop.example.com', { certificate, auth: signIn(), target })));
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2394 'exposure.auth' must be the same for all exposures of an app, which has one oauth2-proxy, "
      + "got a second OIDC, at Ingress of class 'nginx', beside that of 'shop.example.com': make one EdgeAuth.oidc(…) and give it to both, or make it another app",
    ]);
  });
});

describe('X2 paths of one host at several targets', () => {
  const exposed = (props: ClusterProfileProps, ...apps: [string, ...[string, ExposureTarget | undefined][]][]): string[] => {
    const cluster = new Cluster(props);
    apps.forEach(([name, ...exposures]) => cluster.expose(exposures.map(([path, target]) => Exposure.https('shop.example.com', { certificate, path, target })), name));
    expect(cluster.mistakes()).toEqual([]);
    return cluster.warnings().filter(line => line.includes('KEELSON2417'));
  };
  const [gateway, traefik, ingress] = TARGETS;
  const FIX = 'expose all paths of the host at each of them, which both answer then, or give what is at another one a host of its own';
  const SPLIT = "KEELSON2417 'shop.example.com' is split between targets, and DNS leads a name to one place";

  test('are warned of once, with their apps and targets', () => {
    expect(exposed(profile, ['storefront', ['/', gateway]], ['api', ['/api', ingress]])).toEqual([
      `[shop/storefront] ${SPLIT}: '/' of 'shop/storefront' is at gateway 'gateway-system/edge', not at Ingress of class 'nginx', `
      + `'/api' of 'shop/api' is at Ingress of class 'nginx', not at gateway 'gateway-system/edge': ${FIX}`,
    ]);
  });

  test('are warned of where one has them all and another has not', () => {
    expect(exposed(profile, ['storefront', ['/', gateway], ['/', ingress], ['/', traefik]], ['api', ['/api', ingress]])).toEqual([
      `[shop/storefront] ${SPLIT}: '/api' of 'shop/api' is at Ingress of class 'nginx', not at gateway 'gateway-system/edge' and Traefik in namespace 'traefik': ${FIX}`,
    ]);
    const many = ['/a', '/b', '/c', '/d', '/e'].map((path): [string, ExposureTarget | undefined] => [path, ingress]);
    expect(exposed(profile, ['storefront', ['/', gateway], ['/', ingress], ...many])[0]).toContain("'/c' of 'shop/storefront' is at Ingress of class 'nginx', "
      + `not at gateway 'gateway-system/edge', and 2 more: ${FIX}`);
  });

  test('are fine while both answer, or where one proxy answers for both', () => {
    expect(exposed(profile, ['storefront', ['/', gateway], ['/', ingress]], ['api', ['/api', ingress], ['/api', undefined]])).toEqual([]);
    const byTraefik = { ...profile, ingress: IngressController.traefik() };
    expect(exposed(byTraefik, ['storefront', ['/', traefik]], ['api', ['/api', ingress]])).toEqual([]);
    const cluster = new Cluster(profile);
    cluster.expose([Exposure.https('*.example.com', { certificate, target: ingress }), Exposure.https('shop.example.com', { certificate, path: '/api' })]);
    cluster.expose([Exposure.insecureDefaultBackend({ target: ingress }), Exposure.insecureDefaultBackend({ path: '/api' })], 'other');
    expect([cluster.mistakes(), cluster.warnings().filter(line => line.includes('KEELSON2417'))]).toEqual([[], []]);
  });
});
