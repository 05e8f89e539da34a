import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OBJECTS_PER_APP, wouldBeStopped } from '../src/figures/workload.js';
import { checksumsOf, codeOf, countKinds, kindsOf, textsOf } from '../src/measure/our-documents.js';
import { runProcess } from '../src/measure/process-run.js';
import { phasesOf, Workbench } from '../src/measure/workbench.js';

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open({ quick: true });
});
afterAll(() => bench.close());

const written = async (program: string, apps: number, layout: 'one-chart' | 'chart-per-app') => {
  const run = await bench.mustRun(await bench.workload(program, apps, layout));
  return { run, folder: bench.path('out', program) };
};

/** Whether a process still runs: one that has ended, and that nobody has waited for, does not. */
function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

describe('the workload', () => {
  test.each(['chart-per-app', 'one-chart'] as const)('%s: all programs write the same kinds as often, and raw the same bytes', async layout => {
    const { folder } = await written('ours', 3, layout);
    const kinds = kindsOf(folder);
    expect(kinds).toEqual({
      ConfigMap: 6, Deployment: 3, HorizontalPodAutoscaler: 3, Ingress: 3, NetworkPolicy: 3, PodDisruptionBudget: 3, Service: 3,
      ServiceAccount: 3,
    });
    expect(Object.values(kinds).reduce((a, b) => a + b)).toBe(3 * OBJECTS_PER_APP);
    for (const program of ['stock', 'moved', 'raw']) expect(kindsOf((await written(program, 3, layout)).folder), program).toEqual(kinds);
    expect(textsOf(bench.path('out/raw'))).toEqual(textsOf(folder));
    expect(textsOf(folder).size).toBe(layout === 'one-chart' ? 1 : 3);
  });

  test('the floor writes the same objects as JSON', async () => {
    await written('ours', 2, 'chart-per-app');
    const { folder } = await written('floor', 2, 'chart-per-app');
    const texts = [...textsOf(folder).values()];
    expect(texts).toHaveLength(2);
    const objects = texts.join('').trim().split('\n').map(line => JSON.parse(line) as { kind: string; metadata: { name: string } });
    expect(countKinds(objects.map(({ kind }) => `kind: ${kind}`).join('\n'))).toEqual(kindsOf(bench.path('out/ours')));
    expect(objects.at(-1)?.metadata.name).toBe('web-00002');
  });

  test('every app has a checksum of its own', async () => {
    const { folder } = await written('ours', 3, 'chart-per-app');
    expect(new Set(checksumsOf(folder)).size).toBe(3);
  });

  test('the literals keep what is special in a template', () => {
    const document = (id: string) => `kind: A\nmetadata:\n  name: ${id}\ndata:\n  x: "\`\${${id}}\\\\\\n"\n  plain: text\n`;
    const exports: { ranks?: ((id: string) => { data: unknown })[][] } = {};
    new Function('exports', codeOf(`${document('web-00001')}---\n${document('web-00002')}`))(exports);
    expect(exports.ranks?.map(rank => rank.map(make => make('web-00042').data))).toEqual([[{ x: '`${web-00042}\\\n', plain: 'text' }]]);
  });
});

describe('sizes that are not tried', () => {
  test('larger ones than one that was stopped', () => {
    expect(wouldBeStopped(1000, { apps: 1000 })).toBe(true);
    expect(wouldBeStopped(999, { apps: 1000 })).toBe(false);
  });

  test('those that would take over two minutes at the pace of before', () => {
    expect(wouldBeStopped(10_000, { apps: 1000, wallMs: 12_000 })).toBe(false);
    expect(wouldBeStopped(10_000, { apps: 1000, wallMs: 12_001 })).toBe(true);
  });

  test('few apps say nothing, since most of their time is the start of Node', () => {
    expect(wouldBeStopped(1000, { apps: 99, wallMs: 100_000 })).toBe(false);
    expect(wouldBeStopped(1000, undefined)).toBe(false);
  });
});

describe('whole processes', () => {
  test('are accounted for: wall, processor, peak memory and what they say', async () => {
    const { run } = await written('ours', 1, 'chart-per-app');
    expect(run.wallMs).toBeGreaterThan(10);
    expect(run.cpuMs).toBeGreaterThan(10);
    expect(run.peakMiB).toBeGreaterThan(20);
    const { loaded, built, written: end } = phasesOf(run);
    expect(loaded < built && built < end).toBe(true);
  });

  test('memory is the child\'s own, not what its parent has', async () => {
    const ballast = Buffer.alloc(300 * 2 ** 20, 1);
    const { run } = await written('empty', 1, 'chart-per-app');
    expect(ballast.length).toBeGreaterThan(0);
    expect(run.peakMiB).toBeLessThan(150);
  });

  test('the processor time of descendants counts', async () => {
    const busy = 'while (process.cpuUsage().user < 200_000);'; // however long that takes on a busy machine
    const run = await bench.mustRun({ args: ['bash', '-c', `"${process.execPath}" -e '${busy}'; true`] });
    expect(run.cpuMs).toBeGreaterThan(190);
  });

  test('what takes longer than the limit is ended with all it started', async () => {
    const pid = bench.path('pid');
    const run = await runProcess({ args: ['bash', '-c', `sleep 3600 & echo $! >${pid}; wait`] }, bench.scratch, 5000);
    expect(run).toBeUndefined();
    const started = Number(readFileSync(pid, 'utf8'));
    await vi.waitUntil(() => !isAlive(started), { timeout: 60_000 });
  });

  test('a failure says the command and what it printed', async () => {
    await expect(bench.run({ args: ['bash', '-c', 'echo no luck >&2; exit 3'] }))
      .rejects.toThrow('exit code 3 of: bash -c echo no luck >&2; exit 3\nno luck\n');
  });

  test('a folder of output is emptied before each run', async () => {
    await written('ours', 2, 'chart-per-app');
    const { folder } = await written('ours', 1, 'chart-per-app');
    expect(textsOf(folder).size).toBe(1);
  });
});
