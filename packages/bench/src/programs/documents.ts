import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { appId, type Run } from './run.js';

/** A manifest, as far as `ApiObject` looks at it. */
export interface Document {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What the harness made of our own output: functions that write the objects of an app as literals, those of one rank together. */
export interface Documents {
  readonly ranks: readonly ((id: string, chart: string, checksum: string) => Document)[][];
  readonly checksums: readonly string[];
}

/** From the two files that the harness names behind the run's own arguments. */
export function documentsOf([code = '', checksums = ''] = process.argv.slice(5)): Documents {
  const { ranks } = createRequire(code)(code) as Pick<Documents, 'ranks'>;
  return { ranks, checksums: JSON.parse(readFileSync(checksums, 'utf8')) as string[] };
}

/** All documents in the order of our output: in one chart by rank and then by app, else by app. */
export function eachDocument(
  { apps, layout }: Run, { ranks, checksums }: Documents, use: (id: string, chart: string, document: Document, i: number) => void,
): void {
  const groups = layout === 'one-chart' ? ranks : [ranks.flat()];
  for (const rank of groups) {
    for (let app = 1; app <= apps; app++) {
      const id = appId(app);
      for (const [i, make] of rank.entries()) {
        const chart = layout === 'one-chart' ? 'all' : id;
        use(id, chart, make(id, chart, checksums[app - 1] ?? ''), i);
      }
    }
  }
}
