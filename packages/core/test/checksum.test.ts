import { App, Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ConfigMap, EnvFrom, EnvValue, Faults, PersistentVolumeClaim, Secret, Volume } from '../src';
import { configChecksum, type PodConfig } from '../src/private/checksum';
import { foreignNamespaceFaults, missingKeyFaults } from '../src/private/references';

const chart = (namespace?: string) => new Chart(new App(), 'shop', { namespace });
const made = (data: Record<string, string> = { a: '1', b: '2' }) => new ConfigMap(chart(), 'settings', { data });
const checksum = (config: Partial<PodConfig>) => configChecksum({ env: [], envFrom: [], volumes: [], ...config });
const key = (configMap: ConfigMap, name: string) => ({ env: [EnvValue.fromConfigMap(configMap, name, { optional: true })] });

describe('C3 a config change rolls the pods', () => {
  test('is nothing where the pod refers to nothing of this app', () => {
    expect(checksum({})).toBeUndefined();
    expect(checksum({
      env: [EnvValue.fromValue('x'), Secret.fromSecretName('db').envValue('a')],
      envFrom: [EnvFrom.configMap(ConfigMap.fromConfigMapName('theirs'))],
      volumes: [Volume.emptyDir(), Volume.apiAccess(), Volume.fromClaim(new PersistentVolumeClaim(chart(), 'data', { size: Size.gibibytes(1) }))],
    })).toBeUndefined();
  });

  test('is a SHA-256 that stays the same for ever', () => {
    expect(checksum({ envFrom: [EnvFrom.configMap(made())] })).toBe('99cad76846f6fcdc93967c64b2b0bbb4b5679f7b671427984b9dd01ce99e7db8');
  });

  test('changes with a key that is taken, and with no other', () => {
    expect(checksum(key(made({ a: '1', b: 'x' }), 'a'))).toBe(checksum(key(made(), 'a')));
    expect(checksum(key(made({ a: 'x', b: '2' }), 'a'))).not.toBe(checksum(key(made(), 'a')));
    const file = (data: Record<string, string>) => checksum({ volumes: [Volume.fromConfigMap(made(data), { items: { a: 'f' } }).subPath('f')] });
    expect(file({ a: '1', b: 'x' })).toBe(file({ a: '1' }));
    expect(file({ a: 'x' })).not.toBe(file({ a: '1' }));
  });

  test('changes with any key where all are taken', () => {
    const asEnv = (c: ConfigMap) => ({ envFrom: [EnvFrom.configMap(c)] });
    const asFiles = (c: ConfigMap) => ({ volumes: [Volume.fromConfigMap(c)] });
    for (const config of [asEnv, asFiles]) {
      expect(checksum(config(made({ a: '1', b: 'x' })))).not.toBe(checksum(config(made())));
      expect(checksum(config(made({ a: '1' })))).not.toBe(checksum(config(made())));
    }
    const both = (c: ConfigMap) => checksum({ ...key(c, 'a'), volumes: [Volume.fromConfigMap(c)] });
    expect(both(made({ a: '1', b: 'x' }))).not.toBe(both(made()));
  });

  test('counts a Secret of this app, and bytes', () => {
    const secret = (password: string) => checksum({
      volumes: [Volume.projected([Volume.fromSecret(Secret.unsafePlaintext(chart(), 'db', { stringData: { password } }))])],
    });
    expect(secret('x')).not.toBe(secret('y'));
    const bytes = (binaryData: Record<string, string>) => checksum({ volumes: [Volume.fromConfigMap(new ConfigMap(chart(), 'c', { binaryData }))] });
    expect(bytes({ a: 'AP8=' })).not.toBe(bytes({ a: 'AP4=' }));
  });

  test('is of what is there at synth, whoever came first', () => {
    const [early, late, other] = [made(), made({ b: '2' }), Secret.unsafePlaintext(chart(), 'db', { stringData: { x: 'y' } })];
    const lateConfig = { env: [other.envValue('x')], envFrom: [EnvFrom.configMap(late)] };
    late.addData('a', '1');
    expect(checksum(lateConfig)).toBe(checksum({ volumes: [Volume.fromSecret(other, { items: { x: 'f' } }), Volume.fromConfigMap(early)] }));
  });

  test('of inline files, changes with them', () => {
    const inline = (text: string) => checksum({ volumes: [Volume.inline({ a: text })._withConfigMap(made({ a: text }))] });
    expect(inline('x')).not.toBe(inline('y'));
  });
});

describe('references', () => {
  const described = (faults: ReturnType<typeof missingKeyFaults>) => faults.map(fault => Faults.describe('env.A', fault));

  test('fails for a key that the ConfigMap of this app does not have at synth', () => {
    const [configMap, empty] = [made(), made({})];
    expect(described(missingKeyFaults(EnvValue.fromConfigMap(configMap, 'c')))).toEqual([
      "KEELSON1303 'env.A' must be a key of the ConfigMap 'settings' (it has 'a', 'b'), got 'c': add the key, or make the reference optional"]);
    expect(described(missingKeyFaults(Volume.fromConfigMap(empty, { items: { c: 'c' } })))).toEqual([
      "KEELSON1303 'env.A' must be a key of the ConfigMap 'settings' (it has none), got 'c': add the key, or make the reference optional"]);
    const value = EnvValue.fromConfigMap(empty, 'late');
    empty.addData('late', '');
    expect(missingKeyFaults(value)).toEqual([]);
  });

  test('takes a missing key where it is optional, or where the object is made elsewhere', () => {
    expect(missingKeyFaults(EnvValue.fromConfigMap(made(), 'c', { optional: true }))).toEqual([]);
    expect(missingKeyFaults(EnvValue.fromConfigMap(ConfigMap.fromConfigMapName('theirs'), 'c'))).toEqual([]);
    expect(missingKeyFaults(EnvFrom.configMap(made({})))).toEqual([]);
  });

  test('fails for an object of another namespace', () => {
    const there = EnvValue.fromConfigMap(new ConfigMap(chart('billing'), 'settings', { data: { a: '1' } }), 'a');
    expect(described(foreignNamespaceFaults(there, 'shop'))).toEqual(["KEELSON1301 'env.A' must be a ConfigMap of namespace 'shop', "
      + "got 'settings' of namespace 'billing': pods reach their own namespace only: have the ConfigMap there too"]);
    expect(foreignNamespaceFaults(Volume.fromClaim(PersistentVolumeClaim.fromClaimName('data', 'billing')), 'shop')).toHaveLength(1);
    expect(foreignNamespaceFaults(EnvFrom.secret(Secret.fromSecretName('db', 'billing')), 'shop')).toHaveLength(1);
  });

  test('takes an object of the same namespace, or where one of the two is not known', () => {
    const value = (namespace?: string) => EnvValue.fromConfigMap(new ConfigMap(chart(namespace), 'settings'), 'a');
    expect([...foreignNamespaceFaults(value('shop'), 'shop'), ...foreignNamespaceFaults(value(), 'shop'), ...foreignNamespaceFaults(value('shop'), undefined)]).toEqual([]);
  });
});
