import { Fault } from './faults';
import { Labels } from './labels';

/** The operators of Kubernetes' label selectors, and of node selectors. */
type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

/**
 * A condition on one label, of a node or of a pod.
 *
 * ```ts
 * LabelExpression.in('topology.kubernetes.io/zone', ['eu-1a', 'eu-1b']);
 * LabelExpression.doesNotExist('example.com/retired');
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export class LabelExpression {
  /**
   * The label is there and has one of the values.
   *
   * @param key the label's key.
   * @param values at least one.
   */
  public static in(key: string, values: string[]): LabelExpression {
    return new LabelExpression(key, 'In', values);
  }

  /**
   * The label isn't there, or has none of the values.
   *
   * @param key the label's key.
   * @param values at least one.
   */
  public static notIn(key: string, values: string[]): LabelExpression {
    return new LabelExpression(key, 'NotIn', values);
  }

  /**
   * The label is there, with whatever value.
   *
   * @param key the label's key.
   */
  public static exists(key: string): LabelExpression {
    return new LabelExpression(key, 'Exists', []);
  }

  /**
   * The label isn't there.
   *
   * @param key the label's key.
   */
  public static doesNotExist(key: string): LabelExpression {
    return new LabelExpression(key, 'DoesNotExist', []);
  }

  /**
   * The label is there, and its value is an integer above the given one. For nodes only.
   *
   * @param key the label's key.
   * @param value an integer from 0.
   */
  public static greaterThan(key: string, value: number): LabelExpression {
    return new LabelExpression(key, 'Gt', [String(value)]);
  }

  /**
   * The label is there, and its value is an integer below the given one. For nodes only.
   *
   * @param key the label's key.
   * @param value an integer from 0.
   */
  public static lessThan(key: string, value: number): LabelExpression {
    return new LabelExpression(key, 'Lt', [String(value)]);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  /** @internal The label it is about. */
  public readonly _key: string;

  private constructor(key: string, private readonly operator: Operator, private readonly values: string[]) {
    this._key = key;
    this.faults = this.compares ? [...Labels.faultsOf(key, ''), ...numberFaults(key, values)] : [
      ...(values.length === 0 ? Labels.faultsOf(key, '') : []),
      ...uniqueFaults(values.flatMap(value => Labels.faultsOf(key, value))),
      ...((operator === 'In' || operator === 'NotIn') && values.length === 0 ? [{
        code: 'KEELSON1271', member: key, got: 'no values', allowed: 'compared with at least one value', fix: 'name the values, or use exists or doesNotExist',
      }] : []),
    ];
  }

  /** @internal What is wrong with it as a condition on pods, whose selectors compare no numbers. */
  public get _podFaults(): Fault[] {
    return !this.compares ? this.faults : [...this.faults, {
      code: 'KEELSON1273', member: this._key, got: this.operator === 'Gt' ? 'greaterThan' : 'lessThan', allowed: 'in, notIn, exists or doesNotExist for pods',
      fix: 'name the values: only labels of nodes are compared as numbers',
    }];
  }

  /** @internal An entry of `matchExpressions`. */
  public _render(): object {
    return { key: this._key, operator: this.operator, ...(this.values.length === 0 ? {} : { values: [...this.values] }) };
  }

  private get compares(): boolean {
    return this.operator === 'Gt' || this.operator === 'Lt';
  }
}

function numberFaults(key: string, values: string[]): Fault[] {
  return values.flatMap(value => !Number.isSafeInteger(Number(value)) ? [{
    code: 'KEELSON1272', member: key, got: value, allowed: 'compared with an integer', fix: 'labels are compared as whole numbers: round it',
  }] : Number(value) >= 0 ? [] : [{
    code: 'KEELSON1430', member: key, got: value, allowed: "compared with 0 or more, since no label's value begins with '-'", fix: 'use exists or doesNotExist',
  }]);
}

/** A bad key is one mistake, however many values it has. */
function uniqueFaults(faults: Fault[]): Fault[] {
  return [...new Map(faults.map(fault => [JSON.stringify(fault), fault])).values()];
}
