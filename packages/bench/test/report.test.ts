import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FIGURES } from '../src/figures/index.js';
import type { ProcessRun } from '../src/measure/process-run.js';
import { counts, together, type Measurement } from '../src/report/measurement.js';
import { documentation, lacks } from '../src/report/publish.js';
import { compare, verdictOf } from '../src/report/row.js';
import { series } from '../src/report/series.js';
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

  test('against what took longer than the limit the ratio is a bound, which can meet a goal but not miss it', () => {
    const slow = compare([took(6000, 20)], [], { ...row, goal: { atLeast: 20 } });
    expect(slow).toEqual({
      ...row, goal: { atLeast: 20 }, cost: { wallMs: 6000, cpuMs: 12_000, peakMiB: 20, runs: 1 }, ratio: 20, bound: true,
      note: 'theirs takes over 120 s',
    });
    expect(verdictOf(slow)).toBe('met');
    expect(cells('G4', slow).slice(3)).toEqual(['theirs', '', '1', '> 20.0', '', '≥ 20', 'met: theirs takes over 120 s']);
    expect(verdictOf(compare([took(6000)], [], { ...row, goal: { atLeast: 20.1 } }))).toBe('not measured');
    expect(compare([took(6000)], [], { ...row, goal: { atMost: 0.1 } })).toMatchObject({ ratio: 0.05, bound: true });
  });

  test('memory of what was stopped is not compared', () => {
    expect(verdictOf(compare(ours, [], { ...row, memory: true, goal: { atMost: 0.4 } }))).toBe('not measured');
  });

  test('what takes longer than the limit itself is a failure', () => {
    expect(() => compare([], theirs, { ...row, goal: { atLeast: 40 } })).toThrow('ours takes over 120 s');
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
      'G2', 'ours, 10 apps', '100 ms, cpu 200 ms, 50 MiB', 'theirs', '400 ms, cpu 800 ms, 50 MiB', '1', '0.250', '0.250', '≤ 0.2', 'missed: Node 22',
    ]);
    expect(cells('G2', compared, true).at(-1)).toBe('Node 22');
    expect(cells('G2', compare([took(1), took(1)], [took(4)], row))[5]).toBe('2, 1');
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

describe('a run of some figures', () => {
  const figure = (id: string, ratio: number) => ({ id, title: '', rows: [{ ...row, ratio }] });
  const run = (figures: ReturnType<typeof figure>[], more: object = {}) => (
    { measured: '', quick: false, machine: { cores: 2 }, versions: { Node: '20' }, figures, ...more } as unknown as Measurement);
  const order = ['G1', 'G2', 'G3'];

  test('leaves the others as they were, in their order', () => {
    const all = together(run([figure('G2', 2)]), run([figure('G1', 1), figure('G2', 1), figure('G3', 1)]), order);
    expect(all.figures.map(({ id, rows }) => [id, rows[0]?.ratio])).toEqual([['G1', 1], ['G2', 2], ['G3', 1]]);
  });

  const others = [{ quick: true }, { versions: { Node: '22' } }, { machine: { cores: 4 } }].map(more => run([figure('G1', 1)], more));
  test.each([undefined, ...others])(
    'stands alone where the others were measured otherwise', (before) => {
      expect(together(run([figure('G2', 2)]), before, order).figures.map(({ id }) => id)).toEqual(['G2']);
    });
});

describe('sizes', () => {
  const cost = (wallMs: number) => ({ wallMs, cpuMs: wallMs, runs: 1 });
  const figures = [
    { id: 'SIZES', title: '', rows: [
      { what: 'chart-per-app', apps: 10, against: 'raw ApiObjects', cost: cost(1), reference: cost(2) },
      { what: 'chart-per-app', apps: 100, against: 'raw ApiObjects', cost: cost(3) },
      { what: 'one-chart', apps: 10, against: 'raw ApiObjects', cost: cost(4), reference: cost(5) },
    ] },
    { id: 'G11', title: '', rows: [
      { what: 'a chart each', apps: 10, against: 'kubectl kustomize', cost: cost(6), reference: cost(7) },
      { what: 'bundled', against: 'kubectl kustomize', cost: cost(8), reference: cost(9) },
    ] },
  ];

  test('each program has a point per size, without a cost where it took too long', () => {
    expect(series({ figures }, 'chart-per-app').map(({ name, apps: size, cost: taken }) => [name, size, taken?.wallMs])).toEqual([
      ['Keelson', 10, 1], ['raw ApiObjects', 10, 2], ['Keelson', 100, 3], ['raw ApiObjects', 100, undefined], ['kubectl kustomize', 10, 7],
    ]);
    expect(series({ figures }, 'one-chart').map(({ name, apps: size }) => [name, size])).toEqual([['Keelson', 10], ['raw ApiObjects', 10]]);
  });
});

describe('the figures', () => {
  test('are G1 to G12 and the sizes', () => {
    expect(FIGURES.map(({ id }) => id)).toEqual([...Array.from({ length: 12 }, (_, i) => `G${i + 1}`), 'SIZES']);
  });

  test('are shown of whole runs only', () => {
    const cost = { wallMs: 1, cpuMs: 1, runs: 3 };
    const rows = (runs: number) => [{ ...row, cost, reference: { ...cost, runs }, goal: { atMost: 1 } }];
    const whole = (runs = 3) => FIGURES.map(({ id, title }) => ({ id, title, rows: rows(runs) }));
    const lacking = (more: Partial<Measurement>) => lacks({ figures: whole(), quick: false, ...more } as Measurement);
    expect(lacking({})).toBeUndefined();
    expect(lacking({ quick: true })).toBe('a smoke run');
    expect(lacking({ figures: whole().slice(2) })).toBe('without G1, G2');
    expect(lacking({ figures: whole().map(figure => (figure.id === 'G7' ? { ...figure, error: 'other bytes' } : figure)) })).toBe('without G7');
    expect(lacking({ figures: whole(2) })).toBe('one of fewer than 3 runs in G1');
    expect(lacks(JSON.parse(docs('performance.json')) as Measurement)).toBeUndefined();
  });

  test('docs/performance.md and its chart show what docs/performance.json holds', async () => {
    const measurement = JSON.parse(docs('performance.json')) as Measurement;
    expect(measurement.quick).toBe(false);
    const files = await documentation(measurement);
    expect(Object.keys(files)).toEqual(['performance.json', 'performance.md', 'performance.svg']);
    for (const [file, text] of Object.entries(files)) expect(docs(file), file).toBe(text);
  });
});
