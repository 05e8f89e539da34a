import { IConstruct } from 'constructs';

/** The library's and cdk8s' own files, and Node's: of no use to who reads what is wrong with an app. */
const NOT_THE_USERS = [/\bnode:/, /[\\/]node_modules[\\/]/, /\(internal\//, /^\s*at new Promise\b/, /<anonymous>\)?$/];

/**
 * What is wrong with an app, as a list.
 *
 * Where it ends a program, Node prints the list and the line that called synth, not the insides of the library.
 */
export class SynthesisError extends Error {
  /** Sorted, each line once, whatever the order they were found in. */
  public static of(mistakes: Iterable<{ readonly scope: IConstruct; readonly text: string }>, outdir?: string): SynthesisError | undefined {
    const lines = new Map<string, string>();
    for (const { scope, text } of mistakes) {
      lines.set(`${scope.node.path}\n${text}`, `[${scope.node.path === '' ? 'App' : scope.node.path}] ${text}`);
    }
    const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
    // A program with several Apps tells them apart by where they write.
    const where = outdir === undefined || outdir === (process.env.CDK8S_OUTDIR ?? 'dist') ? '' : ` to ${outdir}`;
    return sorted.length > 0 ? new SynthesisError(sorted, where) : undefined;
  }

  private constructor(lines: string[], where: string) {
    super(`Nothing was written${where}, ${lines.length} to fix:\n  ${lines.join('\n  ')}`);
    Object.defineProperty(this, 'name', { value: 'SynthesisError' });
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 50;
    const frames = (new Error().stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
    Error.stackTraceLimit = limit;
    const caller = frames.find(frame => !frame.includes(LIBRARY) && !NOT_THE_USERS.some(pattern => pattern.test(frame)));
    this.stack = [this.message, ...(caller === undefined ? [] : [caller])].join('\n');
  }
}

/** The folder that this package's code is in. */
const LIBRARY = __dirname.replace(/private$/, '');
