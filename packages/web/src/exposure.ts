import { Certificate, Fault, Faults, Gateway, GatewayImplementation, IngressController, Traefik } from '@keelson/core';
import { EdgeAuth } from './edge-auth';
import { ExposureOptions, HttpsExposureOptions } from './exposure-options';
import { ExposureTarget } from './exposure-target';
import { HttpRedirect } from './http-redirect';
import { PathType } from './path-type';
import { annotationFaults } from './private/annotation-faults';
import { optionFaults } from './private/edge/option-faults';
import { expose } from './private/expose';
import { anyHostFaults, hostFaults } from './private/host-faults';
import { made, notMade, valueFaults } from './private/made';
import { expressionFaults, pathFaults, pathTypeFaults } from './private/path-faults';
import { plainFaults } from './private/plain-faults';
import { ExposedApp } from './private/target-renderer';

/**
 * How an app is reached from outside the cluster. It is said once; the profile of the cluster decides which objects say
 * it: HTTPRoutes, IngressRoutes or Ingresses.
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

  /** Who may reach the app, if it is said. */
  public readonly auth?: EdgeAuth;

  /** All that was said of it, as it was given. */
  public readonly options: ExposureOptions;

  /** Annotations of the HTTPRoutes, IngressRoutes or Ingresses. */
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
    this.target = options.target instanceof ExposureTarget ? options.target : undefined;
    this.auth = made(options.auth);
    this.options = { ...options };
    this.annotations = { ...options.annotations };
    this.faults = [
      ...hostFaults(this.hosts),
      ...hosts.length === 0 ? anyHostFaults(options) : [],
      ...Faults.within('path', this.pathType === PathType.REGULAR_EXPRESSION ? expressionFaults(this.path) : pathFaults(this.path)),
      ...Faults.within('pathType', pathTypeFaults(this.pathType)),
      ...Faults.within('certificate', valueFaults(options.certificate, 'Certificate', 'issuedBy(…)')),
      ...Faults.within('redirect', redirectFaults(options.redirect)),
      ...Faults.within('target', targetFaults(options.target)),
      ...Faults.within('annotations', annotationFaults(this.annotations)),
      ...optionFaults(options, this.hosts),
      ...encrypted ? [] : plainFaults(options, this.hosts),
    ];
  }

  /** The same with other options. @internal */
  public _with(changes: Partial<HttpsExposureOptions>): Exposure {
    return new Exposure(this.encrypted, this.hosts, { ...this.options, ...changes });
  }

  /** Another of the same kind, for some of its hosts. @internal */
  public _of(hosts: string[], options: HttpsExposureOptions): Exposure {
    return new Exposure(this.encrypted, hosts, options);
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

/** A gateway or an ingress controller is no target yet. */
function targetFaults(target: unknown): Fault[] {
  if (target === undefined || target instanceof ExposureTarget) {
    return target?.faults ?? [];
  }
  const factory = target instanceof Gateway || target instanceof GatewayImplementation ? 'throughGateway(…)'
    : target instanceof Traefik ? 'throughTraefik(…)' : target instanceof IngressController ? 'throughIngress(…)' : 'GATEWAY_API';
  return [notMade(target, 'ExposureTarget', factory)];
}

function redirectFaults(redirect: HttpRedirect | undefined): Fault[] {
  return redirect === undefined || redirect instanceof HttpRedirect ? [] : [notMade(redirect, 'HttpRedirect', 'PERMANENT')];
}
