import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults, Port, Protocol } from '../src';

const faultsOf = (port: Port) => port.faults.map(fault => Faults.describe('port', fault));
const notAPort = (got: string) => `KEELSON1090 'port' must be an integer from 1 to 65535, got ${got}: give the port that is listened on`;

describe('Port: one', () => {
  test('has number, protocol and a text', () => {
    const ports = [Port.tcp(8080), Port.udp(53), Port.sctp(9)];
    expect(ports.map(({ number, endPort, protocol, text }) => ({ number, endPort, protocol, text }))).toEqual([
      { number: 8080, protocol: 'TCP', text: '8080/TCP' }, { number: 53, protocol: 'UDP', text: '53/UDP' }, { number: 9, protocol: 'SCTP', text: '9/SCTP' },
    ]);
  });

  test.each([1, 65535])('takes %d', (number) => {
    expect([Port.tcp(number), Port.udp(number), Port.sctp(number)].flatMap(faultsOf)).toEqual([]);
  });

  test.each([0, -1, 65536, 70000, 1.5, NaN, Infinity])('fails for %d', (number) => {
    expect([Port.tcp(number), Port.udp(number), Port.sctp(number)].map(faultsOf)).toEqual([1, 2, 3].map(() => [notAPort(String(number))]));
  });

  test("fails for '8080' in a text, which programs without types may pass", () => {
    expect(faultsOf(Port.tcp('8080' as unknown as number))).toEqual([notAPort("'8080'")]);
  });
});

describe('Port: a range', () => {
  test('has both ends', () => {
    const { number, endPort, protocol, text, faults } = Port.range(Protocol.UDP, 30000, 30010);
    expect({ number, endPort, protocol, text, faults }).toEqual({ number: 30000, endPort: 30010, protocol: 'UDP', text: '30000-30010/UDP', faults: [] });
    expect(faultsOf(Port.range(Protocol.TCP, 1, 65535))).toEqual([]);
  });

  test('of one port is that port', () => {
    expect(Port.range(Protocol.TCP, 80, 80)).toEqual(Port.tcp(80));
    expect(Port.range(Protocol.TCP, 80, 80).endPort).toBeUndefined();
  });

  test.each([
    [0, 80, [notAPort('0')]],
    [80, 65536, [notAPort('65536')]],
    [0, 65536, [notAPort('0'), notAPort('65536')]],
    [81, 80, ["KEELSON1091 'port' must be a range from a lower to a higher port, got 81-80: write 80 first"]],
  ])('fails for %d-%d', (from, to, messages) => {
    expect(faultsOf(Port.range(Protocol.TCP, from, to))).toEqual(messages);
  });

  test('texts are equal exactly where ports are', () => {
    const ports = fc.tuple(fc.constantFrom(Protocol.TCP, Protocol.UDP), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .map(([protocol, a, b]) => Port.range(protocol, Math.min(a, b), Math.max(a, b)));
    const parts = (port: Port) => JSON.stringify([port.protocol, port.number, port.endPort ?? null]);
    fc.assert(fc.property(ports, ports, (a, b) => {
      expect(a.text === b.text).toBe(parts(a) === parts(b));
    }));
  });
});

describe('Port: names', () => {
  const named = (name: string) => Port.nameFaultsOf(name).map(fault => Faults.describe('name', fault));

  test.each(['http', 'a', '8080a', 'grpc-web', 'a23456789012345'])('takes %s', (name) => {
    expect(named(name)).toEqual([]);
  });

  test.each([
    ['', "KEELSON1092 'name' must be lower-case letters, digits and '-', got '': name it like 'http'"],
    ['Http', "KEELSON1092 'name' must be lower-case letters, digits and '-', got 'Http': try 'http'"],
    ['my_port', "KEELSON1092 'name' must be lower-case letters, digits and '-', got 'my_port': try 'my-port'"],
    ['8080', "KEELSON1094 'name' must be a name with at least one letter, got '8080': name it like 'http'"],
    ['a--b', "KEELSON1095 'name' must be a name with single '-', none of them at an end, got 'a--b': try 'a-b'"],
    ['-a', "KEELSON1095 'name' must be a name with single '-', none of them at an end, got '-a': try 'a'"],
    ['a-', "KEELSON1095 'name' must be a name with single '-', none of them at an end, got 'a-': try 'a'"],
    ['a234567890123456', "KEELSON1093 'name' must be at most 15 characters long, got 'a234567890123456': try 'a23456789012345'"],
  ])("fails for '%s'", (name, message) => {
    expect(named(name)).toEqual([message]);
  });

  test('takes exactly what RFC 6335 takes, and suggests such a name', () => {
    fc.assert(fc.property(fc.oneof(fc.stringMatching(/^[-a-cA-C0-2]{0,17}$/), fc.string({ unit: 'binary', maxLength: 20 })), (name) => {
      const [message] = named(name);
      expect(message === undefined).toBe(/^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(name));
      const better = /: try '(.*)'$/.exec(message ?? '')?.[1];
      expect(better === undefined ? [] : named(better)).toEqual([]);
    }));
  });
});
