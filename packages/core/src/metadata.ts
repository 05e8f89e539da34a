import { IConstruct } from 'constructs';
import { Fault, Faults } from './faults';
import { Labels } from './labels';
import { Inherited } from './private/inherited';
import { sharedLabelFaults } from './private/pod-defaults';
import { within } from './private/within';

/** What one scope passes on. */
interface Passed {
  readonly labels: Map<string, string>;
  readonly annotations: Map<string, string>;
}

const inherited = new Inherited<Passed>();
const NONE: ReadonlyMap<string, string> = new Map();

/** Labels and annotations for `Metadata`. */
export interface MetadataProps {
  /**
   * Labels by key, such as `team` or `example.com/team`; a value has at most 63 letters, digits, `-`, `_` and `.`.
   *
   * @default - none.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations by key, such as `contact` or `example.com/contact`; a value is any text.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Labels and annotations of everything below a construct: objects and pod templates.
 *
 * ```ts
 * declare const app: App;
 * declare const chart: Chart;
 * new Metadata({ labels: { team: 'payments' } }).applyTo(app);
 * new Metadata({ annotations: { contact: 'payments@example.com' } }).applyTo(chart);
 * Metadata.of(chart).labels;   // { team: 'payments' }
 * ```
 *
 * Order-free: it reaches what was defined before and after. The nearest one wins, key by key, and what
 * an object says itself wins over both. Selectors are never touched.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export class Metadata {
  /**
   * The labels and annotations in force at a construct: those applied to it and above it, the nearest ones where two have one key.
   *
   * @param scope any construct.
   */
  public static of(scope: IConstruct): Metadata {
    return new Metadata({
      labels: Object.fromEntries(Metadata._labelsAt(scope)), annotations: Object.fromEntries(Metadata._annotationsAt(scope)),
    });
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

  /** Labels by key. */
  public readonly labels: { [key: string]: string };

  /** Annotations by key. */
  public readonly annotations: { [key: string]: string };

  /** What is wrong with them; `applyTo` reports it. */
  public readonly faults: Fault[];

  public constructor(props: MetadataProps = {}) {
    this.labels = { ...props.labels };
    this.annotations = { ...props.annotations };
    this.faults = [
      ...within('labels', sharedLabelFaults(this.labels)),
      ...within('annotations', Object.entries(this.annotations).flatMap(([key, value]) => Labels.annotationFaultsOf(key, value))),
    ];
  }

  /**
   * Have all objects and pod templates below a construct carry them. Applied to one construct, they add up; of two values for
   * one key the later one stays.
   *
   * @param scope an app, a chart or any construct.
   */
  public applyTo(scope: IConstruct): void {
    Faults.report(scope, 'metadata', this.faults);
    const own = inherited.own(scope) ?? { labels: new Map<string, string>(), annotations: new Map<string, string>() };
    inherited.set(scope, own);
    Object.entries(this.labels).forEach(([key, value]) => own.labels.set(key, value));
    Object.entries(this.annotations).forEach(([key, value]) => own.annotations.set(key, value));
  }
}
