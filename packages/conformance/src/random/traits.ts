import { DATA_BESIDE, DATA_PRESENCE, DATA_RULES } from './data-traits.js';
import { EXPOSURE_BESIDE, EXPOSURE_NOT_EMPTY, EXPOSURE_PRESENCE, EXPOSURE_RULES } from './exposure-traits.js';
import { SECRET_BESIDE, SECRET_NOT_DRAWN, SECRET_NOT_EMPTY, SECRET_PRESENCE, SECRET_RULES } from './secret-traits.js';
import { call, entryOf, NOBODY, list, map, number, text, type Expression, type ObjectLiteral } from './program.js';
import { STORAGE_BESIDE, STORAGE_NOT_EMPTY, STORAGE_PRESENCE } from './storage-domains.js';

/** How often an optional prop is there, of 100, where it isn't as often as others. */
export const PRESENCE: Readonly<Record<string, number>> = {
  'ClusterProfileProps.version': 100,
  'ClusterProfileProps.gatewayApi': 100,
  // nothing that apps draw asks for it, and clusters before 1.31 refuse it
  'ClusterProfileProps.networkPolicyApi': 3,
  'ClusterProfileProps.gateway': 85,
  'ClusterProfileProps.ingress': 50,
  'ClusterProfileProps.storageClasses': 3,
  'ClusterProfileProps.requireImageDigests': 2,
  'ClusterProfileProps.monitoring': 70,
  'ConfigMapProps.data': 90,
  // its pods rarely have the container that it names
  'EnvValueFromResourceOptions.container': 3,
  'ConnectOptions.ports': 75, 'ConnectOptions.http': 2,
  'PeerWorkloadProps.ports': 90,
  'PodAffinityTarget.labels': 97,
  'WebAppProps.exposure': 40,
  'WorkerProps.health': 60,
  'WorkerProps.healthPort': 70,
  'ScalingRules.tolerancePercent': 4,
  'TriggerOptions.authentication': 80,
  // together they allow FAIL_INDEX
  'JobProps.backoffLimitPerIndex': 30, 'JobProps.podFailurePolicy': 30,
  'KafkaTriggerOptions.topic': 60,
  'KafkaTriggerOptions.activationLagThreshold': 60,
  'KafkaTriggerOptions.offsetResetPolicy': 80,
  'RedisListTriggerOptions.enableTls': 60,
  'TriggerScaling.fallback': 40,
  'ScalingFallback.behavior': 90,
  'DeploymentProps.scaling': 40,
  'TriggerOptions.name': 4,
  'TriggerScaling.min': 90,
  'TriggerAuthenticationProps.podIdentity': 95,
  'WorkloadOptions.ports': 70,
  'TolerationOptions.effect': 60,
  'TolerationOptions.evictAfter': 50,
  'PeerCidrOptions.except': 70,
  'WorkloadProps.name': 5,
  'PodConnectionsProps.name': 100,
  'ClusterProfileProps.loadBalancers': 30,
  'ServiceProps.ports': 50,
  'ServiceOptions.type': 60,
  'ServiceOptions.ipFamilies': 4,
  'ServiceOptions.ipFamilyPolicy': 6,
  'ServiceOptions.unsafeExternalIps': 6,
  'LoadBalancerOptions.internal': 6,
  'LoadBalancerOptions.addresses': 6,
  'LoadBalancerOptions.pool': 6,
  'LoadBalancerOptions.sharingKey': 6,
  'NodePortOptions.externalTrafficPolicy': 50,
  'ExternalNameServiceProps.cidrs': 90,
  'ExternalNameServiceProps.ports': 90,
  'RoleProps.rules': 100,
  'ClusterRoleProps.rules': 100,
  'RoleBindingProps.subjects': 100,
  'ClusterRoleBindingProps.subjects': 100,
  'RoleBindingProps.namespace': 5,
  'ServiceAccount.fromServiceAccountName.namespace': 95,
  'ApiResourceProps.namespaced': 20,
  ...DATA_PRESENCE, ...EXPOSURE_PRESENCE, ...SECRET_PRESENCE, ...STORAGE_PRESENCE,
};
export const USUAL_PRESENCE = 12;

/** Lists and maps that must not be empty: the empty one is refused. */
export const NOT_EMPTY: ReadonlySet<string> = new Set([
  ...EXPOSURE_NOT_EMPTY, ...SECRET_NOT_EMPTY, ...STORAGE_NOT_EMPTY,
  'KafkaTriggerOptions.bootstrapServers', 'Scaling.on.metrics', 'Scaling.onTriggers.triggers', 'ScalingRules.policies',
  'JobProps.successPolicy', 'PodFailureRule.exitCodes.codes', 'PodFailureRule.otherExitCodes.codes',
  'ApiServer.at.cidrs', 'ClusterProfileProps.dnsResolvers', 'ClusterProfileProps.ipFamilies', 'ConfigVolumeOptions.items', 'ConnectOptions.http', 'ConnectOptions.ports', 'HttpRule.methods.methods', 'HttpRuleOptions.methods',
  'DrainOptions.fallbackCommand', 'ExecHealthOptions.live', 'ExecHealthOptions.ready', 'GatewayOptions.listeners', 'LabelExpression.in.values', 'LabelExpression.notIn.values',
  'NodeAffinity.preferred.expressions', 'PodAffinityTarget.labels', 'NodeAffinity.required.expressions', 'PeerPodsProps.labels', 'Peer.namespaceLabels.labels', 'PreStop.exec.command', 'Probe.exec.command',
  'LoadBalancerOptions.sourceRanges', 'NodePortOptions.sourceRanges', 'SelectorlessServiceProps.addresses', 'SelectorlessServiceProps.ports', 'ServiceBackendProps.labels', 'ServiceBackendProps.ports', 'ServiceOptions.ipFamilies',
  'ServiceProps.backends', 'ServiceProps.ports', 'Volume.projected.volumes', 'PolicyRule.allow.verbs', 'PolicyRule.allow.resources', 'PolicyRule.read.resources', 'PolicyRule.readWrite.resources', 'PolicyRule.nonResourceUrls.urls',
  'PolicyRule.nonResourceUrls.verbs', 'PolicyRule.unsafeAllUrls.verbs', 'PolicyRuleOptions.resourceNames', 'ClusterRoleProps.clusterRoleSelectors', 'ClusterRoleProps.clusterRoleSelectors[]', 'RoleProps.rules',
  'ClusterRoleProps.rules', 'RoleBindingProps.subjects', 'ClusterRoleBindingProps.subjects', 'WaitForHostOptions.ports',
]);

/** Props that a struct has no use for in one place: an init container isn't asked whether it is ready. */
export const UNSUITED: Readonly<Record<string, readonly string[]>> = {
  'ServiceBackendProps.ports': ['unsafeHostPort'],
  'PodProps.initContainers': ['liveness', 'readiness', 'startup', 'preStop'],
  'PodTemplate.addInitContainer.container': ['liveness', 'readiness', 'startup', 'preStop'],
};

/** Ways that no app can be accepted with today, each with its reason. */
export const NOT_DRAWN: Readonly<Record<string, string>> = {
  'Manifest.addJsonPatch': 'a patch says anything, and what it says is its author\'s',
  'Manifest.addMergePatch': 'a patch says anything, and what it says is its author\'s',
  'AdoptedWorkload.fromScope': 'adopts what is written by hand: specimens do', 'AdoptedWorkload.fromObject': 'adopts what is written by hand: specimens do',
  'GatewayApi.experimental': 'the clusters have the standard channel: what only the other has, they refuse',
  'Database.asUser': 'names a user of that very database: its own tests do', 'ReadReplicas.asUser': 'names a user of that very database: its own tests do',
  ...SECRET_NOT_DRAWN,
  'Volume.fromClaimTemplate': 'only a StatefulSet makes the claim: a stand-in has one',
  'ClaimTemplate.of': 'only a StatefulSet makes the claims: a stand-in does',
  'Namespace.fromNamespaceName': 'nothing takes one yet', 'IngressClass.fromIngressClassName': 'nothing takes one yet',
};

/** What an endpoint offers is rendered, and looked at, where somebody takes it: its parts are tried elsewhere. */
export const NOT_TRIED: ReadonlySet<string> = new Set(['Endpoint', 'WaitForServiceOptions']);

const SERVED: readonly (readonly [string, Expression])[] = [
  ['connections', { kind: 'property', of: call('@keelson/core.Peer', 'ownNamespace'), name: 'connections' }],
  ['dnsName', text('nobody.random-0.svc.cluster.local')], ['servicePort', number(80)],
];

/** What stands where a construct is asked for and the app has none of its kind. */
export const STANDING_IN: Readonly<Record<string, Expression>> = {
  '@keelson/core.Workload': NOBODY,
  '@keelson/core.IWaitTarget': { kind: 'object', entries: [...SERVED] },
  '@keelson/web.IExposableService': { kind: 'object', entries: [...SERVED, ['kind', text('Service')], ['name', text('nobody')], ['targetPort', number(8080)]] },
};

type Rule = (object: ObjectLiteral) => ObjectLiteral;

/** Of props that exclude each other the first stays. */
const oneOf = (...names: readonly string[]): Rule => (object) => {
  const first = names.find((name) => entryOf(object, name) !== undefined);
  return { ...object, entries: object.entries.filter(([name]) => name === first || !names.includes(name)) };
};

/** A prop that has no sense without another goes with it. */
const onlyWith = (name: string, holds: (object: ObjectLiteral) => boolean): Rule =>
  (object) => (holds(object) ? object : without(object, name));

function without(object: ObjectLiteral, ...names: readonly string[]): ObjectLiteral {
  return { ...object, entries: object.entries.filter(([name]) => !names.includes(name)) };
}

function isTrue(object: ObjectLiteral, name: string): boolean {
  const entry = entryOf(object, name);
  return entry?.kind === 'boolean' && entry.value;
}

function numberAt(object: ObjectLiteral, name: string): number | undefined {
  const entry = entryOf(object, name);
  return entry?.kind === 'number' ? entry.value : undefined;
}

/** Whether a probe, or health, asks by the network. */
function asksPort(probe: Expression | undefined): boolean {
  return probe?.kind === 'static' && probe.name !== 'exec';
}

/** What listens on no port can't be asked there. */
const askedByPort = (...names: readonly string[]): Rule => (object) => {
  const ports = entryOf(object, 'ports');
  const isTcp = (each: Expression): boolean => each.kind === 'object' && [undefined, 'TCP'].includes(constantAt(each, 'protocol'));
  const listens = ports?.kind === 'list' && ports.items.some(isTcp);
  return listens ? object : without(object, ...names.filter((name) => asksPort(entryOf(object, name))));
};

/** Labels of pods are texts only. */
const comparesNoNumbers: Rule = (object) => {
  const entries = object.entries.flatMap(([name, value]) => {
    if (name !== 'expressions' || value.kind !== 'list') return [[name, value] as const];
    const items = value.items.filter((each) => each.kind !== 'static' || !['greaterThan', 'lessThan'].includes(each.name));
    return items.length === 0 ? [] : [[name, { ...value, items }] as const];
  });
  return { ...object, entries };
};

/** What a Job can be told together. */
const fitsJob: Rule = (object) => {
  const indexed = constantAt(object, 'completionMode') === 'INDEXED';
  const perIndex = indexed && entryOf(object, 'backoffLimitPerIndex') !== undefined;
  const rules = entryOf(object, 'podFailurePolicy');
  const kept = rules?.kind !== 'list' || perIndex ? undefined
    : rules.items.filter((each) => each.kind !== 'static' || each.args.every((arg) => arg.kind !== 'constant' || arg.name !== 'FAIL_INDEX'));
  const restarted = constantAt(object, 'restartPolicy') === 'ON_FAILURE';
  const order = entryOf(object, 'releaseOrder');
  const inWave = order?.kind === 'static' && order.name === 'argoCdSyncWave';
  const made = without(
    object,
    ...constantAt(object, 'restartPolicy') === 'ALWAYS' ? ['restartPolicy'] : [],
    ...indexed ? [] : ['backoffLimitPerIndex', 'successPolicy'],
    ...perIndex ? [] : ['maxFailedIndexes'],
    ...restarted ? ['podFailurePolicy'] : [],
    ...inWave ? ['ttlAfterFinished'] : [],
    ...rules === undefined || restarted ? [] : ['podReplacementPolicy'],
  );
  const entries = made.entries.map(([name, value]) => [name, name === 'podFailurePolicy' && kept !== undefined ? list(kept) : value] as const);
  return { ...made, entries: indexed && entryOf(made, 'completions') === undefined ? [...entries, ['completions', number(7)]] : entries };
};

function constantAt(object: ObjectLiteral, name: string): string | undefined {
  const entry = entryOf(object, name);
  return entry?.kind === 'constant' ? entry.name : undefined;
}

/** Only what is reached through nodes has a port there, and nothing stands between clients and what is headless. */
const asItsType: Rule = (object) => {
  const type = entryOf(object, 'type');
  const name = type?.kind === 'static' ? type.name : 'clusterIp';
  const unused = ['nodePort', 'loadBalancer'].includes(name) ? [] : ['nodePort'];
  const unnumbered = name === 'headless' && object.struct === 'ServiceProps' ? ['number'] : [];
  const entries = object.entries.map(([key, value]) => {
    if (key !== 'ports' || value.kind !== 'list') return [key, value] as const;
    return [key, { ...value, items: value.items.map((port) => (port.kind === 'object' ? without(port, ...unused, ...unnumbered) : port)) }] as const;
  });
  const fitting = { ...object, entries };
  return name === 'headless' ? without(fitting, 'sessionAffinity', 'internalTrafficPolicy', 'trafficDistribution', 'unsafeExternalIps') : fitting;
};

/** Its addresses are on no node, and a headless one has them stand for themselves. */
const onNoNode: Rule = (object) => {
  const type = entryOf(object, 'type');
  const local = (within: ObjectLiteral, name: string) => (constantAt(within, name) === 'LOCAL' ? without(within, name) : within);
  const entries = object.entries.map(([key, value]) => {
    if (key === 'type' && value.kind === 'static') {
      return [key, { ...value, args: value.args.map((arg) => (arg.kind === 'object' ? onlyWith('sourceRanges', () => value.name !== 'nodePort')(local(arg, 'externalTrafficPolicy')) : arg)) }] as const;
    }
    return [key, key === 'ports' && value.kind === 'list' && type?.kind === 'static' && type.name === 'headless'
      ? { ...value, items: value.items.map((port) => (port.kind === 'object' ? without(port, 'targetNumber') : port)) } : value] as const;
  });
  return local({ ...object, entries }, 'internalTrafficPolicy');
};

/** What holds wherever a Deployment runs the pods. */
const DEPLOYED: readonly Rule[] = [
  oneOf('cloudIdentity', 'serviceAccount'),
  oneOf('scaling', 'replicas'),
  oneOf('scaling', 'verticalScaling'),
  onlyWith('disruptionBudget', (object) => (numberAt(object, 'replicas') ?? 2) > 1 && entryOf(object, 'scaling') === undefined),
];

/** What goes together, so that most apps are such as somebody would write. Deviations are tried by `outsideLimits`. */
export const RULES: Readonly<Record<string, readonly Rule[]>> = {
  PodAffinityTarget: [comparesNoNumbers],
  ContainerProps: [askedByPort('liveness', 'readiness', 'startup')],
  TaskProps: [fitsJob],
  ScheduledTaskProps: [fitsJob],
  WorkloadOptions: [askedByPort('health')],
  Resources: [oneOf('cpuLimit', 'unlimitedCpu')],
  MetricsOptions: [
    onlyWith('scrapeTimeout', (object) => entryOf(object, 'interval') !== undefined),
    ...['ca', 'serverName', 'unsafeSkipTlsVerify'].map((name) => onlyWith(name, (object) => constantAt(object, 'scheme') === 'HTTPS')),
  ],
  WorkloadProps: [oneOf('cloudIdentity', 'serviceAccount')],
  PeerPodsProps: [oneOf('namespace', 'namespaceLabels')],
  TolerationOptions: [onlyWith('evictAfter', (object) => constantAt(object, 'effect') === 'NO_EXECUTE')],
  TopologySpreadOptions: [onlyWith('minDomains', (object) => isTrue(object, 'required'))],
  NodePortOptions: [onlyWith('sourceRanges', (object) => constantAt(object, 'externalTrafficPolicy') === 'LOCAL')],
  ServiceProps: [asItsType],
  SelectorlessServiceProps: [asItsType, onNoNode],
  WebAppProps: DEPLOYED,
  WorkerProps: [...DEPLOYED, onlyWith('healthPort', (object) => entryOf(object, 'health') !== undefined), onlyWith('health', (object) => !asksPort(entryOf(object, 'health')) || entryOf(object, 'healthPort') !== undefined)],
  TriggerScaling: [onlyWith('idleReplicas', (object) => (numberAt(object, 'min') ?? 0) > 0)],
  VerticalPolicy: [oneOf('minCpu', 'maxCpu')],
  ...DATA_RULES, ...EXPOSURE_RULES, ...SECRET_RULES,
};

const https: Expression = { kind: 'constant', owner: '@keelson/core.HttpScheme', name: 'HTTPS' };
const containerPort: Expression = list([{ kind: 'object', struct: 'ContainerPort', entries: [['number', number(9999)]] }]);

const indexes = {
  completionMode: { kind: 'constant', owner: '@keelson/core.CompletionMode', name: 'INDEXED' }, completions: number(5),
} as const;

const somebody: Expression = list([call('@keelson/core.Subject', 'group', text('team'))]);

/** What stands beside a prop, or in a struct, for a single value to be tried: the prop alone has no sense. */
export const BESIDE: Readonly<Record<string, Readonly<Record<string, Expression>>>> = {
  ...DATA_BESIDE, ...EXPOSURE_BESIDE, ...SECRET_BESIDE, ...STORAGE_BESIDE,
  'PrometheusRuleProps': { alerts: list([{ kind: 'object', struct: 'Alert', entries: [
    ['name', text('Down')], ['expr', text('up == 0')], ['severity', { kind: 'constant', owner: '@keelson/core.AlertSeverity', name: 'WARNING' }],
    ['summary', text('down')], ['description', text('it is down')],
  ] }]) },
  'TriggerScaling': { min: number(1) },
  'RabbitMqTriggerOptions': { authentication: call('@keelson/web.TriggerAuthentication', 'fromClusterTriggerAuthenticationName', text('keda')) },
  'PostgreSqlTriggerOptions': { authentication: call('@keelson/web.TriggerAuthentication', 'fromClusterTriggerAuthenticationName', text('keda')) },
  'CronTriggerOptions': { end: call('@keelson/core.Schedule', 'cron', text('0 18 * * *')) },
  'WorkerProps': { healthPort: number(8080) },
  'WorkerProps.healthPort': { health: call('@keelson/core.Health', 'tcp') },
  'JobProps.backoffLimitPerIndex': indexes,
  'JobProps.maxFailedIndexes': { ...indexes, backoffLimitPerIndex: number(1) },
  'JobProps.successPolicy': indexes,
  'TolerationOptions.evictAfter': { effect: { kind: 'constant', owner: '@keelson/core.TaintEffect', name: 'NO_EXECUTE' } },
  'TopologySpreadOptions.minDomains': { required: { kind: 'boolean', value: true } },
  'WorkloadOptions.revisionLabel': { replicated: { kind: 'boolean', value: true } },
  'PodTemplateProps.revisionLabel': { replicated: { kind: 'boolean', value: true } },
  'MetricsOptions.scrapeTimeout': { interval: call('cdk8s.Duration', 'seconds', number(60)) },
  'MetricsOptions.ca': { scheme: https },
  'MetricsOptions.serverName': { scheme: https },
  'RoleBindingProps': { subjects: somebody },
  'ClusterRoleBindingProps': { subjects: somebody },
  'ContainerProps': { ports: containerPort },
  'WorkloadOptions': { ports: containerPort },
  'PodAffinityTarget': { labels: map([['a', text('b')]]) },
  'ServiceProps.ports': { type: call('@keelson/core.ServiceType', 'nodePort') },
  'SelectorlessServiceProps.ports': { type: call('@keelson/core.ServiceType', 'nodePort') },
  'NodePortOptions.sourceRanges': { externalTrafficPolicy: { kind: 'constant', owner: '@keelson/core.TrafficPolicy', name: 'LOCAL' } },
  'ConnectOptions': { ports: list([call('@keelson/core.Port', 'tcp', number(9999))]) },
};
