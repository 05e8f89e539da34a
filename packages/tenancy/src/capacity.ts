import { Quantity } from '@keelson/core';
import { Rendered, together, Use } from './private/pod-use';
import { maximaOf, ObjectUse, useOf } from './private/object-use';
import { Quota } from './quota';

/** How much of one thing a tenant takes. */
export interface CapacityRow {
  /** What is limited, as a ResourceQuota names it: `requests.memory`, `pods`. */
  readonly resource: string;

  /** What everything takes together, each workload at its most pods: `12Gi`. */
  readonly used: string;

  /** The same while the workload that needs most for it is rolled out. */
  readonly rollout: string;

  /** The quota. */
  readonly limit: string;

  /** `rollout` of `limit`, in percent, rounded up; 0 of nothing. */
  readonly percent: number;

  /** Who takes it, most first. */
  readonly users: string[];
}

/**
 * What is in a tenant, beside its quota: pods at the most their scalers make, with what init containers take, and those that a rollout
 * makes before it ends others; claims; and objects that are counted. What is made in the cluster by others isn't known.
 *
 * ```ts
 * declare const shop: Tenant;
 * const table = shop.capacity().markdown;
 * ```
 */
export class Capacity {
  /** @internal */
  public static _of(objects: readonly Rendered[], quota: Quota, defaults: object): Capacity {
    const maxima = maximaOf(objects);
    return new Capacity(objects.map(object => useOf(object, maxima, defaults)), quota);
  }

  /** What has a limit, in the order of the quota. */
  public readonly rows: CapacityRow[];

  /** Workloads whose rollouts don't fit at once, by resource. */
  private readonly all: Use;

  private constructor(uses: readonly ObjectUse[], private readonly quota: Quota) {
    const steady = together([OF_EVERY_NAMESPACE, ...uses.map(use => use.steady)]);
    this.all = together([steady, ...uses.map(({ surge }) => surge)]);
    this.rows = Object.keys(quota.hard).map(resource => rowOf(resource, uses, steady, quota.limitOf(resource) ?? NONE));
  }

  /** The rows as a table of Markdown. */
  public get markdown(): string {
    const lines = this.rows.map(({ resource, used, rollout, limit, percent, users }) =>
      `| ${resource} | ${used} | ${rollout} | ${limit} | ${percent} % | ${users.slice(0, MOST_USERS).join(', ')} |`);
    return ['| resource | used | in a rollout | quota | | by |', '| --- | --- | --- | --- | --- | --- |', ...lines, ''].join('\n');
  }

  /** What doesn't fit when everything is rolled out at once. @internal */
  public get _tightResources(): string[] {
    return this.rows.map(({ resource }) => resource)
      .filter(resource => (this.all.get(resource) ?? NONE).exceeds(this.quota.limitOf(resource) ?? NONE));
  }
}

const NONE = Quantity.ofCount(0);
/** The certificate of the API server's authority, which Kubernetes puts there itself. */
const OF_EVERY_NAMESPACE: Use = new Map([['configmaps', Quantity.ofCount(1)]]);
const MOST_USERS = 3;

function rowOf(resource: string, uses: readonly ObjectUse[], steady: Use, limit: Quantity): CapacityRow {
  const used = steady.get(resource) ?? NONE;
  const surge = uses.reduce((most, use) => most.max(use.surge.get(resource) ?? NONE), NONE);
  const rollout = used.plus(surge);
  const users = uses.flatMap(({ title, pods, steady: own }) => {
    const amount = own.get(resource);
    return amount === undefined || !amount.exceeds(NONE) ? [] : [{ amount, text: `${title} ${amount.text}${pods === undefined || pods === 1 ? '' : ` (${pods} pods)`}` }];
  });
  return {
    resource, used: used.text, rollout: rollout.text, limit: limit.text,
    percent: limit.exceeds(NONE) ? Math.ceil(rollout.value / limit.value * 100) : 0,
    users: users.sort((a, b) => (a.amount.exceeds(b.amount) ? -1 : b.amount.exceeds(a.amount) ? 1 : 0)).map(({ text }) => text),
  };
}
