import { isObject, itemsAt, objectAt, titleOf, type Json, type JsonObject } from '../manifest.js';
import { readClusterPolicy, type ClusterNetworkPolicy } from './cluster-network-policy.js';
import { Field } from './fields.js';
import type { Labels } from './label-selector.js';
import { readPolicy, type NetworkPolicy } from './network-policy.js';
import { unjudgedAmong } from './unjudged.js';
import { isWorkload, readWorkload, type Workload } from './workload.js';

/** What some manifests have that says who may talk to whom. */
export interface Cluster {
  readonly policies: readonly NetworkPolicy[];
  /** Those of the cluster, which come before and after them. */
  readonly clusterPolicies: readonly ClusterNetworkPolicy[];
  readonly workloads: readonly Workload[];
  /** Policies that aren't judged: those of network plugins. */
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
  const known = objects.filter((each) => isWorkload(each) || isPolicy(each) || isNamespace(each));
  const seen = new Set<string>();
  for (const object of known) {
    const id = `${String(object.kind)} ${isClusterPolicy(object) ? '' : namespaceOf(object)}/${nameOf(object)}`;
    if (nameOf(object) === '') reportOn(object)('metadata.name', 'must be a text');
    else if (seen.has(id)) reportOn(object)('', 'is there twice');
    seen.add(id);
  }
  const policies = known.filter(isNetworkPolicy).map((each) => readPolicy(each, namespaceOf(each), reportOn(each)));
  const clusterPolicies = known.filter(isClusterPolicy).flatMap((each) => readClusterPolicy(each, reportOn(each)) ?? []);
  const workloads = known.filter(isWorkload).map((each) => readWorkload(each, namespaceOf(each), nameOf(each), reportOn(each)));
  const labels = new Map(known.filter(isNamespace).map((each) =>
    [nameOf(each), new Field(each, '', reportOn(each)).member('metadata').member('labels').texts()]));
  if (faults.length > 0) throw new Error(`these manifests can't be judged:\n${faults.join('\n')}`);
  return {
    policies,
    clusterPolicies,
    workloads,
    unjudged: unjudgedAmong(objects, isPolicy),
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

/** Its experimental peers need to know nodes, or what names resolve to. */
function isClusterPolicy(object: JsonObject): boolean {
  const peers = itemsAt(objectAt(object, 'spec'), 'egress').flatMap(([, rule]) => itemsAt(rule, 'to'));
  return object.kind === 'ClusterNetworkPolicy' && object.apiVersion === 'policy.networking.k8s.io/v1alpha2'
    && peers.every(([, { nodes, domainNames }]) => nodes === undefined && domainNames === undefined);
}

function isPolicy(object: JsonObject): boolean {
  return isNetworkPolicy(object) || isClusterPolicy(object);
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
