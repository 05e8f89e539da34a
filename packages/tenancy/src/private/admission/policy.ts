import { Manifest } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';

/** Kinds that a policy is about. */
export interface Matched {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
  /** @default - objects of any name. */
  readonly resourceNames?: readonly string[];
  /** @default - those of the policy. */
  readonly operations?: readonly string[];
}

/** What must be true. */
export interface Validation {
  /** True of what is admitted. */
  readonly expression: string;
  /** What is looked at, and what it must be: `host names must be of shop.example.com`. */
  readonly message: string;
  /** The text of what was got instead. */
  readonly got?: string;
}

/** One ValidatingAdmissionPolicy. */
export interface Policy {
  /** What its name ends in. */
  readonly name: string;
  readonly matched: readonly Matched[];
  /** @default - `CREATE` and `UPDATE`. */
  readonly operations?: readonly string[];
  /** What of an object has to change for it to be looked at anew, without `object.`. */
  readonly watched: readonly string[];
  /** @default - `Namespaced` */
  readonly scope?: 'Cluster' | 'Namespaced';
  /** Which objects of these kinds. */
  readonly only?: string;
  /** Who isn't held to it. A function where that is only known when everything is defined. */
  readonly unless?: string | (() => string);
  /** In order: each may use those before. A function where they are only known when everything is defined. */
  readonly variables: Variables | (() => Variables);
  readonly validations: readonly Validation[];
}

type Variables = Readonly<Record<string, string>>;

const API = 'admissionregistration.k8s.io/v1';

/** Renders the policies and their bindings to namespaces, which nobody but the API server can name. */
export function definePolicies(scope: Construct, prefix: string, namespaces: readonly string[], policies: readonly Policy[]): void {
  for (const policy of policies.filter(({ validations }) => validations.length > 0)) {
    const name = `${prefix}.${policy.name}`;
    const place = new Construct(scope, policy.name);
    new Manifest(place, 'Policy', { apiVersion: API, kind: 'ValidatingAdmissionPolicy', metadata: { name }, spec: specOf(policy) });
    new Manifest(place, 'Binding', {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces] }] } },
      },
    });
  }
}

function specOf({ matched, scope = 'Namespaced', operations = ['CREATE', 'UPDATE'], watched, only, unless, variables, validations }: Policy): object {
  return {
    failurePolicy: 'Fail',
    matchConstraints: {
      matchPolicy: 'Equivalent',
      resourceRules: matched.map(each => ({ ...each, operations: each.operations ?? operations, scope })),
    },
    matchConditions: [
      // Finalizers of what was there before have to go, or nothing ever does.
      ...watched.length === 0 ? [] : [{
        name: 'is-new-or-changed',
        expression: ["request.operation != 'UPDATE'", ...watched.map(path => `object.${path} != oldObject.${path}`)].join(' || '),
      }],
      ...only === undefined ? [] : [{ name: 'is-one-of-these', expression: only }],
      ...unless === undefined ? [] : [{ name: 'is-held-to-it', expression: typeof unless === 'string' ? `!(${unless})` : Lazy.any({ produce: () => `!(${unless()})` }) }],
    ],
    variables: typeof variables === 'function' ? Lazy.any({ produce: () => rendered(variables()) }) : rendered(variables),
    validations: validations.map(({ expression, message, got }) => ({
      expression, message, messageExpression: got === undefined ? undefined : `${JSON.stringify(`${message}, got `)} + ${got}`, reason: 'Forbidden',
    })),
  };
}

function rendered(variables: Variables): object[] {
  return Object.entries(variables).map(([name, expression]) => ({ name, expression }));
}

/** Watched where a policy looks at annotations. */
export const ANNOTATIONS = 'metadata.?annotations.orValue({})';

/** The annotations, for variables. */
export const annotations = { annotations: 'object.metadata.?annotations.orValue({})' };
