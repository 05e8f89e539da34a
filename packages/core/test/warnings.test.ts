import { App, Chart, Testing } from 'cdk8s';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Warnings } from '../src';

afterEach(() => vi.restoreAllMocks());

const shop = () => {
  const app: App = Testing.app();
  return { app, chart: new Chart(app, 'shop') };
};

describe('Warnings', () => {
  test('are printed on standard error at synth, each once, and stop nothing', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { app, chart } = shop();
    Warnings.report(chart, 'KEELSON1998', 'a thing');
    Warnings.report(chart, 'KEELSON1998', 'a thing');
    Warnings.report(chart, 'KEELSON1999', 'another');
    expect(write).not.toHaveBeenCalled();
    app.synthYaml();
    app.synth();
    expect(write.mock.calls.map(([line]) => line)).toEqual(['warning: [shop] KEELSON1998 a thing\n', 'warning: [shop] KEELSON1999 another\n']);
  });

  test('that come after the first synth are printed at the next', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { app, chart } = shop();
    Warnings.report(chart, 'KEELSON1998', 'a thing');
    app.synthYaml();
    Warnings.report(chart, 'KEELSON1999', 'another');
    app.synthYaml();
    expect(write).toHaveBeenCalledTimes(2);
  });

  test('are listed for a construct and all below it, sorted', () => {
    const { app, chart } = shop();
    const other = new Chart(app, 'billing');
    Warnings.report(chart, 'KEELSON1999', 'b');
    Warnings.report(chart, 'KEELSON1998', 'a');
    Warnings.report(other, 'KEELSON1998', 'c');
    expect(Warnings.of(app)).toEqual(['[billing] KEELSON1998 c', '[shop] KEELSON1998 a', '[shop] KEELSON1999 b']);
    expect(Warnings.of(other)).toEqual(['[billing] KEELSON1998 c']);
  });
});
