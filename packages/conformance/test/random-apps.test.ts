import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itemsAt, objectAt, validateManifests, type JsonObject } from '@keelson/testing';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../src/random/evaluate.js';
import { print } from '../src/random/print.js';
import { randomApps, RandomRun, type Complaint, type RandomOptions } from '../src/random/random-apps.js';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const ok = (): Promise<Complaint[]> => Promise.resolve([]);
const changed = (text: string): Complaint => ({ kind: 'changed', text });
const options: RandomOptions = { version: '1.36', gatewayApi: '1.5', apps: 60, seed: 20, judge: ok };

/** A judge with one opinion on Deployments. */
const against = (fault: (spec: JsonObject) => boolean) => (objects: readonly JsonObject[]): Promise<Complaint[]> =>
  Promise.resolve(objects.filter((each) => each.kind === 'Deployment' && fault(objectAt(each, 'spec'))).map(() => changed('a Deployment that nobody likes')));

describe('random apps', () => {
  test('are mostly accepted, counted, and valid by schemas that are not ours', async () => {
    // Two alike are refused here only: the API server takes the list of a ServiceAccount as it is.
    const stricter = /^ServiceAccount .*imagePullSecrets.* must not repeat name/;
    const judge = (objects: readonly JsonObject[]): Promise<Complaint[]> =>
      Promise.resolve(validateManifests(objects).filter((each) => !stricter.test(each)).map(changed));
    const result = await randomApps({ ...options, apps: 120, judge });
    expect(result.findings).toEqual([]);
    expect(result.accepted).toBeGreaterThanOrEqual(120);
    expect(result.accepted / result.generated).toBeGreaterThan(0.5);
    expect(result.generated).toBe(result.accepted + result.refused);
    expect(Object.keys(result.byCode).every((code) => /^KEELSON\d{4}$/.test(code))).toBe(true);
  });

  test('are small when one is found that a judge refuses, and name what is refused', async () => {
    const judge = against((spec) => Number(spec.minReadySeconds) > 15);
    const { findings: [finding] } = await randomApps({ ...options, apps: 900, judge, findings: 1 });
    expect(finding?.complaints).toEqual(['a Deployment that nobody likes']);
    expect(finding?.program).toContain('minReady: Duration.seconds(16)');
    const statements = finding?.program.split('\n').filter((line) => /^(const|web|api|[a-z]+\d)/.test(line)) ?? [];
    expect(statements.map((line) => line.replace(/^const (\w+?)\d* =.*/, '$1'))).toHaveLength(3);
    expect(finding?.program).not.toMatch(/sidecars|resources|exposure|gateway:/);
  });

  test('come again by seed and path, whole and small', async () => {
    const judge = against((spec) => itemsAt(objectAt(spec, 'template', 'spec'), 'tolerations').length > 0);
    const { findings: [finding] } = await randomApps({ ...options, apps: 1500, judge, findings: 1 });
    const again = await randomApps({ ...options, judge, path: finding?.path ?? '' });
    expect(again.findings.map(({ program }) => program)).toEqual([finding?.program]);
    const [index = ''] = finding?.path.split(':') ?? [];
    const fromTheStart = await randomApps({ ...options, judge, path: index });
    expect(fromTheStart.findings).toEqual([finding]);
    expect(finding?.program).toContain('tolerations');
  });

  test('are counted each when all fail alike, and once: making one small asks again', async () => {
    const judge = (objects: readonly JsonObject[]): Promise<Complaint[]> => Promise.resolve(objects.slice(0, 1)
      .flatMap(() => [{ kind: 'rejected', text: 'no' }, { kind: 'warning', text: 'never' }, { kind: 'warning', text: 'again' }]));
    const { findings, accepted, wrong, rejected, warnings, objects } = await randomApps({ ...options, apps: 20, judge, concurrency: 1 });
    expect(findings).toHaveLength(1);
    expect({ accepted, wrong, rejected, warnings }).toEqual({ accepted: 20, wrong, rejected: wrong, warnings: 2 * wrong });
    expect(wrong).toBeGreaterThan(15); // those that render an object
    expect(objects).toBeGreaterThan(wrong);
  });

  test('of one seed are the same, and of another are others', () => {
    const programs = (seed: number): string[] => [0, 1, 2].map((index) => print(new RandomRun({ ...options, seed }).program(index)));
    expect(programs(1)).toEqual(programs(1));
    expect(programs(2)).not.toEqual(programs(1));
  });

  test('fail where too few are accepted', async () => {
    const { findings } = await randomApps({ ...options, version: '1.26', apps: 10 });
    expect(findings.map(({ complaints }) => complaints.slice(0, 2))).toEqual([
      ['of 100 apps only 0 are accepted by us, and refused ones prove nothing', expect.stringMatching(/^KEELSON1152: 100$/)],
    ]);
  });
});

describe('the program printed', () => {
  const run = new RandomRun({ ...options, seed: 4 });
  const accepted = Array.from({ length: 40 }, (_, index) => run.program(index))
    .flatMap((program) => {
      const outcome = evaluate(program);
      return outcome.kind === 'accepted' ? [{ text: print(program), yaml: outcome.yaml }] : [];
    }).slice(0, 8);
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(PACKAGE, '.random-'));
    accepted.forEach(({ text }, index) => writeFileSync(join(folder, `app-${index}.ts`), text));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('compiles under the strict flags', () => {
    const { config } = ts.readConfigFile(join(PACKAGE, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as { config: object };
    const { options: flags } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, PACKAGE);
    const program = ts.createProgram(accepted.map((_, index) => join(folder, `app-${index}.ts`)), { ...flags, noUnusedLocals: false });
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
    expect(accepted).toHaveLength(8);
  });

  test('gives the same bytes as the app that was judged', () => {
    const given = accepted.slice(0, 3).map((_, index) =>
      execFileSync('node', ['--import', 'tsx', join(folder, `app-${index}.ts`)], { cwd: PACKAGE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    expect(given).toEqual(accepted.slice(0, 3).map(({ yaml }) => yaml));
  });
});
