import { type App, Chart, JsonPatch } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { PodDefaults, PreemptionPolicy, PriorityClass, type PriorityClassProps } from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

function mistakesOf(props: PriorityClassProps, id = 'critical'): string[] {
  const chart = charted();
  new PriorityClass(chart, id, props);
  return mistakes(chart).map(line => line.slice(`[shop/${id}] `.length));
}

describe('W12 PriorityClass and preemption', () => {
  test('is an object of the whole cluster, with all that it can say', () => {
    const chart = charted();
    const critical = new PriorityClass(chart, 'critical', {
      value: 100000, globalDefault: true, preemptionPolicy: PreemptionPolicy.NEVER, description: 'what customers pay by', labels: { team: 'a' },
    });
    const { manifest } = new PriorityClass(chart, 'batch', { value: -10, name: 'shop-batch' });
    manifest.addJsonPatch(JsonPatch.add('/metadata/annotations', { note: 'x' }));
    expect(accepted(chart)).toEqual([
      {
        apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'critical', labels: { team: 'a' } }, value: 100000, globalDefault: true,
        preemptionPolicy: 'Never', description: 'what customers pay by',
      },
      { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'shop-batch', annotations: { note: 'x' } }, value: -10 },
    ]);
    expect([critical.name, critical.kind]).toEqual(['critical', 'PriorityClass']);
  });

  test('says nothing of what an API server stores as nothing', () => {
    const chart = charted();
    new PriorityClass(chart, 'usual', { value: 1, globalDefault: false, description: '' });
    expect(accepted(chart)).toEqual([{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'usual' }, value: 1 }]);
  });

  test('is referred to by type, and is there before those who need it', () => {
    const chart = charted();
    new Server(chart, 'web', { priorityClass: new PriorityClass(chart, 'critical', { value: 1000 }) });
    new PodDefaults({ priorityClass: new PriorityClass(chart, 'usual', { value: 10 }) }).applyTo(chart);
    new Server(chart, 'admin');
    new Server(chart, 'agent', { priorityClass: PriorityClass.SYSTEM_NODE_CRITICAL });
    const classOf = (name: string) => named(accepted(chart), 'Deployment', name).spec.template.spec.priorityClassName as string;
    expect(['web', 'admin', 'agent'].map(classOf)).toEqual(['critical', 'usual', 'system-node-critical']);
  });

  test.each([-2147483648, -1, 0, 1, 1000000000])('takes the value %d', (value) => {
    expect(mistakesOf({ value })).toEqual([]);
  });

  test.each([
    [1000000001, '1000000001', 'what is above is for classes of Kubernetes itself'], [-2147483649, '-2147483649', 'write it like 1000'],
    [0.5, '0.5', 'write it like 1000'], [NaN, 'NaN', 'write it like 1000'], [Infinity, 'Infinity', 'what is above is for classes of Kubernetes itself'],
    ['9' as unknown as number, "'9'", 'write it like 1000'], [undefined as unknown as number, 'undefined', 'write it like 1000'],
  ])('fails for the value %s', (value, got, fix) => {
    expect(mistakesOf({ value })).toEqual([`KEELSON1620 'value' must be an integer from -2147483648 to 1000000000, got ${got}: ${fix}`]);
  });

  test('fails for a name that is Kubernetes’ own, given or by its id', () => {
    const line = "KEELSON1621 'name' must be a name without 'system-' before it, which is for classes of Kubernetes itself, got 'system-shop': "
      + "try 'shop', or take PriorityClass.SYSTEM_CLUSTER_CRITICAL";
    expect(mistakesOf({ value: 1, name: 'system-shop' })).toEqual([line]);
    expect(mistakesOf({ value: 1 }, 'system-shop')).toEqual([line]);
    expect(mistakesOf({ value: 1, name: 'systems' })).toEqual([]);
  });

  test('fails for a name that no object has', () => {
    expect(mistakesOf({ value: 1, name: 'Shop!' })).toEqual([
      "KEELSON1062 'name' must be lower-case letters, digits, '-' and '.' for a PriorityClass, got 'Shop!': try 'shop'",
    ]);
  });

  test('fails for a second default of the cluster, in any chart of the app, however they are ordered', () => {
    const chart = charted();
    const other = new Chart(chart.node.root as App, 'other');
    new PriorityClass(other, 'usual', { value: 10, globalDefault: true });
    new PriorityClass(chart, 'low', { value: 1, globalDefault: false });
    new PriorityClass(chart, 'high', { value: 20, globalDefault: true });
    expect(mistakes(chart)).toEqual([
      "[shop/high] KEELSON1622 'globalDefault' must be set on one PriorityClass of the cluster, got true, as [other/usual] has it: remove it from one of the two",
    ]);
  });
});
