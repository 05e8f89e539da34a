import { FIGURES } from '../figures/index.js';
import { LIMIT_MS } from '../measure/process-run.js';
import type { Measurement } from './measurement.js';
import { verdictOf } from './row.js';
import { series } from './series.js';
import { apps, cells, HEADINGS, milliseconds } from './table.js';
import { LIMITS, METHOD, REPEAT, STARTING, WORKLOAD } from './texts.js';

const LAYOUTS = { 'chart-per-app': 'A chart, and so a file, for each app', 'one-chart': 'All apps in one chart' } as const;

/** docs/performance.md, all of it from one measurement. */
export function page(measurement: Measurement): string {
  const { measured, figures } = measurement;
  const goals = figures.filter(({ id }) => id !== 'SIZES');
  const verdicts = goals.flatMap(({ rows }) => rows).map(verdictOf);
  const of = (wanted: string) => verdicts.filter(verdict => verdict === wanted).length;
  return `# Performance

<!-- Written by \`npm run bench -- --docs\` from performance.json: don't edit. -->

Measured on ${measured.slice(0, 10)}: ${of('met')} goals met, ${of('missed')} missed, ${of('not measured')} not measured.${without(measurement)}

${METHOD}

| ${['figure', ...HEADINGS.slice(1, -1), 'goal met?'].join(' | ')} |
|${HEADINGS.map(() => '---|').join('')}
${goals.flatMap(({ id, rows, error }) => [
  ...rows.map(row => line(cells(id, row))),
  ...(error === undefined ? [] : [line([id, `failed: ${error.split('\n')[0] ?? ''}`, '', '', '', '', '', '', '', ''])]),
]).join('\n')}

## From 1 to 10,000 apps

![seconds by the number of apps](performance.svg)

${Object.entries(LAYOUTS).map(([layout, title]) => `${title}: wall time of the whole process, peak memory.\n\n${sizes(measurement, layout)}`).join('\n\n')}

## Machine and versions

${facts(measurement)}

${REPEAT}

${WORKLOAD}

${STARTING}

${LIMITS}
`;
}

function without({ figures }: Measurement): string {
  const missing = FIGURES.filter(({ id }) => !figures.some(figure => figure.id === id)).map(({ id }) => id);
  return missing.length === 0 ? '' : ` This run was without ${missing.join(', ')}.`;
}

function line(texts: readonly string[]): string {
  return `| ${texts.map(text => text.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function sizes(measurement: Measurement, layout: string): string {
  const points = series(measurement, layout);
  const names = [...new Set(points.map(({ name }) => name))];
  const counts = [...new Set(points.map(point => point.apps))].sort((a, b) => a - b);
  const cell = (name: string, count: number) => {
    const point = points.find(each => each.name === name && each.apps === count);
    if (point === undefined) return '';
    if (point.cost === undefined) return `> ${milliseconds(LIMIT_MS)}`;
    const { wallMs, peakMiB } = point.cost;
    return `${milliseconds(wallMs)}${peakMiB === undefined ? '' : `, ${Math.round(peakMiB)} MiB`}`;
  };
  return [
    line(['', ...names]), `|${['', ...names].map(() => '---|').join('')}`,
    ...counts.map(count => line([apps(count), ...names.map(name => cell(name, count))])),
  ].join('\n');
}

function facts({ machine, versions, measured, figures }: Measurement): string {
  return [
    line(['what', 'which']), '|---|---|',
    line(['machine', `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}`]),
    line(['load as each began', figures.map(({ id, load = NaN }) => `${id} ${load}`).join(', ')]),
    line(['when', measured]),
    ...Object.entries(versions).map(([name, version]) => line([name, version ?? 'not there: not measured'])),
  ].join('\n');
}
