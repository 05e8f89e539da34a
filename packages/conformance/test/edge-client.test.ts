import { createServer as createHttp, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerHttp, answerUpgrade, visitsOf } from '../src/edge/back-end/http.js';
import { frame, unframe } from '../src/edge/back-end/grpc.js';
import { acceptOf, readFrame, writeFrame } from '../src/edge/back-end/web-socket.js';
import { send, type Answer, type Sent } from '../src/edge/client.js';
import { CookieJar } from '../src/edge/cookie-jar.js';
import { factsOf, type Surroundings } from '../src/edge/facts.js';
import type { Fact } from '../src/edge/edge-case.js';

let server: Server;
let port = 0;

beforeAll(async () => {
  server = createHttp(answerHttp).on('upgrade', answerUpgrade);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  port = (server.address() as AddressInfo).port;
});

afterAll(() => { server.close(); });

const ask = (path: string, more: Partial<Sent> = {}): Promise<Answer> =>
  send({ url: new URL(`http://shop.example.com:${port}${path}`), proxy: '127.0.0.1', from: '127.0.0.9', ca: '', ...more });

const surroundings: Surroundings = { appAt: (address) => (address === '127.0.0.1' ? 'shop' : undefined), ownerOf: () => 'of the app', arrived: [], visited: [] };
const facts = (asked: Fact[], ...answers: Answer[]): Record<string, string | undefined> =>
  Object.fromEntries(factsOf(asked, answers, surroundings));

test('a request arrives as it was sent, and what the app saw comes back', async () => {
  const answer = await ask('/a?b=c', { method: 'POST', bytes: 1000, headers: { 'x-note': 'hello' } });
  const asked: Fact[] = [
    'status', 'app', 'seen method', 'seen path', 'seen bytes', 'seen host', 'seen x-note', 'seen x-other', 'answer content-type', 'endpoints',
  ];
  expect(facts(asked, answer)).toEqual({
    'status': '200', 'app': 'shop', 'seen method': 'POST', 'seen path': '/a?b=c', 'seen bytes': '1000', 'seen host': `shop.example.com:${port}`,
    'seen x-note': 'hello', 'seen x-other': undefined, 'answer content-type': 'application/json', 'endpoints': '1',
  });
});

test('the query says what the app answers', async () => {
  const answer = await ask('/?status=418&text=20&header=set-cookie:a=1&header=set-cookie:b=2');
  expect(facts(['status', 'text', 'answer set-cookie', 'app'], answer)).toEqual({ 'status': '418', 'text': 'keelson keelson keel', 'answer set-cookie': 'a=1, b=2', 'app': undefined });
});

test('an app that fails at first answers later, and counts', async () => {
  const headers = { 'x-edge-id': 'one' };
  const statuses = [await ask('/?fail=1', { headers }), await ask('/?fail=1', { headers })];
  expect(facts(['status'], ...statuses)).toEqual({ status: '200 and 503' });
  expect(visitsOf('one')).toHaveLength(2);
  await expect(ask('/?fail=1&reset', { headers: { 'x-edge-id': 'two' } })).rejects.toThrow('socket hang up');
});

test('a WebSocket gives back what is said to it', async () => {
  const answer = await ask('/room', { as: 'web-socket' });
  expect(facts(['status', 'app', 'seen path', 'text'], answer)).toEqual({ 'status': '101', 'app': 'shop', 'seen path': '/room', 'text': 'hello from the edge' });
});

test('nobody there is an error', async () => {
  await expect(send({ url: new URL('http://a.example.com:1/'), proxy: '127.0.0.1', from: '127.0.0.1', ca: '' })).rejects.toThrow('ECONNREFUSED');
});

// RFC 6455, 1.3
test('the accept key is that of the standard', () => {
  expect(acceptOf('dGhlIHNhbXBsZSBub25jZQ==')).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test.each(['', 'hello', 'x'.repeat(125), 'x'.repeat(126), 'ä'.repeat(30_000)])('a frame is read as it was written', (text) => {
  for (const mask of [undefined, Buffer.from([1, 2, 3, 250])]) {
    const written = writeFrame(text, mask);
    expect(readFrame(Buffer.concat([written, Buffer.from('more')]))).toEqual({ text, size: written.length });
    expect(readFrame(written.subarray(0, -1))).toBeUndefined();
  }
});

test('a gRPC message is read as it was written', () => {
  expect(unframe(frame('hällo'))).toBe('hällo');
});

test('cookies are kept until they are over', () => {
  const jar = new CookieJar();
  expect(jar.header).toBeUndefined();
  jar.take(['a=1; Path=/; HttpOnly', 'b=x=y; Max-Age=60', 'c=3']);
  expect(jar.header).toBe('a=1; b=x=y; c=3');
  jar.take(['a=; Max-Age=0', 'c=; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
  expect(jar.header).toBe('b=x=y');
});
