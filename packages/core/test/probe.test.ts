import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults, HttpScheme, Probe, type ProbeOptions } from '../src';

type Kind = 'startup' | 'readiness' | 'liveness';

const KINDS: Kind[] = ['startup', 'readiness', 'liveness'];
const HTTP = { name: 'http', number: 8080 };
const seconds = (amount: number) => Duration.seconds(amount);
const faultsAs = (kind: Kind, probe: Probe) => probe._faultsAs(kind).map(fault => Faults.describe(kind, fault));
const rendered = (kind: Kind, probe: Probe, port?: { name?: string; number: number }): unknown =>
  JSON.parse(JSON.stringify(probe._render(kind, port)));

describe('W4 probes: what is asked', () => {
  const action = (probe: Probe, port?: { name?: string; number: number }) => {
    const { httpGet, tcpSocket, exec, grpc } = probe._render('readiness', port) as Record<string, unknown>;
    return { httpGet, tcpSocket, exec, grpc };
  };

  test('the port is the first of the container, by its name where the API takes one', () => {
    expect(action(Probe.http('/readyz'), HTTP)).toEqual({ httpGet: { path: '/readyz', port: 'http' } });
    expect(action(Probe.http('/readyz'), { number: 8080 })).toEqual({ httpGet: { path: '/readyz', port: 8080 } });
    expect(action(Probe.tcp(), HTTP)).toEqual({ tcpSocket: { port: 'http' } });
    expect(action(Probe.grpc(), HTTP)).toEqual({ grpc: { port: 8080 } });
  });

  test('a port of its own wins, and the container can look it up', () => {
    const probes = [Probe.http('/', { port: 9090 }), Probe.tcp({ port: 9090 }), Probe.grpc({ port: 9090 })];
    expect(probes.map(probe => action(probe, HTTP))).toEqual([{ httpGet: { path: '/', port: 9090 } }, { tcpSocket: { port: 9090 } }, { grpc: { port: 9090 } }]);
    expect([...probes, Probe.tcp(), Probe.exec(['a'])].map(probe => [probe._port, probe._needsPort]))
      .toEqual([[9090, true], [9090, true], [9090, true], [undefined, true], [undefined, false]]);
  });

  test('HTTP has scheme and headers, and never a host', () => {
    expect(action(Probe.http('/a?b=c%20d', { scheme: HttpScheme.HTTPS, headers: { Host: 'shop.example.com' } }), HTTP)).toEqual({
      httpGet: { path: '/a?b=c%20d', port: 'http', scheme: 'HTTPS', httpHeaders: [{ name: 'Host', value: 'shop.example.com' }] },
    });
  });

  test('gRPC has a service name where one is given', () => {
    expect([Probe.grpc({ service: 'shop.Orders' }), Probe.grpc({ service: '' })].map(probe => action(probe, HTTP)))
      .toEqual([{ grpc: { port: 8080, service: 'shop.Orders' } }, { grpc: { port: 8080 } }]);
  });

  test('a command is taken as it is, and later changes of the list are not', () => {
    const command = ['sh', '-c', 'test -f /tmp/ready'];
    const probe = Probe.exec(command);
    expect(action(probe)).toEqual({ exec: { command: ['sh', '-c', 'test -f /tmp/ready'] } });
    command.push('more');
    expect(probe.faults).toEqual([]);
  });
});

describe('W4 probes: times', () => {
  test('liveness is more patient than readiness, and start-up most of all', () => {
    expect(KINDS.map(kind => rendered(kind, Probe.tcp(), HTTP))).toEqual([
      { tcpSocket: { port: 'http' }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 30 },
      { tcpSocket: { port: 'http' }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 },
      { tcpSocket: { port: 'http' }, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 6 },
    ]);
  });

  test('each can be set', () => {
    const options: ProbeOptions = {
      period: Duration.minutes(1), timeout: seconds(60), initialDelay: seconds(0), failureThreshold: 2, terminationGracePeriod: seconds(1),
    };
    expect(rendered('liveness', Probe.exec(['a'], options))).toEqual({
      exec: { command: ['a'] }, periodSeconds: 60, timeoutSeconds: 60, initialDelaySeconds: 0, failureThreshold: 2, terminationGracePeriodSeconds: 1,
    });
    expect(KINDS.filter(kind => kind !== 'readiness').flatMap(kind => faultsAs(kind, Probe.exec(['a'], options)))).toEqual([]);
    expect(rendered('readiness', Probe.exec(['a'], { successThreshold: 2 }))).toMatchObject({ successThreshold: 2 });
    expect(faultsAs('readiness', Probe.exec(['a'], { successThreshold: 2 }))).toEqual([]);
    expect(KINDS.flatMap(kind => faultsAs(kind, Probe.exec(['a'], { successThreshold: 1 })))).toEqual([]);
  });

  test('a default timeout is never longer than the period', () => {
    const probe = Probe.tcp({ period: seconds(1) });
    expect(KINDS.map(kind => rendered(kind, probe, HTTP))).toMatchObject(KINDS.map(() => ({ periodSeconds: 1, timeoutSeconds: 1 })));
    expect(KINDS.flatMap(kind => faultsAs(kind, probe))).toEqual([]);
  });

  test.each<[Kind, ProbeOptions, string[]]>([
    ['readiness', { period: seconds(0) }, ["KEELSON1121 'readiness.period' must be at least 1 s, got 0 s: try Duration.seconds(1)"]],
    ['readiness', { timeout: Duration.millis(1500) }, ["KEELSON1123 'readiness.timeout' must be whole seconds, got 1.5 s: try Duration.seconds(2)"]],
    ['readiness', { initialDelay: Duration.millis(500) }, ["KEELSON1123 'readiness.initialDelay' must be whole seconds, got 0.5 s: try Duration.seconds(1)"]],
    ['liveness', { terminationGracePeriod: seconds(0) },
      ["KEELSON1121 'liveness.terminationGracePeriod' must be at least 1 s, got 0 s: try Duration.seconds(1)"]],
    ['liveness', { failureThreshold: 0 }, ["KEELSON1237 'liveness.failureThreshold' must be an integer from 1, got 0: count from 1 on"]],
    ['readiness', { successThreshold: 1.5 }, ["KEELSON1237 'readiness.successThreshold' must be an integer from 1, got 1.5: count from 1 on"]],
    ['readiness', { failureThreshold: NaN }, ["KEELSON1237 'readiness.failureThreshold' must be an integer from 1, got NaN: count from 1 on"]],
    ['liveness', { successThreshold: 2 },
      ["KEELSON1238 'liveness.successThreshold' must be 1 for a liveness probe, got 2: remove it: one success is enough"]],
    ['startup', { successThreshold: 2 }, ["KEELSON1238 'startup.successThreshold' must be 1 for a startup probe, got 2: remove it: one success is enough"]],
    ['readiness', { terminationGracePeriod: seconds(5) },
      ["KEELSON1239 'readiness.terminationGracePeriod' must be left out for a readiness probe, got 5 s: remove it: a readiness probe restarts nothing"]],
    ['liveness', { period: seconds(4), timeout: seconds(5) },
      ["KEELSON1240 'liveness.timeout' must be at most the probe's period, 4 s, got 5 s: shorten it, or lengthen 'period'"]],
    ['readiness', { timeout: seconds(6) },
      ["KEELSON1240 'readiness.timeout' must be at most the probe's period, 5 s, got 6 s: shorten it, or lengthen 'period'"]],
  ])('fails as %s for %o', (kind, options, messages) => {
    expect(faultsAs(kind, Probe.tcp(options))).toEqual(messages);
  });

  test.each<[Kind, number]>([['readiness', 5], ['startup', 5], ['liveness', 10]])('as %s takes a timeout of %d s, the default period', (kind, timeout) => {
    expect(faultsAs(kind, Probe.tcp({ timeout: seconds(timeout) }))).toEqual([]);
    expect(faultsAs(kind, Probe.tcp({ timeout: seconds(timeout + 1) }))).toHaveLength(1);
  });
});

describe('W4 probes: mistakes in the question', () => {
  const PATH = "a path from '/' on, without spaces, '#', '..' and a second '/' at its start";
  const faults = (probe: Probe) => probe.faults.map(fault => Faults.describe('readiness', fault));

  test.each(['/', '/readyz', '/a/b.json?x=1&y=%2F', '/..a', '/a..', '/a?..', '/ü', "/it's"])('takes %s', (path) => {
    expect(faults(Probe.http(path))).toEqual([]);
  });

  test.each([
    ['', "write it like '/healthz'"],
    ['readyz', "try '/readyz'"],
    ['http://localhost:8080/readyz', "try '/readyz'"],
    ['//readyz', "try '/readyz'"],
    ['/a/../readyz', "try '/a/readyz'"],
    ['/ready now', "try '/ready%20now'"],
    ['/readyz#x', "try '/readyz'"],
    ['/100%', "write it like '/healthz'"],
    ['/a\nb', "try '/a%20b'"],
  ])("fails for the path '%s'", (path, fix) => {
    expect(faults(Probe.http(path))).toEqual([`KEELSON1230 'readiness.path' must be ${PATH}, got '${path.replace('\n', '\\n')}': ${fix}`]);
  });

  test('a path that is suggested is taken', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[/.a#% ?]{0,9}$/)), (path) => {
      const better = /: try '([^…]*)'$/.exec(faults(Probe.http(path))[0] ?? '')?.[1];
      expect(better === undefined || better.includes('\\') ? [] : faults(Probe.http(better))).toEqual([]);
    }));
  });

  test.each([1, 65535])('takes port %d', (port) => {
    expect([Probe.http('/', { port }), Probe.tcp({ port }), Probe.grpc({ port })].flatMap(faults)).toEqual([]);
  });

  test.each([0, 65536, 1.5])('fails for port %d', (port) => {
    const message = `KEELSON1090 'readiness.port' must be an integer from 1 to 65535, got ${port}: give the port that is listened on`;
    expect([Probe.http('/', { port }), Probe.tcp({ port }), Probe.grpc({ port })].flatMap(faults)).toEqual([message, message, message]);
  });

  test('fails for headers that HTTP has not', () => {
    expect(faults(Probe.http('/', { headers: { 'X Probe': 'a', 'X-Other': 'a\r\nb' } }))).toEqual([
      "KEELSON1231 'readiness.headers' must be header names of letters, digits and '-', got 'X Probe': write it like 'X-Probe'",
      "KEELSON1232 'readiness.headers.X-Other' must be a text on one line, got 'a\\r\\nb': remove line breaks and control characters, and quote numbers",
    ]);
  });

  test.each<[string[], string]>([
    [[], "KEELSON1233 'readiness.command' must be a command, got no words: write it like ['/app/check', '--fast']"],
    [['check', 5 as unknown as string], "KEELSON1234 'readiness.command' must be a command of texts, got 5 as word 2: write '5'"],
    [['', 'x'], "KEELSON1236 'readiness.command' must be a command with its program first, got '': write it like ['/app/check', '--fast']"],
    [['pg_isready -U app'], "KEELSON1235 'readiness.command' must be a command with one word an entry, as no shell splits it, "
      + "got one word 'pg_isready -U app': try ['pg_isready', '-U', 'app']"],
  ])('fails for the command %j', (command, message) => {
    expect(faults(Probe.exec(command))).toEqual([message]);
  });
});

describe('W4 probes: two that learn the same', () => {
  const same = (a: Probe, b: Probe, first?: number) => [a._asksSameAs(b, first), b._asksSameAs(a, first)];

  test('ask the same of the same port', () => {
    expect(same(Probe.http('/x'), Probe.http('/x', { period: seconds(9), headers: { A: 'b' } }))).toEqual([true, true]);
    expect(same(Probe.tcp(), Probe.tcp())).toEqual([true, true]);
    expect(same(Probe.grpc({ service: 'a' }), Probe.grpc({ service: 'a' }))).toEqual([true, true]);
    expect(same(Probe.exec(['a', 'b']), Probe.exec(['a', 'b']))).toEqual([true, true]);
    expect(same(Probe.tcp(), Probe.tcp({ port: 80 }), 80)).toEqual([true, true]);
  });

  test('and else are different', () => {
    expect(same(Probe.http('/x'), Probe.http('/y'))).toEqual([false, false]);
    expect(same(Probe.http('/x'), Probe.http('/x', { port: 81 }), 80)).toEqual([false, false]);
    expect(same(Probe.grpc(), Probe.grpc({ service: 'a' }))).toEqual([false, false]);
    expect(same(Probe.exec(['a b']), Probe.exec(['a', 'b']))).toEqual([false, false]);
    expect(same(Probe.tcp(), Probe.grpc())).toEqual([false, false]);
  });
});
