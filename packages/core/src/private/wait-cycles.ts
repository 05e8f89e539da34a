import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Fault } from '../faults';
import type { ObjectFacts } from './object-facts';
import { quoted } from './quoted';
import { Waiting } from './waits';

/** A wait, and what makes the pods that may end it; none where they aren't the app's. */
export interface Asked {
  readonly waiting: Waiting;
  readonly pods: ObjectFacts[];
}

/** A wait with the workloads that may end it; undefined for those that wait for nothing themselves. */
interface Need {
  readonly providers: (IConstruct | undefined)[];
}

/**
 * Workloads that would wait for each other for ever, each circle once, at the one whose wait was said first.
 *
 * Of several workloads behind one Service one is enough, so that only a wait that none of them can end is part of a circle. A workload
 * that comes behind a Job, such as a migration, waits for it too.
 */
export function waitCycles(asked: Asked[]): { scope: IConstruct; fault: Fault }[] {
  const needs = needsOf(asked);
  const blocked = blockedOf(needs);
  const next = new Map([...blocked].map(scope => [scope, (needs.get(scope) ?? []).filter(need => isBlocked(need, blocked))
    .flatMap(({ providers }) => providers.filter(provider => provider !== undefined))]));
  const findings: { scope: IConstruct; fault: Fault }[] = [];
  const left = new Set<IConstruct>();
  for (const start of blocked) {
    // Depth first, without recursion: a chain of waits may be long.
    const path: { scope: IConstruct; rest: IConstruct[] }[] = [];
    const onPath = new Map<IConstruct, number>();
    const enter = (scope: IConstruct) => {
      onPath.set(scope, path.length);
      path.push({ scope, rest: [...new Set(next.get(scope))].reverse() });
    };
    if (!left.has(start)) {
      enter(start);
    }
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const provider = at.rest.pop();
      const before = provider === undefined ? undefined : onPath.get(provider);
      if (provider === undefined) {
        path.pop();
        onPath.delete(at.scope);
        left.add(at.scope);
      } else if (before !== undefined) {
        findings.push(cycleFinding(path.slice(before).map(({ scope }) => scope)));
      } else if (!left.has(provider)) {
        enter(provider);
      }
    }
  }
  return findings;
}

function needsOf(asked: Asked[]): Map<IConstruct, Need[]> {
  const needs = new Map<IConstruct, Need[]>(asked.map(({ waiting }) => [waiting.scope, []]));
  for (const { waiting, pods } of asked) {
    needs.get(waiting.scope)?.push({ providers: pods.map(({ object }) => providerOf(object, needs)) });
  }
  return needs;
}

/** The workload that ends a wait, if it waits itself: for a Service, or for the Jobs that are to run before it. */
function providerOf(object: IConstruct, needs: Map<IConstruct, Need[]>): IConstruct | undefined {
  const jobs = object.node.dependencies.filter(before => ApiObject.isApiObject(before) && before.kind === 'Job')
    .flatMap(job => waiterOf(job, needs) ?? []);
  const waiter = waiterOf(object, needs);
  if (jobs.length === 0) {
    return waiter;
  }
  const provider = waiter ?? object;
  const own = needs.get(provider) ?? [];
  needs.set(provider, own);
  own.push(...jobs.map(job => ({ providers: [job] })));
  return provider;
}

/** The workload that an object belongs to, if it waits for something. */
function waiterOf(object: IConstruct, needs: ReadonlyMap<IConstruct, unknown>): IConstruct | undefined {
  let at: IConstruct | undefined = object;
  while (at !== undefined && !needs.has(at)) {
    at = at.node.scope;
  }
  return at;
}

/** Those that can't start, whatever starts before: all but those that wait for nothing that is blocked. */
function blockedOf(needs: Map<IConstruct, Need[]>): Set<IConstruct> {
  const blocked = new Set(needs.keys());
  for (let before = -1; before !== blocked.size;) {
    before = blocked.size;
    needs.forEach((own, scope) => {
      if (!own.some(need => isBlocked(need, blocked))) {
        blocked.delete(scope);
      }
    });
  }
  return blocked;
}

function isBlocked({ providers }: Need, blocked: ReadonlySet<IConstruct>): boolean {
  return providers.length > 0 && providers.every(provider => provider !== undefined && blocked.has(provider));
}

function cycleFinding(cycle: IConstruct[]): { scope: IConstruct; fault: Fault } {
  const [first, ...others] = cycle as [IConstruct, ...IConstruct[]];
  const name = ({ node }: IConstruct) => quoted(node.path);
  return { scope: first, fault: others.length === 0 ? {
    code: 'KEELSON1667', got: name(first), allowed: 'for another workload', fix: 'remove it: no pod is ready before the first one has started',
  } : {
    code: 'KEELSON1666', got: `${name(first)}, ${[...others, first].map(scope => `which waits for ${name(scope)}`).join(', ')}`,
    allowed: 'without a circle', fix: 'remove one of these waits: none of them would ever start',
  } };
}
