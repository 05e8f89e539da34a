import { Fault, Health } from '@keelson/core';
import { Duration } from 'cdk8s';
import type { DeploymentProps } from '../deployment-props';
import { INT32, isInt32From } from './integer';
import { made, notMade, shown, valueFaults } from './made';
import { secondsOf } from './seconds';

/** How long a new pod is ready before the release goes on. */
export const MIN_READY = Duration.seconds(10);
/** How long a release may make no progress. */
const PROGRESS_DEADLINE = Duration.minutes(10);

/** How many pods there may be. */
export interface PodCount {
  readonly fewest: number;
  readonly most: number;
}

/** A fault, and the prop it is of. */
export interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

/** Props of a workload that a Deployment runs, with what tells that it works. */
export interface WatchedProps extends DeploymentProps {
  readonly health?: Health;
}

/** The props that can be read: values that no factory has made are left out, and `deploymentFaults` says so of the props as given. */
export function readableProps<T extends WatchedProps>(props: T): Omit<T, 'health'> & { readonly health?: Health } {
  const { health, scaling, verticalScaling, strategy, disruptionBudget } = props;
  return {
    ...props, health: made(health), scaling: made(scaling), verticalScaling: made(verticalScaling), strategy: made(strategy),
    disruptionBudget: made(disruptionBudget),
  };
}

/** The props of what has so many pods at least where its scaling doesn't say it. */
export function withUsualMin<T extends DeploymentProps>(props: T, usual: number): T {
  return { ...props, scaling: made(props.scaling)?._withUsualMin(usual) ?? props.scaling };
}

/** How many pods there may be; while there is nothing to do, a ScaledObject may have none at all. */
export function podCount({ replicas = 2, scaling }: DeploymentProps): PodCount {
  return scaling === undefined ? { fewest: replicas, most: replicas } : { fewest: Math.max(1, scaling._model.min), most: scaling.max };
}

/** What is wrong with a workload beside what its pods say themselves. */
export function deploymentFaults(props: WatchedProps, pods: PodCount): PropFault[] {
  const { replicas, revisionHistoryLimit, health, scaling, verticalScaling, strategy, disruptionBudget } = props;
  const of = (prop: string, faults: Fault[] = []) => faults.map(fault => ({ prop, fault }));
  return [
    // What is wrong with it in itself, the pods report.
    ...of('health', health === undefined || made(health) !== undefined ? [] : [notMade(health, 'Health', 'http(…)')]),
    ...of('replicas', countFaults(replicas)),
    ...of('replicas', replicas === undefined || scaling === undefined ? [] : [{
      code: 'KEELSON2062', got: `${replicas}, with scaling`, allowed: "left out where 'scaling' is given",
      fix: 'remove one of the two: both would fight over the number of pods',
    }]),
    ...of('revisionHistoryLimit', countFaults(revisionHistoryLimit)),
    ...of('scaling', valueFaults(scaling, 'Scaling', 'onCpu(…)')),
    ...of('verticalScaling', valueFaults(verticalScaling, 'VerticalScaling', 'recreate(…)')),
    ...of('strategy', valueFaults(strategy, 'DeploymentStrategy', 'rollingUpdate(…)')),
    ...of('disruptionBudget', valueFaults(disruptionBudget, 'DisruptionBudget', 'maxUnavailable(…)')),
    ...of('disruptionBudget', made(disruptionBudget)?._faultsFor(pods.fewest, pods.most)),
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
  return count === undefined || isInt32From(0, count) ? [] : [{
    code: 'KEELSON2061', got: shown(count), allowed: `an integer from 0 to ${INT32}`, fix: 'give a whole number',
  }];
}

/** The seconds in which all waits, a start and `minReady` fit; waits may be added until synth. */
export function defaultDeadline(props: WatchedProps, longestWait: Duration): number {
  return Math.min(INT32, Math.max(secondsOf(PROGRESS_DEADLINE), secondsOf(longestWait) + untilAvailable(props) + 60));
}

/** The longest that a pod may take until it counts, in seconds; at most what still is below a deadline. */
function untilAvailable({ health, minReady = MIN_READY }: WatchedProps): number {
  const seconds = secondsOf(minReady);
  const needed = (Number.isNaN(seconds) ? 0 : seconds) + (made(health)?.startupTimeout.toSeconds({ integral: false }) ?? 0);
  return Math.min(INT32 - 1, needed);
}

function releaseFaults(props: WatchedProps): PropFault[] {
  const { minReady = MIN_READY, progressDeadline } = props;
  if (progressDeadline === undefined) {
    return secondsFaults('minReady', minReady, 0, INT32 - 1);
  }
  const [needed, deadline] = [untilAvailable(props), secondsOf(progressDeadline)];
  const faults = [...secondsFaults('minReady', minReady, 0, INT32 - 1), ...secondsFaults('progressDeadline', progressDeadline, 1)];
  return faults.length > 0 || deadline > needed ? faults : [{
    prop: 'progressDeadline',
    fault: {
      code: 'KEELSON2064', got: `${deadline} s`, allowed: `longer than a start and minReady may take, ${needed} s`, fix: 'raise it: else every release counts as failed',
    },
  }];
}

function secondsFaults(prop: string, duration: Duration, lowest: number, highest = INT32): PropFault[] {
  const seconds = secondsOf(duration);
  return isInt32From(lowest, seconds) && seconds <= highest ? [] : [{
    prop, fault: {
      code: 'KEELSON2066', got: Number.isNaN(seconds) ? shown(duration) : `${seconds} s`, allowed: `whole seconds from ${lowest} to ${highest}`, fix: 'try Duration.seconds(10)',
    },
  }];
}
