import { Fault, Faults } from '@keelson/core';
import { shown } from '../made';

/** Flags that are rendered, or that others which are rendered exclude. */
const RENDERED = new Set([
  'alpha-config', 'allowed-group', 'authenticated-emails-file', 'client-id', 'client-secret-file', 'code-challenge-method', 'config', 'cookie-samesite',
  'cookie-secret-file', 'cookie-secure', 'email-domain', 'force-code-challenge-method', 'http-address', 'insecure-oidc-skip-nonce', 'oidc-groups-claim',
  'oidc-issuer-url', 'ping-path', 'provider', 'provider-ca-file', 'proxy-prefix', 'ready-path', 'scope', 'set-xauthrequest', 'silence-ping-logging',
  'skip-auth-route', 'skip-provider-button', 'upstream', 'upstream-timeout', 'use-system-trust-store', 'whitelist-domain',
]);
/** Flags whose values are secrets: arguments are read by whoever may read the Deployment. */
const SECRET = new Set([
  'basic-auth-password', 'client-secret', 'cookie-secret', 'github-token', 'jwt-key', 'redis-password', 'redis-sentinel-password', 'signature-key',
]);
/** Flags that make it believe what clients say, or whoever it talks to. */
const UNSAFE = new Map([
  ['reverse-proxy', "believes what clients write into 'X-Forwarded-Uri'"], ['trusted-proxy-ip', "is about 'reverse-proxy'"],
  ['trusted-ip', 'asks nobody of these addresses'], ['skip-auth-regex', 'asks nobody for these paths'], ['skip-auth-preflight', 'asks nobody for OPTIONS'],
  ['skip-auth-strip-headers', 'believes what clients write into the headers that name the user'],
  ['insecure-oidc-skip-issuer-verification', "takes any provider's tokens"], ['ssl-insecure-skip-verify', "takes any provider's certificate"],
  ['ssl-upstream-insecure-skip-verify', "takes any app's certificate"],
  ['insecure-oidc-allow-unverified-email', 'believes addresses that nobody has verified'], ['cookie-httponly', 'lets scripts read the session'],
  ['force-https', 'redirects for ever behind what ends TLS'], ['htpasswd-file', 'reads a file that the pods have not'],
  ['redirect-url', 'leads all hosts to one'], ['https-address', 'listens where nobody asks'], ['skip-oidc-discovery', 'takes keys from elsewhere'],
  ['oidc-jwks-url', 'takes keys from elsewhere'],
]);

/** What is wrong with settings of oauth2-proxy. */
export function settingsFaults(settings: { readonly [flag: string]: string } | undefined): Fault[] {
  return Object.entries(settings ?? {}).flatMap(([flag, value]) => {
    const member = `settings.${flag}`;
    const say = (code: string, got: string, allowed: string, fix: string): Fault[] => [{ code, member, got, allowed, fix }];
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(flag)) {
      return say('KEELSON2410', Faults.quoted(flag), "a flag's name without '--'", "write it like 'cookie-refresh'");
    }
    if (typeof value !== 'string' || !/^[ -~]{0,4096}$/.test(value)) {
      return say('KEELSON2410', shown(value), 'at most 4096 printable ASCII characters', "write numbers and booleans as texts too, such as 'true'");
    }
    if (RENDERED.has(flag)) {
      return say('KEELSON2411', 'what is rendered already', 'a flag that no other option is about', 'remove it, and use the option');
    }
    if (SECRET.has(flag)) {
      return say('KEELSON2412', 'a secret in an argument', 'a flag without a secret', 'remove it: who may read the Deployment could read it');
    }
    const why = UNSAFE.get(flag);
    return why === undefined ? [] : say('KEELSON2413', `a flag that ${why}`, 'a flag that asks everybody', "remove it; for paths that are everybody's there is 'skipAuthPaths'");
  });
}
