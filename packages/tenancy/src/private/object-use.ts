import { Quantity } from '@keelson/core';
import { claimUse } from './claim-use';
import { isCloudNativePg, useOfCluster } from './cloudnative-pg-use';
import { Rendered, times, together, Use, useOfPod } from './pod-use';

/** What an object takes of a quota. */
export interface ObjectUse {
  /** What it is called in messages: `Deployment storefront`. */
  readonly title: string;
  /** While nothing changes. */
  readonly steady: Use;
  /** On top of it, while it is rolled out. */
  readonly surge: Use;
  /** How many pods of it there are at most; none of what has no pods. */
  readonly pods?: number;
}

const NOTHING: Use = new Map();
const ONE = Quantity.ofCount(1);
/** A Deployment's own, where it says none. */
const SURGE = '25%';

/** The most pods that scalers make of their targets, by `<kind> <name>`. */
export function maximaOf(objects: readonly Rendered[]): Map<string, number> {
  const maxima = new Map<string, number>();
  for (const { kind, spec } of objects) {
    const target = spec?.scaleTargetRef;
    const most = kind === 'HorizontalPodAutoscaler' ? spec?.maxReplicas : kind === 'ScaledObject' ? spec?.maxReplicaCount ?? 100 : undefined;
    if (typeof target?.name === 'string' && typeof most === 'number') {
      maxima.set(`${target.kind ?? 'Deployment'} ${target.name}`, most);
    }
  }
  return maxima;
}

/** What an object takes, with the pods, claims and Secrets that controllers make of it. */
export function useOf(object: Rendered, maxima: ReadonlyMap<string, number>, defaults: Rendered): ObjectUse {
  const { kind, spec } = object;
  const title = `${kind} ${object.metadata?.name}`;
  const most = maxima.get(title);
  const podsOf = (podSpec: Rendered, count: number, surge = 0): ObjectUse => {
    const volumes: Rendered[] = podSpec?.volumes ?? [];
    const pod = together([useOfPod(podSpec, defaults), ...volumes.map(({ ephemeral }) => claimUse(ephemeral?.volumeClaimTemplate?.spec))]);
    return { title, steady: times(pod, count), surge: times(pod, surge), pods: count };
  };
  const template = podSpecOf(object);
  switch (kind) {
    case 'Pod': return podsOf(template, 1);
    case 'Deployment': {
      const count = most ?? spec?.replicas ?? 1;
      return podsOf(template, count, spec?.strategy?.type === 'Recreate' ? 0 : partOf(spec?.strategy?.rollingUpdate?.maxSurge ?? SURGE, count));
    }
    case 'StatefulSet': {
      const count = most ?? spec?.replicas ?? 1;
      const pods = podsOf(template, count);
      const claims = together((spec?.volumeClaimTemplates ?? []).map((claim: Rendered) => claimUse(claim.spec)));
      return { ...pods, steady: together([pods.steady, times(claims, count)]) };
    }
    case 'ReplicaSet': case 'ReplicationController': return podsOf(template, most ?? spec?.replicas ?? 1);
    // as many as there are nodes, of which nothing is known: one at least
    case 'DaemonSet': return podsOf(template, 1);
    case 'Job': return podsOf(template, spec?.suspend === true ? 0 : jobPods(spec));
    case 'CronJob': return podsOf(template, jobPods(spec?.jobTemplate?.spec));
    default: return {
      title, ...isCloudNativePg(object) ? useOfCluster(spec, defaults) : { steady: useOfOther(kind, spec), surge: NOTHING },
    };
  }
}

/** What the pods of an object are like; nothing for one that has none, or whose pods others make. */
export function podSpecOf({ kind, spec }: Rendered): Rendered {
  return kind === 'Pod' ? spec : kind === 'CronJob' ? spec?.jobTemplate?.spec?.template?.spec : spec?.template?.spec;
}

function jobPods(spec: Rendered): number {
  return Math.min(spec?.parallelism ?? 1, spec?.completions ?? spec?.parallelism ?? 1);
}

function useOfOther(kind: string, spec: Rendered): Use {
  switch (kind) {
    case 'PersistentVolumeClaim': return claimUse(spec);
    case 'ConfigMap': return new Map([['configmaps', ONE]]);
    // who makes a Secret of it
    case 'Secret': case 'SealedSecret': case 'ExternalSecret': case 'Certificate': return new Map([['secrets', ONE]]);
    case 'Service': return serviceUse(spec);
    default: return NOTHING;
  }
}

function serviceUse(spec: Rendered): Use {
  const { type, allocateLoadBalancerNodePorts, ports = [] } = spec ?? {};
  const hasNodePorts = type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false);
  return new Map([
    ['services', ONE],
    ...type === 'LoadBalancer' ? [['services.loadbalancers', ONE] as const] : [],
    ...hasNodePorts ? [['services.nodeports', Quantity.ofCount(ports.length)] as const] : [],
  ]);
}

/** A number, or so many hundredths, rounded up as the controller does. */
function partOf(part: number | string, count: number): number {
  return typeof part === 'number' ? part : Math.ceil(Number(/^(\d+)%$/.exec(part)?.[1] ?? 0) * count / 100);
}
