import { titleOf } from '@keelson/testing';
import { unexpected } from './allowed-warnings.js';
import type { ControlPlane } from './control-plane/control-plane.js';
import { NAMESPACES } from './random/domains.js';
import { randomApps, type Judge } from './random/random-apps.js';
import type { Outcome } from './report.js';
import type { Row } from './summary.js';
import { lost } from './wave/kept.js';
import { prerequisites } from './wave/prerequisites.js';
import type { Options } from './options.js';

/** Members that say by their name that *restricted* refuses the pod. */
const LOUD = /"(hostNetwork":true|hostPath"|hostPort")/;

/** Random apps on an API server: what we accept, it accepts, as it was sent. */
export async function randomOnServer(
  plane: ControlPlane, gatewayApi: string, { apps, seed, path }: Options, progress: (text: string) => void,
): Promise<Outcome & { readonly row: Row; readonly objectsPerSecond: number }> {
  const counts = { rejected: 0, warnings: 0 };
  const { version } = plane;
  for (const namespace of prerequisites(NAMESPACES.map((name) => ({ kind: 'ConfigMap', metadata: { namespace: name } })))) {
    const { error } = await plane.client.apply(namespace, { fieldManager: 'conformance' });
    if (error !== undefined) throw new Error(error);
  }
  const result = await randomApps({
    version, gatewayApi, apps, seed, judge: judgeOf(plane, counts), concurrency: 12, ...path === undefined ? {} : { path },
    onProgress: ({ accepted, objects, objectsPerSecond }) => { progress(`${accepted} of ${apps} apps, ${objects} objects, ${objectsPerSecond} a second`); },
  });
  const { accepted, refused, objects, findings, objectsPerSecond } = result;
  return {
    passed: accepted - Math.min(accepted, findings.length),
    failed: findings.length,
    faults: findings.map(({ path: found, complaints, program }) => [
      ...complaints, `again: npm run conformance -- --only random --versions ${version} --apps ${apps} --seed ${seed} --path ${found}`, program,
    ].join('\n')),
    note: `${accepted} apps, ${objects} objects, ${objectsPerSecond} objects a second, seed ${seed}; ${refused} more refused by us`,
    row: { version, what: 'random apps', apps: accepted, objects, ...counts, drift: 0 },
    objectsPerSecond,
  };
}

/** Server-side dry run: an object that isn't there yet, applied strictly, is accepted, warned of nowhere, and comes back whole. */
function judgeOf({ client }: ControlPlane, counts: { rejected: number; warnings: number }): Judge {
  return async (objects) => (await Promise.all(objects.map(async (object) => {
    const { error, warnings, object: stored } = await client.apply(object, { dryRun: true });
    const bad = unexpected(warnings).filter((text) => !(text.startsWith('would violate PodSecurity') && LOUD.test(JSON.stringify(object))));
    counts.rejected += error === undefined ? 0 : 1;
    counts.warnings += bad.length;
    return [...error === undefined ? lost(object, stored) : [error], ...bad].map((text) => `${titleOf(object)}: ${text}`);
  }))).flat();
}
