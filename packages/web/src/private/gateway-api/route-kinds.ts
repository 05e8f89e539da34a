import { Faults } from '@keelson/core';
import { Construct } from 'constructs';
import { PerCluster } from '../per-cluster';
import { ParentReference } from '../route-parent';
import { ExposureRequest, Route } from '../target-renderer';
import { RouteKind } from './extension';

/** Who has a route of a kind for a host, and for hosts below a domain; keys are of listeners. */
const hosts = new PerCluster<Construct>();

/**
 * Have the hosts of a listener be of HTTPRoutes or of GRPCRoutes: of two kinds whose hosts meet, a gateway takes the older one only.
 *
 * @returns whether nobody has a route of the other kind.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroutespec
 */
export function claimKind({ app, namespace }: ExposureRequest, { host, text }: Route, parent: ParentReference, kind: RouteKind): boolean {
  const known = hosts.at(app.scope);
  const listener = [parent.kind ?? 'Gateway', parent.namespace ?? namespace ?? '', parent.name, parent.sectionName].join('/');
  const keyOf = (of: RouteKind, what: string) => [listener, of, what].join('\n');
  const other = kind === 'HTTPRoute' ? 'GRPCRoute' : 'HTTPRoute';
  const met = meetingOf(host).map(what => known.get(keyOf(other, what))).find(scope => scope !== undefined);
  if (met !== undefined) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2334', got: `${kind === 'GRPCRoute' ? 'gRPC' : 'HTTP'} at ${text}, for which '${met.node.path}' has ${other === 'GRPCRoute' ? 'gRPC' : 'HTTP'} at the same listener`,
      allowed: 'one of the two for a host', fix: 'give one of them a host of its own',
    }]);
    return false;
  }
  for (const what of partsOf(host)) {
    const key = keyOf(kind, what);
    known.set(key, known.get(key) ?? app.scope);
  }
  return true;
}

/** What is remembered of a host: itself, and every domain it is below; a wildcard is a domain's. */
function partsOf(host: string | undefined): string[] {
  return host === undefined ? ['any', 'some'] : [`host ${host}`, ...domainsOf(host).map(domain => `below ${domain}`), 'some'];
}

/** What remembered hosts a host meets: itself, wildcards around it, and of a wildcard, all below it. */
function meetingOf(host: string | undefined): string[] {
  if (host === undefined) {
    return ['some'];
  }
  const around = domainsOf(host).map(domain => `host *.${domain}`);
  return ['any', `host ${host}`, ...around, ...host.startsWith('*.') ? [`below ${host.slice(2)}`] : []];
}

/** The domains that a host is below, the closest first. */
function domainsOf(host: string): string[] {
  const labels = host.split('.');
  return labels.slice(1).map((_, at) => labels.slice(at + 1).join('.'));
}
