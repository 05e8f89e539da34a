import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Echo } from './ports.js';

/** A message as gRPC frames it: not compressed, its length, itself. */
export function frame(text: string): Buffer {
  const message = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The text of a framed message. */
export function unframe(data: Buffer): string {
  return data.subarray(5, 5 + data.readUInt32BE(1)).toString();
}

/** One message for one message, whatever is called: what came, and the status in the trailers. */
export function answerGrpc(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  let bytes = 0;
  stream.on('error', () => { /* the other side has gone */ });
  stream.on('data', (data: Buffer) => { bytes += data.length; });
  stream.on('end', () => {
    const { socket } = stream.session ?? {};
    const echo: Echo = {
      address: socket?.localAddress?.replace('::ffff:', '') ?? '', port: socket?.localPort ?? 0, method: String(headers[':method']), path: String(headers[':path']),
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':'))), bytes,
    };
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => { stream.sendTrailers({ 'grpc-status': '0' }); });
    stream.end(frame(JSON.stringify(echo)));
  });
}
