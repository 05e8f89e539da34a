import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unjudgedAmong, type JsonObject } from '@keelson/testing';
import type { Golden } from '../checkers/finding.js';
import { manifestsOf } from '../checkers/judged-objects.js';
import { installEvaluator, judgeTraffic } from './evaluator.js';
import { gridsOf, policiesIn, type Grid } from './grids.js';
import { mutantsOf } from './mutants.js';
import { differences, renderTables } from './table.js';

/** The policies as they are, beside their mutants. */
const UNCHANGED = 'unchanged';

/** The tables of goldens, in the order in which its parts are run. */
export interface NetworkCheck {
  readonly title: string;
  install(): Promise<void>;
  /** Compares the tables with the committed ones, or writes those. */
  check(): Promise<string[]>;
  /** Whether every rule of every policy shows in the tables. */
  control(): Promise<string[]>;
}

/** How the tables are checked. */
export interface NetworkCheckOptions {
  /** The committed tables are written anew. */
  readonly update: boolean;
}

interface Subject {
  readonly golden: Golden;
  readonly file: string;
  readonly objects: readonly JsonObject[];
  readonly grids: readonly Grid[];
}

/** The who-may-talk-to-whom tables of the goldens of all examples, beside their `dist` in `network`. */
export function checkReachability(goldens: readonly Golden[], options: NetworkCheckOptions): NetworkCheck {
  return {
    title: 'cyclonus 0.5.6',
    install: async () => {
      await installEvaluator();
    },
    check: async () => {
      const subjects = goldens.map(subject);
      const tables = await draw(subjects.map((each) => ({ subject: each, policies: policiesIn(each.objects) })));
      const faults = subjects.flatMap((each, index) => compare(each, tables[index] ?? '', options.update));
      return [...faults, ...leftOver(subjects, options.update)];
    },
    control: async () => {
      const cases = goldens.map(subject).flatMap((each) => baselinesOf(policiesIn(each.objects)).flatMap((policies) => [
        { title: UNCHANGED, subject: each, policies },
        ...mutantsOf(policies).map((mutant) => ({ ...mutant, subject: each })),
      ]));
      const tables = await draw(cases);
      const shown = new Map<string, boolean>();
      let sound = '';
      cases.forEach(({ title, subject: { golden } }, index) => {
        const table = tables[index] ?? '';
        if (title === UNCHANGED) sound = table;
        else shown.set(`${golden.title}: ${title}`, shown.get(`${golden.title}: ${title}`) === true || differences(sound, table).length > 0);
      });
      return [...shown].filter(([, isShown]) => !isShown)
        .map(([title]) => `${title} shows nowhere in the table: either the rule is void, or network/surroundings.ts lacks whom it is about`);
    },
  };
}

/** What the policies of single workloads say is hidden where another one opens a whole namespace: it is looked at without that, too. */
function baselinesOf(policies: readonly JsonObject[]): (readonly JsonObject[])[] {
  const narrow = policies.filter(({ spec }) => Object.keys((spec as { podSelector?: object } | undefined)?.podSelector ?? {}).length > 0);
  return narrow.length === 0 || narrow.length === policies.length ? [policies] : [policies, narrow];
}

function subject(golden: Golden): Subject {
  const objects = manifestsOf(golden);
  return { golden, file: fileOf(golden), objects, grids: gridsOf(objects) };
}

/** `examples/shop/dist/edge/…` has its table in `examples/shop/network/edge.md`. */
function fileOf({ title, files: [file = ''] }: Golden): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(dirname(folder)) === 'dist') return join(dirname(dirname(folder)), 'network', `${basename(folder)}.md`);
  }
  throw new Error(`${title} lies in no folder dist/<cluster>, so it has no place for its table`);
}

/** A subject, by its own policies or by others. */
interface Case {
  readonly subject: Subject;
  readonly policies: readonly JsonObject[];
}

async function draw(cases: readonly Case[]): Promise<string[]> {
  const verdicts = await judgeTraffic(cases.map(({ subject: { grids }, policies }) => (
    { policies, traffic: grids.flatMap((grid) => grid.rows.flatMap(({ cells }) => cells.flat())) })));
  return cases.map(({ subject: { file, objects, grids } }, index) => {
    const title = `${basename(dirname(dirname(file)))} on ${basename(file, '.md')}`;
    return renderTables(title, grids, verdicts[index] ?? [], unjudgedAmong(objects, (each) => policiesIn([each]).length > 0));
  });
}

function compare({ golden: { title }, file, grids }: Subject, table: string, update: boolean): string[] {
  if (grids.length === 0) return [];
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, table);
    return [];
  }
  if (!existsSync(file)) return [`${title}: ${file} is missing: npm run conformance -- --update writes it`];
  return differences(readFileSync(file, 'utf8'), table).map((each) => `${title}: ${each}`);
}

/** The tables of clusters that an example no longer has. */
function leftOver(subjects: readonly Subject[], update: boolean): string[] {
  const current = new Set(subjects.filter(({ grids }) => grids.length > 0).map(({ file }) => file));
  const folders = [...new Set(subjects.map(({ file }) => dirname(file)))].filter((folder) => existsSync(folder));
  const stale = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))).filter((file) => !current.has(file));
  if (update) stale.forEach((file) => { rmSync(file); });
  return update ? [] : stale.map((file) => `${file} is of a cluster that is no more: npm run conformance -- --update removes it`);
}
