import { titleOf } from '@keelson/testing';
import { concurrently } from '../concurrently.js';
import type { ControlPlane } from '../control-plane/control-plane.js';
import { apply, stored } from './apply.js';
import { difference } from './difference.js';
import type { Item } from './item.js';
import { lost } from './kept.js';
import { DEFAULT_CLASS, prerequisites } from './prerequisites.js';
import { removal } from './removal.js';
import { rights } from './rights.js';
import { rollOut } from './roll-out.js';
import { changes } from './unchanged.js';

const AT_ONCE = 32;

/** How long a wave waits for what doesn't come. */
export interface WaveOptions {
  /** @default 120 */
  readonly rollOutSeconds?: number;
  /** @default 60 */
  readonly removalSeconds?: number;
}

/**
 * Takes apps through a cluster together, step by step, and asks of each what its owner would: is it taken whole, does it run, does it
 * stay, may it do what it says and no more, does it go. No two of them share a namespace.
 */
export async function wave(
  plane: ControlPlane, items: readonly Item[], progress: (text: string) => void, options: WaveOptions = {},
): Promise<void> {
  const { rollOutSeconds = 120, removalSeconds = 60 } = options;
  const { client } = plane;
  const step = async (title: string, limit: number, work: (item: Item) => Promise<void>): Promise<void> => {
    let done = 0;
    await concurrently(items, limit, async (item) => {
      await work(item);
      done += 1;
      progress(`${title} ${done} of ${items.length}`);
    });
  };

  await step('prepared', AT_ONCE, (item) => prepare(plane, item, rollOutSeconds));
  await step('applied', AT_ONCE, async (item) => {
    await apply(client, item);
    const found = await stored(client, item);
    item.report('stored', item.objects.flatMap((object, index) => {
      const at = found[index] ?? {};
      // What was refused was said once.
      return Object.keys(at).length === 0 && item.rejected > 0 ? [] : lost(object, at).map((each) => `${titleOf(object)} ${each}`);
    }));
  });
  await step('rolled out', items.length, async (item) => { item.report('rolled out', await rollOut(client, item.taken, rollOutSeconds)); });
  await step('applied again', AT_ONCE, async (item) => {
    item.settled = await stored(client, item);
    for (const object of item.taken) {
      const { error } = await client.apply(object);
      if (error !== undefined) item.report('unchanged', [`${titleOf(object)}: ${error}`]);
    }
    const again = await stored(client, item);
    const changed = item.objects.flatMap((object, index) => changes(object, item.settled[index] ?? {}, again[index] ?? {}));
    item.drift += changed.length;
    item.report('unchanged', changed);
  });
  progress('comparing by kubectl diff');
  await difference(plane, items.filter(({ rejected }) => rejected === 0));
  await step('rights', AT_ONCE, (item) => rights(client, item));
  progress('deleting');
  await removal(client, items, removalSeconds);
}

/** Makes what the cluster has before, and what a release before this one left there, as it runs. */
async function prepare({ client }: ControlPlane, item: Item, rollOutSeconds: number): Promise<void> {
  const first = [...prerequisites(item.before?.objects ?? [], item.options), ...prerequisites(item.objects, item.options)];
  for (const object of first) {
    const { error } = await client.apply(object, { fieldManager: 'conformance' });
    if (error !== undefined) throw new Error(`${titleOf(object)}: ${error}`);
  }
  for (const object of item.before?.objects ?? []) {
    const { error } = await client.apply(object);
    if (error !== undefined) throw new Error(`${titleOf(object)} of ${item.before?.title ?? ''}: ${error}`);
  }
  // An upgrade is of what runs: an immutable field of a Job, a claim in use, a Service with pods behind it.
  const missing = await rollOut(client, item.before?.objects ?? [], rollOutSeconds);
  item.report('rolled out', missing.map((each) => `${item.before?.title ?? ''}: ${each}`));
}

/** The class that claims without one get. */
export async function prepareCluster({ client }: ControlPlane): Promise<void> {
  const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'none', namespace: 'default' }, spec: {} };
  for (const object of prerequisites([claim]).filter(({ kind, metadata }) => kind === 'StorageClass' && (metadata as { name: string }).name === DEFAULT_CLASS)) {
    const { error } = await client.apply(object, { fieldManager: 'conformance' });
    if (error !== undefined) throw new Error(error);
  }
}
