import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import type { Echo } from './ports.js';
import { acceptOf, readFrame, writeFrame } from './web-socket.js';

/** What came with an `x-edge-id`, in the order it came. */
const visits = new Map<string, Echo[]>();

/** Where an app answers as one that decides about the requests of others. */
const GUARD_PATH = '/verify';

/** What came with an id so far. */
export function visitsOf(id: string): readonly Echo[] {
  return visits.get(id) ?? [];
}

/**
 * Says what came, as JSON. The query changes how: `wait` milliseconds first, `status`, `text` bytes of text instead, `header` a
 * `name:value` of the answer, `fail` so many times before, by 503 or, with `reset`, by an end of the connection.
 */
export function answerHttp(request: IncomingMessage, response: ServerResponse): void {
  void answer(request, response).catch(() => { request.socket.destroy(); });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  const query = new URL(request.url ?? '/', 'http://app').searchParams;
  const echo = echoOf(request, bytes);
  if (new URL(echo.path, 'http://app').pathname === GUARD_PATH) {
    guard(request, response);
    return;
  }
  const visit = note(String(request.headers['x-edge-id'] ?? ''), echo);
  if (visit <= Number(query.get('fail') ?? 0)) {
    if (query.has('reset')) request.socket.destroy();
    else response.writeHead(503).end('not yet');
    return;
  }
  await delay(Number(query.get('wait') ?? 0));
  for (const header of query.getAll('header')) response.appendHeader(header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1));
  const text = query.get('text');
  response.statusCode = Number(query.get('status') ?? 200);
  response.setHeader('content-type', text === null ? 'application/json' : 'text/plain');
  response.end(text === null ? JSON.stringify(echo) : 'keelson '.repeat(Math.ceil(Number(text) / 8)).slice(0, Number(text)));
}

/** Lets pass who has a session, and says who that is. */
function guard({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.cookie?.includes('session=good') === true) response.writeHead(200, { 'x-auth-request-email': 'ann@example.com' }).end();
  else response.writeHead(401).end('who are you?');
}

function note(id: string, echo: Echo): number {
  if (id === '') return 1;
  const known = visits.get(id) ?? [];
  visits.set(id, [...known, echo]);
  return known.length + 1;
}

function echoOf({ socket, method = '', url = '', headers }: IncomingMessage, bytes: number): Echo {
  const serverName = socket instanceof TLSSocket ? { serverName: String(socket.servername) } : {};
  return { address: socket.localAddress?.replace('::ffff:', '') ?? '', port: socket.localPort ?? 0, method, path: url, headers, bytes, ...serverName };
}

/** Takes up a WebSocket, says what came, and then whatever is said to it. */
export function answerUpgrade(request: IncomingMessage, socket: Duplex): void {
  socket.on('error', () => { /* the other side has gone */ });
  socket.write([
    'HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptOf(String(request.headers['sec-websocket-key']))}`, '', '',
  ].join('\r\n'));
  socket.write(writeFrame(JSON.stringify(echoOf(request, 0))));
  let rest = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
      rest = rest.subarray(frame.size);
      socket.write(writeFrame(frame.text));
    }
  });
}
