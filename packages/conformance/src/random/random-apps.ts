import fc from 'fast-check';
import type { JsonObject } from '@keelson/testing';
import { drafts, type Draft } from './apps.js';
import { Domains } from './domains.js';
import { evaluate, type Outcome } from './evaluate.js';
import { print } from './print.js';
import { entryOf, rewrite, type Expression, type Program } from './program.js';
import { prune } from './prune.js';
import { resolve } from './resolve.js';
import { Surface } from './surface.js';

/** What is wrong with an object of an app. */
export interface Complaint {
  readonly kind: 'rejected' | 'warning' | 'changed' | 'thrown';
  readonly text: string;
}

/** Says what is wrong with the objects of one app: errors and warnings of an API server, and what it doesn't store as it was sent. */
export type Judge = (objects: readonly JsonObject[]) => Promise<readonly Complaint[]>;

/** What to try. */
export interface RandomOptions {
  /** The Kubernetes version of who judges. */
  readonly version: string;
  /** The version of the Gateway API's CRDs there. */
  readonly gatewayApi: string;
  /** How many apps have to be judged; refused ones don't count. */
  readonly apps: number;
  readonly seed: number;
  /** Only this app, or this step of making it smaller: what a finding says. */
  readonly path?: string;
  readonly judge: Judge;
  readonly onProgress?: (counts: Counts) => void;
  /** How many apps are judged at a time. */
  readonly concurrency?: number;
  /** How many findings are made small before it ends. */
  readonly findings?: number;
}

/** What was tried. */
export interface Counts {
  generated: number;
  accepted: number;
  refused: number;
  /** How many apps were refused with each code. */
  readonly byCode: Record<string, number>;
  objects: number;
  /** Apps that something is wrong with, whether or not it was found before. */
  wrong: number;
  /** Objects that were refused, and warnings: what making an app small asks again isn't among them. */
  rejected: number;
  warnings: number;
  seconds: number;
  objectsPerSecond: number;
}

/** An app that we take and the judge doesn't, or that we answer with something else than a code. */
export interface Finding {
  readonly seed: number;
  readonly path: string;
  readonly complaints: readonly string[];
  /** The app, made as small as it still fails. */
  readonly program: string;
}

export interface RandomResult extends Counts {
  readonly findings: readonly Finding[];
}

const LEAST_ACCEPTED = 0.3;
const MANY = 100;

/** Tries random apps: what we accept, the judge accepts. */
export async function randomApps(options: RandomOptions): Promise<RandomResult> {
  const run = new RandomRun(options);
  return options.path === undefined ? run.all() : run.one(options.path);
}

/** The apps of one seed. */
export class RandomRun {
  private readonly surface = Surface.built();
  private readonly arbitrary: fc.Arbitrary<Draft>;
  private readonly counts: Counts = {
    generated: 0, accepted: 0, refused: 0, byCode: {}, objects: 0, wrong: 0, rejected: 0, warnings: 0, seconds: 0, objectsPerSecond: 0,
  };
  private readonly findings: Finding[] = [];
  private readonly started = performance.now();

  public constructor(private readonly options: RandomOptions) {
    this.arbitrary = drafts(this.surface, new Domains(options.version, options.gatewayApi));
  }

  /** App number `index` of the seed. */
  public program(index: number): Program {
    const [draft] = fc.sample(this.arbitrary, { seed: seedOf(this.options.seed, index), numRuns: 1 });
    if (draft === undefined) throw new Error('nothing was drawn');
    return resolve(draft, this.surface);
  }

  public async all(): Promise<RandomResult> {
    const { apps, concurrency = 8, findings: most = 5 } = this.options;
    let next = 0;
    const suspects: { readonly index: number; readonly complaints: readonly string[] }[] = [];
    const known = new Set<string>();
    const work = async (): Promise<void> => {
      while (this.counts.accepted < apps && suspects.length < most && !this.isStale()) {
        const index = next++;
        const complaints = await this.counted(evaluate(this.program(index)));
        // One finding for each complaint: the same thousand times says nothing new.
        const signature = [...new Set(complaints.map(signatureOf))].sort().join('\n');
        if (complaints.length > 0 && !known.has(signature)) {
          known.add(signature);
          suspects.push({ index, complaints });
        }
        if (this.counts.generated % MANY === 0) this.options.onProgress?.(this.measured());
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    const counts = { ...this.measured() };
    for (const { index, complaints } of suspects.sort((a, b) => a.index - b.index)) {
      this.findings.push(await this.shrunk(String(index), complaints));
    }
    if (this.isStale()) {
      const codes = Object.entries(this.counts.byCode).sort(([, a], [, b]) => b - a).map(([code, count]) => `${code}: ${count}`);
      const complaints = [`of ${counts.generated} apps only ${counts.accepted} are accepted by us, and refused ones prove nothing`, ...codes];
      this.findings.push({ seed: this.options.seed, path: '', complaints, program: '' });
    }
    return { ...counts, findings: this.findings };
  }

  public async one(path: string): Promise<RandomResult> {
    const finding = await this.shrunk(path, []);
    if (finding.complaints.length > 0) this.findings.push(finding);
    return { ...this.measured(), findings: this.findings };
  }

  private isStale(): boolean {
    return this.counts.generated >= MANY && this.counts.accepted < this.counts.generated * LEAST_ACCEPTED;
  }

  private measured(): Counts {
    const seconds = (performance.now() - this.started) / 1000;
    return { ...this.counts, byCode: { ...this.counts.byCode }, seconds, objectsPerSecond: Math.round(this.counts.objects / seconds) };
  }

  private async complaints(outcome: Outcome): Promise<readonly string[]> {
    return (await this.judged(outcome)).map(({ text }) => text);
  }

  private async judged(outcome: Outcome): Promise<readonly Complaint[]> {
    if (outcome.kind === 'refused') return [];
    return outcome.kind === 'thrown' ? [{ kind: 'thrown', text: `refused without a code: ${outcome.message}` }] : this.options.judge(outcome.objects);
  }

  /** The complaints of an app that is looked at for the first time. */
  private async counted(outcome: Outcome): Promise<readonly string[]> {
    this.count(outcome);
    const complaints = await this.judged(outcome);
    this.counts.wrong += complaints.length === 0 ? 0 : 1;
    this.counts.rejected += complaints.filter(({ kind }) => kind === 'rejected').length;
    this.counts.warnings += complaints.filter(({ kind }) => kind === 'warning').length;
    return complaints.map(({ text }) => text);
  }

  private count(outcome: Outcome): void {
    this.counts.generated += 1;
    if (outcome.kind === 'refused') {
      this.counts.refused += 1;
      for (const code of outcome.codes) this.counts.byCode[code] = (this.counts.byCode[code] ?? 0) + 1;
    } else if (outcome.kind === 'accepted') {
      this.counts.accepted += 1;
      this.counts.objects += outcome.objects.length;
    }
  }

  /** The very app again, and smaller ones, as long as the judge says the same. */
  private async shrunk(path: string, before: readonly string[]): Promise<Finding> {
    const [index = '0', ...steps] = path.split(':');
    const { seed } = this.options;
    const first = before.length > 0 ? before : await this.counted(evaluate(this.program(Number(index))));
    const wanted = new Set(first.map(signatureOf));
    const failing = async (program: Program): Promise<readonly string[]> =>
      (await this.complaints(evaluate(program))).filter((each) => wanted.has(signatureOf(each)));
    const fine = async (draft: Draft): Promise<boolean> => (await failing(resolve(draft, this.surface))).length === 0;
    const details = await fc.check(fc.asyncProperty(this.arbitrary, fine), {
      seed: seedOf(seed, Number(index)), numRuns: 1, ...(steps.length === 0 ? {} : { path: ['0', ...steps].join(':') }),
    });
    const [draft] = details.counterexample ?? [];
    if (draft === undefined) return { seed, path, complaints: first.map((each) => `not once more: ${each}`), program: '' };
    const [, ...shrinks] = (details.counterexamplePath ?? '0').split(':');
    const stillFails = async (smaller: Program): Promise<boolean> => this.isWhole(smaller) && (await failing(smaller)).length > 0;
    const program = await prune(resolve(draft, this.surface), stillFails);
    return { seed, path: [index, ...shrinks].join(':'), complaints: await this.complaints(evaluate(program)), program: print(program) };
  }

  /** Whether nothing is missing that its struct asks for: the program has to compile. */
  private isWhole({ cluster, statements }: Program): boolean {
    let whole = true;
    const look = (each: Expression): Expression => {
      const needed = each.kind === 'object' && each.struct !== undefined ? this.surface.needed(each.struct) : [];
      if (each.kind === 'object' && needed.some((name) => entryOf(each, name) === undefined)) whole = false;
      return each;
    };
    const parts = statements.flatMap((each) => (each.kind === 'chart' ? [] : each.kind === 'do' ? [each.call] : each.args));
    [cluster, ...parts].forEach((each) => rewrite(each, look));
    return whole;
  }
}

/** Each app has a seed of its own, so that it comes again without those before it. */
function seedOf(seed: number, index: number): number {
  let mixed = Math.imul((seed | 0) ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** A complaint without what differs from app to app: names, numbers, quoted values, and where in the object it is. */
function signatureOf(complaint: string): string {
  const [line = ''] = complaint.split('\n');
  const told = line.replace(/^\S+ \S+: /, '').replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '…').replace(/^.* is invalid: \[?/, '');
  return told.replaceAll(/(?:[\w-]+(?:\[[^\]]*\])?\.)+/g, '').replaceAll(/-?\d+/g, '0').slice(0, 90);
}
