import type { OidcOptions } from '../../oidc-options';
import { SIGN_IN_PATH } from './sign-in-path';

/** Where the proxy listens. */
export const PROXY_PORT = 4180;
/** Below its own path: at `/ping` and `/ready` it would answer in the app's place, where requests go through it. */
export const LIVE_PATH = `${SIGN_IN_PATH}/ping`;
export const READY_PATH = `${SIGN_IN_PATH}/ready`;
/** Directories that are mounted. */
export const CREDENTIALS = '/etc/oauth2-proxy/credentials';
export const EMAILS = '/etc/oauth2-proxy/emails';
export const AUTHORITY = '/etc/oauth2-proxy/authority';

/** What the proxy is for: more of it may come until synth. */
export interface ProxyDuties {
  /** Hosts that browsers may be sent to. */
  readonly hosts: ReadonlySet<string>;
  /** Whether a gateway asks it about requests. */
  readonly asked: boolean;
  /** The app, where requests go through it. */
  readonly upstream?: string;
}

/**
 * The arguments of oauth2-proxy.
 *
 * It isn't told that it is behind a proxy (`--reverse-proxy`): it then believes no header of its callers, so that no client can choose by
 * `X-Forwarded-Uri` which path it is judged by, whatever the gateway lets pass. It needs none of them: the gateway leaves `Host` as it
 * is, and what was asked for comes as `rd`.
 *
 * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview
 * @see https://github.com/oauth2-proxy/oauth2-proxy/security/advisories/GHSA-7x63-xv5r-3p2x
 */
export function proxyFlags(options: OidcOptions, { hosts, asked, upstream }: ProxyDuties): string[] {
  const { allowedEmails = [], emailDomains = [], allowedGroups = [], skipAuthPaths = [], signOutHosts = [] } = options;
  const { scopes, groupsClaim, issuerAuthority, settings } = options;
  const domains = emailDomains.length + allowedEmails.length > 0 ? emailDomains : ['*'];
  return [
    '--provider=oidc',
    flag('oidc-issuer-url', options.issuerUrl),
    flag('client-id', options.clientId),
    `--client-secret-file=${CREDENTIALS}/client-secret`,
    `--cookie-secret-file=${CREDENTIALS}/cookie-secret`,
    ...issuerAuthority === undefined ? [] : [`--provider-ca-file=${AUTHORITY}/ca.crt`],
    // all addresses, of both IP families
    `--http-address=:${PROXY_PORT}`,
    `--ping-path=${LIVE_PATH}`,
    `--ready-path=${READY_PATH}`,
    '--silence-ping-logging=true',
    '--skip-provider-button=true',
    '--code-challenge-method=S256',
    '--insecure-oidc-skip-nonce=false',
    '--cookie-secure=true',
    // the browser comes back from the provider with it, but no other page can make it act with it
    '--cookie-samesite=lax',
    ...domains.map(domain => flag('email-domain', domain)),
    ...allowedEmails.length > 0 ? [`--authenticated-emails-file=${EMAILS}/emails`] : [],
    ...allowedGroups.map(group => flag('allowed-group', field(group))),
    ...groupsClaim === undefined ? [] : [flag('oidc-groups-claim', groupsClaim)],
    ...scopes === undefined ? [] : [flag('scope', scopes.join(' '))],
    ...[...new Set([...hosts, ...signOutHosts])].sort().map(host => flag('whitelist-domain', host)),
    ...asked ? ['--set-xauthrequest=true'] : [],
    ...upstream === undefined ? [] : [
      flag('upstream', upstream),
      // the gateway's own timeouts hold; the proxy's would be 30 s
      '--upstream-timeout=24h',
      ...skipAuthPaths.map(path => `--skip-auth-route=${skipExpression(path)}`),
    ],
    ...Object.entries(settings ?? {}).sort(([a], [b]) => a < b ? -1 : 1).map(([name, value]) => flag(name, value)),
  ];
}

/** Kubernetes takes `$(NAME)` in an argument for an environment variable. */
function flag(name: string, value: string): string {
  return `--${name}=${value.replaceAll('$', '$$$$')}`;
}

/** One entry of a flag that takes several, separated by commas. */
function field(value: string): string {
  return /[",]|^\s/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * A path and what is below it, as the proxy's regular expression. It is compared with the path as sent, decoded: one with `..`, which an
 * app may understand as another path, isn't let pass.
 */
function skipExpression(path: string): string {
  return `^${path.replaceAll('.', '\\.')}(/\\.?[^/\\\\.][^/\\\\]*)*/?$`;
}
