import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Yaml } from 'cdk8s';
import { Bench } from 'tinybench';
import { documentsOf, eachDocument } from './documents.js';

/** The part of core's emitter that is measured; it isn't exported. */
interface Emitters {
  readonly YamlEmitter: new () => { document(value: unknown, isTree: boolean): string };
}

/** Milliseconds for all documents, medians. */
export interface EmitterTimes {
  readonly ours: number;
  readonly json: number;
  readonly yaml: number;
  readonly documents: number;
  readonly megabytes: number;
}

// `node emitter.cjs APPS LAYOUT EMITTER DOCUMENTS CHECKSUMS`
const [apps = '', , file = ''] = process.argv.slice(2);
const { YamlEmitter } = createRequire(file)(file) as Emitters;
const documents: unknown[] = [];
eachDocument({ apps: Number(apps), layout: 'chart-per-app', outdir: '' }, documentsOf(), (_id, _chart, document) => documents.push(document));

/** As a synth has it: one emitter, all documents. */
function ours(): string[] {
  const emitter = new YamlEmitter();
  return documents.map(document => emitter.document(document, true));
}
const yaml = () => documents.map(document => Yaml.stringify(document));
const json = () => documents.map(document => JSON.stringify(document));

const [text, expected] = [ours(), yaml()];
const different = expected.findIndex((each, i) => each !== text[i]);
if (different >= 0) throw new Error(`other bytes than cdk8s writes:\n${expected[different]}\n${text[different]}`);

async function main(): Promise<EmitterTimes> {
  // In turn, so that a busy minute hits all three.
  const times = { ours: [] as number[], json: [] as number[], yaml: [] as number[] };
  for (let round = 0; round < 3; round++) {
    const bench = new Bench({ time: 300, warmupTime: 100, iterations: 1, warmupIterations: 1, throws: true });
    bench.add('ours', () => void ours()).add('json', () => void json()).add('yaml', () => void yaml());
    await bench.run();
    for (const { name, result } of bench.tasks) {
      if (!('latency' in result)) throw new Error(`${name}: ${result.state}`);
      times[name as keyof typeof times].push(result.latency.p50);
    }
  }
  const middle = (values: number[]) => values.sort((a, b) => a - b)[1] ?? NaN;
  const megabytes = text.reduce((sum, each) => sum + each.length, 0) / 2 ** 20;
  return { ours: middle(times.ours), json: middle(times.json), yaml: middle(times.yaml), documents: documents.length, megabytes };
}

void main().then(result => writeSync(1, `${JSON.stringify(result)}\n`), (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
