// What stands in for every app behind the proxy: node --import tsx main.ts CERTIFICATE KEY
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { answerGrpc } from './grpc.js';
import { answerHttp, answerUpgrade, visitsOf } from './http.js';
import { PORTS } from './ports.js';

const [certificate = '', key = ''] = process.argv.slice(2);
/** By address. */
const appPorts = new Map<string, number>();

for (const port of [PORTS.http, PORTS.admin, PORTS.solver]) createServer(answerHttp).on('upgrade', answerUpgrade).listen(port);
createTlsServer({ cert: readFileSync(certificate), key: readFileSync(key) }, answerHttp).listen(PORTS.https);
createHttp2Server().on('stream', answerGrpc).listen(PORTS.grpc);

// The names of Services lead to this port, of an address that is an app's.
createTcpServer((socket) => {
  const host = socket.localAddress?.replace('::ffff:', '') ?? '';
  const app = connect(appPorts.get(host) ?? PORTS.http, host);
  for (const [one, other] of [[socket, app], [app, socket]] as const) one.on('error', () => { other.destroy(); }).pipe(other);
}).listen(PORTS.service);

// Last: who asks for it knows that all are there.
createServer((request, response) => {
  void (async () => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (request.method === 'PUT') Object.entries(JSON.parse(body) as Record<string, number>).forEach(([address, port]) => appPorts.set(address, port));
    response.end(JSON.stringify(visitsOf(request.url?.slice(1) ?? '')));
  })();
}).listen(PORTS.control);
