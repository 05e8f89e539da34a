import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { itemsAt, objectAt, type JsonObject } from '@keelson/testing';
import type { ControlPlane } from '../control-plane/control-plane.js';
import { isEmulated, VERSIONS } from '../control-plane/versions.js';
import { ROOT } from '../manifests.js';
import { differences } from '../network/table.js';
import { ATTEMPTS, PODS, type Attempt } from './hostile-attempts.js';
import { collectionIn, workload } from './objects.js';
import { FREE, HELD } from './tenant.js';

const PAGE = join(ROOT, 'docs', 'hostile-tenant.md');
const LEAD = { 'impersonate-user': 'lead', 'impersonate-group': ['system:authenticated'] };
const MERGE = { 'content-type': 'application/merge-patch+json' };

/** One attempt, and what came of it. */
interface Row {
  readonly group: string;
  readonly title: string;
  readonly by: string;
}

/** A tenant's administrator who means harm: everything is tried on the API server, and the table of it compared with the committed one. */
export async function hostileUser(plane: ControlPlane, update: boolean): Promise<{ faults: string[]; tried: number }> {
  const faults: string[] = [];
  const rows: Row[] = [];
  for (const attempt of ATTEMPTS) {
    const { status, error = '' } = await send(plane, attempt, attempt.path, LEAD);
    const by = status === 403 ? refusedBy(error) : undefined;
    if (by === undefined) faults.push(`${attempt.group}: ${attempt.title}: should be forbidden, got ${status} ${error}`);
    // What the cluster's administrator can't do in a tenant without rules says nothing.
    const free = await send(plane, attempt, attempt.path.replace(`/namespaces/${HELD}`, `/namespaces/${FREE}`), {});
    if (free.error !== undefined) faults.push(`${attempt.group}: ${attempt.title}: the administrator can't do it either: ${free.error}`);
    rows.push({ group: attempt.group, title: attempt.title, by: by ?? 'nobody' });
  }
  for (const [title, spec] of Object.entries(PODS)) {
    const said = await podsOf(plane, spec);
    if (said === undefined) faults.push(`pods with ${title} should be refused by Pod Security, and aren't`);
    rows.push({ group: 'nodes', title: `run pods with ${title}, by a Deployment`, by: said ?? 'nobody' });
  }
  // Words of other versions are other ones, in places.
  const isPlain = VERSIONS.some((version) => version.name === plane.version && !isEmulated(version));
  return { faults: [...faults, ...isPlain ? committed(page(rows), update) : []], tried: rows.length };
}

async function send({ client }: ControlPlane, { method, body }: Attempt, path: string, headers: Record<string, string | string[]>): ReturnType<ControlPlane['client']['send']> {
  const dry = method === 'GET' ? '' : `?dryRun=All`;
  return client.send(method, `${path}${dry}`, body, method === 'PATCH' ? { ...headers, ...MERGE } : headers);
}

/** Who holds it back, by what the API server says; nothing where it says something else. */
function refusedBy(message: string): string | undefined {
  const policy = /ValidatingAdmissionPolicy '([^']+)'/.exec(message)?.[1];
  if (policy !== undefined) return `the admission policy \`${policy}\``;
  if (message.includes('attempting to grant RBAC permissions not currently held')) return 'RBAC: nobody grants what they lack';
  return message.includes('User "lead" cannot ') ? 'RBAC: the role lacks it' : undefined;
}

/** What becomes of a Deployment's pods; it is taken away again. */
async function podsOf({ client }: ControlPlane, spec: JsonObject): Promise<string | undefined> {
  const deployment = workload('Deployment', spec);
  const path = collectionIn(HELD, deployment);
  const { error } = await client.send('POST', path, deployment, LEAD);
  if (error !== undefined) return refusedBy(error);
  try {
    for (let tries = 0; tries < 60; tries += 1) {
      const { object } = await client.send('GET', `${path}/tried`);
      const failure = itemsAt(objectAt(object, 'status'), 'conditions').map(([, each]) => each).find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
      if (failure !== undefined) return String(failure.message).includes('violates PodSecurity "restricted:') ? 'Pod Security *restricted*' : undefined;
      await delay(250);
    }
    return undefined;
  } finally {
    await client.send('DELETE', `${path}/tried`, { propagationPolicy: 'Foreground' });
    for (let tries = 0; tries < 60 && (await client.send('GET', `${path}/tried`)).status !== 404; tries += 1) await delay(250);
  }
}

function page(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map(({ group }) => group))];
  return `# A tenant's hostile user

<!-- Written by \`npm run conformance -- --only admission --versions 1.36 --update\`: don't edit. -->

Somebody with the role \`admins\` of a \`Tenant\` with \`Admission\`, and what they try on a real API server: ${rows.length} attempts, all refused.
The cluster's administrator may do each of them in a tenant whose admission policies were taken away.
${groups.map((group) => `
## After ${group}

| attempt | refused by |
| --- | --- |
${rows.filter((row) => row.group === group).map(({ title, by }) => `| ${title} | ${by} |`).join('\n')}
`).join('')}`;
}

function committed(text: string, update: boolean): string[] {
  if (update) writeFileSync(PAGE, text);
  return existsSync(PAGE) ? differences(readFileSync(PAGE, 'utf8'), text).map((each) => `docs/hostile-tenant.md: ${each}`) : [`${PAGE} is missing: --update writes it`];
}
