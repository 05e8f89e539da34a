import { hash } from 'node:crypto';
import { member, recordAt } from './manifest-fields';
import { plain } from './render';

/** What of a Job's `spec` can be changed: ValidateJobSpecUpdate in pkg/apis/batch/validation has the rest. */
const CHANGEABLE = new Set([
  'activeDeadlineSeconds', 'backoffLimit', 'maxFailedIndexes', 'parallelism', 'podReplacementPolicy', 'suspend', 'ttlSecondsAfterFinished',
]);
const DIGITS = 10;

/** By how much a hash makes a name longer. */
export const HASH_LENGTH = DIGITS + 1;

/** A rendered Job whose name ends in a hash of what can't be changed in it: another description is another Job, the same one the same. */
export function withHashedName(job: Record<string, unknown>): Record<string, unknown> {
  const fixed = Object.entries(recordAt(job, 'spec') ?? {}).filter(([field]) => !CHANGEABLE.has(field));
  const text = JSON.stringify(plain(Object.fromEntries(fixed), { sort: true, fresh: true }));
  const name = `${String(member(job, 'metadata', 'name'))}-${hash('sha256', text, 'hex').slice(0, DIGITS)}`;
  return { ...job, metadata: { ...recordAt(job, 'metadata'), name } };
}

/** What the name of an immutable ConfigMap ends in. */
export function contentHash(...parts: ReadonlyMap<string, string>[]): string {
  const text = JSON.stringify(parts.map(part => [...part].sort(([a], [b]) => (a < b ? -1 : 1))));
  return hash('sha256', text, 'hex').slice(0, DIGITS);
}
