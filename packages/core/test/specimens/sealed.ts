/** Bytes of the form that kubeseal gives: the length of an RSA block, such a block, and a text as long as AES-GCM makes it. */
export function sealed(text: string, rsaBytes = 512): string {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(rsaBytes);
  return Buffer.concat([length, Buffer.alloc(rsaBytes + text.length + 16, text)]).toString('base64');
}
