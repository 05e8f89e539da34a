import { Warnings } from '../warnings';
import { ObjectFacts } from './object-facts';
import { titleOf } from './selector-checks';
import { Waiting } from './waits';

/** That a workload waits, and who makes the pods that it waits for. */
export interface Asked {
  readonly waiting: Waiting;
  readonly selected: readonly ObjectFacts[];
}

/** Warns of waits that may never end, since nobody is there to accept a connection, and the wait itself starts nobody. */
export function warnOfNobody(asked: readonly Asked[], objects: readonly ObjectFacts[]): void {
  const resting = objects.filter(({ kind, pods }) => kind === 'ScaledObject' && pods === 0);
  for (const { waiting: { scope, wait }, selected } of asked) {
    const [first] = selected;
    const reasons = selected.map(facts => reasonOf(facts, resting));
    const [reason] = reasons;
    if (first !== undefined && reason !== undefined && reasons.every(each => each !== undefined)) {
      Warnings.reportLate(scope, 'KEELSON1669', `'waitFor' for '${wait._host}' may never end, since ${reason} of ${titleOf(first)}, and what waits for it starts none: `
        + 'keep one there, or leave the wait out and have the app try again by itself');
    }
  }
}

function reasonOf(facts: ObjectFacts, resting: readonly ObjectFacts[]): string | undefined {
  if (facts.pods === 0) {
    return 'there is no pod';
  }
  const { group, kind, name, namespace } = facts;
  const isResting = resting.some(({ scaleTarget: to, namespace: own }) =>
    own === namespace && to?.group === group && to.kind === kind && to.name === name);
  return isResting ? 'KEDA takes away the last pod' : undefined;
}
