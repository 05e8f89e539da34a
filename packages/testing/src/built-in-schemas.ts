import * as certManager from '@kubernetes-models/cert-manager/cert-manager.io/v1';
import * as gatewayApi from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import * as admission from 'kubernetes-models/admissionregistration.k8s.io/v1';
import * as apiextensions from 'kubernetes-models/apiextensions.k8s.io/v1';
import * as apiregistration from 'kubernetes-models/apiregistration.k8s.io/v1';
import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as batch from 'kubernetes-models/batch/v1';
import * as certificates from 'kubernetes-models/certificates.k8s.io/v1';
import * as coordination from 'kubernetes-models/coordination.k8s.io/v1';
import * as discovery from 'kubernetes-models/discovery.k8s.io/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as node from 'kubernetes-models/node.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as rbac from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import * as scheduling from 'kubernetes-models/scheduling.k8s.io/v1';
import * as storage from 'kubernetes-models/storage.k8s.io/v1';
import * as core from 'kubernetes-models/v1';
import { joinPath, type JsonObject } from './manifest.js';
import { Observed } from './observed.js';

/** Only the group versions that every supported cluster serves and none deprecates: an object of another one has no schema here. */
const GROUPS: readonly Record<string, unknown>[] = [
  core, apps, autoscaling, batch, networking, policy, rbac, scheduling, storage, coordination, discovery, node,
  admission, apiextensions, apiregistration, certificates, gatewayApi, certManager,
];

interface Model { readonly apiVersion: string; readonly kind: string; readonly prototype: { validate(): void } }

interface SchemaError { readonly instancePath: string; readonly message?: string; readonly params?: { readonly allowedValues?: unknown[] } }

function isModel(value: unknown): value is Model {
  return typeof value === 'function' && 'apiVersion' in value && 'kind' in value;
}

const MODELS = new Map(GROUPS.flatMap((group) => Object.values(group)).filter(isModel)
  .map((model) => [`${model.apiVersion}/${model.kind}`, model]));

/** Violations of the published schema of Kubernetes 1.36, Gateway API 1.5 or cert-manager 1.20, unknown fields included. */
export function builtInSchemaViolations(object: JsonObject): string[] {
  const model = MODELS.get(`${String(object.apiVersion)}/${String(object.kind)}`);
  if (model === undefined) return [`apiVersion: no schema for ${String(object.apiVersion)} ${String(object.kind)}`];
  const observed = new Observed();
  const violations: string[] = [];
  try {
    model.prototype.validate.call(observed.of(object));
  } catch (error) {
    const errors = (error as { errors?: SchemaError[] }).errors;
    if (errors === undefined) throw error;
    violations.push(...errors.map((each) => `${pathOf(each.instancePath)}: ${textOf(each)}`));
  }
  for (const keys of observed.unread(object)) {
    if (isForgotten(object, keys)) continue;
    violations.push(`${keys.reduce<string>((path, key) => joinPath(path, key), '')}: unknown field`);
  }
  return [...new Set(violations)];
}

/**
 * The package's generator takes every `description` for its schema's own, and leaves out the `x-kubernetes-…` of CRDs: the only members
 * that its type declarations have and its validators don't know.
 */
function isForgotten(object: JsonObject, keys: (string | number)[]): boolean {
  const key = String(keys.at(-1));
  if (object.kind === 'CustomResourceDefinition') return key === 'description' || key.startsWith('x-kubernetes-');
  return ['PriorityClass description', 'GatewayClass spec.description'].includes(`${String(object.kind)} ${keys.join('.')}`);
}

/** `/spec/ports/0` as `spec.ports[0]`. */
export function pathOf(instancePath: string): string {
  return instancePath.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, key) => joinPath(path, /^\d+$/.test(key) ? Number(key) : key), '');
}

/** The validator's words, with the values that it would take. */
export function textOf(error: SchemaError): string {
  const allowed = error.params?.allowedValues;
  return `${error.message ?? 'not valid'}${allowed === undefined ? '' : `: ${allowed.join(', ')}`}`;
}
