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
  /** None where it took longer than the limit of one run. */
  readonly cost?: Cost;
}

/** All that was tried of one layout, by size. */
export function series({ figures }: Pick<Measurement, 'figures'>, layout: string): Point[] {
  const rows = (id: string) => figures.filter(figure => figure.id === id).flatMap(figure => figure.rows);
  const points: Point[] = [];
  const add = (name: string, apps: number, cost: Cost | undefined) => {
    if (!points.some(point => point.name === name && point.apps === apps)) points.push({ name, apps, cost });
  };
  for (const { what, against, apps, cost, reference } of rows('SIZES')) {
    if (what !== layout || apps === undefined) continue;
    add(NAMES.ours, apps, cost);
    add(against, apps, reference);
  }
  if (layout === 'chart-per-app') {
    for (const { apps, cost, reference } of rows('G11')) {
      if (apps === undefined) continue;
      add(NAMES.ours, apps, cost);
      add('kubectl kustomize', apps, reference);
    }
  }
  return points;
}
