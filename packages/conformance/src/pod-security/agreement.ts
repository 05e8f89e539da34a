import { App, ClusterProfile, Namespace, PodSecurityLevel } from '@keelson/core';
import type { JsonObject } from '@keelson/testing';
import { ApiObject, Chart } from 'cdk8s';
import fc from 'fast-check';
import { concurrently } from '../concurrently.js';
import type { ControlPlane } from '../control-plane/control-plane.js';
import type { Outcome } from '../report.js';
import { caseUpTo, LEVELS, OLDEST, type Case } from './cases.js';


/** Fewer say too little: the rest is what the API server refuses for other reasons. */
const LEAST_SHARE = 0.5;

/** Whether pods are refused by the Namespace of their app, as `App` says it, is what the API server says of them too. */
export async function podSecurityAgreement(plane: ControlPlane, count: number, seed: number): Promise<Outcome> {
  const newest = Number(plane.version.split('.')[1]);
  for (let minor = OLDEST; minor <= newest; minor++) for (const level of LEVELS) await mustApply(plane, namespaceOf({ level, minor }));
  const cases = fc.sample(caseUpTo(newest), { seed, numRuns: count });
  const outcomes = await concurrently(cases, 12, async (each) => ({
    each, ours: refusedByUs(each, plane.version), theirs: await refusedByServer(plane, each),
  }));
  const compared = outcomes.filter(({ theirs }) => theirs !== undefined);
  const apart = compared.filter(({ ours, theirs }) => (ours !== '') !== (theirs !== ''));
  const refused = compared.filter(({ ours }) => ours !== '').length;
  const tooFew = compared.length < count * LEAST_SHARE || refused < count * LEAST_SHARE / 4 || refused > compared.length * 0.95;
  return {
    passed: compared.length - apart.length,
    failed: apart.length + (tooFew ? 1 : 0),
    faults: [
      ...tooFew ? [`of ${count} pods, ${compared.length} were compared, ${refused} of them refused: too few to say anything`] : [],
      ...apart.map(({ each, ours, theirs }) => `${JSON.stringify(each)}: we say '${ours}', the API server '${theirs}'`),
    ],
    note: `${compared.length} pods, ${refused} refused by both, seed ${seed}`,
  };
}

function namespaceOf({ level, minor }: Pick<Case, 'level' | 'minor'>): JsonObject {
  const labels = { 'pod-security.kubernetes.io/warn': level, 'pod-security.kubernetes.io/warn-version': `v1.${minor}` };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: nameOf({ level, minor }), labels } };
}

function nameOf({ level, minor }: Pick<Case, 'level' | 'minor'>): string {
  return `pods-${level}-${minor}`;
}

async function mustApply(plane: ControlPlane, object: JsonObject): Promise<void> {
  const { error } = await plane.client.apply(object, { fieldManager: 'conformance' });
  if (error !== undefined) throw new Error(error);
}

function deploymentOf({ pod, annotations }: Case, namespace: string): JsonObject {
  const labels = { app: 'web' };
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec: pod } },
  };
}

/** The message of the refusal; none where it is admitted. */
function refusedByUs(each: Case, version: string): string {
  const app = new App({ cluster: ClusterProfile.kubernetes({ version }) });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new Namespace(chart, 'shop', {
    podSecurity: each.level === 'baseline' ? PodSecurityLevel.BASELINE : PodSecurityLevel.RESTRICTED, podSecurityVersion: `1.${each.minor}`,
  });
  new ApiObject(chart, 'web', deploymentOf(each, 'shop') as never);
  try {
    app.synthYaml();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').find((line) => line.includes('KEELSON1464')) ?? '' : String(error);
  }
}

/** The warning; undefined where these can't be pods for another reason. */
async function refusedByServer({ client }: ControlPlane, each: Case): Promise<string | undefined> {
  const { error, warnings } = await client.apply(deploymentOf(each, nameOf(each)), { dryRun: true });
  return error === undefined ? warnings.find((text) => text.startsWith('would violate PodSecurity')) ?? '' : undefined;
}
