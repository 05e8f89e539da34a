import { ClusterProfile, Faults, Manifest } from '@keelson/core';
import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { PerCluster } from '../per-cluster';

/** What says that a class is the default. */
export const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';

/** Who is the default of a cluster first. */
const defaults = new PerCluster<Construct>();

/** Have a class be the only default: with two, the API server refuses every Ingress without a class. */
export function beTheOnlyDefault(ingressClass: Construct, manifest: Manifest): void {
  const known = defaults.at(ingressClass);
  const first = known.get('');
  if (first !== undefined) {
    report(ingressClass, first);
    return;
  }
  known.set('', ingressClass);
  // objects without a construct of their own are known when all are there
  ingressClass.node.addValidation({ validate: () => othersOf(manifest).map(other => Faults.describe('isDefault', fault(other))) });
}

/** Default classes of the same cluster that nobody has made by `IngressClass`. */
function othersOf(manifest: Manifest): IConstruct[] {
  const profile = ClusterProfile.of(manifest);
  return manifest.node.root.node.findAll().filter(construct => construct !== manifest && construct instanceof ApiObject && construct.kind === 'IngressClass'
    && !isOurs(construct) && isDefault(construct) && ClusterProfile.of(construct) === profile);
}

function isOurs({ node: { scope } }: ApiObject): boolean {
  return scope !== undefined && 'manifest' in scope;
}

function isDefault(object: ApiObject): boolean {
  return (object.toJson() as { metadata?: { annotations?: { [key: string]: string } } }).metadata?.annotations?.[DEFAULT_CLASS] === 'true';
}

function report(ingressClass: Construct, other: IConstruct): void {
  Faults.report(ingressClass, 'isDefault', [fault(other)]);
}

function fault({ node }: IConstruct) {
  return { code: 'KEELSON2382', got: `true, as [${node.path}] has it`, allowed: 'set on one IngressClass of the cluster', fix: 'remove it from one of the two' };
}
