import { verdictOf, type Cost, type FigureResult, type Goal, type Row } from './row.js';

/** Three digits say enough: 0.283, 1.15, 44.1, 1,711. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${number(value / 1000)} s`;
}

export function goalText({ atMost, atLeast }: Goal = {}): string {
  if (atMost !== undefined) return `≤ ${atMost}`;
  return atLeast === undefined ? '' : `≥ ${atLeast}`;
}

function costText(cost: Cost | undefined): string {
  if (cost === undefined) return '–';
  return `${milliseconds(cost.wallMs)}, cpu ${milliseconds(cost.cpuMs)}${cost.peakMiB === undefined ? '' : `, ${Math.round(cost.peakMiB)} MiB`}`;
}

export const HEADINGS = ['', 'what', 'took', 'against', 'took', 'ratio', 'by cpu', 'goal', ''] as const;

export function cells(id: string, row: Row): string[] {
  const verdict = verdictOf(row);
  return [
    id, row.apps === undefined ? row.what : `${row.what}, ${row.apps} apps`, costText(row.cost), row.against, costText(row.reference),
    row.ratio === undefined ? '–' : number(row.ratio), row.cpuRatio === undefined ? '' : number(row.cpuRatio),
    goalText(row.goal), [verdict === 'reported' ? '' : verdict, row.note ?? ''].filter(text => text !== '').join(': '),
  ];
}

/** For a terminal: columns under each other. */
export function table(figures: readonly FigureResult[]): string {
  const lines = [[...HEADINGS], ...figures.flatMap(({ id, rows, error }) => [
    ...rows.map(row => cells(id, row)),
    ...(error === undefined ? [] : [[id, `ERROR: ${error.split('\n')[0] ?? ''}`, '', '', '', '', '', '', 'failed']]),
  ])];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  return lines.map(line => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
