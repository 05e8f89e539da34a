import { Certificate, ConfigMap, Cpu, Gateway, GatewayImplementation, IngressController, Listener, Peer, Port, Secret, Traefik } from '@keelson/core';
import { type Chart, Size } from 'cdk8s';
import { EdgeAuth, Exposure, type HttpsExposureOptions, type OidcOptions, WebApp } from '../../src';
import { specimen, storefront, UNDRAINED } from './specimen';

const certificate = Certificate.issuedBy('letsencrypt');
const gateway = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https()] });

/** The storefront, whose users sign in. */
const signedIn = (options: Partial<OidcOptions> = {}, exposure: HttpsExposureOptions = { certificate }) => (chart: Chart) => {
  const auth = EdgeAuth.oidc({
    issuerUrl: 'https://login.example.com/realms/shop', clientId: 'storefront', credentials: Secret.fromSecretName('storefront-oidc'), emailDomains: ['example.com'], ...options,
  });
  new WebApp(chart, 'storefront', { ...storefront, exposure: Exposure.https('shop.example.com', { auth, ...exposure }) });
};

/** Requests go through the proxy. */
export const gatewayApi = specimen({
  title: 'web-oidc-gateway',
  cluster: { gateway },
  shows: [
    'HTTPRoute/storefront spec.rules[0].backendRefs = [{ name: storefront-oauth2-proxy, port: 80 }]',
    'HTTPRoute/storefront spec.rules[0].filters has { type: RequestHeaderModifier, requestHeaderModifier: { remove: [X-Auth-Request-User, X-Auth-Request-Email, X-Auth-Request-Groups, X-Auth-Request-Preferred-Username] } }',
    'HTTPRoute/storefront-shop-example-com-oauth2 is absent',
    'Deployment/storefront-oauth2-proxy spec.replicas = 2',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].args has --oidc-issuer-url=https://login.example.com/realms/shop',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].args has --client-id=storefront',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].args has --email-domain=example.com',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].resources.requests = { cpu: 50m, memory: 64Mi, ephemeral-storage: 64Mi }',
    'Deployment/storefront-oauth2-proxy spec.template.spec.volumes has { name: etc-oauth2-proxy-credentials, projected: { defaultMode: 288, sources: [{ secret: { name: storefront-oidc, items: [{ key: client-secret, path: client-secret }, { key: cookie-secret, path: cookie-secret }] } }] } }',
    'PodDisruptionBudget/storefront-oauth2-proxy spec.maxUnavailable = 1',
    'NetworkPolicy/storefront spec.ingress = [{ from: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: storefront-oauth2-proxy } } }], ports: [{ port: 8080, protocol: TCP }] }]',
    'NetworkPolicy/storefront-oauth2-proxy spec.ingress = [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: gateway-system } } }], ports: [{ port: 4180, protocol: TCP }] }]',
    'NetworkPolicy/storefront-oauth2-proxy spec.egress has { to: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: storefront } } }], ports: [{ port: 8080 }] }',
  ],
  define: signedIn({}, {}),
});

/** The same where the implementation has policies of its own, none of which takes the proxy's answer. */
export const envoyGateway = specimen({
  title: 'web-oidc-envoy-gateway',
  cluster: { gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.https()], implementation: GatewayImplementation.ENVOY_GATEWAY }) },
  shows: [
    'HTTPRoute/storefront-shop-example-com-oauth2 spec.rules[0].matches = [{ path: { type: PathPrefix, value: /oauth2 } }]',
    'HTTPRoute/storefront-shop-example-com-oauth2 spec.rules[0].backendRefs = [{ name: storefront-oauth2-proxy, port: 80 }]',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].args has "--skip-auth-route=^/shop/public(/\\\\.?[^/\\\\\\\\.][^/\\\\\\\\]*)*/?$"',
  ],
  define: signedIn({ skipAuthPaths: ['/shop/public'] }, { path: '/shop' }),
});

/** The proxy is asked about each request. */
export const ingressNginx = specimen({
  title: 'web-oidc-ingress-nginx',
  cluster: { ingress: IngressController.ingressNginx() },
  shows: [
    'Ingress/storefront metadata.annotations has { nginx.ingress.kubernetes.io/auth-signin: "https://$host/oauth2/start?rd=$escaped_request_uri", nginx.ingress.kubernetes.io/proxy-buffer-size: 16k }',
    'Ingress/storefront-shop-example-com-oauth2 spec.rules[0].http.paths[0].backend.service.name = storefront-oauth2-proxy',
    'Ingress/storefront-shop-example-com-public spec.rules[0].http.paths[0].backend.service.name = storefront',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].args has --set-xauthrequest=true',
  ],
  warns: [UNDRAINED, 'KEELSON2031'],
  define: signedIn({ skipAuthPaths: ['/public'] }),
});

export const traefik = specimen({
  title: 'web-oidc-traefik',
  cluster: { traefik: Traefik.inNamespace('traefik') },
  shows: [
    'IngressRoute/storefront-shop-example-com-oauth2 spec.routes[0].services = [{ name: storefront-oauth2-proxy, port: 80, scheme: http }]',
    'Middleware/storefront-sign-in spec.errors has { query: "/oauth2/start?rd={url}", service: { name: storefront-oauth2-proxy, port: 80, scheme: http, nativeLB: true } }',
    'Deployment/storefront-oauth2-proxy spec.replicas = 3',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0] has { image: registry.example.com/tools/oauth2-proxy:7.15.4 }',
    'Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].resources.requests has { cpu: 200m, memory: 128Mi }',
    ...[
      '--allowed-group=staff', '--oidc-groups-claim=roles', '--scope=openid email roles', '--whitelist-domain=login.example.com', '--cookie-refresh=1h',
      '--authenticated-emails-file=/etc/oauth2-proxy/emails/emails', '--provider-ca-file=/etc/oauth2-proxy/authority/ca.crt',
    ].map(arg => `Deployment/storefront-oauth2-proxy spec.template.spec.containers[0].args has ${arg}`),
    'Deployment/storefront-oauth2-proxy spec.template.spec.volumes[1].projected.sources[0].secret.items = [{ key: oidc.key, path: client-secret }, { key: cookies.key, path: cookie-secret }]',
    'ConfigMap/storefront-oauth2-proxy-etc-oauth2-proxy-emails data.emails = "ada@example.org\\n"',
    'NetworkPolicy/storefront-oauth2-proxy spec.egress has { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: auth } }, podSelector: { matchLabels: { app.kubernetes.io/instance: keycloak } } }], ports: [{ port: 8443 }] }',
  ],
  define: (chart) => {
    signedIn({
      allowedEmails: ['ada@example.org'], allowedGroups: ['staff'], groupsClaim: 'roles', scopes: ['openid', 'email', 'roles'], clientSecretKey: 'oidc.key', cookieSecretKey: 'cookies.key',
      signOutHosts: ['login.example.com'], replicas: 3, resources: { cpuRequest: Cpu.millis(200), memoryRequest: Size.mebibytes(128) },
      image: 'registry.example.com/tools/oauth2-proxy:7.15.4', settings: { 'cookie-refresh': '1h' },
      issuerPeer: Peer.workload({ name: 'keycloak', namespace: 'auth', ports: [Port.tcp(8443)] }),
      issuerAuthority: new ConfigMap(chart, 'login-ca', { data: { 'ca.crt': 'PEM' } }),
    })(chart);
  },
});
