import { writeSync } from 'node:fs';

/** When the parts of a program ended, in milliseconds since the process began. */
export interface Phases {
  readonly loaded: number;
  readonly built: number;
  readonly written: number;
}

/** Times what a program does: built by `build`, written by the function that it gives back. Printed for the harness. */
export function timed(build: () => () => void): void {
  const loaded = performance.now();
  const write = build();
  const built = performance.now();
  write();
  const phases: Phases = { loaded, built, written: performance.now() };
  writeSync(1, `${JSON.stringify(phases)}\n`);
}
