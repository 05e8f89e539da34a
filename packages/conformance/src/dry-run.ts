import { titleOf } from '@keelson/testing';
import { unexpected } from './allowed-warnings.js';
import type { ControlPlane } from './control-plane/control-plane.js';
import { beyondLoud } from './loud-options.js';
import { NAMESPACES } from './random/domains.js';
import { randomApps, type Complaint, type Judge } from './random/random-apps.js';
import type { Outcome } from './report.js';
import type { RandomFigure, Row } from './summary.js';
import { lost } from './wave/kept.js';
import { prerequisites } from './wave/prerequisites.js';
import type { Options } from './options.js';

/** Random apps on an API server: what we accept, it accepts, as it was sent. */
export async function randomOnServer(
  plane: ControlPlane, gatewayApi: string, { apps, seed, path }: Options, progress: (text: string) => void,
): Promise<Outcome & { readonly row: Row; readonly figure: RandomFigure }> {
  const { version } = plane;
  for (const namespace of prerequisites(NAMESPACES.map((name) => ({ kind: 'ConfigMap', metadata: { namespace: name } })))) {
    const { error } = await plane.client.apply(namespace, { fieldManager: 'conformance' });
    if (error !== undefined) throw new Error(error);
  }
  const result = await randomApps({
    version, gatewayApi, apps, seed, judge: judgeOf(plane), concurrency: 12, ...path === undefined ? {} : { path },
    onProgress: ({ accepted, objects, objectsPerSecond }) => { progress(`${accepted} of ${apps} apps, ${objects} objects, ${objectsPerSecond} a second`); },
  });
  const { generated, accepted, refused, objects, findings, wrong, rejected, warnings, objectsPerSecond } = result;
  return {
    passed: generated - refused - wrong,
    // A finding may be of all apps: that too few are accepted.
    failed: Math.max(wrong, findings.length),
    faults: findings.map(({ path: found, complaints, program }) => [
      ...complaints, `again: npm run conformance -- --only random --versions ${version} --apps ${apps} --seed ${seed} --path ${found}`, program,
    ].join('\n')),
    note: `${accepted} apps, ${objects} objects, ${objectsPerSecond} objects a second, seed ${seed}; ${refused} more refused by us`,
    row: { version, what: 'random apps', apps: accepted, objects, rejected, warnings, drift: 0 },
    figure: { version, seed, apps: accepted, objects, objectsPerSecond, refused, findings: findings.length },
  };
}

/** Server-side dry run: an object that isn't there yet, applied strictly, is accepted, warned of nowhere, and comes back whole. */
export function judgeOf({ client }: Pick<ControlPlane, 'client'>): Judge {
  return async (objects) => (await Promise.all(objects.map(async (object): Promise<Complaint[]> => {
    const { error, warnings, object: stored } = await client.apply(object, { dryRun: true });
    const about = (kind: Complaint['kind'], texts: readonly string[]): Complaint[] => texts.map((text) => ({ kind, text: `${titleOf(object)}: ${text}` }));
    return [
      ...error === undefined ? about('changed', lost(object, stored)) : about('rejected', [error]),
      ...about('warning', unexpected(warnings.flatMap((text) => beyondLoud(text, object) ?? []))),
    ];
  }))).flat();
}
