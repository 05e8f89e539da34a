import { mistakesOf as saidBySynth } from '@keelson/testing/mistakes';
import { type ApiObject, App as Cdk8sApp, Chart } from 'cdk8s';
import { expect } from 'vitest';
import { App, Manifest } from '../src';

/** A class of objects: ours, or cdk8s' own. */
export type Make = new (scope: Chart, id: string, props: never) => ApiObject;

/** What synth says of an app, a line for each mistake; nothing where it writes. */
export function saidBy(app: Cdk8sApp): string[] {
  return saidBySynth(() => app.synthYaml());
}

/** What is wrong with the app, under ours and under a plain one, where it must be the same. */
export function mistakesOf(build: (chart: Chart, app: Cdk8sApp) => void): string[] {
  const [ours, stock] = [App, Cdk8sApp].map(Kind => {
    const app = new Kind();
    // ours checks raw objects alone too; a plain app does from the first Manifest on
    new Manifest(new Chart(app, 'any'), 'any', { apiVersion: 'v1', kind: 'ConfigMap' });
    build(new Chart(app, 'a', { namespace: 'shop' }), app);
    return saidBy(app).sort();
  });
  expect(ours).toEqual(stock);
  return ours ?? [];
}
