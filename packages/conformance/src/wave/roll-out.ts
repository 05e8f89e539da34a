import { setTimeout as delay } from 'node:timers/promises';
import { itemsAt, objectAt, titleOf, type JsonObject } from '@keelson/testing';
import type { ApiClient } from '../api-client.js';

const POLL_MS = 700;

/** Waits until everything that objects describe is there; what isn't in time is said, with what the cluster says of it. */
export async function rollOut(client: ApiClient, objects: readonly JsonObject[], seconds: number): Promise<string[]> {
  const end = performance.now() + seconds * 1000;
  let waiting = objects.map((object) => ({ object, missing: 'not looked at' }));
  for (;;) {
    const states = await Promise.all(waiting.map(async ({ object }) => ({ object, missing: await missing(client, object) })));
    waiting = states.flatMap(({ object, missing: why }) => (why === undefined ? [] : [{ object, missing: why }]));
    if (waiting.length === 0) return [];
    if (performance.now() > end) break;
    await delay(POLL_MS);
  }
  const faults = await Promise.all(waiting.map(async ({ object, missing: why }) =>
    [`${titleOf(object)}: ${why} after ${seconds} s`, ...await events(client, object)].join('\n')));
  return faults;
}

/** What an object still lacks; nothing for kinds that are there once they are stored. */
async function missing(client: ApiClient, sent: JsonObject): Promise<string | undefined> {
  const judge = READY[String(sent.kind)];
  if (judge === undefined) return undefined;
  const { object, error } = await client.read(sent);
  return error ?? judge(object, client);
}

const READY: Record<string, ((object: JsonObject, client: ApiClient) => string | undefined | Promise<string | undefined>) | undefined> = {
  Deployment: (object) => replicas(object, 'updatedReplicas', 'availableReplicas', 'replicas'),
  StatefulSet: (object) => replicas(object, 'updatedReplicas', 'availableReplicas', 'replicas'),
  DaemonSet: (object) => {
    const { desiredNumberScheduled: desired = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = objectAt(object, 'status');
    return unseen(object) ?? (updatedNumberScheduled === desired && numberAvailable === desired ? undefined : `${String(numberAvailable)} of ${String(desired)} pods available`);
  },
  Job: (object) => (objectAt(object, 'spec').suspend === true || isTrue(object, 'Complete') ? undefined : 'not complete'),
  PersistentVolumeClaim: (object) => (objectAt(object, 'status').phase === 'Bound' ? undefined : `claim is ${String(objectAt(object, 'status').phase)}`),
  CustomResourceDefinition: (object) => (isTrue(object, 'Established') ? undefined : 'not established'),
  // Without metrics an autoscaler still brings its workload up to the minimum.
  HorizontalPodAutoscaler: async (object, client) => {
    const { scaleTargetRef, minReplicas = 1 } = objectAt(object, 'spec');
    const { apiVersion, kind, name } = objectAt(scaleTargetRef);
    const target: JsonObject = { ...apiVersion === undefined ? {} : { apiVersion }, ...kind === undefined ? {} : { kind }, metadata: { name, namespace: objectAt(object, 'metadata').namespace } };
    const { object: found, error } = await client.read(target);
    const { replicas: count = 0 } = objectAt(found, 'spec');
    return error ?? (Number(count) >= Number(minReplicas) ? undefined : `${titleOf(target)} has ${String(count)} of at least ${String(minReplicas)} pods`);
  },
};

function replicas(object: JsonObject, ...counters: string[]): string | undefined {
  const { replicas: wanted = 1 } = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const short = counters.filter((counter) => (status[counter] ?? 0) !== wanted);
  return unseen(object) ?? (short.length === 0 ? undefined : short.map((counter) => `${counter} is ${String(status[counter] ?? 0)} of ${String(wanted)}`).join(', '));
}

/** A controller that hasn't seen the object yet says nothing of this generation. */
function unseen(object: JsonObject): string | undefined {
  const seen = Number(objectAt(object, 'status').observedGeneration ?? 0);
  return seen >= Number(objectAt(object, 'metadata').generation ?? 0) ? undefined : 'not seen by its controller';
}

function isTrue(object: JsonObject, condition: string): boolean {
  return itemsAt(objectAt(object, 'status'), 'conditions').some(([, { type, status }]) => type === condition && status === 'True');
}

/** The last warnings in the object's namespace. */
async function events(client: ApiClient, object: JsonObject): Promise<string[]> {
  const { namespace = 'default' } = objectAt(object, 'metadata');
  const all = await client.list(`/api/v1/namespaces/${String(namespace)}/events?fieldSelector=type%3DWarning`);
  return [...new Set(all.map((event) => `${titleOf({ ...objectAt(event, 'involvedObject'), metadata: objectAt(event, 'involvedObject') })}: ${String(event.message)}`))].slice(-5);
}
