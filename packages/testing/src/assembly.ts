import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A jsii assembly: a large one is compressed, beside a file that says so. */
export function readAssembly(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  const { schema, filename } = JSON.parse(text) as { schema?: string; filename?: string };
  const whole = schema === 'jsii/file-redirect' && filename !== undefined ? gunzipSync(readFileSync(resolve(file, '..', filename))).toString() : text;
  return JSON.parse(whole);
}
