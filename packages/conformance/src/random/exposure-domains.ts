import fc from 'fast-check';
import { call, number, text } from './program.js';
import { cidr, count, durations, exactHost, host, image, integers, label, port, portName, refusing, subdomain, texts, words, chosen, type Domain } from './values.js';

const path = texts(/^(\/[a-z]{1,6}){1,2}$/, ['/', '/a/', '/a-b_c', '/1', `/${'x'.repeat(1023)}`],
  ['', 'a', '//', '/a//b', '/a%2Fb', '/../a', '/a/.', '/a b', '/(a|b)', '/a*', '/ü', `/${'x'.repeat(1024)}`]);
const header = words(['X-Shop', 'X-A1', 'Accept-Language'], ['', 'X Shop', 'X:Shop', 'ü', 'a\nb']);
/** What the connection itself needs is no route's to change. */
const changedHeader = refusing(header, ['Host', 'connection', 'Content-Length']);
const headerValue = words(['eu', 'a, b', 'max-age=60'], ['', 'a\nb', 'ü', 'x'.repeat(4097)]);
const url = words(['https://auth.example.com/verify', 'http://auth.shop.svc:8080/'], ['', 'auth', 'ftp://a', 'https://a b', 'https://u:p@a', "https://a/'", 'https://a/#b']);
const seconds = durations(1, 2147483647, { most: 60 });

/** The domains of what an exposure may be told. */
export const EXPOSURE: readonly (readonly [Domain, ...string[]])[] = [
  [exactHost, 'Exposure.https.host', 'Exposure.insecureHttp.host', 'BackendTls.publicAuthority.serverName', 'BackendTls.authorityFromConfigMap.serverName',
    'BackendTls.authorityFromSecret.serverName'],
  [host, 'ExposureOptions.hosts[]', 'TraefikOptions.defaultCertificateHosts[]'],
  [path, 'ExposureOptions.path', 'PathRewrite.replacePrefix.prefix', 'ServiceAuthOptions.path'],
  [refusing({ ...path, inside: path.inside.filter((each) => each.kind === 'text' && each.value !== '/') }, ['/']), 'PathRewrite.appRoot.path'],
  // Only of a path that is a regular expression has it a meaning.
  [words(['/accounts', '/a/b-c_d']), 'PathRewrite.regularExpression.replacement'],
  // One that the Service has.
  [{ ...port, inside: fc.constant(number(80)) }, 'BackendPort.numbered.number'],
  [{ ...chosen('portName', '', portName), outside: ['', 'A', 'a_b', '-a', 'a b', 'x'.repeat(64)].map(text) }, 'BackendPort.named.name'],
  [cidr, 'ExposureOptions.allowedSources[]'],
  [integers(1, 65535, { most: 100 }), 'ExposureOptions.maxConcurrentRequests'],
  [integers(1, 10, { most: 10 }), 'ExposureOptions.retries'],
  [integers(1, 100, { most: 100 }), 'TrafficMirror.percent'],
  [count(), 'RateLimit.perSecond.requests', 'RateLimit.perMinute.requests', 'RateLimitOptions.burst'],
  [{
    inside: fc.integer({ min: 1, max: 64 }).map((each) => call('cdk8s.Size', 'mebibytes', number(each))),
    outside: [call('cdk8s.Size', 'mebibytes', number(0)), call('cdk8s.Size', 'kibibytes', number(0.5))],
  }, 'ExposureOptions.maxBodySize'],
  [seconds, 'ExposureTimeouts.response', 'StickySession.maxAge'],
  // No target says this one and all the others.
  [{ ...seconds, outside: [] }, 'ExposureTimeouts.request'],
  [durations(0, 2147483647, { most: 600, edges: [0] }), 'CorsOptions.maxAge'],
  [words(['shop', 'a_b-c'], ['', 'a b', 'a;b', 'ü', 'x'.repeat(65)]), 'StickySession.cookieName'],
  [words(['https://www.example.com', 'http://localhost:3000', 'https://*.example.com'], ['', 'www.example.com', 'https://a/', 'https://A', 'https://*', 'null', 'https://a b']),
    'CorsOptions.allowOrigins[]'],
  [words(['GET', 'PUT', 'DELETE'], ['', 'get', '*', 'GE T']), 'CorsOptions.allowMethods[]'],
  [header, 'CorsOptions.allowHeaders[]', 'CorsOptions.exposeHeaders[]', 'ExternalAuthOptions.responseHeaders[]'],
  [changedHeader, 'HeaderChanges.set[key]', 'HeaderChanges.remove[]'],
  [headerValue, 'HeaderChanges.set[]'],
  [{ ...header, outside: [] }, 'HeaderChanges.add[key]'], [{ ...headerValue, outside: [] }, 'HeaderChanges.add[]'],
  [words(['Staff only', 'a'], ['', 'a"b', 'a\\b', 'a\nb', 'ü', 'x'.repeat(201)]), 'BasicAuthOptions.realm'],
  [url, 'EdgeAuth.byUrl.url'],
  [refusing(words(['/sign-in', 'https://auth.example.com/start']), ['', 'a', '/a b']), 'ExternalAuthOptions.signInUrl'],
  [words(['https://login.example.com/realms/shop', 'https://login.example.com:8443'], ['', 'login', 'http://login.example.com', 'https://a?b=c', 'https://a#b', 'https://u:p@a']),
    'OidcOptions.issuerUrl'],
  [words(['shop', 'a:b/c'], ['', 'a b', 'ü', 'x'.repeat(257)]), 'OidcOptions.clientId'],
  [words(['client-secret', 'a.b_c'], ['', 'a b', 'a/b', 'x'.repeat(254)]), 'OidcOptions.clientSecretKey'],
  [words(['cookie-secret', 'a.c_d'], ['', 'a b', 'a/b', 'x'.repeat(254)]), 'OidcOptions.cookieSecretKey'],
  [words(['example.com', '.example.org'], ['', 'a b', 'example', '@example.com']), 'OidcOptions.emailDomains[]'],
  [words(['ada@example.com'], ['', 'ada', 'a b@example.com', 'a@b\nc']), 'OidcOptions.allowedEmails[]'],
  [words(['staff', 'Shop / Staff', 'a,b'], ['', 'a\nb', 'x'.repeat(257)]), 'OidcOptions.allowedGroups[]'],
  [words(['groups', 'roles'], ['', 'a\nb']), 'OidcOptions.groupsClaim'],
  [words(['openid'], ['', 'a b', 'email']), 'OidcOptions.scopes[]'],
  [words(['/public', '/a/b'], ['', 'a', '/', '/a/', '/oauth2', '/oauth2/x', '/a b', '/(a)']), 'OidcOptions.skipAuthPaths[]'],
  [words(['login.example.com', 'a.example.com:8443'], ['', 'a', 'https://a.b', 'A.example.com', 'a b.c']), 'OidcOptions.signOutHosts[]'],
  [words(['cookie-expire'], ['', 'Cookie', 'client-secret', 'upstream', 'reverse-proxy', '--a']), 'OidcOptions.settings[key]'],
  [words(['1h', 'true']), 'OidcOptions.settings[]'],
  [image, 'OidcOptions.image'],
  [integers(1, 2147483647, { most: 4 }), 'OidcOptions.replicas'],
  [integers(1, 100, { most: 100 }), 'OwnGatewayOptions.trustedProxies'],
  [words(['X-Shop', 'X-A1'], ['', 'X Shop', 'ü']), 'IngressControllerOptions.allowedResponseHeaders[]'],
  [subdomain, 'IngressClassProps.name', 'IngressClass.fromIngressClassName.name'],
  [words(['k8s.example.com'], ['', 'a b', 'A.b']), 'IngressClassParameters.apiGroup'],
  // Of whatever kind the controller knows: only what can be no part of a path is refused.
  [words(['IngressParameters'], ['']), 'IngressClassParameters.kind'], [words(['inner', 'A_b'], ['', 'a/b', '.', '..']), 'IngressClassParameters.name'],
  [label, 'Traefik.inNamespace.namespace'],
  [words(['web', 'websecure-2', 'a_b'], ['', 'a b', '-a', 'a.b']), 'TraefikOptions.httpEntryPoint'],
  [words(['secure', 'websecure-3'], ['', 'a b', '-a', 'a.b']), 'TraefikOptions.httpsEntryPoint'],
  [integers(0, 16, { most: 16 }), 'TraefikOptions.trustedProxies'],
  [words(['example.com/ingress', 'k8s.io/ingress-nginx'], ['', 'nginx', '/a', 'Example.com/a', 'a b/c']), 'IngressClassProps.controller'],
];
