import { ApiObject } from 'cdk8s';
import { groupOf } from './apply-order';
import { isClusterScoped } from './kinds';
import { items, member, recordAt, textAt, textOrNumberAt, textsAt } from './manifest-fields';
import { claimFaults, daemonSetFaults, ingressFaults, secretFaults, serviceFaults } from './manifest-object-checks';
import { budgetFaults, holderOf, outlined, podsFaults, policyFaults } from './manifest-checks';
import { ManifestFault, mountedIn, namesIn, NO_FAULTS } from './manifest-pod-checks';
import { PodSecurity, podSecurityOf } from './pod-security';
import { LabelSelector } from './label-selector';

/** A Service that a route sends requests to. */
export interface BackendReference {
  readonly namespace: string | undefined;
  readonly name: string;
  /** Its port's name or number; undefined where the reference names none. */
  readonly port: string | number | undefined;
}

/** A port of a Service. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly protocol: string | undefined;
  readonly number: string | number | undefined;
  /** The container port that it leads to, by name or number. */
  readonly target: string | number | undefined;
  /** Its port on every node, where one was chosen. */
  readonly nodePort: string | number | undefined;
}

/** A port that a container declares. */
export interface ContainerPortFacts {
  readonly name: string | undefined;
  readonly number: string | number | undefined;
}

/** A resource that an autoscaler measures. */
export interface ScaledResource {
  readonly resource: string;
  /** The one container that it is measured in; undefined for all of the pod. */
  readonly container: string | undefined;
  /** Whether the target is a share of what is requested. */
  readonly shares: boolean;
}

/** What of an object matters to other objects of the app. All have all members, since every check goes over all of them. */
export interface ObjectFacts {
  readonly object: ApiObject;
  /** Made by the library's `Manifest`, not by the user's own `ApiObject`. */
  readonly ours: boolean;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** Its manifest can't be rendered, so that nothing is known beside its name. */
  readonly unread: boolean;
  /** The labels of the pods it makes. */
  readonly podLabels: Map<string, string> | undefined;
  /** The pods it works on. */
  readonly selector: LabelSelector | undefined;
  /** The workload that a HorizontalPodAutoscaler or ScaledObject scales. */
  readonly scaleTarget: { readonly group: string; readonly kind: string; readonly name: string } | undefined;
  /** The resources of containers that a HorizontalPodAutoscaler measures. */
  readonly resources: readonly ScaledResource[] | undefined;
  /** The pods it makes, as it is written, or an outline of it. */
  readonly template: unknown;
  readonly backends: BackendReference[] | undefined;
  readonly ports: ServicePort[] | undefined;
  /** Names of the ports that its pods' containers declare. */
  readonly podPorts: Set<string> | undefined;
  /** All ports that its pods' containers declare. */
  readonly containerPorts: readonly ContainerPortFacts[] | undefined;
  /** Whether a Service has no address of its own. */
  readonly headless: boolean | undefined;
  /** What a StatefulSet needs beside itself. */
  readonly stateful: StatefulFacts | undefined;
  /** Which pods a Namespace refuses; undefined where it refuses none. */
  readonly podSecurity: PodSecurity | undefined;
  /** How many pods a workload has, a budget keeps, or a ScaledObject leaves at least, where that is a number. */
  readonly pods: number | undefined;
  /** What is wrong with it by itself. */
  readonly faults: readonly ManifestFault[];
}

/** Parts of a StatefulSet that have to fit each other. */
export interface StatefulFacts {
  readonly serviceName: string | undefined;
  readonly claimTemplates: Set<string>;
  readonly mounted: Set<string>;
}

const POD_MAKERS = new Set([
  '/Pod', '/ReplicationController', 'apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet', 'batch/Job', 'batch/CronJob',
]);

/** Kinds of which more is read than the name. */
const READ_KINDS = new Set([
  ...POD_MAKERS, '/Namespace', '/Service', '/Secret', '/PersistentVolumeClaim', 'policy/PodDisruptionBudget', 'networking.k8s.io/NetworkPolicy', 'autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject',
  'networking.k8s.io/Ingress', 'gateway.networking.k8s.io/HTTPRoute', 'gateway.networking.k8s.io/GRPCRoute',
  'monitoring.coreos.com/PodMonitor', 'security.istio.io/AuthorizationPolicy', 'security.istio.io/PeerAuthentication',
]);

/** Whether more than the name of such objects has to be known. */
export function isRead(apiVersion: string, kind: string): boolean {
  return READ_KINDS.has(`${groupOf(apiVersion)}/${kind}`);
}

/** Whether such objects make pods. */
export function makesPods({ group, kind }: ObjectFacts): boolean {
  return POD_MAKERS.has(`${group}/${kind}`);
}

/** Reads an object's manifest, rendered or not; only what is needed of it is resolved. */
export function factsOf(object: ApiObject, manifest: unknown, ours: boolean): ObjectFacts {
  const named = namedFacts(object, manifest, ours, false);
  if (!READ_KINDS.has(`${named.group}/${named.kind}`)) {
    return named;
  }
  const spec = specOf(named.kind, manifest, named.namespace);
  return Object.assign(named, spec, { faults: faultsOf(named, manifest, spec.stateful?.claimTemplates) });
}

function faultsOf(named: ObjectFacts, manifest: unknown, claimTemplates: ReadonlySet<string> | undefined): readonly ManifestFault[] {
  switch (named.kind) {
    case 'PodDisruptionBudget':
      return budgetFaults(member(manifest, 'spec'));
    case 'NetworkPolicy':
      return policyFaults(member(manifest, 'spec'));
    case 'Service':
      return serviceFaults(member(manifest, 'spec'));
    case 'Ingress':
      return ingressFaults(manifest);
    case 'PersistentVolumeClaim':
      return claimFaults(member(manifest, 'spec'));
    case 'Secret':
      // the construct says it of its own by prop
      return (named.object.node.scope as { kind?: string } | undefined)?.kind === 'Secret' ? NO_FAULTS : secretFaults(manifest);
    case 'DaemonSet':
      return [...daemonSetFaults(member(manifest, 'spec')), ...podsFaults(named.object, named.kind, manifest, claimTemplates)];
    default:
      return makesPods(named) ? podsFaults(named.object, named.kind, manifest, claimTemplates) : NO_FAULTS;
  }
}

/** What is known of an object whose manifest can't be rendered. */
export function unreadFacts(object: ApiObject, ours: boolean): ObjectFacts {
  const { name, metadata: { namespace } } = object;
  return namedFacts(object, { metadata: { name, namespace } }, ours, true);
}

function namedFacts(object: ApiObject, manifest: unknown, ours: boolean, unread: boolean): ObjectFacts {
  const apiVersion = textAt(manifest, 'apiVersion') ?? object.apiVersion;
  const kind = textAt(manifest, 'kind') ?? object.kind;
  const namespace = isClusterScoped(apiVersion, kind) ? undefined : textAt(manifest, 'metadata', 'namespace');
  return {
    object, ours, group: groupOf(apiVersion), kind, name: textAt(manifest, 'metadata', 'name') ?? object.name, namespace, unread,
    podLabels: undefined, selector: undefined, scaleTarget: undefined, resources: undefined, template: undefined,
    backends: undefined, ports: undefined,
    podPorts: undefined, containerPorts: undefined, headless: undefined, stateful: undefined, podSecurity: undefined,
    pods: undefined, faults: NO_FAULTS,
  };
}

function specOf(kind: string, manifest: unknown, namespace: string | undefined): Partial<ObjectFacts> {
  const spec = recordAt(manifest, 'spec');
  switch (kind) {
    case 'Pod':
      return { podLabels: textsAt(manifest, 'metadata', 'labels') ?? new Map() };
    case 'Namespace':
      return { podSecurity: podSecurityOf(textsAt(manifest, 'metadata', 'labels')) };
    case 'PersistentVolumeClaim':
    case 'Secret':
      return {};
    case 'Service':
      return {
        selector: LabelSelector.ofLabels(textsAt(spec, 'selector')), ports: portsOf(spec), headless: textAt(spec, 'clusterIP') === 'None',
      };
    case 'PodDisruptionBudget':
      return { selector: LabelSelector.of(recordAt(spec, 'selector')), pods: numberAt(spec, 'minAvailable') };
    case 'NetworkPolicy':
      return { selector: LabelSelector.of(recordAt(spec, 'podSelector')) };
    case 'AuthorizationPolicy':
    case 'PeerAuthentication':
      return { selector: LabelSelector.of(recordAt(spec, 'selector') ?? {}) };
    case 'PodMonitor':
      return podMonitorOf(spec);
    case 'HorizontalPodAutoscaler':
      return { scaleTarget: scaleTargetOf(member(spec, 'scaleTargetRef')), resources: items(member(spec, 'metrics')).flatMap(scaledResource) };
    case 'ScaledObject':
      return {
        scaleTarget: scaleTargetOf({ apiVersion: 'apps/v1', kind: 'Deployment', ...recordAt(spec, 'scaleTargetRef') }),
        pods: numberAt(spec, 'idleReplicaCount') ?? numberAt(spec, 'minReplicaCount') ?? 0,
      };
    case 'Ingress':
      return { backends: ingressBackends(spec, namespace) };
    case 'HTTPRoute':
    case 'GRPCRoute':
      return { backends: routeBackends(spec, namespace) };
    case 'CronJob':
      return podsOf(templateOf(holderOf(kind, manifest)));
    case 'Job':
      return podsOf(templateOf(spec));
    case 'StatefulSet': {
      const template = recordAt(spec, 'template');
      return {
        ...podsOf(template), selector: LabelSelector.of(recordAt(spec, 'selector')), stateful: statefulOf(spec, template), pods: numberAt(spec, 'replicas'),
      };
    }
    case 'ReplicationController':
      return { ...podsOf(templateOf(spec)), selector: LabelSelector.ofLabels(textsAt(spec, 'selector')) };
    default:
      return { ...podsOf(templateOf(spec)), selector: LabelSelector.of(recordAt(spec, 'selector')), pods: numberAt(spec, 'replicas') };
  }
}

function numberAt(spec: unknown, field: string): number | undefined {
  const value = member(spec, field);
  return typeof value === 'number' ? value : undefined;
}

/** A template of ours tells labels and ports without rendering all of its pods. */
function templateOf(spec: Record<string, unknown> | undefined): unknown {
  return outlined(spec?.template)?._outline() ?? recordAt(spec, 'template');
}

function podsOf(template: unknown): Pick<ObjectFacts, 'podLabels' | 'podPorts' | 'containerPorts' | 'template'> {
  const ports = containersOf(template).flatMap(container => items(member(container, 'ports')));
  const containerPorts = ports.map(port => ({ name: textAt(port, 'name'), number: textOrNumberAt(port, 'containerPort') }));
  return {
    podLabels: textsAt(template, 'metadata', 'labels') ?? new Map(), podPorts: new Set(containerPorts.flatMap(({ name }) => name ?? [])), containerPorts, template,
  };
}

function containersOf(template: unknown): unknown[] {
  return ['containers', 'initContainers'].flatMap(list => items(member(template, 'spec', list)));
}

function statefulOf(spec: unknown, template: unknown): StatefulFacts {
  return {
    serviceName: textAt(spec, 'serviceName'),
    claimTemplates: new Set(namesIn(items(member(spec, 'volumeClaimTemplates')).map(claim => member(claim, 'metadata')))),
    mounted: new Set(containersOf(template).flatMap(mountedIn)),
  };
}

/** An ExternalName is an alias: its ports are the other's. */
function portsOf(spec: unknown): ServicePort[] | undefined {
  return textAt(spec, 'type') === 'ExternalName' ? undefined
    : items(member(spec, 'ports')).map(port => ({
      name: textAt(port, 'name'), protocol: textAt(port, 'protocol'), number: textOrNumberAt(port, 'port'), target: textOrNumberAt(port, 'targetPort'),
      nodePort: textOrNumberAt(port, 'nodePort'),
    }));
}

/** With a selector of namespaces it may mean pods of others. */
function podMonitorOf(spec: unknown): Partial<ObjectFacts> {
  const targets = items(member(spec, 'podMetricsEndpoints')).map(endpoint => textAt(endpoint, 'port'));
  return recordAt(spec, 'namespaceSelector') !== undefined ? {} : {
    selector: LabelSelector.of(recordAt(spec, 'selector')),
    ports: targets.map(target => ({ name: undefined, protocol: undefined, number: undefined, nodePort: undefined, target })),
  };
}

function scaleTargetOf(target: unknown): ObjectFacts['scaleTarget'] {
  const [kind, name] = [textAt(target, 'kind'), textAt(target, 'name')];
  return kind === undefined || name === undefined ? undefined : { group: groupOf(textAt(target, 'apiVersion') ?? ''), kind, name };
}

function scaledResource(metric: unknown): ScaledResource[] {
  const field = textAt(metric, 'type') === 'ContainerResource' ? 'containerResource' : 'resource';
  const resource = textAt(metric, field, 'name');
  // Of one container it is looked at even where no share is asked for: the container has to be there.
  const shares = member(metric, field, 'target', 'averageUtilization') !== undefined;
  const container = field === 'containerResource' ? textAt(metric, field, 'container') : undefined;
  return resource === undefined || (!shares && container === undefined) ? [] : [{ resource, container, shares }];
}

function ingressBackends(spec: unknown, namespace: string | undefined): BackendReference[] {
  const paths = items(member(spec, 'rules')).flatMap(rule => items(member(rule, 'http', 'paths')));
  const services = [recordAt(spec, 'defaultBackend', 'service'), ...paths.map(path => recordAt(path, 'backend', 'service'))];
  return services.flatMap(service => {
    const name = textAt(service, 'name');
    const port = textAt(service, 'port', 'name') ?? textOrNumberAt(service, 'port', 'number');
    return name === undefined ? [] : [{ namespace, name, port }];
  });
}

function routeBackends(spec: unknown, namespace: string | undefined): BackendReference[] {
  return items(member(spec, 'rules')).flatMap(rule => items(member(rule, 'backendRefs'))).flatMap(reference => {
    const name = textAt(reference, 'name');
    const isService = (textAt(reference, 'kind') ?? 'Service') === 'Service' && (textAt(reference, 'group') ?? '') === '';
    return name === undefined || !isService ? []
      : [{ namespace: textAt(reference, 'namespace') ?? namespace, name, port: textOrNumberAt(reference, 'port') }];
  });
}
