import { isObject, itemsAt, objectAt, titleOf, type JsonObject } from '@keelson/testing';
import { distinct, pod, type Party, type Pod, type Port } from './party.js';

const TEMPLATED = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'];

/** The pods of an app: those of its workloads, with every port that a container declares. */
export function workloadPods(objects: readonly JsonObject[]): Party[] {
  const found = objects.flatMap((object) => {
    const template = templateOf(object);
    if (template === undefined) return [];
    const spec = objectAt(template, 'spec');
    const own = pod(namespaceOf(object), textsAt(template, 'metadata', 'labels'), namespaceLabels(objects, namespaceOf(object)));
    const onNode = spec.hostNetwork === true; // no policy applies, and others see the node
    return [{ object, name: String(objectAt(object, 'metadata').name), pods: onNode ? [] : [own], ports: portsOf(spec), onNode }];
  });
  return found.map(({ object, name, pods, ports, onNode }, index) => ({
    name: `${found.filter((each) => each.name === name).length === 1 ? name : titleOf(object)}${onNode ? ' (host network)' : ''}`,
    ip: onNode ? '172.18.0.3' : `10.244.1.${index + 1}`,
    pods,
    ports,
  }));
}

/** A pod beside the app's own in each of its namespaces, with none of its labels. */
export function strangersBeside(objects: readonly JsonObject[], workloads: readonly Party[]): Party[] {
  const namespaces = new Set(workloads.flatMap(({ pods }) => pods.map(({ namespace }) => namespace)));
  return [...namespaces].map((namespace, index): Party => ({
    name: `another pod in ${namespace}`,
    ip: `10.244.2.${index + 1}`,
    pods: [pod(namespace, { app: 'stranger' }, namespaceLabels(objects, namespace))],
    ports: [{ number: 8080, protocol: 'TCP' }],
  }));
}

/** The same labels in another namespace, which must not help. */
export function impostors(workloads: readonly Party[]): Party {
  const pods = workloads.flatMap((each) => each.pods).map(({ labels }): Pod => pod('elsewhere', labels));
  return { name: 'a pod elsewhere with the labels of one of these', ip: '10.244.3.1', pods, ports: distinct(workloads.flatMap(({ ports }) => ports)) };
}

/** The namespace that an object goes to. */
export function namespaceOf(object: JsonObject): string {
  const { namespace } = objectAt(object, 'metadata');
  return typeof namespace === 'string' ? namespace : 'default';
}

/** The members of an object that are texts. */
export function textsAt(object: JsonObject, ...keys: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(objectAt(object, ...keys)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function templateOf(object: JsonObject): JsonObject | undefined {
  if (object.kind === 'Pod') return object;
  if (object.kind === 'CronJob') return objectAt(object, 'spec', 'jobTemplate', 'spec', 'template');
  return TEMPLATED.includes(String(object.kind)) ? objectAt(object, 'spec', 'template') : undefined;
}

function portsOf(spec: JsonObject): Port[] {
  const containers = [...itemsAt(spec, 'initContainers'), ...itemsAt(spec, 'containers')].map(([, container]) => container);
  return distinct(containers.flatMap((container) => itemsAt(container, 'ports').map(([, { containerPort, protocol, name }]): Port => ({
    number: Number(containerPort),
    protocol: String(protocol ?? 'TCP'),
    ...(typeof name === 'string' ? { name } : {}),
  }))));
}

function namespaceLabels(objects: readonly JsonObject[], name: string): Record<string, string> {
  const found = objects.find((each) => each.kind === 'Namespace' && objectAt(each, 'metadata').name === name);
  return isObject(found) ? textsAt(found, 'metadata', 'labels') : {};
}
