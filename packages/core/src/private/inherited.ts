import { IConstruct } from 'constructs';

/** A value set on constructs and in force for all below them; the nearest one comes first. */
export class Inherited<T> {
  private readonly values = new WeakMap<IConstruct, T>();

  public set(scope: IConstruct, value: T): void {
    this.values.set(scope, value);
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
    for (let at: IConstruct | undefined = scope; at !== undefined; at = at.node.scope) {
      const value = this.values.get(at);
      if (value !== undefined) {
        found.unshift(value);
      }
    }
    return found;
  }
}
