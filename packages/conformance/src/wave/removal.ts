import { setTimeout as delay } from 'node:timers/promises';
import { objectAt, titleOf, type JsonObject } from '@keelson/testing';
import { collectionOf, type ApiClient, type ServedKind } from '../api-client.js';
import { concurrently } from '../concurrently.js';
import type { Item } from './item.js';
import { prerequisites } from './prerequisites.js';

/** Made by the cluster in every namespace, or about what was there. */
const OF_THE_CLUSTER = [/^ServiceAccount \S+\/default$/, /^ConfigMap \S+\/kube-root-ca\.crt$/, /^Event /];

/** Deletes the apps, and waits until nothing is left but what must stay: claims made from a StatefulSet's template, and their volumes. */
export async function removal(client: ApiClient, items: readonly Item[], seconds: number): Promise<void> {
  await concurrently(items, 16, async (item) => {
    let refused = await refusals(client, [...item.objects, ...item.before?.objects ?? []]);
    // What a policy of the app itself keeps goes once that policy is gone, which takes a moment.
    for (let tries = 0; tries < 40 && refused.length > 0; tries += 1) {
      await delay(500);
      refused = await refusals(client, refused.map(({ object }) => object));
    }
    item.report('deleted', refused.map(({ object, error }) => `${titleOf(object)}: ${error}`));
  });
  const kinds = (await client.served()).filter(({ namespaced, verbs }) => namespaced && verbs.includes('list') && verbs.includes('delete'));
  const end = performance.now() + seconds * 1000;
  let left = await leftOf(client, kinds, items);
  while (left.size > 0 && performance.now() < end) {
    await delay(1000);
    left = await leftOf(client, kinds, items);
  }
  for (const [item, titles] of left) item.report('deleted', titles.map((title) => `${title} is left behind after ${seconds} s`));
  await concurrently(items, 16, async (item) => { item.report('deleted', await lostClaims(client, item)); });
  await clean(client, items, seconds);
}

/** What the API server keeps, and why. */
interface Refusal {
  readonly object: JsonObject;
  readonly error: string;
}

/** Deletes objects; those that the API server keeps. */
async function refusals(client: ApiClient, objects: readonly JsonObject[]): Promise<Refusal[]> {
  const refused: Refusal[] = [];
  for (const object of objects) {
    const { error, status } = await client.delete(object);
    if (error !== undefined && status !== 404) refused.push({ object, error });
  }
  return refused;
}

/** What is still there of each app: in its namespaces, and of its cluster-scoped objects. */
async function leftOf(client: ApiClient, kinds: readonly ServedKind[], items: readonly Item[]): Promise<Map<Item, string[]>> {
  const owner = new Map(items.flatMap((item) => namespacesOf(item).map((namespace): [string, Item] => [namespace, item])));
  const claims = new Set(items.flatMap(templateClaims));
  const left = new Map<Item, string[]>();
  const note = (item: Item | undefined, title: string): void => {
    if (item !== undefined) left.set(item, [...left.get(item) ?? [], title]);
  };
  await concurrently(kinds, 8, async (kind) => {
    for (const object of await client.list(collectionOf(kind))) {
      const title = titleOf({ ...object, kind: kind.kind });
      if (OF_THE_CLUSTER.some((pattern) => pattern.test(title)) || claims.has(title)) continue;
      note(owner.get(String(objectAt(object, 'metadata').namespace)), title);
    }
  });
  await concurrently(items, 8, async (item) => {
    const volumes = volumesInUse(item);
    for (const object of item.objects.filter((each) => !volumes.includes(each))) {
      if (!await client.isNamespaced(object) && (await client.read(object)).status === 200) note(item, titleOf(object));
    }
  });
  return left;
}

/** Removes what the run itself made, and the claims that rightly stayed; namespaces are used again. */
async function clean(client: ApiClient, items: readonly Item[], seconds: number): Promise<void> {
  await concurrently(items, 8, async (item) => {
    const claims = claimsOfTemplates(item).map((metadata) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata }));
    const made = [item.before?.objects ?? [], item.objects].flatMap((objects) => prerequisites(objects, item.options));
    const ours = [...claims, ...volumesInUse(item), ...made.filter(({ kind }) => kind !== 'Namespace' && kind !== 'StorageClass')];
    for (const object of ours) await client.delete(object);
    // A volume that is still going would be taken for the next app's of that name, and be gone under its pods.
    const end = performance.now() + seconds * 1000;
    for (const object of ours) {
      while ((await client.read(object)).status === 200) {
        if (performance.now() > end) throw new Error(`${titleOf(object)}, which the run made, is left behind after ${seconds} s`);
        await delay(200);
      }
    }
  });
}

/** Titles of the claims that a StatefulSet makes, which outlive it. */
function templateClaims(item: Item): string[] {
  return claimsOfTemplates(item).map((metadata) => titleOf({ kind: 'PersistentVolumeClaim', metadata }));
}

function claimsOfTemplates({ objects }: Item): JsonObject[] {
  const sets = objects.filter((object) => object.kind === 'StatefulSet' && !deletesItsClaims(object));
  return prerequisites(sets).filter(({ kind }) => kind === 'PersistentVolume').map((volume) => objectAt(volume, 'spec', 'claimRef'));
}

/** Volumes of the app whose claims stay: the cluster keeps them until these are gone. */
function volumesInUse(item: Item): readonly JsonObject[] {
  const claims = templateClaims(item);
  return item.objects.filter((object) => object.kind === 'PersistentVolume'
    && claims.includes(titleOf({ kind: 'PersistentVolumeClaim', metadata: objectAt(object, 'spec', 'claimRef') })));
}

function deletesItsClaims(set: JsonObject): boolean {
  return objectAt(set, 'spec', 'persistentVolumeClaimRetentionPolicy').whenDeleted === 'Delete';
}

/** Claims that hold a StatefulSet's data and have gone with it, or are going. */
async function lostClaims(client: ApiClient, item: Item): Promise<string[]> {
  const lost = await Promise.all(claimsOfTemplates(item).map(async ({ name, namespace }) => {
    const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace } };
    const { error, object } = await client.read(claim);
    const isThere = error === undefined && objectAt(object, 'metadata').deletionTimestamp === undefined;
    return isThere ? [] : [`${titleOf(claim)} holds data and should have stayed`];
  }));
  return lost.flat();
}

function namespacesOf({ objects }: Item): string[] {
  return [...new Set(objects.map((object: JsonObject) => objectAt(object, 'metadata').namespace).filter((each) => typeof each === 'string'))];
}
