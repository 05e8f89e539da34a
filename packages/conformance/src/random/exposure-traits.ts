import { call, entryOf, list, text, type Expression, type ObjectLiteral } from './program.js';

type Rule = (object: ObjectLiteral) => ObjectLiteral;

const OPTIONS = ['allowedSources', 'rateLimit', 'maxConcurrentRequests', 'cors', 'maxBodySize', 'timeouts', 'retries', 'rewrite', 'requestHeaders', 'responseHeaders',
  'compression', 'stickySession', 'mirror', 'wwwRedirect', 'backendTls', 'backendPort', 'protocol'];

/** How often they are there, of 100: most of them are refused by some target, and with it the whole app. */
export const EXPOSURE_PRESENCE: Readonly<Record<string, number>> = {
  ...Object.fromEntries(OPTIONS.map((name) => [`ExposureOptions.${name}`, 3])),
  'ExposureOptions.target': 30,
  'HttpsExposureOptions.auth': 12,
  // few apps have any of it
  ...Object.fromEntries(['clientSecretKey', 'cookieSecretKey', 'emailDomains', 'groupsClaim', 'issuerAuthority', 'replicas', 'scopes', 'settings', 'signOutHosts', 'skipAuthPaths'].map((name) => [`OidcOptions.${name}`, 50])),
  'HttpsExposureOptions.certificate': 60,
  'ClusterProfileProps.traefik': 40,
  'ExposureOptions.rewrite': 6,
  'ExposureOptions.path': 30,
};

export const EXPOSURE_NOT_EMPTY: readonly string[] = ['CorsOptions.allowOrigins', 'CorsOptions.allowMethods', 'ExposureOptions.allowedSources'];

function without(object: ObjectLiteral, name: string): ObjectLiteral {
  return { ...object, entries: object.entries.filter(([each]) => each !== name) };
}

function textAt(object: ObjectLiteral, name: string): string | undefined {
  const entry = entryOf(object, name);
  return entry?.kind === 'text' ? entry.value : entry?.kind === 'constant' ? entry.name : undefined;
}

const EXPRESSION: Expression = { kind: 'constant', owner: '@keelson/web.PathType', name: 'REGULAR_EXPRESSION' };

/** A rewrite goes with a path of its kind. */
const rewritesItsPath: Rule = (object) => {
  const rewrite = entryOf(object, 'rewrite');
  const expression = textAt(object, 'pathType') === 'REGULAR_EXPRESSION';
  const path = textAt(object, 'path') ?? '/';
  const way = rewrite?.kind === 'static' ? rewrite.name : '';
  // Both are seldom drawn, and together hardly ever.
  if (way === 'regularExpression' && !expression) return { ...without(object, 'pathType'), entries: [...without(object, 'pathType').entries, ['pathType', EXPRESSION]] };
  const prefix = !expression && textAt(object, 'pathType') !== 'EXACT';
  const fits = { stripPrefix: prefix && path !== '/', replacePrefix: prefix, appRoot: !expression && path === '/' }[way] ?? true;
  return fits ? object : without(object, 'rewrite');
};

/** No other name begins with `www` and a star. */
const onlyOfExactHosts: Rule = (object) => {
  const hosts = entryOf(object, 'hosts');
  const wild = hosts?.kind === 'list' && hosts.items.some((each) => each.kind === 'text' && each.value.startsWith('*'));
  return wild ? without(object, 'wwwRedirect') : object;
};

export const EXPOSURE_RULES: Readonly<Record<string, readonly Rule[]>> = {
  ExposureOptions: [rewritesItsPath, onlyOfExactHosts],
};

const traefik: Expression = { kind: 'constant', owner: '@keelson/web.ExposureTarget', name: 'TRAEFIK' };
const gateway: Expression = { kind: 'constant', owner: '@keelson/web.ExposureTarget', name: 'GATEWAY_API' };

/** The target that can say most of what is tried. */
export const EXPOSURE_BESIDE: Readonly<Record<string, Readonly<Record<string, Expression>>>> = {
  'ExposureOptions': { target: traefik },
  'HttpsExposureOptions': { target: traefik, certificate: call('@keelson/core.Certificate', 'issuedBy', text('letsencrypt')) },
  'HttpsExposureOptions.certificate': { target: gateway },
  'OidcOptions': { allowedGroups: list([text('staff')]) },
  'OwnGatewayOptions.trustedProxies': { implementation: { kind: 'constant', owner: '@keelson/core.GatewayImplementation', name: 'ENVOY_GATEWAY' } },
  'CorsOptions': { allowOrigins: list([text('https://www.example.com')]) },
};
