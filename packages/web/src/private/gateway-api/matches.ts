import { Fault, Faults } from '@keelson/core';
import type { Exposure } from '../../exposure';
import { PathType } from '../../path-type';
import { wholeExpression } from '../edge/whole-expression';
import { ExtendedRoute, RouteField } from './extension';

const PATH_TYPES: Readonly<Record<PathType, string>> = {
  [PathType.PREFIX]: 'PathPrefix', [PathType.EXACT]: 'Exact', [PathType.REGULAR_EXPRESSION]: 'RegularExpression',
};

/** `/package.Service`, or `/package.Service/Method`, as the Gateway API takes them. */
const METHOD = /^\/([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\/([A-Za-z_]\w*))?$/;

/** Which requests a route is for; none where it is for all of its host. */
export function matchesOf({ kind, request: { exposure } }: ExtendedRoute): RouteField[] | undefined {
  return kind === 'GRPCRoute' ? methodsOf(exposure) : [{ path: pathOf(exposure) }];
}

/** The path of an exposure, as an HTTPRoute compares it. */
export function pathOf({ path, pathType }: Exposure): RouteField {
  // some implementations look for an expression anywhere in the path, and rewrite '/shop' only if the prefix has no slash at its end
  const value = pathType === PathType.REGULAR_EXPRESSION ? wholeExpression(path) : pathType === PathType.PREFIX ? prefixOf(path) : path;
  return { type: PATH_TYPES[pathType], value };
}

/** A prefix with a slash at its end is the same as without, by the Gateway API. */
function prefixOf(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function methodsOf({ path }: Exposure): RouteField[] | undefined {
  const [, service, method] = METHOD.exec(path) ?? [];
  return service === undefined ? undefined : [{ method: { type: 'Exact', service, method } }];
}

/** What is wrong with the path of gRPC: requests are for `/package.Service/Method`, and nothing else. */
export function methodFaults({ path, pathType }: Exposure): Fault[] {
  const [, service, method] = METHOD.exec(path) ?? [];
  const isSaid = path === '/' ? pathType === PathType.PREFIX : service !== undefined && (method === undefined) === (pathType === PathType.PREFIX);
  return isSaid ? [] : [{
    code: 'KEELSON2332', member: 'path', got: `${Faults.quoted(path)} of type ${pathType}, for gRPC`,
    allowed: "'/', a service such as '/shop.v1.Orders', or with PathType.EXACT a method such as '/shop.v1.Orders/Get'", fix: "leave 'path' out for all services",
  }];
}
