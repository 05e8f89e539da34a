import { itemsAt, objectAt, titleOf, type JsonObject } from '@keelson/testing';

/** What a second apply must leave alone. Status has its own writers, and every apply may renew a time. */
export function changes(sent: JsonObject, before: JsonObject, after: JsonObject): string[] {
  const [a, b] = [before, after].map((object) => ({
    generation: objectAt(object, 'metadata').generation ?? null,
    managedFields: itemsAt(objectAt(object, 'metadata'), 'managedFields')
      .filter(([, entry]) => entry.subresource !== 'status')
      .map(([, { time: _time, ...rest }]) => rest),
  }));
  const changed: string[] = [];
  if (a?.generation !== b?.generation) changed.push(`${titleOf(sent)}: generation was ${String(a?.generation)}, is ${String(b?.generation)}`);
  if (JSON.stringify(a?.managedFields) !== JSON.stringify(b?.managedFields)) changed.push(`${titleOf(sent)}: managedFields changed`);
  return changed;
}
