import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Measurement } from './measurement.js';
import { series } from './series.js';

const POWERS = [0.01, 0.1, 1, 10, 100, 1000, 10_000];

/** Seconds by the number of apps, both logarithmic: an SVG. The same measurement gives the same bytes. */
export async function chart(measurement: Measurement): Promise<string> {
  const points = series(measurement, 'chart-per-app').flatMap(({ name, apps, cost }) => (
    cost === undefined ? [] : [{ name, apps, seconds: cost.wallMs / 1000 }]));
  const spec: TopLevelSpec = {
    title: 'One chart per app: seconds of the whole process',
    width: 560,
    height: 360,
    background: 'white',
    data: { values: points },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'apps', type: 'quantitative', scale: { type: 'log' }, axis: { values: POWERS }, title: 'apps (9 objects each)' },
      y: { field: 'seconds', type: 'quantitative', scale: { type: 'log' }, axis: { values: POWERS }, title: 'seconds' },
      color: { field: 'name', type: 'nominal', sort: null, title: null, legend: { labelLimit: 300 } },
    },
  };
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  return `${await view.toSVG()}\n`;
}
