import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { frame, unframe } from './back-end/grpc.js';
import { readFrame, writeFrame } from './back-end/web-socket.js';
import type { EdgeRequest } from './edge-case.js';

const TIMEOUT_MS = 20_000;

/** A request as it goes out. */
export interface Sent extends Pick<EdgeRequest, 'method' | 'headers' | 'bytes' | 'as'> {
  readonly url: URL;
  /** Address of the proxy. */
  readonly proxy: string;
  /** Address that the request comes from; any where the other end is no loopback address. */
  readonly from: string | undefined;
  /** Certificate of the authority that the client trusts. */
  readonly ca: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The name in the certificate, if the client trusts it for the host; empty if not. */
  readonly certificate?: string;
  /** What a WebSocket gave back of what was said to it. */
  readonly message?: string;
}

/** Sends a request on a connection of its own, by what its host says and to where the proxy is. */
export function send(sent: Sent): Promise<Answer> {
  return sent.as === 'grpc' ? callGrpc(sent) : ask(sent);
}

/** Says this, and waits to hear it. */
const WORDS = 'hello from the edge';

function ask({ url, method = 'GET', headers = {}, bytes = 0, as, proxy, from, ca }: Sent): Promise<Answer> {
  const key = randomBytes(16).toString('base64');
  const upgrade = as !== 'web-socket' ? {} : {
    'connection': 'Upgrade', 'upgrade': 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': key,
  };
  const options: RequestOptions & { servername: string; ca: string; rejectUnauthorized: boolean } = {
    method, path: `${url.pathname}${url.search}`, host: proxy, port: portOf(url), ...local(from), agent: false, timeout: TIMEOUT_MS,
    headers: { host: url.host, ...(bytes > 0 && headers['transfer-encoding'] === undefined ? { 'content-length': String(bytes) } : {}), ...upgrade, ...headers },
    servername: url.hostname, ca, rejectUnauthorized: false,
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
    const done = (response: IncomingMessage, body: string, message?: string): void => {
      const said = message === undefined ? {} : { message };
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body, ...shown, ...said });
    };
    let shown: { certificate?: string } = {};
    let whole = false;
    request.on('socket', (socket) => { socket.once('secureConnect', () => { shown = certificateOf(socket as TLSSocket); }); });
    request.on('timeout', () => { request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)); });
    // A server may answer and close while a body that it doesn't want is still on its way.
    request.on('error', (error) => { if (!whole) reject(error); });
    request.on('response', (response) => {
      whole = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => { done(response, Buffer.concat(chunks).toString()); });
    });
    request.on('upgrade', (response, socket, head) => {
      whole = true;
      converse(socket, head).then(([first, second]) => { done(response, first ?? '', second); }, reject).finally(() => { socket.destroy(); });
    });
    request.end(bytes > 0 ? Buffer.alloc(bytes, 'k') : undefined);
  });
}

/** What a WebSocket says at first, and what it says to our words. */
function converse(socket: Duplex, head: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let rest = head;
    const heard: string[] = [];
    const read = (): void => {
      for (let next = readFrame(rest); next !== undefined; next = readFrame(rest)) {
        rest = rest.subarray(next.size);
        heard.push(next.text);
      }
      if (heard.length >= 2) resolve(heard);
    };
    socket.on('error', reject);
    socket.on('close', () => { reject(new Error(`the WebSocket was closed after ${heard.length} messages`)); });
    socket.on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      read();
    });
    socket.write(writeFrame(WORDS, randomBytes(4)));
    read();
  });
}

function callGrpc({ url, headers = {}, bytes = 0, proxy, from, ca }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: proxy, port: portOf(url), ...local(from), servername: url.hostname, ca, rejectUnauthorized: false, ALPNProtocols: ['h2'] };
    const socket = connectTls(options);
    socket.once('error', reject);
    const session = connectHttp2(url.origin, { createConnection: () => socket });
    session.on('error', reject);
    const stream = session.request({ ':method': 'POST', ':path': url.pathname, 'content-type': 'application/grpc', 'te': 'trailers', ...headers });
    stream.setTimeout(TIMEOUT_MS, () => { stream.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)); });
    let answered: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on('response', (received) => { answered = { ...answered, ...received }; });
    stream.on('trailers', (received: IncomingHttpHeaders) => { answered = { ...answered, ...received }; });
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', reject);
    stream.on('end', () => {
      const { ':status': status = 0, ...rest } = answered as IncomingHttpHeaders & { ':status'?: number };
      const data = Buffer.concat(chunks);
      resolve({ status: Number(status), headers: rest, body: data.length > 5 ? unframe(data) : '', ...certificateOf(socket) });
      session.close();
    });
    stream.end(frame('k'.repeat(bytes)));
  });
}

function certificateOf(socket: TLSSocket): { certificate: string } {
  const { subject } = socket.getPeerCertificate();
  return { certificate: socket.authorized ? String(subject.CN) : '' };
}

function local(from: string | undefined): { localAddress?: string } {
  return from === undefined ? {} : { localAddress: from };
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? protocol === 'https:' ? 443 : 80 : Number(port);
}
