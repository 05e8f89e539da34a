import { PathRewriteType } from '../../path-rewrite';
import { PathType } from '../../path-type';
import { wholeExpression } from '../edge/whole-expression';
import { ExtendedRoute, RouteField } from '../gateway-api/extension';
import { ENVOY_GROUP, envoyObject } from './envoy-object';

/** What a rewrite puts in the place of what its expression matches. */
interface Replacement {
  readonly pattern: string;
  readonly substitution: string;
}

/**
 * The filter of a rewrite that the Gateway API has none for, or one that Envoy Gateway gets wrong.
 *
 * @see https://gateway.envoyproxy.io/docs/tasks/traffic/http-urlrewrite/
 */
export function expressionFilters(route: ExtendedRoute): RouteField[] {
  const replaceRegexMatch = replacementOf(route);
  if (replaceRegexMatch === undefined) {
    return [];
  }
  envoyObject(route, 'HTTPRouteFilter', { urlRewrite: { path: { type: 'ReplaceRegexMatch', replaceRegexMatch } } });
  return [{ type: 'ExtensionRef', extensionRef: { group: ENVOY_GROUP, kind: 'HTTPRouteFilter', name: route.name } }];
}

/** Whether all of a host gets a prefix: of `/` and `/v2`, Envoy Gateway would make `/v2cart` of `/cart`. */
export function isPrefixed({ kind, request: { exposure: { path, pathType, options: { rewrite } } } }: ExtendedRoute): boolean {
  return kind === 'HTTPRoute' && rewrite?.type === PathRewriteType.REPLACE_PREFIX && rewrite.path !== '/' && path === '/' && pathType === PathType.PREFIX;
}

function replacementOf(route: ExtendedRoute): Replacement | undefined {
  const { path, options: { rewrite } } = route.request.exposure;
  if (rewrite !== undefined && isPrefixed(route)) {
    return { pattern: '^/', substitution: rewrite.path.endsWith('/') ? rewrite.path : `${rewrite.path}/` };
  }
  // RE2 writes groups with a backslash
  return rewrite?.type !== PathRewriteType.REGULAR_EXPRESSION ? undefined
    : { pattern: wholeExpression(path), substitution: rewrite.path.replaceAll('$', '\\') };
}
