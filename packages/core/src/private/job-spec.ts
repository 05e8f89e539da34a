import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import { Fault, Faults } from '../faults';
import { CompletionMode, JobProps, PodReplacementPolicy } from '../job-props';
import { PodFailureRule } from '../pod-failure-rule';
import type { PodTemplate } from '../pod-template';
import { RestartPolicy } from '../restart-policy';
import { durationFaults, wholeSeconds } from './duration';
import { INT32, integerFaults } from './integer';
import { isMade, listFaults, unmadeFaults } from './made';
import { items, textAt } from './manifest-fields';
import { oneOfFaults } from './one-of';

/** Beyond it, the indexes that failed may not fit the Job's status. */
const MOST_INDEXED = 100_000;
const MOST_RULES = 20;

type CountProp = 'backoffLimit' | 'completions' | 'parallelism' | 'backoffLimitPerIndex' | 'maxFailedIndexes';

interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

/** How pods of a Job are restarted; the one policy that they can't have is reported, and replaced. */
export function jobRestartPolicy({ restartPolicy }: JobProps): RestartPolicy {
  return restartPolicy === RestartPolicy.ON_FAILURE ? restartPolicy : RestartPolicy.NEVER;
}

/** The `spec` of a Job, or of the Jobs of a CronJob. */
export function jobSpec(props: JobProps, template: PodTemplate, scope: IConstruct): object {
  const { backoffLimit, completions, parallelism, completionMode, backoffLimitPerIndex, maxFailedIndexes, successPolicy } = props;
  const rules = failureRules(props);
  const seconds = (duration: Duration | undefined) => duration && wholeSeconds(duration);
  return {
    backoffLimit,
    backoffLimitPerIndex,
    maxFailedIndexes,
    activeDeadlineSeconds: seconds(props.activeDeadline),
    ttlSecondsAfterFinished: seconds(props.ttlAfterFinished),
    completions,
    parallelism,
    completionMode,
    podFailurePolicy: rules.length === 0 ? undefined : { rules: rules.map(rule => rule._render()) },
    // What it is without the field, below the version that keeps it.
    podReplacementPolicy: ClusterProfile.of(scope).version.isAtLeast('1.29') ? props.podReplacementPolicy : undefined,
    successPolicy: successPolicy === undefined ? undefined : { rules: rulesIn(successPolicy).map(rule => rule._render()) },
    template,
  };
}

/** Reports what is wrong with a Job's props, at once and, of what may still change, at synth. */
export function checkJob(scope: Construct, name: string, props: JobProps, template: PodTemplate): void {
  const faults = [
    ...typeFaults(props), ...numberFaults(props), ...versionFaults(scope, props), ...indexFaults(name, props), ...policyFaults(props),
  ];
  faults.forEach(({ prop, fault }) => Faults.report(scope, prop, [fault]));
  const all = rulesIn(props.podFailurePolicy).map((rule, at) => ({ rule, prop: `podFailurePolicy[${at}]` }));
  const rules = all.filter(({ rule }) => rule._container !== undefined);
  if (rules.length > 0) {
    scope.node.addValidation({ validate: () => {
      const containers = containersOf(template);
      return rules.flatMap(({ rule, prop }) => rule._faultsAmong(containers).map(fault => Faults.describe(prop, fault)));
    } });
  }
}

/** Disruptions don't count unless told otherwise, where the rest of the props leaves room for a policy. */
function failureRules(props: JobProps): PodFailureRule[] {
  const room = jobRestartPolicy(props) === RestartPolicy.NEVER && props.podReplacementPolicy !== PodReplacementPolicy.TERMINATING_OR_FAILED;
  return props.podFailurePolicy === undefined ? room ? [PodFailureRule.disruption()] : [] : rulesIn(props.podFailurePolicy);
}

/** Those of a policy that a factory has made; what isn't is reported. */
function rulesIn<T>(policy: T[] | undefined): T[] {
  return Array.isArray(policy) ? policy.filter(isMade) : [];
}

/** What programs without types may give. */
function typeFaults({ restartPolicy, completionMode, podReplacementPolicy, podFailurePolicy, successPolicy }: JobProps): PropFault[] {
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  const rules = (prop: string, policy: unknown, className: string, factory: string) => [
    ...of(prop, listFaults(policy, `values of ${className}`, `write it like [${className}.${factory}]`)),
    ...(Array.isArray(policy) ? policy : []).flatMap((rule: unknown, at) => of(`${prop}[${at}]`, unmadeFaults(rule, className, factory))),
  ];
  return [
    ...of('restartPolicy', oneOfFaults('RestartPolicy', RestartPolicy, restartPolicy)),
    ...of('completionMode', oneOfFaults('CompletionMode', CompletionMode, completionMode)),
    ...of('podReplacementPolicy', oneOfFaults('PodReplacementPolicy', PodReplacementPolicy, podReplacementPolicy)),
    ...rules('podFailurePolicy', podFailurePolicy, 'PodFailureRule', 'exitCodes(…)'),
    ...rules('successPolicy', successPolicy, 'SuccessRule', 'indexes(…)'),
  ];
}

function numberFaults(props: JobProps): PropFault[] {
  const indexed = props.completionMode === CompletionMode.INDEXED;
  const count = (prop: CountProp, from: number, to: number, below: string, above = 'choose fewer') => {
    const value = props[prop];
    const fix = !Number.isInteger(value) ? 'write a whole number' : (value ?? from) < from ? below : above;
    return value === undefined ? [] : integerFaults('KEELSON1521', undefined, value, from, to, fix).map(fault => ({ prop, fault }));
  };
  const indexes = 'the status of a Job has no room for more indexes: make several Jobs';
  const time = (prop: 'activeDeadline' | 'ttlAfterFinished', from: number) => {
    const value = props[prop];
    return value === undefined ? [] : durationFaults(value, { from }).map(fault => ({ prop, fault }));
  };
  return [
    ...count('backoffLimit', 0, INT32, '0 is for a single try'),
    ...count('completions', 1, indexed && props.backoffLimitPerIndex !== undefined ? MOST_INDEXED : INT32, 'a Job of none has nothing to do', indexes),
    ...count('parallelism', 1, indexed ? MOST_INDEXED : INT32, "to start none, use 'suspend'", 'an indexed Job takes no more at once'),
    ...count('backoffLimitPerIndex', 0, INT32, '0 is for a single try of each index'),
    ...count('maxFailedIndexes', 0, Math.min(props.completions ?? INT32, MOST_INDEXED), '0 is for none', 'no more indexes can fail than there are'),
    ...time('activeDeadline', 1),
    ...time('ttlAfterFinished', 0),
  ];
}

/** Below these versions API servers refuse the fields, or drop them without a word. */
function versionFaults(scope: Construct, props: JobProps): PropFault[] {
  const { version } = ClusterProfile.of(scope);
  const needs = (prop: string, since: string, fix: string): PropFault[] => version.isAtLeast(since) ? [] : [{ prop, fault: {
    code: 'KEELSON1522', got: `Kubernetes ${version.text}`, allowed: `for a cluster of Kubernetes ${since} or newer`, fix,
  } }];
  return [
    ...(props.backoffLimitPerIndex === undefined ? [] : needs('backoffLimitPerIndex', '1.29', "use 'backoffLimit', which counts for the whole Job")),
    ...(props.successPolicy === undefined ? [] : needs('successPolicy', '1.31', 'leave it out: then all indexes have to succeed')),
    ...(props.podReplacementPolicy === PodReplacementPolicy.FAILED
      ? needs('podReplacementPolicy', '1.29', 'leave it out: there pods are replaced when they begin to end') : []),
  ];
}

/** What is for indexed Jobs only, and what those need. */
function indexFaults(name: string, props: JobProps): PropFault[] {
  const { completions, completionMode, backoffLimitPerIndex, successPolicy } = props;
  const faults: PropFault[] = [];
  const add = (prop: string, got: string, allowed: string, fix: string) => faults.push({ prop, fault: { code: 'KEELSON1523', got, allowed, fix } });
  if (completionMode !== undefined && completionMode !== CompletionMode.INDEXED && completionMode !== CompletionMode.NON_INDEXED) {
    return []; // reported as such
  }
  if (completionMode !== CompletionMode.INDEXED) {
    const only = ['backoffLimitPerIndex', 'successPolicy'] as const;
    only.filter(prop => props[prop] !== undefined).forEach(prop =>
      add(prop, `a Job of mode ${completionMode ?? CompletionMode.NON_INDEXED}`, 'given with CompletionMode.INDEXED only', 'set that mode, or remove it'));
  } else if (completions === undefined) {
    add('completions', 'undefined', 'given with CompletionMode.INDEXED', 'say how many indexes there are');
  } else {
    const hostName = `${name}-${completions - 1}`;
    if (hostName.length > 63 && name.length <= 63) {
      add('completions', String(completions), `so few that the host name of the last pod, '${hostName}', has at most 63 characters`, 'shorten the name');
    }
    rulesIn(successPolicy).forEach((rule, at) => faults.push(...rule._faultsAmong(completions).map(fault => ({ prop: `successPolicy[${at}]`, fault }))));
  }
  if (props.maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined) {
    add('maxFailedIndexes', 'no backoffLimitPerIndex', "given with 'backoffLimitPerIndex' only", 'set that too, or remove it');
  }
  return faults;
}

function policyFaults(props: JobProps): PropFault[] {
  const { successPolicy, podReplacementPolicy, restartPolicy } = props;
  const podFailurePolicy = rulesIn(props.podFailurePolicy);
  const faults: PropFault[] = [];
  const add = (prop: string, code: string, got: string, allowed: string, fix: string) =>
    faults.push({ prop, fault: { code, got, allowed, fix } });
  if (restartPolicy === RestartPolicy.ALWAYS) {
    add('restartPolicy', 'KEELSON1524', 'Always', 'RestartPolicy.NEVER or RestartPolicy.ON_FAILURE', 'a Job ends: choose one of them');
  }
  if (podFailurePolicy.length > 0 && (restartPolicy === RestartPolicy.ON_FAILURE || restartPolicy === RestartPolicy.ALWAYS)) {
    add('podFailurePolicy', 'KEELSON1525', `restartPolicy ${restartPolicy}`, 'given with RestartPolicy.NEVER only', 'leave out the restart policy, or these rules');
  }
  if (podFailurePolicy.length > 0 && podReplacementPolicy === PodReplacementPolicy.TERMINATING_OR_FAILED) {
    add('podReplacementPolicy', 'KEELSON1526', podReplacementPolicy, "PodReplacementPolicy.FAILED where there is a 'podFailurePolicy'", 'leave it out');
  }
  for (const [prop, rules, least] of [['podFailurePolicy', props.podFailurePolicy, 0], ['successPolicy', successPolicy, 1]] as const) {
    if (Array.isArray(rules) && (rules.length > MOST_RULES || rules.length < least)) {
      const fix = least > rules.length ? 'add a rule, or leave it out' : 'put exit codes together';
      add(prop, 'KEELSON1527', String(rules.length), `${least} to ${MOST_RULES} rules`, fix);
    }
    (Array.isArray(rules) ? rules : []).forEach((rule, at) => isMade(rule) && rule.faults.forEach(fault => faults.push({ prop: `${prop}[${at}]`, fault })));
  }
  if (props.backoffLimitPerIndex === undefined && podFailurePolicy.some(rule => rule._failsIndex)) {
    add('podFailurePolicy', 'KEELSON1528', 'PodFailureAction.FAIL_INDEX', "another action where there is no 'backoffLimitPerIndex'", 'set that too, or fail the Job');
  }
  return faults;
}

function containersOf(template: PodTemplate): string[] {
  const { spec } = template.resolve() as { spec: object };
  return (['containers', 'initContainers'] as const).flatMap(list => items((spec as Record<string, unknown>)[list])).flatMap(each => textAt(each, 'name') ?? []);
}

