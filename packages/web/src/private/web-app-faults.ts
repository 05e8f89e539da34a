import { Fault, Port, Protocol } from '@keelson/core';
import { Duration } from 'cdk8s';
import type { WebAppProps } from '../web-app';

/** How long a new pod is ready before the release goes on. */
export const MIN_READY = Duration.seconds(10);
/** How long a release may make no progress. */
export const PROGRESS_DEADLINE = Duration.minutes(10);

interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

/** What is wrong with an app beside what its pods say themselves. */
export function webAppFaults(props: WebAppProps, fewest: number, servicePort: number): PropFault[] {
  const { replicas, revisionHistoryLimit, scaling, strategy, disruptionBudget } = props;
  const of = (prop: string, faults: Fault[] = []) => faults.map(fault => ({ prop, fault }));
  return [
    ...of('replicas', countFaults(replicas)),
    ...of('replicas', replicas === undefined || scaling === undefined ? [] : [{
      code: 'KEELSON2062', got: `${replicas}, with scaling`, allowed: "left out where 'scaling' is given",
      fix: 'remove one of the two: both would fight over the number of pods',
    }]),
    ...of('revisionHistoryLimit', countFaults(revisionHistoryLimit)),
    ...of('scaling', scaling?.faults),
    ...of('strategy', strategy?.faults),
    ...of('disruptionBudget', disruptionBudget?.faults),
    ...of('disruptionBudget', disruptionBudget?._faultsFor(fewest)),
    ...of('servicePort', servicePortFaults(props, servicePort)),
    ...releaseFaults(props),
  ];
}

/** Old and new pods would wait for each other, for ever. */
export function claimFault(name: string): Fault {
  return {
    code: 'KEELSON2068', got: `a rolling update, with claim '${name}', which one node can have at a time`,
    allowed: 'DeploymentStrategy.recreate() where pods mount such a claim',
    fix: 'recreate: a new pod waits for the volume of the old one, which runs until the new one is ready',
  };
}

function countFaults(count: number | undefined): Fault[] {
  return count === undefined || (Number.isInteger(count) && count >= 0) ? [] : [{
    code: 'KEELSON2061', got: `${count}`, allowed: 'an integer from 0 on', fix: 'give a whole number',
  }];
}

function servicePortFaults({ ports = [] }: WebAppProps, servicePort: number): Fault[] {
  const taken = ports.some(({ number, protocol }) => number === servicePort && (protocol ?? Protocol.TCP) === Protocol.TCP);
  return [...Port.faultsOfNumber(servicePort), ...(taken ? [{
    code: 'KEELSON2063', got: `${servicePort}, which is also one of 'ports'`, allowed: 'another port than the others of the Service',
    fix: "choose another 'servicePort'",
  }] : [])];
}

function releaseFaults({ minReady = MIN_READY, progressDeadline = PROGRESS_DEADLINE }: WebAppProps): PropFault[] {
  const [ready, deadline] = [minReady, progressDeadline].map(duration => duration.toSeconds({ integral: false })) as [number, number];
  const faults = [...secondsFaults('minReady', ready, 0), ...secondsFaults('progressDeadline', deadline, 1)];
  return faults.length > 0 || deadline > ready ? faults : [{
    prop: 'progressDeadline',
    fault: {
      code: 'KEELSON2064', got: `${deadline} s`, allowed: `longer than minReady, ${ready} s`, fix: 'raise it: else every release counts as failed',
    },
  }];
}

function secondsFaults(prop: string, seconds: number, lowest: number): PropFault[] {
  return Number.isInteger(seconds) && seconds >= lowest ? [] : [{
    prop, fault: { code: 'KEELSON2066', got: `${seconds} s`, allowed: `whole seconds from ${lowest} on`, fix: 'try Duration.seconds(10)' },
  }];
}
