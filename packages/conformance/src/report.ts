import logUpdate from 'log-update';
import { isInterrupted } from './command.js';

/** What came of a phase: how many things were right, and what is wrong with the others. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly faults: readonly string[];
  /** Added to the line of the phase. */
  readonly note?: string;
}

const PLAIN_PROGRESS_MS = 15_000;

/** Prints a line per phase and counts. On a terminal the phases under way are shown with the time they have taken. */
export class Report {
  public passed = 0;
  public failed = 0;

  private readonly running = new Map<string, { readonly start: number; text: string; printed: number }>();
  private readonly live = process.stdout.isTTY && process.env.CI === undefined;
  private timer?: NodeJS.Timeout;

  /**
   * Runs a phase: it passes when it gives no faults and throws nothing; whether it did is the result.
   *
   * @param work gets a function to say how far it is.
   */
  public async phase(title: string, work: (progress: (text: string) => void) => Promise<readonly string[] | Outcome>): Promise<boolean> {
    const state = { start: performance.now(), text: '', printed: performance.now() };
    this.running.set(title, state);
    this.show();
    let outcome: Outcome;
    try {
      const result = await work((text) => {
        state.text = text;
        this.plainProgress(title, state);
      });
      outcome = 'passed' in result ? result : outcomeOf(result);
    } catch (error) {
      outcome = outcomeOf([error instanceof Error ? error.message : String(error)]);
    }
    this.running.delete(title);
    // What fails because everything is being stopped says nothing; the process ends as soon as that is done.
    if (isInterrupted()) return new Promise(() => undefined);
    this.passed += outcome.passed;
    this.failed += outcome.failed;
    const seconds = ((performance.now() - state.start) / 1000).toFixed(1).padStart(7);
    const note = outcome.note === undefined ? '' : ` (${outcome.note})`;
    this.print([
      `${outcome.failed === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${title}${note}`,
      ...outcome.faults.map((fault) => fault.replaceAll(/^/gm, '         ')),
    ].join('\n'));
    return outcome.failed === 0;
  }

  /** Prints lines above what is under way. */
  public print(text: string): void {
    if (this.live) logUpdate.clear();
    console.log(text);
    this.show();
  }

  private show(): void {
    if (!this.live) return;
    this.timer ??= setInterval(() => { this.show(); }, 200).unref();
    const now = performance.now();
    logUpdate([...this.running].map(([title, { start, text }]) =>
      `…     ${((now - start) / 1000).toFixed(0).padStart(7)} s  ${title}${text === '' ? '' : `: ${text}`}`).join('\n'));
  }

  private plainProgress(title: string, state: { readonly start: number; readonly text: string; printed: number }): void {
    if (this.live || performance.now() - state.printed < PLAIN_PROGRESS_MS) return;
    state.printed = performance.now();
    console.log(`…     ${((state.printed - state.start) / 1000).toFixed(0).padStart(7)} s  ${title}: ${state.text}`);
  }
}

function outcomeOf(faults: readonly string[]): Outcome {
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, faults };
}
