import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { specimenFaults, type Json, type JsonObject } from '../src/index.js';
import { before, brokenClaims, collected, KUBERNETES_VERSIONS, since, specimensOf, uncollected, writeSpecimens, type SpecimenProps } from '../src/specimen.js';

const WEB: JsonObject = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels: { 'example.com/team': 'shop' } },
  spec: { replicas: 2, strategy: { type: 'Recreate' }, template: { spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }] }, { name: 'proxy' }] } } },
};
const NAMED = (name: string): JsonObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { type: 'ClusterIP' } });
const OBJECTS = [WEB, NAMED('a'), NAMED('b'), { ...NAMED('import-0f3a'), kind: 'Job' }];

describe('claims', () => {
  test.each([
    'Deployment spec.replicas = 2',
    'Deployment/web spec.strategy = { type: Recreate }',
    'Deployment metadata.labels["example.com/team"] = shop',
    'Deployment spec.template.spec.containers[0].ports[0].containerPort = 80',
    'Deployment spec.template.spec.containers[name=proxy].name = proxy',
    'Deployment spec.template.spec.containers has { name: web, ports: [{ containerPort: 80 }] }',
    'Deployment spec has { strategy: { type: Recreate } }',
    'Deployment spec.paused is absent',
    'Deployment spec.template.spec.containers[name=other] is absent',
    'Service/b spec.type = ClusterIP',
    'Job/import-* spec.type = ClusterIP',
    'Job/export-* is absent',
    'Ingress is absent',
  ])('%s: is so', (claim) => {
    expect(brokenClaims(OBJECTS, [claim])).toEqual([]);
  });

  test.each([
    ['Deployment spec.replicas = 3', 'is 2'],
    ['Deployment spec.replicas = "2"', 'is 2'],
    ['Deployment spec.strategy = {}', 'is {"type":"Recreate"}'],
    ['Deployment spec.strategy has { type: RollingUpdate }', 'is {"type":"Recreate"}'],
    ['Deployment spec.template.spec.containers has { name: other }', 'is [{"name":"web","ports":[{"containerPort":80}]},{"name":"proxy"}]'],
    ['Deployment spec.replicas is absent', 'is 2'],
    ['Deployment spec.replicas.constructor = 2', 'is absent'],
    ['Service spec.type = ClusterIP', 'there are 2 of this kind'],
    ['Service/c spec.type is absent', 'there are 0 of this kind and name'],
    ['Deployment is absent', 'there are 1'],
    ['Job/export-* spec.type = ClusterIP', 'there are 0 of this kind and name'],
    ['the replicas are 2', 'is no claim, see brokenClaims'],
    ['Deployment = 2', 'is no claim, see brokenClaims'],
  ])('%s: %s', (claim, said) => {
    expect(brokenClaims(OBJECTS, [claim])).toEqual([`${claim}: ${said}`]);
  });
});

/** An app that writes objects, one file a chart; what a library gives is in a list. */
interface Chart { readonly namespace: string; readonly objects: JsonObject[] }
class App {
  public readonly charts: Chart[] = [];
  public readonly warnings: string[] = [];
  public constructor(public readonly outdir: string, public readonly version: string) {}
}
let warning: string | undefined;
let mistake: ((version: string) => string | undefined) | undefined;
let times = 0;
const specimen = specimensOf({
  app: (outdir, version, _cluster: object | undefined) => new App(outdir, version),
  chart: (app, namespace): Chart => {
    const chart = { namespace, objects: [] };
    app.charts.push(chart);
    return chart;
  },
  synth: (app) => {
    const said = mistake?.(app.version);
    if (said !== undefined) throw new Error(said);
    for (const { namespace, objects } of app.charts) writeFileSync(join(app.outdir, `${namespace}.k8s.yaml`), objects.map((each) => stringify(each)).join('---\n'));
  },
  warnings: () => (warning === undefined ? [] : [`[shop/web] ${warning} and why`]),
  usualWarnings: [before('1.30', 'KEELSON9001')],
});
const map = (namespace: string, data: Json = { a: 'b' }): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data });
const made = (props: Partial<SpecimenProps<Chart, object>> = {}) => specimen({
  title: 'test-settings', shows: ['ConfigMap data = { a: b }'], warns: [], define: (chart) => { chart.objects.push(map(chart.namespace)); }, ...props,
});
const faults = (props: Partial<SpecimenProps<Chart, object>> = {}, version = '1.33') => specimenFaults(made(props), version);

describe('a specimen', () => {
  let scratch = '';
  beforeAll(() => { scratch = mkdtempSync(join(tmpdir(), 'specimens-')); });
  afterAll(() => {
    [warning, mistake] = [undefined, undefined];
    rmSync(scratch, { recursive: true });
  });

  test('is right where all is as it says', () => {
    expect(faults()).toEqual([]);
  });

  test('may say what is so from a version on, and what was before', () => {
    const shows = [since('1.30', 'ConfigMap data = { a: b }'), before('1.30', 'ConfigMap data = { a: c }')];
    expect([faults({ shows }, '1.30'), faults({ shows }, '1.29')]).toEqual([[], ['ConfigMap data = { a: c }: is {"a":"b"}']]);
  });

  test('has to give the warnings that it says, and no others', () => {
    expect(faults({ warns: ['KEELSON9002'] })).toEqual(["doesn't give warning KEELSON9002, which it says"]);
    warning = 'KEELSON9001';
    expect(faults()).toEqual(["gives warning KEELSON9001, which it doesn't say"]);
    expect([faults({ warns: ['KEELSON9001'] }), faults({ warns: undefined }, '1.29')]).toEqual([[], []]);
    expect(faults({ warns: undefined }, '1.30')).toEqual(["gives warning KEELSON9001, which it doesn't say"]);
    warning = undefined;
  });

  test('has to be refused by the codes that it says, where it says so', () => {
    const refused = [before('1.30', 'KEELSON9003')];
    mistake = (version) => (version === '1.29' ? 'KEELSON9003 is wrong' : undefined);
    expect([faults({ refused }, '1.29'), faults({ refused }, '1.30')]).toEqual([[], []]);
    expect(faults({}, '1.29')).toEqual(['Error: KEELSON9003 is wrong']);
    mistake = () => 'KEELSON9004 is wrong';
    expect(faults({ refused }, '1.29')).toEqual(['Error: KEELSON9004 is wrong']);
    mistake = undefined;
    expect(faults({ refused }, '1.29')).toEqual(['is not refused by KEELSON9003']);
  });

  test('is the same bytes twice, in namespaces of its own, of what an API server takes', () => {
    expect(faults({ shows: [], define: (chart) => { chart.objects.push(map(chart.namespace, { a: String(times++) })); } })).toEqual(['is not the same bytes twice']);
    expect(faults({ define: (chart) => { chart.objects.push(map('shop')); } })).toEqual([
      "ConfigMap shop/settings: neither it nor its namespace is called 'test-settings' or 'test-settings-…'",
    ]);
    expect(faults({ define: (chart, more) => { [more('data')].forEach(({ objects, namespace }) => objects.push(map(namespace))); void chart; } })).toEqual([]);
    expect(faults({ shows: [], define: (chart) => { chart.objects.push(map(chart.namespace, { a: 1 })); } })).toEqual([
      'ConfigMap test-settings/settings data.a: must be string',
    ]);
  });

  test('is written for each version that does not refuse it, and what was there is gone', () => {
    writeFileSync(join(scratch, 'old'), '');
    expect(writeSpecimens([made({ refused: [before('1.30', 'KEELSON9003')] })], scratch)).toBe(KUBERNETES_VERSIONS.length - 1);
    expect([existsSync(join(scratch, 'old')), existsSync(join(scratch, '1.27'))]).toEqual([false, false]);
    expect(readFileSync(join(scratch, '1.36/test-settings/test-settings.k8s.yaml'), 'utf8')).toContain('namespace: test-settings\n');
  });

  test('has a title of its own that can be a namespace', () => {
    const titled = (...titles: string[]) => () => collected(Object.fromEntries(titles.map((title, at) => [String(at), made({ title })])));
    expect(titled('b', 'a')().map(({ title }) => title)).toEqual(['a', 'b']);
    expect(titled('a', 'b', 'a')).toThrow("two specimens are called 'a'");
    expect(titled('x'.repeat(40))()).toHaveLength(1);
    expect(titled('x'.repeat(41))).toThrow(`'${'x'.repeat(41)}' is no title: at most 40 lower-case letters, digits and '-'`);
    expect(titled('Web')).toThrow("'Web' is no title");
  });
});

test('a file of specimens that nobody collects is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'specimens-'));
  const write = (file: string, text: string) => { writeFileSync(join(folder, file), text); };
  write('index.ts', "import * as claims from './claims';\n");
  write('claims.ts', 'export const one = specimen({});\n');
  write('claims-more.ts', "export const title = 'x';\nexport const two = specimen({});\n");
  write('server.ts', 'export class Server {}\n');
  expect(uncollected(folder)).toEqual(['claims-more.ts']);
  rmSync(folder, { recursive: true });
});
