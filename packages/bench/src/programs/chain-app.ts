import { ApiObject, Chart, type App } from 'cdk8s';

/** Charts of nine objects, each behind the one before it: `node program.cjs CHARTS dependent|free OUTDIR`. */
export function chain(app: App, charts: number, dependent: boolean): void {
  let before: Chart | undefined;
  for (let i = 0; i < charts; i++) {
    const chart = new Chart(app, `chart-${i}`);
    for (let k = 0; k < 9; k++) new ApiObject(chart, `object-${k}`, { apiVersion: 'v1', kind: 'ConfigMap' });
    if (dependent && before !== undefined) chart.addDependency(before);
    before = chart;
  }
}
