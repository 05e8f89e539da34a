import type { FigureResult } from './measurement.js';
import { verdictOf, type Cost, type Goal, type Row } from './row.js';

/** Three digits say enough: 0.283, 1.15, 44.1, 1,711. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function milliseconds(value: number): string {
  if (value < 10) return `${number(value)} ms`;
  return value < 1000 ? `${Math.round(value)} ms` : `${number(value / 1000)} s`;
}

/** `1 app`, `1,000 apps`. */
export function apps(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'app' : 'apps'}`;
}

export function goalText({ atMost, atLeast }: Goal = {}): string {
  if (atMost !== undefined) return `≤ ${atMost.toLocaleString('en-US')}`;
  return atLeast === undefined ? '' : `≥ ${atLeast.toLocaleString('en-US')}`;
}

function costText(cost: Cost | undefined): string {
  if (cost === undefined) return '';
  return `${milliseconds(cost.wallMs)}, cpu ${milliseconds(cost.cpuMs)}${cost.peakMiB === undefined ? '' : `, ${Math.round(cost.peakMiB)} MiB`}`;
}

function ratioText({ ratio, bound = false, goal }: Row): string {
  if (ratio === undefined) return '–';
  return `${bound ? goal?.atMost === undefined ? '> ' : '< ' : ''}${number(ratio)}`;
}

/** How often each of the two was run. */
function runsText({ cost, reference }: Row): string {
  const [runs, theirs = runs] = [cost?.runs, reference?.runs];
  return runs === undefined ? '' : runs === theirs ? String(runs) : `${runs}, ${theirs}`;
}

/** The cells of a row, as in `HEADINGS`. A smoke run judges nothing. */
export function cells(id: string, row: Row, quick = false): string[] {
  const verdict = verdictOf(row);
  return [
    id, row.apps === undefined ? row.what : `${row.what}, ${apps(row.apps)}`, costText(row.cost), row.against, costText(row.reference),
    runsText(row), ratioText(row), row.cpuRatio === undefined ? '' : number(row.cpuRatio), goalText(row.goal),
    [verdict === 'reported' || (quick && verdict !== 'not measured') ? '' : verdict, row.note ?? ''].filter(text => text !== '').join(': '),
  ];
}

export const HEADINGS = ['', 'what', 'took', 'against', 'took', 'runs', '×', '× by cpu', 'goal', ''];

/** For a terminal: columns under each other. */
export function table(figures: readonly FigureResult[], quick: boolean): string {
  const lines = [HEADINGS, ...figures.flatMap(({ id, rows, error }) => [
    ...rows.map(row => cells(id, row, quick)),
    ...(error === undefined ? [] : [[id, `ERROR: ${error.split('\n')[0] ?? ''}`]]),
  ])];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  return lines.map(line => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
