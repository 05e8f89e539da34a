import { Certificate, Fault } from '@keelson/core';
import { ExposureTarget } from './exposure-target';
import { HttpRedirect } from './http-redirect';
import { PathType } from './path-type';
import { annotationFaults } from './private/annotation-faults';
import { expose } from './private/expose';
import { anyHostFaults, hostFaults } from './private/host-faults';
import { made, notMade, valueFaults } from './private/made';
import { pathFaults, pathTypeFaults } from './private/path-faults';
import { ExposedApp } from './private/target-renderer';
import { within } from './private/within';

/** What all exposures can be told. */
export interface ExposureOptions {
  /**
   * More hosts that lead to the app, each with a route of its own: exact, or `*.` and a domain. In the Gateway API
   * `*.example.com` is matched by `a.b.example.com` too, in an Ingress only by one part before the domain.
   *
   * @default - none but the first.
   */
  readonly hosts?: string[];

  /**
   * The path of the requests that lead to the app. It begins with `/` and is no regular expression; at most 1024
   * characters. The app sees it unchanged.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Whether what is below the path leads to the app too.
   *
   * @default PathType.PREFIX
   */
  readonly pathType?: PathType;

  /**
   * Which objects are rendered.
   *
   * @default - of the cluster's profile: Gateway API where it names a gateway, else Ingress where it names an ingress
   * controller.
   */
  readonly target?: ExposureTarget;

  /**
   * Annotations of the HTTPRoutes or Ingresses, such as those that external-dns reads. Configuration snippets are refused.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };
}

/** What an exposure by HTTPS can be told. */
export interface HttpsExposureOptions extends ExposureOptions {
  /**
   * The certificate. An Ingress always needs one. At a gateway it is used where no listener that serves the host has its
   * own, and renders nothing where one has.
   *
   * @default - the one of the gateway's listener.
   */
  readonly certificate?: Certificate;

  /**
   * What happens to requests by plain HTTP.
   *
   * @default - sent to HTTPS: by 301 at a gateway that has an HTTP listener for the host; by 308 at ingress-nginx, as is
   * its own default. What other ingress controllers do is up to their configuration, an Ingress can't say it.
   */
  readonly redirect?: HttpRedirect;
}

/**
 * How an app is reached from outside the cluster. It is said once; the profile of the cluster decides which objects say
 * it: HTTPRoutes or Ingresses.
 *
 * ```ts
 * Exposure.https('shop.example.com', { certificate: Certificate.issuedBy('letsencrypt') });
 * ```
 */
export class Exposure {
  /**
   * By HTTPS; TLS ends at the gateway or ingress controller.
   *
   * @param host such as `shop.example.com` or `*.example.com`.
   * @param options more hosts, path, certificate.
   */
  public static https(host: string, options: HttpsExposureOptions = {}): Exposure {
    return new Exposure(true, [host, ...options.hosts ?? []], options);
  }

  /**
   * By plain HTTP, which everybody on the way can read and change: for tests, and behind something else that ends TLS.
   *
   * @param host such as `shop.example.com` or `*.example.com`.
   * @param options more hosts, path.
   */
  public static insecureHttp(host: string, options: ExposureOptions = {}): Exposure {
    return new Exposure(false, [host, ...options.hosts ?? []], options);
  }

  /**
   * By HTTPS, as the default backend: requests for all hosts and paths that nobody else has a route for. An Ingress can't
   * say it, because it shows a certificate by host.
   *
   * @param options path, certificate; no `hosts`.
   */
  public static defaultBackend(options: HttpsExposureOptions = {}): Exposure {
    return new Exposure(true, [], options);
  }

  /**
   * By plain HTTP, which everybody on the way can read and change, as the default backend: requests for all hosts and
   * paths that nobody else has a route for.
   *
   * @param options path; no `hosts`.
   */
  public static insecureDefaultBackend(options: ExposureOptions = {}): Exposure {
    return new Exposure(false, [], options);
  }

  /** The hosts that lead to the app, the first one first; none means any. */
  public readonly hosts: string[];

  /** The path of the requests that lead to the app. */
  public readonly path: string;

  /** Whether what is below the path leads to the app too. */
  public readonly pathType: PathType;

  /** The certificate, if one is given. */
  public readonly certificate?: Certificate;

  /** What happens to requests by plain HTTP, if it is said. */
  public readonly redirect?: HttpRedirect;

  /** Which objects are rendered, if it is said. */
  public readonly target?: ExposureTarget;

  /** Annotations of the HTTPRoutes or Ingresses. */
  public readonly annotations: { [key: string]: string };

  /** What is wrong with it; the app that is exposed reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** Whether it is encrypted. */
    public readonly encrypted: boolean,
    hosts: string[],
    options: HttpsExposureOptions,
  ) {
    this.hosts = hosts;
    this.path = options.path ?? '/';
    this.pathType = options.pathType ?? PathType.PREFIX;
    this.certificate = made(options.certificate);
    this.redirect = options.redirect;
    this.target = made(options.target);
    this.annotations = { ...options.annotations };
    this.faults = [
      ...hostFaults(this.hosts),
      ...hosts.length === 0 ? anyHostFaults(options) : [],
      ...within('path', pathFaults(this.path)),
      ...within('pathType', pathTypeFaults(this.pathType)),
      ...within('certificate', valueFaults(options.certificate, 'Certificate', 'issuedBy(…)')),
      ...within('redirect', redirectFaults(options.redirect)),
      ...within('target', valueFaults(options.target, 'ExposureTarget', 'GATEWAY_API')),
      ...within('annotations', annotationFaults(this.annotations)),
    ];
  }

  /**
   * Define what leads requests to an app; it is here so that only who exposes something loads all of that.
   *
   * @internal
   */
  public _expose(app: ExposedApp, main: boolean): void {
    expose(app, this, main);
  }
}

function redirectFaults(redirect: HttpRedirect | undefined): Fault[] {
  return redirect === undefined || redirect instanceof HttpRedirect ? [] : [notMade(redirect, 'HttpRedirect', 'PERMANENT')];
}
