/**
 * Watches which members of a JSON value a compiled validator asks for.
 *
 * The validators of `kubernetes-models` are code made from the OpenAPI schemas; the schemas themselves are not in the package.
 * But such code reads every member that the schema declares, present or not, and every key of a map. So what an object has and
 * nobody read is a field that the schema doesn't declare; and an object of which nothing was read is one that the schema leaves open.
 */
export class Observed {
  private readonly reads = new WeakMap<object, Set<PropertyKey>>();
  private readonly proxies = new WeakMap<object, object>();

  /** A view of the value that behaves like it and takes note of what is read. */
  public of<T>(value: T): T {
    if (typeof value !== 'object' || value === null) return value;
    const known = this.proxies.get(value);
    if (known !== undefined) return known as T;
    const reads = new Set<PropertyKey>();
    this.reads.set(value, reads);
    const proxy = new Proxy(value, {
      get: (target, key) => {
        reads.add(key);
        return this.of(Reflect.get(target, key) as unknown);
      },
    });
    this.proxies.set(value, proxy);
    return proxy as T;
  }

  /** The keys that the value has and nobody asked for, as lists of keys from the top. */
  public unread(value: unknown, path: (string | number)[] = []): (string | number)[][] {
    if (Array.isArray(value)) return value.flatMap((item, index) => this.unread(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return [];
    const reads = this.reads.get(value);
    if (reads === undefined || reads.size === 0) return [];
    return Object.entries(value).flatMap(([key, member]) =>
      reads.has(key) ? this.unread(member, [...path, key]) : [[...path, key]]);
  }
}
