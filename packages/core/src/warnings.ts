import { IConstruct } from 'constructs';
import { Faults } from './faults';

const METADATA_TYPE = 'keelson:warning';
const printed = new WeakMap<IConstruct, Set<string>>();

/**
 * What a user should know but that doesn't stop synth.
 *
 * Printed on standard error at the first synth, each line once, so that YAML on
 * standard output stays clean. Works under any `cdk8s.App`.
 */
export class Warnings {
  /**
   * Warn about a construct. Twice is the same as once.
   *
   * @param scope the construct it is about.
   * @param code stable identifier, such as `KEELSON1212`.
   * @param text what was done, why, and what to change; lower case, no full stop.
   */
  public static report(scope: IConstruct, code: string, text: string): void {
    const line = `${code} ${text}`;
    const place = Faults._placeOf(scope);
    const { node } = place;
    if (node.metadata.some(entry => entry.type === METADATA_TYPE && entry.data === line)) {
      return;
    }
    const first = !node.metadata.some(entry => entry.type === METADATA_TYPE);
    node.addMetadata(METADATA_TYPE, line);
    if (first) {
      node.addValidation({ validate: () => Warnings.print(place) });
    }
  }

  /**
   * Warn of what is only seen while everything is validated, when the turn of new validations is over. Twice is the same as once.
   *
   * @param scope the construct it is about.
   * @param code stable identifier, such as `KEELSON1212`.
   * @param text what was done, why, and what to change; lower case, no full stop.
   */
  public static reportLate(scope: IConstruct, code: string, text: string): void {
    Warnings.report(scope, code, text);
    Warnings.print(Faults._placeOf(scope));
  }

  /**
   * The warnings of a construct and all below it, sorted: `[path] CODE text`.
   *
   * @param scope where to look.
   */
  public static of(scope: IConstruct): string[] {
    return scope.node.findAll().flatMap(Warnings.linesOf).sort();
  }

  private static linesOf({ node }: IConstruct): string[] {
    return node.metadata.filter(entry => entry.type === METADATA_TYPE).map(entry => `[${node.path}] ${String(entry.data)}`);
  }

  private static print(scope: IConstruct): string[] {
    const seen = printed.get(scope) ?? new Set<string>();
    printed.set(scope, seen);
    for (const line of Warnings.linesOf(scope).filter(l => !seen.has(l))) {
      seen.add(line);
      process.stderr.write(`warning: ${line}\n`);
    }
    return [];
  }

  private constructor() {}
}
