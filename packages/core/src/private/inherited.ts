import { IConstruct } from 'constructs';

/** A value set on constructs and in force for all below them; the nearest one comes first. */
export class Inherited<T> {
  private readonly values = new WeakMap<IConstruct, T>();
  /** The trees that have a value anywhere: in all others there is nothing to look for. */
  private readonly roots = new WeakSet<IConstruct>();

  public set(scope: IConstruct, value: T): void {
    this.values.set(scope, value);
    this.roots.add(scope.node.root);
  }

  /** What was set on this very construct. */
  public own(scope: IConstruct): T | undefined {
    return this.values.get(scope);
  }

  /** The nearest value, from `scope` upwards. */
  public nearest(scope: IConstruct): T | undefined {
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      const value = this.values.get(at);
      if (value !== undefined) {
        return value;
      }
    }
    return undefined;
  }

  /** All values in force at `scope`, the outermost first, so that later ones override. */
  public all(scope: IConstruct): T[] {
    const found: T[] = [];
    if (!this.roots.has(scope.node.root)) {
      return found;
    }
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      const value = this.values.get(at);
      if (value !== undefined) {
        found.unshift(value);
      }
    }
    return found;
  }
}
