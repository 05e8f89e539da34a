import { describe, expect, test } from 'vitest';
import { ConfigMap, EnvFieldPath, EnvFrom, EnvValue, Faults, type IConfigMap, type IEnvValue, type ISecret, ResourceFieldPath, Secret } from '../src';

const settings = ConfigMap.fromConfigMapName('settings');
const db = Secret.fromSecretName('db');
const faultsOf = (value: unknown) => EnvValue.faultsOf(value as IEnvValue).map(fault => Faults.describe('env.A', fault));

describe('C1 C2 EnvValue', () => {
  test.each([
    [EnvValue.fromValue('x'), undefined],
    [EnvValue.fromValue(''), undefined],
    [EnvValue.fromConfigMap(settings, 'level'), { configMapKeyRef: { name: 'settings', key: 'level' } }],
    [EnvValue.fromConfigMap(settings, 'level', { optional: true }), { configMapKeyRef: { name: 'settings', key: 'level', optional: true } }],
    [EnvValue.fromSecretValue({ secret: db, key: 'password' }), { secretKeyRef: { name: 'db', key: 'password' } }],
    [EnvValue.fromFieldRef(EnvFieldPath.POD_NAME), { fieldRef: { fieldPath: 'metadata.name' } }],
    [EnvValue.fromFieldRef(EnvFieldPath.label('example.com/team')), { fieldRef: { fieldPath: "metadata.labels['example.com/team']" } }],
    [EnvValue.fromFieldRef(EnvFieldPath.annotation('a')), { fieldRef: { fieldPath: "metadata.annotations['a']" } }],
    [EnvValue.fromResource(ResourceFieldPath.CPU_LIMIT), { resourceFieldRef: { resource: 'limits.cpu' } }],
    [EnvValue.fromResource(ResourceFieldPath.MEMORY_LIMIT, { divisor: '1Mi', container: 'web' }),
      { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi', containerName: 'web' } }],
  ])('%#', (value, valueFrom) => {
    expect(value.valueFrom).toEqual(valueFrom);
    expect(faultsOf(value)).toEqual([]);
  });

  test('reads what the downward API offers', () => {
    const { POD_NAME, POD_NAMESPACE, POD_UID, POD_IP, POD_IPS, NODE_NAME, NODE_IP, SERVICE_ACCOUNT_NAME } = EnvFieldPath;
    expect([POD_NAME, POD_NAMESPACE, POD_UID, POD_IP, POD_IPS, NODE_NAME, NODE_IP, SERVICE_ACCOUNT_NAME].map(({ path }) => path)).toEqual([
      'metadata.name', 'metadata.namespace', 'metadata.uid', 'status.podIP', 'status.podIPs', 'spec.nodeName', 'status.hostIP', 'spec.serviceAccountName']);
  });
});

describe('EnvValue: refused', () => {
  test.each([
    [EnvValue.fromSecretValue({ secret: settings, key: 'k' }),
      "KEELSON1300 'env.A' must be a Secret, got the ConfigMap 'settings': pass a Secret, or use the factory for a ConfigMap"],
    [EnvValue.fromConfigMap(db, 'k'), "KEELSON1300 'env.A' must be a ConfigMap, got the Secret 'db': pass a ConfigMap, or use the factory for a Secret"],
    [EnvValue.fromConfigMap(settings, 'a b'), "KEELSON1302 'env.A.key' must be a key of letters, digits, '-', '_' and '.', got 'a b': try 'a-b'"],
    [EnvValue.fromConfigMap(ConfigMap.fromConfigMapName('Bad_Name'), 'k'),
      "KEELSON1062 'env.A.name' must be lower-case letters, digits, '-' and '.' for a ConfigMap, got 'Bad_Name': try 'bad-name'"],
    [EnvValue.fromFieldRef(EnvFieldPath.label('a b')), "KEELSON1052 'env.A' must be a label key of letters, digits, '-', '_' and '.', "
      + "with a letter or digit at both ends, got 'a b': try 'a-b'"],
    [EnvValue.fromResource(ResourceFieldPath.CPU_LIMIT, { divisor: '1Mi' }), "KEELSON1316 'env.A.divisor' must be one of '1', '1m' for limits.cpu, got '1Mi': "
      + 'the value is divided by it and rounded up: choose the unit you need'],
    [EnvValue.fromValue(8080 as unknown as string), "KEELSON1311 'env.A' must be a text, got the number 8080: write EnvValue.fromValue('8080')"],
    [EnvValue.fromValue(undefined as unknown as string), "KEELSON1310 'env.A' must be a value, got none: set it, or leave the variable out; "
      + 'where it is read from the environment of synth, set it there'],
    [EnvValue.fromValue({} as unknown as string), "KEELSON1311 'env.A' must be a text, got an object: write EnvValue.fromValue(…)"],
    [Secret.fromSecretName(undefined as unknown as string).envValue('k'),
      "KEELSON1060 'env.A.name' must be a name for the Secret, got undefined: name it like 'storefront'"],
    [db.envValue(undefined as unknown as string),
      "KEELSON1302 'env.A.key' must be a key of letters, digits, '-', '_' and '.', got undefined: name it like 'app.yaml'"],
    [EnvValue.fromConfigMap('settings' as unknown as IConfigMap, 'k'),
      "KEELSON1300 'env.A' must be a ConfigMap, got 'settings': write ConfigMap.fromConfigMapName('settings')"],
    [EnvValue.fromConfigMap(undefined as unknown as IConfigMap, 'k'), "KEELSON1300 'env.A' must be a ConfigMap, got undefined: pass a ConfigMap"],
    [EnvValue.fromSecretValue({ secret: { name: 'db' } as unknown as ISecret, key: 'k' }), "KEELSON1300 'env.A' must be a Secret, got an object: pass a Secret"],
  ])('fails for what it is given: %#', (value, message) => {
    expect(faultsOf(value)).toEqual([message]);
  });

  test.each([
    ['neither value nor source', {}, "KEELSON1310 'env.A' must be a value, got none: set it, or leave the variable out; "
      + 'where it is read from the environment of synth, set it there'],
    ['both', { value: 'x', valueFrom: {} }, "KEELSON1315 'env.A' must be a value or where it comes from, got value and valueFrom: drop one of the two"],
    ['a number', { value: 1 }, "KEELSON1311 'env.A' must be a text, got the number 1: write EnvValue.fromValue('1')"],
    ['a bare text', 'x', "KEELSON1311 'env.A' must be an EnvValue, got a text: write EnvValue.fromValue(…)"],
    ['nothing', undefined, "KEELSON1310 'env.A' must be a value, got none: set it, or leave the variable out; "
      + 'where it is read from the environment of synth, set it there'],
  ])('fails for %s, which others may have made', (_, value, message) => {
    expect(faultsOf(value)).toEqual([message]);
  });
});

describe('C1 C2 EnvFrom', () => {
  const described = (from: EnvFrom) => from.faults.map(fault => Faults.describe('envFrom', fault));

  test('takes all of a ConfigMap or Secret', () => {
    expect([EnvFrom.configMap(settings)._render(), EnvFrom.secret(db, { prefix: 'DB_', optional: true })._render()]).toEqual([
      { configMapRef: { name: 'settings' } }, { prefix: 'DB_', secretRef: { name: 'db', optional: true } }]);
  });

  test('fails for nothing', () => {
    const from = EnvFrom.secret(undefined as unknown as ISecret);
    expect([described(from), from._render()]).toEqual([["KEELSON1300 'envFrom' must be a Secret, got undefined: pass a Secret"], { secretRef: {} }]);
  });

  test('fails for the wrong kind and a bad prefix', () => {
    expect(described(EnvFrom.secret(settings, { prefix: '1 ' }))).toEqual([
      "KEELSON1300 'envFrom' must be a Secret, got the ConfigMap 'settings': pass a Secret, or use the factory for a ConfigMap",
      "KEELSON1312 'envFrom.prefix' must be a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..', got '1 ': name it like 'LOG_LEVEL'",
    ]);
  });
});
