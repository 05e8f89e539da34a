import { readFileSync } from 'node:fs';
import { parseManifests, titleOf, type Json, type JsonObject } from '@keelson/testing';
import type { Golden } from './finding.js';

/** Every checker has checks for these. */
const ALWAYS_JUDGED = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'];

/** The objects of a golden. */
export function manifestsOf(golden: Golden): JsonObject[] {
  return golden.files.flatMap((file) => parseManifests(readFileSync(file, 'utf8')));
}

/** Fails where a checker has said nothing about a workload, good or bad. */
export function passedOver(objects: readonly JsonObject[], judged: readonly string[]): void {
  const workloads = objects.filter((object) => ALWAYS_JUDGED.includes(String(object.kind))).map(titleOf);
  const missing = workloads.filter((each) => !judged.includes(each));
  if (missing.length > 0) throw new Error(`passed over: ${missing.join(', ')}`);
  if (judged.length === 0) throw new Error('it judged nothing');
}

/** The JSON that a checker printed. */
export function readAnswer(stdout: string, stderr: string): Json {
  try {
    return JSON.parse(stdout) as Json;
  } catch {
    throw new Error(`no JSON came back: ${stdout.slice(0, 500)}${stderr.slice(0, 500)}`);
  }
}
