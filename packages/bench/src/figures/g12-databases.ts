import { kindsOf, textsOf } from '../measure/our-documents.js';
import type { ProcessRun } from '../measure/process-run.js';
import { median, pairedRatio } from '../measure/statistics.js';
import { costOf } from '../report/row.js';
import { number } from '../report/table.js';
import type { Figure } from './figure.js';
import { work } from './workload.js';

const PROGRAMS = ['databases', 'ours'] as const;

/** Objects of a database, of which more are pods and scripts, beside those of a web app. */
export const databases: Figure = {
  id: 'G12',
  title: 'databases',
  measure: async bench => {
    const count = bench.size(500, 20);
    const folder = (name: string): string => bench.path('out', `g12-${name}`);
    const runs = await bench.inTurn(PROGRAMS.map(name => {
      const outdir = folder(name);
      return bench.contender(name, { args: [process.execPath, bench.program(name), String(count), 'chart-per-app', outdir], outdir });
    }));
    const per = (amountOf: (name: string) => number): number[][] =>
      PROGRAMS.map(name => (runs.get(name) ?? []).map((run: ProcessRun) => work(run) / amountOf(folder(name)) * 1000));
    const compared = (what: string, amountOf: (name: string) => number) => {
      const [ours = [], apps = []] = per(amountOf);
      return {
        what: `${count} databases, per ${what}`, cost: costOf(runs.get('databases') ?? []),
        against: `${count} web apps, per ${what}`, reference: costOf(runs.get('ours') ?? []),
        ratio: pairedRatio(ours, apps), note: `${number(median(ours))} and ${number(median(apps))} µs, without loading`,
      };
    };
    return [{ ...compared('object', objectsOf), goal: { atMost: 1 } }, compared('KiB of YAML', kibibytesOf)];
  },
};

function objectsOf(folder: string): number {
  return Object.values(kindsOf(folder)).reduce((sum, each) => sum + each, 0);
}

function kibibytesOf(folder: string): number {
  return [...textsOf(folder).values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1024;
}
