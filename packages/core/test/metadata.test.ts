import { Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ConfigMap, Metadata } from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

describe('Metadata', () => {
  test('reaches objects and pods defined before and after, and no selector', () => {
    const chart = charted();
    new Server(chart, 'before');
    new Metadata({ labels: { team: 'payments' } }).applyTo(chart.node.root);
    new Metadata({ annotations: { contact: 'payments@example.com' } }).applyTo(chart.node.root);
    new Server(chart, 'after');
    new ConfigMap(chart, 'settings');
    const objects = accepted(chart);
    expect(objects).toHaveLength(7);
    const deployments = objects.filter(({ kind }) => kind === 'Deployment');
    expect(deployments).toHaveLength(2);
    for (const { metadata } of [...objects, ...deployments.map(({ spec }) => spec.template)]) {
      expect([metadata.labels.team, metadata.annotations?.contact]).toEqual(['payments', 'payments@example.com']);
    }
    expect(JSON.stringify(objects.map(({ spec }) => spec?.podSelector ?? spec?.selector))).not.toContain('team');
  });

  test('the nearest wins, and what an object says itself over all', () => {
    const chart = charted();
    const web = new Server(chart, 'web', { labels: { own: 'web' }, annotations: { own: 'web' } });
    new Server(chart, 'admin');
    for (const [scope, value] of [[chart.node.root, 'app'], [chart, 'chart'], [web, 'web']] as const) {
      new Metadata({ labels: { level: value } }).applyTo(scope);
      new Metadata({ labels: { own: value === 'web' ? 'scope' : value } }).applyTo(scope);
      new Metadata({ annotations: { level: value } }).applyTo(scope);
      new Metadata({ annotations: { own: 'scope' } }).applyTo(scope);
    }
    const objects = accepted(chart);
    expect(named(objects, 'Deployment', 'web').metadata).toMatchObject({ labels: { level: 'web', own: 'web' }, annotations: { level: 'web', own: 'web' } });
    expect(named(objects, 'Deployment', 'web').spec.template.metadata.labels).toMatchObject({ level: 'web', own: 'web' });
    expect(named(objects, 'Deployment', 'admin').metadata).toMatchObject({ labels: { level: 'chart', own: 'chart' }, annotations: { level: 'chart' } });
  });

  test('a second value for one key replaces the first', () => {
    const chart = charted();
    new Metadata({ labels: { team: 'a' } }).applyTo(chart);
    new Metadata({ labels: { team: 'b' } }).applyTo(chart);
    new ConfigMap(chart, 'settings');
    expect(named(accepted(chart), 'ConfigMap', 'settings').metadata.labels).toEqual({ team: 'b' });
  });

  test('fails for the label that selects pods', () => {
    const chart = charted();
    new Metadata({ labels: { 'app.kubernetes.io/instance': 'other' } }).applyTo(chart);
    new Server(chart, 'web');
    expect(() => Testing.synth(chart)).toThrow("KEELSON1059 'metadata.labels' must be another label than the one that selects pods, which is the name of each workload, "
      + "got 'app.kubernetes.io/instance': try 'app.kubernetes.io/part-of'");
  });

  test('takes keys that objects of JavaScript have', () => {
    const chart = charted();
    new Metadata({ labels: { constructor: 'x' } }).applyTo(chart);
    new ConfigMap(chart, 'settings');
    expect(named(accepted(chart), 'ConfigMap', 'settings').metadata.labels).toEqual({ constructor: 'x' });
  });

  test('fails for what no object takes, once, under the scope it was given to', () => {
    const chart = charted();
    new Metadata({ labels: { team: 'our team' } }).applyTo(chart);
    new Metadata({ annotations: { 'a b': 'x' } }).applyTo(chart);
    new Server(chart, 'web');
    expect(mistakes(chart)).toEqual([
      "[shop] KEELSON1052 'metadata.annotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
      "[shop] KEELSON1054 'metadata.labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'our team': try 'our-team'",
    ]);
  });
});
