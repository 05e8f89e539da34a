import { objectAt } from '@keelson/testing';
import { concurrently } from '../concurrently.js';
import type { ControlPlane } from '../control-plane/control-plane.js';
import type { Item } from './item.js';

/** kubectl asks 50 times a second at most, so several ask at once. */
const PROCESSES = 4;

/** What `kubectl diff` shows once the controllers have done their part: nothing. */
export async function difference(plane: ControlPlane, items: readonly Item[]): Promise<void> {
  const groups = Array.from({ length: PROCESSES }, (_, index) => items.filter((__, at) => at % PROCESSES === index))
    .filter((group) => group.length > 0);
  await concurrently(groups, PROCESSES, async (group) => {
    const files = group.flatMap((item) => item.manifests.files).flatMap((file) => ['-f', file]);
    const { code, stdout, stderr } = await plane.kubectl(['diff', '--server-side', '--field-manager=keelson', ...files]);
    // One process for many apps: what fails as a whole is asked for app by app.
    if (code > 1 && group.length > 1) await concurrently(group, PROCESSES, (item) => difference(plane, [item]));
    else if (code > 1) group[0]?.report('no difference', [`kubectl diff ended with ${code}: ${stderr}`]);
    else report(group, code, stdout, stderr);
  });
}

/** Its exit code says whether there is a difference, its output which: each alone is a fault. */
function report(group: readonly Item[], code: number, stdout: string, stderr: string): void {
  const parts = stdout.split(/^(?=diff )/m).filter((each) => each.trim() !== '');
  for (const part of parts) note(group, part);
  if (code !== 0 && parts.length === 0) {
    for (const item of group) item.report('no difference', [`kubectl diff ended with ${code} and showed no difference: ${stderr}`]);
  }
}

/** The header of a part ends in `<group>.<version>.<Kind>.<namespace>.<name>`. */
function note(group: readonly Item[], part: string): void {
  const [header = ''] = part.split('\n');
  const namespaceOf = (item: Item): string[] => item.objects.map((object) => objectAt(object, 'metadata').namespace).filter((each) => typeof each === 'string');
  const item = group.find((each) => namespaceOf(each).some((namespace) => header.includes(`.${namespace}.`))) ?? group[0];
  if (item === undefined) return;
  item.drift += 1;
  item.report('no difference', [part.trimEnd()]);
}
