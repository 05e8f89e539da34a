import { PathRewriteType } from '../../path-rewrite';
import { ExtendedRoute, RouteExtension, RouteField } from './extension';
import { changesOf, durationText, guardsOf, orNone, persistenceOf } from './filters';
import { matchesOf } from './matches';
import { backendReference } from './reference-grant';

/** The rules of a route that leads to an app. */
export function rulesOf(route: ExtendedRoute, extension: RouteExtension): RouteField[] {
  const { request, kind } = route;
  const { options: { rewrite, timeouts, retries } } = request.exposure;
  const { before, after } = extension.filters(route);
  const guards = [...before, ...guardsOf(route, extension)];
  const isOurs = (feature: 'requestTimeout' | 'retries' | 'stickySession') => !extension.owns(feature, route);
  const backend = extension.backendRef(route) ?? backendReference(request, request.backend, 'gateway.networking.k8s.io', kind);
  const rule = {
    matches: matchesOf(route),
    filters: orNone([...guards, ...changesOf(route, extension), ...after]),
    backendRefs: [backend],
    timeouts: timeouts?.request !== undefined && isOurs('requestTimeout') ? { request: durationText(timeouts.request) } : undefined,
    retry: retries !== undefined && isOurs('retries') ? { attempts: retries } : undefined,
    sessionPersistence: isOurs('stickySession') ? persistenceOf(route) : undefined,
  };
  if (rewrite?.type !== PathRewriteType.APP_ROOT || extension.owns('appRoot', route)) {
    return [rule];
  }
  const redirect = { type: 'RequestRedirect', requestRedirect: { path: { type: 'ReplaceFullPath', replaceFullPath: rewrite.path }, statusCode: 302 } };
  return [{ matches: [{ path: { type: 'Exact', value: '/' } }], filters: [...guards, redirect] }, rule];
}
