import { isInterrupted } from './command.js';

/** Prints a line per phase and counts. */
export class Report {
  public passed = 0;
  public failed = 0;

  /** Runs a phase. It passes when it gives no faults and throws nothing; whether it did is the result. */
  public async phase(title: string, work: () => Promise<string[]>): Promise<boolean> {
    const start = performance.now();
    let faults: string[];
    try {
      faults = await work();
    } catch (error) {
      faults = [error instanceof Error ? error.message : String(error)];
    }
    // What fails because everything is being stopped says nothing; the process ends as soon as that is done.
    if (isInterrupted()) return new Promise(() => undefined);
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(7);
    console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${title}`);
    for (const fault of faults) console.log(fault.replaceAll(/^/gm, '         '));
    if (faults.length === 0) this.passed += 1;
    else this.failed += 1;
    return faults.length === 0;
  }
}
