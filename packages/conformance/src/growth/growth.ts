import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { itemsAt, objectAt, parseManifests, titleOf, type JsonObject } from '@keelson/testing';
import type { ControlPlane } from '../control-plane/control-plane.js';
import { specimensFor, type Manifests } from '../manifests.js';
import { Item } from '../wave/item.js';
import { prerequisites } from '../wave/prerequisites.js';
import { removal } from '../wave/removal.js';
import { rollOut } from '../wave/roll-out.js';
import { orphaned } from './orphaned.js';

/** A database, and the same one with larger volumes: rendered as two, so that each is a specimen like others. */
const BEFORE = 'data-growth-before';
const AFTER = 'data-growth-after';
/** Whose volumes may grow. */
const CLASS: JsonObject = {
  apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'data-growth' }, provisioner: 'kubernetes.io/no-provisioner', allowVolumeExpansion: true,
};
const SECONDS = 120;

/** Follows the recipe by which a database's volumes grow, as the docstring of `Storage` has it: the faults, none where it works. */
export async function growth(plane: ControlPlane, progress: (text: string) => void): Promise<string[]> {
  const { client, version } = plane;
  const small = specimen(version, BEFORE);
  const large = specimen(version, AFTER).files.flatMap((file) => parseManifests(readFileSync(file, 'utf8').replaceAll(AFTER, BEFORE)));
  const faults: string[] = [];
  const expect = (isSo: boolean, fault: string): void => { if (!isSo) faults.push(fault); };
  const put = async (object: JsonObject, fieldManager?: string): Promise<void> => {
    const { error } = await client.apply(object, fieldManager === undefined ? {} : { fieldManager });
    if (error !== undefined) faults.push(`${titleOf(object)}: ${error}`);
  };

  progress('the small one comes');
  for (const object of [...prerequisites([...small.objects, CLASS]), CLASS]) await put(object, 'conformance');
  for (const object of small.objects) await put(object);
  faults.push(...await rollOut(client, small.objects, SECONDS));
  const pods = `/api/v1/namespaces/${BEFORE}/pods`;
  const sets = large.filter(({ kind }) => kind === 'StatefulSet');
  const served = async (): Promise<Map<string, JsonObject>> => {
    const all = (await client.list(pods)).map((pod): [string, JsonObject] => [String(objectAt(pod, 'metadata').name), pod]);
    return new Map(all.filter(([name]) => sets.some((set) => orphaned(set).some(({ pod }) => pod === name))));
  };
  const first = await served();
  const expected = sets.flatMap(orphaned);
  expect(expected.length > 1 && first.size === expected.length, `${String(first.size)} pods came, of ${String(expected.length)}`);
  for (const set of sets) {
    const { error = 'accepted' } = await client.apply(set, { dryRun: true });
    expect(error.includes('updates to statefulset spec'), `${titleOf(set)} with larger volumes should be refused as long as the small one is there, but: ${error}`);
  }

  progress('its claims grow');
  for (const { claim, size } of expected) {
    const spec = { resources: { requests: { storage: size } } };
    const { error } = await client.send('PATCH', `/api/v1/namespaces/${BEFORE}/persistentvolumeclaims/${claim}`, { spec }, { 'content-type': 'application/merge-patch+json' });
    expect(error === undefined, `claim ${claim}: ${String(error)}`);
  }

  progress('its StatefulSets go, and leave their pods');
  for (const set of sets) {
    const path = `/apis/apps/v1/namespaces/${BEFORE}/statefulsets/${String(objectAt(set, 'metadata').name)}`;
    await client.send('DELETE', path, { propagationPolicy: 'Orphan' });
    const end = performance.now() + SECONDS * 1000;
    while ((await client.read(set)).status === 200 && performance.now() < end) await delay(200);
    expect((await client.read(set)).status === 404, `${titleOf(set)} doesn't go`);
  }
  const alone = await served();
  for (const [name, pod] of alone) expect(itemsAt(objectAt(pod, 'metadata'), 'ownerReferences').length === 0, `pod ${name} still has an owner`);

  progress('the large one takes them over');
  for (const object of large) await put(object);
  faults.push(...await rollOut(client, large, SECONDS));
  const last = await served();
  const uid = (object: JsonObject | undefined): string => String(objectAt(object, 'metadata').uid);
  for (const set of sets) {
    const { object } = await client.read(set);
    for (const { pod, claim, size } of orphaned(set)) {
      expect(uid(last.get(pod)) === uid(first.get(pod)), `pod ${pod} is another one than before`);
      const owners = itemsAt(objectAt(last.get(pod), 'metadata'), 'ownerReferences').map(([, owner]) => String(owner.uid));
      expect(owners.includes(uid(object)), `pod ${pod} isn't the new StatefulSet's`);
      const found = await client.read({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: claim, namespace: BEFORE } });
      const { storage } = objectAt(found.object, 'spec', 'resources', 'requests');
      expect(storage === size, `claim ${claim} asks for ${String(storage)}, not ${size}`);
    }
  }

  progress('deleting');
  // names of Jobs tell what they are for, which has the name of the namespace in it
  const item = new Item({ ...small, objects: large }, {}, small);
  await removal(client, [item], SECONDS);
  await client.delete(CLASS);
  return [...faults, ...item.faults.map(({ check, text }) => `${check}: ${text}`)];
}

function specimen(version: string, title: string): Manifests {
  const found = specimensFor(version).find((each) => each.title === title);
  if (found === undefined) throw new Error(`there is no specimen ${title} for ${version}`);
  return found;
}
