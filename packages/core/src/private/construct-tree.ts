import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** A construct of an app, and which of its chart's own objects are below it: those from `from` up to before `to`. */
export interface Visited {
  readonly construct: IConstruct;
  /** The number of the nearest chart, the construct itself included; -1 outside of all charts. */
  readonly chart: number;
  readonly from: number;
  to: number;
}

/** A chart and the objects whose nearest chart it is: their numbers in the tree. */
export interface VisitedChart {
  readonly chart: Chart;
  readonly objects: number[];
}

/** What is in an app, in tree order, found in one walk. */
export class ConstructTree {
  public readonly visited: Visited[] = [];
  public readonly charts: VisitedChart[] = [];
  public readonly objects: ApiObject[] = [];

  public constructor(public readonly root: IConstruct) {
    this.visit(root, -1);
  }

  private visit(construct: IConstruct, around: number): void {
    let chart = around;
    if (Chart.isChart(construct)) {
      chart = this.charts.length;
      this.charts.push({ chart: construct as Chart, objects: [] });
    }
    const own = this.charts[chart]?.objects ?? [];
    const entry: Visited = { construct, chart, from: own.length, to: own.length };
    this.visited.push(entry);
    if (ApiObject.isApiObject(construct)) {
      own.push(this.objects.length);
      this.objects.push(construct as ApiObject);
    }
    for (const child of construct.node.children) {
      this.visit(child, chart);
    }
    entry.to = own.length;
  }
}
