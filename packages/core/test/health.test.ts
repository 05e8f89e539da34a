import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Faults, Health, HttpScheme, Probe } from '../src';

const HTTP = { name: 'http', number: 8080 };
const faultsOf = (health: Health) => health.faults.map(fault => Faults.describe('health', fault));
const probes = (health: Health): unknown => JSON.parse(JSON.stringify({
  startup: health._startup?._render('startup', HTTP),
  readiness: health._readiness._render('readiness', HTTP),
  liveness: health._liveness?._render('liveness', HTTP),
}));

const STARTUP = { periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 30 };
const READINESS = { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 };
const LIVENESS = { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 };
const COPY = 'ask what fails only when a restart helps: an app that is busy, or waits for its database, must not be restarted';

describe('W4 health', () => {
  test('over HTTP asks two paths, and the live one until it has started', () => {
    const health = Health.http({ ready: '/readyz', live: '/livez' });
    expect(faultsOf(health)).toEqual([]);
    expect(probes(health)).toEqual({
      startup: { httpGet: { path: '/livez', port: 'http' }, ...STARTUP },
      readiness: { httpGet: { path: '/readyz', port: 'http' }, ...READINESS },
      liveness: { httpGet: { path: '/livez', port: 'http' }, ...LIVENESS },
    });
  });

  test('over HTTP takes port, scheme, headers, a path for start-up and its time', () => {
    const health = Health.http({
      ready: '/r', live: '/l', startup: '/s', port: 9090, scheme: HttpScheme.HTTPS, headers: { Host: 'a.b' }, startupTimeout: Duration.seconds(61),
    });
    const asked = (path: string) => ({ httpGet: { path, port: 9090, scheme: 'HTTPS', httpHeaders: [{ name: 'Host', value: 'a.b' }] } });
    expect(faultsOf(health)).toEqual([]);
    expect(probes(health)).toEqual({
      startup: { ...asked('/s'), ...STARTUP, failureThreshold: 13 },
      readiness: { ...asked('/r'), ...READINESS },
      liveness: { ...asked('/l'), ...LIVENESS },
    });
  });

  test('over gRPC asks the server for readiness, and by default only for a connection for liveness', () => {
    expect(probes(Health.grpc())).toEqual({
      startup: { tcpSocket: { port: 'http' }, ...STARTUP }, readiness: { grpc: { port: 8080 }, ...READINESS }, liveness: { tcpSocket: { port: 'http' }, ...LIVENESS },
    });
    expect(probes(Health.grpc({ ready: 'ready', live: 'live', port: 9000 }))).toEqual({
      startup: { grpc: { port: 9000, service: 'live' }, ...STARTUP },
      readiness: { grpc: { port: 9000, service: 'ready' }, ...READINESS },
      liveness: { grpc: { port: 9000, service: 'live' }, ...LIVENESS },
    });
    expect([Health.grpc(), Health.grpc({ live: 'live' }), Health.grpc({ ready: 'a', live: '' })].flatMap(faultsOf)).toEqual([]);
  });

  test('by commands runs two', () => {
    const health = Health.exec({ ready: ['check', 'ready'], live: ['check', 'live'], startupTimeout: Duration.minutes(10) });
    expect(faultsOf(health)).toEqual([]);
    expect(probes(health)).toEqual({
      startup: { exec: { command: ['check', 'live'] }, ...STARTUP, failureThreshold: 120 },
      readiness: { exec: { command: ['check', 'ready'] }, ...READINESS },
      liveness: { exec: { command: ['check', 'live'] }, ...LIVENESS },
    });
  });

  test('by TCP has no liveness, as a connection says nothing about it', () => {
    const health = Health.tcp({ port: 5432 });
    expect(faultsOf(health)).toEqual([]);
    const tcpSocket = { port: 5432 };
    expect(probes(health)).toEqual({ startup: { tcpSocket, ...STARTUP }, readiness: { tcpSocket, ...READINESS } });
  });

  test('takes three probes as they are', () => {
    expect(probes(Health.probes({ readiness: Probe.tcp() }))).toEqual({ readiness: { tcpSocket: { port: 'http' }, ...READINESS } });
    const all = Health.probes({ readiness: Probe.tcp(), liveness: Probe.http('/l'), startup: Probe.tcp({ failureThreshold: 9 }) });
    expect(faultsOf(all)).toEqual([]);
    expect(probes(all)).toMatchObject({ liveness: { httpGet: { path: '/l' } }, startup: { failureThreshold: 9 } });
  });

  test.each([
    [Health.http({ ready: '/healthz', live: '/healthz' }), `KEELSON1241 'health.live' must be another question than readiness asks, got http /healthz, as for readiness: ${COPY}`],
    [Health.grpc({ ready: 'a', live: 'a' }), `KEELSON1241 'health.live' must be another question than readiness asks, got grpc service 'a', as for readiness: ${COPY}`],
    [Health.grpc({ live: '' }), `KEELSON1241 'health.live' must be another question than readiness asks, got grpc, as for readiness: ${COPY}`],
    [Health.exec({ ready: ['a'], live: ['a'] }), `KEELSON1241 'health.live' must be another question than readiness asks, got exec ["a"], as for readiness: ${COPY}`],
    [Health.probes({ readiness: Probe.tcp({ port: 1 }), liveness: Probe.tcp({ port: 1 }) }),
      `KEELSON1241 'health.liveness' must be another question than readiness asks, got tcp, as for readiness: ${COPY}`],
  ])('fails where liveness is a copy of readiness (%#)', (health, message) => {
    expect(faultsOf(health)).toEqual([message]);
  });

  test('fails with all mistakes under the names they were written as, each once', () => {
    const path = "a path from '/' on, without spaces, '#', '..' and a second '/' at its start";
    expect(faultsOf(Health.http({ ready: 'r', live: 'l', startup: 's', port: 0, startupTimeout: Duration.seconds(4) }))).toEqual([
      "KEELSON1121 'health.startupTimeout' must be at least 5 s, got 4 s: try Duration.seconds(5)",
      "KEELSON1090 'health.port' must be an integer from 1 to 65535, got 0: give the port that is listened on",
      `KEELSON1230 'health.ready' must be ${path}, got 'r': try '/r'`,
      `KEELSON1230 'health.live' must be ${path}, got 'l': try '/l'`,
      `KEELSON1230 'health.startup' must be ${path}, got 's': try '/s'`,
    ]);
    expect(faultsOf(Health.exec({ ready: [], live: ['a b'] }))).toEqual([
      "KEELSON1233 'health.ready' must be a command, got no words: write it like ['/app/check', '--fast']",
      "KEELSON1235 'health.live' must be a command with one word an entry, as no shell splits it, got one word 'a b': try ['a', 'b']",
    ]);
    expect(faultsOf(Health.tcp({ port: 0 }))).toEqual(["KEELSON1090 'health.port' must be an integer from 1 to 65535, got 0: give the port that is listened on"]);
    expect(faultsOf(Health.probes({
      readiness: Probe.tcp({ terminationGracePeriod: Duration.seconds(1) }), liveness: Probe.exec([], { successThreshold: 2 }),
    }))).toEqual([
      "KEELSON1239 'health.readiness.terminationGracePeriod' must be left out for a readiness probe, got 1 s: remove it: a readiness probe restarts nothing",
      "KEELSON1233 'health.liveness.command' must be a command, got no words: write it like ['/app/check', '--fast']",
      "KEELSON1238 'health.liveness.successThreshold' must be 1 for a liveness probe, got 2: remove it: one success is enough",
    ]);
  });

  test('keeps its faults to itself: its probes have none, so that containers say nothing twice', () => {
    const { _readiness, _liveness, _startup } = Health.http({ ready: 'r', live: 'r' });
    expect([_readiness._faultsAs('readiness'), _liveness?._faultsAs('liveness'), _startup?._faultsAs('startup')]).toEqual([[], [], []]);
    expect(Health.probes({ readiness: Probe.tcp({ terminationGracePeriod: Duration.seconds(1) }) })._readiness._faultsAs('readiness')).toEqual([]);
  });

  test.each([[5, 1], [6, 2], [150, 30]])('gives %d s in %d questions to start', (seconds, failureThreshold) => {
    const health = Health.tcp({ startupTimeout: Duration.seconds(seconds) });
    expect(probes(health)).toMatchObject({ startup: { periodSeconds: 5, failureThreshold } });
    expect(faultsOf(health)).toEqual([]);
  });
});

test('paths under other names than ready and live are said to be missing, and nothing else', () => {
  expect(Health.http({ readiness: '/a', liveness: '/b' } as never).faults.map(fault => Faults.describe('health', fault))).toEqual(['ready', 'live'].map(name =>
    `KEELSON1230 'health.${name}' must be a path from '/' on, without spaces, '#', '..' and a second '/' at its start, got undefined: write it, such as '/readyz'`));
});
