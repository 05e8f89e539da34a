import { Support } from './support';

/** What Traefik's middlewares and services say, whichever route names them. */
export const TRAEFIK_MIDDLEWARE_SUPPORTS = {
  basicAuth: Support.by('basicAuth:'),
  basicAuthRealm: Support.by('realm: Staff only'),
  serviceAuth: Support.by('forwardAuth:'),
  urlAuth: Support.by('address: https://auth.example.com/verify'),
  signInRedirect: Support.by('statusRewrites:'),
  authResponseHeaders: Support.by('authResponseHeaders:'),
  oidc: Support.by('--oidc-issuer-url=https://'),
  regularExpressionRewrite: Support.by('replacement: /accounts/${1}'),
  allowedSources: Support.by('ipAllowList:'),
  rateLimit: Support.by('rateLimit:'),
  concurrencyLimit: Support.by('inFlightReq:'),
  cors: Support.by('accessControlAllowOriginList:'),
  bodySize: Support.by('maxRequestBodyBytes:'),
  responseTimeout: Support.by('responseHeaderTimeout:'),
  retries: Support.by('attempts: 3'),
  compression: Support.by('compress:'),
  stickySession: Support.by('sticky:'),
  mirror: Support.by('mirroring:'),
  mirrorShare: Support.by('percent: 10'),
};
