import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isObject, itemsAt, objectAt, type AllowedFinding, type Json, type JsonObject } from '@keelson/testing';
import { ALLOWED } from './allowed-findings.js';
import { output, run } from './command.js';
import type { Specimen } from './specimens.js';

const KUBE_SCORE = '1.20.0';
const CHECKOV = '3.3.30';
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'keelson-conformance');

/** A policy checker, pinned, installed into a cache of its own. */
export interface PolicyChecker {
  readonly title: string;
  install(): Promise<void>;
  /** Its findings that nothing allows, and the allowances that no finding needs. */
  check(specimen: Specimen): Promise<string[]>;
}

const kubeScoreBinary = join(CACHE, `kube-score-${KUBE_SCORE}`, 'kube-score');
const checkovVenv = join(CACHE, `checkov-${CHECKOV}`);

const kubeScore: PolicyChecker = {
  title: `kube-score ${KUBE_SCORE}`,
  install: async () => {
    if (existsSync(kubeScoreBinary)) return;
    mkdirSync(join(kubeScoreBinary, '..'), { recursive: true });
    const env = { GOBIN: join(kubeScoreBinary, '..') };
    await output('go', ['install', `github.com/zegl/kube-score/cmd/kube-score@v${KUBE_SCORE}`], { env });
  },
  check: async ({ files, version }) => {
    const flags = ['--output-format', 'json', '--kubernetes-version', `v${version}`, '--disable-ignore-checks-annotations'];
    const { stdout, stderr } = await run(kubeScoreBinary, ['score', ...flags, ...files]);
    const scored = parse(stdout, stderr);
    if (!Array.isArray(scored) || scored.length === 0) throw new Error(`kube-score judged nothing: ${stderr}`);
    const findings = scored.filter(isObject).flatMap((object) => itemsAt(object, 'checks')
      .filter(([, each]) => each.skipped !== true && Number(each.grade) < 10)
      .flatMap(([, each]) => {
        const comments = itemsAt(each, 'comments').map(([, comment]) => `${String(comment.path)} ${String(comment.summary)}`);
        const head = `${String(objectAt(each, 'check').id)} ${String(object.object_name)}`;
        return comments.length === 0 ? [head] : comments.map((comment) => `${head}: ${comment}`);
      }));
    return notAllowed(findings, ALLOWED.kubeScore);
  },
};

const checkov: PolicyChecker = {
  title: `checkov ${CHECKOV}`,
  install: async () => {
    if (existsSync(join(checkovVenv, 'installed'))) return;
    await output('python3', ['-m', 'venv', '--clear', checkovVenv]);
    await output(join(checkovVenv, 'bin', 'pip'), ['install', '--quiet', `checkov==${CHECKOV}`]);
    mkdirSync(join(checkovVenv, 'installed'));
  },
  check: async ({ files }) => {
    const flags = ['--framework', 'kubernetes', '--compact', '--quiet', '--skip-download', '-o', 'json'];
    const { stdout, stderr } = await run(join(checkovVenv, 'bin', 'checkov'), [...flags, ...files.flatMap((file) => ['-f', file])]);
    const answer = parse(stdout, stderr);
    if (!isObject(answer) || Number(objectAt(answer, 'summary').passed ?? 0) === 0) throw new Error(`checkov judged nothing: ${stdout}${stderr}`);
    if (Number(objectAt(answer, 'summary').parsing_errors) > 0) throw new Error('checkov could not read every file');
    const findings = itemsAt(objectAt(answer, 'results'), 'failed_checks')
      .map(([, each]) => `${String(each.check_id)} ${String(each.resource)}: ${String(each.check_name)}`);
    return notAllowed(findings, ALLOWED.checkov);
  },
};

export const POLICY_CHECKERS: readonly PolicyChecker[] = [kubeScore, checkov];

function parse(stdout: string, stderr: string): Json | JsonObject {
  try {
    return JSON.parse(stdout) as Json;
  } catch {
    throw new Error(`no JSON came back: ${stdout.slice(0, 500)}${stderr.slice(0, 500)}`);
  }
}

function notAllowed(findings: string[], allowed: readonly AllowedFinding[]): string[] {
  return findings.filter((line) => !allowed.some(({ rule, about }) => line.startsWith(`${rule} `) && line.includes(about)));
}
