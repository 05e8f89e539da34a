import { Cpu, Fault, Faults, ICpu } from '@keelson/core';
import { Size } from 'cdk8s';
import { INT32, isInt32From } from './private/integer';
import { enumFaults } from './private/made';
import { binaryQuantity, bytesOf, sizeFaults } from './private/quantity';

/** A resource of containers that a VerticalPodAutoscaler sets. */
export enum VerticalResource {
  /** CPU. */
  CPU = 'cpu',
  /** Memory. */
  MEMORY = 'memory',
}

/** Which values of a container are set. */
export enum VerticalControlledValues {
  /** Requests, and limits in the same proportion. */
  REQUESTS_AND_LIMITS = 'RequestsAndLimits',
  /** Requests alone; limits stay. */
  REQUESTS_ONLY = 'RequestsOnly',
}

/** How far the resources of a container are set. */
export interface VerticalPolicy {
  /**
   * Which of its resources; none leaves the container as it is.
   *
   * @default - CPU and memory.
   */
  readonly controlledResources?: VerticalResource[];

  /**
   * Which of their values.
   *
   * @default VerticalControlledValues.REQUESTS_AND_LIMITS
   */
  readonly controlledValues?: VerticalControlledValues;

  /**
   * The least CPU.
   *
   * @default - the autoscaler's, mostly 25m.
   */
  readonly minCpu?: ICpu;

  /**
   * The most CPU; best what a node has to give.
   *
   * @default - no limit.
   */
  readonly maxCpu?: ICpu;

  /**
   * The least memory.
   *
   * @default - the autoscaler's, mostly 250 MiB.
   */
  readonly minMemory?: Size;

  /**
   * The most memory; best what a node has to give.
   *
   * @default - no limit.
   */
  readonly maxMemory?: Size;
}

/** What all vertical scaling can be told. */
export interface VerticalScalingOptions {
  /**
   * How far, by name of the container; the main one is called as the workload, and `*` is all that aren't named.
   *
   * @default - all resources of all containers, as far as there are nodes.
   */
  readonly containers?: { [name: string]: VerticalPolicy };

  /**
   * How many pods there have to be for one of them to be replaced, from 1 on.
   *
   * @default - the autoscaler's, mostly 2.
   */
  readonly minReplicas?: number;
}

/**
 * How what a pod requests follows what it uses: a VerticalPodAutoscaler (`autoscaling.k8s.io/v1`). It has to be in the cluster and in the
 * profile's `customResources`, as `autoscaling.k8s.io/v1/VerticalPodAutoscaler`.
 *
 * Not for a resource that `scaling` measures: each would answer the other.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler
 */
export class VerticalScaling {
  /**
   * Nothing is changed: the recommendation is in the object's status.
   *
   * @param options which containers.
   */
  public static recommendOnly(options: VerticalScalingOptions = {}): VerticalScaling {
    return new VerticalScaling('Off', false, options);
  }

  /**
   * New pods get what is recommended; running ones stay.
   *
   * @param options which containers, how far.
   */
  public static initial(options: VerticalScalingOptions = {}): VerticalScaling {
    return new VerticalScaling('Initial', false, options);
  }

  /**
   * Pods that are far off are replaced by new ones, as the disruption budget allows.
   *
   * @param options which containers, how far.
   */
  public static recreate(options: VerticalScalingOptions = {}): VerticalScaling {
    return new VerticalScaling('Recreate', true, options);
  }

  /**
   * Pods that are far off are changed as they run, and replaced only where that can't be. From Kubernetes 1.33 on, with an autoscaler of
   * version 1.4 or newer.
   *
   * @param options which containers, how far.
   */
  public static inPlaceOrRecreate(options: VerticalScalingOptions = {}): VerticalScaling {
    return new VerticalScaling('InPlaceOrRecreate', true, options);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    /** When recommendations are followed, as the API says it: `Off`, `Initial`, `Recreate`, `InPlaceOrRecreate`. */
    public readonly updateMode: string,
    /** Whether running pods are replaced. */
    public readonly evicts: boolean,
    private readonly options: VerticalScalingOptions,
  ) {
    const { minReplicas, containers = {} } = options;
    this.faults = [
      ...(minReplicas === undefined || isInt32From(1, minReplicas) ? [] : [{
        code: 'KEELSON2111', member: 'minReplicas', got: `${minReplicas}`, allowed: `an integer from 1 to ${INT32}`, fix: 'give a number of pods',
      }]),
      ...Object.entries(containers).flatMap(([name, policy]) => Faults.within(`containers.${name}`, policyFaults(policy))),
    ];
  }

  /** @internal */
  public get _minReplicas(): number {
    return this.options.minReplicas ?? 2;
  }

  /** The containers that are named. @internal */
  public get _named(): string[] {
    return Object.keys(this.options.containers ?? {}).filter(name => name !== '*');
  }

  /** @internal */
  public _controls(container: string, resource: string): boolean {
    const { containers = {} } = this.options;
    const policy = Object.hasOwn(containers, container) ? containers[container] : containers['*'];
    const resources: string[] = policy?.controlledResources ?? Object.values(VerticalResource);
    return this.updateMode !== 'Off' && resources.includes(resource);
  }

  /** @internal */
  public _spec(name: string): object {
    const { minReplicas, containers } = this.options;
    return {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      updatePolicy: { updateMode: this.updateMode, minReplicas },
      resourcePolicy: containers === undefined ? undefined : {
        containerPolicies: Object.entries(containers).map(([containerName, policy]) => ({ containerName, ...rendered(policy) })),
      },
    };
  }
}

function rendered(policy: VerticalPolicy): object {
  const { controlledResources, controlledValues, minCpu, maxCpu, minMemory, maxMemory } = policy;
  return controlledResources !== undefined && controlledResources.length === 0 ? { mode: 'Off' } : {
    controlledResources, controlledValues, minAllowed: amounts(minCpu, minMemory), maxAllowed: amounts(maxCpu, maxMemory),
  };
}

function amounts(cpu: ICpu | undefined, memory: Size | undefined): object | undefined {
  return cpu === undefined && memory === undefined ? undefined
    : { cpu: cpu?.amount, memory: memory === undefined ? undefined : binaryQuantity(memory) };
}

function policyFaults({ controlledResources, controlledValues, minCpu, maxCpu, minMemory, maxMemory }: VerticalPolicy): Fault[] {
  const cpuFaults = (member: string, cpu: ICpu | undefined) => (cpu === undefined ? [] : Faults.within(member, Cpu.faultsOf(cpu)));
  const cpus = [...cpuFaults('minCpu', minCpu), ...cpuFaults('maxCpu', maxCpu)];
  const memoryFaults = (member: string, size: Size | undefined) => (size === undefined ? [] : Faults.within(member, sizeFaults(size)));
  const sizes = [...memoryFaults('minMemory', minMemory), ...memoryFaults('maxMemory', maxMemory)];
  const given = [controlledValues, minCpu, maxCpu, minMemory, maxMemory].filter(value => value !== undefined);
  const order = (member: string, least: number | undefined, most: number | undefined, text: string) =>
    (least === undefined || most === undefined || least <= most ? [] : [{
      code: 'KEELSON2110', member, got: text, allowed: 'at least the least', fix: 'swap the two',
    }]);
  return [
    ...(controlledResources ?? []).flatMap((resource, at) => Faults.within(`controlledResources.${at}`, enumFaults(resource, 'VerticalResource', VerticalResource))),
    ...Faults.within('controlledValues', enumFaults(controlledValues, 'VerticalControlledValues', VerticalControlledValues)),
    ...(controlledResources?.length === 0 && given.length > 0 ? [{
      code: 'KEELSON2112', member: 'controlledResources', got: 'none, with limits', allowed: 'at least one where limits are given', fix: 'leave it out for both, or remove the limits',
    }] : []),
    ...cpus,
    ...(cpus.length > 0 ? [] : order('maxCpu', millisOf(minCpu), millisOf(maxCpu), `${maxCpu?.amount ?? ''}, below ${minCpu?.amount ?? ''}`)),
    ...sizes,
    ...(sizes.length > 0 || minMemory === undefined || maxMemory === undefined ? []
      : order('maxMemory', bytesOf(minMemory), bytesOf(maxMemory), `${maxMemory.asString()}, below ${minMemory.asString()}`)),
  ];
}

function millisOf(cpu: ICpu | undefined): number | undefined {
  return cpu === undefined ? undefined : cpu.amount.endsWith('m') ? Number(cpu.amount.slice(0, -1)) : Number(cpu.amount) * 1000;
}
