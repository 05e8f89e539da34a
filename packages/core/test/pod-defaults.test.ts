import { type App, Chart, Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  ConfigMap, Cpu, EnvFrom, EnvValue, Faults, type IPriorityClass, type ISecret, Metadata, PodDefaults, type PodDefaultsProps,
  PriorityClass, Secret, ServiceAccount, TaintEffect, Toleration, Warnings,
} from '../src';
import { accepted, charted, mistakes, named, type Rendered, Server } from './server';

const text = (value: string) => EnvValue.fromValue(value);

interface Pods { readonly metadata: Rendered['metadata']; readonly spec: Rendered['spec'] }

const podsOf = (chart: Chart, name = 'web') => named(accepted(chart), 'Deployment', name).spec.template as Pods;

describe('W15 environment and other defaults of every pod of a scope', () => {
  test('reach all containers of pods defined before and after, of every scope below', () => {
    const chart = charted();
    const sidecar = { name: 'proxy', image: 'registry.example.com/proxy:1.4.2' };
    new Server(chart, 'web', { sidecars: [sidecar], initContainers: [{ ...sidecar, name: 'setup' }], containers: [{ ...sidecar, name: 'tail' }] });
    new PodDefaults({ env: { TZ: text('UTC') } }).applyTo(chart.node.root);
    new Server(chart, 'admin');
    const containers = ['web', 'admin'].flatMap(name => [...podsOf(chart, name).spec.initContainers ?? [], ...podsOf(chart, name).spec.containers]);
    expect(containers).toHaveLength(5);
    for (const { env } of containers) {
      expect(env).toEqual([{ name: 'TZ', value: 'UTC' }]);
    }
  });

  test('give way, one by one, to nearer ones and to what a workload says', () => {
    const chart = charted();
    new PodDefaults({
      env: { TZ: text('UTC'), LANG: text('C'), OWN: text('app') }, labels: { tier: 'app', team: 'a' }, annotations: { note: 'app', other: 'app' },
      resources: { cpuRequest: Cpu.millis(50), memoryRequest: Size.mebibytes(256) }, nodeSelector: { disk: 'ssd', pool: 'app' },
      tolerations: [Toleration.exists('batch'), Toleration.value('pool', 'a', { effect: TaintEffect.NO_SCHEDULE })],
      priorityClass: PriorityClass.fromPriorityClassName('app'), imagePullSecrets: [Secret.fromSecretName('app')],
    }).applyTo(chart.node.root);
    new PodDefaults({
      env: { LANG: text('de') }, labels: { team: 'b' }, annotations: { other: 'chart' }, nodeSelector: { pool: 'chart' },
      priorityClass: PriorityClass.fromPriorityClassName('chart'), imagePullSecrets: [Secret.fromSecretName('chart'), Secret.fromSecretName('app')],
    }).applyTo(chart);
    new Server(chart, 'web', {
      env: { OWN: text('web') }, podLabels: { tier: 'web' }, podAnnotations: { note: 'web' }, resources: { cpuRequest: Cpu.millis(70) },
      nodeSelector: { disk: 'hdd' }, tolerations: [Toleration.exists('gpu'), Toleration.exists('batch')], priorityClass: PriorityClass.fromPriorityClassName('web'),
    });
    const { metadata, spec } = podsOf(chart);
    expect(spec.containers[0].env).toEqual([{ name: 'TZ', value: 'UTC' }, { name: 'LANG', value: 'de' }, { name: 'OWN', value: 'web' }]);
    expect(metadata.labels).toMatchObject({ tier: 'web', team: 'b' });
    expect(metadata.annotations).toEqual({ note: 'web', other: 'chart' });
    expect(spec.containers[0].resources.requests).toMatchObject({ cpu: '70m', memory: '256Mi' });
    expect(spec).toMatchObject({
      nodeSelector: { disk: 'hdd', pool: 'chart' }, priorityClassName: 'web', imagePullSecrets: [{ name: 'app' }, { name: 'chart' }],
      tolerations: [
        { key: 'batch', operator: 'Exists' }, { key: 'pool', operator: 'Equal', value: 'a', effect: 'NoSchedule' }, { key: 'gpu', operator: 'Exists' },
      ],
    });
    expect(named(accepted(chart), 'Deployment', 'web').metadata).not.toHaveProperty('labels.team');
  });

  test('are taken away by an empty list or map, in a scope and in a workload', () => {
    const chart = charted({ imagePullSecrets: [Secret.fromSecretName('cluster')] });
    new PodDefaults({
      tolerations: [Toleration.exists('batch')], nodeSelector: { disk: 'ssd' }, imagePullSecrets: [Secret.fromSecretName('app')],
    }).applyTo(chart.node.root);
    new Server(chart, 'web', { tolerations: [], nodeSelector: {} });
    const other = new Chart(chart.node.root as App, 'other', { namespace: 'other' });
    new PodDefaults({ tolerations: [], nodeSelector: {}, imagePullSecrets: [] }).applyTo(other);
    new PodDefaults({ tolerations: [Toleration.exists('gpu')] }).applyTo(other);
    new Server(other, 'web');
    expect(podsOf(chart).spec).not.toHaveProperty('tolerations');
    expect(podsOf(chart).spec).toMatchObject({ imagePullSecrets: [{ name: 'cluster' }, { name: 'app' }] });
    expect(podsOf(chart).spec).not.toHaveProperty('nodeSelector');
    expect(podsOf(other).spec).toMatchObject({ tolerations: [{ key: 'gpu', operator: 'Exists' }], imagePullSecrets: [{ name: 'cluster' }] });
    expect(podsOf(other).spec).not.toHaveProperty('nodeSelector');
  });

  test('come after the profile’s and before the workload’s priority class', () => {
    const chart = charted({ priorityClass: PriorityClass.fromPriorityClassName('cluster') });
    const classOf = () => podsOf(chart).spec.priorityClassName as string;
    new Server(chart, 'web');
    expect(classOf()).toBe('cluster');
    new PodDefaults({ priorityClass: PriorityClass.SYSTEM_CLUSTER_CRITICAL }).applyTo(chart);
    expect(classOf()).toBe('system-cluster-critical');
  });

  test('leave alone what a connected endpoint and envFrom bring', () => {
    const chart = charted();
    const settings = new ConfigMap(chart, 'settings', { data: { LEVEL: 'debug' } });
    const database = new Server(chart, 'db', { offers: { env: { PGHOST: text('db') } } });
    const web = new Server(chart, 'web', { envFrom: [EnvFrom.configMap(settings), EnvFrom.configMap(settings, { prefix: 'APP_' })] });
    web.connections.to(database);
    new PodDefaults({ env: { PGHOST: text('other'), LEVEL: text('info'), APP_LEVEL: text('info'), ELSE: text('x') } }).applyTo(chart);
    expect(podsOf(chart).spec.containers[0].env).toEqual([{ name: 'PGHOST', value: 'db' }, { name: 'ELSE', value: 'x' }]);
  });

  test('roll the pods when a ConfigMap that they refer to changes', () => {
    const checksum = (value: string) => {
      const chart = charted();
      const settings = new ConfigMap(chart, 'settings', { data: { TZ: value } });
      new PodDefaults({ env: { TZ: EnvValue.fromConfigMap(settings, 'TZ') } }).applyTo(chart);
      new Server(chart, 'web');
      return podsOf(chart).metadata.annotations?.['checksum/config'];
    };
    expect(checksum('UTC')).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum('UTC')).not.toBe(checksum('CET'));
  });

  test('can be seen at any construct, and where they are from', () => {
    const chart = charted();
    const web = new Server(chart, 'web');
    const lists = { tolerations: [], imagePullSecrets: [] };
    const nothing = { env: {}, labels: {}, annotations: {}, resources: {}, nodeSelector: {}, ...lists, origins: {} };
    expect(PodDefaults.of(web)).toMatchObject(nothing);
    const [utc, de] = [text('UTC'), text('de')];
    new PodDefaults({ env: { TZ: utc, LANG: text('C') }, resources: { cpuRequest: Cpu.millis(50) } }).applyTo(chart.node.root);
    const tolerations = [Toleration.exists('batch')];
    new PodDefaults({ env: { LANG: de }, resources: { memoryRequest: Size.mebibytes(64) }, tolerations }).applyTo(chart);
    const seen = PodDefaults.of(web);
    expect(seen.env).toEqual({ TZ: utc, LANG: de });
    expect(Object.keys(seen.resources)).toEqual(['cpuRequest', 'memoryRequest']);
    expect(seen.origins).toEqual({
      'env.TZ': '', 'resources.cpuRequest': '', 'env.LANG': 'shop', 'resources.memoryRequest': 'shop', 'tolerations': 'shop',
    });
    expect(PodDefaults.of(chart.node.root).env).toHaveProperty('LANG.value', 'C');
    new PodDefaults({ env: { LANG: text('fr') } }).applyTo(web);
    expect(PodDefaults.of(web).env).toHaveProperty('LANG.value', 'fr');
    expect(new PodDefaults({ env: { TZ: utc } }).origins).toEqual({});
  });

  test('are the same bytes each time, and one value serves many apps', () => {
    const company = new PodDefaults({ env: { TZ: text('UTC') }, tolerations: [Toleration.exists('batch')], labels: { team: 'a' } });
    const [first, second] = [charted(), charted()];
    for (const chart of [first, second]) {
      company.applyTo(chart);
      new Server(chart, 'web');
    }
    expect(Testing.synth(first)).toEqual(Testing.synth(second));
    expect(Testing.synth(first)).toEqual(Testing.synth(first));
  });

  test('warn of a secret that everybody can read, once', () => {
    const chart = charted();
    new PodDefaults({ env: { API_TOKEN: text('abc') } }).applyTo(chart);
    new Server(chart, 'web');
    new Server(chart, 'admin');
    expect(Warnings.of(chart.node.root as App)).toEqual(["[shop] KEELSON1314 env 'API_TOKEN' looks like a secret, and its value is there for everybody who reads "
      + 'the manifest: use EnvValue.fromSecretValue, or mount the Secret as a file']);
  });

  test.each<[string, ConstructorParameters<typeof PodDefaults>[0], string]>([
    ['a variable’s name', { env: { 'A B': text('x') } },
      "KEELSON1312 'podDefaults.env.A B' must be a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..', got 'A B': try 'A_B'"],
    ['a label', { labels: { team: 'our team' } },
      "KEELSON1054 'podDefaults.labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'our team': try 'our-team'"],
    ['the label that selects pods', { labels: { 'app.kubernetes.io/instance': 'x' } }, "KEELSON1059 'podDefaults.labels' must be another label than the one that selects "
      + "pods, which is the name of each workload, got 'app.kubernetes.io/instance': try 'app.kubernetes.io/part-of'"],
    ['an annotation', { annotations: { 'a b': 'x' } },
      "KEELSON1052 'podDefaults.annotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    ['a toleration', { tolerations: [Toleration.exists('a'), Toleration.exists('a b')] },
      "KEELSON1052 'podDefaults.tolerations[1]' must be a taint's key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    ['a label of nodes', { nodeSelector: { disk: '-' } },
      "KEELSON1054 'podDefaults.nodeSelector.disk' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got '-': "
      + 'use at least one letter or digit'],
    ['a class that is none', { priorityClass: 'high' as unknown as IPriorityClass },
      "KEELSON1300 'podDefaults.priorityClass' must be a PriorityClass, got 'high': write PriorityClass.fromPriorityClassName('high')"],
    ['a Secret that is none', { imagePullSecrets: [ServiceAccount.fromServiceAccountName('x') as unknown as ISecret] },
      "KEELSON1300 'podDefaults.imagePullSecrets[0]' must be a Secret, got the ServiceAccount 'x': pass a Secret"],
  ])('fail for %s, once, where they were applied', (_, props, line) => {
    const chart = charted();
    new PodDefaults(props).applyTo(chart);
    new Server(chart, 'web');
    expect(mistakes(chart)).toEqual([`[shop] ${line}`]);
  });

  test('fail at each workload that does not reach what they name', () => {
    const chart = charted({ imagePullSecrets: [Secret.fromSecretName('cluster', 'infra')] });
    const settings = new ConfigMap(chart, 'settings', { data: { TZ: 'UTC' } });
    new PodDefaults({
      env: { TZ: EnvValue.fromConfigMap(settings, 'ZT'), KEY: Secret.fromSecretName('keys', 'infra').envValue('key') },
      imagePullSecrets: [Secret.fromSecretName('app', 'infra')],
    }).applyTo(chart);
    new Server(chart, 'web');
    const reach = 'pods reach their own namespace only: have the Secret there too';
    expect(mistakes(chart)).toEqual([
      "[shop/web] KEELSON1301 'env.KEY' must be a Secret of namespace 'shop', got 'keys' of namespace 'infra' (from PodDefaults of a scope around): " + reach,
      "[shop/web] KEELSON1301 'imagePullSecrets' must be a Secret of namespace 'shop', got 'app' of namespace 'infra' (from PodDefaults of a scope around): " + reach,
      "[shop/web] KEELSON1301 'imagePullSecrets' must be a Secret of namespace 'shop', got 'cluster' of namespace 'infra' (from the cluster profile): " + reach,
      "[shop/web] KEELSON1303 'env.TZ' must be a key of the ConfigMap 'settings' (it has 'TZ'), got 'ZT' (from PodDefaults of a scope around): "
      + 'add the key, or make the reference optional',
    ]);
  });
});

test('defaults that are no maps or lists, as JavaScript may give them, say so', () => {
  const defaults = new PodDefaults({
    env: null, labels: 'team', tolerations: Toleration.exists('a'), imagePullSecrets: null, nodeSelector: { disk: 'ssd' },
  } as unknown as PodDefaultsProps);
  expect(defaults.faults.map(fault => Faults.describe('podDefaults', fault))).toEqual([
    "KEELSON1587 'podDefaults.env' must be a map, got null: write it like { … }, or leave it out",
    "KEELSON1587 'podDefaults.labels' must be a map, got 'team': write it like { … }, or leave it out",
    "KEELSON1587 'podDefaults.tolerations' must be a list of values of Toleration, got an object: write it like [ … ], or leave it out",
    "KEELSON1587 'podDefaults.imagePullSecrets' must be a list of Secrets, got null: write it like [ … ], or leave it out",
  ]);
  expect(defaults.nodeSelector).toEqual({ disk: 'ssd' });
  expect(new PodDefaults(null as unknown as PodDefaultsProps).faults).toEqual([]);
});

describe('Metadata', () => {
  test('can be seen at any construct', () => {
    const chart = charted();
    new Metadata({ labels: { team: 'a', stage: 'test' }, annotations: { contact: 'x' } }).applyTo(chart.node.root);
    new Metadata({ labels: { team: 'b' } }).applyTo(chart);
    expect(Metadata.of(new Server(chart, 'web'))).toMatchObject({ labels: { team: 'b', stage: 'test' }, annotations: { contact: 'x' } });
    expect(Metadata.of(chart.node.root).labels).toEqual({ team: 'a', stage: 'test' });
  });
});
