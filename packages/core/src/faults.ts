import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { quoted } from './private/quoted';
import { within } from './private/within';

/**
 * What is wrong with a value, said without knowing who gets it.
 *
 * A value type never throws: it keeps its faults, and the construct that
 * receives the value reports them under its own path and prop.
 */
export interface Fault {
  /** Stable identifier, such as `KEELSON1001`; core has 1001 to 1999, each block its own thousand. */
  readonly code: string;

  /**
   * Where in the value the mistake is, such as `ready` in `health`.
   *
   * @default - the value itself.
   */
  readonly member?: string;

  /** The value got, as the user wrote it. */
  readonly got: string;

  /** The values allowed, after "must be". */
  readonly allowed: string;

  /** What to change, as an imperative. */
  readonly fix: string;
}

/** What a construct has reported: the lines, and the mistakes behind them. */
interface Report {
  readonly lines: Set<string>;
  readonly mistakes: Set<string>;
  /** The mistakes by the place they are in, which checks of different kinds may find both. */
  readonly said: Set<string>;
}

const reports = new WeakMap<IConstruct, Report>();

/** The constructs that users wrote, of parts that are made of their props. */
const wholes = new WeakMap<IConstruct, IConstruct>();

/** Where constructs leave what is wrong with them. Synth prints all of it, and writes nothing. */
export class Faults {
  /**
   * Have synth fail with these faults (under any `cdk8s.App`, which adds the path); the
   * construct goes on constructing. Twice is the same as once, and what a construct has reported
   * is not reported again by the objects it is made of. Two constructs that got the same bad value both report it.
   *
   * @param scope the construct that got the value.
   * @param prop the prop it came in.
   * @param faults what is wrong with it; none is fine.
   */
  public static report(scope: IConstruct, prop: string, faults: Fault[]): void {
    for (const fault of faults) {
      const mistake = JSON.stringify([fault.code, fault.got]);
      const { lines, mistakes, said } = Faults.reportOf(scope);
      const here = JSON.stringify([prop, fault.member, mistake]);
      if (!said.has(here) && !Faults.reportedAbove(scope, mistake)) {
        lines.add(Faults.describe(prop, fault));
        mistakes.add(mistake);
        said.add(here);
      }
    }
  }

  /**
   * A fault as one line, without the path: `KEELSON1002 'port' must be an integer from 1 to 65535, got 0: …`.
   *
   * @param prop the prop the value came in.
   * @param fault what is wrong with it.
   */
  public static describe(prop: string, fault: Fault): string {
    const where = fault.member === undefined ? prop : `${prop}.${fault.member}`;
    // a key of a map is as users write it
    const line = where.replace(/\p{Cc}/gu, each => JSON.stringify(each).slice(1, -1));
    return `${fault.code} '${line}' must be ${fault.allowed}, got ${fault.got}: ${fault.fix}`;
  }

  /**
   * The faults of a part of a value, said of the whole: for authors of values that are made of others. `path` of the probe in `ready` is
   * `ready.path`.
   *
   * @param member the part.
   * @param faults what is wrong with it.
   */
  public static within(member: string, faults: Fault[]): Fault[] {
    return within(member, faults);
  }

  /**
   * What a user gave, as messages show it, for `got`: a text in quotes, on one line, cut where it is long; of objects and lists only that
   * they are such, since what is in them may be a secret.
   *
   * @param given what was given, of any type: programs without types pass other things where only text is taken.
   */
  public static quoted(given: unknown): string {
    return quoted(given);
  }

  /** Whether a construct has reported anything yet. @internal */
  public static _areAt(scope: IConstruct): boolean {
    return (reports.get(Faults._placeOf(scope))?.lines.size ?? 0) > 0;
  }

  /** From now on what is wrong with a part is said of the construct whose props it was made of. @internal */
  public static _sayOf(whole: IConstruct, part: IConstruct): void {
    wholes.set(part, Faults._placeOf(whole));
  }

  /** The construct that users read of where something is wrong with this one. @internal */
  public static _placeOf(scope: IConstruct): IConstruct {
    return wholes.get(scope) ?? scope;
  }

  private static reportedAbove(scope: IConstruct, mistake: string): boolean {
    if (!ApiObject.isApiObject(scope)) {
      return false;
    }
    for (let above = scope.node.scope; above !== undefined && !Chart.isChart(above); above = above.node.scope) {
      if (reports.get(above)?.mistakes.has(mistake) === true) {
        return true;
      }
    }
    return false;
  }

  private static reportOf(part: IConstruct): Report {
    const scope = Faults._placeOf(part);
    let report = reports.get(scope);
    if (report === undefined) {
      const { lines } = (report = { lines: new Set<string>(), mistakes: new Set<string>(), said: new Set<string>() });
      reports.set(scope, report);
      scope.node.addValidation({ validate: () => [...lines].sort() });
    }
    return report;
  }

  private constructor() {}
}
