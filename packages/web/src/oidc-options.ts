import { IConfigMap, IConnectable, ISecret, Resources } from '@keelson/core';

/** How users sign in with an OpenID Connect provider, and which of them may. */
export interface OidcOptions {
  /** The issuer, such as `https://login.example.com/realms/shop`; its `.well-known/openid-configuration` tells the rest. */
  readonly issuerUrl: string;

  /**
   * The client that the provider knows the app by. There, its redirect URLs are `https://<host>/oauth2/callback`, one for each host: a
   * wildcard host can't have one, and is refused.
   */
  readonly clientId: string;

  /**
   * A Secret of the app's namespace with the client's secret and the key that cookies are encrypted with, both without a line break at
   * their end. The proxy reads them as files; they are in no argument and no environment variable.
   */
  readonly credentials: ISecret;

  /**
   * The key of the client's secret in `credentials`.
   *
   * @default 'client-secret'
   */
  readonly clientSecretKey?: string;

  /**
   * The key of the cookies' key in `credentials`: 32 random bytes in base64, such as `openssl rand -base64 32 | tr -- '+/' '-_'` prints.
   *
   * @default 'cookie-secret'
   */
  readonly cookieSecretKey?: string;

  /**
   * Domains of the e-mail addresses that may sign in; `*` for everybody whom the provider knows, `.example.com` for all below a domain.
   *
   * One of `emailDomains`, `allowedEmails` and `allowedGroups` has to be said. Who signs in needs an address that is in one of the first
   * two, where either is said, and a group of the third, where it is.
   *
   * @default - none.
   */
  readonly emailDomains?: string[];

  /**
   * E-mail addresses that may sign in; the proxy reads them from a ConfigMap.
   *
   * @default - none.
   */
  readonly allowedEmails?: string[];

  /**
   * Groups, one of which the user has to be in.
   *
   * @default - any.
   */
  readonly allowedGroups?: string[];

  /**
   * The claim with the groups.
   *
   * @default 'groups'
   */
  readonly groupsClaim?: string;

  /**
   * What the provider is asked for; `openid` among it.
   *
   * @default - `openid`, `email` and `profile`, and `groups` where `allowedGroups` are said.
   */
  readonly scopes?: string[];

  /**
   * Paths that nobody has to sign in for, with all below them, such as `/healthz`; each below the path of an exposure of
   * `PathType.PREFIX`. Who the user is, the app isn't told there.
   *
   * A Traefik that is a gateway leads `/public/..%2fsecret` there, too: an app that takes `%2f` for `/` has to refuse it.
   *
   * @default - none.
   */
  readonly skipAuthPaths?: string[];

  /**
   * Hosts that a browser may be sent to when it has signed in or out, beside the app's own: such as the provider's, by
   * `/oauth2/sign_out?rd=https%3A%2F%2Flogin.example.com%2Flogout`.
   *
   * @default - the app's own hosts only.
   */
  readonly signOutHosts?: string[];

  /**
   * How many pods of the proxy.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * What each pod of the proxy gets.
   *
   * @default - 50m of CPU, and 64 MiB of memory, which is its limit too.
   */
  readonly resources?: Resources;

  /**
   * The image of oauth2-proxy, of release 7.15.2 or newer: older ones can be made to skip the sign-in.
   *
   * @default - 7.15.4, by digest.
   * @see https://github.com/oauth2-proxy/oauth2-proxy/security/advisories/GHSA-7x63-xv5r-3p2x
   */
  readonly image?: string;

  /**
   * Where the provider is, as network policies name it: by the ports that it offers, else the one of `issuerUrl`.
   *
   * @default - the internet, on the port of `issuerUrl`.
   */
  readonly issuerPeer?: IConnectable;

  /**
   * The authority of the provider's certificate, where it is no public one: a ConfigMap of the app's namespace with `ca.crt`.
   *
   * @default - the public authorities.
   */
  readonly issuerAuthority?: IConfigMap;

  /**
   * More settings of oauth2-proxy, by the names of its flags without `--`, such as `{ 'cookie-refresh': '1h' }`. Flags that are rendered
   * can't be given, nor those with a secret in them, nor those that let requests pass unasked.
   *
   * @default - none.
   * @see https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview
   */
  readonly settings?: { [flag: string]: string };
}
