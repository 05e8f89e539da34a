import { isObject, objectAt, type Json, type JsonObject } from '@keelson/testing';

/** A pod, as network policies see it. */
export interface Pod {
  readonly namespace: string;
  readonly labels: JsonObject;
}

/** The pods of an object that makes some, by its name. */
export function podOf(objects: readonly JsonObject[], name: string): Pod {
  const found = objects.filter(object => 'template' in objectAt(object, 'spec') && objectAt(object, 'metadata').name === name);
  const [owner] = found;
  if (found.length !== 1 || owner === undefined) throw new Error(`${found.length} objects named ${name} make pods`);
  return { namespace: String(objectAt(owner, 'metadata').namespace), labels: objectAt(owner, 'spec', 'template', 'metadata', 'labels') };
}

/** Whether the rendered NetworkPolicies let `from` open a connection to `to`: both ends have to, and who no policy is about may. */
export function reaches(objects: readonly JsonObject[], from: Pod, to: Pod, port: number, protocol = 'TCP'): boolean {
  return allows(objects, 'Egress', from, to, port, protocol) && allows(objects, 'Ingress', to, from, port, protocol);
}

/** Of some ports, those that are open. */
export function openPorts(objects: readonly JsonObject[], from: Pod, to: Pod): string[] {
  const all = ['TCP', 'UDP'].flatMap(protocol => [53, 80, 443, 5432, 8080, 9090, 65535].map(port => ({ port, protocol })));
  return all.filter(({ port, protocol }) => reaches(objects, from, to, port, protocol)).map(({ port, protocol }) => `${port}/${protocol}`);
}

function allows(objects: readonly JsonObject[], direction: 'Ingress' | 'Egress', self: Pod, other: Pod, port: number, protocol: string): boolean {
  const about = objects.filter(({ kind }) => kind === 'NetworkPolicy').filter(policy => {
    const types = listAt(objectAt(policy, 'spec'), 'policyTypes');
    return objectAt(policy, 'metadata').namespace === self.namespace && types.includes(direction)
      && selects(objectAt(policy, 'spec', 'podSelector'), self.labels);
  });
  const [rules, peers] = direction === 'Ingress' ? ['ingress', 'from'] as const : ['egress', 'to'] as const;
  return about.length === 0 || about.some(policy => listAt(objectAt(policy, 'spec'), rules).filter(isObject).some(rule =>
    takes(listAt(rule, peers), peer => selectsPod(peer, other, self.namespace))
    && takes(listAt(rule, 'ports'), each => (each.protocol ?? 'TCP') === protocol && isWithin(port, each))));
}

/** A list that may be absent. */
function listAt(value: JsonObject, key: string): readonly Json[] {
  const list = value[key];
  return Array.isArray(list) ? list : [];
}

/** No list, and an empty one, is everything. */
function takes(list: readonly Json[], matches: (item: JsonObject) => boolean): boolean {
  return list.length === 0 || list.filter(isObject).some(matches);
}

function isWithin(port: number, { port: from, endPort: to = from }: JsonObject): boolean {
  return from === undefined || (port >= Number(from) && port <= Number(to));
}

function selectsPod(peer: JsonObject, pod: Pod, own: string): boolean {
  const { namespaceSelector, podSelector, ipBlock } = peer;
  if (ipBlock !== undefined) return false;
  const here = namespaceSelector === undefined ? pod.namespace === own
    : isObject(namespaceSelector) && selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace });
  return here && (podSelector === undefined || (isObject(podSelector) && selects(podSelector, pod.labels)));
}

function selects(selector: JsonObject, labels: JsonObject): boolean {
  if (listAt(selector, 'matchExpressions').length > 0) throw new Error('only labels are read here');
  return Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value);
}
