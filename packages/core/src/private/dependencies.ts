import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Fault, Faults } from '../faults';
import { ConstructTree, Visited } from './construct-tree';
import { Precedence } from './precedence';

/** An object and the one it needs to be there first; both by number. */
export interface Need {
  readonly object: number;
  readonly provider: number;
}

/** A mistake, ready to be printed under its construct's path. */
export interface Mistake {
  readonly scope: IConstruct;
  readonly text: string;
}

/** In which order an app's charts and objects are written. */
export interface Order {
  /** The numbers of all charts. */
  readonly charts: number[];
  /** The numbers of all objects, of whatever chart. */
  readonly objects: number[];
  /** Whether a chart must be applied before another, so that file names have to say the order. */
  readonly chartsDepend: boolean;
  /** Dependencies that can't be kept. */
  readonly mistakes: Mistake[];
}

interface Dependency {
  readonly source: Visited;
  readonly target: Visited;
}

/**
 * Declared dependencies mean what they mean to cdk8s: all objects below one construct come behind all objects below the other,
 * where a chart within a chart counts for itself, and comes before the chart around it; a dependency between parts of two charts is
 * one between the charts. Within that, objects go by rank, then as the tree has them, and behind what they need where possible.
 */
export function orderOf(tree: ConstructTree, ranks: number[], needs: Need[]): Order {
  const { declared, mistakes } = declaredIn(tree);
  const charts = new ChartGraph(tree);
  charts.declare(declared);
  const chartOf = chartNumbers(tree);
  const wanted = new Map<string, [number, number]>();
  for (const { object, provider } of needs) {
    const [source, target] = [chartOf[object] ?? 0, chartOf[provider] ?? 0];
    if (source !== target) {
      wanted.set(`${source} ${target}`, [source, target]);
    }
  }
  const chartOrder = charts.order([...wanted.values()]);
  const cyclic = charts.mistakes();
  const objects = new ObjectGraph(tree, ranks);
  if (cyclic.length === 0) {
    [...declared, ...charts.dependencies()].forEach(dependency => objects.declare(dependency));
    needs.forEach(need => objects.prefer(need));
  }
  return {
    charts: chartOrder,
    objects: objects.order(),
    chartsDepend: charts.dependencies().length + wanted.size > 0,
    mistakes: [...mistakes, ...cyclic, ...objects.mistakes()],
  };
}

function declaredIn(tree: ConstructTree): { declared: Dependency[]; mistakes: Mistake[] } {
  const declared: Dependency[] = [];
  const mistakes: Mistake[] = [];
  let entries: Map<IConstruct, Visited> | undefined;
  for (const source of tree.visited) {
    for (const construct of source.construct.node.dependencies) {
      entries ??= new Map(tree.visited.map(entry => [entry.construct, entry]));
      const target = entries.get(construct);
      if (target === undefined) {
        continue; // of another app: nothing of it is written here
      }
      const outside = [source, target].find(({ chart }) => chart < 0);
      if (outside === undefined) {
        declared.push({ source, target });
      } else {
        mistakes.push(mistake(source.construct, {
          code: 'KEELSON1402',
          got: `${nameOf(source.construct)} behind ${nameOf(construct)}`,
          allowed: 'between charts, or between constructs in charts',
          fix: `${nameOf(outside.construct)} is in no chart: name the charts in it`,
        }));
      }
    }
  }
  return { declared, mistakes };
}

/** The charts, and which of them are written before which. */
class ChartGraph {
  private readonly edges: Set<number>[];
  private precedence = new Precedence([]);

  public constructor(private readonly tree: ConstructTree) {
    this.edges = tree.charts.map(() => new Set<number>());
  }

  /** In cdk8s' order: between charts, then a chart behind those in it, then what follows from dependencies between their parts. */
  public declare(declared: Dependency[]): void {
    const add = ({ source, target }: Dependency) => source.chart !== target.chart && this.edges[source.chart]?.add(target.chart);
    const isChart = ({ construct }: Visited) => Chart.isChart(construct);
    declared.filter(({ source, target }) => isChart(source) && isChart(target)).forEach(add);
    const numbers = new Map<IConstruct, number>(this.tree.charts.map(({ chart }, number) => [chart, number]));
    this.tree.charts.forEach(({ chart }, number) => {
      const around = chart.node.scope === undefined ? undefined : numbers.get(chart.node.scope);
      if (around !== undefined) {
        this.edges[around]?.add(number);
      }
    });
    declared.forEach(add);
  }

  public dependencies(): Dependency[] {
    const entries = this.tree.visited.filter(({ construct }) => Chart.isChart(construct));
    return entries.flatMap((source, number) => [...(this.edges[number] ?? [])].flatMap(chart => {
      const target = entries[chart];
      return target === undefined ? [] : [{ source, target }];
    }));
  }

  /** As cdk8s orders them, but for charts that need something of another: those come behind it unless that is against the declared. */
  public order(wanted: [number, number][]): number[] {
    const ranks: number[] = [];
    this.stockOrder().forEach((chart, rank) => (ranks[chart] = rank));
    this.precedence = new Precedence(ranks);
    this.edges.forEach((targets, source) => targets.forEach(target => this.precedence.require(source, target)));
    wanted.forEach(([source, target]) => this.precedence.prefer(source, target));
    return this.precedence.order();
  }

  public mistakes(): Mistake[] {
    const cycle = this.precedence.constrained ? this.precedence.cycle() : [];
    return cycleMistakes(cycle.flatMap(number => this.tree.charts[number]?.chart ?? []));
  }

  /** Depth first from what nothing depends on, each once. */
  private stockOrder(): number[] {
    const inbound = new Set(this.edges.flatMap(targets => [...targets]));
    const all = this.edges.map((_, chart) => chart);
    const order = new Set<number>();
    const met = new Set<number>();
    for (const start of [...all.filter(chart => !inbound.has(chart)), ...all]) {
      const stack = met.has(start) ? [] : [start];
      for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
        const next = [...(met.has(at) ? [] : this.edges[at] ?? [])].reverse().filter(target => !met.has(target));
        met.add(at);
        if (next.length === 0) {
          order.add(at);
          stack.pop();
        }
        stack.push(...next);
      }
    }
    return [...order];
  }
}

/** The objects, and which of them are written before which. */
class ObjectGraph {
  private readonly precedence: Precedence;
  /** By point: the construct whose objects are all behind it (`gates`), or all before it. */
  private readonly pointOf = new Map<number, IConstruct>();
  private readonly gates = new Map<Visited, number>();
  private readonly ends = new Map<Visited, number>();

  public constructor(private readonly tree: ConstructTree, ranks: number[]) {
    this.precedence = new Precedence(ranks);
  }

  public declare({ source, target }: Dependency): void {
    const sources = this.objectsOf(source);
    const targets = this.objectsOf(target);
    const from = Math.max(source.from, target.from);
    const inBoth = source.chart === target.chart ? Math.min(source.to, target.to) - from : 0;
    const shared = inBoth === 1 ? this.tree.charts[source.chart]?.objects[from] : undefined;
    if (shared === undefined) {
      // two objects in both would have to be behind each other: the cycle it makes is reported
      if (sources.length > 0 && targets.length > 0) {
        this.precedence.require(this.gateOf(source), this.endOf(target));
      }
      return;
    }
    for (const object of sources.filter(other => other !== shared)) {
      this.precedence.require(object, shared);
    }
    for (const first of targets.filter(other => other !== shared)) {
      this.precedence.require(shared, first);
    }
  }

  public prefer({ object, provider }: Need): void {
    // where nothing is declared, ranks alone put every provider first
    if (this.precedence.constrained && object !== provider) {
      this.precedence.prefer(object, provider);
    }
  }

  public order(): number[] {
    return this.precedence.order();
  }

  public mistakes(): Mistake[] {
    const cycle = this.precedence.constrained ? this.precedence.cycle() : [];
    return cycleMistakes(cycle.flatMap(at => this.pointOf.get(at) ?? this.tree.objects[at] ?? []));
  }

  private objectsOf({ chart, from, to }: Visited): number[] {
    return this.tree.charts[chart]?.objects.slice(from, to) ?? [];
  }

  /** What all objects of `source` are behind. */
  private gateOf(source: Visited): number {
    const known = this.gates.get(source);
    if (known !== undefined) {
      return known;
    }
    const gate = this.pointFor(source);
    this.gates.set(source, gate);
    this.objectsOf(source).forEach(object => this.precedence.require(object, gate));
    return gate;
  }

  /** What is behind all objects of `target`. */
  private endOf(target: Visited): number {
    const known = this.ends.get(target);
    if (known !== undefined) {
      return known;
    }
    const end = this.pointFor(target);
    this.ends.set(target, end);
    this.objectsOf(target).forEach(object => this.precedence.require(end, object));
    return end;
  }

  private pointFor({ construct }: Visited): number {
    const point = this.precedence.point();
    this.pointOf.set(point, construct);
    return point;
  }
}

function chartNumbers(tree: ConstructTree): number[] {
  const numbers: number[] = [];
  tree.charts.forEach(({ objects }, chart) => objects.forEach(object => (numbers[object] = chart)));
  return numbers;
}

function cycleMistakes(cycle: IConstruct[]): Mistake[] {
  const [first] = cycle;
  if (first === undefined) {
    return [];
  }
  const way = [...cycle, first].map(nameOf).filter((path, at, all) => path !== all[at - 1]);
  return [mistake(first, {
    code: 'KEELSON1401',
    got: way.length > 1 ? way.join(' behind ') : `${way.join('')} behind itself`,
    allowed: 'without a cycle',
    fix: 'remove one of these dependencies',
  })];
}

function mistake(scope: IConstruct, fault: Fault): Mistake {
  return { scope, text: Faults.describe('dependencies', fault) };
}

function nameOf(construct: IConstruct): string {
  return construct.node.path === '' ? 'the app' : construct.node.path;
}
