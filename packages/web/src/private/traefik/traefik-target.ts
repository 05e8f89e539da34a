import { Fault, Faults, HostName, Peer, Traefik } from '@keelson/core';
import { HttpRedirect } from '../../http-redirect';
import { PathType } from '../../path-type';
import { agreeOnCertificate, secretFor } from '../certificate-secret';
import { TRAEFIK } from '../edge/traefik-supports';
import { otherNameOf } from '../edge/www';
import { letIn } from '../let-in';
import { claim } from '../route-claims';
import { ExposureRequest, placeIn, Route, TargetRenderer } from '../target-renderer';
import { addressFaults, authorityFaults, bufferingFaults, usersFaults } from './faults';
import { changesOf, clientsOf, defineMiddlewares, guardsOf } from './middlewares';
import { Matching, priorityOf, ruleBesideChallenges, ruleOf } from './rules';
import { ServiceReference, serviceOf } from './services';
import { defineTraefikObject } from './traefik-object';

/** What answers requests that a middleware answers anyway: no Service is asked. */
const NOBODY = { kind: 'TraefikService', name: 'noop@internal' };

/** Nothing else says any of it. */
const ALL = { prefixes: true, appRoot: true, requestHeaders: true, responseHeaders: true };

/** How an IngressRoute ends TLS: by a Secret, or by Traefik's default certificate. */
interface RouteTls {
  readonly secretName?: string;
}

/** An IngressRoute, and its one rule. */
interface IngressRoute {
  readonly id: string;
  readonly name: string;
  readonly entryPoint: string;
  readonly match: string;
  readonly priority: number;
  readonly middlewares: readonly string[];
  readonly service: ServiceReference;
  readonly tls?: RouteTls;
}

/** Traefik leaves encoded separators in a path as they are, and an app may take them for what they stand for. */
const NOT_ANOTHER = ' && !PathRegexp(`(?i)%2f|%5c|%2e|\\\\|\\.\\.`)';

/** An IngressRoute for each host, and Middlewares. */
export class TraefikTarget implements TargetRenderer {
  public readonly text: string;
  public readonly flavor = TRAEFIK;
  public readonly place: string;
  public readonly kinds = ['IngressRoute', 'Middleware'];
  public readonly leadsToOtherNamespaces: boolean;

  public constructor(private readonly traefik: Traefik) {
    this.text = `Traefik in namespace ${Faults.quoted(traefik.namespace)}`;
    this.place = placeIn(traefik.pods.namespace);
    this.leadsToOtherNamespaces = traefik.allowsCrossNamespace;
  }

  public render(request: ExposureRequest): void {
    const faults = [
      ...annotationFaults(request), ...bufferingFaults(request, this.text), ...addressFaults(request), ...usersFaults(request),
      ...authorityFaults(request),
    ];
    Faults.report(request.app.scope, 'exposure', faults);
    letIn(request, Peer.traefik(this.traefik));
    for (const route of request.routes) {
      if (request.exposure.encrypted) {
        this.defineEncrypted(request, route);
      } else {
        this.defineRoutes(request, route, this.traefik.httpEntryPoint);
      }
    }
  }

  private defineEncrypted(request: ExposureRequest, route: Route): void {
    const tls = this.tlsOf(request, route);
    if (tls !== undefined && this.defineRoutes(request, route, this.traefik.httpsEntryPoint, tls)) {
      this.defineRedirect(request, route);
    }
  }

  /**
   * The route to the app, and that of the other name of its host.
   *
   * @returns whether nobody else has claimed them.
   */
  private defineRoutes(request: ExposureRequest, route: Route, entryPoint: string, tls?: RouteTls): boolean {
    if (!this.claimAll(request, route, entryPoint)) {
      return false;
    }
    const clients = clientsOf(request, this.traefik);
    const steps = [...guardsOf(request, route, clients, ALL), ...changesOf(request, ALL)];
    const matching = matchingOf(request, route.host);
    define(request, route, {
      id: 'IngressRoute', name: route.name, entryPoint, match: matchOf(matching, tls) + (request.literalPaths === true ? NOT_ANOTHER : ''), priority: priorityOf(matching),
      middlewares: defineMiddlewares(request, route, steps), service: serviceOf(request, route), tls,
    });
    const { host } = route;
    if (host === undefined || request.exposure.options.wwwRedirect !== true) {
      return true;
    }
    const other = matchingOf(request, otherNameOf(host));
    const start = `${request.exposure.encrypted ? 'https:' : ''}//${host}`;
    const www = { suffix: 'www', spec: { redirectRegex: { regex: '^https?://[^/:]+(.*)$', replacement: `${start}\${1}`, permanent: true } } };
    define(request, route, {
      id: 'Www', name: `${route.name}-www`, entryPoint, match: ruleOf(other), priority: priorityOf(other),
      middlewares: defineMiddlewares(request, route, [www]), service: NOBODY, tls,
    });
    return true;
  }

  /** A router ends TLS or doesn't, so plain HTTP has an IngressRoute of its own. */
  private defineRedirect(request: ExposureRequest, route: Route): void {
    const { exposure, redirected } = request;
    const redirect = exposure.redirect ?? HttpRedirect.PERMANENT;
    const { httpEntryPoint } = this.traefik;
    if (redirect.status === undefined || redirected === true || !this.claimAll(request, route, httpEntryPoint)) {
      return;
    }
    const spec = { redirectScheme: { scheme: 'https', permanent: redirect.status === HttpRedirect.PERMANENT.status } };
    const matching = matchingOf(request, route.host);
    define(request, route, {
      id: 'Redirect', name: `${route.name}-redirect`, entryPoint: httpEntryPoint,
      match: ruleBesideChallenges(matching, otherHostsOf(request, route)), priority: priorityOf(matching),
      middlewares: defineMiddlewares(request, route, [{ suffix: 'redirect', spec }]), service: NOBODY,
    });
  }

  private claimAll(request: ExposureRequest, route: Route, entryPoint: string): boolean {
    const door = `${this.text}, entry point ${Faults.quoted(entryPoint)}`;
    const others = otherHostsOf(request, route).map(host => ({ ...route, host, text: Faults.quoted(host) }));
    return [route, ...others].every(each => claim(request, each, door));
  }

  /** None where a mistake was reported. */
  private tlsOf(request: ExposureRequest, route: Route): RouteTls | undefined {
    const { app, exposure: { certificate } } = request;
    const others = otherHostsOf(request, route);
    if (certificate !== undefined) {
      const agreed = agreeOnCertificate(request, certificate, route, others, this.text);
      const secretName = agreed ? secretFor(request, certificate, route, others) : undefined;
      return secretName === undefined ? undefined : { secretName };
    }
    const without = [route.host, ...others].find(host => !this.hasCertificateOf(host));
    if (without === undefined && (route.host !== undefined || this.hasCertificateOf(undefined))) {
      return {};
    }
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2350', member: 'certificate',
      got: `none for ${without === undefined ? 'any host' : Faults.quoted(without)}, which the default certificate of ${this.text} isn't known to be for`,
      allowed: 'given where Traefik has none', fix: "try Certificate.issuedBy(…), or name the host in 'defaultCertificateHosts' of Traefik.inNamespace(…)",
    }]);
    return undefined;
  }

  /** For any host, whichever the default certificate is for. */
  private hasCertificateOf(host: string | undefined): boolean {
    const { defaultCertificateHosts: known } = this.traefik;
    return host === undefined ? known.length > 0 : known.some(pattern => HostName.matchesOneLabel(pattern, host));
  }
}

function define(request: ExposureRequest, route: Route, ingressRoute: IngressRoute): void {
  const { id, name, entryPoint, match, priority, middlewares, service, tls } = ingressRoute;
  defineTraefikObject(request, route.scope, id, {
    kind: 'IngressRoute', name, annotations: request.exposure.annotations,
    spec: {
      entryPoints: [entryPoint],
      routes: [
        {
          kind: 'Rule', match, priority, services: [service],
          middlewares: middlewares.length === 0 ? undefined : middlewares.map(middleware => ({ name: middleware })),
        },
        ...id === 'IngressRoute' && isGuarded(request) ? [{ kind: 'Rule', match: `${match} && PathPrefix(\`/\`)`, priority: priority - 1, services: [NOBODY] }] : [],
      ],
      tls,
    },
  });
}

/**
 * Traefik leaves out a route whose middlewares it can't make, such as one of a Secret that isn't there: then another route would answer,
 * which may ask nobody. A second one without middlewares, which leads to nobody, answers in its place; of two with one
 * text Traefik has the last only.
 */
function isGuarded({ auth, exposure: { options } }: ExposureRequest): boolean {
  return auth.basic !== undefined || auth.service !== undefined || auth.url !== undefined || options.allowedSources !== undefined;
}

/** By plain HTTP, an expression would come before the solver of an issuer, whose route is a prefix. */
function matchOf(matching: Matching, tls: RouteTls | undefined): string {
  const takesChallenges = tls === undefined && matching.pathType === PathType.REGULAR_EXPRESSION && !matching.path.includes('acme-challenge');
  return takesChallenges ? ruleBesideChallenges(matching) : ruleOf(matching);
}

function matchingOf({ exposure: { path, pathType } }: ExposureRequest, host: string | undefined): Matching {
  return { host, path, pathType };
}

/** The other name of a host, where its requests are sent to the host. */
function otherHostsOf({ exposure: { options } }: ExposureRequest, { host }: Route): string[] {
  return host === undefined || options.wwwRedirect !== true ? [] : [otherNameOf(host)];
}

function annotationFaults({ exposure }: ExposureRequest): Fault[] {
  return Object.keys(exposure.annotations).filter(key => key.startsWith('nginx.ingress.kubernetes.io/')).map(key => ({
    code: 'KEELSON2351', member: 'annotations', got: `${Faults.quoted(key)}, which nobody reads of an IngressRoute`, allowed: 'annotations that the target knows',
    fix: 'remove it, or choose ExposureTarget.INGRESS',
  }));
}
