import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App as Cdk8sApp, Chart, JsonPatch, Lazy, YamlOutputType } from 'cdk8s';
import { Node } from 'constructs';
import { describe, expect, test, vi } from 'vitest';
import { App, ConfigMap, EnvFrom, EnvValue, Manifest, PodTemplate, TopologySpread, Workload } from '../src';

const OBJECTS = 9;

/** What a synth of so many charts does, per object. */
function workOf(charts: number, yamlOutputType: YamlOutputType): Record<string, number> {
  const outdir = mkdtempSync(join(tmpdir(), 'keelson-work-'));
  const counts = { produced: 0, validated: 0 };
  const app = new App({ outdir, yamlOutputType });
  for (let number = 0; number < charts; number++) {
    const chart = new Chart(app, `chart-${number}`, { namespace: `namespace-${number}` });
    const labels = { 'app.kubernetes.io/instance': 'web' };
    for (let part = 0; part < OBJECTS; part++) {
      const spec = Lazy.any({ produce: () => {
        counts.produced++;
        return { selector: { matchLabels: labels }, template: { metadata: { labels } } };
      } });
      const object = new Manifest(chart, `part-${part}`, {
        apiVersion: part === 0 ? 'apps/v1' : 'v1', kind: part === 0 ? 'Deployment' : 'ConfigMap', metadata: { name: `part-${part}` }, spec,
      } as never);
      object.node.addValidation({ validate: () => {
        counts.validated++;
        return [];
      } });
    }
  }
  const findAll = vi.spyOn(Node.prototype, 'findAll');
  const children = vi.spyOn(Node.prototype, 'children', 'get');
  const render = vi.spyOn(Manifest.prototype, '_render');
  app.synth();
  const all = { findAll: findAll.mock.calls.length, children: children.mock.calls.length, rendered: render.mock.calls.length, ...counts };
  vi.restoreAllMocks();
  rmSync(outdir, { recursive: true });
  const perObject = Object.entries(all).map(([name, count]) => [name, count / (charts * OBJECTS)]);
  return Object.fromEntries(perObject) as Record<string, number>;
}

describe('the work of a synth', () => {
  test.each([
    ['one file for the app', YamlOutputType.FILE_PER_APP],
    ['a file per chart', YamlOutputType.FILE_PER_CHART],
  ])('is the same per object for 10 and for 1,000 charts: %s', (_, layout) => {
    const few = workOf(10, layout);
    const many = workOf(1000, layout);
    expect(many).toEqual({ findAll: 0, produced: 1, validated: 1, rendered: 1, children: expect.any(Number) as number });
    // once per construct: the objects, their charts and the app
    expect(many.children).toBeCloseTo((1 + 1000 * (1 + OBJECTS)) / (1000 * OBJECTS), 9);
    expect(few).toEqual({ ...many, children: (1 + 10 * (1 + OBJECTS)) / (10 * OBJECTS) });
  });
});

/** Workloads and their objects: the one that runs the pods, ServiceAccount and NetworkPolicy. */
const PARTS = 3;
const KEYS = 20;

class Runner extends Workload {
  public constructor(scope: Chart, id: string, settings: ConfigMap) {
    const env = Object.fromEntries(Array.from({ length: KEYS }, (_, key) => [`KEY_${key}`, EnvValue.fromConfigMap(settings, `key-${key}`)]));
    super(scope, id, { image: 'registry.example.com/runner:1', env, envFrom: [EnvFrom.configMap(settings)] }, { kind: 'Deployment', replicated: true });
    new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: this.objectMetadata, spec: { selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}

function appOf(Kind: typeof Cdk8sApp, charts: number, outdir: string): { app: Cdk8sApp; settings: ConfigMap } {
  const app = new Kind({ outdir });
  const data = Object.fromEntries(Array.from({ length: KEYS }, (_, key) => [`key-${key}`, `${key}`]));
  const settings = new ConfigMap(new Chart(app, 'shared', { namespace: 'shop' }), 'settings', { data });
  Array.from({ length: charts }, (_, number) => new Runner(new Chart(app, `chart-${number}`, { namespace: 'shop' }), `runner-${number}`, settings));
  return { app, settings };
}

/** What a synth of so many workloads, each in a chart of its own, does. */
function workOfWorkloads(Kind: typeof Cdk8sApp, charts: number): Record<string, number | undefined> {
  const outdir = mkdtempSync(join(tmpdir(), 'keelson-work-'));
  const spread = vi.spyOn(TopologySpread.prototype, '_render');
  const { app, settings } = appOf(Kind, charts, outdir);
  const render = vi.spyOn(Manifest.prototype, '_render');
  const read = vi.spyOn(Manifest.prototype, '_source');
  const resolve = vi.spyOn(PodTemplate.prototype, 'resolve');
  app.synth();
  const [content = 0, written = 0] = [read, render].map(({ mock }) => mock.contexts.filter(object => object === settings.manifest).length);
  const [rendered = 0, resolved, spreads] = [render, resolve, spread].map(({ mock }) => mock.calls.length);
  const counts = { rendered: rendered - written, content, written, resolved, spreads };
  vi.restoreAllMocks();
  rmSync(outdir, { recursive: true });
  return counts;
}

describe('the work for workloads that take many keys of one ConfigMap', () => {
  // a plain app validates all of it for each chart, which is cdk8s' own doing: there fewer do
  test.each([[10, 'ours', App], [1000, 'ours', App], [10, 'a plain one', Cdk8sApp], [50, 'a plain one', Cdk8sApp]] as const)(
    'is once for each object of %i charts in an app, %s', (charts, _, Kind) => {
      // the ConfigMap is read once for those who take of it, and rendered once to be written
      const expected = { rendered: PARTS * charts, content: 1, written: 1, resolved: charts, spreads: charts };
      expect(workOfWorkloads(Kind, charts)).toEqual(expected);
    });

  test('is done again where the ConfigMap got more data, or a patch, between two synths', () => {
    const { app, settings } = appOf(App, 1, '');
    const checksum = () => /checksum\/config: (\w+)/.exec(app.synthYaml())?.[1];
    const before = checksum();
    expect(checksum()).toBe(before);
    settings.addData('more', 'x');
    const more = checksum();
    settings.manifest.addJsonPatch(JsonPatch.replace('/data/more', 'y'));
    const patched = checksum();
    expect(new Set([before, more, patched]).size).toBe(3);
    settings.manifest.addJsonPatch(JsonPatch.remove('/data/key-3'));
    expect(() => app.synthYaml()).toThrow("KEELSON1303 'env.KEY_3' must be a key of the ConfigMap 'settings'");
  });
});
