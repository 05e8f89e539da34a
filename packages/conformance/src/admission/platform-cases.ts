import type { JsonObject } from '@keelson/testing';
import { bare, object, podSpec, workload } from './objects.js';
import { PIPELINE } from './network-cases.js';
import { CORDONED, PLAIN } from './tenant.js';
import { admit, BINDER, CONTRACTOR, deny, OPERATIONS, type AdmissionCase, type Asker } from './tried.js';

const LEAD: Asker = { user: 'lead', groups: ['system:authenticated'] };
const token = { type: 'kubernetes.io/service-account-token' };
const of = (account: string): JsonObject => ({ annotations: { 'kubernetes.io/service-account.name': account } });
/** What the API server wants in Secrets of a type. */
const DATA: Readonly<Record<string, JsonObject>> = {
  'kubernetes.io/tls': { 'tls.crt': '', 'tls.key': '' }, 'kubernetes.io/dockerconfigjson': { '.dockerconfigjson': 'e30=' },
};
const TOKEN = /a token in a Secret never ends; pods are given ones that do, got kubernetes\.io\/service-account-token/;

/** What makes the tenant, by who tries. */
const OBJECTS = [['ResourceQuota', 'tenant'], ['LimitRange', 'tenant'], ['ServiceAccount', 'default'], ['Role', 'tenant-admin'], ['Role', 'tenant-viewer'], ['RoleBinding', 'tenant-deployer']] as const;
const labelled = { patch: { metadata: { labels: { reviewed: 'true' } } } };

const OWN: readonly AdmissionCase[] = OBJECTS.flatMap(([kind, name]) => {
  const made = bare(kind, {}, { name });
  const refused = (what: string): RegExp => new RegExp(`what makes the tenant must be left to the platform, got ${what} of ${kind} ${name}`);
  return [
    deny(`${kind} ${name} changed by somebody with all rights in the tenant`, made, refused('update'), { by: CONTRACTOR, ...labelled }),
    deny(`${kind} ${name} taken away by somebody with all rights in the tenant`, made, refused('delete'), { by: CONTRACTOR, removes: true }),
    admit(`${kind} ${name} changed by the platform`, made, labelled),
    admit(`${kind} ${name} changed by whoever may change the rules`, made, { by: OPERATIONS, ...labelled }),
    admit(`${kind} ${name} taken away by the platform`, made, { removes: true }),
  ];
});

const KEPT = /the tenant is cordoned: what is in it must stay as it is until the platform says otherwise/;
const ARGO: Asker = { user: 'system:serviceaccount:pipelines:argo', groups: ['system:serviceaccounts', 'system:serviceaccounts:pipelines', 'system:authenticated'] };
const namespace = CORDONED;
const kept = bare('ConfigMap', { data: { a: 'b' } });
const changed = { data: { a: 'c' } };
const deployment = workload('Deployment', podSpec());

const STATE: readonly AdmissionCase[] = [
  ...[CONTRACTOR, LEAD, PIPELINE, ARGO].flatMap((by) => [
    deny(`cordoned: a ConfigMap made by ${by.user}`, kept, KEPT, { by, namespace }),
    deny(`cordoned: a ConfigMap changed by ${by.user}`, kept, KEPT, { by, namespace, patch: changed }),
    deny(`cordoned: a ConfigMap taken away by ${by.user}`, kept, KEPT, { by, namespace, removes: true }),
  ]),
  deny('cordoned: an IngressRoute', object('IngressRoute', { routes: [] }), KEPT, { by: LEAD, namespace }),
  deny('cordoned: a scale', deployment, KEPT, { by: LEAD, namespace, patch: { spec: { replicas: 2 } }, subresource: 'scale' }),
  ...[BINDER, OPERATIONS].map((by) => admit(`cordoned: a ConfigMap made by ${by.user}`, kept, { by, namespace })),
  admit('cordoned: a ConfigMap changed by the platform', kept, { namespace, patch: changed }),
  admit('not cordoned: a ConfigMap', kept, { by: LEAD }),
];

const scaled = (trigger: JsonObject): JsonObject => object('ScaledObject', { scaleTargetRef: { name: 'web' }, triggers: [{ type: 'aws-sqs-queue', ...trigger }] });
const queue: JsonObject = { queueURL: 'https://sqs.eu-central-1.amazonaws.com/1/mails', queueLength: '5', awsRegion: 'eu-central-1' };
const OWNER = /a trigger's identityOwner must be pod or left out: KEDA's own identity is that of all tenants, got another of aws-sqs-queue/;

const TRIGGERS: readonly AdmissionCase[] = [
  admit('trigger that is nobody', scaled({ metadata: queue }), { by: PIPELINE }),
  admit('trigger by its TriggerAuthentication', scaled({ metadata: queue, authenticationRef: { name: 'queue' } }), { by: PIPELINE }),
  admit('trigger of the kind TriggerAuthentication', scaled({ metadata: { ...queue, identityOwner: 'pod' }, authenticationRef: { name: 'queue', kind: 'TriggerAuthentication' } }), { by: PIPELINE }),
  ...['operator', 'Pod', ''].map((identityOwner) => deny(`trigger with identityOwner '${identityOwner}'`, scaled({ metadata: { ...queue, identityOwner } }), OWNER, { by: PIPELINE })),
  deny('trigger with identityOwner of its environment', scaled({ metadata: { ...queue, identityOwnerFromEnv: 'OWNER' } }), OWNER, { by: CONTRACTOR, namespace: PLAIN }),
  deny('trigger that becomes KEDA', scaled({ metadata: queue }), OWNER, { by: PIPELINE, patch: { spec: { triggers: [{ type: 'aws-sqs-queue', metadata: { ...queue, identityOwner: 'operator' } }] } } }),
  deny('trigger by a ClusterTriggerAuthentication', scaled({ metadata: queue, authenticationRef: { name: 'queues', kind: 'ClusterTriggerAuthentication' } }),
    /authenticationRef must be a TriggerAuthentication: one of the cluster is the platform's, got ClusterTriggerAuthentication/, { by: PIPELINE }),
  admit('trigger as KEDA, by the platform', scaled({ metadata: { ...queue, identityOwner: 'operator' }, authenticationRef: { name: 'queues', kind: 'ClusterTriggerAuthentication' } })),
];

/** What the platform alone may do. */
export const PLATFORM_CASES: readonly AdmissionCase[] = [
  ...OWN, ...STATE, ...TRIGGERS,
  deny('Role tenant-viewer changed by an administrator of the tenant', bare('Role', {}, { name: 'tenant-viewer' }), /got update of Role tenant-viewer/, { by: LEAD, ...labelled }),
  deny('RoleBinding tenant-admin taken away by an administrator of the tenant', bare('RoleBinding', {}, { name: 'tenant-admin' }), /got delete of RoleBinding tenant-admin/, { by: LEAD, removes: true }),
  deny('RoleBinding tenant-deployer taken away by a deployer', bare('RoleBinding', {}, { name: 'tenant-deployer' }), /got delete of RoleBinding tenant-deployer/, { by: PIPELINE, removes: true, namespace: PLAIN }),
  deny('ServiceAccount default changed by an administrator of the tenant', bare('ServiceAccount', {}, { name: 'default' }), /got update of ServiceAccount default/,
    { by: LEAD, patch: { automountServiceAccountToken: true } }),
  admit('a Role of their own', bare('Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }), { by: LEAD, ...labelled }),
  admit('a ServiceAccount of their own', bare('ServiceAccount'), { by: LEAD, removes: true }),
  ...[CONTRACTOR, LEAD, PIPELINE].map((by) => deny(`token that never ends, by ${by.user}`, bare('Secret', token, of('default')), TOKEN, { by })),
  deny('token that never ends, where nothing is said', bare('Secret', token, of('default')), TOKEN, { by: CONTRACTOR, namespace: PLAIN }),
  admit('token that never ends, by the platform', bare('Secret', token, of('default'))),
  ...['Opaque', 'kubernetes.io/tls', 'kubernetes.io/dockerconfigjson'].map((type) => admit(`Secret of type ${type}`, bare('Secret', { type, data: DATA[type] ?? {} }), { by: PIPELINE })),
  admit('Secret that is changed', bare('Secret', { type: 'Opaque', stringData: { a: 'b' } }), { by: PIPELINE, patch: { stringData: { a: 'c' } } }),
  admit('KEDA with values of a Secret', object('TriggerAuthentication', { secretTargetRef: [{ parameter: 'connection', name: 'queue', key: 'url' }] }), { by: PIPELINE }),
  deny("KEDA as KEDA's own identity", object('TriggerAuthentication', { podIdentity: { provider: 'aws' } }), /KEDA asks with rights of its own, got podIdentity/, { by: PIPELINE }),
  deny('KEDA with values of a vault', object('TriggerAuthentication', { hashiCorpVault: { address: 'https://vault.test', authentication: 'token', secrets: [{ parameter: 'a', key: 'b', path: 'c' }] } }),
    /KEDA asks with rights of its own, got hashiCorpVault/, { by: PIPELINE }),
  admit("KEDA as KEDA's own identity, by the platform", object('TriggerAuthentication', { podIdentity: { provider: 'aws' } })),
];
