import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Fault } from '../faults';
import { ResourceName } from '../resource-name';
import { withArticle } from './article';
import { Content, readContent } from './content';
import { quoted } from './quoted';

/** An object that pods refer to: ours, one of cdk8s-plus, or made elsewhere. */
export interface NamedObject {
  readonly name: string;
  readonly kind: string;
  readonly namespace?: string;
}

/** What a value takes of a ConfigMap or Secret. */
export interface Reference {
  readonly object: NamedObject;
  /** The keys taken; all where not given. */
  readonly keys?: string[];
  /** The pod starts without it, too. */
  readonly optional?: boolean;
}

/** What environment values and volumes are made of, each by a factory of its own. */
const WITH_FACTORIES = new Set<unknown>(['ConfigMap', 'PersistentVolumeClaim', 'Secret']);
const BY_NAME = new Map([
  ['ConfigMap', 'fromConfigMapName'], ['PersistentVolume', 'fromPersistentVolumeName'], ['PersistentVolumeClaim', 'fromClaimName'],
  ['PriorityClass', 'fromPriorityClassName'],
  ['Secret', 'fromSecretName'], ['Service', 'fromServiceName'], ['ServiceAccount', 'fromServiceAccountName'], ['StorageClass', 'fromStorageClassName'],
]);

const NONE: Reference[] = [];
/** Values are plain for those who use them; what they refer to is kept here. */
const remembered = new WeakMap<object, Reference[]>();

export function remember(value: object, references: Reference[]): void {
  const known = references.filter(({ object }) => typeof object === 'object' && object !== null);
  if (known.length > 0) {
    remembered.set(value, known);
  }
}

/** What a value of ours refers to; of values made elsewhere it isn't known. */
export function referencesOf(value: object): Reference[] {
  return remembered.get(value) ?? NONE;
}

/**
 * What is wrong with a reference: `ISecret` and `IConfigMap` have the same members, so the compiler takes one for the other.
 *
 * @param namespace where the reference is used, if known.
 */
export function referenceFaults(object: NamedObject, kind: string, namespace?: string): Fault[] {
  const { kind: other, name: called } = partsOf(object);
  if (other !== kind) {
    const factory = WITH_FACTORIES.has(kind) && WITH_FACTORIES.has(other) ? `, or use the factory for a ${String(other)}` : '';
    const byName = typeof object === 'string' ? BY_NAME.get(kind) : undefined;
    return [{
      code: 'KEELSON1300', got: typeof other === 'string' ? `the ${other} ${quoted(called)}` : quoted(object), allowed: withArticle(kind),
      fix: byName === undefined ? `pass ${withArticle(kind)}${factory}` : `write ${kind}.${byName}(${quoted(object)})`,
    }];
  }
  // Who defines an object reports its name.
  const name = Construct.isConstruct(object) ? [] : ResourceName.faultsOf(kind, object.name).map(fault => ({ ...fault, member: 'name' }));
  return [...name, ...namespaceFaults(object, namespace)];
}

/** Programs without types pass names, and undefined where a variable of synth's environment isn't set. */
function partsOf(object: unknown): { kind?: unknown; name?: unknown } {
  return typeof object === 'object' && object !== null ? object : {};
}

/** Pods reach the objects of their own namespace only. */
function namespaceFaults(object: NamedObject, namespace: string | undefined): Fault[] {
  const other = namespaceOf(object);
  return namespace === undefined || other === undefined || other === namespace ? [] : [{
    code: 'KEELSON1301', got: `${quoted(object.name)} of namespace ${quoted(other)}`, allowed: `a ${object.kind} of namespace ${quoted(namespace)}`,
    fix: `pods reach their own namespace only: have the ${object.kind} there too`,
  }];
}

/** What is wrong with all that a value refers to, seen from the pod's namespace. */
export function foreignNamespaceFaults(value: object, namespace: string | undefined): Fault[] {
  return referencesOf(value).flatMap(({ object }) => namespaceFaults(object, namespace));
}

/** Keys that a value takes and that an object of this app doesn't have. Ask at synth: data may be added until then. */
export function missingKeyFaults(value: object): Fault[] {
  return referencesOf(value).flatMap(({ object, keys = [], optional = false }) => {
    const known = optional || keys.length === 0 ? undefined : keysOf(object);
    const missing = known === undefined ? [] : keys.filter(key => !known.has(key));
    const there = missing.length === 0 ? '' : known?.all().sort().map(quoted).join(', ') ?? '';
    return missing.map(key => ({
      code: 'KEELSON1303', got: quoted(key), allowed: `a key of the ${object.kind} ${quoted(object.name)} (it has ${there === '' ? 'none' : there})`,
      fix: 'add the key, or make the reference optional',
    }));
  });
}

/** The keys of Secrets whose values aren't in the app. */
const keysElsewhere = new WeakMap<object, () => readonly string[] | undefined>();

/** Makes known which keys an object will have in the cluster; undefined where nobody knows. */
export function keepKeys(object: NamedObject, keys: () => readonly string[] | undefined): void {
  keysElsewhere.set(object, keys);
}

function keysOf(object: NamedObject): { has: (key: string) => boolean; all: () => string[] } | undefined {
  const elsewhere = keysElsewhere.get(object);
  if (elsewhere !== undefined) {
    const keys = elsewhere();
    return keys && { has: key => keys.includes(key), all: () => [...keys] };
  }
  const content = contentOf(object);
  return content && { has: key => content.has(key), all: () => content.keys() };
}

/** The data of an object that this app defines, as it will be rendered; of others it isn't known. */
export function contentOf(object: NamedObject): Content | undefined {
  const defined = keysElsewhere.has(object) ? undefined : apiObjectOf(object);
  return defined && readContent(defined);
}

/** Objects of cdk8s-plus have their namespace in `metadata`. */
export function namespaceOf(object: NamedObject): string | undefined {
  return object.namespace ?? (object as { metadata?: { namespace?: string } }).metadata?.namespace;
}

function apiObjectOf(object: NamedObject): ApiObject | undefined {
  if (!Construct.isConstruct(object)) {
    return undefined;
  }
  const defined = ApiObject.isApiObject(object) ? object : object.node.defaultChild;
  return defined !== undefined && ApiObject.isApiObject(defined) ? defined : undefined;
}
