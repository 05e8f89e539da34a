import { Duration } from 'cdk8s';
import { before, since } from '@keelson/testing/specimen';
import {
  CompletionMode, PodFailureAction, PodFailureRule, PodReplacementPolicy, ReleaseOrder, RestartPolicy, SuccessRule, Task, Volume,
} from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const IMPORT = 'registry.example.com/shop/import:1.0.4';
const MIGRATE = { image: 'registry.example.com/shop/web:1.8.2', args: ['migrate'] };

export const task = specimen({
  title: 'core-task',
  shows: [
    'Job/import-* metadata.labels has { app.kubernetes.io/instance: import, app.kubernetes.io/component: task }',
    'Job/import-* spec.template.spec has { serviceAccountName: import, restartPolicy: Never }',
    'Job/import-* spec.podFailurePolicy.rules = [{ action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: "True" }] }]',
    'Job/import-* spec.suspend is absent',
    'Job/restore-* spec.suspend = true',
    'NetworkPolicy/import spec.podSelector = { matchLabels: { app.kubernetes.io/instance: import } }',
  ],
  define: (chart) => {
    new Task(chart, 'import', { image: IMPORT });
    // Somebody starts it when it is needed.
    new Task(chart, 'restore', { image: IMPORT, args: ['restore'], suspend: true });
  },
});

export const limits = specimen({
  title: 'core-task-limits',
  shows: [
    'Job/import-* spec.backoffLimit = 0',
    'Job/import-* spec.activeDeadlineSeconds = 3600',
    'Job/import-* spec.ttlSecondsAfterFinished = 604800',
  ],
  define: (chart) => {
    new Task(chart, 'import', {
      image: IMPORT, backoffLimit: 0, activeDeadline: Duration.hours(1), ttlAfterFinished: Duration.days(7),
    });
  },
});

export const restartPolicies = specimen({
  title: 'core-task-restart-policy',
  shows: [
    'Job/import-* spec.template.spec.restartPolicy = OnFailure',
    'Job/import-* spec.podFailurePolicy is absent',
    'Job/invoice-* spec.template.spec.restartPolicy = Never',
  ],
  define: (chart) => {
    new Task(chart, 'import', { image: IMPORT, restartPolicy: RestartPolicy.ON_FAILURE });
    new Task(chart, 'invoice', { image: 'registry.example.com/shop/invoice:1.0.4', restartPolicy: RestartPolicy.NEVER });
  },
});

export const sidecar = specimen({
  title: 'core-task-sidecar',
  shows: ['Job spec.template.spec.initContainers[0] has { name: proxy, restartPolicy: Always }'],
  refused: [before('1.29', 'KEELSON1211')],
  define: (chart) => {
    new Task(chart, 'import', { image: IMPORT, sidecars: [{ name: 'proxy', image: 'registry.example.com/platform/proxy:1.4.2' }] });
  },
});

export const parallel = specimen({
  title: 'core-task-parallel',
  shows: [
    'Job/import-* spec has { completions: 6, parallelism: 3, completionMode: NonIndexed }',
    'Job/import-* spec.template.spec.affinity.podAntiAffinity has { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100 }] }',
    'Job/render-* spec has { completions: 4, parallelism: 2, completionMode: Indexed }',
  ],
  define: (chart) => {
    new Task(chart, 'import', { image: IMPORT, completions: 6, parallelism: 3, completionMode: CompletionMode.NON_INDEXED });
    new Task(chart, 'render', { image: IMPORT, completions: 4, parallelism: 2, completionMode: CompletionMode.INDEXED });
  },
});

export const perIndex = specimen({
  title: 'core-task-per-index',
  shows: [since('1.29', 'Job spec has { backoffLimitPerIndex: 2, maxFailedIndexes: 1 }')],
  refused: [before('1.29', 'KEELSON1522')],
  define: (chart) => {
    new Task(chart, 'render', {
      image: IMPORT, completions: 4, completionMode: CompletionMode.INDEXED, backoffLimitPerIndex: 2, maxFailedIndexes: 1,
      podFailurePolicy: [PodFailureRule.exitCodes(PodFailureAction.FAIL_INDEX, [64])],
    });
  },
});

export const success = specimen({
  title: 'core-task-success-policy',
  shows: [since('1.31', 'Job spec.successPolicy.rules = [{ succeededIndexes: "0" }, { succeededIndexes: "1-2,4", succeededCount: 2 }, { succeededCount: 3 }]')],
  refused: [before('1.31', 'KEELSON1522')],
  define: (chart) => {
    new Task(chart, 'election', {
      image: IMPORT, completions: 5, parallelism: 5, completionMode: CompletionMode.INDEXED,
      successPolicy: [SuccessRule.indexes('0'), SuccessRule.indexes('1-2,4', { count: 2 }), SuccessRule.count(3)],
    });
  },
});

export const failures = specimen({
  title: 'core-task-pod-failure-policy',
  shows: [
    'Job spec.podFailurePolicy.rules[0] = { action: FailJob, onExitCodes: { containerName: import, operator: In, values: [2, 64] } }',
    'Job spec.podFailurePolicy.rules[1] = { action: Ignore, onPodConditions: [{ type: DisruptionTarget, status: "True" }] }',
    'Job spec.podFailurePolicy.rules[2] = { action: Ignore, onPodConditions: [{ type: example.com/Preempted, status: "True" }] }',
    'Job spec.podFailurePolicy.rules[3] = { action: Count, onExitCodes: { operator: NotIn, values: [137] } }',
  ],
  define: (chart) => {
    new Task(chart, 'import', {
      image: IMPORT,
      podFailurePolicy: [
        PodFailureRule.exitCodes(PodFailureAction.FAIL_JOB, [64, 2], { container: 'import' }),
        PodFailureRule.disruption(),
        PodFailureRule.condition(PodFailureAction.IGNORE, 'example.com/Preempted'),
        PodFailureRule.otherExitCodes(PodFailureAction.COUNT, [137]),
      ],
    });
  },
});

export const replaced = specimen({
  title: 'core-task-pod-replaced',
  shows: ['Job spec.podReplacementPolicy = Failed'],
  refused: [before('1.29', 'KEELSON1522')],
  define: (chart) => {
    new Task(chart, 'import', { image: IMPORT, podReplacementPolicy: PodReplacementPolicy.FAILED });
  },
});

export const replacedEarly = specimen({
  title: 'core-task-pod-replaced-early',
  shows: [
    before('1.29', 'Job spec.podReplacementPolicy is absent'), since('1.29', 'Job spec.podReplacementPolicy = TerminatingOrFailed'),
    'Job spec.podFailurePolicy is absent',
  ],
  define: (chart) => {
    new Task(chart, 'import', { image: IMPORT, podReplacementPolicy: PodReplacementPolicy.TERMINATING_OR_FAILED });
  },
});

export const release = specimen({
  title: 'core-task-before-release',
  shows: ['Job/web-migrate-* metadata.annotations is absent', 'Deployment/web metadata.annotations is absent'],
  define: (chart) => {
    const migrate = new Task(chart, 'web-migrate', { ...MIGRATE, releaseOrder: ReleaseOrder.kubectlApply() });
    migrate.runBefore(new Server(chart, 'web'));
  },
});

const hook = (weight: string) => `{ helm.sh/hook: "pre-install,pre-upgrade", helm.sh/hook-weight: "${weight}", helm.sh/hook-delete-policy: before-hook-creation }`;

export const helmHook = specimen({
  title: 'core-task-helm-hook',
  shows: [
    `Job/web-migrate metadata.annotations = ${hook('5')}`,
    `ServiceAccount/web-migrate metadata.annotations = ${hook('4')}`,
    `NetworkPolicy/web-migrate metadata.annotations = ${hook('4')}`,
    `ConfigMap/web-migrate-etc-migrate metadata.annotations = ${hook('4')}`,
    'Deployment/web metadata.annotations is absent',
    'Job/web-index metadata.annotations has { helm.sh/hook: "post-install,pre-upgrade", helm.sh/hook-weight: "0" }',
  ],
  define: (chart) => {
    const web = new Server(chart, 'web');
    new Task(chart, 'web-migrate', {
      ...MIGRATE, volumes: { '/etc/migrate': Volume.inline({ 'plan.sql': 'select 1;' }) }, releaseOrder: ReleaseOrder.helmHook({ weight: 5 }),
    }).runBefore(web);
    new Task(chart, 'web-index', { ...MIGRATE, releaseOrder: ReleaseOrder.helmHook({ postInstall: true }) }).runBefore(web);
  },
});

export const syncWave = specimen({
  title: 'core-task-sync-wave',
  shows: [
    'Job/web-migrate-* metadata.annotations = { argocd.argoproj.io/sync-wave: "3" }',
    'ServiceAccount/web-migrate metadata.annotations is absent',
    'Deployment/web metadata.annotations = { argocd.argoproj.io/sync-wave: "4" }',
    'ServiceAccount/web metadata.annotations is absent',
    'NetworkPolicy/web metadata.annotations is absent',
  ],
  define: (chart) => {
    new Task(chart, 'web-migrate', { ...MIGRATE, releaseOrder: ReleaseOrder.argoCdSyncWave({ wave: 3 }) }).runBefore(new Server(chart, 'web'));
  },
});

const preSync = (wave: string) => '{ argocd.argoproj.io/hook: PreSync, argocd.argoproj.io/hook-delete-policy: BeforeHookCreation, '
  + `argocd.argoproj.io/sync-wave: "${wave}" }`;

export const preSyncHook = specimen({
  title: 'core-task-pre-sync',
  shows: [
    `Job/web-migrate metadata.annotations = ${preSync('0')}`,
    `ServiceAccount/web-migrate metadata.annotations = ${preSync('-1')}`,
    `NetworkPolicy/web-migrate metadata.annotations = ${preSync('-1')}`,
    'Deployment/web metadata.annotations is absent',
  ],
  define: (chart) => {
    new Task(chart, 'web-migrate', { ...MIGRATE, releaseOrder: ReleaseOrder.argoCdPreSync() }).runBefore(new Server(chart, 'web'));
  },
});
