import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  AccessMode, App, ClusterProfile, ClusterProfileProps, ConfigMap, DownwardField, EnvFrom, EnvValue, PodDefaults, ResourceFieldPath, Secret,
  StorageClass, Volume, WorkloadProps,
} from '../src';
import { Server } from './server';
import { saidBy } from './two-apps';

const IMAGE = 'registry.example.com/web:1';

type Before = (chart: Chart) => unknown;

function mistakesOf(
  props: Partial<WorkloadProps>, cluster: ClusterProfileProps = {}, before: Before = () => undefined, connect = false,
): string[] {
  const app = new App({ cluster: ClusterProfile.kubernetes(cluster) });
  const chart = new Chart(app, 'a', { namespace: 'shop' });
  const other = before(chart);
  const server = new Server(chart, 'web', { image: IMAGE, ...props });
  if (connect) {
    server.connections.to(other as Server);
  }
  return saidBy(app);
}

function podOf(props: Partial<WorkloadProps>): { containers: { [field: string]: unknown }[]; volumes: object[] } {
  const app = new App();
  const server = new Server(new Chart(app, 'a', { namespace: 'shop' }), 'web', { image: IMAGE, ...props });
  return (server.pods.resolve() as { spec: { containers: { [field: string]: unknown }[]; volumes: object[] } }).spec;
}

describe('C1 configuration as a command-line argument', () => {
  const message = (prop: string, name: string, there: string) => `[a/web] KEELSON1580 '${prop}' must be a text whose variables the container has (${there}), got $(${name}): `
    + `add '${name}' to 'env', or write '$$(${name})' for the text itself, which a shell may read`;
  const settings = ConfigMap.fromConfigMapName('settings');

  test('is a variable that the argument mentions', () => {
    const pod = podOf({ env: { LEVEL: EnvValue.fromConfigMap(settings, 'level') }, args: ['--level=$(LEVEL)', '--price=$$(5)'] });
    expect(pod.containers[0]).toMatchObject({
      args: ['--level=$(LEVEL)', '--price=$$(5)'],
      env: [{ name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } }],
    });
  });

  test('fails where the container has no such variable', () => {
    expect(mistakesOf({ args: ['--level=$(LEVEL)', '$(LEVEL)'] })).toEqual([message('args', 'LEVEL', 'none')]);
    expect(mistakesOf({ command: ['/app', '$(B)'], env: { A: EnvValue.fromValue('a') } })).toEqual([message('command', 'B', 'A')]);
    expect(mistakesOf({ initContainers: [{ name: 'first', image: IMAGE, args: ['$(A)'] }], env: { A: EnvValue.fromValue('a') } }))
      .toEqual([message('initContainers.first.args', 'A', 'none')]);
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['a variable of the container', { args: ['$(A)'], env: { A: EnvValue.fromValue('a') } }],
    ['what a ConfigMap brings, which isn\'t always known', { args: ['$(A)'], envFrom: [EnvFrom.configMap(settings)] }],
    ['the API server\'s address', { args: ['$(KUBERNETES_SERVICE_HOST)'] }],
    ['the text itself', { args: ['$$(A)', '$(', '$()', '$(date +%s)', 'cost: $5'] }],
  ])('takes %s', (_, props) => {
    expect(mistakesOf(props)).toEqual([]);
  });

  test('takes what the scope around gives, and what a connected endpoint brings', () => {
    const database: Before = (chart) => new Server(chart, 'db', { image: IMAGE, offers: { env: { PGHOST: EnvValue.fromValue('db') } } });
    expect(mistakesOf({ args: ['$(PGHOST)'] }, {}, database, true)).toEqual([]);
    expect(mistakesOf({ args: ['$(REGION)'] }, {}, chart => new PodDefaults({ env: { REGION: EnvValue.fromValue('eu') } }).applyTo(chart))).toEqual([]);
  });
});

describe('V1 resources of a container, as a variable or a file', () => {
  const message = (prop: string) => `[a/web] KEELSON1581 '${prop}' must be a container of the pod (proxy, web), got 'main': name one of them`;
  const sidecars = [{ name: 'proxy', image: IMAGE }];

  test('are of a container that the pod has', () => {
    expect(mistakesOf({
      sidecars, env: { CPU: EnvValue.fromResource(ResourceFieldPath.CPU_LIMIT, { container: 'proxy' }) },
      volumes: { '/pod': Volume.downwardApi({ cpu: DownwardField.resource('web', ResourceFieldPath.CPU_LIMIT) }) },
    })).toEqual([]);
  });

  test('fail for another one, also where the file is joined with others', () => {
    const file = Volume.downwardApi({ cpu: DownwardField.resource('main', ResourceFieldPath.CPU_LIMIT) });
    expect(mistakesOf({ sidecars, env: { CPU: EnvValue.fromResource(ResourceFieldPath.CPU_LIMIT, { container: 'main' }) } })).toEqual([message('env.CPU')]);
    expect(mistakesOf({ sidecars, volumes: { '/pod': file } })).toEqual([message('volumes./pod')]);
    expect(mistakesOf({ sidecars, volumes: { '/pod': Volume.projected([file, Volume.serviceAccountToken()]) } })).toEqual([message('volumes./pod')]);
  });
});

describe('V1 storage that comes and goes with the pod', () => {
  const size = Size.gibibytes(20);

  test('is a claim made with it', () => {
    const volume = Volume.ephemeralClaim({ size, storageClass: StorageClass.fromStorageClassName('fast'), accessMode: AccessMode.READ_WRITE_ONCE_POD, labels: { team: 'shop' } });
    const pod = podOf({ volumes: { '/scratch': volume }, writablePaths: {} });
    expect(pod.volumes).toEqual([{ name: 'scratch', ephemeral: { volumeClaimTemplate: {
      metadata: { labels: { team: 'shop' } },
      spec: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '20Gi' } }, storageClassName: 'fast' },
    } } }]);
    expect(pod.containers[0]?.volumeMounts).toEqual([{ name: 'scratch', mountPath: '/scratch' }]);
  });

  test('fails for a class that the cluster hasn\'t, a size of nothing and a wrong label', () => {
    const volumes = (more: object) => ({ volumes: { '/scratch': Volume.ephemeralClaim({ size, ...more }) } });
    expect(mistakesOf(volumes({ storageClass: StorageClass.fromStorageClassName('fast') }), { storageClasses: [{ name: 'standard' }] })).toEqual([
      "[a/web] KEELSON1330 'volumes./scratch.storageClass' must be one of the cluster's classes ('standard'), got 'fast': name one of them, or add it to storageClasses of the cluster profile",
    ]);
    expect(mistakesOf(volumes({ size: Size.kibibytes(0) }))[0]).toContain("'volumes./scratch.size'");
    expect(mistakesOf(volumes({ labels: { a: 'b c' } }))[0]).toContain("'volumes./scratch.labels'");
  });
});

describe('V1 a CSI driver\'s volume for the pod alone', () => {
  test('has what the driver asks for, and is read only', () => {
    const volume = Volume.csi('secrets-store.csi.k8s.io', { attributes: { secretProviderClass: 'shop' }, nodePublishSecret: Secret.fromSecretName('vault') });
    const pod = podOf({ volumes: { '/secrets': volume }, writablePaths: {} });
    expect(pod.volumes).toEqual([{ name: 'secrets', csi: {
      driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'shop' }, nodePublishSecretRef: { name: 'vault' },
    } }]);
    expect(pod.containers[0]?.volumeMounts).toEqual([{ name: 'secrets', mountPath: '/secrets', readOnly: true }]);
    expect(podOf({ volumes: { '/data': Volume.csi('x.example.com', { readOnly: false, fsType: 'ext4' }) }, writablePaths: {} }).volumes)
      .toEqual([{ name: 'data', csi: { driver: 'x.example.com', fsType: 'ext4' } }]);
    expect(podOf({ volumes: { '/data': Volume.csi('x', { attributes: {} }) }, writablePaths: {} }).volumes).toEqual([{ name: 'data', csi: { driver: 'x', readOnly: true } }]);
  });

  test.each([['', "''"], ['a b', "'a b'"], ['-a', "'-a'"], ['a'.repeat(64), `'${'a'.repeat(64)}'`]])('fails on the driver %j', (driver, got) => {
    expect(mistakesOf({ volumes: { '/x': Volume.csi(driver) } })).toEqual([`[a/web] KEELSON1582 'volumes./x.driver' must be the name of a CSI driver: `
      + `at most 63 letters, digits, '-' and '.', got ${got}: write it as \`kubectl get csidrivers\` has it, such as 'secrets-store.csi.k8s.io'`]);
    expect(mistakesOf({ volumes: { '/x': Volume.csi('a'.repeat(63)) } })).toEqual([]);
  });

  test('fails on an attribute that is no text, and a Secret of another namespace', () => {
    expect(mistakesOf({ volumes: { '/x': Volume.csi('x', { attributes: { ttl: 5 as never } }) } })).toEqual([
      "[a/web] KEELSON1583 'volumes./x.attributes.ttl' must be a text, got 5: write '5'",
    ]);
    expect(mistakesOf({ volumes: { '/x': Volume.csi('x', { nodePublishSecret: Secret.fromSecretName('vault', 'other') }) } })).toHaveLength(1);
  });
});
