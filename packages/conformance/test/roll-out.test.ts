import { titleOf, type JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import type { ApiClient } from '../src/api-client.js';
import type { ControlPlane } from '../src/control-plane/control-plane.js';
import { configMap, deployment, inNamespace } from '../src/negative/objects.js';
import { Item } from '../src/wave/item.js';
import { wave } from '../src/wave/wave.js';

/** A control plane on which Deployments get ready at the so-manieth look, and what it was asked. */
const plane = (looks: number) => {
  const asked: string[] = [];
  const left = new Map<string, number>();
  const client = {
    apply: (object: JsonObject) => {
      if (object.kind === 'Deployment') asked.push(`apply ${String((object.spec as JsonObject).replicas)}`);
      left.set(titleOf(object), looks);
      return Promise.resolve({ status: 200, warnings: [], object });
    },
    read: (object: JsonObject) => {
      const count = left.get(titleOf(object)) ?? 0;
      left.set(titleOf(object), count - 1);
      if (object.kind === 'Deployment') asked.push(count > 0 ? 'waiting' : 'ready');
      const replicas = Number((object.spec as JsonObject | undefined)?.replicas ?? 0);
      const status = count > 0 ? {} : { replicas, updatedReplicas: replicas, availableReplicas: replicas };
      return Promise.resolve({ status: 200, warnings: [], object: { ...object, status } });
    },
    delete: () => Promise.resolve({ status: 200, warnings: [], object: {} }),
    list: () => Promise.resolve([]),
    served: () => Promise.resolve([]),
    isNamespaced: () => Promise.resolve(true),
  } as unknown as ApiClient;
  return { asked, plane: { client, kubectl: () => Promise.resolve({ code: 0, stdout: '', stderr: '' }) } as unknown as ControlPlane };
};

const manifests = (title: string, replicas: number) =>
  ({ title, version: '1.36', files: [], objects: inNamespace('shop', [deployment({ spec: { replicas } }), configMap()]) });

test('yesterday\'s app runs before today\'s comes', async () => {
  const { asked, plane: cluster } = plane(1);
  const item = new Item(manifests('shop', 2), {}, manifests('shop of 0.0.1', 1));
  await wave(cluster, [item], () => undefined, { removalSeconds: 0 });
  expect(asked.slice(0, 4)).toEqual(['apply 1', 'waiting', 'ready', 'apply 2']);
  expect(item.faults).toEqual([]);
});

test('yesterday\'s app that never runs is a fault', async () => {
  const item = new Item(manifests('shop', 2), {}, manifests('shop of 0.0.1', 1));
  await wave(plane(Infinity).plane, [item], () => undefined, { rollOutSeconds: 0, removalSeconds: 0 });
  expect(item.faults[0]).toEqual({
    check: 'rolled out',
    text: 'shop of 0.0.1: Deployment shop/app: updatedReplicas is 0 of 1, availableReplicas is 0 of 1, replicas is 0 of 1 after 0 s',
  });
});
