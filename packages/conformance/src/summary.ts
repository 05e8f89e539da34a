import { cpus, release, totalmem, type } from 'node:os';
import type { Item } from './wave/item.js';

/** What became of the apps on one version. */
export interface Row {
  readonly version: string;
  readonly what: string;
  readonly apps: number;
  readonly objects: number;
  readonly rejected: number;
  readonly warnings: number;
  readonly drift: number;
}

/** Random apps on one version. */
export interface RandomFigure {
  readonly version: string;
  readonly seed: number;
  readonly apps: number;
  readonly objects: number;
  readonly objectsPerSecond: number;
  /** Apps that were drawn beside these, and that we refuse. */
  readonly refused: number;
  /** Different complaints about those that we accept. */
  readonly findings: number;
}

/** What a policy checker came to. */
export interface CheckerFigure {
  readonly title: string;
  readonly findings: number;
  readonly allowed: number;
}

/** What came of random policies, by the evaluator of @keelson/testing and by cyclonus. */
export interface ReachabilityFigure {
  readonly seed: number;
  readonly verdicts: number;
  /** Verdicts by which a connection is allowed. */
  readonly allowed: number;
  /** Verdicts that the other evaluator doesn't share. */
  readonly different: number;
}

/** All that one run found: the content of docs/conformance.json. */
export interface Figures {
  readonly measured: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  /** What has to be known beside the figures. */
  readonly remarks: readonly string[];
  readonly machine: Machine;
  /** By program. */
  readonly programs: Readonly<Record<string, string>>;
  readonly versions: readonly Row[];
  readonly random: readonly RandomFigure[];
  readonly checkers: readonly CheckerFigure[];
  readonly reachability?: ReachabilityFigure;
}

/** What a run was on. */
interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
}

/** The figures of a run, by version and by checker. */
export class Summary {
  private readonly started = new Date();
  private readonly rows: Row[] = [];
  private readonly random: RandomFigure[] = [];
  private readonly checkers: CheckerFigure[] = [];
  private reachability?: ReachabilityFigure;
  private readonly programs: Record<string, string> = { Node: process.versions.node };

  /** Adds apps that went through a cluster. */
  public add(version: string, what: string, items: readonly Item[]): void {
    const sum = (count: (item: Item) => number): number => items.reduce((total, item) => total + count(item), 0);
    this.addRow({
      version, what, apps: items.length, objects: sum(({ objects }) => objects.length),
      rejected: sum(({ rejected }) => rejected), warnings: sum(({ warnings }) => warnings), drift: sum(({ drift }) => drift),
    });
  }

  /** Adds a line that was counted elsewhere. */
  public addRow(row: Row): void {
    this.rows.push(row);
  }

  /** Adds random apps of a version. */
  public addRandom(figure: RandomFigure): void {
    this.random.push(figure);
  }

  /** Adds what a policy checker found. */
  public addChecker(figure: CheckerFigure): void {
    this.checkers.push(figure);
  }

  /** Adds what came of random policies. */
  public addReachability(figure: ReachabilityFigure): void {
    this.reachability = figure;
  }

  /** Notes the version of a program that took part. */
  public addProgram(name: string, version: string): void {
    this.programs[name] = version;
  }

  /** As lines of a table, versions in order. */
  public table(): string {
    const head = ['version', 'what', 'apps', 'objects', 'rejected', 'warnings', 'drift'] as const;
    const cells = [head.map(String), ...this.sorted().map((row) => head.map((name) => String(row[name])))];
    const widths = head.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
    const lines = cells.map((line) => line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
    return [
      ...lines,
      ...byVersion(this.random).map(({ version, objectsPerSecond, seed }) => `${version}: ${objectsPerSecond} objects a second in dry run, seed ${seed}`),
      ...this.checkers.map(({ title, findings, allowed }) => `${title}: ${findings} findings, ${allowed} of them allowed`),
      ...(this.reachability === undefined ? [] : [reachabilityLine(this.reachability)]),
    ].join('\n');
  }

  /** As data. */
  public json({ passed, failed }: Pick<Figures, 'passed' | 'failed'>): string {
    const figures: Figures = {
      measured: this.started.toISOString(), seconds: Math.round((Date.now() - this.started.getTime()) / 1000), passed, failed, remarks: [],
      machine: machine(), programs: this.programs, versions: this.sorted(), random: byVersion(this.random), checkers: this.checkers,
      ...(this.reachability === undefined ? {} : { reachability: this.reachability }),
    };
    return `${JSON.stringify(figures, null, 2)}\n`;
  }

  private sorted(): Row[] {
    return byVersion(this.rows);
  }
}

/** `random policies: 100,000 verdicts, 60,123 of them allowed, 0 other than cyclonus', seed 1`. */
function reachabilityLine({ verdicts, allowed, different, seed }: ReachabilityFigure): string {
  const [all, open, others] = [verdicts, allowed, different].map((count) => count.toLocaleString('en'));
  return `random policies: ${all ?? ''} verdicts, ${open ?? ''} of them allowed, ${others ?? ''} other than cyclonus', seed ${seed}`;
}

function byVersion<T extends { readonly version: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

function machine(): Machine {
  const all = cpus();
  return { cpu: all[0]?.model.trim() ?? 'unknown', cores: all.length, memoryGiB: Math.round(totalmem() / 2 ** 30), system: `${type()} ${release().split('-', 1)[0] ?? ''}` };
}
