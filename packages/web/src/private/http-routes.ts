import { Faults, Manifest } from '@keelson/core';
import { HttpRedirect } from '../http-redirect';
import { PathType } from '../path-type';
import { quoted } from './quoted';
import { claim } from './route-claims';
import { ParentReference, RouteParent } from './route-parent';
import { ExposureRequest, Route } from './target-renderer';

/** Define the HTTPRoutes of an exposure, one for each host. */
export function defineHttpRoutes(request: ExposureRequest, parent: RouteParent): void {
  checkAnnotations(request);
  parent.letIn(request);
  for (const route of request.routes) {
    if (request.exposure.encrypted) {
      defineEncrypted(request, route, parent);
    } else {
      definePlain(request, route, parent);
    }
  }
}

function definePlain(request: ExposureRequest, route: Route, parent: RouteParent): void {
  const { app } = request;
  const http = parent.http(route);
  if (http === undefined) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2016', got: `${route.text}, which no HTTP listener of ${parent.text} serves`, allowed: 'of hosts that the gateway serves',
      fix: "add an HTTP listener for it to 'listeners' of the gateway, or expose it by Exposure.https(…)",
    }]);
  } else if (claim(request, route, `${parent.text}, HTTP`)) {
    defineMain(request, route, http);
  }
}

function defineEncrypted(request: ExposureRequest, route: Route, parent: RouteParent): void {
  const https = parent.https(route);
  if (https !== undefined && claim(request, route, `${parent.text}, HTTPS`)) {
    defineMain(request, route, https.ref);
    defineRedirect(request, route, parent, https.port);
  }
}

function defineMain(request: ExposureRequest, route: Route, parent: ParentReference): void {
  const { name, servicePort } = request.app;
  defineRoute(request, route, { id: 'HTTPRoute', name: route.name, parent, action: { backendRefs: [{ name, port: servicePort }] } });
}

/**
 * The redirect is a route of its own, on the HTTP listener alone: one route on both listeners would redirect HTTPS to
 * itself for ever. An ACME challenge by HTTP-01 passes: its solver's route has the exact path, which wins over a prefix.
 */
function defineRedirect(request: ExposureRequest, route: Route, parent: RouteParent, port: number): void {
  const { app, exposure } = request;
  const { status } = exposure.redirect ?? HttpRedirect.PERMANENT;
  if (status === undefined) {
    return;
  }
  const http = parent.http(route);
  if (http !== undefined) {
    if (claim(request, route, `${parent.text}, HTTP`)) {
      defineRoute(request, route, {
        id: 'Redirect', name: `${route.name}-redirect`, parent: http,
        action: { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', port: port === 443 ? undefined : port, statusCode: status } }] },
      });
    }
  } else if (exposure.redirect !== undefined) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2017', member: 'redirect', got: `${exposure.redirect.description} of ${route.text}, which no HTTP listener of ${parent.text} serves`,
      allowed: 'left out where nobody listens', fix: "add an HTTP listener for it to 'listeners' of the gateway, or leave 'redirect' out",
    }]);
  }
}

interface RouteObject {
  /** The construct's. */
  readonly id: string;
  readonly name: string;
  readonly parent: ParentReference;
  /** What becomes of the requests. */
  readonly action: Record<string, unknown>;
}

function defineRoute({ app, exposure }: ExposureRequest, { host, scope }: Route, { id, name, parent, action }: RouteObject): void {
  new Manifest(scope, id, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, labels: app.labels, annotations: exposure.annotations },
    spec: {
      parentRefs: [parent],
      hostnames: host === undefined ? undefined : [host],
      rules: [{ matches: [{ path: { type: exposure.pathType === PathType.EXACT ? 'Exact' : 'PathPrefix', value: exposure.path } }], ...action }],
    },
  });
}

function checkAnnotations({ app, exposure }: ExposureRequest): void {
  Faults.report(app.scope, 'exposure', Object.keys(exposure.annotations).filter(key => key.startsWith('nginx.ingress.kubernetes.io/')).map(key => ({
    code: 'KEELSON2023', member: 'annotations', got: `${quoted(key)}, which nobody reads at a gateway`, allowed: 'annotations that the target knows',
    fix: 'remove it, or choose ExposureTarget.INGRESS',
  })));
}
