import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentsOf, eachDocument } from './documents.js';
import { timed } from './phases.js';
import { runOf } from './run.js';

// No constructs at all: the same objects as literals, JSON.stringify, write. All objects are there before the first is written,
// as in any app.
const run = runOf();
timed(() => {
  const files = new Map<string, object[]>();
  eachDocument(run, documentsOf(), (_id, file, document) => {
    const objects = files.get(file);
    if (objects === undefined) files.set(file, [document]);
    else objects.push(document);
  });
  return () => {
    for (const [file, objects] of files) {
      const path = join(run.outdir, `${file}.json`);
      writeFileSync(path, `${objects.map(object => JSON.stringify(object)).join('\n')}\n`);
    }
  };
});
