import { ClusterProfile, Fault, Faults } from '@keelson/core';
import { Duration } from 'cdk8s';
import { ScalingBehavior, ScalingPolicy, ScalingRules, ScalingSelectPolicy } from '../scaling-behavior';
import { enumFaults, givenFaults, shown } from './made';
import { decimalQuantity } from './quantity';
import { secondsOf } from './seconds';

const UP = [ScalingPolicy.percent(100, Duration.seconds(15)), ScalingPolicy.pods(4, Duration.seconds(15))];
const DOWN = [ScalingPolicy.percent(50, Duration.seconds(60))];
const LONGEST_WINDOW = 3600;
/** Far more than anybody needs, and no number that the API would write otherwise. */
const MOST_TOLERANCE = 1_000_000;

/** The `behavior` of an autoscaler. */
export function renderBehavior({ scaleUp, scaleDown, scaleUpStabilization, scaleDownStabilization }: ScalingBehavior): object {
  return { scaleUp: rendered(scaleUp, scaleUpStabilization, 0, UP), scaleDown: rendered(scaleDown, scaleDownStabilization, 300, DOWN) };
}

function rendered(rules: ScalingRules = {}, window: Duration | undefined, usual: number, policies: ScalingPolicy[]): object {
  const { tolerancePercent, selectPolicy } = rules;
  return {
    stabilizationWindowSeconds: window === undefined ? usual : secondsOf(window),
    selectPolicy: selectPolicy ?? ScalingSelectPolicy.MAX,
    policies: rules.policies ?? policies,
    tolerance: tolerancePercent === undefined ? undefined : decimalQuantity(tolerancePercent / 100),
  };
}

/** What is wrong with it, whatever the cluster. */
export function behaviorFaults({ scaleUp, scaleDown, scaleUpStabilization, scaleDownStabilization }: ScalingBehavior): Fault[] {
  return [
    ...windowFaults('scaleDownStabilization', scaleDownStabilization), ...windowFaults('scaleUpStabilization', scaleUpStabilization),
    ...Faults.within('scaleUp', rulesFaults(scaleUp)), ...Faults.within('scaleDown', rulesFaults(scaleDown)),
  ];
}

/** What is wrong with it on a cluster. */
export function behaviorFaultsIn({ version }: ClusterProfile, { scaleUp, scaleDown }: ScalingBehavior): Fault[] {
  const asked = Object.entries({ scaleUp, scaleDown }).filter(([, rules]) => rules?.tolerancePercent !== undefined);
  return version.isAtLeast('1.35') ? [] : asked.map(([member]) => ({
    code: 'KEELSON2090', member: `${member}.tolerancePercent`, got: `Kubernetes ${version.text}`, allowed: 'left out before Kubernetes 1.35, which drops it',
    fix: 'remove it: the cluster has one tolerance for all',
  }));
}

function rulesFaults({ policies, selectPolicy, tolerancePercent }: ScalingRules = {}): Fault[] {
  const tenths = (tolerancePercent ?? 0) * 10;
  const isFine = tenths >= 0 && tenths <= MOST_TOLERANCE && Math.abs(tenths - Math.round(tenths)) < 1e-9;
  return [
    ...(policies !== undefined && policies.length === 0 ? [{
      code: 'KEELSON2088', member: 'policies', got: 'none', allowed: 'at least one', fix: "leave it out for the usual ones, or set 'selectPolicy: ScalingSelectPolicy.DISABLED'",
    }] : []),
    ...(policies ?? []).flatMap((policy, at) => Faults.within(`policies.${at}`, givenFaults(policy, 'ScalingPolicy', 'pods(…)'))),
    ...Faults.within('selectPolicy', enumFaults(selectPolicy, 'ScalingSelectPolicy', ScalingSelectPolicy)),
    ...(isFine ? [] : [{
      code: 'KEELSON2089', member: 'tolerancePercent', got: `${tolerancePercent}`, allowed: 'from 0 on with at most one decimal place', fix: 'try 5',
    }]),
  ];
}

function windowFaults(member: string, window: Duration | undefined): Fault[] {
  const seconds = window === undefined ? 0 : secondsOf(window);
  return Number.isInteger(seconds) && seconds <= LONGEST_WINDOW ? [] : [{
    code: 'KEELSON2059', member, got: Number.isNaN(seconds) ? shown(window) : `${seconds} s`, allowed: `whole seconds up to ${LONGEST_WINDOW}`, fix: 'try Duration.minutes(5)',
  }];
}
