import { isObject, itemsAt, objectAt, titleOf, type Json } from '@keelson/testing';
import { output, run } from '../command.js';
import type { Finding, PolicyChecker } from './finding.js';
import { manifestsOf, passedOver, readAnswer } from './judged-objects.js';
import { goTool } from './pinned-tools.js';

const OK = 10;

const install = (): Promise<string> => goTool('kube-score', 'github.com/zegl/kube-score/cmd/kube-score');

/** kube-score with its optional checks. */
export const kubeScore: PolicyChecker = {
  title: 'kube-score 1.20.0',
  install: async () => {
    await install();
  },
  findings: async (golden) => {
    const binary = await install();
    const flags = ['--output-format', 'json', '--kubernetes-version', `v${golden.version}`, '--disable-ignore-checks-annotations'];
    const optional = optionalChecks(await output(binary, ['list']));
    const { stdout, stderr } = await run(binary, ['score', ...flags, ...optional.map((id) => `--enable-optional-test=${id}`), ...golden.files]);
    const scored = readAnswer(stdout, stderr);
    passedOver(manifestsOf(golden), scoredObjects(scored));
    return kubeScoreFindings(scored);
  },
};

/** The ids of the checks that have to be asked for: `container-seccomp-profile,Pod,Makes sure that …,optional`. */
export function optionalChecks(list: string): string[] {
  const ids = list.split('\n').filter((line) => line.endsWith(',optional')).map((line) => line.slice(0, line.indexOf(',')));
  if (ids.length === 0) throw new Error(`kube-score lists no optional check:\n${list}`);
  return ids;
}

/** What it found, out of its JSON. A skipped check has a grade too. */
export function kubeScoreFindings(scored: Json): Finding[] {
  return entriesOf(scored).flatMap((entry) => itemsAt(entry, 'checks')
    .filter(([, each]) => each.skipped !== true && Number(each.grade) < OK)
    .map(([, each]): Finding => ({
      check: String(objectAt(each, 'check').id),
      object: objectOf(entry),
      text: itemsAt(each, 'comments').map(([, { path, summary }]) => `${String(path)} ${String(summary)}`.trim()).join('; '),
    })));
}

function scoredObjects(scored: Json): string[] {
  return entriesOf(scored).filter((entry) => itemsAt(entry, 'checks').some(([, each]) => each.skipped !== true)).map(objectOf);
}

function entriesOf(scored: Json): Extract<Json, { [key: string]: unknown }>[] {
  return Array.isArray(scored) ? scored.filter(isObject) : [];
}

function objectOf(entry: Extract<Json, { [key: string]: unknown }>): string {
  return titleOf({ kind: objectAt(entry, 'type_meta').kind, metadata: objectAt(entry, 'object_meta') });
}
