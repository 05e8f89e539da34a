import { App as PlainApp, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ClusterProfile, CompletionMode, ConfigMap, EnvFrom, EnvValue, PodFailureAction, PodFailureRule, PodReplacementPolicy, ReleaseOrder,
  RestartPolicy, SuccessRule, Task, type TaskProps, Volume,
} from '../src';
import { accepted, charted, mistakes, named, type Rendered, Server } from './server';

const IMAGE = 'registry.example.com/shop/import:1.0.4';
const props = { image: IMAGE };

const jobOf = (chart: Chart): Rendered => {
  const [job, ...others] = (Testing.synth(chart) as Rendered[]).filter(({ kind }) => kind === 'Job');
  expect(others).toEqual([]);
  return job as Rendered;
};

/** The Job of a Task with these props, alone in its chart. */
const rendered = (more: Partial<TaskProps> = {}, then?: (task: Task, chart: Chart) => void, version = '1.33'): Rendered => {
  const chart = charted({ version });
  const task = new Task(chart, 'import', { ...props, ...more });
  then?.(task, chart);
  accepted(chart);
  return jobOf(chart);
};

const nameOf = (more: Partial<TaskProps> = {}, then?: (task: Task, chart: Chart) => void): string => rendered(more, then).metadata.name;

/** What is wrong with a Task with these props, without its path. */
const mistakesOf = (more: Partial<TaskProps>, id = 'import', version = '1.33'): string[] => {
  const chart = charted({ version });
  new Task(chart, id, { ...props, ...more });
  return mistakes(chart).map(line => line.replace(`[shop/${id}] `, ''));
};

describe('W11 a task that runs once', () => {
  test('defines a Job, an account and a policy; all but the Job have its name', () => {
    const chart = charted();
    const task = new Task(chart, 'import', props);
    const names = accepted(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
    expect(names).toEqual([expect.stringMatching(/^Job\/import-[0-9a-f]{10}$/), 'NetworkPolicy/import', 'ServiceAccount/import']);
    expect([task.name, task.job.name, task.selector]).toEqual(['import', 'import', { 'app.kubernetes.io/instance': 'import' }]);
  });

  test('its pods are those of any workload, and are restarted by the Job', () => {
    const { spec } = rendered();
    expect(spec).toEqual({
      podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
      template: { metadata: { labels: expect.objectContaining({ 'app.kubernetes.io/instance': 'import' }) }, spec: expect.anything() },
    });
    expect(spec.template.spec).toMatchObject({ restartPolicy: 'Never', serviceAccountName: 'import', automountServiceAccountToken: false });
  });

  test('all that a Job can be told', () => {
    const { spec } = rendered({
      suspend: true, restartPolicy: RestartPolicy.ON_FAILURE, backoffLimit: 0,
      activeDeadline: Duration.seconds(1), ttlAfterFinished: Duration.seconds(0),
      completions: 5, parallelism: 2, completionMode: CompletionMode.INDEXED, backoffLimitPerIndex: 0, maxFailedIndexes: 5,
      successPolicy: [SuccessRule.indexes('0,2-4', { count: 4 })],
    });
    const { template, ...others } = spec;
    expect(others).toEqual({
      suspend: true, backoffLimit: 0, activeDeadlineSeconds: 1, ttlSecondsAfterFinished: 0, completions: 5, parallelism: 2, completionMode: 'Indexed',
      backoffLimitPerIndex: 0, maxFailedIndexes: 5, successPolicy: { rules: [{ succeededIndexes: '0,2-4', succeededCount: 4 }] },
    });
    expect(template.spec.restartPolicy).toBe('OnFailure');
  });

  test('several pods at once are kept apart, and a claim of one node is refused', () => {
    expect(rendered({ parallelism: 2 }).spec.template.spec.affinity.podAntiAffinity).toBeDefined();
    expect(rendered({ parallelism: 1, completions: 2 }).spec.template.spec.affinity.podAntiAffinity).toBeUndefined();
  });

  test('an empty policy counts all failures, and so does a pod that is replaced early', () => {
    expect(rendered({ podFailurePolicy: [] }).spec.podFailurePolicy).toBeUndefined();
    const early = rendered({ podReplacementPolicy: PodReplacementPolicy.TERMINATING_OR_FAILED }).spec;
    expect([early.podFailurePolicy, early.podReplacementPolicy]).toEqual([undefined, 'TerminatingOrFailed']);
  });

  test('exit codes are sorted, each once, as the API server wants them', () => {
    const { spec } = rendered({ podFailurePolicy: [PodFailureRule.exitCodes(PodFailureAction.FAIL_JOB, [64, 2, 64])] });
    expect(spec.podFailurePolicy.rules).toEqual([{ action: 'FailJob', onExitCodes: { operator: 'In', values: [2, 64] } }]);
  });

  test('a replacement that is the default anyway is left out where the field is too new', () => {
    const { spec } = rendered({ podReplacementPolicy: PodReplacementPolicy.TERMINATING_OR_FAILED }, undefined, '1.28');
    expect(spec.podReplacementPolicy).toBeUndefined();
  });
});

describe('F-W27 the name of a Job tells its description', () => {
  test('is the same in every program and at every synth, also of a plain app', () => {
    const build = (app: PlainApp) => {
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      new Task(chart, 'import', props);
      return chart;
    };
    const chart = build(new PlainApp());
    const once = JSON.stringify(Testing.synth(chart));
    expect(JSON.stringify(Testing.synth(chart))).toBe(once);
    expect(JSON.stringify(Testing.synth(build(Testing.app())))).toBe(once);
  });

  test('is the same whether keys are sorted or not', () => {
    const sorted = nameOf();
    process.env.CDK8S_DISABLE_SORT = '1';
    try {
      expect(nameOf()).toBe(sorted);
    } finally {
      delete process.env.CDK8S_DISABLE_SORT;
    }
  });

  test.each<[string, Partial<TaskProps>, ((task: Task, chart: Chart) => void)?]>([
    ['the image', { image: 'registry.example.com/shop/import:1.0.5' }],
    ['an argument', { args: ['--all'] }],
    ['a variable added later', {}, task => task.pods.addEnv('SHOP', EnvValue.fromValue('1'))],
    ['the completions', { completions: 2 }],
    ['the mode', { completionMode: CompletionMode.INDEXED, completions: 1 }],
    ['what counts as failure', { podFailurePolicy: [] }],
    ['an annotation of its pods', { podAnnotations: { team: 'a' } }],
    ['a patch of the template', {}, task => task.job.addJsonPatch(JsonPatch.add('/spec/template/spec/hostname', 'import'))],
  ])('changes with %s', (_, more, then) => {
    expect(nameOf(more, then)).not.toBe(nameOf());
  });

  test.each<[string, Partial<TaskProps>, ((task: Task, chart: Chart) => void)?]>([
    ['suspend', { suspend: true }],
    ['the number at once', { completions: 2, parallelism: 1 }],
    ['the tries', { backoffLimit: 2 }],
    ['the deadline', { activeDeadline: Duration.hours(1) }],
    ['how long it is kept', { ttlAfterFinished: Duration.days(1) }],
    ['an annotation of the Job', { annotations: { contact: 'a' } }],
    ['a patch of the Job', {}, task => task.job.addJsonPatch(JsonPatch.add('/spec/backoffLimit', 3))],
  ])('stays with %s, which can be changed', (_, more, then) => {
    const before = more.completions === undefined ? {} : { completions: more.completions };
    expect(nameOf(more, then)).toBe(nameOf(before));
  });

  test('changes with the configuration that its pods use, and with nothing that they do not', () => {
    const withData = (used: string, other: string) => nameOf({}, (task, chart) => {
      const [settings, unused] = [new ConfigMap(chart, 'settings', { data: { used } }), new ConfigMap(chart, 'unused', { data: { other } })];
      task.pods.addEnv('USED', EnvValue.fromConfigMap(settings, 'used'));
      expect(unused.name).toBe('unused');
    });
    expect(withData('1', '1')).toBe(withData('1', '2'));
    expect(withData('1', '1')).not.toBe(withData('2', '1'));
  });

  test('two descriptions never have one name', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
      const name = (arg: string) => {
        const chart = charted();
        new Task(chart, 'import', { ...props, args: [arg] });
        return jobOf(chart).metadata.name;
      };
      expect(name(one) === name(other)).toBe(one === other);
    }), { numRuns: 20 });
  });

  test('has room up to 52 characters', () => {
    expect(rendered({ name: 'a'.repeat(52) }).metadata.name).toHaveLength(63);
    expect(mistakesOf({ name: 'a'.repeat(53) })).toEqual([
      `KEELSON1515 'name' must be at most 52 characters long for a Task (the hash of its Job adds 11), got '${'a'.repeat(53)}': shorten it`,
    ]);
    expect(mistakesOf({ name: 'a'.repeat(64) })).toEqual([
      `KEELSON1061 'name' must be at most 63 characters long for a Job (the name is its pods' label too), got '${'a'.repeat(64)}': try '${'a'.repeat(63)}'`,
    ]);
  });

  test('a policy that means one Task is told when it gets the pods of another workload', () => {
    const chart = charted();
    new Task(chart, 'import', props);
    new Server(chart, 'web', { podLabels: {} }).deployment.addJsonPatch(
      JsonPatch.add('/spec/template/metadata/labels/app.kubernetes.io~1instance', 'import'),
      JsonPatch.add('/spec/selector/matchLabels', { app: 'web' }),
    );
    expect(mistakes(chart).filter(line => line.includes('KEELSON1414')).length).toBeGreaterThan(0);
  });
});

describe('W11 what a Job refuses', () => {
  const INDEXED = { completions: 5, completionMode: CompletionMode.INDEXED };

  test.each<[string, Partial<TaskProps>, string]>([
    ['tries', { backoffLimit: -1 }, "KEELSON1521 'backoffLimit' must be an integer from 0, got -1: 0 is for a single try"],
    ['completions', { completions: 0 }, "KEELSON1521 'completions' must be an integer from 1, got 0: a Job of none has nothing to do"],
    ['half a completion', { completions: 1.5 }, "KEELSON1521 'completions' must be an integer from 1, got 1.5: write a whole number"],
    ['more tries than the API takes', { backoffLimit: 2 ** 31 }, "KEELSON1521 'backoffLimit' must be an integer from 0, got 2147483648: choose fewer"],
    ['pods at once', { parallelism: 0 }, "KEELSON1521 'parallelism' must be an integer from 1, got 0: to start none, use 'suspend'"],
    ['pods at once of an indexed Job', { ...INDEXED, parallelism: 100_001 },
      "KEELSON1521 'parallelism' must be an integer from 1 to 100000, got 100001: an indexed Job takes no more at once"],
    ['indexes with tries of their own', { completionMode: CompletionMode.INDEXED, completions: 100_001, backoffLimitPerIndex: 1 },
      "KEELSON1521 'completions' must be an integer from 1 to 100000, got 100001: the status of a Job has no room for more indexes: make several Jobs"],
    ['failed indexes', { ...INDEXED, backoffLimitPerIndex: 1, maxFailedIndexes: 6 },
      "KEELSON1521 'maxFailedIndexes' must be an integer from 0 to 5, got 6: no more indexes can fail than there are"],
    ['tries of an index', { ...INDEXED, backoffLimitPerIndex: 0.5 },
      "KEELSON1521 'backoffLimitPerIndex' must be an integer from 0, got 0.5: write a whole number"],
    ['no deadline', { activeDeadline: Duration.seconds(0) }, "KEELSON1121 'activeDeadline' must be at least 1 s, got 0 s: try Duration.seconds(1)"],
    ['half seconds', { ttlAfterFinished: Duration.millis(500) }, "KEELSON1123 'ttlAfterFinished' must be whole seconds, got 0.5 s: try Duration.seconds(1)"],
    ['tries of an index without indexes', { backoffLimitPerIndex: 1 },
      "KEELSON1523 'backoffLimitPerIndex' must be given with CompletionMode.INDEXED only, got a Job of mode NonIndexed: set that mode, or remove it"],
    ['success without indexes', { completions: 3, successPolicy: [SuccessRule.count(1)] },
      "KEELSON1523 'successPolicy' must be given with CompletionMode.INDEXED only, got a Job of mode NonIndexed: set that mode, or remove it"],
    ['indexes of no number', { completionMode: CompletionMode.INDEXED },
      "KEELSON1523 'completions' must be given with CompletionMode.INDEXED, got undefined: say how many indexes there are"],
    ['failed indexes without tries', { ...INDEXED, maxFailedIndexes: 1 },
      "KEELSON1523 'maxFailedIndexes' must be given with 'backoffLimitPerIndex' only, got no backoffLimitPerIndex: set that too, or remove it"],
    ['always', { restartPolicy: RestartPolicy.ALWAYS },
      "KEELSON1524 'restartPolicy' must be RestartPolicy.NEVER or RestartPolicy.ON_FAILURE, got Always: a Job ends: choose one of them"],
    ['rules for pods that restart', { restartPolicy: RestartPolicy.ON_FAILURE, podFailurePolicy: [PodFailureRule.disruption()] },
      "KEELSON1525 'podFailurePolicy' must be given with RestartPolicy.NEVER only, got restartPolicy OnFailure: leave out the restart policy, or these rules"],
    ['rules for pods that are replaced early',
      { podReplacementPolicy: PodReplacementPolicy.TERMINATING_OR_FAILED, podFailurePolicy: [PodFailureRule.disruption()] },
      "KEELSON1526 'podReplacementPolicy' must be PodReplacementPolicy.FAILED where there is a 'podFailurePolicy', got TerminatingOrFailed: leave it out"],
    ['21 rules', { podFailurePolicy: Array.from({ length: 21 }, () => PodFailureRule.disruption()) },
      "KEELSON1527 'podFailurePolicy' must be 0 to 20 rules, got 21: put exit codes together"],
    ['no rule of success', { ...INDEXED, successPolicy: [] }, "KEELSON1527 'successPolicy' must be 1 to 20 rules, got 0: add a rule, or leave it out"],
    ['an index that fails with the Job', { podFailurePolicy: [PodFailureRule.exitCodes(PodFailureAction.FAIL_INDEX, [1])] },
      "KEELSON1528 'podFailurePolicy' must be another action where there is no 'backoffLimitPerIndex', got PodFailureAction.FAIL_INDEX: set that too, or fail the Job"],
    ['success as a failure', { podFailurePolicy: [PodFailureRule.exitCodes(PodFailureAction.COUNT, [0])] },
      "KEELSON1516 'podFailurePolicy[0].codes' must be an integer from 1 to 255, got 0: name codes of failures: 0 is success"],
    ['an exit code that no program can give', { podFailurePolicy: [PodFailureRule.otherExitCodes(PodFailureAction.COUNT, [255, 256])] },
      "KEELSON1516 'podFailurePolicy[0].codes' must be an integer from 1 to 255, got 256: name codes of failures: 0 is success"],
    ['no exit code', { podFailurePolicy: [PodFailureRule.disruption(), PodFailureRule.exitCodes(PodFailureAction.COUNT, [])] },
      "KEELSON1517 'podFailurePolicy[1].codes' must be one exit code or more, got none: name those that it is about"],
    ['a container that is not there', { podFailurePolicy: [PodFailureRule.exitCodes(PodFailureAction.COUNT, [1], { container: 'main' })] },
      "KEELSON1518 'podFailurePolicy[0].container' must be a container of the pod ('import'), got 'main': name one of them"],
    ['no condition', { podFailurePolicy: [PodFailureRule.condition(PodFailureAction.IGNORE, 'a b')] },
      "KEELSON1052 'podFailurePolicy[0].type' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    ['falling indexes', { ...INDEXED, successPolicy: [SuccessRule.indexes('3,1')] },
      "KEELSON1519 'successPolicy[0].indexes' must be rising indexes and ranges, with commas between, got '3,1': write them like '0,2-4'"],
    ['a range of one', { ...INDEXED, successPolicy: [SuccessRule.indexes('2-2')] },
      "KEELSON1519 'successPolicy[0].indexes' must be rising indexes and ranges, with commas between, got '2-2': write them like '0,2-4'"],
    ['an index too many', { ...INDEXED, successPolicy: [SuccessRule.indexes('0-5')] },
      "KEELSON1519 'successPolicy[0].indexes' must be indexes below the completions, 5, got '0-5': the last index is 4"],
    ['more successes than indexes', { ...INDEXED, successPolicy: [SuccessRule.count(6)] },
      "KEELSON1520 'successPolicy[0].count' must be an integer from 1 to 5, got 6: there are no more indexes that could succeed"],
    ['more successes than indexes named', { ...INDEXED, successPolicy: [SuccessRule.indexes('0-1', { count: 3 })] },
      "KEELSON1520 'successPolicy[0].count' must be an integer from 1 to 2, got 3: there are no more indexes that could succeed"],
    ['a mode in lower case', { completions: 2, completionMode: 'indexed' as CompletionMode },
      "KEELSON1585 'completionMode' must be one of NonIndexed, Indexed, got 'indexed': write CompletionMode.INDEXED"],
    ['a replacement that there is not', { podReplacementPolicy: 'Done' as PodReplacementPolicy },
      "KEELSON1585 'podReplacementPolicy' must be one of TerminatingOrFailed, Failed, got 'Done': choose a member of PodReplacementPolicy, such as PodReplacementPolicy.TERMINATING_OR_FAILED"],
    ['a restart that there is not', { restartPolicy: 'onfailure' as RestartPolicy },
      "KEELSON1585 'restartPolicy' must be one of Always, OnFailure, Never, got 'onfailure': write RestartPolicy.ON_FAILURE"],
    ['an action that there is not', { podFailurePolicy: [PodFailureRule.exitCodes('Fail' as PodFailureAction, [1])] },
      "KEELSON1585 'podFailurePolicy[0].action' must be one of FailJob, FailIndex, Ignore, Count, got 'Fail': choose a member of PodFailureAction, such as PodFailureAction.FAIL_JOB"],
    ['one exit code that is no list', { podFailurePolicy: [PodFailureRule.exitCodes(PodFailureAction.COUNT, 3 as unknown as number[])] },
      "KEELSON1587 'podFailurePolicy[0].codes' must be a list of exit codes, got 3: write it like [2, 64]"],
    ['a rule that none is', { podFailurePolicy: [undefined as unknown as PodFailureRule] },
      "KEELSON1587 'podFailurePolicy[0]' must be a value of PodFailureRule, got undefined: use PodFailureRule.exitCodes(…)"],
    ['rules that are no list', { podFailurePolicy: 'Ignore' as unknown as PodFailureRule[] },
      "KEELSON1587 'podFailurePolicy' must be a list of values of PodFailureRule, got 'Ignore': write it like [PodFailureRule.exitCodes(…)]"],
    ['success that is no rule', { ...INDEXED, successPolicy: [3 as unknown as SuccessRule] },
      "KEELSON1587 'successPolicy[0]' must be a value of SuccessRule, got 3: use SuccessRule.indexes(…)"],
    ['suspension in words', { suspend: 'yes' as unknown as boolean }, "KEELSON1587 'suspend' must be true or false, got 'yes': write it without quotes"],
    ['an order in words', { releaseOrder: 'helm' as unknown as ReleaseOrder }, "KEELSON1587 'releaseOrder' must be a value of ReleaseOrder, got 'helm': use ReleaseOrder.helmHook()"],
    ['success of none', { ...INDEXED, successPolicy: [SuccessRule.count(0)] }, "KEELSON1520 'successPolicy[0].count' must be an integer from 1, got 0: count from 1 on"],
  ])('%s', (_, more, message) => {
    expect(mistakesOf(more)).toEqual([message]);
  });

  test('a last pod whose host name is too long', () => {
    const name = 'a'.repeat(51);
    expect(mistakesOf({ name, completionMode: CompletionMode.INDEXED, completions: 1, volumes: { '/data': Volume.emptyDir({ sizeLimit: Size.mebibytes(1) }) } })).toEqual([
      `KEELSON1523 'completions' must be so few that the host name of the last pod, '${name}-0000000000-0', has at most 63 characters, got 1: shorten the name`,
    ]);
    expect(mistakesOf({ name: 'a'.repeat(50), completionMode: CompletionMode.INDEXED, completions: 10 })).toEqual([]);
    expect(mistakesOf({ name: 'a'.repeat(50), completionMode: CompletionMode.INDEXED, completions: 11 })).toHaveLength(1);
  });

  test.each<[string, Partial<TaskProps>, string, string]>([
    ['tries of an index', { ...INDEXED, backoffLimitPerIndex: 1 }, '1.28',
      "KEELSON1522 'backoffLimitPerIndex' must be for a cluster of Kubernetes 1.29 or newer, got Kubernetes 1.28: use 'backoffLimit', which counts for the whole Job"],
    ['a late replacement', { podReplacementPolicy: PodReplacementPolicy.FAILED }, '1.28',
      "KEELSON1522 'podReplacementPolicy' must be for a cluster of Kubernetes 1.29 or newer, got Kubernetes 1.28: "
      + 'leave it out: there pods are replaced when they begin to end'],
    ['early success', { ...INDEXED, successPolicy: [SuccessRule.count(1)] }, '1.30',
      "KEELSON1522 'successPolicy' must be for a cluster of Kubernetes 1.31 or newer, got Kubernetes 1.30: leave it out: then all indexes have to succeed"],
  ])('%s on a cluster that is too old', (_, more, version, message) => {
    expect(mistakesOf(more, 'import', version)).toEqual([message]);
    const next = `1.${Number(version.slice(2)) + 1}`;
    expect(mistakesOf(more, 'import', next)).toEqual([]);
  });

  test('a container added later may be meant', () => {
    const chart = charted();
    const task = new Task(chart, 'import', { ...props, podFailurePolicy: [PodFailureRule.exitCodes(PodFailureAction.COUNT, [1], { container: 'proxy' })] });
    task.pods.addSidecar({ name: 'proxy', image: IMAGE });
    expect(accepted(chart)).toHaveLength(3);
  });
});

test('a Task reads configuration as any workload does', () => {
  const chart = charted();
  ClusterProfile.of(chart);
  new Task(chart, 'import', { ...props, envFrom: [EnvFrom.configMap(new ConfigMap(chart, 'settings', { data: { A: '1' } }))], releaseOrder: ReleaseOrder.kubectlApply() });
  const job = named(accepted(chart), 'Job', jobOf(chart).metadata.name);
  expect(job.spec.template.metadata.annotations['checksum/config']).toMatch(/^[0-9a-f]{64}$/);
});
