/** An expression of the program that an app is. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | ObjectLiteral
  | { readonly kind: 'constant'; readonly owner: string; readonly name: string }
  /** By the name `new`, the constructor. */
  | { readonly kind: 'static'; readonly owner: string; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'method'; readonly of: Expression; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'variable'; readonly name: string }
  /** One that may not be there is known to be, or `otherwise` stands for it. */
  | { readonly kind: 'property'; readonly of: Expression; readonly name: string; readonly optional?: boolean; readonly otherwise?: Expression }
  | Choice;

/** An object literal: a struct, where it has the struct's name, or a map. */
export interface ObjectLiteral {
  readonly kind: 'object';
  readonly struct?: string;
  /** The keys are those of the ConfigMap or Secret that stands beside. */
  readonly keyed?: boolean;
  readonly entries: readonly (readonly [key: string, value: Expression])[];
}

/**
 * What can only be told when the whole program is known; `resolve` replaces it, so that a part may shrink away without
 * leaving another that speaks of it. `index` picks among what there is, `otherwise` stands where there is nothing.
 *
 * - `construct`: one of the constructs defined so far that is of the type `of`;
 * - `container`: a container of the workload around;
 * - `port`: a port that the container around declares; `portName`: the name of one;
 * - `key`: a key of the ConfigMap or Secret that stands beside.
 */
export interface Choice {
  readonly kind: 'choice';
  readonly among: 'construct' | 'container' | 'port' | 'portName' | 'key';
  readonly of: string;
  readonly index: number;
  readonly otherwise: Expression;
}

/** A statement of the program. */
export type Statement =
  | { readonly kind: 'chart'; readonly variable: string; readonly id: string; readonly namespace: string }
  | { readonly kind: 'new'; readonly variable: string; readonly owner: string; readonly factory?: string; readonly scope: string; readonly id: string;
    readonly args: readonly Expression[]; }
  | { readonly kind: 'do'; readonly call: Expression };

/** A whole app. */
export interface Program {
  readonly cluster: Expression;
  readonly statements: readonly Statement[];
}

/** Stands where a construct is asked for and the app has none: then nothing is done. */
export const NOBODY: Expression = { kind: 'variable', name: '' };

export const text = (value: string): Expression => ({ kind: 'text', value });
export const number = (value: number): Expression => ({ kind: 'number', value });
export const list = (items: readonly Expression[]): Expression => ({ kind: 'list', items });
export const map = (entries: readonly (readonly [string, Expression])[]): ObjectLiteral => ({ kind: 'object', entries });
export const call = (owner: string, name: string, ...args: Expression[]): Expression => ({ kind: 'static', owner, name, args });

/** Changes an expression from its leaves up. */
export function rewrite(expression: Expression, change: (each: Expression) => Expression): Expression {
  const inner = (each: Expression): Expression => rewrite(each, change);
  switch (expression.kind) {
    case 'list': return change({ ...expression, items: expression.items.map(inner) });
    case 'object': return change({ ...expression, entries: expression.entries.map(([key, value]) => [key, inner(value)] as const) });
    case 'static': return change({ ...expression, args: expression.args.map(inner) });
    case 'method': return change({ ...expression, of: inner(expression.of), args: expression.args.map(inner) });
    case 'property': return change({ ...expression, of: inner(expression.of) });
    case 'choice': return change({ ...expression, otherwise: inner(expression.otherwise) });
    default: return change(expression);
  }
}

/** An entry of an object literal. */
export function entryOf(object: ObjectLiteral, key: string): Expression | undefined {
  return object.entries.find(([name]) => name === key)?.[1];
}

/** An object literal with other entries; those that are undefined go. */
export function withEntries(object: ObjectLiteral, changed: Readonly<Record<string, Expression | undefined>>): ObjectLiteral {
  const kept = object.entries.filter(([name]) => !(name in changed));
  const added = Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...object, entries: [...kept, ...added] };
}
