/** How the apps of a run are spread over charts, and so over files. */
export type Layout = 'one-chart' | 'chart-per-app';

/** What every program is started with: `node program.cjs APPS LAYOUT OUTDIR`. */
export interface Run {
  readonly apps: number;
  readonly layout: Layout;
  readonly outdir: string;
}

export function runOf([apps = '1', layout = 'chart-per-app', outdir = 'dist'] = process.argv.slice(2)): Run {
  return { apps: Number(apps), layout: layout === 'one-chart' ? layout : 'chart-per-app', outdir };
}

/** Of one length, so that files sort as the apps are numbered, and sizes differ by nothing but the number. */
export function appId(index: number): string {
  return `web-${String(index).padStart(5, '0')}`;
}
