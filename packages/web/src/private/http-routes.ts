import { Faults, Manifest } from '@keelson/core';
import { BackendProtocol } from '../backend-protocol';
import { HttpRedirect } from '../http-redirect';
import { PathRewriteType } from '../path-rewrite';
import { PathType } from '../path-type';
import { otherNameOf } from './edge/www';
import { defineBackendTls } from './gateway-api/backend-tls-policy';
import { ExtendedRoute, RouteExtension, RouteField, RouteKind } from './gateway-api/extension';
import { pathOf } from './gateway-api/matches';
import { checkPrecedence } from './gateway-api/precedence';
import { routeFaults } from './gateway-api/route-faults';
import { claimKind } from './gateway-api/route-kinds';
import { rulesOf } from './gateway-api/rules';
import { claim } from './route-claims';
import { ParentReference, RouteParent } from './route-parent';
import { ExposureRequest, Route } from './target-renderer';

/** Define the routes of an exposure, one for each host, and what they need. */
export function defineRoutes(request: ExposureRequest, parent: RouteParent, extension: RouteExtension): void {
  checkAnnotations(request);
  const kind = request.protocol === BackendProtocol.GRPC ? 'GRPCRoute' : 'HTTPRoute';
  const [first] = request.routes;
  const faults = first === undefined ? [] : routeFaults({ request, route: first, kind, name: first.name }, extension);
  Faults.report(request.app.scope, 'exposure', faults);
  if (faults.length > 0) {
    return;
  }
  parent.letIn(request);
  const gateway = new Routes(request, kind, parent, extension);
  request.routes.forEach(route => gateway.define(route));
}

class Routes {
  public constructor(
    private readonly request: ExposureRequest, private readonly kind: RouteKind,
    private readonly parent: RouteParent, private readonly extension: RouteExtension,
  ) {}

  public define(route: Route): void {
    if (this.request.exposure.encrypted) {
      this.defineEncrypted(route);
    } else {
      this.definePlain(route);
    }
  }

  private definePlain(route: Route): void {
    const http = this.parent.http(route);
    if (http === undefined) {
      this.report('KEELSON2016', `${route.text}, which no HTTP listener of ${this.parent.text} serves`, 'of hosts that the gateway serves',
        "add an HTTP listener for it to 'listeners' of the gateway, or expose it by Exposure.https(…)");
    } else if (this.claims(route, 'HTTP')) {
      this.defineMain(route, http);
      this.defineWww(route, other => this.redirectPlainWww(other, route));
    }
  }

  private defineEncrypted(route: Route): void {
    const https = this.parent.https(route, { route, further: this.furtherNamesOf(route) });
    if (https !== undefined && this.claims(route, 'HTTPS')) {
      this.defineMain(route, https.ref);
      this.defineRedirect(route, https.port);
      this.defineWww(route, other => this.redirectWww(other, route));
    }
  }

  private defineMain(route: Route, parent: ParentReference): void {
    if (!claimKind(this.request, route, parent, this.kind)) {
      return;
    }
    const extended: ExtendedRoute = { request: this.request, route, kind: this.kind, name: route.name };
    this.defineRoute(route, { id: this.kind, name: route.name, kind: this.kind, parent, rules: rulesOf(extended, this.extension) });
    this.extension.policies(extended);
    defineBackendTls(this.request, route);
  }

  /**
   * The redirect is a route of its own, on the HTTP listener alone: one route on both listeners would redirect HTTPS to
   * itself for ever. An ACME challenge by HTTP-01 passes: its solver's route has the exact path, which wins over a prefix.
   */
  private defineRedirect(route: Route, port: number): void {
    const { redirect } = this.request.exposure;
    const { status } = redirect ?? HttpRedirect.PERMANENT;
    if (status === undefined || this.request.redirected === true) {
      return;
    }
    const http = this.parent.http(route);
    if (http !== undefined) {
      if (this.claims(route, 'HTTP') && claimKind(this.request, route, http, 'HTTPRoute')) {
        this.defineRedirectRoute(route, 'Redirect', `${route.name}-redirect`, http, { scheme: 'https', port: port === 443 ? undefined : port, statusCode: status });
      }
    } else if (redirect !== undefined) {
      this.report('KEELSON2017', `${redirect.description} of ${route.text}, which no HTTP listener of ${this.parent.text} serves`,
        'left out where nobody listens', "add an HTTP listener for it to 'listeners' of the gateway, or leave 'redirect' out", 'redirect');
    }
  }

  /** What `wwwRedirect` sends to a host has routes of its own, which lead to nobody. */
  private defineWww(route: Route, define: (other: Route) => void): void {
    const [other] = this.furtherNamesOf(route);
    if (other !== undefined) {
      define({ ...route, host: other, text: Faults.quoted(other), name: `${route.name}-www` });
    }
  }

  private redirectWww(other: Route, route: Route): void {
    // the certificate is that of the host, which names both
    const https = this.parent.https(other, { route, further: this.furtherNamesOf(route) });
    if (https === undefined || !this.claims(other, 'HTTPS')) {
      return;
    }
    if (claimKind(this.request, other, https.ref, 'HTTPRoute')) {
      this.defineRedirectRoute(other, 'Www', other.name, https.ref, { hostname: route.host, statusCode: 301 });
    }
    const { status } = this.request.exposure.redirect ?? HttpRedirect.PERMANENT;
    const http = status === undefined ? undefined : this.parent.http(other);
    if (http !== undefined && this.claims(other, 'HTTP') && claimKind(this.request, other, http, 'HTTPRoute')) {
      const port = https.port === 443 ? undefined : https.port;
      this.defineRedirectRoute(other, 'WwwRedirect', `${other.name}-redirect`, http, { scheme: 'https', hostname: route.host, port, statusCode: status });
    }
  }

  private redirectPlainWww(other: Route, route: Route): void {
    const http = this.parent.http(other);
    if (http === undefined) {
      this.report('KEELSON2016', `${other.text}, which no HTTP listener of ${this.parent.text} serves`, 'of hosts that the gateway serves',
        "add an HTTP listener for it to 'listeners' of the gateway, or leave 'wwwRedirect' out", 'wwwRedirect');
    } else if (this.claims(other, 'HTTP') && claimKind(this.request, other, http, 'HTTPRoute')) {
      this.defineRedirectRoute(other, 'Www', other.name, http, { hostname: route.host, statusCode: 301 });
    }
  }

  private defineRedirectRoute(route: Route, id: string, name: string, parent: ParentReference, requestRedirect: RouteField): void {
    const rule = { matches: [{ path: pathOf(this.request.exposure) }], filters: [{ type: 'RequestRedirect', requestRedirect }] };
    this.defineRoute(route, { id, name, kind: 'HTTPRoute', parent, rules: [rule] });
  }

  private defineRoute({ host, scope }: Route, { id, name, kind, parent, rules }: RouteObject): void {
    const { app, exposure } = this.request;
    new Manifest(scope, id, {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata: { name, labels: app.labels, annotations: exposure.annotations },
      spec: { parentRefs: [parent], hostnames: host === undefined ? undefined : [host], rules },
    });
  }

  private furtherNamesOf({ host }: Route): string[] {
    return host !== undefined && this.request.exposure.options.wwwRedirect === true ? [otherNameOf(host)] : [];
  }

  /** An app root has `/` itself for its own, beside what is below it. */
  private claims(route: Route, scheme: 'HTTP' | 'HTTPS'): boolean {
    const { exposure } = this.request;
    const door = `${this.parent.text}, ${scheme}`;
    const isRoot = exposure.options.rewrite?.type === PathRewriteType.APP_ROOT;
    const matches = [exposure, ...isRoot ? [{ path: '/', pathType: PathType.EXACT }] : []];
    const isRedirect = exposure.encrypted && scheme === 'HTTP';
    return matches.every(match => {
      const isClaimed = claim(this.request, route, door, match);
      if (isClaimed) {
        checkPrecedence(this.request, route, door, match, isRedirect ? 'HTTPRoute' : this.kind, isRedirect, this.extension);
      }
      return isClaimed;
    });
  }

  private report(code: string, got: string, allowed: string, fix: string, member?: string): void {
    Faults.report(this.request.app.scope, 'exposure', [{ code, member, got, allowed, fix }]);
  }
}

interface RouteObject {
  /** The construct's. */
  readonly id: string;
  readonly name: string;
  readonly kind: RouteKind;
  readonly parent: ParentReference;
  readonly rules: readonly RouteField[];
}

function checkAnnotations({ app, exposure }: ExposureRequest): void {
  Faults.report(app.scope, 'exposure', Object.keys(exposure.annotations).filter(key => key.startsWith('nginx.ingress.kubernetes.io/')).map(key => ({
    code: 'KEELSON2023', member: 'annotations', got: `${Faults.quoted(key)}, which nobody reads at a gateway`, allowed: 'annotations that the target knows',
    fix: 'remove it, or choose ExposureTarget.INGRESS',
  })));
}
