import { App, Chart, Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  AccessMode, ConfigMap, DownwardField, Faults, HostPathType, PersistentVolumeClaim, ResourceFieldPath, Secret, Volume,
} from '../src';
import { missingKeyFaults } from '../src/private/references';

const settings = ConfigMap.fromConfigMapName('settings');
const db = Secret.fromSecretName('db');
const claim = PersistentVolumeClaim.fromClaimName('data');
/** As it is rendered: what is undefined is left out. */
const json = (value: unknown) => JSON.parse(JSON.stringify(value ?? null)) as unknown;
const rendered = (volume: Volume) => json(volume._render());
const mounted = (volume: Volume) => json(volume._mount());
const faultsOf = (volume: Volume) => volume.faults.map(fault => Faults.describe('volumes./data', fault));
const source = (volume: Volume) => (volume._render() as { projected: { sources: unknown[] } }).projected.sources;

describe('C1 ConfigMap and C2 Secret as read-only files', () => {
  test('of all keys, as projected sources', () => {
    expect(rendered(Volume.fromConfigMap(settings))).toEqual({ projected: { defaultMode: 0o444, sources: [{ configMap: { name: 'settings' } }] } });
    expect(rendered(Volume.fromSecret(db))).toEqual({ projected: { defaultMode: 0o440, sources: [{ secret: { name: 'db' } }] } });
    expect([mounted(Volume.fromConfigMap(settings)), mounted(Volume.fromSecret(db))]).toEqual([{ readOnly: true }, { readOnly: true }]);
  });

  test('of some keys, optional, with a mode', () => {
    expect(rendered(Volume.fromSecret(db, { items: { password: 'db/password' }, optional: true, mode: 0o400 }))).toEqual({
      projected: { defaultMode: 0o400, sources: [{ secret: { name: 'db', optional: true, items: [{ key: 'password', path: 'db/password' }] } }] },
    });
  });

  test('given in place become a ConfigMap of the workload', () => {
    const files = Volume.inline({ 'app.yaml': 'a: 1\n' }).subPath('app.yaml');
    expect([files._inlineData, files._render()]).toEqual([{ 'app.yaml': 'a: 1\n' }, undefined]);
    expect(rendered(files._withConfigMap(settings))).toEqual(rendered(Volume.fromConfigMap(settings)));
    expect(mounted(files._withConfigMap(settings))).toEqual({ subPath: 'app.yaml', readOnly: true });
  });
});

describe('V1 projected and downward API', () => {
  test('joins sources; the tightest mode is for all but the files that say theirs', () => {
    const all = Volume.projected([
      Volume.fromConfigMap(settings, { items: { level: 'level' } }), Volume.fromSecret(db), Volume.serviceAccountToken({ audience: 'vault' }),
    ]);
    expect(rendered(all)).toEqual({
      projected: {
        defaultMode: 0o440,
        sources: [
          { configMap: { name: 'settings', items: [{ key: 'level', path: 'level', mode: 0o444 }] } },
          { secret: { name: 'db' } },
          { serviceAccountToken: { audience: 'vault', expirationSeconds: 3600, path: 'token' } },
        ],
      },
    });
    expect(faultsOf(all)).toEqual([]);
  });

  test('shows fields of the pod', () => {
    const volume = Volume.downwardApi({
      labels: DownwardField.LABELS, team: DownwardField.label('team'), memory: DownwardField.resource('web', ResourceFieldPath.MEMORY_LIMIT, '1Mi'),
    });
    expect(json(source(volume))).toEqual([{
      downwardAPI: {
        items: [
          { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
          { path: 'team', fieldRef: { fieldPath: "metadata.labels['team']" } },
          { path: 'memory', resourceFieldRef: { containerName: 'web', resource: 'limits.memory', divisor: '1Mi' } },
        ],
      },
    }]);
    const { NAME, NAMESPACE, UID, ANNOTATIONS } = DownwardField;
    expect([NAME, NAMESPACE, UID, ANNOTATIONS, DownwardField.annotation('a')].map(field => field._render())).toEqual(
      ['name', 'namespace', 'uid', 'annotations', "annotations['a']"].map(field => ({ fieldRef: { fieldPath: `metadata.${field}` } })));
  });

  test('holds what clients of the API server look for', () => {
    expect(rendered(Volume.apiAccess())).toEqual({
      projected: {
        defaultMode: 0o440,
        sources: [
          { serviceAccountToken: { expirationSeconds: 3600, path: 'token' } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt', mode: 0o444 }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' }, mode: 0o444 }] } },
        ],
      },
    });
  });
});

describe('V1 emptyDir, hostPath, claims', () => {
  test('an empty directory has a size, 64Mi by default', () => {
    expect(rendered(Volume.emptyDir())).toEqual({ emptyDir: { sizeLimit: '64Mi' } });
    expect(rendered(Volume.emptyDir({ sizeLimit: Size.gibibytes(1.5) }))).toEqual({ emptyDir: { sizeLimit: '1536Mi' } });
    expect(mounted(Volume.emptyDir())).toEqual({});
  });

  test('counts for the disk, or in memory for that', () => {
    const [disk, memory] = [Volume.emptyDir(), Volume.emptyDir({ memory: true, sizeLimit: Size.mebibytes(1) })];
    expect([disk._ephemeralBytes, disk._memoryBytes, memory._ephemeralBytes, memory._memoryBytes]).toEqual([64 * 2 ** 20, 0, 0, 2 ** 20]);
    expect(rendered(memory)).toEqual({ emptyDir: { sizeLimit: '1Mi', medium: 'Memory' } });
  });

  test('a path of the node is read-only unless said otherwise', () => {
    const logs = Volume.unsafeHostPath('/var/log', { type: HostPathType.DIRECTORY });
    expect([rendered(logs), mounted(logs)]).toEqual([{ hostPath: { path: '/var/log', type: 'Directory' } }, { readOnly: true }]);
    expect(mounted(Volume.unsafeHostPath('/var/log', { readOnly: false }))).toEqual({});
  });

  test('a claim is one volume for readers and writers', () => {
    const [writer, reader] = [Volume.fromClaim(claim), Volume.fromClaim(claim, { readOnly: true })];
    expect(rendered(writer)).toEqual({ persistentVolumeClaim: { claimName: 'data' } });
    expect([mounted(writer), mounted(reader), writer._source === reader._source]).toEqual([{}, { readOnly: true }, true]);
    expect([writer._claim, writer.readOnly()._claim]).toEqual([claim, claim]);
  });

  test('a claim for reading only is attached so', () => {
    const shared = new PersistentVolumeClaim(new Chart(new App(), 'shop'), 'data', { size: Size.gibibytes(1), accessMode: AccessMode.READ_ONLY_MANY });
    expect(rendered(Volume.fromClaim(shared))).toEqual({ persistentVolumeClaim: { claimName: 'data', readOnly: true } });
    expect(mounted(Volume.fromClaim(shared))).toEqual({ readOnly: true });
  });

  test('a claim template is a mount without a volume', () => {
    const data = Volume.fromClaimTemplate('data').subPath('pg');
    expect([data._render(), data._claimTemplate, mounted(data)]).toEqual([undefined, 'data', { subPath: 'pg' }]);
  });
});

describe('Volume: sharing', () => {
  test('is by description, but for empty directories by instance', () => {
    const scratch = Volume.emptyDir();
    expect(scratch.subPath('a')._source).toBe(scratch._source);
    expect(scratch.readOnly()._source).toBe(scratch._source);
    expect(Volume.emptyDir()._source).not.toBe(scratch._source);
    expect(Volume.fromConfigMap(settings)._source).toBe(Volume.fromConfigMap(settings)._source);
    expect(Volume.fromConfigMap(settings, { mode: 0o400 })._source).not.toBe(Volume.fromConfigMap(settings)._source);
    expect(Volume.fromSecret(db)._source).not.toBe(Volume.fromConfigMap(settings)._source);
    expect(Volume.fromClaimTemplate('a')._source).not.toBe(Volume.fromClaimTemplate('b')._source);
  });

  test('mounts one part of it, of which one part', () => {
    expect(mounted(Volume.emptyDir().subPath('a').readOnly().subPath('b/c'))).toEqual({ subPath: 'a/b/c', readOnly: true });
  });
});

describe('Volume: refused', () => {
  const relative = (prop: string, got: string, fix: string) => `KEELSON1320 'volumes./data${prop}' must be a relative path without '..', got '${got}': ${fix}`;
  const mode = (got: string) => `KEELSON1321 'volumes./data.mode' must be permission bits from 0 to 0o777 (511), got ${got}: write them in octal, such as 0o440`;
  test.each([
    ['a ConfigMap for a Secret', Volume.fromSecret(settings),
      "KEELSON1300 'volumes./data' must be a Secret, got the ConfigMap 'settings': pass a Secret, or use the factory for a ConfigMap"],
    ['a Secret for a claim', Volume.fromClaim(db),
      "KEELSON1300 'volumes./data' must be a PersistentVolumeClaim, got the Secret 'db': pass a PersistentVolumeClaim, or use the factory for a Secret"],
    ['nothing for a Secret', Volume.fromSecret(undefined as never), "KEELSON1300 'volumes./data' must be a Secret, got undefined: pass a Secret"],
    ['a name for a ConfigMap', Volume.fromConfigMap('settings' as never),
      "KEELSON1300 'volumes./data' must be a ConfigMap, got 'settings': write ConfigMap.fromConfigMapName('settings')"],
    ['nothing for a claim', Volume.fromClaim(undefined as never), "KEELSON1300 'volumes./data' must be a PersistentVolumeClaim, got undefined: pass a PersistentVolumeClaim"],
    ['no subPath', Volume.emptyDir().subPath(undefined as never),
      "KEELSON1320 'volumes./data.subPath' must be a relative path without '..', got undefined: write it like 'conf/app.yaml'"],
    ['no items', Volume.fromSecret(db, { items: {} }),
      "KEELSON1322 'volumes./data.items' must be one key or more, got none: name a key, or leave items out for all of them"],
    ['a bad key', Volume.fromSecret(db, { items: { 'a b': 'a' } }),
      "KEELSON1302 'volumes./data.items' must be a key of letters, digits, '-', '_' and '.', got 'a b': try 'a-b'"],
    ['an absolute item', Volume.fromSecret(db, { items: { a: '/x/../y' } }), relative('.items', '/x/../y', "try 'x/y'")],
    ['two items of one path', Volume.fromSecret(db, { items: { a: 'x', b: 'x' } }),
      "KEELSON1323 'volumes./data' must be files of different paths, none of which is a directory of another, got 'x' again: give one of them another path"],
    ['a file where another has a directory', Volume.downwardApi({ 'n': DownwardField.LABELS, 'n/-': DownwardField.LABELS }),
      "KEELSON1323 'volumes./data' must be files of different paths, none of which is a directory of another, got 'n/-' and a file 'n': give one of them another path"],
    ['two files of one path, written differently', Volume.projected([Volume.downwardApi({ './a': DownwardField.LABELS }), Volume.fromSecret(db, { items: { b: 'a' } })]),
      "KEELSON1323 'volumes./data' must be files of different paths, none of which is a directory of another, got 'a' again: give one of them another path"],
    ['mode 0o1000', Volume.fromSecret(db, { mode: 0o1000 }), mode('512')],
    ['mode 777 in decimal', Volume.fromSecret(db, { mode: 777 }), mode('777')],
    ['mode -1', Volume.fromConfigMap(settings, { mode: -1 }), mode('-1')],
    ['an absolute subPath', Volume.emptyDir().subPath('/a'), relative('.subPath', '/a', "try 'a'")],
    ['a subPath out of the volume', Volume.emptyDir().subPath('a/../x'), relative('.subPath', 'a/../x', "try 'a/x'")],
    ['an empty subPath', Volume.emptyDir().subPath('').readOnly(), relative('.subPath', '', "write it like 'conf/app.yaml'")],
    ['nothing to join', Volume.projected([]), "KEELSON1322 'volumes./data' must be one volume or more, got none: name a volume, or leave this one out"],
    ['a directory to join', Volume.projected([Volume.fromSecret(db), Volume.emptyDir()]),
      "KEELSON1324 'volumes./data' must be whole volumes of ConfigMaps, Secrets, tokens and pod fields, got 1 of another kind: mount the others on their own"],
    ['a part to join', Volume.projected([Volume.fromSecret(db).subPath('a')]),
      "KEELSON1324 'volumes./data' must be whole volumes of ConfigMaps, Secrets, tokens and pod fields, got 1 of another kind: mount the others on their own"],
    ['two tokens of one path', Volume.projected([Volume.serviceAccountToken(), Volume.serviceAccountToken({ audience: 'x' })]),
      "KEELSON1323 'volumes./data' must be files of different paths, none of which is a directory of another, got 'token' again: give one of them another path"],
    ['an empty directory of no size', Volume.emptyDir({ sizeLimit: Size.mebibytes(0) }),
      "KEELSON1125 'volumes./data.sizeLimit' must be a size above 0, got '0Mi': try Size.mebibytes(64)"],
    ['a token of 599 s', Volume.serviceAccountToken({ expiration: Duration.seconds(599) }),
      "KEELSON1121 'volumes./data.expiration' must be at least 600 s, got 599 s: try Duration.seconds(600)"],
    ['a token out of the volume', Volume.serviceAccountToken({ path: '../t' }), relative('.path', '../t', "try 't'")],
    ['a relative host path', Volume.unsafeHostPath('var/log'),
      "KEELSON1326 'volumes./data' must be an absolute path without '..', got 'var/log': write it like '/var/log'"],
    ['a host path with ..', Volume.unsafeHostPath('/var/../etc'),
      "KEELSON1326 'volumes./data' must be an absolute path without '..', got '/var/../etc': write it like '/var/log'"],
    ['a bad template name', Volume.fromClaimTemplate('Data'),
      "KEELSON1062 'volumes./data' must be lower-case letters, digits and '-' for a claim template, got 'Data': try 'data'"],
    ['a file in a folder', Volume.inline({ 'conf/a.yaml': '' }),
      "KEELSON1302 'volumes./data' must be a key of letters, digits, '-', '_' and '.', got 'conf/a.yaml': try 'conf-a.yaml'"],
    ['content over 1 MiB', Volume.inline({ a: 'x'.repeat(2 ** 20 + 1) }), "KEELSON1304 'volumes./data' must be at most 1048576 bytes, "
      + "all values of the volume together, got 1048577 bytes: move 'a' (1048577 bytes) into the image or onto a volume, or split the volume"],
    ['a container with a bad name', Volume.downwardApi({ cpu: DownwardField.resource('Web', ResourceFieldPath.CPU_LIMIT) }),
      "KEELSON1062 'volumes./data.cpu' must be lower-case letters, digits and '-' for a container, got 'Web': try 'web'"],
  ])('fails for %s', (_, volume, message) => {
    expect(faultsOf(volume)).toEqual([message]);
  });

  test.each([0, 0o777])('takes mode %d', (bits) => {
    expect(faultsOf(Volume.fromSecret(db, { mode: bits }))).toEqual([]);
  });

  test('takes a token of 600 s, and content of 1 MiB', () => {
    expect(faultsOf(Volume.serviceAccountToken({ expiration: Duration.minutes(10) }))).toEqual([]);
    expect(faultsOf(Volume.inline({ a: 'x'.repeat(2 ** 20) }))).toEqual([]);
  });
});

describe('C1 one file of a ConfigMap', () => {
  const mounted = (key: string) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const settings = new ConfigMap(chart, 'settings', { data: { 'app.conf': '1', 'other.conf': '2' } });
    return missingKeyFaults(Volume.fromConfigMap(settings).subPath(key)).map(fault => Faults.describe('volumes', fault));
  };

  test('has to be there', () => {
    expect(mounted('app.conf')).toEqual([]);
    expect(mounted('app.cfg')).toEqual(["KEELSON1303 'volumes' must be a key of the ConfigMap 'settings' (it has 'app.conf', 'other.conf'), got 'app.cfg': "
      + 'add the key, or make the reference optional']);
  });
});
