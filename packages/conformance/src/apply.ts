import { isObject, itemsAt, objectAt, titleOf, type JsonObject } from '@keelson/testing';
import type { ControlPlane } from './control-plane.js';
import { lost } from './kept.js';
import { prerequisites } from './prerequisites.js';
import type { Report } from './report.js';
import type { Specimen } from './specimens.js';

const TIMEOUT = '--timeout=120s';
const ROLLED_OUT = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Applies a specimen and asks of the cluster what an app's owner would: is it taken whole, does it run, does it stay. */
export async function applySpecimen(plane: ControlPlane, specimen: Specimen, report: Report): Promise<void> {
  const { objects } = specimen;
  const title = `${plane.version} ${specimen.title}`;
  const files = specimen.files.flatMap((file) => ['-f', file]);
  const before = prerequisites(objects);
  await plane.must(['apply', '--server-side', '--field-manager=cluster', '-f', '-'], before.map((each) => JSON.stringify(each)).join('\n---\n'));

  await report.phase(`${title}: applied without error or warning`, () => apply(plane, files));
  const stored = await read(plane, files, objects);
  await report.phase(`${title}: everything sent is stored`, () =>
    Promise.resolve(objects.flatMap((object, index) => lost(object, stored[index] ?? {}).map((each) => `${titleOf(object)} ${each}`))));
  await report.phase(`${title}: rolled out`, () => rollOut(plane, objects));
  const settled = await read(plane, files, objects);
  await report.phase(`${title}: applied again, nothing changes`, async () => {
    const faults = await apply(plane, files);
    const again = await read(plane, files, objects);
    return [...faults, ...objects.flatMap((object, index) => changes(object, settled[index] ?? {}, again[index] ?? {}))];
  });
  await report.phase(`${title}: no difference left`, async () => {
    const { code, stdout, stderr } = await plane.kubectl(['diff', '--server-side', '--field-manager=keelson', ...files]);
    return code === 0 && stdout === '' ? [] : [`kubectl diff ended with ${code}:\n${stdout}${stderr}`];
  });
  await report.phase(`${title}: deleted`, async () => {
    await plane.must(['delete', '--ignore-not-found', TIMEOUT, ...files]);
    await plane.must(['delete', '--ignore-not-found', TIMEOUT, '-f', '-'], before.map((each) => JSON.stringify(each)).join('\n---\n'));
    return [];
  });
}

async function apply(plane: ControlPlane, files: string[]): Promise<string[]> {
  const { code, stderr } = await plane.kubectl(['apply', '--server-side', '--validate=strict', '--field-manager=keelson', ...files]);
  const lines = stderr.split('\n').filter((line) => line !== '');
  return code !== 0 && lines.length === 0 ? [`kubectl apply ended with ${code}`] : lines;
}

/** The stored objects, in the order of those sent. */
async function read(plane: ControlPlane, files: string[], objects: readonly JsonObject[]): Promise<JsonObject[]> {
  const { stdout } = await plane.kubectl(['get', '--ignore-not-found', '--show-managed-fields', '-o', 'json', ...files]);
  const answer: unknown = stdout.trim() === '' ? {} : JSON.parse(stdout);
  if (!isObject(answer)) return [];
  const stored = answer.kind === 'List' ? itemsAt(answer, 'items').map(([, item]) => item) : [answer];
  return objects.map((object) => stored.find((each) => sameObject(object, each)) ?? {});
}

function sameObject(sent: JsonObject, stored: JsonObject): boolean {
  const [a, b] = [objectAt(sent, 'metadata'), objectAt(stored, 'metadata')];
  return sent.kind === stored.kind && sent.apiVersion === stored.apiVersion && a.name === b.name
    && (a.namespace === undefined || a.namespace === b.namespace);
}

async function rollOut(plane: ControlPlane, objects: readonly JsonObject[]): Promise<string[]> {
  const faults: string[] = [];
  const wait = async (object: JsonObject, ...args: string[]): Promise<void> => {
    const { namespace = 'default' } = objectAt(object, 'metadata');
    const { code, stdout, stderr } = await plane.kubectl([...args, '-n', String(namespace), TIMEOUT]);
    if (code !== 0) faults.push(`${titleOf(object)}: ${(stdout + stderr).trim()}\n${await events(plane, String(namespace))}`);
  };
  for (const object of objects) {
    const { name } = objectAt(object, 'metadata');
    const target = `${String(object.kind)}/${String(name)}`;
    const spec = objectAt(object, 'spec');
    if (object.kind === 'HorizontalPodAutoscaler') {
      // Without metrics an autoscaler still brings its workload up to the minimum, a few seconds after it appears.
      const { kind, name: workload } = objectAt(spec, 'scaleTargetRef');
      await wait(object, 'wait', `--for=jsonpath={.spec.replicas}=${Number(spec.minReplicas ?? 1)}`, `${String(kind)}/${String(workload)}`);
    }
    if (object.kind === 'Job' && spec.suspend !== true) await wait(object, 'wait', '--for=condition=complete', target);
    if (object.kind === 'PersistentVolumeClaim') await wait(object, 'wait', '--for=jsonpath={.status.phase}=Bound', target);
  }
  for (const object of objects.filter((each) => ROLLED_OUT.includes(String(each.kind)))) {
    await wait(object, 'rollout', 'status', `${String(object.kind)}/${String(objectAt(object, 'metadata').name)}`);
  }
  return faults;
}

async function events(plane: ControlPlane, namespace: string): Promise<string> {
  const { stdout } = await plane.kubectl(['get', 'events', '-n', namespace, '--field-selector=type=Warning', '--no-headers']);
  return stdout.split('\n').slice(-5).join('\n');
}

/** What a second apply must leave alone. Status has its own writers, and every apply may renew a time. */
function changes(sent: JsonObject, before: JsonObject, after: JsonObject): string[] {
  const [a, b] = [before, after].map((object) => {
    const fields = itemsAt(objectAt(object, 'metadata'), 'managedFields').map(([, entry]) => entry);
    return {
      generation: objectAt(object, 'metadata').generation ?? null,
      managedFields: fields.filter((entry) => entry.subresource !== 'status').map(({ time: _time, ...rest }) => rest),
    };
  });
  const changed: string[] = [];
  if (a?.generation !== b?.generation) changed.push(`${titleOf(sent)}: generation was ${String(a?.generation)}, is ${String(b?.generation)}`);
  if (JSON.stringify(a?.managedFields) !== JSON.stringify(b?.managedFields)) changed.push(`${titleOf(sent)}: managedFields changed`);
  return changed;
}
