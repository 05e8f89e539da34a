import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject, itemsAt, objectAt, type Json, type JsonObject } from '@keelson/testing';
import { run } from '../command.js';
import type { Finding, PolicyChecker } from './finding.js';
import { manifestsOf, passedOver, readAnswer } from './judged-objects.js';
import { pythonTool } from './pinned-tools.js';

/** checkov's checks of Kubernetes manifests, those across objects included. */
export const checkov: PolicyChecker = {
  title: 'checkov 3.3.30',
  install: async () => {
    await pythonTool('checkov');
  },
  findings: async (golden) => {
    const bin = await pythonTool('checkov');
    const home = mkdtempSync(join(tmpdir(), 'keelson-checkov-')); // a .checkov.yaml in the user's home would take checks away
    try {
      const flags = ['--framework', 'kubernetes', '--compact', '--skip-download', '--output', 'json'];
      const files = golden.files.flatMap((file) => ['--file', file]);
      const { stdout, stderr } = await run(join(bin, 'checkov'), [...flags, ...files], { cwd: home, env: { HOME: home } });
      const answer = readAnswer(stdout, stderr);
      if (!isObject(answer) || Number(objectAt(answer, 'summary').parsing_errors ?? 1) > 0) throw new Error('checkov could not read every file');
      passedOver(manifestsOf(golden), ['passed_checks', 'failed_checks', 'skipped_checks'].flatMap((list) => results(answer, list)).map(objectOf));
      return checkovFindings(answer);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

/** What it found, out of its JSON: a check that an annotation skips too. */
export function checkovFindings(answer: Json): Finding[] {
  if (!isObject(answer)) return [];
  const found = (list: string, suffix: string): Finding[] => results(answer, list)
    .map((each) => ({ check: String(each.check_id), object: objectOf(each), text: `${String(each.check_name)}${suffix}` }));
  return [...found('failed_checks', ''), ...found('skipped_checks', ' (skipped by an annotation)')];
}

function results(answer: JsonObject, list: string): JsonObject[] {
  return itemsAt(objectAt(answer, 'results'), list).map(([, each]) => each);
}

/** `Deployment.shop.storefront`, and for pods of a template `Pod.shop.storefront.app-storefront`: a name may have dots too. */
function objectOf({ resource }: JsonObject): string {
  const [kind = '', namespace = '', ...name] = String(resource).split('.');
  return `${kind} ${namespace}/${name.join('.')}`;
}
