import { Size } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigMap, type ContainerProps, Cpu, EnvFrom, EnvValue, PersistentVolumeClaim, Secret, Volume, Warnings } from '../src';
import { PodVolumes } from '../src/private/pod-volumes';
import { accepted, charted, mistakes, mistakesOf, named, podOf, Server } from './server';

const image = 'registry.example.com/proxy:1.4.2';
const proxy: ContainerProps = { name: 'proxy', image };
const text = (value: string) => EnvValue.fromValue(value);

describe('C1 and C2 environment, arguments and files', () => {
  test('configuration comes as variables, arguments and read-only files', () => {
    const chart = charted();
    const settings = new ConfigMap(chart, 'settings', { data: { level: 'info' } });
    const secret = Secret.fromSecretName('db');
    new Server(chart, 'web', {
      env: { LEVEL: EnvValue.fromConfigMap(settings, 'level'), PASSWORD: EnvValue.fromSecretValue({ secret, key: 'password' }) },
      envFrom: [EnvFrom.configMap(settings, { prefix: 'APP_' }), EnvFrom.secret(secret)],
      command: ['/app'], args: ['--level=$(LEVEL)'], workingDir: '/srv',
      volumes: { '/etc/app': Volume.fromConfigMap(settings), '/etc/db': Volume.fromSecret(secret) },
    });
    const { spec } = named(accepted(chart), 'Deployment', 'web').spec.template;
    expect(spec.containers[0]).toMatchObject({
      command: ['/app'], args: ['--level=$(LEVEL)'], workingDir: '/srv',
      env: [
        { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      ],
      envFrom: [{ prefix: 'APP_', configMapRef: { name: 'settings' } }, { secretRef: { name: 'db' } }],
      volumeMounts: [
        { name: 'etc-app', mountPath: '/etc/app', readOnly: true }, { name: 'etc-db', mountPath: '/etc/db', readOnly: true }, { name: 'tmp', mountPath: '/tmp' },
      ],
    });
    expect(spec.volumes.map((volume: object) => Object.keys(volume).sort())).toEqual([['name', 'projected'], ['name', 'projected'], ['emptyDir', 'name']]);
  });

  test('variables come after those they use, and else in the order given', () => {
    const { main } = podOf({ env: { URL: text('http://$(HOST):$(PORT)'), PORT: text('80'), HOST: text('$(NAME).shop'), NAME: text('x') } });
    expect(main.env.map(({ name }: { name: string }) => name)).toEqual(['NAME', 'HOST', 'PORT', 'URL']);
  });

  test('fails for variables in a circle', () => {
    expect(mistakesOf({ env: { A: text('$(B)'), B: text('$(A)') } })).toEqual(["KEELSON1313 'env' must be variables that don't need each other, got $(A) in $(B) in $(A): "
      + "take one of them out of the circle, or write '$$(A)' for the text itself"]);
  });

  test('fails for a variable set twice; the same value again is the same', () => {
    const value = text('1');
    expect(mistakesOf({ env: { A: value } }, {}, undefined, ({ pods }) => pods.addEnv('A', value))).toEqual([]);
    expect(mistakesOf({ env: { A: value } }, {}, undefined, ({ pods }) => pods.addEnv('A', text('2')))).toEqual([
      "KEELSON1202 'env.A' must be set once, got a second value: drop one of the two, or rename it"]);
  });

  test('a plain password is warned of, whenever it comes', () => {
    const chart = charted();
    new Server(chart, 'web', { env: { DB_PASSWORD: text('x1') } }).pods.addEnv('API_TOKEN', text('x2'));
    expect(Warnings.of(chart).map(line => line.slice(0, 45))).toEqual(["[shop/web] KEELSON1314 env 'API_TOKEN' looks ", "[shop/web] KEELSON1314 env 'DB_PASSWORD' look"]);
  });

  test('fails for a working directory that is relative', () => {
    expect(mistakesOf({ workingDir: 'srv' })).toEqual(["KEELSON1208 'workingDir' must be an absolute path, got 'srv': try '/srv'"]);
  });

  test('fails for a Secret of another namespace', () => {
    expect(mistakesOf({ env: { A: EnvValue.fromSecretValue({ secret: Secret.fromSecretName('db', 'data'), key: 'a' }) } })).toEqual([
      "KEELSON1301 'env.A' must be a Secret of namespace 'shop', got 'db' of namespace 'data': pods reach their own namespace only: have the Secret there too"]);
  });
});

describe('C3 a configuration change rolls the pods', () => {
  const checksum = (data: Record<string, string>, props: (map: ConfigMap) => object) => {
    const chart = charted();
    new Server(chart, 'web', props(new ConfigMap(chart, 'settings', { data })));
    return named(accepted(chart), 'Deployment', 'web').spec.template.metadata.annotations?.['checksum/config'] as string | undefined;
  };
  const oneKey = (map: ConfigMap) => ({ env: { A: EnvValue.fromConfigMap(map, 'a') } });
  const whole = (map: ConfigMap) => ({ volumes: { '/etc/app': Volume.fromConfigMap(map) } });

  test('when and only when data that they refer to changes', () => {
    expect(checksum({ a: '1', b: '1' }, () => ({}))).toBeUndefined();
    expect(checksum({ a: '1', b: '1' }, oneKey)).toBe(checksum({ a: '1', b: '2' }, oneKey));
    expect(checksum({ a: '1', b: '1' }, oneKey)).not.toBe(checksum({ a: '2', b: '1' }, oneKey));
    expect(checksum({ a: '1', b: '1' }, whole)).toBe(checksum({ b: '1', a: '1' }, whole));
    expect(checksum({ a: '1', b: '1' }, whole)).not.toBe(checksum({ a: '1', b: '2' }, whole));
  });

  test('also where a sidecar refers to it, or it is given in place', () => {
    const sidecar = (map: ConfigMap) => ({ sidecars: [{ ...proxy, ...oneKey(map) }] });
    expect(checksum({ a: '1' }, sidecar)).not.toBe(checksum({ a: '2' }, sidecar));
    const inline = (content: string) => () => ({ volumes: { '/etc/app': Volume.inline({ 'app.yaml': content }) } });
    expect(checksum({}, inline('a: 1'))).not.toBe(checksum({}, inline('a: 2')));
  });

  test('and no annotation of the user takes that away', () => {
    const own = (map: ConfigMap) => ({ ...oneKey(map), podAnnotations: { 'checksum/config': 'mine' } });
    expect(checksum({ a: '1' }, own)).toBe(checksum({ a: '1' }, oneKey));
  });
});

describe('volumes', () => {
  test('of several containers are one', () => {
    const shared = Volume.emptyDir({ sizeLimit: Size.mebibytes(10) });
    const { pod, main } = podOf({ volumes: { '/data': shared }, sidecars: [{ ...proxy, volumes: { '/in': shared.readOnly() } }], writablePaths: {} });
    expect(pod.volumes).toEqual([{ name: 'data', emptyDir: { sizeLimit: '10Mi' } }, { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }]);
    expect(main.volumeMounts).toEqual([{ name: 'data', mountPath: '/data' }]);
    expect(pod.initContainers[0].volumeMounts).toEqual([{ name: 'data', mountPath: '/in', readOnly: true }, { name: 'tmp', mountPath: '/tmp' }]);
  });

  test('are each container’s own where it is not the same volume', () => {
    const { pod } = podOf({ sidecars: [proxy] });
    expect(pod.volumes.map(({ name }: { name: string }) => name)).toEqual(['tmp', 'tmp-2']);
  });

  test('files in place make one ConfigMap, named after workload and path, with the workload’s labels', () => {
    const chart = charted();
    const files = Volume.inline({ 'app.yaml': 'a: 1', 'b.yaml': 'b: 1' });
    new Server(chart, 'web', { volumes: { '/etc/app': files }, sidecars: [{ ...proxy, volumes: { '/cfg': files, '/one': files.subPath('b.yaml') } }] });
    const objects = accepted(chart);
    expect(objects.filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(1);
    expect(named(objects, 'ConfigMap', 'web-etc-app')).toMatchObject({ data: { 'app.yaml': 'a: 1' }, metadata: { labels: { 'app.kubernetes.io/instance': 'web' } } });
    const { spec } = named(objects, 'Deployment', 'web').spec.template;
    expect(spec.initContainers[0].volumeMounts.slice(0, 2)).toEqual([
      { name: 'etc-app', mountPath: '/cfg', readOnly: true }, { name: 'etc-app', mountPath: '/one', subPath: 'b.yaml', readOnly: true },
    ]);
  });

  test('different files at one path, or at paths that read alike, make different ConfigMaps', () => {
    const chart = charted();
    const files = (content: string) => Volume.inline({ f: content });
    new Server(chart, 'web', { volumes: { '/etc/app': files('1'), '/etc-app': files('2') }, sidecars: [{ ...proxy, volumes: { '/etc/app': files('3') } }] });
    expect(accepted(chart).filter(({ kind }) => kind === 'ConfigMap').map(({ metadata, data }) => [metadata.name, data?.f])).toEqual([
      ['web-etc-app', '1'], ['web-etc-app-2', '2'], ['web-etc-app-3', '3']]);
  });

  test('fails once for files in place with bad names', () => {
    expect(mistakesOf({ volumes: { '/etc/app': Volume.inline({ 'a/b': 'x' }) } })).toHaveLength(1);
    expect(mistakesOf({ volumes: { '/etc/app': Volume.inline({ a: 'x' }).subPath('../b') } })).toEqual([
      "KEELSON1320 'volumes./etc/app.subPath' must be a relative path without '..', got '../b': try 'b'"]);
  });

  test('writable paths are /tmp unless others are named, and none where none are wanted', () => {
    expect(podOf().pod.volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }]);
    expect(podOf({ writablePaths: { '/var/cache/app': Size.gibibytes(1) } }).pod.volumes).toEqual([{ name: 'var-cache-app', emptyDir: { sizeLimit: '1Gi' } }]);
    expect(podOf({ writablePaths: {} }).main.volumeMounts).toBeUndefined();
  });

  test.each(['/tmp', '/tmp/', '//tmp'])('a volume at %s takes the place of the default one', (path) => {
    expect(podOf({ volumes: { [path]: Volume.emptyDir({ sizeLimit: Size.gibibytes(1) }) } }).main.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
  });

  test('fails for two volumes at one path, however it is written', () => {
    const said = (path: string) => `KEELSON1204 '${path}./data' must be the mount path of one volume, got a second volume: choose another path for one of them`;
    expect(mistakesOf({ volumes: { '/data': Volume.emptyDir(), '/data/': Volume.emptyDir() } })).toEqual([said('volumes')]);
    expect(mistakesOf({ volumes: { '/data': Volume.emptyDir() }, writablePaths: { '/data': Size.mebibytes(1) } })).toEqual([said('writablePaths')]);
  });

  test.each(['data', '/', '//', '/a/../b', '/a:b', '/proc', '/proc/x', ''])("fails for the mount path '%s'", (path) => {
    const where = path === '//' ? '/' : path;
    expect(mistakesOf({ volumes: { [path]: Volume.emptyDir() } })).toEqual([`KEELSON1203 'volumes.${where}' must be an absolute path other than '/' and '/proc', without ':' and '..', `
      + `got '${path}': write the whole path, such as '/var/cache/app'`]);
  });

  test('fails for a mount inside files of a ConfigMap, Secret or token; beside and around is fine', () => {
    const secret = Volume.fromSecret(Secret.fromSecretName('s'));
    const mistake = "must be a path outside '/etc/app', where files of a ConfigMap, Secret or token are mounted, got '/etc/app/tls': mount it beside, or join both by Volume.projected";
    expect(mistakesOf({ volumes: { '/etc/app/tls': secret, '/etc/app': Volume.inline({ a: 'x' }) } })).toEqual([`KEELSON1228 'volumes./etc/app/tls' ${mistake}`]);
    expect(mistakesOf({ volumes: { '/etc/app-tls': secret, '/etc/app': Volume.inline({ a: 'x' }) } })).toEqual([]);
    expect(mistakesOf({ volumes: { '/data/tls': secret }, writablePaths: { '/data': Size.mebibytes(1) } })).toEqual([]);
  });

  test('have names of at most 63 characters, and different ones', () => {
    const path = `/${'a'.repeat(80)}`;
    const { pod } = podOf({ volumes: { [`${path}/1`]: Volume.emptyDir(), [`${path}/2`]: Volume.emptyDir() } });
    expect(pod.volumes.map(({ name }: { name: string }) => name)).toEqual(['a'.repeat(63), `${'a'.repeat(59)}-2`, 'tmp']);
  });

  test('are called by DNS labels, whatever the path', () => {
    fc.assert(fc.property(fc.string({ maxLength: 100 }), (path) => {
      expect(PodVolumes.nameFor(path)).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    }));
  });

  test('a claim and its readers share one volume', () => {
    const claim = Volume.fromClaim(PersistentVolumeClaim.fromClaimName('files'));
    const { pod } = podOf({ volumes: { '/data': claim }, sidecars: [{ ...proxy, volumes: { '/data': claim.readOnly() } }] });
    expect(pod.volumes[0]).toEqual({ name: 'data', persistentVolumeClaim: { claimName: 'files' } });
    expect(pod.initContainers[0].volumeMounts[0]).toEqual({ name: 'data', mountPath: '/data', readOnly: true });
  });

  test('of a claim template keep its name, and others give way', () => {
    const chart = charted();
    const server = new Server(chart, 'web', { volumes: { '/data': Volume.emptyDir(), '/var/lib/db': Volume.fromClaimTemplate('data') } }, { kind: 'StatefulSet' });
    expect(mistakes(chart)).toEqual([]);
    const { spec } = server.pods.resolve() as { spec: { containers: { volumeMounts: object[] }[]; volumes: { name: string }[] } };
    expect(spec.containers[0]?.volumeMounts).toMatchObject([
      { name: 'data-2', mountPath: '/data' }, { name: 'tmp', mountPath: '/tmp' }, { name: 'data', mountPath: '/var/lib/db' },
    ]);
    expect(spec.volumes.map(({ name }) => name)).toEqual(['data-2', 'tmp']);
  });

  test('fails for a claim template where nothing makes claims', () => {
    expect(mistakesOf({ volumes: { '/data': Volume.fromClaimTemplate('data') } })).toEqual([
      "KEELSON1227 'volumes./data' must be a volume that pods of a Deployment can have, got the claim template 'data': mount a claim by Volume.fromClaim, or use a StatefulSet"]);
  });
});

describe('W7 requests and limits', () => {
  test('every container has them, the same ones unless set', () => {
    const { pod, main } = podOf({ sidecars: [{ ...proxy, resources: { cpuRequest: Cpu.millis(10) } }] });
    expect(main.resources).toEqual({
      requests: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' }, limits: { 'cpu': '500m', 'memory': '128Mi', 'ephemeral-storage': '256Mi' },
    });
    expect(pod.initContainers[0].resources.requests.cpu).toBe('10m');
  });

  test('leave room for what is written, each directory counted once', () => {
    const shared = Volume.emptyDir({ sizeLimit: Size.gibibytes(1) });
    const { main } = podOf({ volumes: { '/a': shared, '/b': shared.subPath('x') } });
    expect(main.resources.limits['ephemeral-storage']).toBe('1280Mi');
  });

  test('fails for a request above its limit, with the container’s name', () => {
    expect(mistakesOf({ sidecars: [{ ...proxy, resources: { cpuRequest: Cpu.units(2), cpuLimit: Cpu.units(1) } }] })).toEqual([
      "KEELSON1250 'sidecars.proxy.resources.cpuRequest' must be at most the CPU limit, 1, got 2: lower it, or set 'cpuLimit' to at least 2"]);
  });

  const inMemory = (mebibytes: number) => ({ volumes: { '/run/app': Volume.emptyDir({ memory: true, sizeLimit: Size.mebibytes(mebibytes) }) } });
  test('a directory in memory is part of the memory limit', () => {
    expect(podOf(inMemory(127)).pod.volumes[0]).toEqual({ name: 'run-app', emptyDir: { medium: 'Memory', sizeLimit: '127Mi' } });
    expect(mistakesOf({ ...inMemory(256), resources: { memoryLimit: Size.mebibytes(512) } })).toEqual([]);
  });

  test.each([128, 129])('fails for %s MiB in memory of a container with 128 MiB', (mebibytes) => {
    expect(mistakesOf(inMemory(mebibytes))).toEqual([`KEELSON1224 'resources.memoryLimit' must be more than what its directories in memory may hold, ${mebibytes}Mi, got 128Mi: `
      + 'raise it, or make the directories smaller']);
  });
});
