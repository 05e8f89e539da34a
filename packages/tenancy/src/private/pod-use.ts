import { Quantity } from '@keelson/core';
import { Chart } from 'cdk8s';

/** A rendered object, or a part of one, read at any depth, as cdk8s' own type of it lets one. */
export type Rendered = ReturnType<Chart['toJson']>[number];

/** Amounts by the names that a ResourceQuota has for them. */
export type Use = ReadonlyMap<string, Quantity>;

const COUNTED = ['cpu', 'memory', 'ephemeral-storage'] as const;
const NONE = Quantity.ofCount(0);
/** Disk isn't limited by the quota. */
const LIMITED = new Set<string>(['cpu', 'memory']);

/** What the quota counts of one pod: an init container counts where it takes more than what runs later. */
export function useOfPod(spec: Rendered, defaults: Rendered): Use {
  const use = new Map<string, Quantity>([['pods', Quantity.ofCount(1)]]);
  for (const resource of COUNTED) {
    for (const kind of ['requests', 'limits'] as const) {
      if (kind === 'requests' || LIMITED.has(resource)) {
        use.set(`${kind}.${resource}`, amountOf(spec, kind, resource, defaults));
      }
    }
  }
  return use;
}

/** Several of the same. */
export function times(use: Use, count: number): Use {
  return new Map([...use].map(([name, amount]) => [name, amount.times(count)]));
}

export function together(uses: readonly Use[]): Use {
  const sum = new Map<string, Quantity>();
  for (const use of uses) {
    for (const [name, amount] of use) {
      sum.set(name, (sum.get(name) ?? NONE).plus(amount));
    }
  }
  return sum;
}

function amountOf(spec: Rendered, kind: 'requests' | 'limits', resource: string, defaults: Rendered): Quantity {
  const whole = spec?.resources?.[kind]?.[resource];
  const overhead = Quantity.parse(String(spec?.overhead?.[resource] ?? 0));
  if (whole !== undefined) {
    return Quantity.parse(String(whole)).plus(overhead);
  }
  const of = (container: Rendered) => amountOfContainer(container?.resources, kind, resource, defaults);
  let sidecars = NONE;
  let starting = NONE;
  for (const container of spec?.initContainers ?? []) {
    const amount = of(container);
    starting = starting.max(sidecars.plus(amount));
    if (container.restartPolicy === 'Always') {
      sidecars = sidecars.plus(amount);
    }
  }
  const running = (spec?.containers ?? []).reduce((sum: Quantity, container: Rendered) => sum.plus(of(container)), sidecars) as Quantity;
  return running.max(starting).plus(overhead);
}

/** A limit without a request is one, too. */
function amountOfContainer(resources: Rendered, kind: 'requests' | 'limits', resource: string, defaults: Rendered): Quantity {
  const own = resources?.[kind]?.[resource] ?? (kind === 'requests' ? resources?.limits?.[resource] : undefined);
  const given = own ?? (kind === 'requests' ? defaults?.defaultRequest : defaults?.default)?.[resource];
  return given === undefined ? NONE : Quantity.parse(String(given));
}
