import { BackendProtocol } from '../../backend-protocol';
import type { Exposure } from '../../exposure';
import { HttpRedirect } from '../../http-redirect';
import { PathRewriteType } from '../../path-rewrite';
import { PathType } from '../../path-type';

/** Another feature that may stand for one. */
export interface Instead {
  readonly name: 'oidc' | 'requestTimeout' | 'responseTimeout';
  /** Whether it is enough where both are asked for. */
  readonly suffices?: boolean;
  readonly advice: string;
}

/** What an exposure may ask for beyond a host, a path and a Service, told apart as far as targets differ in it. */
export interface Feature {
  /** Row of the catalogue. */
  readonly row: string;
  /** The prop that asks for it. */
  readonly member: string;
  /** How messages and the documentation call it. */
  readonly text: string;
  /** Whether it keeps somebody out. */
  readonly protects?: boolean;
  /** What to do where it can't just be left out. */
  readonly advice?: string;
  /** What else may do where a target hasn't got it. */
  readonly instead?: Instead;
  /** Whether an exposure asks for it. */
  readonly asked: (exposure: Exposure, protocol: BackendProtocol) => boolean;
}

const rewrites = (type: PathRewriteType) => ({ options }: Exposure): boolean => options.rewrite?.type === type;
const some = (entries: object | undefined): boolean => Object.keys(entries ?? {}).length > 0;

/** All of them, in the order of the documentation. A new one has its line here, and the compiler asks each target what it does about it. */
export const FEATURES = {
  wildcardHost: { row: 'X1', member: 'host', text: 'a wildcard host', advice: 'name the hosts', asked: ({ hosts }) => hosts.some(host => host.startsWith('*.')) },
  exactPath: { row: 'X1', member: 'pathType', text: 'an exact path', asked: ({ pathType }) => pathType === PathType.EXACT },
  regularExpressionPath: { row: 'X1', member: 'pathType', text: 'a path by regular expression', asked: ({ pathType }) => pathType === PathType.REGULAR_EXPRESSION },
  namedPort: { row: 'X1', member: 'backendPort', text: 'a Service port by name', asked: ({ options }) => options.backendPort?.name !== undefined },
  defaultBackend: { row: 'X1', member: 'host', text: 'a default backend by HTTPS', advice: 'name the hosts', asked: ({ hosts, encrypted }) => encrypted && hosts.length === 0 },
  plainDefaultBackend: { row: 'X1', member: 'host', text: 'a default backend by plain HTTP', advice: 'name the hosts', asked: ({ hosts, encrypted }) => !encrypted && hosts.length === 0 },
  certificateFromSecret: { row: 'X3', member: 'certificate', text: 'a certificate from a Secret', asked: ({ certificate }) => certificate?.secret !== undefined },
  issuedCertificate: { row: 'X3', member: 'certificate', text: 'a certificate by cert-manager', asked: ({ certificate }) => certificate?.issuer !== undefined },
  permanentRedirect: {
    row: 'X3', member: 'redirect', text: 'a permanent redirect to HTTPS', asked: ({ redirect }) => redirect === HttpRedirect.PERMANENT,
  },
  temporaryRedirect: { row: 'X3', member: 'redirect', text: 'a temporary redirect to HTTPS', asked: ({ redirect }) => redirect === HttpRedirect.TEMPORARY },
  noRedirect: { row: 'X3', member: 'redirect', text: 'no answer by plain HTTP', asked: ({ redirect }) => redirect === HttpRedirect.NONE },
  wwwRedirect: { row: 'X3', member: 'wwwRedirect', text: "a redirect of 'www'", asked: ({ options }) => options.wwwRedirect === true },
  basicAuth: {
    row: 'X4', member: 'auth', text: 'basic auth', protects: true, instead: { name: 'oidc', advice: 'let users sign in by EdgeAuth.oidc(…), which every target has' },
    asked: ({ auth }) => auth?.basicUsers !== undefined,
  },
  basicAuthRealm: { row: 'X4', member: 'auth.realm', text: 'a realm of basic auth', asked: ({ auth }) => auth?.basicUsers?.realm !== undefined },
  serviceAuth: { row: 'X5', member: 'auth', text: 'an authentication service', protects: true, asked: ({ auth }) => auth?.service !== undefined },
  urlAuth: {
    row: 'X5', member: 'auth', text: 'an authentication service by URL', protects: true, asked: ({ auth }) => auth?.url !== undefined,
  },
  signInRedirect: {
    row: 'X5', member: 'auth.signInUrl', text: 'a redirect to sign in', asked: ({ auth }) => (auth?.service ?? auth?.url)?.signInUrl !== undefined,
  },
  authResponseHeaders: {
    row: 'X5', member: 'auth.responseHeaders', text: "headers of an authentication service's answer",
    asked: ({ auth }) => some((auth?.service ?? auth?.url)?.responseHeaders),
  },
  oidc: { row: 'X5', member: 'auth', text: 'OIDC by oauth2-proxy', asked: ({ auth }) => auth?.provider !== undefined },
  appRoot: { row: 'X6', member: 'rewrite', text: 'an app root', asked: rewrites(PathRewriteType.APP_ROOT) },
  stripPrefix: { row: 'X6', member: 'rewrite', text: 'a stripped prefix', asked: rewrites(PathRewriteType.STRIP_PREFIX) },
  replacePrefix: { row: 'X6', member: 'rewrite', text: 'a replaced prefix', asked: rewrites(PathRewriteType.REPLACE_PREFIX) },
  regularExpressionRewrite: { row: 'X6', member: 'rewrite', text: 'a rewrite by regular expression', asked: rewrites(PathRewriteType.REGULAR_EXPRESSION) },
  allowedSources: {
    row: 'X7', member: 'allowedSources', text: 'an allow list of addresses', protects: true, asked: ({ options }) => options.allowedSources !== undefined,
  },
  rateLimit: { row: 'X7', member: 'rateLimit', text: 'a rate limit', asked: ({ options }) => options.rateLimit !== undefined },
  concurrencyLimit: {
    row: 'X7', member: 'maxConcurrentRequests', text: 'a limit of concurrent requests', asked: ({ options }) => options.maxConcurrentRequests !== undefined,
  },
  cors: { row: 'X7', member: 'cors', text: 'CORS', asked: ({ options }) => options.cors !== undefined },
  bodySize: { row: 'X7', member: 'maxBodySize', text: 'a largest body', asked: ({ options }) => options.maxBodySize !== undefined },
  requestTimeout: {
    row: 'X7', member: 'timeouts.request', text: 'a timeout of the whole request',
    instead: { name: 'responseTimeout', suffices: true, advice: "say 'timeouts.response' too, which it has" },
    asked: ({ options }) => options.timeouts?.request !== undefined,
  },
  responseTimeout: {
    row: 'X7', member: 'timeouts.response', text: 'a timeout until the answer begins',
    instead: { name: 'requestTimeout', suffices: true, advice: "say 'timeouts.request' too, which it has" },
    asked: ({ options }) => options.timeouts?.response !== undefined,
  },
  retries: { row: 'X7', member: 'retries', text: 'retries', asked: ({ options }) => options.retries !== undefined },
  setRequestHeaders: { row: 'X7', member: 'requestHeaders.set', text: 'request headers that are set', asked: ({ options }) => some(options.requestHeaders?.set) },
  addRequestHeaders: { row: 'X7', member: 'requestHeaders.add', text: 'request headers that are added', asked: ({ options }) => some(options.requestHeaders?.add) },
  removeRequestHeaders: {
    row: 'X7', member: 'requestHeaders.remove', text: 'request headers that are removed', asked: ({ options }) => some(options.requestHeaders?.remove),
  },
  setResponseHeaders: { row: 'X7', member: 'responseHeaders.set', text: 'response headers that are set', asked: ({ options }) => some(options.responseHeaders?.set) },
  addResponseHeaders: { row: 'X7', member: 'responseHeaders.add', text: 'response headers that are added', asked: ({ options }) => some(options.responseHeaders?.add) },
  removeResponseHeaders: {
    row: 'X7', member: 'responseHeaders.remove', text: 'response headers that are removed', asked: ({ options }) => some(options.responseHeaders?.remove),
  },
  compression: { row: 'X7', member: 'compression', text: 'compression', asked: ({ options }) => options.compression === true },
  backendTlsPublic: {
    row: 'X7', member: 'backendTls', text: 'TLS to the app by a public authority',
    asked: ({ options: { backendTls: tls } }) => tls !== undefined && tls.configMap === undefined && tls.secret === undefined,
  },
  backendTlsConfigMap: {
    row: 'X7', member: 'backendTls', text: 'TLS to the app by an authority in a ConfigMap', asked: ({ options }) => options.backendTls?.configMap !== undefined,
  },
  backendTlsSecret: {
    row: 'X7', member: 'backendTls', text: 'TLS to the app by an authority in a Secret', asked: ({ options }) => options.backendTls?.secret !== undefined,
  },
  grpc: { row: 'X7', member: 'protocol', text: 'gRPC', asked: (_, protocol) => protocol === BackendProtocol.GRPC },
  stickySession: { row: 'X7', member: 'stickySession', text: 'a sticky session', asked: ({ options }) => options.stickySession !== undefined },
  mirror: { row: 'X7', member: 'mirror', text: 'a mirror', asked: ({ options }) => options.mirror !== undefined },
  mirrorShare: {
    row: 'X7', member: 'mirror.percent', text: 'a mirror of a share of the requests', asked: ({ options }) => (options.mirror?.percent ?? 100) !== 100,
  },
} satisfies Record<string, Feature>;

/** Name of a feature. */
export type FeatureName = keyof typeof FEATURES;
