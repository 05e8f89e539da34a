import { PathType } from '../../path-type';
import { wholeExpression } from '../edge/whole-expression';
import { RouteKind } from '../gateway-api/extension';
import type { Ranked } from '../gateway-api/precedence';

/**
 * By which number Traefik chooses the route of a request at its gateway: the highest. A host counts by its length alone, less than any
 * path.
 *
 * @see https://github.com/traefik/traefik/blob/v3.7.9/pkg/provider/kubernetes/gateway/httproute.go
 */
export function gatewayRankOf({ host = '', path, pathType }: Ranked, kind: RouteKind): number {
  if (kind === 'GRPCRoute') {
    return host.length + [...hostRuleOf(host), methodRuleOf(path)].join(' && ').length;
  }
  return host.length + pathRankOf(path, pathType);
}

function pathRankOf(path: string, pathType: PathType): number {
  if (pathType === PathType.EXACT) {
    return 100_000;
  }
  return pathType === PathType.PREFIX && path === '/' ? 1 : 10_000 + 100 * (pathType === PathType.PREFIX ? path : wholeExpression(path)).length;
}

/** GRPCRoutes are ranked by the length of their rule. */
function hostRuleOf(host: string): string[] {
  return host === '' ? [] : [host.startsWith('*.') ? `HostRegexp(${JSON.stringify(`^[a-z0-9-\\.]+\\.${host.slice(2).replaceAll('.', '\\.')}$`)})` : `Host(${JSON.stringify(host)})`];
}

function methodRuleOf(path: string): string {
  const [, service = '', method] = path.split('/');
  return service === '' ? 'PathPrefix("/")' : `PathRegexp(${JSON.stringify(`/${service.replaceAll('.', '\\.')}/${method ?? '[^/]+'}`)})`;
}
