import { Certificate, type ClusterProfileProps, Gateway, GatewayApi, GatewayImplementation, IngressController, Listener, Traefik } from '@keelson/core';
import { Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Exposure, ExposureTarget } from '../src';
import { FEATURES, type Feature, type FeatureName } from '../src/private/edge/features';
import { FLAVORS } from '../src/private/edge/flavors';
import { ENVOY_GATEWAY, GATEWAY_API } from '../src/private/edge/gateway-api-supports';
import { GATEWAY_BY_TRAEFIK } from '../src/private/edge/gateway-by-traefik-supports';
import { INGRESS, INGRESS_LIKE_NGINX, INGRESS_NGINX } from '../src/private/edge/ingress-supports';
import type { Flavor } from '../src/private/edge/support';
import { TRAEFIK } from '../src/private/edge/traefik-supports';
import { type Ask, ASKS } from './edge-asks';
import { Cluster } from './exposed-app';

/** Features whose form is of who brings the certificate: these are asked at a gateway that has none. */
const BRINGS_ITS_OWN: FeatureName[] = ['certificateFromSecret', 'issuedCertificate'];

function gatewayOf(implementation: GatewayImplementation | undefined, bare: boolean): Gateway {
  const listeners = bare ? [Listener.http()] : [Listener.http(), Listener.https()];
  return Gateway.named('edge', 'gateway-system', { listeners, admitsListenerSets: bare, implementation });
}

const nginx = { namespace: 'edge', allowedResponseHeaders: ['X-Frame-Options'] };
const INGRESSES = new Map([
  [INGRESS_NGINX, IngressController.named('nginx', nginx)], [INGRESS_LIKE_NGINX, IngressController.named('nginx', { ...nginx, readsNginxAnnotations: true })],
  [INGRESS, IngressController.traefik()],
]);

/** A cluster whose exposures are of a flavor. */
function clusterOf(flavor: Flavor, gatewayApi: GatewayApi, bare: boolean): ClusterProfileProps {
  switch (flavor) {
    case GATEWAY_API:
      return { gateway: gatewayOf(undefined, bare), gatewayApi };
    case ENVOY_GATEWAY:
      return { gateway: gatewayOf(GatewayImplementation.ENVOY_GATEWAY, bare), gatewayApi };
    case GATEWAY_BY_TRAEFIK:
      return { gateway: gatewayOf(GatewayImplementation.TRAEFIK, bare), gatewayApi };
    case TRAEFIK:
      return { traefik: Traefik.inNamespace('traefik') };
    default:
      return { ingress: INGRESSES.get(flavor) };
  }
}

const TEXTS = new Map([
  [TRAEFIK, "Traefik in namespace 'traefik'"], [INGRESS_NGINX, "Ingress of class 'nginx'"], [INGRESS_LIKE_NGINX, "Ingress of class 'nginx'"],
  [INGRESS, "Ingress of class 'traefik'"],
]);
const GATEWAY_APIS = [GatewayApi.standard('1.4'), GatewayApi.standard('1.7'), GatewayApi.experimental('1.7')];

const asked = (Object.keys(FEATURES) as FeatureName[]).flatMap(name => FLAVORS.flatMap(flavor => {
  // an app's own certificate at a shared gateway needs a ListenerSet
  const able = BRINGS_ITS_OWN.includes(name) ? GATEWAY_APIS.filter(api => api.serves('v1', 'ListenerSet')) : GATEWAY_APIS;
  const versions = TEXTS.has(flavor) ? able.slice(0, 1) : able;
  const feature: Feature = FEATURES[name];
  return versions.map(gatewayApi => ({ name, feature, flavor, gatewayApi, verdict: flavor.supports[name].at(gatewayApi) }));
}));
const said = asked.filter(({ verdict }) => verdict.form !== undefined);
const refused = asked.filter(({ verdict }) => verdict.form === undefined);

function targetOf(name: FeatureName, flavor: Flavor): ExposureTarget {
  // Traefik reads no ListenerSets
  if (flavor === GATEWAY_BY_TRAEFIK && BRINGS_ITS_OWN.includes(name)) {
    return ExposureTarget.ownGateway('traefik', { implementation: GatewayImplementation.TRAEFIK });
  }
  return TEXTS.has(flavor) ? flavor === TRAEFIK ? ExposureTarget.TRAEFIK : ExposureTarget.INGRESS : ExposureTarget.GATEWAY_API;
}

function expose(name: FeatureName, flavor: Flavor, gatewayApi: GatewayApi, ask = ASKS[name]): Cluster {
  const needed = TEXTS.has(flavor) ? Certificate.issuedBy('letsencrypt') : undefined;
  const cluster = new Cluster(clusterOf(flavor, gatewayApi, BRINGS_ITS_OWN.includes(name)));
  cluster.exposeBy(chart => ask(chart, targetOf(name, flavor), needed));
  return cluster;
}

/** What leads to the app. */
function routesOf(cluster: Cluster): string {
  const routes = cluster.objects().filter(({ kind }) => ['HTTPRoute', 'GRPCRoute', 'IngressRoute', 'Ingress'].includes(kind));
  expect(routes).not.toEqual([]);
  return Yaml.stringify(...routes);
}

/** An exposure that asks for nothing but a host. */
const nothing: Ask = (_, target, certificate) => Exposure.https('shop.example.com', { target, certificate });

/** What is so without being asked for, and what leaves something out, which has a test of its own. */
const USUAL = new Set<FeatureName>(['permanentRedirect', 'issuedCertificate', 'noRedirect']);

/** What a feature alone has brought: objects that are otherwise without it, but who may call whom. */
function brought(name: FeatureName, flavor: Flavor, gatewayApi: GatewayApi): string {
  const objects = (ask?: Ask): string[] => expose(name, flavor, gatewayApi, ask).objects().filter(({ kind }) => kind !== 'NetworkPolicy').map(object => Yaml.stringify(object));
  const before = USUAL.has(name) || BRINGS_ITS_OWN.includes(name) ? [] : objects(nothing);
  return objects().filter(object => !before.includes(object)).join('');
}

describe('a target says a feature, or refuses it by name', () => {
  test.each(said)('$feature.row $feature.text: $flavor.text, Gateway API $gatewayApi.version $gatewayApi.channel', ({ name, flavor, gatewayApi, verdict }) => {
    expect(expose(name, flavor, gatewayApi).mistakes()).toEqual([]);
    expect(brought(name, flavor, gatewayApi)).toContain(verdict.form);
  });

  test.each(said.filter(({ name }) => name === 'noRedirect'))('nobody answers by plain HTTP: $flavor.text, Gateway API $gatewayApi.version $gatewayApi.channel', ({ name, flavor, gatewayApi }) => {
    const PLAIN = /sectionName: http$|- web$/m;
    expect(routesOf(expose(name, flavor, gatewayApi))).not.toMatch(PLAIN);
    expect(routesOf(expose(name, flavor, gatewayApi, nothing))).toMatch(PLAIN);
  });

  test.each(said.filter(({ name }) => name === 'defaultBackend' || name === 'plainDefaultBackend'))(
    '$feature.text is of any host: $flavor.text, Gateway API $gatewayApi.version $gatewayApi.channel', ({ name, flavor, gatewayApi }) => {
      const HOST = /hostnames:|host:|Host\(/;
      expect(routesOf(expose(name, flavor, gatewayApi))).not.toMatch(HOST);
      expect(routesOf(expose(name, flavor, gatewayApi, nothing))).toMatch(HOST);
    });

  test.each(refused)('no $feature.text: $flavor.text, Gateway API $gatewayApi.version $gatewayApi.channel', ({ name, feature, flavor, gatewayApi, verdict }) => {
    const text = TEXTS.get(flavor) ?? "gateway 'gateway-system/edge'";
    const refusal = `[shop/shop] KEELSON2310 'exposure.${feature.member}' must be what the target can say, got ${feature.text} at ${text} (${flavor.text}): ${verdict.why}: `;
    expect(expose(name, flavor, gatewayApi).mistakes().map(mistake => mistake.slice(0, refusal.length))).toContain(refusal);
  });

  test.each(FLAVORS.flatMap(({ text, supports }) => Object.entries(supports).map(([name, { form, why }]) => ({ text, name, said: form ?? why ?? '' }))))(
    '$text: $name is answered in earnest', ({ said }) => {
      expect(said).not.toMatch(/yet|^$/);
    });

  test('targets that can are named, and are none where nobody can', () => {
    const mistakes = expose('rateLimit', GATEWAY_API, GatewayApi.standard('1.4')).mistakes();
    expect(mistakes).toEqual([expect.stringContaining('GatewayImplementation.ENVOY_GATEWAY')]);
    expect(mistakes).toEqual([expect.stringContaining('ExposureTarget.TRAEFIK')]);
    expect(mistakes).toEqual([expect.stringContaining('IngressController.ingressNginx()')]);
  });
});
