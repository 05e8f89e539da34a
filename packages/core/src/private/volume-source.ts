import { Fault } from '../faults';
import type { IStorageClass } from '../storage-class';
import { keyFaults } from './config-data';
import { quoted } from './quoted';
import { Reference } from './references';

/** One source of a projected volume. */
export interface Projection {
  /** Its field: `configMap`, `secret`, `serviceAccountToken`, `downwardAPI`. */
  readonly field: string;
  readonly body: object;
  /** Its files, where they are known; each may have a mode of its own. */
  readonly items?: { readonly path: string; readonly [field: string]: unknown }[];
  /** Permission bits of its files. */
  readonly mode: number;
  /** The one file of a source without items. */
  readonly path?: string;
}

/** Where a volume's files come from. */
export interface VolumeSource {
  readonly faults: Fault[];
  readonly references?: Reference[];
  /** As a volume of the pod; of other sources (a claim template) the pod has none. */
  readonly rendered?: object;
  /** The parts of a projected volume, which may be joined with others. */
  readonly projections?: Projection[];
  /** Mounts share a pod volume where this is the same; the source itself where not given. */
  readonly identity?: string;
  /** What it may hold of the node's disk. */
  readonly diskBytes?: number;
  /** What it may hold of the containers' memory. */
  readonly memoryBytes?: number;
  /** Files given in place, which become a ConfigMap. */
  readonly inlineData?: { [file: string]: string };
  /** Names of containers of the pod that it mentions. */
  readonly containers?: readonly string[];
  /** The claim that is made with the pod. */
  readonly claim?: { readonly accessMode: string; readonly storageClass: IStorageClass | undefined };
  /** Nothing can be written to it. */
  readonly readOnly?: boolean;
}

/**
 * Projected, also for one ConfigMap or Secret alone: the checkers that look for Secrets in volumes only see those of type
 * `secret`. The tightest mode is the volume's, and files with another one say so.
 */
export function projected(projections: Projection[], faults: Fault[], references: Reference[] = []): VolumeSource {
  const defaultMode = projections.reduce((mode, part) => mode & part.mode, 0o777);
  const rendered = {
    projected: {
      defaultMode,
      sources: projections.map(({ field, body, items, mode }) => ({
        [field]: { ...body, items: items?.map(item => ({ ...item, mode: mode === defaultMode ? undefined : mode })) },
      })),
    },
  };
  const all = [...faults, ...samePathFaults(projections)];
  return { faults: all, references, projections, rendered, identity: JSON.stringify(rendered), readOnly: true };
}

/** A source of which the same description is the same volume. */
export function described(rendered: object, faults: Fault[], more: Partial<VolumeSource> = {}): VolumeSource {
  return { faults, rendered, identity: JSON.stringify(rendered), ...more };
}

/** Containers mount files: a block device needs `volumeDevices`, which they haven't. */
export function blockFaults(isBlock: boolean | undefined, member?: string): Fault[] {
  return isBlock !== true ? [] : [{
    code: 'KEELSON1826', ...(member === undefined ? {} : { member }), got: 'Block', allowed: 'Filesystem for what containers mount',
    fix: 'leave volumeMode out, or have something else use the device',
  }];
}

/** The files of a ConfigMap or Secret: all its keys where none are named. */
export function keyItems(items: { [key: string]: string } | undefined): { key: string; path: string }[] | undefined {
  return items === undefined ? undefined : Object.entries(items).map(([key, path]) => ({ key, path }));
}

export function itemFaults(items: { [key: string]: string } | undefined): Fault[] {
  const entries = Object.entries(items ?? {});
  const member = (faults: Fault[]) => faults.map(fault => ({ ...fault, member: 'items' }));
  return items !== undefined && entries.length === 0
    ? [{ code: 'KEELSON1322', member: 'items', got: 'none', allowed: 'one key or more', fix: 'name a key, or leave items out for all of them' }]
    : member(entries.flatMap(([key, path]) => [...keyFaults(key), ...pathFaults(path)]));
}

/** What is wrong with a path inside a volume. */
export function pathFaults(path: string): Fault[] {
  const bad = typeof path !== 'string' || path === '' || path.startsWith('/') || path.split('/').includes('..') || path.startsWith('..');
  const parts = (typeof path === 'string' ? path : '').split('/').filter(part => part !== '' && !part.startsWith('..'));
  return !bad ? [] : [{
    code: 'KEELSON1320', got: quoted(path), allowed: "a relative path without '..'",
    fix: parts.length === 0 ? "write it like 'conf/app.yaml'" : `try ${quoted(parts.join('/'))}`,
  }];
}

/** What is wrong with permission bits: written in octal, as `chmod` takes them. */
export function modeFaults(mode: number): Fault[] {
  return Number.isInteger(mode) && mode >= 0 && mode <= 0o777 ? [] : [{
    code: 'KEELSON1321', member: 'mode', got: quoted(mode), allowed: 'permission bits from 0 to 0o777 (511)', fix: 'write them in octal, such as 0o440',
  }];
}

/** The code of the fault of files that are in each other's place. */
export const SAME_PATH = 'KEELSON1323';

/** Files of one path, or one where another has a directory: the API server refuses it, warns of it, or one hides the other. */
function samePathFaults(projections: Projection[]): Fault[] {
  const given = projections.flatMap(({ items, path }) => items?.map(item => item.path) ?? (path === undefined ? [] : [path]));
  const paths = given.map(plainPath);
  const twice = paths.filter((path, at) => paths.indexOf(path) !== at).map(path => `${quoted(path)} again`);
  const within = paths.flatMap(path => paths.filter(other => other.startsWith(`${path}/`))
    .map(other => `${quoted(other)} and a file ${quoted(path)}`));
  return [...new Set([...twice, ...within])].map(got => ({
    code: SAME_PATH, got, allowed: 'files of different paths, none of which is a directory of another', fix: 'give one of them another path',
  }));
}

/** As the kubelet takes it. */
function plainPath(path: string): string {
  return String(path).split('/').filter(part => part !== '' && part !== '.').join('/');
}
