import { ApiObject, Chart, Duration, Size, Testing } from 'cdk8s';
import { describe, expect, test, vi } from 'vitest';
import {
  ApiResource, App, ClusterRole, ConfigMap, EnvFrom, EnvValue, Manifest, PersistentVolumeClaim, PolicyRule, ReleaseOrder, Role, RoleBinding,
  Secret, ServiceAccount, Task, type TaskProps, Volume, Warnings,
} from '../src';
import { accepted, charted, mistakes, type Rendered, Server } from './server';

const MIGRATE = { image: 'registry.example.com/shop/web:1.8.2', args: ['migrate'] };
const HOOKS = { helm: ReleaseOrder.helmHook(), presync: ReleaseOrder.argoCdPreSync() };

/** A migration before a server. */
const released = (props: Partial<TaskProps>, then?: (chart: Chart, task: Task, web: Server) => void) => {
  const chart = charted();
  const web = new Server(chart, 'web');
  const task = new Task(chart, 'migrate', { ...MIGRATE, ...props });
  task.runBefore(web);
  then?.(chart, task, web);
  return chart;
};

const annotations = (objects: Rendered[]): Record<string, object | undefined> =>
  Object.fromEntries(objects.map(({ kind, metadata }) => [`${kind}/${metadata.name}`, metadata.annotations]));

describe('F-W27 a task before a release', () => {
  test('comes before what it runs before in what is written, however they were made, and pods are not told', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const web = new Server(chart, 'a-web');
    new Task(chart, 'z-migrate', MIGRATE).runBefore(web);
    const kinds = app.synthYaml().split('---').map(text => /^kind: (\w+)/m.exec(text)?.[1]);
    expect(kinds.slice(-2)).toEqual(['Job', 'Deployment']);
    expect(kinds.slice(0, -2).sort()).toEqual(['NetworkPolicy', 'NetworkPolicy', 'ServiceAccount', 'ServiceAccount']);
  });

  test('with kubectl nothing is annotated', () => {
    expect(Object.values(annotations(accepted(released({}))))).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
  });

  test('with kubectl, all that the Task is given is applied with it where only what waits is left out by its label', () => {
    const chart = released({}, (scope, task) => {
      const settings = new ConfigMap(scope, 'settings', { data: { A: '1' } });
      task.pods.addEnv('A', EnvValue.fromConfigMap(settings, 'A'));
      task.pods.addVolume('/dumps', Volume.fromClaim(new PersistentVolumeClaim(scope, 'dumps', { size: Size.gibibytes(1) })));
      new Role(scope, 'reader', { rules: [PolicyRule.read([ApiResource.PODS])] }).grantTo(task);
    });
    const names = (objects: Rendered[]) => objects.map(({ kind, metadata }) => `${kind}/${metadata.name.replace(/-[0-9a-f]{10}$/, '')}`).sort();
    const isOfWeb = ({ metadata }: Rendered) => (metadata.labels as Rendered['metadata']['labels'] | undefined)?.['app.kubernetes.io/instance'] === 'web';
    const [left, applied] = [true, false].map(is => accepted(chart).filter(object => isOfWeb(object) === is));
    expect(names(left ?? [])).toEqual(['Deployment/web', 'NetworkPolicy/web', 'ServiceAccount/web']);
    expect(names(applied ?? [])).toEqual([
      'ConfigMap/settings', 'Job/migrate', 'NetworkPolicy/migrate', 'PersistentVolumeClaim/dumps', 'Role/reader', 'RoleBinding/reader', 'ServiceAccount/migrate',
    ]);
  });

  test('as a hook of Helm it has one name, and what is its own comes one weight before it', () => {
    const hook = (weight: string) => ({
      'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': weight, 'helm.sh/hook-delete-policy': 'before-hook-creation',
    });
    const objects = accepted(released({ releaseOrder: HOOKS.helm }, (_, task) => task.pods.addVolume('/etc/plan', Volume.inline({ a: '1' }))));
    expect(annotations(objects)).toEqual({
      'Job/migrate': hook('0'), 'ServiceAccount/migrate': hook('-1'), 'NetworkPolicy/migrate': hook('-1'), 'ConfigMap/migrate-etc-plan': hook('-1'),
      'Deployment/web': undefined, 'ServiceAccount/web': undefined, 'NetworkPolicy/web': undefined,
    });
    const job = objects.find(({ kind }) => kind === 'Job');
    expect(JSON.stringify(job?.spec)).not.toContain('helm.sh');
  });

  test('as a PreSync hook of Argo CD it has one name, and what is its own comes one wave before it', () => {
    const hook = (wave: string) => ({
      'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation', 'argocd.argoproj.io/sync-wave': wave,
    });
    expect(annotations(accepted(released({ releaseOrder: HOOKS.presync })))).toEqual({
      'Job/migrate': hook('0'), 'ServiceAccount/migrate': hook('-1'), 'NetworkPolicy/migrate': hook('-1'),
      'Deployment/web': undefined, 'ServiceAccount/web': undefined, 'NetworkPolicy/web': undefined,
    });
  });

  test('in sync waves of Argo CD the Job comes behind all that it may need, and the workload behind the Job', () => {
    const chart = released({ releaseOrder: ReleaseOrder.argoCdSyncWave() }, (_, task, web) => {
      new PersistentVolumeClaim(task, 'Claim', { name: 'scratch', size: Size.gibibytes(1) });
      new PersistentVolumeClaim(web, 'Claim', { name: 'cache', size: Size.gibibytes(1) });
    });
    const wave = (at: string) => ({ 'argocd.argoproj.io/sync-wave': at });
    const found = annotations(accepted(chart));
    expect(Object.entries(found).filter(([, each]) => each !== undefined).map(([name, each]) => [name.replace(/-[0-9a-f]{10}$/, ''), each])).toEqual(
      expect.arrayContaining([
        ['Job/migrate', wave('1')], ['PersistentVolumeClaim/scratch', wave('1')], ['Deployment/web', wave('2')], ['PersistentVolumeClaim/cache', wave('2')],
      ]),
    );
    expect(Object.values(found).filter(each => each !== undefined)).toHaveLength(4);
  });

  /** The wave of each object, but for wave 0. */
  const wavesOf = (chart: Chart) => Object.fromEntries(Object.entries(annotations(accepted(chart)))
    .flatMap(([name, each]) => Object.values(each ?? {}).map(at => [name.replace(/-[0-9a-f]{10}$/, ''), at])));
  const claimed = (chart: Chart, id = 'data') => new PersistentVolumeClaim(chart, id, { size: Size.gibibytes(1) });
  const inWave = (wave?: number) => ({ releaseOrder: ReleaseOrder.argoCdSyncWave({ wave }) });

  test.each<[string, (chart: Chart) => void, string | undefined]>([
    ['the Task', (chart) => {
      new Task(chart, 'migrate', { ...MIGRATE, ...inWave(3), volumes: { '/data': Volume.fromClaim(claimed(chart)) } }).runBefore(new Server(chart, 'web'));
    }, '3'],
    ['what it runs before', (chart) => {
      const web = new Server(chart, 'web', { volumes: { '/data': Volume.fromClaim(claimed(chart)) } });
      new Task(chart, 'migrate', { ...MIGRATE, ...inWave() }).runBefore(web);
    }, '2'],
    ['both, by name and by part, the claim made last', (chart) => {
      const web = new Server(chart, 'web', { volumes: { '/data': Volume.fromClaim(PersistentVolumeClaim.fromClaimName('data')) } });
      const task = new Task(chart, 'migrate', { ...MIGRATE, ...inWave(), volumes: { '/data': Volume.fromClaim(PersistentVolumeClaim.fromClaimName('data')).subPath('a') } });
      task.runBefore(web);
      claimed(chart);
    }, '1'],
    ['an init container of what it runs before', (chart) => {
      const web = new Server(chart, 'web');
      new Task(chart, 'migrate', { ...MIGRATE, ...inWave() }).runBefore(web);
      web.pods.addInitContainer({ name: 'fill', image: MIGRATE.image, volumes: { '/data': Volume.fromClaim(claimed(chart)) } });
    }, '2'],
    ['a workload in no wave, too', (chart) => {
      const claim = claimed(chart);
      new Server(chart, 'other', { volumes: { '/data': Volume.fromClaim(claim) } });
      new Task(chart, 'migrate', { ...MIGRATE, ...inWave(), volumes: { '/data': Volume.fromClaim(claim) } });
    }, undefined],
    ['an object of the user\'s own, too', (chart) => {
      const claim = claimed(chart);
      new ApiObject(chart, 'other', {
        apiVersion: 'v1', kind: 'Pod', metadata: { name: 'other' }, spec: {
          containers: [{ name: 'other', image: MIGRATE.image, volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: claim.name } }],
        },
      });
      new Task(chart, 'migrate', { ...MIGRATE, ...inWave(), volumes: { '/data': Volume.fromClaim(claim) } });
    }, undefined],
    ['nobody', (chart) => {
      claimed(chart);
      new Task(chart, 'migrate', { ...MIGRATE, ...inWave() });
    }, undefined],
    ['pods of the same claim name in another namespace', (chart) => {
      claimed(new Chart(chart.node.root as App, 'elsewhere', { namespace: 'elsewhere' }));
      new Server(chart, 'other', { volumes: { '/data': Volume.fromClaim(claimed(chart)) } });
      const elsewhere = PersistentVolumeClaim.fromClaimName('data');
      new Task(chart.node.root.node.findChild('elsewhere') as Chart, 'migrate', { ...MIGRATE, ...inWave(), volumes: { '/data': Volume.fromClaim(elsewhere) } });
    }, undefined],
  ])('a claim comes with the first pods that mount it, which it is bound for: %s', (_, build, wave) => {
    const chart = charted();
    build(chart);
    expect(wavesOf(chart)['PersistentVolumeClaim/data']).toBe(wave);
    expect(JSON.stringify(Testing.synth(chart))).toBe(JSON.stringify(Testing.synth(chart)));
  });

  test('a claim that two tasks mount comes with the earlier one, though it was made with the later one', () => {
    const chart = charted();
    const late = new Task(chart, 'late', { ...MIGRATE, ...inWave(5) });
    const claim = new PersistentVolumeClaim(late, 'Claim', { name: 'data', size: Size.gibibytes(1) });
    late.pods.addVolume('/data', Volume.fromClaim(claim));
    new Task(chart, 'early', { ...MIGRATE, ...inWave(2), volumes: { '/data': Volume.fromClaim(claim) } });
    expect(wavesOf(chart)).toEqual({ 'Job/late': '5', 'Job/early': '2', 'PersistentVolumeClaim/data': '2' });
  });

  test('a claim of a PreSync hook comes in the wave of its Job', () => {
    const chart = released({ releaseOrder: HOOKS.presync }, (_, task) => {
      task.pods.addVolume('/data', Volume.fromClaim(new PersistentVolumeClaim(task, 'Claim', { name: 'data', size: Size.gibibytes(1) })));
    });
    const found = annotations(accepted(chart));
    expect(found['PersistentVolumeClaim/data']).toEqual(found['Job/migrate']);
  });

  test('of two tasks in waves the later counts, in whatever order they are said', () => {
    const waves = (first: number, second: number) => {
      const chart = charted();
      const web = new Server(chart, 'web');
      [first, second].forEach(wave => new Task(chart, `migrate-${wave}`, { ...MIGRATE, releaseOrder: ReleaseOrder.argoCdSyncWave({ wave }) }).runBefore(web));
      return annotations(accepted(chart))['Deployment/web'];
    };
    expect([waves(1, 5), waves(5, 1)]).toEqual([{ 'argocd.argoproj.io/sync-wave': '6' }, { 'argocd.argoproj.io/sync-wave': '6' }]);
  });

  test('tasks may follow each other', () => {
    const chart = charted();
    const first = new Task(chart, 'first', { ...MIGRATE, releaseOrder: ReleaseOrder.argoCdSyncWave({ wave: 1 }) });
    const second = new Task(chart, 'second', { ...MIGRATE, releaseOrder: ReleaseOrder.argoCdSyncWave({ wave: 2 }) });
    first.runBefore(second);
    second.runBefore(new Server(chart, 'web'));
    const waves = Object.values(annotations(accepted(chart))).flatMap(each => Object.values(each ?? {}));
    expect(waves.sort()).toEqual(['1', '2', '3']);
  });

  test('runs before it twice is the same as once', () => {
    const releaseOrder = ReleaseOrder.argoCdSyncWave();
    const once = JSON.stringify(Testing.synth(released({ releaseOrder })));
    expect(JSON.stringify(Testing.synth(released({ releaseOrder }, (_, task, web) => task.runBefore(web))))).toBe(once);
  });
});

describe('F-W27 what cannot come before a release', () => {
  test('itself', () => {
    expect(mistakes(released({}, (_, task) => task.runBefore(task)))).toEqual([
      "[shop/migrate] KEELSON1530 'runBefore' must be another workload, got itself: name what is to wait for it",
    ]);
  });

  test.each([undefined, 'web', {}])('what is no workload: %s', (given) => {
    const got = given === undefined ? 'undefined' : typeof given === 'string' ? "'web'" : 'an object';
    expect(mistakes(released({}, (_, task) => task.runBefore(given as unknown as Task)))).toEqual([
      `[shop/migrate] KEELSON1587 'runBefore' must be a workload, got ${got}: name the WebApp, Worker or Task that is to wait for it`,
    ]);
  });

  const suspended = "[shop/migrate] KEELSON1536 'suspend' must be left out for a Task that comes before a release: nothing starts it, "
    + 'and the release waits for its end, got true: remove it, or leave the Task out of the release';

  test('a Task that somebody has to start', () => {
    expect(mistakes(released({ suspend: true }))).toEqual([suspended]);
    expect(mistakes(released({ suspend: true, releaseOrder: HOOKS.helm }))).toEqual([suspended]);
    const chart = charted();
    new Task(chart, 'migrate', { ...MIGRATE, suspend: true, releaseOrder: HOOKS.presync });
    expect(mistakes(chart)).toEqual([suspended]);
    const alone = charted();
    new Task(alone, 'restore', { ...MIGRATE, suspend: true });
    expect(mistakes(alone)).toEqual([]);
    expect(mistakes(released({ suspend: false }))).toEqual([]);
  });

  test.each([
    ['weight', ReleaseOrder.helmHook({ weight: 1 }), ReleaseOrder.helmHook({ weight: 1 }), 'hook weight 1'],
    ['wave', ReleaseOrder.argoCdSyncWave({ wave: 2 }), ReleaseOrder.argoCdSyncWave({ wave: 2 }), 'sync wave 2'],
  ])('a task of the same %s', (_, releaseOrder, other, text) => {
    const chart = charted();
    new Task(chart, 'first', { ...MIGRATE, releaseOrder }).runBefore(new Task(chart, 'second', { ...MIGRATE, releaseOrder: other }));
    expect(mistakes(chart)).toEqual([
      `[shop/first] KEELSON1531 'runBefore' must be a Task of a later place than ${text}, got [shop/second] in ${text}: give that one a higher number`,
    ]);
  });

  test.each([
    [ReleaseOrder.argoCdSyncWave({ wave: 0 }), "KEELSON1529 'releaseOrder.wave' must be an integer from 1 to 2147483646, got 0: what it needs is in wave 0"],
    [ReleaseOrder.helmHook({ weight: 0.5 }), "KEELSON1529 'releaseOrder.weight' must be an integer from -2147483647, got 0.5: Helm sorts hooks by it"],
  ])('a number that is none', (releaseOrder, message) => {
    expect(mistakes(released({ releaseOrder }))).toEqual([`[shop/migrate] ${message}`]);
  });

  test('a Job in a sync wave that deletes itself', () => {
    expect(mistakes(released({ releaseOrder: ReleaseOrder.argoCdSyncWave(), ttlAfterFinished: Duration.days(1) }))).toEqual([
      "[shop/migrate] KEELSON1532 'ttlAfterFinished' must be left out for a Task in a sync wave of Argo CD, got a sync wave: "
      + 'remove it: Argo CD makes a Job that is gone again, which runs again; it prunes those of earlier descriptions',
    ]);
    expect(mistakes(released({ releaseOrder: HOOKS.helm, ttlAfterFinished: Duration.days(1) }))).toEqual([]);
  });

  const needed = (what: string) => `[shop/migrate] KEELSON1533 'releaseOrder' must be for a Task that needs nothing of the release, got ${what}, which comes with the release: `
    + 'a hook is there before it: give the Task its own, take one made elsewhere, or use ReleaseOrder.argoCdSyncWave()';

  test.each(Object.entries(HOOKS))('a hook (%s) that needs what comes with the release', (_, releaseOrder) => {
    const chart = charted();
    const settings = new ConfigMap(chart, 'settings', { data: { A: '1' } });
    const login = Secret.unsafePlaintext(chart, 'login', { stringData: { password: 'x' } });
    const claim = new PersistentVolumeClaim(chart, 'dumps', { size: Size.gibibytes(1) });
    new Task(chart, 'migrate', {
      ...MIGRATE, releaseOrder, serviceAccount: new ServiceAccount(chart, 'migrator'), envFrom: [EnvFrom.configMap(settings)],
      env: { PASSWORD: login.envValue('password') }, volumes: { '/dumps': Volume.fromClaim(claim) },
    });
    expect(mistakes(chart)).toEqual([
      needed("ConfigMap 'settings'"), needed("PersistentVolumeClaim 'dumps'"), needed("Secret 'login'"), needed("ServiceAccount 'migrator'"),
    ]);
  });

  const reader = (chart: Chart, id = 'reader') => new Role(chart, id, { rules: [PolicyRule.read([ApiResource.PODS])] });

  test.each(Object.entries(HOOKS))('the rights of a hook (%s) come with it, whether given before or after', (_, releaseOrder) => {
    const chart = charted();
    const task = new Task(chart, 'migrate', { ...MIGRATE, releaseOrder });
    reader(chart).grantTo(task);
    new ClusterRole(chart, 'everywhere', { rules: [PolicyRule.read([ApiResource.NODES])] }).grantTo(task);
    new RoleBinding(chart, 'view', { role: ClusterRole.fromClusterRoleName('view'), subjects: [task] });
    reader(chart, 'other').grantTo(new Server(chart, 'web'));
    const found = annotations(accepted(chart));
    const account = found['ServiceAccount/migrate'];
    expect(account).toBeDefined();
    expect(Object.entries(found).filter(([name]) => name.includes('Role'))).toEqual(expect.arrayContaining([
      ['Role/reader', account], ['RoleBinding/reader', account], ['ClusterRole/everywhere', account], ['ClusterRoleBinding/everywhere', account],
      ['RoleBinding/view-clusterrole-view', account], ['Role/other', undefined], ['RoleBinding/other', undefined],
    ]));
  });

  test('rights of two hooks come with the first of them', () => {
    const chart = charted();
    const role = reader(chart);
    [7, 3].forEach(weight => role.grantTo(new Task(chart, `task-${weight}`, { ...MIGRATE, releaseOrder: ReleaseOrder.helmHook({ weight }) })));
    expect(annotations(accepted(chart))['Role/reader']).toMatchObject({ 'helm.sh/hook-weight': '2' });
    expect(annotations(accepted(chart))['RoleBinding/reader']).toMatchObject({ 'helm.sh/hook-weight': '2' });
  });

  test.each(Object.entries(HOOKS))('rights that others have, too, do not come with a hook (%s): they would lose them at each release', (_, releaseOrder) => {
    const chart = charted();
    const task = new Task(chart, 'migrate', { ...MIGRATE, releaseOrder });
    const role = reader(chart);
    [task, new Server(chart, 'web')].forEach(each => role.grantTo(each));
    const shared = reader(chart, 'shared');
    shared.grantTo(new Server(chart, 'worker'));
    new RoleBinding(chart, 'own', { role: shared, subjects: [task] });
    expect(mistakes(chart)).toEqual([needed("Role 'reader'"), needed("Role 'shared'"), needed("RoleBinding 'reader'")]);
  });

  test('rights of an account made elsewhere, and a binding of the user\'s own, come with the release', () => {
    const chart = charted();
    const serviceAccount = ServiceAccount.fromServiceAccountName('migrator', 'shop');
    const task = new Task(chart, 'migrate', { ...MIGRATE, releaseOrder: HOOKS.helm, serviceAccount });
    new RoleBinding(chart, 'view', { role: ClusterRole.fromClusterRoleName('view'), subjects: [task] });
    new ApiObject(chart, 'raw', {
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'raw' },
      subjects: [{ kind: 'ServiceAccount', name: 'migrator', namespace: 'shop' }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    });
    expect(mistakes(chart)).toEqual([needed("ClusterRoleBinding 'raw'"), needed("RoleBinding 'view-clusterrole-view'")]);
  });

  test.each([ReleaseOrder.argoCdSyncWave(), ReleaseOrder.kubectlApply()])('without a hook, rights are where they are', (releaseOrder) => {
    const chart = released({ releaseOrder }, (_, task) => reader(task.node.scope as Chart).grantTo(task));
    expect(annotations(accepted(chart))['Role/reader']).toBeUndefined();
  });

  test.each(Object.values(HOOKS))('what is made elsewhere a hook may need', (releaseOrder) => {
    const chart = charted();
    new ConfigMap(new Chart(chart.node.root as Chart, 'other', { namespace: 'other' }), 'settings', { data: { A: '1' } });
    new Task(chart, 'migrate', {
      ...MIGRATE, releaseOrder, serviceAccount: ServiceAccount.fromServiceAccountName('migrator'),
      envFrom: [EnvFrom.secret(Secret.fromSecretName('login')), EnvFrom.configMap(ConfigMap.fromConfigMapName('settings'))],
    });
    expect(mistakes(chart)).toEqual([]);
  });

  test.each(Object.values(HOOKS))('a server that comes with the release is not there yet at the first installation', (releaseOrder) => {
    const chart = released({ releaseOrder }, (_, task, web) => task.connections.to(web));
    expect(mistakes(chart)).toEqual([]);
    expect(Warnings.of(chart)).toEqual([
      "[shop/migrate] KEELSON1534 on the first installation the Task runs before 'shop/web', which comes with the release: "
      + 'install that before, or use ReleaseOrder.helmHook({ postInstall: true }) or ReleaseOrder.argoCdSyncWave()',
    ]);
  });

  test.each([ReleaseOrder.helmHook({ postInstall: true }), ReleaseOrder.argoCdSyncWave(), ReleaseOrder.kubectlApply()])(
    'a server that is there is no matter', (releaseOrder) => {
      const chart = released({ releaseOrder }, (_, task, web) => task.connections.to(web));
      expect(mistakes(chart)).toEqual([]);
      expect(Warnings.of(chart)).toEqual([]);
    });
});

test.each<[string, (chart: Chart) => void]>([
  ['claims in sync waves', (chart) => {
    const volumes = { '/data': Volume.fromClaim(new PersistentVolumeClaim(chart, 'data', { size: Size.gibibytes(1) })) };
    new Task(chart, 'migrate', { ...MIGRATE, releaseOrder: ReleaseOrder.argoCdSyncWave(), volumes }).runBefore(new Server(chart, 'web'));
  }],
  ['rights of hooks', (chart) => {
    const task = new Task(chart, 'migrate', { ...MIGRATE, releaseOrder: ReleaseOrder.helmHook() });
    new Role(chart, 'reader', { rules: [PolicyRule.read([ApiResource.PODS])] }).grantTo(task);
    task.runBefore(new Server(chart, 'web'));
  }],
])('what a synth renders for %s grows with their number alone', (_, build) => {
  const workOf = (count: number) => {
    const app = new App();
    for (let number = 0; number < count; number++) {
      build(new Chart(app, `shop-${number}`, { namespace: `shop-${number}` }));
    }
    const render = vi.spyOn(Manifest.prototype, '_render');
    app.synthYaml();
    const { length } = render.mock.calls;
    render.mockRestore();
    return length / count;
  };
  expect(workOf(40)).toBe(workOf(4));
});
