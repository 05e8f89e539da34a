import { type Certificate, type Gateway, type Health, type IngressController } from '@keelson/core';
import { Chart, type Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  DeploymentStrategy, DisruptionBudget, EdgeAuth, Exposure, ExposureTarget, Scaling, ScalingTrigger, TriggerAuthentication,
  VerticalScaling, WebApp, type HttpRedirect, type PathType, type PercentOrAbsolute, type WebAppProps,
} from '../src';
import { health } from './bad-input.cases';
import { Cluster, clusters } from './exposed-app';

/** What JavaScript lets users write. */
const untyped = <T>(value: unknown) => value as T;
const shop = 'shop.example.com';

const mistakes = (props: Partial<WebAppProps>, use: (web: WebApp) => void = () => {}) => {
  const { app } = new Cluster(clusters.gateway);
  const web = new WebApp(new Chart(app, 'shop', { namespace: 'shop' }), 'web', { image: 'registry.example.com/shop/web:1.8.2', port: 8080, health, ...props });
  use(web);
  return app.node.findAll().flatMap(({ node }) => node.validate());
};

describe('fails on what TypeScript refuses, with a line that says what to write', () => {
  test.each<[string, Exposure, string]>([
    ['no host', Exposure.https(untyped(undefined)), "KEELSON2029 'exposure.host' must be a host name, got undefined: write it like 'shop.example.com'"],
    ['null for a host', Exposure.insecureHttp(untyped(null)), "KEELSON2029 'exposure.host' must be a host name, got null: write it like 'shop.example.com'"],
    ['no further host', Exposure.https(shop, { hosts: untyped([undefined]) }),
      "KEELSON2029 'exposure.hosts[0]' must be a host name, got undefined: write it like 'shop.example.com'"],
    ['a path that is a number', Exposure.https(shop, { path: untyped(5) }), "KEELSON2002 'exposure.path' must be a path that begins with '/', got 5: write it like '/shop'"],
    ['a path type in lower case', Exposure.https(shop, { pathType: untyped<PathType>('prefix') }),
      "KEELSON2036 'exposure.pathType' must be 'Prefix', 'Exact' or 'RegularExpression', got 'prefix': use PathType.PREFIX, PathType.EXACT or PathType.REGULAR_EXPRESSION"],
    ['an empty certificate', Exposure.https(shop, { certificate: untyped<Certificate>({}) }),
      "KEELSON2070 'exposure.certificate' must be a value of Certificate, got an object of another kind: use Certificate.issuedBy(…)"],
    ['a certificate of a default backend', Exposure.defaultBackend({ certificate: untyped<Certificate>('letsencrypt') }),
      "KEELSON2070 'exposure.certificate' must be a value of Certificate, got 'letsencrypt': use Certificate.issuedBy(…)"],
    ['a redirect by its status', Exposure.https(shop, { redirect: untyped<HttpRedirect>(301) }),
      "KEELSON2070 'exposure.redirect' must be a value of HttpRedirect, got 301: use HttpRedirect.PERMANENT"],
    ['a target by its name', Exposure.https(shop, { target: untyped<ExposureTarget>('ingress') }),
      "KEELSON2070 'exposure.target' must be a value of ExposureTarget, got 'ingress': use ExposureTarget.GATEWAY_API"],
    ['no gateway', Exposure.https(shop, { target: ExposureTarget.throughGateway(untyped<Gateway>(undefined)) }),
      "KEELSON2070 'exposure.target' must be a value of Gateway, got undefined: use Gateway.named(…)"],
    ['an ingress controller by its class', Exposure.https(shop, { target: ExposureTarget.throughIngress(untyped<IngressController>('nginx')) }),
      "KEELSON2070 'exposure.target' must be a value of IngressController, got 'nginx': use IngressController.named(…)"],
    ['a CIDR for a list', Exposure.https(shop, { allowedSources: untyped('10.0.0.0/8') }),
      "KEELSON2383 'exposure.allowedSources' must be a list, got '10.0.0.0/8': write it between '[' and ']'"],
    ['null for CIDRs', Exposure.https(shop, { allowedSources: untyped(null) }), "KEELSON2383 'exposure.allowedSources' must be a list, got null: write it between '[' and ']'"],
    ['one origin', Exposure.https(shop, { cors: { allowOrigins: untyped('*') } }), "KEELSON2383 'exposure.cors.allowOrigins' must be a list, got '*': write it between '[' and ']'"],
    ['one method', Exposure.https(shop, { cors: { allowOrigins: ['*'], allowMethods: untyped('GET') } }),
      "KEELSON2383 'exposure.cors.allowMethods' must be a list, got 'GET': write it between '[' and ']'"],
    ['one header to remove', Exposure.https(shop, { requestHeaders: { remove: untyped('X-A') } }),
      "KEELSON2383 'exposure.requestHeaders.remove' must be a list, got 'X-A': write it between '[' and ']'"],
    ['one header of who decides', Exposure.https(shop, { auth: EdgeAuth.byUrl('https://auth.example.com', { responseHeaders: untyped('X-A') }) }),
      "KEELSON2383 'exposure.auth.responseHeaders' must be a list, got 'X-A': write it between '[' and ']'"],
    ['CORS by a flag', Exposure.https(shop, { cors: untyped(true) }),
      "KEELSON2384 'exposure.cors' must be an object, got true: write it like { allowOrigins: ['https://www.example.com'] }"],
    ['a timeout of all', Exposure.https(shop, { timeouts: untyped(5) }), "KEELSON2384 'exposure.timeouts' must be an object, got 5: write it like { response: Duration.seconds(30) }"],
    ['headers in a list', Exposure.https(shop, { requestHeaders: untyped(['X-A']) }),
      "KEELSON2384 'exposure.requestHeaders' must be an object, got a list: write it like { set: { 'X-Shop-Tenant': 'eu' } }"],
    ['a header alone', Exposure.https(shop, { responseHeaders: { set: untyped('X-A') } }),
      "KEELSON2384 'exposure.responseHeaders.set' must be an object, got 'X-A': write it like { 'X-Shop-Tenant': 'eu' }"],
    ['a session by a flag', Exposure.https(shop, { stickySession: untyped(true) }),
      "KEELSON2384 'exposure.stickySession' must be an object, got true: write it like { cookieName: 'shop-session' }"],
    ['null for a mirror', Exposure.https(shop, { mirror: untyped(null) }), "KEELSON2384 'exposure.mirror' must be an object, got null: write it like { service: copy.service }"],
    ['a flag in quotes', Exposure.https(shop, { wwwRedirect: untyped('true') }), "KEELSON2385 'exposure.wwwRedirect' must be true or false, got 'true': write it without quotes"],
    ['yes', Exposure.https(shop, { compression: untyped('yes') }), "KEELSON2385 'exposure.compression' must be true or false, got 'yes': write it without quotes"],
    ['credentials in quotes', Exposure.https(shop, { cors: { allowOrigins: ['https://a.example.com'], allowCredentials: untyped('true') } }),
      "KEELSON2385 'exposure.cors.allowCredentials' must be true or false, got 'true': write it without quotes"],
    ['an exposure that is a host', untyped<Exposure>(shop), "KEELSON2070 'exposure' must be a value of Exposure, got 'shop.example.com': use Exposure.https(…)"],
  ])('%s', (_, exposure, message) => {
    expect(mistakes({ exposure })).toEqual([message]);
  });

  test.each<[string, Partial<WebAppProps>, string]>([
    ['no health', { health: undefined }, "KEELSON2069 'health' must be given, got undefined: say how the app tells that it works: Health.http({ ready: '/readyz', live: '/livez' })"],
    ['health that is an object', { health: untyped<Health>({ ready: '/readyz' }) },
      "KEELSON2070 'health' must be a value of Health, got an object of another kind: use Health.http(…)"],
    ['health that is null', { health: untyped<Health>(null) }, "KEELSON2070 'health' must be a value of Health, got null: use Health.http(…)"],
    ['scaling that is a number', { scaling: untyped(4) }, "KEELSON2070 'scaling' must be a value of Scaling, got 4: use Scaling.onCpu(…)"],
    ['a strategy by its name', { strategy: untyped('Recreate') },
      "KEELSON2070 'strategy' must be a value of DeploymentStrategy, got 'Recreate': use DeploymentStrategy.rollingUpdate(…)"],
    ['a budget that is a number', { disruptionBudget: untyped(1) },
      "KEELSON2070 'disruptionBudget' must be a value of DisruptionBudget, got 1: use DisruptionBudget.maxUnavailable(…)"],
    ['a surge that is a number', { strategy: DeploymentStrategy.rollingUpdate({ maxSurge: untyped<PercentOrAbsolute>(1) }) },
      "KEELSON2070 'strategy.maxSurge' must be a value of PercentOrAbsolute, got 1: use PercentOrAbsolute.absolute(1)"],
    ['a share that is a text', { strategy: DeploymentStrategy.rollingUpdate({ maxUnavailable: untyped<PercentOrAbsolute>('25%') }) },
      "KEELSON2070 'strategy.maxUnavailable' must be a value of PercentOrAbsolute, got '25%': use PercentOrAbsolute.absolute(1)"],
    ['a budget of a number', { disruptionBudget: DisruptionBudget.minAvailable(untyped<PercentOrAbsolute>(1)) },
      "KEELSON2070 'disruptionBudget.minAvailable' must be a value of PercentOrAbsolute, got 1: use PercentOrAbsolute.absolute(1)"],
    ['a budget of nothing', { disruptionBudget: DisruptionBudget.maxUnavailable(untyped<PercentOrAbsolute>(undefined)) },
      "KEELSON2070 'disruptionBudget.maxUnavailable' must be a value of PercentOrAbsolute, got undefined: use PercentOrAbsolute.absolute(1)"],
    ['seconds as a number', { minReady: untyped<Duration>(10) }, "KEELSON2066 'minReady' must be whole seconds from 0 to 2147483646, got 10: try Duration.seconds(10)"],
    ['seconds that are null', { progressDeadline: untyped<Duration>(null) },
      "KEELSON2066 'progressDeadline' must be whole seconds from 1 to 2147483647, got null: try Duration.seconds(10)"],
  ])('%s', (_, props, message) => {
    expect(mistakes(props)).toEqual([message]);
  });

  const list = { address: 'redis:6379', listName: 'mails' };
  const fallback = { failureThreshold: 3, replicas: 2 };
  test.each<[string, Partial<WebAppProps>, string]>([
    ['a rule by its name', { scaling: Scaling.onCpu({ max: 4, percent: 70, scaleUp: { selectPolicy: untyped('max') } }) },
      "KEELSON2070 'scaling.scaleUp.selectPolicy' must be a value of ScalingSelectPolicy, got 'max': use ScalingSelectPolicy.MAX"],
    ['a type of metric in lower case', { scaling: Scaling.onTriggers([ScalingTrigger.redisList({ ...list, metricType: untyped('value') })], { max: 4 }) },
      "KEELSON2070 'scaling.triggers.redis.metricType' must be a value of TriggerMetricType, got 'value': use TriggerMetricType.AVERAGE_VALUE"],
    ['a begin that is a number', { scaling: Scaling.onTriggers([ScalingTrigger.kafka({
      bootstrapServers: ['kafka:9092'], consumerGroup: 'web', offsetResetPolicy: untyped(0),
    })], { max: 4 }) }, "KEELSON2070 'scaling.triggers.kafka.offsetResetPolicy' must be a value of OffsetResetPolicy, got 0: use OffsetResetPolicy.LATEST"],
    ['a fallback that nobody knows', { scaling: Scaling.onTriggers([ScalingTrigger.redisList(list)], { max: 4, fallback: { ...fallback, behavior: untyped('toString') } }) },
      "KEELSON2070 'scaling.fallback.behavior' must be a value of ScalingFallbackBehavior, got 'toString': use ScalingFallbackBehavior.STATIC"],
    ['a resource that is null', { verticalScaling: VerticalScaling.recreate({ containers: { web: { controlledResources: untyped([null]) } } }) },
      "KEELSON2070 'verticalScaling.containers.web.controlledResources.0' must be a value of VerticalResource, got null: use VerticalResource.CPU"],
    ['values in capitals', { verticalScaling: VerticalScaling.recreate({ containers: { web: { controlledValues: untyped('REQUESTS_ONLY') } } }) },
      "KEELSON2070 'verticalScaling.containers.web.controlledValues' must be a value of VerticalControlledValues, got 'REQUESTS_ONLY': use VerticalControlledValues.REQUESTS_AND_LIMITS"],
  ])('%s', (_, props, message) => {
    expect(mistakes(props)).toEqual([message]);
  });

  test('an identity that KEDA has none of', () => {
    expect(mistakes({}, web => new TriggerAuthentication(web, 'queue', { podIdentity: untyped('aws-eks') }))).toEqual([
      "KEELSON2070 'podIdentity' must be a value of TriggerPodIdentity, got 'aws-eks': use TriggerPodIdentity.AWS",
    ]);
  });

  test('no exposure to expose', () => {
    expect(mistakes({}, web => web.expose(untyped<Exposure>(undefined)))).toEqual([
      "KEELSON2070 'exposure' must be a value of Exposure, got undefined: use Exposure.https(…)",
    ]);
  });
});
