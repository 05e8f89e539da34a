import { Fault, Faults, Quantity, Warnings } from '@keelson/core';
import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Capacity } from '../capacity';
import { Quota } from '../quota';
import { aboveDefaultLimit, limitedAllTheSame } from './container-limits';
import { Rendered } from './pod-use';

/** From where on a tenant is nearly full, in percent. */
const NEARLY_FULL = 90;

/** The objects of an app by their namespaces. */
interface Ledger {
  /** Whose check finds them anew: the first of each round. */
  readonly first: IConstruct;
  objects: Map<string, Rendered[]> | undefined;
}

const ledgers = new WeakMap<IConstruct, Ledger>();

/** Compares all that is in a namespace, whichever chart has it, with its quota, when the app is whole. */
export function checkCapacity(chart: Chart, namespace: string, quota: Quota, defaults: () => object): void {
  const { root } = chart.node;
  const ledger = ledgers.get(root) ?? { first: chart, objects: undefined };
  ledgers.set(root, ledger);
  chart.node.addValidation({ validate: () => {
    if (ledger.first === chart || ledger.objects === undefined) {
      ledger.objects = objectsOf(root);
    }
    const objects = ledger.objects.get(namespace) ?? [];
    const limits = defaults();
    const capacity = Capacity._of(objects, quota, limits);
    warn(chart, capacity);
    warnOfLimits(chart, limitedAllTheSame(objects, limits));
    return [
      ...faultsOf(capacity).map(fault => Faults.describe('quota', fault)),
      ...aboveDefaultLimit(objects, limits).map(fault => Faults.describe('containerDefaults', fault)),
    ];
  } });
}

/** What is in a namespace now. */
export function capacityOf(chart: Chart, namespace: string, quota: Quota, defaults: object): Capacity {
  return Capacity._of(objectsOf(chart.node.root).get(namespace) ?? [], quota, defaults);
}

function objectsOf(root: IConstruct): Map<string, Rendered[]> {
  const objects = new Map<string, Rendered[]>();
  for (const each of root.node.findAll()) {
    const namespace = ApiObject.isApiObject(each) ? (each as ApiObject).metadata.namespace : undefined;
    if (namespace !== undefined) {
      objects.set(namespace, [...objects.get(namespace) ?? [], (each as ApiObject).toJson()]);
    }
  }
  return objects;
}

function faultsOf({ rows }: Capacity): Fault[] {
  return rows.flatMap(({ resource, used, rollout, limit, users }): Fault[] => {
    const most = Quantity.parse(limit);
    const by = users.slice(0, 3).join(', ');
    if (Quantity.parse(used).exceeds(most)) {
      return [{
        code: 'KEELSON4020', member: resource, got: `${used} by what is in the tenant: ${by}`, allowed: `at most ${limit}`, fix: 'raise the quota, or let them take less',
      }];
    }
    return !Quantity.parse(rollout).exceeds(most) ? [] : [{
      code: 'KEELSON4021', member: resource, got: `${used} by what is in the tenant, and ${rollout} while one of it is rolled out: ${by}`, allowed: `at most ${limit}`,
      fix: 'raise the quota, or let rollouts make fewer pods beside the old ones',
    }];
  });
}

function warnOfLimits(chart: Chart, containers: readonly string[]): void {
  if (containers.length > 0) {
    Warnings.reportLate(chart, 'KEELSON4025', `its limit range gives a CPU limit to containers that name none: ${containers.join(', ')}`);
  }
}

function warn(chart: Chart, capacity: Capacity): void {
  const { rows, _tightResources: tight } = capacity;
  const fits = rows.filter(({ percent }) => percent <= 100);
  const full = fits.filter(({ percent }) => percent >= NEARLY_FULL);
  if (full.length > 0) {
    Warnings.reportLate(chart, 'KEELSON4022', `its quota is nearly used up: ${full.map(({ resource, rollout, limit, percent }) => `${resource} ${rollout} of ${limit} (${percent} %)`).join(', ')}`);
  }
  const stalls = fits.filter(({ resource }) => tight.includes(resource));
  if (stalls.length > 0) {
    Warnings.reportLate(chart, 'KEELSON4023',
      `its quota doesn't fit all workloads while they are rolled out at once (${stalls.map(({ resource }) => resource).join(', ')}): one waits for the other`);
  }
}
