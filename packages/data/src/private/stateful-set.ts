import { Manifest, Service, Workload } from '@keelson/core';
import { StatefulSetStrategy } from '../stateful-set-strategy';
import { claimTemplateOf } from './claim-template';
import { Description } from './description';
import { checkClaim, defineLocalVolumes } from './local-volumes';
import { sound } from './made';

/** What runs the pods of a database, and says which of them may be missing. */
export interface StatefulParts {
  readonly statefulSet: Manifest;
  readonly podDisruptionBudget: Manifest;
}

/**
 * The StatefulSet of a workload. Volumes stay when pods or the StatefulSet go: what was written there is worth more than the space.
 *
 * @param headless the Service that gives the pods their names.
 * @param before how many servers of the database come before those: theirs are the first nodes of its storage.
 */
export function defineStatefulSet(
  workload: Workload, replicas: number, headless: Service, { storage }: Description, before: number,
  strategy: StatefulSetStrategy | undefined,
): StatefulParts {
  const { name, labels, selector } = workload;
  const { isRolling, partition } = sound(strategy) ?? StatefulSetStrategy.rollingUpdate();
  const template = claimTemplateOf(storage, selector);
  template?.checkAt(workload, 'storage');
  checkClaim(workload, storage);
  defineLocalVolumes(workload, storage, storage.nodes?.slice(before, before + replicas) ?? [], ordinal => template?.claimNameOf(name, ordinal) ?? '');
  const statefulSet = new Manifest(workload, 'StatefulSet', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: workload.objectMetadata,
    spec: {
      replicas,
      serviceName: headless.name,
      // those that wait for a predecessor wait for ever where that one can't start
      podManagementPolicy: 'Parallel',
      updateStrategy: isRolling ? { type: 'RollingUpdate', rollingUpdate: { partition } } : { type: 'OnDelete' },
      revisionHistoryLimit: 3,
      minReadySeconds: 10,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: selector },
      template: workload.pods,
      volumeClaimTemplates: template === undefined ? undefined : [template],
    },
  });
  const podDisruptionBudget = new Manifest(workload, 'PodDisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, labels },
    // one at a time, and one that doesn't work anyway is in nobody's way
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selector } },
  });
  return { statefulSet, podDisruptionBudget };
}
