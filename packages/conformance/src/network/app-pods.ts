import { objectAt, readCluster, type JsonObject } from '@keelson/testing';
import { distinct, pod, type Party, type Pod } from './party.js';

/** The pods of an app: those of its workloads, with every port that a container declares. */
export function workloadPods(objects: readonly JsonObject[]): Party[] {
  const { workloads, namespaceLabels } = readCluster(objects);
  return workloads.map(({ kind, namespace, name, labels, ports, hostNetwork }, index): Party => {
    const isAlone = workloads.filter((each) => each.name === name).length === 1;
    const title = isAlone ? name : `${kind} ${namespace}/${name}`;
    return {
      name: hostNetwork ? `${title} (host network)` : title, // no policy applies, and others see the node
      ip: hostNetwork ? '172.18.0.3' : `10.244.1.${index + 1}`,
      pods: hostNetwork ? [] : [pod(namespace, labels, namespaceLabels(namespace))],
      ports: distinct(ports),
    };
  });
}

/** A pod beside the app's own in each of its namespaces, with none of its labels. */
export function strangersBeside(objects: readonly JsonObject[], workloads: readonly Party[]): Party[] {
  const { namespaceLabels } = readCluster(objects);
  const namespaces = new Set(workloads.flatMap(({ pods }) => pods.map(({ namespace }) => namespace)));
  return [...namespaces].map((namespace, index): Party => ({
    name: `another pod in ${namespace}`,
    ip: `10.244.2.${index + 1}`,
    pods: [pod(namespace, { app: 'stranger' }, namespaceLabels(namespace))],
    ports: [{ number: 8080, protocol: 'TCP' }],
  }));
}

/** The pod that cert-manager makes in each namespace with certificates, while a challenge of their issuer lasts. */
export function solversBeside(objects: readonly JsonObject[]): Party[] {
  const { namespaceLabels } = readCluster(objects);
  const issued = objects.filter(({ apiVersion, kind }) => kind === 'Certificate' && String(apiVersion).startsWith('cert-manager.io/'));
  return [...new Set(issued.map(namespaceOf))].map((namespace, index): Party => ({
    name: `ACME solver in ${namespace}`,
    ip: `10.244.6.${index + 1}`,
    pods: [pod(namespace, { 'acme.cert-manager.io/http01-solver': 'true' }, namespaceLabels(namespace))],
    ports: [{ number: 8089, protocol: 'TCP' }],
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
