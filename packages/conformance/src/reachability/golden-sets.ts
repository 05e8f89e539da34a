import { reachability, type JsonObject } from '@keelson/testing';
import type { Golden } from '../checkers/finding.js';
import { manifestsOf } from '../checkers/judged-objects.js';
import { policiesIn } from '../network/grids.js';
import type { Party } from '../network/party.js';
import { EVERYWHERE, proxiesOf } from '../network/surroundings.js';
import type { Connection, PolicySet } from './policy-sets.js';

/** A golden with what is in or near every cluster, and every connection between any two of these. */
export function goldenSet(golden: Golden): PolicySet {
  const objects = manifestsOf(golden);
  const around = [...proxiesOf(objects), ...EVERYWHERE];
  const namespaces = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace');
  const own = objects.filter(({ apiVersion, kind }) => apiVersion === 'apps/v1' || apiVersion === 'batch/v1' || (apiVersion === 'v1' && kind === 'Pod'));
  const workloads = [...own, ...around.flatMap(podsOf)];
  const policies = policiesIn(objects);
  const outside = Object.fromEntries(around.filter(({ pods }) => pods.length === 0).map(({ ip }) => [ip, ip]));
  const { cells } = reachability([...namespaces, ...workloads, ...policies], { outside }).matrix();
  const connections = cells.map(({ source, destination, port }): Connection => {
    const [number, protocol = 'TCP'] = port.replace('any other', '9999').split('/');
    return { source, destination, number: Number(number), protocol };
  });
  return { namespaces, workloads, policies, connections };
}

/** Who is around, as pods that run. */
function podsOf({ ip, pods, ports }: Party, index: number): JsonObject[] {
  const containers = [{ name: 'main', ports: ports.map(({ number, protocol }) => ({ containerPort: number, protocol })) }];
  return pods.map(({ namespace, labels }): JsonObject => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: `around-${index}`, namespace, labels: { ...labels } }, spec: { containers }, status: { podIPs: [{ ip }] },
  }));
}
