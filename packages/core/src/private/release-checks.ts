import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Faults } from '../faults';
import { ReleaseOrder } from '../release-order';
import type { Workload } from '../workload';
import { Warnings } from '../warnings';
import { annotateObjects } from './object-annotations';
import { bringClaims } from './release-claims';
import { bringGrants, laterGrants } from './release-grants';
import { plain } from './render';

/** In which field of a pod another object's name stands, and of which kind that is. */
const NAMED: readonly (readonly [field: string, name: string, kind: string])[] = [
  ['configMapKeyRef', 'name', 'ConfigMap'], ['configMapRef', 'name', 'ConfigMap'], ['configMap', 'name', 'ConfigMap'],
  ['secretKeyRef', 'name', 'Secret'], ['secretRef', 'name', 'Secret'], ['secret', 'secretName', 'Secret'], ['secret', 'name', 'Secret'],
  ['persistentVolumeClaim', 'claimName', 'PersistentVolumeClaim'],
];

const waves = new WeakMap<IConstruct, number>();

/** Puts what runs a workload's pods into a sync wave of Argo CD; of several the latest counts. */
export function laterWave(workload: IConstruct, wave: number): void {
  const before = waves.get(workload);
  waves.set(workload, Math.max(wave, before ?? 0));
  if (before === undefined) {
    annotateObjects(workload, (apiVersion, kind) => ReleaseOrder._waveOf(apiVersion, kind, waves.get(workload) ?? wave));
    bringClaims(workload);
  }
}

/** What a Task can't have in its place before a release. */
export function checkRelease(task: Workload, order: ReleaseOrder, hasTtl: boolean): void {
  if (order._waveAfter !== undefined && hasTtl) {
    Faults.report(task, 'ttlAfterFinished', [{
      code: 'KEELSON1532', got: 'a sync wave', allowed: 'left out for a Task in a sync wave of Argo CD',
      fix: 'remove it: Argo CD makes a Job that is gone again, which runs again; it prunes those of earlier descriptions',
    }]);
  }
  if (order._waveAfter !== undefined) {
    bringClaims(task);
  }
  if (order._isHook) {
    bringGrants(task, order);
    task.node.addValidation({ validate: () => {
      warnOfServers(task, order);
      return [...laterObjects(task), ...laterGrants(task)].map(({ kind, name }) => Faults.describe('releaseOrder', {
        code: 'KEELSON1533', got: `${kind} '${name}', which comes with the release`, allowed: 'for a Task that needs nothing of the release',
        fix: 'a hook is there before it: give the Task its own, take one made elsewhere, or use ReleaseOrder.argoCdSyncWave()',
      }));
    } });
  }
}

function warnOfServers(task: Workload, order: ReleaseOrder): void {
  const known = order._comesFirst ? task.connections._serverEdges.map(({ server }) => server).filter(({ _hasPolicy }) => _hasPolicy) : [];
  const servers = known.map(({ _text }) => _text);
  if (servers.length > 0) {
    Warnings.reportLate(task, 'KEELSON1534', `on the first installation the Task runs before ${servers.sort().join(', ')}, which comes with the release: `
      + 'install that before, or use ReleaseOrder.helmHook({ postInstall: true }) or ReleaseOrder.argoCdSyncWave()');
  }
}

/** Objects of the app that the Task's pods need, and that aren't its own: they are applied after it. */
function laterObjects(task: Workload): { kind: string; name: string }[] {
  const wanted = new Set<string>([`ServiceAccount ${task.serviceAccount.name}`]);
  collect(plain(task.pods), wanted);
  const own = new Set<IConstruct>(task.node.findAll());
  return task.node.root.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each) && !own.has(each))
    .filter(({ kind, name, metadata }) => wanted.has(`${kind} ${name}`) && metadata.namespace === task.namespace)
    .map(({ kind, name }) => ({ kind, name }));
}

function collect(value: unknown, wanted: Set<string>): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const fields = value as Record<string, unknown>;
  for (const [field, key, kind] of NAMED) {
    const named = fields[field];
    const name = typeof named === 'object' && named !== null ? (named as Record<string, unknown>)[key] : undefined;
    if (typeof name === 'string') {
      wanted.add(`${kind} ${name}`);
    }
  }
  Object.values(fields).forEach(each => collect(each, wanted));
}

