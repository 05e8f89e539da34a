import { build } from 'esbuild';
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Layout } from '../programs/run.js';
import type { Phases } from '../programs/phases.js';
import { inTurn, type Contender } from './in-turn.js';
import { checksumsOf, codeOf, textsOf } from './our-documents.js';
import { LIMIT_MS, runProcess, type Command, type ProcessRun } from './process-run.js';
import { strippingNode, toolchain } from './toolchain.js';

const PROGRAMS = fileURLToPath(new URL('../programs', import.meta.url));
const resolver = createRequire(import.meta.url);
const OURS = '@keelson';

const FOR_NODE = { platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning' } as const;

export interface WorkbenchOptions {
  /** Small sizes, one round: only to see that everything works. */
  readonly quick: boolean;
}

/** Where programs are compiled and run, on tmpfs where there is one, so that no disk is measured. */
export class Workbench {
  public static async open({ quick }: WorkbenchOptions): Promise<Workbench> {
    const bench = new Workbench(mkdtempSync(join(temporary(), 'keelson-bench-')), quick);
    await bench.compile();
    return bench;
  }

  /** The packages that are measured: ours as they were built when it began, the others where they are installed. */
  public readonly modules: string;
  private readonly remembered = new Map<string, Promise<unknown>>();

  private constructor(public readonly scratch: string, public readonly quick: boolean) {
    this.modules = this.path('node_modules');
    this.install();
  }

  /** Programs from outside the repository, installed when they are asked for. */
  public get tools(): string {
    return toolchain();
  }

  /** A Node that runs TypeScript as it is. */
  public get node22(): string | undefined {
    return strippingNode(this.tools);
  }

  public close(): void {
    rmSync(this.scratch, { recursive: true, force: true });
  }

  /** A path in the scratch folder. */
  public path(...parts: string[]): string {
    return join(this.scratch, ...parts);
  }

  /** Removes something of the scratch folder. */
  public clear(...parts: string[]): void {
    rmSync(this.path(...parts), { recursive: true, force: true });
  }

  /** A size, smaller for a smoke run. */
  public size(full: number, quick: number): number {
    return this.quick ? quick : full;
  }

  public program(name: string): string {
    return this.path('programs', `${name}.cjs`);
  }

  public run(command: Command): Promise<ProcessRun | undefined> {
    return runProcess(command, this.scratch);
  }

  /** Runs what must end within the limit. */
  public async mustRun(command: Command): Promise<ProcessRun> {
    const result = await this.run(command);
    if (result === undefined) throw new Error(`longer than ${LIMIT_MS / 1000} s: ${command.args.join(' ')}`);
    return result;
  }

  /** @param fewest rounds of what takes very long. */
  public inTurn(contenders: readonly Contender[], fewest?: number): Promise<Map<string, ProcessRun[]>> {
    return inTurn(contenders, this.quick, fewest);
  }

  /** A contender of one fixed command. */
  public contender(name: string, command: Command): Contender {
    return { name, run: () => this.run(command) };
  }

  /** The workload in one of its programs: `ours`, `stock`, `moved`, `raw`, `floor`. */
  public async workload(program: string, apps: number, layout: Layout, outdir = this.path('out', program)): Promise<Command> {
    const documents = program === 'raw' || program === 'floor' ? await this.documentsOf(apps) : [];
    return { args: [process.execPath, this.program(program), String(apps), layout, outdir, ...documents], outdir };
  }

  /** Measures once what several figures look at. */
  public once<T>(key: string, measure: () => Promise<T>): Promise<T> {
    let result = this.remembered.get(key) as Promise<T> | undefined;
    if (result === undefined) this.remembered.set(key, result = measure());
    return result;
  }

  /** Our output as code for the programs without our constructs. */
  public documentsOf(apps: number): Promise<string[]> {
    return this.once(`documents of ${apps}`, () => this.writeDocuments(apps));
  }

  private async writeDocuments(apps: number): Promise<string[]> {
    const [code, checksums, folder] = [this.path('documents.cjs'), this.path(`checksums-${apps}.json`), this.path('out', 'source')];
    await this.mustRun(await this.workload('ours', 2, 'one-chart', folder));
    writeFileSync(code, codeOf([...textsOf(folder).values()].join('')));
    await this.mustRun(await this.workload('ours', apps, 'chart-per-app', folder));
    writeFileSync(checksums, JSON.stringify(checksumsOf(folder)));
    rmSync(folder, { recursive: true });
    return [code, checksums];
  }

  /** Copies our packages, so that a build meanwhile changes nothing, and links the others. */
  private install(): void {
    const installed = dirname(dirname(resolver.resolve('cdk8s/package.json')));
    mkdirSync(join(this.modules, OURS), { recursive: true });
    for (const name of readdirSync(installed).filter(each => each !== OURS)) symlinkSync(join(installed, name), join(this.modules, name));
    for (const name of ['core', 'data', 'web']) {
      const from = dirname(resolver.resolve(`${OURS}/${name}/package.json`));
      for (const part of ['package.json', 'lib']) cpSync(join(from, part), join(this.modules, OURS, name, part), { recursive: true });
    }
  }

  /** A program with all its packages in one file. */
  public async bundle(name: string): Promise<string> {
    const outfile = this.path('programs', `${name}.bundle.cjs`);
    return this.once(outfile, async () => {
      // From the program that is measured unbundled, which finds its packages in the scratch folder.
      await build({ entryPoints: [this.program(name)], outfile, bundle: true, keepNames: true, ...FOR_NODE });
      return outfile;
    });
  }

  /** Each program as plain JavaScript, with its packages left where they are installed. */
  private async compile(): Promise<void> {
    mkdirSync(this.path('programs'));
    await build({
      entryPoints: readdirSync(PROGRAMS).filter(file => file.endsWith('.ts')).map(file => join(PROGRAMS, file)),
      outdir: this.path('programs'),
      outExtension: { '.js': '.cjs' },
      bundle: true, ...FOR_NODE,
      external: ['@keelson/*', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'yaml'],
    });
  }
}

/** What a program said about its parts. */
export function phasesOf({ stdout }: ProcessRun): Phases {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Phases;
}

function temporary(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
