import fc from 'fast-check';
import { call, number, text, type Choice, type Expression } from './program.js';

/** What a string, number, duration or size may be: values that are taken, and values just outside that must be refused. */
export interface Domain {
  readonly inside: fc.Arbitrary<Expression>;
  readonly outside: readonly Expression[];
}

/** Random texts of a form, and such as stand at its limits. */
export function texts(form: RegExp, edges: readonly string[], outside: readonly string[]): Domain {
  const drawn = fc.stringMatching(form);
  const inside = edges.length === 0 ? drawn
    : fc.oneof({ weight: 5, arbitrary: drawn }, { weight: 1, arbitrary: fc.constantFrom(...edges) });
  return { inside: inside.map(text), outside: outside.map(text) };
}

/** One of some texts. */
export function words(inside: readonly string[], outside: readonly string[] = []): Domain {
  return { inside: fc.constantFrom(...inside).map(text), outside: outside.map(text) };
}

/** Any text at all. */
export function anyText(outside: readonly string[] = []): Domain {
  return {
    inside: fc.oneof(
      { weight: 4, arbitrary: fc.stringMatching(/^[a-zA-Z0-9 _.-]{1,12}$/) },
      { weight: 1, arbitrary: fc.constantFrom(...TRICKY) },
    ).map(text),
    outside: [...UNSENDABLE, ...outside].map(text),
  };
}

/** Texts that YAML, JSON or a shell would read as something else. */
const TRICKY = [
  'true', 'null', '~', '0x1F', '1e3', '1_000', '08', '2024-01-01', '- a', 'a: b', '# no comment', '"', "'", '\\', '$(HOME)', '$$', '{{ .Values }}',
  ' leading', 'trailing ', 'two\nlines', 'three\n\nlines\n', '\ttab', 'ünïcode', '日本語', '🚀', '=', '<<', 'yes', 'no', '.inf', '%', '@', '`', '\u00a0', '\u2028',
];

/** What API servers refuse, or change, in any text. */
const UNSENDABLE = ['a\u0085b', '\u007f', '\uffff', '\ud800'];

/** Integers between two, with both of them, and the next ones outside. */
export function integers(min: number, max: number, { most = Math.min(max, min + 1000), outside = [] as readonly number[] } = {}): Domain {
  const inside = fc.oneof({ weight: 9, arbitrary: fc.integer({ min, max: most }) }, { weight: 1, arbitrary: fc.constantFrom(min, max) });
  return { inside: inside.map(number), outside: [min - 1, max + 1, min + 0.5, NaN, Infinity, ...outside].map(number) };
}

const duration = (seconds: number): Expression => call('cdk8s.Duration', 'seconds', number(seconds));
const size = (mebibytes: number): Expression => call('cdk8s.Size', 'mebibytes', number(mebibytes));

const INT32 = 2147483647;

/** Whole seconds. `most` keeps random ones small, so that they fit what stands beside. */
export function durations(min: number, max = INT32, { least = min, most = Math.min(max, min + 60), edges = [min] } = {}): Domain {
  const usual = { weight: 9, arbitrary: fc.integer({ min: least, max: most }) };
  const inside = fc.oneof(usual, { weight: 1, arbitrary: fc.constantFrom(...edges) });
  return {
    inside: inside.map(duration),
    outside: [...(min > 0 ? [duration(min - 1)] : []), duration(max + 1), call('cdk8s.Duration', 'millis', number(Math.max(min, 1) * 1000 + 500))],
  };
}

/** Mebibytes from … to, now and then in another unit. */
export function sizes(min: number, max: number): Domain {
  const inside = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min, max }).map(size) },
    { weight: 1, arbitrary: fc.integer({ min: min * 1024, max: max * 1024 }).map((each) => call('cdk8s.Size', 'kibibytes', number(each))) },
  );
  const outside = [size(0), call('cdk8s.Size', 'kibibytes', number(0.0001)), call('cdk8s.Size', 'pebibyte', number(8192))];
  return { inside, outside };
}

/** What is told by the rest of the program. */
export function chosen(among: Choice['among'], of: string, otherwise: Domain): Domain {
  const inside = fc.tuple(otherwise.inside, fc.nat({ max: 7 })).map(([each, index]): Expression => ({ kind: 'choice', among, of, index, otherwise: each }));
  return { inside, outside: otherwise.outside };
}

/** A domain with more, or with other, values outside. */
export function refusing(domain: Domain, outside: readonly string[]): Domain {
  return { inside: domain.inside, outside: outside.map(text) };
}


const L63 = 'x'.repeat(63);

export const label = texts(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/, ['a', L63, 'a--b'], ['', 'A', 'a_b', 'a.b', '-a', 'a-', `${L63}x`, 'a b', 'ü']);
/** A name that others begin or end with something that is added. */
export const shortLabel = texts(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/, ['a', 'a--b', 'x'.repeat(40)], ['', 'A', 'a_b', 'a.b', '-a', 'a-', `${L63}x`, 'a b']);
export const subdomain = texts(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\.[a-z0-9]{1,5})?$/, ['0', 'a.b', 'x'.repeat(253)],
  ['', 'A', 'a_b', '.a', 'a..b', '-a', 'a-', 'x'.repeat(254), 'a b', 'a/b']);
export const labelKey = texts(/^([a-z]{1,4}\.example\.com\/)?[a-zA-Z0-9]([a-zA-Z0-9._-]{0,6}[a-zA-Z0-9])?$/, ['a', L63, `${'x'.repeat(253)}/${L63}`],
  ['', ' ', 'a b', 'a/b/c', '/a', 'A.b/c', `${L63}x`, `${'x'.repeat(254)}/a`, '-a', 'a.']);
/** The API server reads keys of annotations without regard to case. */
export const annotationKey: Domain = { inside: labelKey.inside, outside: labelKey.outside.filter((each) => each.kind === 'text' && each.value !== 'A.b/c') };
export const labelValue = texts(/^([a-zA-Z0-9]([a-zA-Z0-9._-]{0,6}[a-zA-Z0-9])?)?$/, ['', 'A', L63, 'true', '1', '1e3'], ['a b', 'a-', '_a', `${L63}x`, 'ü']);
export const absolutePath = texts(/^(\/[a-z][a-z0-9_.-]{0,5}){1,3}$/, ['/a', '/data', '/etc/app', '/var/lib/a b', '/ü'], ['', 'a', './a', '/', '/a:b', '/a/../b', '/proc', '/proc/x']);
export const relativePath = texts(/^[a-z][a-z0-9_-]{0,5}(\/[a-z0-9_-]{1,5})?$/, ['a', 'a.b', 'a b', 'ü'], ['', '/a', '..', '..a', 'a/../b', '../a']);
export const cidr: Domain = {
  inside: fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constantFrom('10', '172', '192', '100', '203'), fc.nat({ max: 255 }), fc.nat({ max: 255 })).map(([a, b, c]) => `${a}.${b}.${c}.0/24`) },
    { weight: 1, arbitrary: fc.constantFrom('10.0.0.0/8', '203.0.113.7/32', '2001:db8::/32', '2001:db8::1/128', '0.0.0.0/0', '::/0', '2001:DB8::/32', '64:ff9b::/96') },
  ).map(text),
  outside: ['', '10.0.0.0', '10.0.0.0/33', '10.0.0.1/8', '010.0.0.0/8', '::ffff:10.0.0.0/104', 'a', '10.0.0.0/8 ', '10.0.0/8', '10.0.0.0/-1', '10.0.0.0/08', 'fe80::%eth0/10', '2001:db8::/129'].map(text),
};
export const ip = words(['169.254.20.10', '10.96.0.10', '2001:db8::a', '8.8.8.8', '::1'], ['', '10.0.0', '10.0.0.256', 'dns', '10.0.0.1/32', '010.0.0.1', '::ffff:10.0.0.1', 'fe80::1%eth0']);
export const nodePort = integers(30000, 32767, { most: 31000, outside: [80] });
export const port = integers(1, 65535, { most: 65535, outside: [-1] });
export const portName = texts(/^[a-z][a-z0-9]{1,6}-[a-z0-9]{1,5}$/, ['a1', 'x'.repeat(15)], ['', 'A', 'x'.repeat(16), '8080', '-a', 'a-', 'a--b', 'a_b', 'ü']);
export const image = texts(/^registry\.example\.com\/shop\/[a-z]{1,8}:[0-9]\.[0-9]$/,
  ['web:1', 'localhost:5000/web:1', `web@sha256:${'0'.repeat(64)}`, `registry.example.com/web:1.0@sha256:${'a'.repeat(64)}`, `web:${'x'.repeat(128)}`],
  ['', ' ', 'web', 'web:latest', 'Web:1', 'web:', 'web@sha256:abc', 'https://web:1', 'web: 1', '/web:1', 'a//b:1', `web:${'x'.repeat(129)}`, 'registry.example.com:99999/web:1', 'web:-a', 'web@']);
export const host = words(['shop.example.com', 'a.b.example.com', 'api.example.org', '*.example.com', `${'x'.repeat(63)}.example.com`, 'xn--bcher-kva.example.com', '1.example.com', 'localhost'],
  ['', 'Bad Host', 'A.example.com', 'a_b.example.com', 'shop.example.com.', 'shop.example.com:443', 'https://shop.example.com', '10.0.0.1', '*', 'a.*.example.com', '*a.example.com', `${'x'.repeat(64)}.example.com`, `${'x.'.repeat(127)}`, '-a.example.com', '::1', 'shop..example.com']);
export const exactHost: Domain = { inside: host.inside.filter((each) => each.kind === 'text' && !each.value.startsWith('*')), outside: host.outside };
export const configKey = words(['app.yaml', 'LOG_LEVEL', 'ca.crt', '..data'.slice(2), '.hidden', '-'], ['', 'a b', 'a/b', '..', '.', '..x', 'x'.repeat(254), 'ü', '__proto__']);
export const envName = texts(/^[A-Z]{1,5}_[A-Z0-9_]{1,6}$/, ['A', 'a.b', '-', '_', 'x-y'], ['', '1A', 'A B', 'A=B', '.', '..', '..A', 'ü']);
export const word = texts(/^[a-z-]{1,8}$/, ['--flag=1', '$(HOME)', '', ' ', '8080', 'true', 'two\nlines', 'ü'], []);
/** A word that may come first in a command. */
export const program = texts(/^[a-z-]{1,8}$/, ['/bin/sh', '--flag=1', '$(HOME)', '8080', 'true', 'two\nlines', 'ü'], []);
export const userId = integers(10001, INT32);
export const annotationValue = anyText();
export const count = (min = 1): Domain => integers(min, INT32, { most: min + 9, outside: [-1] });
