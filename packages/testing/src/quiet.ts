/** Runs what would write warnings, without them: a test compares them, or has thousands. */
export function quietly<T>(work: () => T): T {
  const { stderr } = process;
  const { write } = stderr;
  stderr.write = (): boolean => true;
  try {
    return work();
  } finally {
    stderr.write = write;
  }
}
