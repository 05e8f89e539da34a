import { Certificate, GatewayApi, GatewayImplementation, Gateway, IngressController, Listener, Peer, Port, Secret, Traefik, type ClusterProfileProps } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { EdgeAuth, Exposure, ExposureTarget, PathRewrite, type HttpsExposureOptions, type OidcOptions } from '../src';
import { Cluster, clusters, edge } from './exposed-app';

const certificate = Certificate.fromSecret(Secret.fromSecretName('shop-tls'));
const shop = 'shop.example.com';
const oidc = (options: Partial<OidcOptions> = {}) => EdgeAuth.oidc({
  issuerUrl: 'https://login.example.com/realms/shop', clientId: 'shop', credentials: Secret.fromSecretName('shop-oidc'), emailDomains: ['example.com'], ...options,
});
const exposure = (options: HttpsExposureOptions = {}, host = shop) => Exposure.https(host, { certificate, auth: oidc(), ...options });

const gatewayBy = (implementation: GatewayImplementation) => Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https()], implementation });
const nginx: ClusterProfileProps = { ...clusters.nginx };
const ASKED: [string, ClusterProfileProps][] = [
  ['ingress-nginx', nginx], ['Traefik', { traefik: Traefik.inNamespace('traefik') }],
  ['Gateway API by Traefik', { gateway: gatewayBy(GatewayImplementation.TRAEFIK) }],
  ['ingress-nginx by Traefik', { ingress: IngressController.named('nginx', { namespace: 'traefik', readsNginxAnnotations: true }) }],
];
const THROUGH: [string, ClusterProfileProps][] = [
  ['Gateway API', { gateway: edge }], ['Gateway API, experimental', { gateway: edge, gatewayApi: GatewayApi.experimental('1.6') }],
  ['Envoy Gateway', { gateway: gatewayBy(GatewayImplementation.ENVOY_GATEWAY) }], ['Ingress', { ...clusters.traefik }],
];

const rendered = (profile: ClusterProfileProps, ...exposures: Exposure[]) => {
  const cluster = new Cluster(profile);
  cluster.expose(exposures);
  expect(cluster.mistakes()).toEqual([]);
  return cluster;
};
const argsOf = (cluster: Cluster, name = 'shop-oauth2-proxy') =>
  (cluster.specs('Deployment')[name] as { template: { spec: { containers: [{ args: string[] }] } } }).template.spec.containers[0].args;
/** The routes that lead to sign-ins. */
const signIns = (cluster: Cluster) => cluster.objects().filter(({ kind, metadata }) => ['HTTPRoute', 'Ingress', 'IngressRoute'].includes(kind as string) && /-oauth2$/.test(metadata.name))
  .map(({ metadata }) => metadata.name as string);
/** Who is let in by a policy, and out, as text. */
const ingressOf = (cluster: Cluster, name: string) => JSON.stringify((cluster.specs('NetworkPolicy')[name] as { ingress: unknown }).ingress);
const egressOf = (cluster: Cluster, name: string) => JSON.stringify((cluster.specs('NetworkPolicy')[name] as { egress: unknown }).egress);
const PROXY = '"app.kubernetes.io/instance":"shop-oauth2-proxy"';

describe('X5 the oauth2-proxy of an app', () => {
  test.each([...ASKED, ...THROUGH])('%s: a Deployment of two pods with our pod rules, its Service, policy and budget', (_, profile) => {
    const cluster = rendered(profile, exposure());
    expect(cluster.objects().filter(({ metadata }) => metadata.name === 'shop-oauth2-proxy').map(({ kind }) => kind as string).sort())
      .toEqual(['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount']);
    const { replicas, template } = cluster.specs('Deployment')['shop-oauth2-proxy'];
    const { containers: [container], volumes } = template.spec;
    expect({ replicas, token: template.spec.automountServiceAccountToken, image: container.image, env: container.env }).toEqual({
      replicas: 2, token: false, env: undefined,
      image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.15.4@sha256:b1b2021fe8f4004573e8d690dec6c7bb29cc44364572cf8510a05bf3a0ae2ded',
    });
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, runAsNonRoot: true, allowPrivilegeEscalation: false });
    expect([container.readinessProbe.httpGet.path, container.livenessProbe.httpGet.path]).toEqual(['/oauth2/ready', '/oauth2/ping']);
    expect(container.volumeMounts).toEqual([{ mountPath: '/etc/oauth2-proxy/credentials', name: 'etc-oauth2-proxy-credentials', readOnly: true }]);
    expect(volumes[0].projected.sources).toEqual([{
      secret: { name: 'shop-oidc', items: [{ key: 'client-secret', path: 'client-secret' }, { key: 'cookie-secret', path: 'cookie-secret' }] },
    }]);
  });

  test('its arguments have no secret, and what it needs to be told', () => {
    const auth = oidc({
      clientSecretKey: 'id', cookieSecretKey: 'key', allowedEmails: ['ada@example.org'], allowedGroups: ['staff', 'a, "b" $(C)'], groupsClaim: 'roles', scopes: ['openid', 'roles'],
      signOutHosts: ['login.example.com'], settings: { 'cookie-refresh': '1h', 'banner': '-' }, emailDomains: ['example.com', '.example.net'],
    });
    expect(argsOf(rendered(nginx, exposure({ auth }), exposure({ auth }, 'www.example.com')))).toEqual([
      '--provider=oidc', '--oidc-issuer-url=https://login.example.com/realms/shop', '--client-id=shop',
      '--client-secret-file=/etc/oauth2-proxy/credentials/client-secret', '--cookie-secret-file=/etc/oauth2-proxy/credentials/cookie-secret',
      '--http-address=:4180', '--ping-path=/oauth2/ping', '--ready-path=/oauth2/ready', '--silence-ping-logging=true', '--skip-provider-button=true',
      '--code-challenge-method=S256', '--insecure-oidc-skip-nonce=false', '--cookie-secure=true', '--cookie-samesite=lax',
      '--email-domain=example.com', '--email-domain=.example.net', '--authenticated-emails-file=/etc/oauth2-proxy/emails/emails',
      '--allowed-group=staff', '--allowed-group="a, ""b"" $$(C)"', '--oidc-groups-claim=roles', '--scope=openid roles',
      '--whitelist-domain=login.example.com', '--whitelist-domain=shop.example.com', '--whitelist-domain=www.example.com',
      '--set-xauthrequest=true', '--banner=-', '--cookie-refresh=1h',
    ]);
  });

  test('addresses that may sign in are in a ConfigMap, whose change rolls the pods', () => {
    const of = (address: string) => rendered(nginx, exposure({ auth: oidc({ emailDomains: undefined, allowedEmails: [address] }) }));
    const [ada, bob] = [of('ada@example.org'), of('bob@example.org')];
    expect(ada.objects().find(({ kind }) => kind === 'ConfigMap')?.data).toEqual({ emails: 'ada@example.org\n' });
    expect(argsOf(ada)).not.toContain('--email-domain=*');
    const checksum = (cluster: Cluster) => cluster.specs('Deployment')['shop-oauth2-proxy'].template.metadata.annotations as object;
    expect(checksum(ada)).not.toEqual(checksum(bob));
  });

  test('who is in a group may have any address', () => {
    expect(argsOf(rendered(nginx, exposure({ auth: oidc({ emailDomains: undefined, allowedGroups: ['staff'] }) }))))
      .toEqual(expect.arrayContaining(['--email-domain=*', '--allowed-group=staff']));
  });

  test('the provider is on the internet, on the port of its URL, or where it is said to be', () => {
    const issuerUrl = 'https://login.example.com:8443';
    const reach = (options: Partial<OidcOptions>) => egressOf(rendered({ gateway: edge }, exposure({ auth: oidc(options) })), 'shop-oauth2-proxy');
    expect(reach({})).toContain('[{"ports":[{"port":443,"protocol":"TCP"}],"to":[{"ipBlock":{"cidr":"0.0.0.0/0"');
    expect(reach({ issuerUrl })).toContain('[{"ports":[{"port":8443,"protocol":"TCP"}],"to":[{"ipBlock":{"cidr":"0.0.0.0/0"');
    const keycloak = Peer.workload({ name: 'keycloak', namespace: 'auth', ports: [Port.tcp(8080)] });
    expect(reach({ issuerPeer: keycloak })).toMatch(/"port":8080.*keycloak|keycloak.*"port":8080/);
    expect(reach({ issuerPeer: keycloak })).not.toContain('0.0.0.0/0');
    expect(reach({ issuerPeer: Peer.namespace('auth'), issuerUrl })).toContain('"port":8443');
  });

  test('the same exposure, and the same sign-in of several, make one proxy; synth twice gives the same', () => {
    const auth = oidc();
    const cluster = rendered({ gateway: edge }, exposure({ auth }), exposure({ auth }, 'www.example.com'));
    expect(Object.keys(cluster.specs('Deployment')).sort()).toEqual(['shop', 'shop-oauth2-proxy']);
    expect(cluster.objects()).toEqual(cluster.objects());
  });
});

describe('X5 a target that asks the proxy about each request', () => {
  test.each(ASKED)('%s: the gateway reaches the app and the proxy, and the proxy not the app', (_, profile) => {
    const cluster = rendered(profile, exposure());
    expect(ingressOf(cluster, 'shop-oauth2-proxy')).toContain('"port":4180');
    expect(ingressOf(cluster, 'shop')).toContain('kubernetes.io/metadata.name');
    expect(ingressOf(cluster, 'shop')).not.toContain(PROXY);
    expect(argsOf(cluster).filter(arg => arg.startsWith('--upstream'))).toEqual([]);
    expect(argsOf(cluster)).toContain('--set-xauthrequest=true');
  });

  test('ingress-nginx: the app, the sign-in, and what nobody signs in for', () => {
    const cluster = rendered(nginx, exposure({ auth: oidc({ skipAuthPaths: ['/public'] }) }));
    const ingresses = Object.fromEntries(cluster.objects().filter(({ kind }) => kind === 'Ingress').map(({ metadata, spec }) => {
      const [{ path, backend }] = spec.rules[0].http.paths;
      return [metadata.name, { path, to: backend.service.name, ...metadata.annotations }];
    }));
    const told = ['X-Auth-Request-User', 'X-Auth-Request-Email', 'X-Auth-Request-Groups', 'X-Auth-Request-Preferred-Username',
      'X-Forwarded-User', 'X-Forwarded-Email', 'X-Forwarded-Groups', 'X-Forwarded-Preferred-Username'].join(',');
    const at = 'nginx.ingress.kubernetes.io/';
    const large = { [`${at}proxy-buffer-size`]: '16k', [`${at}ssl-redirect`]: 'true' };
    const ask = (path: string) => ({ [`${at}auth-url`]: `http://shop-oauth2-proxy.shop.svc.cluster.local:80${path}`, [`${at}auth-response-headers`]: told });
    expect(ingresses).toEqual({
      'shop': { path: '/', to: 'shop', ...ask('/oauth2/auth'), [`${at}auth-signin`]: 'https://$host/oauth2/start?rd=$escaped_request_uri', ...large },
      'shop-shop-example-com-oauth2': { path: '/oauth2', to: 'shop-oauth2-proxy', ...large },
      // who the user is can't be made up there either
      'shop-shop-example-com-public': { path: '/public', to: 'shop', ...ask('/oauth2/ping'), ...large },
    });
  });

  test.each(ASKED)('%s: a rewritten path means the same where nobody signs in', (name, profile) => {
    const auth = oidc({ skipAuthPaths: ['/shop/public'] });
    for (const [rewrite, seen] of [[PathRewrite.stripPrefix(), '/public'], [PathRewrite.replacePrefix('/v2'), '/v2/public']] as const) {
      const text = JSON.stringify(rendered(profile, exposure({ auth, path: '/shop', rewrite })).objects());
      expect(text, name).toContain('/oauth2/ping');
      expect(text, name).toContain(`"${seen}`);
    }
  });

  test.each(ASKED)('%s: whom the app itself refuses can\'t sign in either', (_, profile) => {
    const text = JSON.stringify(rendered(profile, exposure({ allowedSources: ['203.0.113.0/24'] })).objects().filter(({ kind }) => kind !== 'NetworkPolicy'));
    expect(text.split('203.0.113.0/24').length - 1).toBe(2);
  });

  test('at Traefik, a path that an app may take for another is signed in for', () => {
    const cluster = rendered({ traefik: Traefik.inNamespace('traefik') }, exposure({ auth: oidc({ skipAuthPaths: ['/docs'] }) }));
    expect(cluster.specs('IngressRoute')['shop-shop-example-com-docs'].routes[0].match)
      .toBe('Host(`shop.example.com`) && (Path(`/docs`) || PathPrefix(`/docs/`)) && !PathRegexp(`(?i)%2f|%5c|%2e|\\\\|\\.\\.`)');
  });

  test('an access token is told where it is asked for', () => {
    const objects = rendered(nginx, exposure({ auth: oidc({ settings: { 'pass-access-token': 'true' } }) })).objects();
    expect(JSON.stringify(objects)).toContain('X-Auth-Request-Access-Token');
  });
});

describe('X5 a target where requests go through the proxy', () => {
  test.each(THROUGH)('%s: the gateway reaches the proxy only, and the proxy the app: nobody goes round it', (_, profile) => {
    const cluster = rendered(profile, exposure({ auth: oidc({ skipAuthPaths: ['/public.d', '/docs'] }) }));
    expect(ingressOf(cluster, 'shop')).toBe(`[{"from":[{"podSelector":{"matchLabels":{${PROXY}}}}],"ports":[{"port":8080,"protocol":"TCP"}]}]`);
    expect(ingressOf(cluster, 'shop-oauth2-proxy')).toContain('"port":4180');
    expect(egressOf(cluster, 'shop-oauth2-proxy')).toContain('"app.kubernetes.io/instance":"shop"');
    expect(argsOf(cluster)).toEqual(expect.arrayContaining([
      '--upstream=http://shop.shop.svc.cluster.local:80/', '--upstream-timeout=24h',
      '--skip-auth-route=^/public\\.d(/\\.?[^/\\\\.][^/\\\\]*)*/?$', '--skip-auth-route=^/docs(/\\.?[^/\\\\.][^/\\\\]*)*/?$',
    ]));
    expect(argsOf(cluster)).not.toContain('--set-xauthrequest=true');
    // it believes no header of its callers: else clients could choose by X-Forwarded-Uri what they are judged by
    expect(argsOf(cluster).join(' ')).not.toContain('reverse-proxy');
  });

  test('Gateway API: what clients say of who they are doesn\'t reach the app under any name', () => {
    const route = rendered({ gateway: edge }, exposure({ requestHeaders: { set: { 'x-auth-request-user': 'edge' }, remove: ['X-Debug'] } })).specs('HTTPRoute').shop;
    const [{ backendRefs, filters }] = route.rules;
    expect(backendRefs).toEqual([{ name: 'shop-oauth2-proxy', port: 80 }]);
    expect(filters).toEqual([{ type: 'RequestHeaderModifier', requestHeaderModifier: {
      set: [{ name: 'x-auth-request-user', value: 'edge' }], remove: ['X-Debug', 'X-Auth-Request-Email', 'X-Auth-Request-Groups', 'X-Auth-Request-Preferred-Username'],
    } }]);
  });

  test.each(THROUGH)('%s: the sign-in has a route of its own where the app is below another path', (_, profile) => {
    expect(signIns(rendered(profile, exposure({ path: '/shop' })))).toEqual(['shop-shop-example-com-oauth2']);
    expect(signIns(rendered(profile, exposure()))).toEqual([]);
  });

  test.each([
    ['/docs', true], ['/docs/', true], ['/docs/a', true], ['/docs/.well-known/a..b', true],
    ['/docsearch', false], ['/docs/../admin', false], ['/docs/./../admin', false], ['/docs/..\\admin', false], ['/docs//admin', false], ['/admin/docs', false],
  ])('a path that nobody signs in for is compared as sent: %s', (path, open) => {
    const expression = argsOf(rendered({ gateway: edge }, exposure({ auth: oidc({ skipAuthPaths: ['/docs'] }) }))).find(arg => arg.startsWith('--skip-auth-route='));
    expect(new RegExp(expression?.slice('--skip-auth-route='.length) ?? '').test(path)).toBe(open);
  });
});

describe('X5 one host, several apps', () => {
  test.each([...ASKED, ...THROUGH])('%s: the sign-in of a host is the first app\'s, each app has its own proxy', (_, profile) => {
    const auth = oidc();
    const cluster = new Cluster(profile);
    cluster.expose([exposure({ auth, path: '/a' })], 'first');
    cluster.expose([exposure({ auth, path: '/b' })], 'second');
    expect(cluster.mistakes()).toEqual([]);
    expect(Object.keys(cluster.specs('Deployment')).sort()).toEqual(['first', 'first-oauth2-proxy', 'second', 'second-oauth2-proxy']);
    expect(signIns(cluster)).toEqual(['first-shop-example-com-oauth2']);
  });

  test('an app that moves from one target to the other has one proxy for both', () => {
    const auth = oidc();
    const cluster = rendered({ ...nginx, gateway: edge }, exposure({ auth }), exposure({ auth, target: ExposureTarget.INGRESS }));
    expect(argsOf(cluster)).toEqual(expect.arrayContaining(['--set-xauthrequest=true', '--upstream=http://shop.shop.svc.cluster.local:80/']));
  });
});
