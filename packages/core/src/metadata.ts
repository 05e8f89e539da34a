import { IConstruct } from 'constructs';
import { Faults } from './faults';
import { Labels } from './labels';
import { Inherited } from './private/inherited';
import { quoted } from './private/quoted';

const inherited = new Inherited<Metadata>();
const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Labels and annotations of everything below a construct: objects and pod templates.
 *
 * ```ts
 * declare const app: App;
 * declare const chart: Chart;
 * Metadata.of(app).addLabel('team', 'payments');
 * Metadata.of(chart).addAnnotation('contact', 'payments@example.com');
 * ```
 *
 * Order-free: it reaches what was defined before and after. The nearest one wins, and what
 * an object says itself wins over both. Selectors are never touched.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export class Metadata {
  /**
   * The labels and annotations that `scope` passes on.
   *
   * @param scope an app, a chart or any construct.
   */
  public static of(scope: IConstruct): Metadata {
    let own = inherited.own(scope);
    if (own === undefined) {
      own = new Metadata(scope);
      inherited.set(scope, own);
    }
    return own;
  }

  /** @internal */
  public static _labelsAt(scope: IConstruct): ReadonlyMap<string, string> {
    const all = inherited.all(scope);
    return all.length === 0 ? NONE : new Map(all.flatMap(metadata => [...metadata.labels]));
  }

  /** @internal */
  public static _annotationsAt(scope: IConstruct): ReadonlyMap<string, string> {
    const all = inherited.all(scope);
    return all.length === 0 ? NONE : new Map(all.flatMap(metadata => [...metadata.annotations]));
  }

  private readonly labels = new Map<string, string>();
  private readonly annotations = new Map<string, string>();

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Add a label to all objects and pod templates below. A second value for one key replaces the first.
   *
   * @param key such as `team` or `example.com/team`.
   * @param value at most 63 letters, digits, `-`, `_` and `.`.
   */
  public addLabel(key: string, value: string): void {
    Faults.report(this.scope, 'labels', Labels.faultsOf(key, value));
    Faults.report(this.scope, 'labels', key !== Labels.INSTANCE ? [] : [{
      code: 'KEELSON1059', got: quoted(key), allowed: 'another label than the one that selects pods, which is the name of each workload',
      fix: `try '${Labels.PART_OF}'`,
    }]);
    this.labels.set(key, value);
  }

  /**
   * Add an annotation to all objects and pod templates below. A second value for one key replaces the first.
   *
   * @param key such as `contact` or `example.com/contact`.
   * @param value any text.
   */
  public addAnnotation(key: string, value: string): void {
    Faults.report(this.scope, 'annotations', Labels.annotationFaultsOf(key, value));
    this.annotations.set(key, value);
  }
}
