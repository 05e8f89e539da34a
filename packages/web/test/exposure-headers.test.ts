import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CorsOptions, type ExposureOptions, type HttpsExposureOptions } from '../src';
import { codesOf, long, type Refused, refuses, takes } from './option-cases';

describe('X7 CORS', () => {
  const of = (cors: Partial<CorsOptions>): HttpsExposureOptions => ({ cors: { allowOrigins: ['https://www.example.com'], ...cors } });
  const origin = "scheme and host in lower case, with a port where it is unusual, '*.' for all below a domain, or '*'";
  const name = "a header's name: at most 256 letters, digits and '-'";
  refuses([
    ['no method', of({ allowMethods: [] }), "KEELSON2325 'exposure.cors.allowMethods' must be GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, got an empty list: "
      + "leave 'allowMethods' out for GET, HEAD and POST"],
    ...['put', '*', 'CONNECT'].map((method): Refused => [`method ${method}`, of({ allowMethods: ['GET', method] }),
      `KEELSON2325 'exposure.cors.allowMethods[1]' must be GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, got '${method}': write it in capitals, such as 'PUT'`]),
    ['no origin', of({ allowOrigins: [] }), "KEELSON2326 'exposure.cors.allowOrigins' must be at least one origin, got an empty list: name one, or leave 'cors' out"],
    ['any and another', of({ allowOrigins: ['*', 'https://a.example.com'] }),
      "KEELSON2327 'exposure.cors.allowOrigins' must be '*' alone and without credentials, got '*' beside others: name the origins"],
    ['any with credentials', of({ allowOrigins: ['*'], allowCredentials: true }),
      "KEELSON2327 'exposure.cors.allowOrigins' must be '*' alone and without credentials, got '*' with 'allowCredentials': name the origins"],
    ...['www.example.com', 'https://www.example.com/', 'https://WWW.example.com', 'https://*', 'ws://a.example.com', 'https://a..b', 'https://a.example.com:', 'https://-a.example.com', 'null', ''].map(
      (text): Refused => [`origin '${text}'`, of({ allowOrigins: [text] }),
        `KEELSON2328 'exposure.cors.allowOrigins[0]' must be ${origin}, got '${text}': write it like 'https://www.example.com', without a path`]),
    ['a header that is none', of({ allowHeaders: ['X-A:'] }), `KEELSON2312 'exposure.cors.allowHeaders[0]' must be ${name}, got 'X-A:': write it like 'X-Shop-Tenant'`],
    ['no header to show', of({ exposeHeaders: [''] }), `KEELSON2312 'exposure.cors.exposeHeaders[0]' must be ${name}, got '': write it like 'X-Shop-Tenant'`],
    ['half a second', of({ maxAge: Duration.millis(500) }), "KEELSON2320 'exposure.cors.maxAge' must be whole seconds from 0 to 2147483647, got 0.5 s: try Duration.minutes(10)"],
  ]);
  takes([
    ['any', of({ allowOrigins: ['*'] })], ['all below a domain', of({ allowOrigins: ['https://*.example.com'], allowCredentials: true })], ['a port', of({ allowOrigins: ['http://localhost:3000'] })],
    ['all methods', of({ allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] })], ['no memory', of({ maxAge: Duration.seconds(0) })],
  ]);

  test('an origin that is taken is one that URL knows, as browsers send it', () => {
    fc.assert(fc.property(fc.oneof(fc.webUrl().map(text => new URL(text).origin), fc.stringMatching(/^https?:\/\/[-a-zA-Z0-9.:*/]{0,20}$/)), text => {
      // numbers alone are addresses, and usual ports are left out
      fc.pre(codesOf(of({ allowOrigins: [text] })).length === 0 && !/\*|:0|:80$|:443$|[/.](?:0x[0-9a-f]*|[0-9]+)(?::|$)/.test(text) && URL.canParse(text));
      expect(new URL(text).origin).toBe(text);
    }));
  });
});

describe('X7 headers', () => {
  const of = (changes: ExposureOptions['requestHeaders']): HttpsExposureOptions => ({ requestHeaders: changes });
  const value = '1 to 4096 printable ASCII characters';
  const fix = "write it on one line; to take a header away, name it in 'remove'";
  refuses([
    ['a name that is none', of({ set: { 'X A': 'b' } }),
      "KEELSON2312 'exposure.requestHeaders.set' must be a header's name: at most 256 letters, digits and '-', got 'X A': write it like 'X-Shop-Tenant'"],
    ['the host', of({ set: { Host: 'a' } }),
      "KEELSON2313 'exposure.requestHeaders.set' must be a header that is no matter of the connection, got 'Host': remove it: the gateway sets it itself"],
    ['the connection', { responseHeaders: { remove: ['X-A', 'connection'] } },
      "KEELSON2313 'exposure.responseHeaders.remove[1]' must be a header that is no matter of the connection, got 'connection': remove it: the gateway sets it itself"],
    ['one twice', of({ set: { 'X-A': 'b' }, remove: ['x-a'] }),
      "KEELSON2314 'exposure.requestHeaders.remove[0]' must be one change of each header, got 'x-a', which 'set' has too: keep one of the two"],
    ['an empty value', of({ add: { 'X-A': '' } }), `KEELSON2315 'exposure.requestHeaders.add.X-A' must be ${value}, got '': ${fix}`],
    ['another line', of({ add: { 'X-A': 'a\r\nSet-Cookie: b' } }), `KEELSON2315 'exposure.requestHeaders.add.X-A' must be ${value}, got 'a\\r\\nSet-Cookie: b': ${fix}`],
    ['4097 characters', of({ add: { 'X-A': 'a'.repeat(4097) } }), `KEELSON2315 'exposure.requestHeaders.add.X-A' must be ${value}, got ${long('a'.repeat(4097))}: ${fix}`],
  ]);
  takes([['4096 characters', of({ add: { 'X-A': 'a'.repeat(4096) } })], ['a name of 256', of({ remove: ['a'.repeat(256)] })]]);

  test('a name is taken where HTTP takes it', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.stringMatching(/^[-!#$%&'*+.^_`|~a-zA-Z0-9]{1,30}$/)), header => {
      const fits = (() => {
        try {
          new Headers().set(header, 'x');
          return true;
        } catch {
          return false;
        }
      })();
      const refused = codesOf(of({ remove: [header] })).includes('KEELSON2312');
      // '$' would be a variable for some
      expect(refused).toBe(!fits || header.includes('$'));
    }));
  });
});
