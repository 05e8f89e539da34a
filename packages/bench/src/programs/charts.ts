import { Chart, type App } from 'cdk8s';
import type { Construct } from 'constructs';
import { appId, type Run } from './run.js';

/** Namespace of everything. */
export const NAMESPACE = 'shop';

/** Charts as the layout wants them, each filled by `add`. */
export function inCharts(app: App, { apps, layout }: Run, add: (scope: Construct, id: string) => void): void {
  const only = layout === 'one-chart' ? new Chart(app, 'all', { namespace: NAMESPACE }) : undefined;
  for (let i = 1; i <= apps; i++) {
    const id = appId(i);
    add(only ?? new Chart(app, id, { namespace: NAMESPACE }), id);
  }
}
