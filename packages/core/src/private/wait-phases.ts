import { Fault } from '../faults';
import { objectAnnotations } from './object-annotations';
import { makesPods, ObjectFacts } from './object-facts';
import { SYNC_WAVE } from './release-claims';
import { titleOf } from './selector-checks';
import { Asked } from './wait-warnings';
import { Waiting } from './waits';

/** When the tool that applies the manifests comes to an object, by order and in words. */
interface Phase {
  readonly at: number;
  readonly text: string;
}

const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'];
const BEFORE_ALL = /(?:^|,)(?:pre-install|PreSync)(?:,|$)/;

/** Waits of what comes earlier for what comes later: on the first install the tool waits for the one, and never comes to the other. */
export function phaseFaults(asked: readonly Asked[], objects: readonly ObjectFacts[]): { waiting: Waiting; fault: Fault }[] {
  const waiters = new Map(objects.filter(makesPods).map(facts => [facts.object.node.scope, facts]));
  return asked.flatMap(({ waiting, selected }) => {
    const waiter = waiters.get(waiting.scope);
    const [first] = selected;
    if (waiter === undefined || first === undefined) {
      return [];
    }
    const [own, others] = [phaseOf(waiter), selected.map(phaseOf)];
    const [earliest] = [...others].sort((a, b) => a.at - b.at);
    return earliest === undefined || earliest.at <= own.at ? [] : [{ waiting, fault: {
      code: 'KEELSON1668', got: `${titleOf(first)} of ${earliest.text}, from ${own.text}`, allowed: 'for what is there before, or comes with it',
      fix: "have the Task 'runBefore' this workload too, or leave the wait out: the first release would never get past it",
    } }];
  });
}

function phaseOf({ object }: ObjectFacts): Phase {
  const { apiVersion, kind } = object;
  const annotations = new Map(objectAnnotations(object, apiVersion, kind));
  if (HOOKS.some(hook => BEFORE_ALL.test(annotations.get(hook) ?? ''))) {
    return { at: -Infinity, text: 'a hook before all else' };
  }
  const wave = Number(annotations.get(SYNC_WAVE) ?? 0);
  return HOOKS.some(hook => annotations.has(hook)) ? { at: Infinity, text: 'a hook behind all else' } : { at: wave, text: `sync wave ${wave}` };
}
