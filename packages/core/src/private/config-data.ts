import { Fault } from '../faults';
import { quoted } from './quoted';

/** The API server counts the bytes of all values; keys and base64 don't count. */
const LARGEST = 1024 * 1024;
const LONGEST_KEY = 253;

/** A good key, told by one test; one that begins with '.' or '_' is looked at more closely. */
const GOOD_KEY = /^[-a-zA-Z0-9][-._a-zA-Z0-9]*$/;

/** Standard base64 with its padding. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What is wrong with a key of a ConfigMap or Secret. */
export function keyFaults(key: string): Fault[] {
  if (typeof key === 'string' && key.length <= LONGEST_KEY && GOOD_KEY.test(key)) {
    return [];
  }
  const add = (allowed: string, fix: string) => [{ code: 'KEELSON1302', got: quoted(key), allowed, fix }];
  if (typeof key !== 'string') {
    return add("a key of letters, digits, '-', '_' and '.'", "name it like 'app.yaml'");
  }
  const clean = key.replace(/[^-._a-zA-Z0-9]+/g, '-').replace(/^\.\.+|^\.$/, '').replace(/^-+|-+$/g, '');
  const fix = clean === '' || clean.startsWith('..') || clean === '.' ? "name it like 'app.yaml'" : `try ${quoted(clean.slice(0, LONGEST_KEY))}`;
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) {
    return add("a key of letters, digits, '-', '_' and '.'", fix);
  }
  if (key === '.' || key.startsWith('..')) {
    return add("a key other than '.' that doesn't begin with '..'", fix);
  }
  if (key === '__proto__') {
    return add("a key other than '__proto__', which JavaScript can't write out", "name it like 'app.yaml'");
  }
  return key.length > LONGEST_KEY ? add(`a key of at most ${LONGEST_KEY} characters`, fix) : [];
}

/** Programs without types, and configuration read from JSON, pass numbers where only text is taken. */
export function textFaults(member: string, value: unknown): Fault[] {
  return typeof value === 'string' ? [] : [{
    code: 'KEELSON1306', member, got: quoted(value), allowed: 'a text', fix: textFix(value),
  }];
}

function textFix(value: unknown): string {
  if (value === undefined || value === null) {
    return 'give it a value, or leave it out';
  }
  return ['number', 'boolean', 'bigint'].includes(typeof value) ? `write '${String(value)}'` : 'write it as text, such as by JSON.stringify';
}

/** What is wrong with the data as a whole. What was got is not shown: it may be a Secret's. */
export function dataFaults(data: unknown): Fault[] {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? [] : [{
    code: 'KEELSON1306', got: typeof data === 'string' ? 'one text' : quoted(data), allowed: 'texts by key', fix: "write it like { 'app.yaml': 'greeting: hello' }",
  }];
}

export function base64Faults(member: string, value: unknown): Fault[] {
  if (typeof value !== 'string') {
    return textFaults(member, value);
  }
  return BASE64.test(value.replace(/[\r\n]/g, '')) ? [] : [{
    code: 'KEELSON1307', member, got: quoted(value), allowed: "base64 of the standard alphabet, padded with '='",
    fix: "encode it with Buffer.from(…).toString('base64'), or put text into 'data'",
  }];
}

/**
 * Base64 as the API server gives it back, so that nothing differs after an apply: on one line, unlike what `base64` prints,
 * and with nothing in the bits that the padding leaves over.
 */
export function canonicalBase64(value: string): string {
  return Buffer.from(value, 'base64').toString('base64');
}

/** What is wrong with the size of a ConfigMap or Secret as a whole: exactly 1 MiB is taken. */
export function sizeFaults(kind: string, data: ReadonlyMap<string, string>, binaryData: ReadonlyMap<string, string>): Fault[] {
  const sizes = [
    ...[...data].map(([key, value]) => ({ key, bytes: Buffer.byteLength(value, 'utf8') })),
    ...[...binaryData].map(([key, value]) => ({ key, bytes: Buffer.from(value, 'base64').length })),
  ];
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= LARGEST) {
    return [];
  }
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  return [{
    code: 'KEELSON1304', got: `${total} bytes`, allowed: `at most ${LARGEST} bytes, all values of the ${kind} together`,
    fix: `move ${quoted(largest.key)} (${largest.bytes} bytes) into the image or onto a volume, or split the ${kind}`,
  }];
}
