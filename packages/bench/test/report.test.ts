import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FIGURES } from '../src/figures/index.js';
import type { ProcessRun } from '../src/measure/process-run.js';
import { counts, type Measurement } from '../src/report/measurement.js';
import { documentation } from '../src/report/publish.js';
import { compare, verdictOf } from '../src/report/row.js';
import { apps, cells, goalText, milliseconds, number, table } from '../src/report/table.js';

const took = (wallMs: number, peakMiB = 50): ProcessRun => ({ wallMs, cpuMs: wallMs * 2, peakMiB, stdout: '' });
const row = { what: 'ours', against: 'theirs' };
const docs = (file: string) => readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');

describe('verdicts', () => {
  test('both sides of a goal', () => {
    expect(verdictOf({ ...row, ratio: 1.15, goal: { atMost: 1.15 } })).toBe('met');
    expect(verdictOf({ ...row, ratio: 1.151, goal: { atMost: 1.15 } })).toBe('missed');
    expect(verdictOf({ ...row, ratio: 40, goal: { atLeast: 40 } })).toBe('met');
    expect(verdictOf({ ...row, ratio: 39.9, goal: { atLeast: 40 } })).toBe('missed');
  });

  test('without a goal a figure is reported, without a ratio it is not measured', () => {
    expect(verdictOf({ ...row, ratio: 3 })).toBe('reported');
    expect(verdictOf({ ...row, goal: { atMost: 1 } })).toBe('not measured');
    expect(verdictOf({ ...row })).toBe('not measured');
  });

  test('a ratio that is no number meets nothing', () => {
    expect(verdictOf({ ...row, ratio: NaN, goal: { atMost: 1 } })).toBe('missed');
    expect(verdictOf({ ...row, ratio: NaN, goal: { atLeast: 1 } })).toBe('missed');
  });
});

describe('comparing', () => {
  const [ours, theirs] = [[took(100, 20), took(300, 20)], [took(400, 80), took(1200, 80)]];

  test('at most is ours over theirs, at least theirs over ours', () => {
    const compared = compare(ours, theirs, { ...row, goal: { atMost: 0.3 } });
    expect(compared).toMatchObject({ ratio: 0.25, cpuRatio: 0.25, cost: { wallMs: 200, cpuMs: 400, runs: 2 } });
    expect(compare(ours, theirs, { ...row, goal: { atLeast: 3 } }).ratio).toBe(4);
    expect(compare(ours, theirs, { ...row, faster: true }).ratio).toBe(4);
  });

  test('memory is compared by peaks', () => {
    const compared = compare(ours, theirs, { ...row, memory: true, goal: { atMost: 0.4 } });
    expect(compared.ratio).toBe(0.25);
    expect(compared.cpuRatio).toBeUndefined();
  });

  test('what took longer than the limit has no ratio and says so', () => {
    expect(compare(ours, [], { ...row, goal: { atLeast: 40 } })).toEqual({
      ...row, goal: { atLeast: 40 }, cost: { wallMs: 200, cpuMs: 400, peakMiB: 20, runs: 2 }, reference: undefined, note: 'over 120 s',
    });
  });
});

describe('the table', () => {
  test('numbers have three digits', () => {
    expect([0.2834, 1.149, 44.06, 1711].map(number)).toEqual(['0.283', '1.15', '44.1', '1,711']);
    expect([0.4, 9.99, 10, 999, 1000].map(milliseconds)).toEqual(['0.400 ms', '9.99 ms', '10 ms', '999 ms', '1.00 s']);
    expect([1, 1000].map(apps)).toEqual(['1 app', '1,000 apps']);
    expect([goalText({ atMost: 0.8 }), goalText({ atLeast: 180_000 }), goalText()]).toEqual(['≤ 0.8', '≥ 180,000', '']);
  });

  test('a line says what was measured, against what, and whether the goal was met', () => {
    const compared = compare([took(100)], [took(400)], { ...row, goal: { atMost: 0.2 }, note: 'Node 22' });
    expect(cells('G2', { ...compared, apps: 10 })).toEqual([
      'G2', 'ours, 10 apps', '100 ms, cpu 200 ms, 50 MiB', 'theirs', '400 ms, cpu 800 ms, 50 MiB', '0.250', '0.250', '≤ 0.2', 'missed: Node 22',
    ]);
    expect(cells('G2', compared, true).at(-1)).toBe('Node 22');
  });

  test('an error is a line, too', () => {
    const lines = table([{ id: 'G1', title: 'x', rows: [], error: 'went wrong\nat …' }], false).split('\n');
    expect(lines.at(-1)).toBe('G1  ERROR: went wrong');
  });
});

describe('what counts', () => {
  const goal = { atMost: 1 };
  const rows = [{ ...row, ratio: 1, goal }, { ...row, ratio: 2, goal }, { ...row, ratio: 2 }, { ...row, goal }];
  const figures = [{ id: 'G1', title: '', rows }, { id: 'G2', title: '', rows: [], error: 'wrong bytes' }];

  test('a full run counts goals and errors', () => {
    expect(counts({ figures, quick: false })).toEqual({ passed: 1, failed: 2 });
  });

  test('a smoke run counts errors only', () => {
    expect(counts({ figures, quick: true })).toEqual({ passed: 4, failed: 1 });
  });
});

describe('the figures', () => {
  test('are G1 to G11 and the sizes', () => {
    expect(FIGURES.map(({ id }) => id)).toEqual([...Array.from({ length: 11 }, (_, i) => `G${i + 1}`), 'SIZES']);
  });

  test('docs/performance.md and its chart show what docs/performance.json holds', async () => {
    const measurement = JSON.parse(docs('performance.json')) as Measurement;
    expect(measurement.quick).toBe(false);
    expect(measurement.figures.map(({ id }) => id)).toEqual(FIGURES.map(({ id }) => id));
    const files = await documentation(measurement);
    expect(Object.keys(files)).toEqual(['performance.json', 'performance.md', 'performance.svg']);
    for (const [file, text] of Object.entries(files)) expect(docs(file), file).toBe(text);
  });
});
