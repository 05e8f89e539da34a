/**
 * Puts numbered items in order: the lowest rank first, the earlier of equals first, and each behind what it follows.
 *
 * Time is linear in items and edges (times the logarithm of the items), whatever the shape; nothing recurses.
 */
export class Precedence {
  private readonly keys: number[];
  private readonly required: number[][] = [];
  private readonly preferred: number[][] = [];
  private edges = 0;

  public constructor(private readonly ranks: readonly number[]) {
    this.keys = ranks.map((rank, item) => rank * ranks.length + item);
  }

  /** A point between others, which is in no order itself: many may follow it, and it many, at the cost of one edge each. */
  public point(): number {
    // before every item that is ready too, so that a point never delays anything
    this.keys.push(-this.keys.length);
    return this.keys.length - 1;
  }

  /** Whether anything follows anything. */
  public get constrained(): boolean {
    return this.edges > 0;
  }

  /** `item` never comes before `first`. */
  public require(item: number, first: number): void {
    (this.required[item] ??= []).push(first);
    this.edges++;
  }

  /** `item` comes behind `first` unless that would break a requirement. */
  public prefer(item: number, first: number): void {
    (this.preferred[item] ??= []).push(first);
    this.edges++;
  }

  /** The items in order; those that follow themselves, by way of others, are left out. */
  public order(): number[] {
    if (this.edges === 0) {
      return [...this.ranks.keys()].sort((a, b) => this.key(a) - this.key(b));
    }
    const run = new Run(this.keys, this.required, this.preferred);
    return run.all().filter(item => item < this.ranks.length);
  }

  /** A way from an item back to itself, each behind the next, points included; none if `order` has all items. */
  public cycle(): number[] {
    const done = new Set(new Run(this.keys, this.required, this.preferred).all());
    const start = this.keys.findIndex((_, item) => !done.has(item));
    const position = new Map<number, number>();
    const way: number[] = [];
    for (let at: number | undefined = start < 0 ? undefined : start; at !== undefined;) {
      const before = position.get(at);
      if (before !== undefined) {
        return way.slice(before);
      }
      position.set(at, way.length);
      way.push(at);
      at = this.required[at]?.find(first => !done.has(first));
    }
    return [];
  }

  private key(item: number): number {
    return this.keys[item] ?? 0;
  }
}

/** One pass over the edges. */
class Run {
  private readonly followers: number[][] = [];
  private readonly hopefuls: number[][] = [];
  private readonly open: number[];
  private readonly hoped: number[];
  private readonly taken: boolean[] = [];
  private readonly ready: Heap;
  /** Items that nothing keeps back but a preference. */
  private readonly willing: Heap;

  public constructor(keys: number[], required: number[][], preferred: number[][]) {
    this.open = keys.map((_, item) => required[item]?.length ?? 0);
    this.hoped = keys.map((_, item) => preferred[item]?.length ?? 0);
    required.forEach((firsts, item) => firsts.forEach(first => (this.followers[first] ??= []).push(item)));
    preferred.forEach((firsts, item) => firsts.forEach(first => (this.hopefuls[first] ??= []).push(item)));
    this.ready = new Heap(keys);
    this.willing = new Heap(keys);
    keys.forEach((_, item) => this.offer(item));
  }

  public all(): number[] {
    const order: number[] = [];
    for (let item = this.next(); item !== undefined; item = this.next()) {
      this.taken[item] = true;
      order.push(item);
      for (const follower of this.followers[item] ?? []) {
        this.open[follower] = (this.open[follower] ?? 0) - 1;
        this.offer(follower);
      }
      for (const hopeful of this.hopefuls[item] ?? []) {
        this.hoped[hopeful] = (this.hoped[hopeful] ?? 0) - 1;
        this.offer(hopeful);
      }
    }
    return order;
  }

  private offer(item: number): void {
    if (this.open[item] === 0) {
      (this.hoped[item] === 0 ? this.ready : this.willing).push(item);
    }
  }

  private next(): number | undefined {
    for (const heap of [this.ready, this.willing]) {
      for (let item = heap.pop(); item !== undefined; item = heap.pop()) {
        if (this.taken[item] !== true) {
          return item;
        }
      }
    }
    return undefined;
  }
}

/** A binary heap of items, the one with the lowest key on top. */
class Heap {
  private readonly items: number[] = [];

  public constructor(private readonly keys: readonly number[]) {}

  public push(item: number): void {
    let at = this.items.length;
    this.items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.less(at, parent)) {
        return;
      }
      this.swap(at, parent);
      at = parent;
    }
  }

  public pop(): number | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (top === undefined || last === undefined || this.items.length === 0) {
      return top;
    }
    this.items[0] = last;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      least = left < this.items.length && this.less(left, least) ? left : least;
      least = right < this.items.length && this.less(right, least) ? right : least;
      if (least === at) {
        return top;
      }
      this.swap(at, least);
      at = least;
    }
  }

  private less(a: number, b: number): boolean {
    return this.keyAt(a) < this.keyAt(b);
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.items[a] ?? 0, this.items[b] ?? 0];
    this.items[a] = second;
    this.items[b] = first;
  }

  private keyAt(position: number): number {
    return this.keys[this.items[position] ?? -1] ?? Infinity;
  }
}
