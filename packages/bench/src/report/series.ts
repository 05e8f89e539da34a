import type { Measurement } from './measurement.js';
import type { Cost } from './row.js';

/** What the programs of the workload are called in tables. */
export const NAMES = {
  ours: 'Keelson', stock: 'cdk8s-plus-27', moved: 'cdk8s-plus-27 on our App', raw: 'raw ApiObjects', floor: 'no constructs, JSON',
} as const;

/** What so many apps took in one of the programs. */
export interface Point {
  readonly name: string;
  readonly apps: number;
  readonly cost: Cost;
}

/** All that was measured of one layout, by size; what took longer than the limit is missing. */
export function series({ figures }: Pick<Measurement, 'figures'>, layout: string): Point[] {
  const rows = (id: string) => figures.filter(figure => figure.id === id).flatMap(figure => figure.rows);
  const points: Point[] = [];
  const add = (name: string, apps: number, cost: Cost | undefined) => {
    if (cost !== undefined && !points.some(point => point.name === name && point.apps === apps)) points.push({ name, apps, cost });
  };
  for (const { what, against, apps, cost, reference } of rows('SIZES')) {
    if (what !== layout || apps === undefined) continue;
    add(NAMES.ours, apps, cost);
    add(against, apps, reference);
  }
  if (layout === 'chart-per-app') {
    for (const { apps, reference } of rows('G11')) {
      if (apps !== undefined) add('kubectl kustomize', apps, reference);
    }
  }
  return points;
}
