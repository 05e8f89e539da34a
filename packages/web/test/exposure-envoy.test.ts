import { Gateway, GatewayApi, GatewayImplementation, Health, Secret, type ClusterProfileProps } from '@keelson/core';
import { Chart, Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  BackendProtocol, BackendTls, EdgeAuth, Exposure, ExposureTarget, type HttpsExposureOptions, PathRewrite, PathType, RateLimit, WebApp,
  type WebAppProps,
} from '../src';
import { Cluster } from './exposed-app';

const host = 'shop.example.com';
const app: WebAppProps = { image: 'registry.example.com/shop/other:1.0.0', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }) };
const gateway = Gateway.named('edge', 'gateway-system', { implementation: GatewayImplementation.ENVOY_GATEWAY });
const standard = { gateway, gatewayApi: GatewayApi.standard('1.7') };
const kinds = ['SecurityPolicy', 'BackendTrafficPolicy', 'ClientTrafficPolicy', 'HTTPRouteFilter'];
const targetRefs = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'shop' }];
/** What all policies of a route have: of the platform's own policy, what they don't say stays. */
const common = { targetRefs, mergeType: 'StrategicMerge' };

type Options = HttpsExposureOptions | ((chart: Chart) => HttpsExposureOptions);

function exposed(options: Options, profile: ClusterProfileProps = standard): Cluster {
  const cluster = new Cluster(profile);
  cluster.exposeBy(chart => Exposure.https(host, typeof options === 'function' ? options(chart) : options));
  return cluster;
}

/** The policies of the route. */
const policy = (kind: string, options: Options, profile?: ClusterProfileProps) => exposed(options, profile).specs(kind).shop;

describe('X4 basic auth by Envoy Gateway', () => {
  test('the Secret is named, and read there', () => {
    expect(policy('SecurityPolicy', { auth: EdgeAuth.basic(Secret.fromSecretName('shop-users')) })).toEqual({ ...common, basicAuth: { users: { name: 'shop-users' } } });
  });

  test('a Secret of another namespace is refused', () => {
    expect(exposed({ auth: EdgeAuth.basic(Secret.fromSecretName('shop-users', 'other')) }).mistakes()).toEqual([
      "[shop/shop] KEELSON2343 'exposure.auth' must be a Secret in the namespace of the app, 'shop', got Secret 'shop-users' in namespace 'other': copy it there",
    ]);
  });
});

describe('X5 a Service that decides', () => {
  test('is asked by its path and told of the request', () => {
    const options = (chart: Chart) => ({ auth: EdgeAuth.byService(new WebApp(chart, 'doorman', app).service, { path: '/verify' }) });
    expect(policy('SecurityPolicy', options)).toEqual({
      ...common,
      extAuth: {
        headersToExtAuth: ['accept', 'cookie', 'user-agent', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
        http: { backendRefs: [{ name: 'doorman', port: 80 }], pathOverride: '/verify' },
      },
    });
    expect(exposed(options).specs('NetworkPolicy').doorman.ingress).toHaveLength(1);
  });

  test('may be of another namespace, which agrees to the policy', () => {
    const cluster = new Cluster(standard);
    const { service } = new WebApp(new Chart(cluster.app, 'doors', { namespace: 'doors' }), 'doorman', app);
    cluster.exposeBy(() => Exposure.https(host, { auth: EdgeAuth.byService(service) }));
    expect(cluster.specs('SecurityPolicy').shop.extAuth.http.backendRefs).toEqual([{ name: 'doorman', namespace: 'doors', port: 80 }]);
    expect(cluster.specs('ReferenceGrant').doorman.from).toEqual([{ group: 'gateway.envoyproxy.io', kind: 'SecurityPolicy', namespace: 'shop' }]);
  });

  test('whose pods offer no port is refused, not left out', () => {
    const cluster = exposed((chart) => {
      const { kind, name, namespace, connections, servicePort } = new WebApp(chart, 'doorman', app).service;
      Object.defineProperty(connections, 'offeredPorts', { value: [] });
      return { auth: EdgeAuth.byService({ kind, name, namespace, connections, servicePort } as WebApp['service']) };
    });
    expect(cluster.mistakes()).toEqual([
      "[shop/shop] KEELSON2345 'exposure.auth' must be a Service whose pods offer a port, got Service 'doorman', whose pods offer no port: "
      + "have the workload behind it listen on one, or give 'targetPort'",
    ]);
  });
});

describe('X7 policies of Envoy Gateway', () => {
  test('one of each kind for a route, with all that is asked', () => {
    const cluster = exposed({
      auth: EdgeAuth.basic(Secret.fromSecretName('shop-users')), allowedSources: ['203.0.113.0/24'], rateLimit: RateLimit.perSecond(10),
      maxBodySize: Size.kibibytes(1500), compression: true, retries: 1, stickySession: {}, timeouts: { request: Duration.seconds(5) }, cors: { allowOrigins: ['*'] },
    });
    expect(cluster.objects().filter(({ kind }) => kinds.includes(kind)).map(({ kind, metadata: { name } }) => `${kind} ${name}`))
      .toEqual(['SecurityPolicy shop', 'BackendTrafficPolicy shop']);
    const limit = { requests: 10, unit: 'Second' };
    expect(cluster.specs('SecurityPolicy').shop).toEqual({
      ...common, basicAuth: { users: { name: 'shop-users' } },
      authorization: { defaultAction: 'Deny', rules: [{ action: 'Allow', principal: { clientCIDRs: ['203.0.113.0/24'] } }] },
    });
    expect(cluster.specs('BackendTrafficPolicy').shop).toEqual({
      ...common,
      rateLimit: { local: { rules: ['0.0.0.0/0', '::/0'].map(value => ({ clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }], limit })) } },
      retry: { numRetries: 1, retryOn: { triggers: ['connect-failure', 'refused-stream', 'reset'] } },
      requestBuffer: { limit: '1500Ki' },
      compressor: [{ type: 'Brotli', brotli: {} }, { type: 'Gzip', gzip: {} }],
      loadBalancer: { type: 'ConsistentHash', consistentHash: { type: 'Cookie', cookie: { name: 'shop-session', ttl: '0s' } } },
    });
    const [rule] = cluster.specs('HTTPRoute').shop.rules;
    expect(rule).toMatchObject({ timeouts: { request: '5s' }, filters: [{ type: 'CORS' }] });
    expect(rule.retry).toBeUndefined();
  });

  test('an exposure that asks for none has none', () => {
    expect(exposed({ compression: false }).objects().filter(({ kind }) => kinds.includes(kind))).toEqual([]);
  });

  test('what an older Gateway API has no field for is in a policy', () => {
    const older = { gateway, gatewayApi: GatewayApi.standard('1.1') };
    const options = { cors: { allowOrigins: ['https://*.example.com'], allowCredentials: true }, timeouts: { request: Duration.millis(2500) } };
    expect(policy('SecurityPolicy', options, older).cors)
      .toEqual({ allowOrigins: ['https://*.example.com'], allowMethods: ['GET', 'HEAD', 'POST'], allowCredentials: true, maxAge: '5s' });
    expect(policy('BackendTrafficPolicy', options, older).timeout).toEqual({ http: { requestTimeout: '2s500ms' } });
    const [rule] = exposed(options, older).specs('HTTPRoute').shop.rules;
    expect(Object.keys(rule)).toEqual(['backendRefs', 'matches']);
  });

  test('so is what a GRPCRoute has no field for', () => {
    const cluster = exposed({
      protocol: BackendProtocol.GRPC, cors: { allowOrigins: ['*'] }, timeouts: { request: Duration.seconds(5) }, retries: 2, stickySession: { cookieName: 'pod' },
      allowedSources: ['2001:db8::/32'],
    });
    expect(cluster.mistakes()).toEqual([]);
    const grpc = [{ ...targetRefs[0], kind: 'GRPCRoute' }];
    expect(cluster.specs('SecurityPolicy').shop).toMatchObject({ targetRefs: grpc, cors: { allowOrigins: ['*'] } });
    expect(cluster.specs('BackendTrafficPolicy').shop).toMatchObject({ targetRefs: grpc, timeout: { http: { requestTimeout: '5s' } }, retry: { numRetries: 2 } });
    expect(cluster.specs('GRPCRoute').shop.rules).toEqual([{ backendRefs: [{ name: 'shop', port: 80 }] }]);
  });

  test('a largest body of gRPC is refused: what streams would never get through', () => {
    expect(exposed({ protocol: BackendProtocol.GRPC, maxBodySize: Size.mebibytes(1) }).mistakes())
      .toEqual(["[shop/shop] KEELSON2330 'exposure.maxBodySize' must be what a GRPCRoute has, got a largest body, of gRPC: leave it out"]);
  });

  test('more at once than the rate is refused', () => {
    expect(exposed({ rateLimit: RateLimit.perSecond(10, { burst: 20 }) }).mistakes()).toEqual([
      "[shop/shop] KEELSON2331 'exposure.rateLimit' must be as many at once as the rate allows in its period, got 20 at once of 10, at Envoy Gateway: "
      + "leave 'burst' out, so that 10 may come at once, or choose a target that can: a gateway of GatewayImplementation.TRAEFIK, ExposureTarget.TRAEFIK, "
      + 'ExposureTarget.INGRESS with IngressController.ingressNginx()',
    ]);
  });

  test('TLS to the app takes an authority in a Secret too', () => {
    expect(policy('BackendTLSPolicy', { backendTls: BackendTls.authorityFromSecret(host, Secret.fromSecretName('shop-ca')) }).validation)
      .toEqual({ hostname: host, caCertificateRefs: [{ group: '', kind: 'Secret', name: 'shop-ca' }] });
  });

  test.each([['SecurityPolicy', { allowedSources: ['203.0.113.0/24'] }], ['BackendTrafficPolicy', { retries: 1 }]])('a cluster without %s refuses what needs it', (kind, options) => {
    expect(exposed(options, { ...standard, customResources: [] }).mistakes()).toEqual([
      `[shop/shop] KEELSON2093 'exposure' must be of a kind that the cluster has, got ${kind}, which isn't among the cluster profile's customResources: `
      + `install Envoy Gateway and add 'gateway.envoyproxy.io/v1alpha1/${kind}' to customResources`,
    ]);
  });
});

describe('X6 rewrite by regular expression at Envoy Gateway', () => {
  test('a filter of its own has the groups with backslashes', () => {
    const cluster = exposed({ path: '/users/([0-9]+)/?(.*)', pathType: PathType.REGULAR_EXPRESSION, rewrite: PathRewrite.regularExpression('/accounts/$1/$2') });
    const [rule] = cluster.specs('HTTPRoute').shop.rules;
    const { value } = rule.matches[0].path;
    // a dot is a line break, too
    const [, expression] = /^\(\?s\)(.*)$/.exec(value as string) ?? [];
    expect(new RegExp(expression ?? '', 's').test('/users/7/x')).toBe(true);
    expect(new RegExp(expression ?? '', 's').test('/users/7/\n')).toBe(true);
    expect(new RegExp(expression ?? '').test('/old/users/7')).toBe(false);
    expect(rule.filters).toEqual([{ type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'shop' } }]);
    expect(cluster.specs('HTTPRouteFilter').shop.urlRewrite.path)
      .toEqual({ type: 'ReplaceRegexMatch', replaceRegexMatch: { pattern: value, substitution: String.raw`/accounts/\1/\2` } });
  });
});

describe('rewrites that Envoy Gateway would get wrong as the Gateway API says them', () => {
  test.each([['/v2', '/v2/'], ['/v2/', '/v2/']])('all of a host gets the prefix %s, with a slash behind it', (prefix, substitution) => {
    const cluster = exposed({ rewrite: PathRewrite.replacePrefix(prefix) });
    const [rule] = cluster.specs('HTTPRoute').shop.rules;
    expect(rule.filters).toEqual([{ type: 'ExtensionRef', extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'shop' } }]);
    expect(cluster.specs('HTTPRouteFilter').shop.urlRewrite.path).toEqual({ type: 'ReplaceRegexMatch', replaceRegexMatch: { pattern: '^/', substitution } });
  });

  test('a prefix below it, and none, are the Gateway API\'s', () => {
    const filter = (replacePrefixMatch: string) => [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch } } }];
    expect(exposed({ path: '/shop', rewrite: PathRewrite.replacePrefix('/v2') }).specs('HTTPRoute').shop.rules[0].filters).toEqual(filter('/v2'));
    expect(exposed({ rewrite: PathRewrite.replacePrefix('/') }).specs('HTTPRoute').shop.rules[0].filters).toEqual(filter('/'));
  });

  test('a slash at the end of a prefix is left out, or /shop would reach the app as it is', () => {
    const [rule] = exposed({ path: '/shop/', rewrite: PathRewrite.stripPrefix() }).specs('HTTPRoute').shop.rules;
    expect(rule.matches).toEqual([{ path: { type: 'PathPrefix', value: '/shop' } }]);
  });

  test('of gRPC it is refused as at any gateway', () => {
    expect(exposed({ protocol: BackendProtocol.GRPC, rewrite: PathRewrite.replacePrefix('/v2') }).mistakes())
      .toEqual([expect.stringContaining("KEELSON2330 'exposure.rewrite'")]);
  });
});

describe('X7 proxies before a gateway of the app\'s own', () => {
  const own = (options: Parameters<typeof ExposureTarget.ownGateway>[1], profile: ClusterProfileProps = {}) => {
    const cluster = new Cluster(profile);
    cluster.expose([Exposure.insecureHttp(host, { target: ExposureTarget.ownGateway('envoy', options) })]);
    return cluster;
  };
  const implementation = GatewayImplementation.ENVOY_GATEWAY;

  test('are believed', () => {
    expect(own({ implementation, trustedProxies: 2 }).specs('ClientTrafficPolicy').shop).toEqual({
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'shop' }], clientIPDetection: { xForwardedFor: { numTrustedHops: 2 } },
    });
  });

  test('are not said of another implementation', () => {
    const rest = "say it in that gateway's own configuration, or name 'implementation: GatewayImplementation.ENVOY_GATEWAY'";
    const cilium = GatewayImplementation.CILIUM;
    expect([own({ trustedProxies: 2 }), own({ trustedProxies: 2, implementation: cilium })].map(cluster => cluster.mistakes())).toEqual([
      [`[shop/shop] KEELSON2339 'exposure.trustedProxies' must be for Envoy Gateway only, got 2 at a gateway of an implementation that is not known: ${rest}`],
      [`[shop/shop] KEELSON2339 'exposure.trustedProxies' must be for Envoy Gateway only, got 2 at a gateway of Cilium: ${rest}`],
    ]);
  });

  test.each([[0, '0'], [101, '101'], [1.5, '1.5']])('%s of them are refused', (trustedProxies, got) => {
    expect(own({ implementation, trustedProxies }).mistakes()).toEqual([
      `[shop/shop] KEELSON2340 'exposure.target.trustedProxies' must be an integer from 1 to 100, got ${got}: leave it out where clients connect to the gateway themselves`,
    ]);
  });

  test.each([1, 100])('%s of them are taken', (trustedProxies) => {
    expect(own({ implementation, trustedProxies }).mistakes()).toEqual([]);
  });

  test('need the kind', () => {
    expect(own({ implementation, trustedProxies: 1 }, { customResources: [] }).mistakes()).toEqual([
      "[shop/shop] KEELSON2093 'exposure' must be of a kind that the cluster has, got ClientTrafficPolicy, which isn't among the cluster profile's customResources: "
      + "install Envoy Gateway and add 'gateway.envoyproxy.io/v1alpha1/ClientTrafficPolicy' to customResources",
    ]);
  });
});
