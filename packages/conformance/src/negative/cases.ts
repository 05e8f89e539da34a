import type { JsonObject } from '@keelson/testing';
import { account, autoscaler, claim, configMap, deployment, job, quota, role, roleBinding, service, statefulSet } from './objects.js';
import type { Check } from '../wave/item.js';

/** Manifests that are wrong in one way, and where the harness has to notice it. */
export interface Negative {
  /** Also the namespace. */
  readonly title: string;
  readonly objects: readonly JsonObject[];
  /** What is in the cluster before. */
  readonly before?: readonly JsonObject[];
  /** Whether classes and volumes that are named are there. */
  readonly classesAndVolumes?: boolean;
  /** The checks that must complain, and a part of what they must say. */
  readonly finds: Partial<Record<Check, RegExp>>;
  /** The versions it is wrong on; all where this is left out. */
  readonly versions?: readonly string[];
}

const scaled: JsonObject = { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' }, maxReplicas: 5 };
const pod = (fields: JsonObject): JsonObject => ({ spec: { template: { spec: fields } } });

export const NEGATIVES: readonly Negative[] = [
  { title: 'unknown-field', objects: [deployment({ spec: { replicass: 2 } })], finds: { applied: /\.spec\.replicass: field not declared in schema/ } },
  {
    title: 'dropped-on-1-27', versions: ['1.27'], objects: [deployment(pod({ hostUsers: false }))],
    finds: { stored: /spec\.template\.spec\.hostUsers: sent false, stored nothing/ },
  },
  {
    title: 'dropped-on-1-36', versions: ['1.36'], objects: [deployment({ spec: { template: { spec: { os: { name: 'linux' } } } } }, { lifecycle: { stopSignal: 'SIGUSR1' } })],
    finds: { stored: /lifecycle/ },
  },
  { title: 'refused-by-validation', objects: [service({ spec: { ports: [] } })], finds: { applied: /spec\.ports: Required value/ } },
  { title: 'kind-not-served', objects: [{ ...configMap(), apiVersion: 'example.com/v1', kind: 'Widget' }], finds: { applied: /no matches for kind "Widget"/ } },
  {
    title: 'missing-priority-class', classesAndVolumes: false, objects: [deployment(pod({ priorityClassName: 'nobody-made-it' }))],
    finds: { 'rolled out': /no PriorityClass with name nobody-made-it was found/ },
  },
  { title: 'missing-account', objects: [deployment(pod({ serviceAccountName: 'nobody-made-it' }))], finds: { 'rolled out': /serviceaccount "nobody-made-it" not found/ } },
  {
    title: 'privileged-pod', objects: [deployment({}, { securityContext: { privileged: true } })],
    finds: { 'applied': /Warning: would violate PodSecurity "restricted:latest"/, 'rolled out': /violates PodSecurity "restricted:latest"/ },
  },
  { title: 'quota-too-small', objects: [quota({ spec: { hard: { pods: '1' } } }), deployment({ spec: { replicas: 2 } })], finds: { 'rolled out': /exceeded quota/ } },
  { title: 'claim-without-volume', classesAndVolumes: false, objects: [claim()], finds: { 'rolled out': /claim is Pending/ } },
  { title: 'no-node-fits', objects: [job(pod({ nodeSelector: { disk: 'none-has-it' } }))], finds: { 'rolled out': /not complete/ } },
  { title: 'name-no-pod-can-have', objects: [statefulSet({ metadata: { name: 'n'.repeat(60) } })], finds: { 'rolled out': /must be no more than 63/ } },
  { title: 'scales-nothing', objects: [autoscaler()], finds: { 'rolled out': /not found/ } },
  {
    title: 'immutable-change',
    before: [deployment()],
    objects: [deployment({ spec: { selector: { matchLabels: { app: 'other' } }, template: { metadata: { labels: { app: 'other' } } } } })],
    finds: { applied: /field is immutable/ },
  },
  {
    title: 'fights-the-autoscaler', objects: [deployment({ spec: { replicas: 1 } }), autoscaler()],
    finds: { 'unchanged': /conflict/, 'no difference': /conflict/ },
  },
  {
    title: 'more-rights-than-said', before: [account(), role(), roleBinding()], objects: [account()],
    finds: { rights: /may list pods in more-rights-than-said, which no rule of the app says/ },
  },
  {
    // The same object twice: the second takes back what the first says.
    title: 'fewer-rights-than-said', objects: [account(), role(), roleBinding(), { ...role(), rules: [] }],
    finds: { stored: /rules: sent/, rights: /may not list pods in fewer-rights-than-said, which a rule of the app says/ },
  },
  {
    // Each takes back what the other says, again at the second apply.
    title: 'said-twice', objects: [deployment({ spec: { replicas: 2 } }), deployment({ spec: { replicas: 1 } })],
    finds: { stored: /spec\.replicas: sent 2, stored 1/, unchanged: /generation was \d+, is \d+/ },
  },
  {
    // kubectl compares an object once, unless it is said in two versions of its kind.
    title: 'said-in-two-versions',
    objects: [
      deployment({ spec: { replicas: undefined } }), autoscaler(),
      { ...autoscaler(), apiVersion: 'autoscaling/v1', spec: { ...scaled, minReplicas: 2, targetCPUUtilizationPercentage: 70 } },
    ],
    finds: { 'no difference': /^diff [\s\S]*^-\s+minReplicas: 2$[\s\S]*^\+\s+minReplicas: 3$/m },
  },
  {
    // Its template says that it stays, and it is deleted with the app.
    title: 'data-is-deleted', objects: [statefulSet(), { ...claim(), metadata: { name: 'data-database-0' } }],
    finds: { deleted: /PersistentVolumeClaim data-is-deleted\/data-database-0 holds data and should have stayed/ },
  },
  { title: 'never-goes', objects: [configMap({ metadata: { finalizers: ['example.com/stays'] } })], finds: { deleted: /ConfigMap never-goes\/app is left behind/ } },
];

/** An app in which nothing is wrong: what shows that the others fail for their own reason. */
export const RIGHT: readonly JsonObject[] = [
  account(), role(), roleBinding(), configMap(), claim(), service(), deployment(), statefulSet(), job(),
];
