import { isIP, isIPv6 } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Cidr, Faults } from '../src';
import { ipAddressOf, ipAddressText } from '../src/private/ip-address';

const faultsOf = (cidr: Cidr) => cidr.faults.map(fault => Faults.describe('cidr', fault));
const mapped = (got: string, fix: string) => `KEELSON1085 'cidr' must be a CIDR without an IPv4 address written as IPv6, got '${got}': ${fix}`;
const zeros = (got: string, better: string) => `KEELSON1084 'cidr' must be a CIDR without leading zeros, got '${got}': try '${better}'`;
const set = (got: string, better: string, one: string) =>
  `KEELSON1083 'cidr' must be a CIDR with no bits set beyond the prefix length, got '${got}': try '${better}', or '${one}' for the one address`;
const length = (got: string, most: number, one: string) =>
  `KEELSON1082 'cidr' must be a CIDR with a prefix length from 0 to ${most}, got '${got}': try '${one}' for the one address`;
const not = (got: string) => `KEELSON1080 'cidr' must be a CIDR, got '${got}': write it like '10.0.0.0/8' or '2001:db8::/32'`;

describe('N5 Cidr: text', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8', 'IPv4'], ['0.0.0.0/0', '0.0.0.0/0', 'IPv4'], ['255.255.255.255/32', '255.255.255.255/32', 'IPv4'], ['128.0.0.0/1', '128.0.0.0/1', 'IPv4'],
    ['::/0', '::/0', 'IPv6'], ['2001:DB8::/32', '2001:db8::/32', 'IPv6'], ['2001:0db8:0:0:0:0:0:0/32', '2001:db8::/32', 'IPv6'], ['::1/128', '::1/128', 'IPv6'],
    ['64:ff9b::192.0.2.0/120', '64:ff9b::c000:200/120', 'IPv6'], ['fe80::/10', 'fe80::/10', 'IPv6'], ['8000::/1', '8000::/1', 'IPv6'],
    ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128', 'IPv6'], ['1:0:2:3:4:5:6:7/128', '1:0:2:3:4:5:6:7/128', 'IPv6'],
  ])('takes %s as %s', (written, text, family) => {
    const cidr = Cidr.of(written);
    expect([cidr.text, cidr.ipFamily, faultsOf(cidr)]).toEqual([text, family, []]);
  });

  test('of one address has the full length', () => {
    expect([Cidr.host('10.1.2.3'), Cidr.host('2001:DB8::1')].map(cidr => [cidr.text, ...faultsOf(cidr)])).toEqual([['10.1.2.3/32'], ['2001:db8::1/128']]);
  });
});

describe('N5 Cidr: validation', () => {
  test.each([[undefined, 'undefined'], [null, 'null'], [10, '10'], [{}, 'an object'], [['10.0.0.0/8'], 'a list']])(
    'fails for %j, which programs without types may pass', (given, got) => {
      const text = given as unknown as string;
      expect([Cidr.of(text), Cidr.host(text)].flatMap(faultsOf)).toEqual([
        `KEELSON1080 'cidr' must be a CIDR, got ${got}: write it like '10.0.0.0/8' or '2001:db8::/32'`,
        `KEELSON1087 'cidr' must be an IP address, got ${got}: write it like '10.1.2.3' or '2001:db8::1'`,
      ]);
      expect([Cidr.of(text).text, Cidr.of(text).overlaps(Cidr.ANY_IPV4)]).toEqual(['', false]);
    });

  test.each([
    ['', not('')], ['x', not('x')], ['999.0.0.0/99', not('999.0.0.0/99')], ['10.0.0/8', not('10.0.0/8')], ['256.0.0.0/8', not('256.0.0.0/8')],
    [':::/0', not(':::/0')], ['1::2::3/64', not('1::2::3/64')], ['1:2:3:4:5:6:7:8:9/64', not('1:2:3:4:5:6:7:8:9/64')], ['12345::/16', not('12345::/16')],
    [' 10.0.0.0/8', not(' 10.0.0.0/8')], ['1.2.3.4::/64', not('1.2.3.4::/64')], ['/8', not('/8')],
    ['10.0.0.0', "KEELSON1081 'cidr' must be a CIDR with a prefix length, got '10.0.0.0': try '10.0.0.0/32' for the one address"],
    ['2001:DB8::1', "KEELSON1081 'cidr' must be a CIDR with a prefix length, got '2001:DB8::1': try '2001:db8::1/128' for the one address"],
    ['10.0.0.0/33', length('10.0.0.0/33', 32, '10.0.0.0/32')], ['::/129', length('::/129', 128, '::/128')], ['10.0.0.0/', length('10.0.0.0/', 32, '10.0.0.0/32')],
    ['10.0.0.0/-1', length('10.0.0.0/-1', 32, '10.0.0.0/32')], ['10.0.0.0/8/8', length('10.0.0.0/8/8', 32, '10.0.0.0/32')],
    ['10.0.0.0/255.0.0.0', length('10.0.0.0/255.0.0.0', 32, '10.0.0.0/32')], ['10.0.0.0/8 ', length('10.0.0.0/8 ', 32, '10.0.0.0/32')],
    ['10.0.0.1/8', set('10.0.0.1/8', '10.0.0.0/8', '10.0.0.1/32')], ['1.0.0.0/0', set('1.0.0.0/0', '0.0.0.0/0', '1.0.0.0/32')],
    ['2001:db8::1/32', set('2001:db8::1/32', '2001:db8::/32', '2001:db8::1/128')], ['::1/0', set('::1/0', '::/0', '::1/128')],
    ['010.0.0.0/8', zeros('010.0.0.0/8', '10.0.0.0/8')], ['10.00.0.0/8', zeros('10.00.0.0/8', '10.0.0.0/8')], ['10.0.0.0/08', zeros('10.0.0.0/08', '10.0.0.0/8')],
    ['::/00', zeros('::/00', '::/0')], ['64:ff9b::192.0.02.0/120', zeros('64:ff9b::192.0.02.0/120', '64:ff9b::c000:200/120')],
    ['::ffff:10.0.0.0/104', mapped('::ffff:10.0.0.0/104', "try '10.0.0.0/8'")], ['::ffff:a00:1/128', mapped('::ffff:a00:1/128', "try '10.0.0.1/32'")],
    ['::ffff:10.0.0.1/104', mapped('::ffff:10.0.0.1/104', "try '10.0.0.0/8'")], ['::ffff:10.0.0.0/64', mapped('::ffff:10.0.0.0/64', 'write it as IPv4')],
    ['fe80::%eth0/10', "KEELSON1086 'cidr' must be a CIDR without a zone, got 'fe80::%eth0/10': try 'fe80::/10'"],
  ])("fails for '%s'", (written, message) => {
    expect(faultsOf(Cidr.of(written))).toEqual([message]);
    expect(Cidr.of(written).text).toBe(written);
  });

  test.each(['10.0.0.0/8', 'db', '', '010.0.0.1', '10.0.0', '::1%lo'])("fails for the address '%s'", (address) => {
    expect(faultsOf(Cidr.host(address))).toEqual([`KEELSON1087 'cidr' must be an IP address, got '${address}': write it like '10.1.2.3' or '2001:db8::1'`]);
  });

  test('an invalid block contains and overlaps nothing, not even itself', () => {
    const [bad, any] = [Cidr.of('10.0.0.1/8'), Cidr.of('0.0.0.0/0')];
    const answers = [bad.contains(bad), bad.overlaps(bad), any.contains(bad), bad.contains(any), any.overlaps(bad)];
    expect(answers).toEqual([false, false, false, false, false]);
  });
});

describe('Cidr: containment', () => {
  test.each([
    ['10.0.0.0/8', '10.1.0.0/16', true], ['10.1.0.0/16', '10.0.0.0/8', false], ['10.0.0.0/8', '10.0.0.0/8', true], ['10.0.0.0/9', '10.128.0.0/9', false],
    ['0.0.0.0/0', '255.255.255.255/32', true], ['0.0.0.0/0', '0.0.0.0/0', true], ['::/0', '2001:db8::/32', true], ['::/0', '0.0.0.0/0', false], ['0.0.0.0/0', '::/0', false],
  ])('%s contains %s: %s', (one, other, contained) => {
    expect(Cidr.of(one).contains(Cidr.of(other))).toBe(contained);
  });

  test('any address is in the block of its family', () => {
    expect(Cidr.ANY_IPV4.contains(Cidr.host('8.8.8.8')) && Cidr.ANY_IPV6.contains(Cidr.host('2001:db8::1'))).toBe(true);
    expect([Cidr.ANY_IPV4, Cidr.ANY_IPV6].flatMap(faultsOf)).toEqual([]);
  });
});

describe('Cidr: any address', () => {
  const ipv4 = fc.ipV4();
  const ipv6 = fc.oneof(fc.ipV6(), fc.array(fc.constantFrom('0', '00', '1', 'Ab', 'ffff'), { minLength: 8, maxLength: 8 }).map(groups => groups.join(':')));
  const nearly = fc.stringMatching(/^[0-9a-g:.%]{0,20}$/);
  const blocks = fc.oneof(
    fc.tuple(ipv4, fc.integer({ min: 0, max: 32 })), fc.tuple(fc.constantFrom('10.0.0.0', '10.128.0.0', '0.0.0.0', '10.0.0.1'), fc.integer({ min: 0, max: 32 })),
    fc.tuple(ipv6, fc.integer({ min: 0, max: 128 })),
  ).map(([address, bits]) => `${address}/${bits}`).map((text) => {
    const better = /try '([^']*)'/.exec(faultsOf(Cidr.of(text))[0] ?? '')?.[1];
    return Cidr.of(better ?? text);
  }).filter(cidr => cidr.faults.length === 0);

  test('is read exactly where node:net reads it', () => {
    fc.assert(fc.property(fc.oneof(ipv4, ipv6, nearly), (text) => {
      // Zones are no part of an address here.
      expect(ipAddressOf(text)?.bits ?? 0).toBe(text.includes('%') ? 0 : [0, 32, 128][isIP(text) === 0 ? 0 : isIPv6(text) ? 2 : 1]);
    }), { numRuns: 1000 });
  });

  test('is written as the URL standard writes it, and read back', () => {
    fc.assert(fc.property(fc.oneof(ipv4, ipv6), (text) => {
      const address = ipAddressOf(text) ?? { value: -1n, bits: 0 };
      const written = ipAddressText(address);
      expect(new URL(`http://${text.includes(':') ? `[${text}]` : text}`).hostname).toBe(text.includes(':') ? `[${written}]` : written);
      expect(ipAddressOf(written)).toEqual(address);
    }), { numRuns: 1000 });
  });

  test('what a message suggests is a block, and canonical text stays as it is', () => {
    fc.assert(fc.property(blocks, (cidr) => {
      expect([Cidr.of(cidr.text).text, faultsOf(Cidr.of(cidr.text))]).toEqual([cidr.text, []]);
    }));
  });

  test('two blocks overlap exactly where one contains the other', () => {
    fc.assert(fc.property(blocks, blocks, (a, b) => {
      expect(a.overlaps(b)).toBe(a.contains(b) || b.contains(a));
      expect(a.overlaps(b)).toBe(b.overlaps(a));
      expect(a.contains(b) && b.contains(a)).toBe(a.text === b.text);
    }));
  });
});
