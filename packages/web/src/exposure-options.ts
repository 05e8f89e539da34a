import { Certificate } from '@keelson/core';
import { Size } from 'cdk8s';
import { BackendPort } from './backend-port';
import { BackendProtocol } from './backend-protocol';
import { BackendTls } from './backend-tls';
import { CorsOptions } from './cors-options';
import { EdgeAuth } from './edge-auth';
import { ExposureTarget } from './exposure-target';
import { ExposureTimeouts } from './exposure-timeouts';
import { HeaderChanges } from './header-changes';
import { HttpRedirect } from './http-redirect';
import { PathRewrite } from './path-rewrite';
import { PathType } from './path-type';
import { RateLimit } from './rate-limit';
import { StickySession } from './sticky-session';
import { TrafficMirror } from './traffic-mirror';

/**
 * What all exposures can be told. What a target can't say is an error that names the targets that can: nothing is left out in silence.
 *
 * Whatever the order here, a request meets: the redirect to HTTPS, the redirect of `www`, `allowedSources`, `rateLimit`,
 * `maxConcurrentRequests`, `cors`, `auth`, `maxBodySize`, `rewrite`, `requestHeaders`, `mirror`, `retries`, and then the app; its answer
 * meets
 * `responseHeaders` and `compression`. So a preflight request needs no password, and nobody's body is read before it is known who sends it.
 */
export interface ExposureOptions {
  /**
   * More hosts that lead to the app, each with a route of its own: exact, or `*.` and a domain. In the Gateway API
   * `*.example.com` is matched by `a.b.example.com` too, in an Ingress and an IngressRoute only by one part before the domain.
   *
   * @default - none but the first.
   */
  readonly hosts?: string[];

  /**
   * The path of the requests that lead to the app. It begins with `/`, and is no regular expression unless `pathType` says so; at most 1024
   * characters. It has one spelling: what needs no `%XX` is written as it is, and `%XX` in capitals. The app sees it unchanged, unless
   * `rewrite` says otherwise.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Whether what is below the path leads to the app too. Of all routes of a host that a request's path has, it goes to the exact one, else
   * to the regular expression with the longest text, else to the longest prefix, whatever the target.
   *
   * @default PathType.PREFIX
   */
  readonly pathType?: PathType;

  /**
   * The port of the Service that requests are led to.
   *
   * @default - the Service's first port.
   */
  readonly backendPort?: BackendPort;

  /**
   * What the app speaks.
   *
   * @default - gRPC where the app's `health` asks by gRPC and it is the first port, else HTTP.
   */
  readonly protocol?: BackendProtocol;

  /**
   * TLS between the gateway and the app.
   *
   * @default - none.
   */
  readonly backendTls?: BackendTls;

  /**
   * CIDRs of clients that are answered; all others get 403. The client's address is that of who connects to the gateway, unless the
   * profile or the
   * gateway's own configuration knows of proxies before it: a load balancer that hides it hides everybody.
   *
   * @default - any.
   */
  readonly allowedSources?: string[];

  /**
   * How many requests are taken from one client address. Envoy Gateway counts those that `auth` has let pass: guesses of passwords
   * aren't limited there.
   *
   * @default - any number.
   */
  readonly rateLimit?: RateLimit;

  /**
   * How many requests of one client address are answered at the same time, from 1 on; others get 429, from ingress-nginx itself 503.
   *
   * @default - any number.
   */
  readonly maxConcurrentRequests?: number;

  /**
   * Which pages of other origins may call the app.
   *
   * @default - what the app itself says.
   */
  readonly cors?: CorsOptions;

  /**
   * The largest body of a request, in whole kibibytes; larger ones get 413. Envoy Gateway reads a body to its end before the app gets it,
   * so that WebSockets and streams of requests hang; Traefik reads the answer to its end, too, so that a stream of events comes at once
   * when it is over. Not for exposures that have any.
   *
   * @default - what the target is configured to: 1 MiB at ingress-nginx, any size elsewhere.
   */
  readonly maxBodySize?: Size;

  /**
   * How long is waited for the app.
   *
   * @default - what the target is configured to.
   */
  readonly timeouts?: ExposureTimeouts;

  /**
   * How often a request is sent once more, to another pod where there is one, when the connection to the app fails before it answers;
   * from 1 to 10.
   * Requests that change something (`POST`) may be sent twice where the app got the first one: have it notice.
   *
   * @default - what the target does by itself: twice at ingress-nginx, not elsewhere.
   */
  readonly retries?: number;

  /**
   * How the path that the app sees differs from the one that was asked for.
   *
   * @default - not at all.
   */
  readonly rewrite?: PathRewrite;

  /**
   * How the headers that the app gets are changed.
   *
   * @default - not at all, but for those that tell of the client, such as `X-Forwarded-For`.
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * How the headers of the app's answers are changed.
   *
   * @default - not at all.
   */
  readonly responseHeaders?: HeaderChanges;

  /**
   * Whether answers are compressed for clients that take it.
   *
   * @default - what the app does itself.
   */
  readonly compression?: boolean;

  /**
   * A cookie that leads a browser's requests to the same pod.
   *
   * @default - none: any pod.
   */
  readonly stickySession?: StickySession;

  /**
   * Another Service that gets a copy of the requests.
   *
   * @default - none.
   */
  readonly mirror?: TrafficMirror;

  /**
   * Whether requests for `www.` and the host are sent to the host, for good; for a host that begins with `www.`, those for what is
   * behind it. Not for
   * wildcards. A certificate that is issued names both.
   *
   * @default false
   */
  readonly wwwRedirect?: boolean;

  /**
   * Which objects are rendered.
   *
   * @default - of the cluster's profile: Gateway API where it names a gateway, else IngressRoutes where it names a Traefik, else Ingress
   * where it
   * names an ingress controller.
   */
  readonly target?: ExposureTarget;

  /**
   * Annotations of the HTTPRoutes, IngressRoutes or Ingresses, such as those that external-dns reads. Configuration snippets are refused.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };
}

/** What an exposure by HTTPS can be told. */
export interface HttpsExposureOptions extends ExposureOptions {
  /**
   * The certificate. An Ingress always needs one, an IngressRoute where Traefik has no default one for the host. At a gateway it is used
   * where no
   * listener that serves the host has its own, and renders nothing where one has.
   *
   * @default - the one of the gateway's listener.
   */
  readonly certificate?: Certificate;

  /**
   * What happens to requests by plain HTTP.
   *
   * @default - sent to HTTPS: by 301 at a gateway that has an HTTP listener for the host and at Traefik; by 308 at ingress-nginx, as is
   * its own default. What other ingress controllers do is up to their configuration, an Ingress can't say it.
   */
  readonly redirect?: HttpRedirect;

  /**
   * Who may reach the app. By plain HTTP everybody on the way could read what proves it, so `insecureHttp` has none.
   *
   * @default - everybody.
   */
  readonly auth?: EdgeAuth;
}
