import { Fault, Faults, ISecret, ResourceName } from '@keelson/core';
import type { IExposableService } from './exposed-service';
import { OidcOptions } from './oidc-options';
import { serviceAuthFaults, urlAuthFaults } from './private/edge/external-auth-faults';
import { shown } from './private/made';
import { oidcFaults } from './private/oidc/oidc-faults';
import { signInPlans } from './private/oidc/sign-in-plans';
import type { Plan, SoundExposure } from './private/plans';

/** Options for `EdgeAuth.basic`. */
export interface BasicAuthOptions {
  /**
   * What the browser's dialog says; Envoy Gateway shows none.
   *
   * @default - what the target says.
   */
  readonly realm?: string;
}

/** What is asked of who decides whether a request may pass. */
export interface ExternalAuthOptions {
  /**
   * Headers of its answer that the app gets, such as `X-Auth-Request-Email`. What clients send under these names doesn't get through, so
   * targets that can't hold it back refuse this.
   *
   * @default - none.
   */
  readonly responseHeaders?: string[];

  /**
   * Where browsers that may not pass are sent to, by 302: a path of the host itself, such as `/oauth2/start`, or a URL. What they asked
   * for goes along as `rd`. Traefik takes an answer 401 of the app itself for that too, and needs to be 3.7 or newer, with the definitions
   * of its kinds: with older ones nobody passes either, but browsers get an answer 302 that leads nowhere.
   *
   * @default - nowhere: they get the answer, such as 401.
   */
  readonly signInUrl?: string;
}

/** Options for `EdgeAuth.byService`. */
export interface ServiceAuthOptions extends ExternalAuthOptions {
  /**
   * The path that is asked. An answer of 2xx lets the request pass; at Envoy Gateway, and where the Gateway API's own filter asks, of 200
   * only. That filter has the path of the request behind this one: with `/verify`, `/verify/cart` is asked.
   *
   * @default '/'
   */
  readonly path?: string;
}

/** An authentication service inside the cluster, as an exposure asks it. */
export interface AuthService extends ServiceAuthOptions {
  /** The Service. Requests go to its first port. */
  readonly service: IExposableService;
}

/** An authentication service by its URL, as an exposure asks it. */
export interface AuthUrl extends ExternalAuthOptions {
  /** Its URL. */
  readonly url: string;
}

/** Users with passwords, as an exposure asks for them. */
export interface BasicAuthUsers extends BasicAuthOptions {
  /** The Secret with their names and hashes of their passwords. */
  readonly users: ISecret;
}

/**
 * Who may reach an app, decided before a request gets there.
 *
 * ```ts
 * EdgeAuth.oidc({
 *   issuerUrl: 'https://login.example.com/realms/shop',
 *   clientId: 'storefront',
 *   credentials: Secret.fromSecretName('storefront-oidc'),
 *   emailDomains: ['example.com'],
 * });
 * EdgeAuth.basic(Secret.fromSecretName('shop-users'));
 * ```
 */
export class EdgeAuth {
  /**
   * Users with passwords. The Secret has lines of name and hash, as `htpasswd` writes them, under the key that the target reads: `auth` for
   * ingress-nginx, `.htpasswd` for Envoy Gateway (hashes of `htpasswd -s` only). Traefik takes a Secret with one key only, whatever its
   * name, so one with `auth` alone is for both ingress-nginx and Traefik; Envoy Gateway and ingress-nginx may share one with both keys.
   * Standard Gateway API can't say it.
   *
   * @param users the Secret, in the namespace of the app.
   * @param options what the browser's dialog says.
   * @see https://kubernetes.github.io/ingress-nginx/examples/auth/basic/
   * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/basicauth/
   * @see https://gateway.envoyproxy.io/docs/tasks/security/basic-auth/
   */
  public static basic(users: ISecret, options: BasicAuthOptions = {}): EdgeAuth {
    const faults = [...Faults.within('users', secretFaults(users)), ...realmFaults(options.realm)];
    return new EdgeAuth(faults, 'basic auth', { ...options, users });
  }

  /**
   * Another Service of the cluster decides: it is asked about each request, and 2xx lets it pass (at Envoy Gateway, and where the Gateway
   * API's own filter asks, 200 only). It gets cookies, `Authorization`, and what tells of the client; any other answer goes to the client
   * as it is, so it may redirect to where users sign in.
   *
   * @param service who is asked; the gateway is let in to it.
   * @param options the path it is asked by, and what of its answer the app gets.
   */
  public static byService(service: IExposableService, options: ServiceAuthOptions = {}): EdgeAuth {
    return new EdgeAuth(serviceAuthFaults(service, options), 'an authentication service', undefined, { ...options, service });
  }

  /**
   * Somebody by a URL decides: it is asked about each request, and 2xx lets it pass. The Gateway API asks Services only.
   *
   * @param url such as `https://auth.example.com/verify`.
   * @param options what of its answer the app gets.
   */
  public static byUrl(url: string, options: ExternalAuthOptions = {}): EdgeAuth {
    return new EdgeAuth(urlAuthFaults(url, options), 'an authentication service by URL', undefined, undefined, { ...options, url });
  }

  /**
   * Sign-in with an OpenID Connect provider, by an oauth2-proxy that is defined beside the app, as `<app>-oauth2-proxy`: its Deployment,
   * Service, policies and routes. Exposures of one app, and of one host, share the value; each app has its own proxy.
   *
   * Traefik and ingress-nginx ask the proxy about each request. The app is told who the user is by `X-Auth-Request-User`, `-Email`,
   * `-Groups` and `-Preferred-Username`. Elsewhere requests go through the proxy, and the gateway reaches the app by it only. The app is
   * told by `X-Forwarded-User`, `-Email`, `-Groups` and `-Preferred-Username`. What clients send under any of these names doesn't get
   * through, but for `X-Auth-Request-…` at other ingress controllers, which can't take headers away: read `X-Forwarded-…` there.
   *
   * Traefik lets names with `_` for `-` pass, such as `X_Auth_Request_Email`: an app that takes the one for the other, as CGI does, has to
   * refuse them.
   *
   * Users sign out at `/oauth2/sign_out`. A session is for one host, so that hosts are exact. Where apps of several namespaces are on one
   * host, users sign in at the first one's proxy, and the others' have to read its cookies: give all of them a copy of one Secret.
   *
   * @param options provider, client, and who may sign in.
   * @see https://oauth2-proxy.github.io/oauth2-proxy/
   */
  public static oidc(options: OidcOptions): EdgeAuth {
    return new EdgeAuth(oidcFaults(options), 'OIDC', undefined, undefined, undefined, { ...options });
  }

  private constructor(
    /** What is wrong with it; the app that is exposed reports them. */
    public readonly faults: Fault[],
    /** What it is, for messages. */
    public readonly description: string,
    /** Users with passwords, if these decide. */
    public readonly basicUsers?: BasicAuthUsers,
    /** The Service that decides, if one does. */
    public readonly service?: AuthService,
    /** The URL of who decides, if that was said. */
    public readonly url?: AuthUrl,
    /** The provider to sign in with, if one decides. */
    public readonly provider?: OidcOptions,
  ) {}

  /** What an exposure comes to whose users sign in; it is here so that only who says who may reach an app loads all of that. @internal */
  public _plans(sound: SoundExposure, plan: Plan): Plan[] | undefined {
    return this.provider === undefined ? undefined : signInPlans(sound, plan, { auth: this, options: this.provider });
  }
}

/** A ConfigMap has the same shape, and passes for a Secret in TypeScript. */
function secretFaults(secret: ISecret): Fault[] {
  const { kind, name } = secret ?? {};
  return kind === 'Secret' ? ResourceName.faultsOf('Secret', name) : [{
    code: 'KEELSON2305', got: typeof kind === 'string' ? `the ${kind} ${Faults.quoted(name)}` : shown(secret), allowed: 'a Secret', fix: "put the lines of 'htpasswd' into a Secret",
  }];
}

/** It ends up in a header between quotes. */
function realmFaults(realm: string | undefined): Fault[] {
  return realm === undefined || typeof realm === 'string' && /^[ !#-[\]-~]{1,200}$/.test(realm) ? [] : [{
    code: 'KEELSON2306', member: 'realm', got: shown(realm), allowed: "1 to 200 ASCII characters without '\"' and '\\'", fix: "write it like 'Staff only'",
  }];
}
