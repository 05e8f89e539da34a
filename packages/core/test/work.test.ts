import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart, Lazy, YamlOutputType } from 'cdk8s';
import { Node } from 'constructs';
import { describe, expect, test, vi } from 'vitest';
import { App, Manifest } from '../src';

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
  const toJson = vi.spyOn(Manifest.prototype, 'toJson');
  app.synth();
  const all = { findAll: findAll.mock.calls.length, children: children.mock.calls.length, toJson: toJson.mock.calls.length, ...counts };
  vi.restoreAllMocks();
  rmSync(outdir, { recursive: true });
  const perObject = Object.entries(all).map(([name, count]) => [name, count / (charts * OBJECTS)]);
  return Object.fromEntries(perObject) as Record<string, number>;
}

describe('the work of a synth', () => {
  test.each([
    ['one file for the app', YamlOutputType.FILE_PER_APP],
    ['a file per chart', YamlOutputType.FILE_PER_CHART],
  ])('is the same per object for 10 and for 1,000 charts: %s', { timeout: 60_000 }, (_, layout) => {
    const few = workOf(10, layout);
    const many = workOf(1000, layout);
    expect(many).toEqual({ findAll: 0, produced: 1, validated: 1, toJson: 1, children: expect.any(Number) as number });
    // once per construct: the objects, their charts and the app
    expect(many.children).toBeCloseTo((1 + 1000 * (1 + OBJECTS)) / (1000 * OBJECTS), 9);
    expect(few).toEqual({ ...many, children: (1 + 10 * (1 + OBJECTS)) / (10 * OBJECTS) });
  });
});
