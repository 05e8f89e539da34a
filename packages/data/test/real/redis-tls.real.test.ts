import { Certificate, Monitoring } from '@keelson/core';
import { Size } from 'cdk8s';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DatabaseTls, Redis, RedisVersion, Storage } from '../../src';
import { Shop, type Rendered } from '../rendered';
import { Authority, serialOf, servedSerial } from './authority';
import { RedisSandbox } from './redis-server';

const PASSWORDS: Record<string, string> = { root: String.raw`r"00't`, app: "a'pp", metrics: 'm' };
const CERTIFICATE = '/run/secrets/tls';
const AUTHORITY = '/run/secrets/authority';

describe('F-D21 a real Redis with TLS', () => {
  const customResources = ['cert-manager.io/v1/Certificate', 'monitoring.coreos.com/v1/PodMonitor'];
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack(), customResources });
  new Redis(shop.chart, 'sessions', {
    version: RedisVersion.of('7.0', 'registry.example.com/redis:7.0'), storage: Storage.dynamic(Size.gibibytes(1)), metrics: true,
    tls: DatabaseTls.required(Certificate.issuedBy('internal-ca')),
  });
  const { initContainers, containers: [pod] } = shop.object('StatefulSet', 'sessions').spec.template.spec;
  const named = (name: string): Rendered => initContainers.find((each: Rendered) => each.name === name);
  const wanted: Rendered = shop.object('Certificate', 'sessions-tls').spec;
  const authority = new Authority();
  const first = authority.issue(wanted);
  const wrong = new Authority().certificate;
  let redis: RedisSandbox;
  let reload: { readonly said: () => string };

  const ask = (how: readonly string[], ...command: readonly string[]) => redis.run(
    ['redis-cli', '-p', String(redis.port), ...how, '--user', 'app', '--no-auth-warning', ...command], { REDISCLI_AUTH: PASSWORDS.app ?? '' },
  ).output.trim();
  const verified = ['--tls', '--cacert', `${AUTHORITY}/ca.crt`];

  beforeAll(async () => {
    redis = await RedisSandbox.make();
    for (const [role, password] of Object.entries(PASSWORDS)) redis.write(`/run/secrets/${role}/password`, password);
    redis.mountSecret(CERTIFICATE, first, 0o440);
    redis.mountSecret(AUTHORITY, { 'ca.crt': first['ca.crt'] }, 0o440);
    redis.mountSecret('/run/secrets/wrong', { 'ca.crt': wrong }, 0o440);
    for (const name of ['check-version', 'prepare']) redis.run(named(name).command);
    const configuration: string = shop.object('ConfigMap', 'sessions-etc-redis').data['redis.conf'];
    redis.write('/etc/redis/redis.conf', configuration.replace('tls-port 6379', `tls-port ${redis.port}`));
    reload = redis.beside(named('reload-certificate').command.map((word: string) => word.replace('sleep 10', 'sleep 0.2')));
    redis.launch(pod.args);
    await redis.until(() => redis.run(pod.readinessProbe.exec.command).code === 0);
  });

  afterAll(async () => {
    await redis.remove();
    authority.remove();
  });

  test('probes say that it works; only whether it is ready depends on the certificate', () => {
    const codes = () => ['startupProbe', 'livenessProbe', 'readinessProbe'].map(probe => redis.run(pod[probe].exec.command).code === 0);
    expect(codes()).toEqual([true, true, true]);
    redis.mountSecret(AUTHORITY, { 'ca.crt': wrong }, 0o440);
    try {
      expect(codes()).toEqual([true, true, false]);
    } finally {
      redis.mountSecret(AUTHORITY, { 'ca.crt': first['ca.crt'] }, 0o440);
    }
  });

  test('a client without TLS gets no answer, and one that trusts another authority refuses the server', () => {
    expect(ask(verified, 'PING')).toBe('PONG');
    expect(ask([], 'PING')).not.toContain('PONG');
    expect(ask(['--tls', '--cacert', '/run/secrets/wrong/ca.crt'], 'PING')).toMatch(/certificate verify failed/);
    expect(() => servedSerial(redis.port, undefined, '-tls1_1')).toThrow();
    expect(servedSerial(redis.port, undefined, '-tls1_3')).toBe(serialOf(first['tls.crt']));
  });

  test('the exporter finds its password by the address that it asks', () => {
    const exporter = named('metrics');
    const address = (exporter.args as string[]).find(word => word.startsWith('--redis.addr='))?.split('=')[1] ?? '';
    expect(address).toBe('rediss://127.0.0.1:6379');
    expect(JSON.parse(redis.read('/run/redis-metrics/passwords.json'))).toEqual({ [address.replace('//', '//keelson_metrics@')]: 'm' });
    expect(exporter.args).toContain(`--tls-ca-cert-file=${AUTHORITY}/ca.crt`);
    expect(wanted.ipAddresses).toEqual(['127.0.0.1']);
  });

  test('a renewed certificate is shown without a restart, and the sidecar says so once', async () => {
    await redis.until(() => reload.said().includes('the server shows'));
    const before = reload.said();
    expect(before.match(/^the server shows/gm)).toHaveLength(1);
    expect(servedSerial(redis.port)).toBe(serialOf(first['tls.crt']));
    const second = authority.issue(wanted);
    redis.mountSecret(CERTIFICATE, second, 0o440);
    await redis.until(() => servedSerial(redis.port) === serialOf(second['tls.crt']));
    await new Promise(resolve => setTimeout(resolve, 1000));
    expect(reload.said()).toBe(`${before}the server shows the certificate that is mounted now\n`);
    expect(ask(verified, 'SET', 'a', '1')).toBe('OK');
    expect(before).not.toContain(PASSWORDS.root);
  });

  test('a certificate that is no good is said, and the old one stays', async () => {
    const good = servedSerial(redis.port);
    const before = reload.said();
    redis.mountSecret(CERTIFICATE, { 'tls.crt': 'no certificate', 'tls.key': 'no key' }, 0o440);
    await redis.until(() => reload.said() !== before);
    expect(reload.said().slice(before.length)).toMatch(/^it doesn't yet: .*Unable to update TLS configuration/);
    expect(servedSerial(redis.port)).toBe(good);
    expect(redis.run(pod.readinessProbe.exec.command).code).toBe(0);
  });
});
