import { isObject, objectAt, titleOf, type Json, type JsonObject } from '../manifest.js';
import { Field } from './fields.js';
import type { Labels } from './label-selector.js';
import { readPolicy, type NetworkPolicy } from './network-policy.js';
import { isWorkload, readWorkload, type Workload } from './workload.js';

/** What some manifests have that says who may talk to whom. */
export interface Cluster {
  readonly policies: readonly NetworkPolicy[];
  readonly workloads: readonly Workload[];
  /** Policies of network plugins and cluster-wide ones, which aren't judged. */
  readonly unjudged: readonly string[];
  /** The labels of a namespace: of one that only is named its name, which every namespace has as a label. */
  namespaceLabels(name: string): Labels;
}

/** The label that the API server sets on every namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Reads manifests. What is malformed is thrown, all of it at once, by object and field. */
export function readCluster(manifests: readonly unknown[]): Cluster {
  const faults: string[] = [];
  const reportOn = (object: unknown) => (path: string, text: string): void => {
    faults.push(`${titleOf(object)}${path === '' ? '' : ` ${path}`}: ${text}`);
  };
  const objects = manifests.flatMap(itemsOf).flatMap((each): JsonObject[] => {
    if (isObject(each) && typeof each.kind === 'string' && typeof each.apiVersion === 'string') return [each];
    reportOn(each)('', `must be a Kubernetes object with apiVersion and kind, got ${JSON.stringify(each) ?? 'nothing'}`);
    return [];
  });
  const known = objects.filter((each) => isWorkload(each) || isNetworkPolicy(each) || isNamespace(each));
  const seen = new Set<string>();
  for (const object of known) {
    const id = `${String(object.kind)} ${namespaceOf(object)}/${nameOf(object)}`;
    if (nameOf(object) === '') reportOn(object)('metadata.name', 'must be a text');
    else if (seen.has(id)) reportOn(object)('', 'is there twice');
    seen.add(id);
  }
  const policies = known.filter(isNetworkPolicy).map((each) => readPolicy(each, namespaceOf(each), reportOn(each)));
  const workloads = known.filter(isWorkload).map((each) => readWorkload(each, namespaceOf(each), nameOf(each), reportOn(each)));
  const labels = new Map(known.filter(isNamespace).map((each) =>
    [nameOf(each), new Field(each, '', reportOn(each)).member('metadata').member('labels').texts()]));
  if (faults.length > 0) throw new Error(`these manifests can't be judged:\n${faults.join('\n')}`);
  return {
    policies,
    workloads,
    unjudged: objects.filter((each) => /NetworkPolicy$/.test(String(each.kind)) && !isNetworkPolicy(each)).map(titleOf),
    namespaceLabels: (name) => ({ ...labels.get(name), [NAMESPACE_NAME]: name }),
  };
}

/** A list of objects, as `kubectl get -o yaml` writes it, is those objects. */
function itemsOf(manifest: unknown): unknown[] {
  return isObject(manifest) && manifest.kind === 'List' && Array.isArray(manifest.items) ? manifest.items : [manifest];
}

function isNetworkPolicy({ apiVersion, kind }: JsonObject): boolean {
  return kind === 'NetworkPolicy' && apiVersion === 'networking.k8s.io/v1';
}

function isNamespace({ apiVersion, kind }: JsonObject): boolean {
  return kind === 'Namespace' && apiVersion === 'v1';
}

/** Where an object goes that names no namespace. */
function namespaceOf(object: JsonObject): string {
  return textOf(objectAt(object, 'metadata').namespace) ?? 'default';
}

function nameOf(object: JsonObject): string {
  const { name, generateName } = objectAt(object, 'metadata');
  return textOf(name) ?? textOf(generateName) ?? '';
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
