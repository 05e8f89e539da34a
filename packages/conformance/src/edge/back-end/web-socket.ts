import { createHash } from 'node:crypto';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** What a server answers a client's key with (RFC 6455, 1.3). */
export function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}${GUID}`).digest('base64');
}

/** A text of less than 64 KiB in one frame; a client's is masked. */
export function writeFrame(text: string, mask?: Buffer): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  const masked = mask === undefined ? 0 : 0x80;
  const head = Buffer.from(length < 126 ? [0x81, masked | length] : [0x81, masked | 126, length >> 8, length & 0xFF]);
  return Buffer.concat(mask === undefined ? [head, payload] : [head, mask, payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

/** The first frame of what has come, and its size; none while it isn't whole. */
export function readFrame(data: Buffer): { readonly text: string; readonly size: number } | undefined {
  const second = data[1];
  if (second === undefined) return undefined;
  const short = second & 0x7F;
  if (short === 126 && data.length < 4) return undefined;
  const [length, start] = short === 126 ? [data.readUInt16BE(2), 4] : [short, 2];
  const masked = (second & 0x80) !== 0;
  const body = start + (masked ? 4 : 0);
  if (data.length < body + length) return undefined;
  const payload = data.subarray(body, body + length);
  const mask = data.subarray(start, body);
  const text = (masked ? payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0)) : payload).toString();
  return { text, size: body + length };
}
