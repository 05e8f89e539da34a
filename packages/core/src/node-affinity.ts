import { Fault } from './faults';
import { LabelExpression } from './label-expression';
import { weightFaults } from './private/pod-affinity-term';

/**
 * Nodes that pods must, or would rather, run on.
 *
 * One value is one alternative, and all of its expressions must hold. Of several required ones, one is enough: "SSD in zone a,
 * or anything in zone b" is two values.
 *
 * ```ts
 * const nodeAffinity = [
 *   NodeAffinity.required(LabelExpression.in('disk', ['ssd']), LabelExpression.in('zone', ['a'])),
 *   NodeAffinity.required(LabelExpression.in('zone', ['b'])),
 *   NodeAffinity.preferred(50, LabelExpression.exists('example.com/fast-network')),
 * ];
 * ```
 *
 * It counts when a pod is placed; a pod that runs stays where it is.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export class NodeAffinity {
  /**
   * Nodes that pods must run on; without one they wait.
   *
   * @param expressions conditions that must all hold; at least one.
   */
  public static required(...expressions: LabelExpression[]): NodeAffinity {
    return new NodeAffinity(undefined, expressions);
  }

  /**
   * Nodes that pods would rather run on.
   *
   * @param weight what such a node counts, from 1 to 100; the node with the highest sum is taken.
   * @param expressions conditions that must all hold; at least one.
   */
  public static preferred(weight: number, ...expressions: LabelExpression[]): NodeAffinity {
    return new NodeAffinity(weight, expressions);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  /** @internal What it counts; a required one has no weight. */
  public readonly _weight: number | undefined;

  private constructor(weight: number | undefined, private readonly expressions: LabelExpression[]) {
    this._weight = weight;
    this.faults = [
      ...(weight === undefined ? [] : weightFaults(weight)),
      ...expressions.flatMap(expression => expression.faults),
      ...(expressions.length > 0 ? [] : [{
        code: 'KEELSON1274', got: 'no expressions', allowed: 'at least one expression', fix: 'name a label of the nodes: without one, no node is meant',
      }]),
    ];
  }

  /** @internal Whether it is about this label. */
  public _mentions(key: string): boolean {
    return this.expressions.some(expression => expression._key === key);
  }

  /** @internal A node selector term. */
  public _term(): object {
    return { matchExpressions: this.expressions.map(expression => expression._render()) };
  }
}
