/**
 * The values of cdk8s-plus-27 are ours too: `npm run typecheck` is the test that they are assignable, vitest that they
 * render. Only tests load it; core and the blocks never do.
 */
import { Chart, Testing } from 'cdk8s';
// @boundaries-ignore a devDependency of the root, so that this comment is the one way to it: src is refused.
import * as kplus from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import {
  Cpu, EnvFrom, EnvValue, ExternalNameService, ExternalNameTarget, Faults, type IConfigMap, type ICpu, type IEnvValue,
  type IPersistentVolumeClaim, type ISecret, type IService, type IServiceAccount, Service, Volume,
} from '../src';
import { configChecksum } from '../src/private/checksum';
import { renderEnv } from '../src/private/env';
import { foreignNamespaceFaults } from '../src/private/references';
import { renderCpu } from '../src/private/quantity';

const cpus: ICpu[] = [kplus.Cpu.units(0.5), kplus.Cpu.millis(250), Cpu.millis(250)];

test('Cpu of cdk8s-plus is an ICpu, and renders as ours', () => {
  expect(cpus.map(renderCpu)).toEqual(['500m', '250m', '250m']);
  expect(cpus.flatMap(cpu => Cpu.faultsOf(cpu))).toEqual([]);
});

test('fails for an amount that cdk8s-plus lets pass', () => {
  expect(Cpu.faultsOf(kplus.Cpu.millis(-1)).map(fault => fault.code)).toEqual(['KEELSON1070']);
});

const chart = Testing.chart();
const secret: ISecret = kplus.Secret.fromSecretName(chart, 'secret', 'db');
const basicAuth: ISecret = new kplus.BasicAuthSecret(chart, 'basic', { username: 'u', password: 'p' });
const configMap: IConfigMap = kplus.ConfigMap.fromConfigMapName(chart, 'config', 'settings');
const account: IServiceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'theirs');
const claim: IPersistentVolumeClaim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'data');
const ownConfigMap = (level: string): IConfigMap => new kplus.ConfigMap(Testing.chart(), 'own', { data: { level } });
const env: { [name: string]: IEnvValue } = {
  PLAIN: kplus.EnvValue.fromValue('x'),
  SECRET: EnvValue.fromSecretValue({ secret, key: 'password' }),
  THEIRS: kplus.Secret.fromSecretName(chart, 'secret2', 'db').envValue('password'),
  CONFIG: EnvValue.fromConfigMap(configMap, 'level'),
  FIELD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
  DIVISOR: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { divisor: '1m' }),
};

test('EnvValue of cdk8s-plus is an IEnvValue, and renders as ours', () => {
  expect(renderEnv(new Map(Object.entries(env)))).toEqual([
    { name: 'PLAIN', value: 'x' },
    { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
    { name: 'THEIRS', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
    { name: 'CONFIG', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
    { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'DIVISOR', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
  ]);
  expect(Object.values(env).flatMap(value => EnvValue.faultsOf(value))).toEqual([]);
});

test('a Service of cdk8s-plus is an IService', () => {
  const theirs: IService = new kplus.Service(new Chart(Testing.app(), 'data', { namespace: 'data' }), 'orders', { ports: [{ port: 80 }] });
  const shop = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const alias = new ExternalNameService(shop, 'db', { target: ExternalNameTarget.service(theirs) });
  expect([alias.externalName, Service.hostOf(theirs, shop)]).toEqual([0, 1].map(() => `${theirs.name}.data.svc.cluster.local`));
});

test('Secrets, ConfigMaps, claims and accounts of cdk8s-plus are ours, too', () => {
  const volumes = [Volume.fromSecret(secret), Volume.fromSecret(basicAuth), Volume.fromConfigMap(configMap), Volume.fromClaim(claim)];
  expect([...volumes, EnvFrom.secret(secret), EnvFrom.configMap(configMap)].flatMap(({ faults }) => faults)).toEqual([]);
  expect(volumes[2]?._render()).toEqual({ projected: { defaultMode: 0o444, sources: [{ configMap: { name: 'settings' } }] } });
  expect([account.kind, claim.kind]).toEqual(['ServiceAccount', 'PersistentVolumeClaim']);
});

test('a ConfigMap of cdk8s-plus in this app rolls the pods when it changes', () => {
  const checksum = (level: string) => configChecksum({ env: [EnvValue.fromConfigMap(ownConfigMap(level), 'level')], envFrom: [], volumes: [] });
  expect(checksum('info')).not.toBe(checksum('debug'));
  expect(configChecksum({ env: Object.values(env), envFrom: [], volumes: [] })).toBeUndefined();
});

test('fails for an object of cdk8s-plus in another namespace', () => {
  const there = new kplus.ConfigMap(Testing.chart(), 'own', { metadata: { namespace: 'billing' } });
  expect(foreignNamespaceFaults(EnvFrom.configMap(there), 'shop').map(fault => fault.code)).toEqual(['KEELSON1301']);
});

test('fails for a ConfigMap where a Secret is meant, which the compiler lets pass', () => {
  expect(EnvValue.fromSecretValue({ secret: configMap, key: 'level' }).faults?.map(fault => Faults.describe('env.PASSWORD', fault))).toEqual([
    "KEELSON1300 'env.PASSWORD' must be a Secret, got the ConfigMap 'settings': pass a Secret, or use the factory for a ConfigMap"]);
});

test('fails for a variable that cdk8s-plus takes from the environment of synth, where it is not set', () => {
  expect(EnvValue.faultsOf(kplus.EnvValue.fromProcess('KEELSON_NOT_SET')).map(fault => Faults.describe('env.A', fault))).toEqual([
    "KEELSON1310 'env.A' must be a value, got none: set it, or leave the variable out; where it is read from the environment of synth, set it there"]);
});
