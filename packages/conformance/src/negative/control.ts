import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@keelson/testing';
import type { ControlPlane } from '../control-plane/control-plane.js';
import type { Manifests } from '../manifests.js';
import type { Outcome } from '../report.js';
import { CHECKS, Item } from '../wave/item.js';
import { wave } from '../wave/wave.js';
import { NEGATIVES, RIGHT, type Negative } from './cases.js';
import { inNamespace } from './objects.js';

/** Long enough for what comes, short for what never does. */
const SECONDS = { rollOutSeconds: 20, removalSeconds: 10 };

/** Takes wrong manifests through the same checks as right ones: each has to be caught, where and as it should be. */
export async function negativeControl(plane: ControlPlane, progress: (text: string) => void): Promise<Outcome> {
  const cases = NEGATIVES.filter(({ versions }) => versions?.includes(plane.version) ?? true);
  const items = cases.map((each) => itemOf(plane, each));
  const right = itemOf(plane, { title: 'nothing-wrong', objects: RIGHT, finds: {} });
  await wave(plane, [...items, right], progress, SECONDS);
  const faults = [
    ...cases.flatMap((each, index) => missed(each, items[index])),
    ...right.faults.map(({ check, text }) => `nothing-wrong: ${check}: ${text}`),
  ];
  const caught = cases.length + 1 - faults.length;
  return { passed: Math.max(0, caught), failed: faults.length, faults };
}

function itemOf(plane: ControlPlane, { title, objects, before, classesAndVolumes = true }: Negative): Item {
  const manifests = (all: readonly JsonObject[]): Manifests => {
    const folder = join(plane.folder, 'negative');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${title}.json`);
    const placed = inNamespace(title, all);
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: placed }));
    return { title, version: plane.version, files: [file], objects: placed };
  };
  // What is applied last is what the file says.
  const earlier = before === undefined ? undefined : manifests(before);
  return new Item(manifests(objects), { classesAndVolumes }, earlier);
}

function missed({ title, finds }: Negative, item: Item | undefined): string[] {
  const said = item?.faults ?? [];
  return CHECKS.flatMap((check) => {
    const pattern = finds[check];
    if (pattern === undefined || said.some((fault) => fault.check === check && pattern.test(fault.text))) return [];
    const heard = said.map((fault) => `${fault.check}: ${fault.text}`).join('\n  ');
    return [`${title}: '${check}' should have found ${String(pattern)}, but ${heard === '' ? 'nothing was found' : `found\n  ${heard}`}`];
  });
}
