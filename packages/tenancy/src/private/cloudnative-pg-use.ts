import { Quantity } from '@keelson/core';
import { claimUse } from './claim-use';
import { Rendered, times, together, Use, useOfPod } from './pod-use';

/** For all instances, for those that read only, for any: `-rw`, `-ro`, `-r`. */
const SERVICES = 3;
/** Of the authority, the server and the replication. */
const CERTIFICATES = 3;

/** What the operator makes of a CloudNativePG Cluster, and its pods while one of them joins. */
export interface ClusterUse {
  readonly steady: Use;
  readonly surge: Use;
  readonly pods: number;
}

/** Whether an object is a Cluster of the operator: other operators have kinds of that name. */
export function isCloudNativePg({ apiVersion, kind }: Rendered): boolean {
  return kind === 'Cluster' && String(apiVersion).startsWith('postgresql.cnpg.io/');
}

/**
 * What a Cluster takes: a pod and its claims for each instance, and a Job's pod of the same size while one is made.
 *
 * @see https://cloudnative-pg.io/docs/1.30/resource_management
 */
export function useOfCluster(spec: Rendered, defaults: Rendered): ClusterUse {
  const pods = Number(spec?.instances ?? 1);
  const pod = useOfPod({ containers: [{ resources: spec?.resources }] }, defaults);
  const stores: Rendered[] = [spec?.storage ?? {}, ...spec?.walStorage === undefined ? [] : [spec.walStorage]];
  const claims = together(stores.map(({ size: storage, storageClass, pvcTemplate }) => claimUse({
    storageClassName: storageClass ?? pvcTemplate?.storageClassName,
    resources: storage === undefined ? pvcTemplate?.resources : { requests: { storage } },
  })));
  const objects: Use = new Map([
    ['services', Quantity.ofCount(SERVICES)], ['secrets', Quantity.ofCount(CERTIFICATES)], ['configmaps', Quantity.ofCount(1)],
  ]);
  return { steady: together([times(together([pod, claims]), pods), objects]), surge: pod, pods };
}
