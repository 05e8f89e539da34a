import { Cpu, Fault, Faults, ICpu, Labels, ResourceName } from '@keelson/core';
import { Size } from 'cdk8s';
import { MetricTarget } from './metric-target';
import { INT32, isInt32From } from './private/integer';
import { givenFaults } from './private/made';
import { binaryQuantity, decimalQuantity, sizeFaults } from './private/quantity';
import { ResourceUse } from './private/scaling-model';

/** Which series of a metric are meant. */
export interface MetricOptions {
  /**
   * Labels of the series, as whoever serves the metric knows them.
   *
   * @default - all of that name.
   */
  readonly selector?: { [key: string]: string };
}

/** An object of the same namespace that a metric is about. */
export interface DescribedObject {
  /** Such as `networking.k8s.io/v1`. */
  readonly apiVersion: string;

  /** Such as `Ingress`. */
  readonly kind: string;

  /** Its `metadata.name`. */
  readonly name: string;
}

/**
 * What the number of pods follows. Of several, the one that needs the most pods counts.
 *
 * CPU and memory are served by metrics-server. All others need an adapter in the cluster that serves the custom or the external metrics
 * API, such as prometheus-adapter: without, nothing is scaled, and the autoscaler's status says so.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale-walkthrough/#autoscaling-on-multiple-metrics-and-custom-metrics
 */
export class ScalingMetric {
  /**
   * CPU of all containers together.
   *
   * @param percent of what they request, from 1 on.
   */
  public static cpu(percent: number): ScalingMetric {
    return ScalingMetric.share('cpu', percent);
  }

  /**
   * Memory of all containers together: only for programs that give it back.
   *
   * @param percent of what they request, from 1 on.
   */
  public static memory(percent: number): ScalingMetric {
    return ScalingMetric.share('memory', percent);
  }

  /**
   * CPU of all containers together, as an amount.
   *
   * @param cpu for each pod.
   */
  public static averageCpu(cpu: ICpu): ScalingMetric {
    const faults = Cpu.faultsOf(cpu);
    return ScalingMetric.amount('cpu', faults.length > 0 ? cpu.amount : storedCpu(cpu), faults);
  }

  /**
   * Memory of all containers together, as an amount.
   *
   * @param size for each pod.
   */
  public static averageMemory(size: Size): ScalingMetric {
    const faults = sizeFaults(size);
    return ScalingMetric.amount('memory', faults.length > 0 ? '' : binaryQuantity(size), faults);
  }

  /**
   * CPU of one container, whatever is beside it.
   *
   * @param container its name; the main one is called as the workload.
   * @param percent of what it requests, from 1 on.
   */
  public static containerCpu(container: string, percent: number): ScalingMetric {
    return ScalingMetric.share('cpu', percent, container);
  }

  /**
   * Memory of one container, whatever is beside it.
   *
   * @param container its name; the main one is called as the workload.
   * @param percent of what it requests, from 1 on.
   */
  public static containerMemory(container: string, percent: number): ScalingMetric {
    return ScalingMetric.share('memory', percent, container);
  }

  /**
   * Something that each pod is measured by, such as requests per second.
   *
   * @param name of the metric.
   * @param averageValue for each pod, from 0.001 on.
   * @param options which series.
   */
  public static pods(name: string, averageValue: number, options: MetricOptions = {}): ScalingMetric {
    const target = MetricTarget.averageValue(averageValue);
    return ScalingMetric.custom('Pods', 'pods', name, target, options);
  }

  /**
   * Something that another object of the namespace is measured by, such as the requests of an Ingress.
   *
   * @param object the object.
   * @param name of the metric.
   * @param target how much of it.
   * @param options which series.
   */
  public static object(object: DescribedObject, name: string, target: MetricTarget, options: MetricOptions = {}): ScalingMetric {
    const { apiVersion, kind, name: described } = object;
    const version = /^([a-z0-9.-]+\/)?v\d+((alpha|beta)\d+)?$/.test(apiVersion) ? [] : [{
      code: 'KEELSON2085', member: 'apiVersion', got: Faults.quoted(apiVersion), allowed: 'a group and a version', fix: "write it like 'networking.k8s.io/v1'",
    }];
    return ScalingMetric.custom('Object', 'object', name, target, options, { describedObject: { apiVersion, kind, name: described } }, [
      ...version, ...Faults.within('kind', segmentFaults(kind)), ...Faults.within('name', segmentFaults(described)),
    ]);
  }

  /**
   * Something outside of the cluster, such as the length of a queue.
   *
   * @param name of the metric.
   * @param target how much of it.
   * @param options which series.
   */
  public static external(name: string, target: MetricTarget, options: MetricOptions = {}): ScalingMetric {
    return ScalingMetric.custom('External', 'external', name, target, options);
  }

  private static share(resource: 'cpu' | 'memory', percent: number, container?: string): ScalingMetric {
    const target = { type: 'Utilization', averageUtilization: percent };
    const faults = isInt32From(1, percent) ? [] : [{
      code: 'KEELSON2058', got: `${percent}`, allowed: `an integer from 1 to ${INT32}, in percent of the request`, fix: 'try 70',
    }];
    const use = { resource, container, percent: faults.length > 0 ? undefined : percent, member: resource };
    if (container === undefined) {
      return new ScalingMetric(resource, { type: 'Resource', resource: { name: resource, target } }, faults, use);
    }
    const rendered = { type: 'ContainerResource', containerResource: { name: resource, container, target } };
    return new ScalingMetric(`${resource} of ${container}`, rendered, [...ResourceName.labelFaultsOf('container', container), ...faults], use);
  }

  private static amount(resource: 'cpu' | 'memory', averageValue: string, faults: Fault[]): ScalingMetric {
    const rendered = { type: 'Resource', resource: { name: resource, target: { type: 'AverageValue', averageValue } } };
    return new ScalingMetric(resource, rendered, faults, { resource, member: resource });
  }

  private static custom(
    type: string, field: string, name: string, target: MetricTarget, { selector }: MetricOptions, more: object = {}, faults: Fault[] = [],
  ): ScalingMetric {
    const metric = { name, selector: selector === undefined ? undefined : { matchLabels: selector } };
    return new ScalingMetric(name === '' ? field : name, { type, [field]: { ...more, metric, target } }, [
      ...segmentFaults(name), ...faults, ...givenFaults(target, 'MetricTarget', 'averageValue(100)'),
      ...Object.entries(selector ?? {}).flatMap(([key, value]) => Faults.within('selector', Labels.faultsOf(key, value))),
    ]);
  }

  private constructor(
    /** What it is called in messages. @internal */
    public readonly _title: string,
    private readonly rendered: unknown,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
    /** The resource of the pods that it measures. @internal */
    public readonly _use?: ResourceUse,
  ) {}

  /** What tells it from others: all but the amount. @internal */
  public get _identity(): string {
    return JSON.stringify(this.rendered, (key, value: unknown) => (key === 'target' && typeof value === 'object' ? kindOf(value) : value));
  }

  /** As Kubernetes writes it; cdk8s calls this at synth. */
  public resolve(): unknown {
    return this.rendered;
  }
}

/** Names become parts of a path of the metrics API. */
function segmentFaults(name: string): Fault[] {
  return name !== '' && name !== '.' && name !== '..' && !/[/%\s]/.test(name) ? [] : [{
    code: 'KEELSON2080', got: Faults.quoted(name), allowed: "a name without '/', '%' and white space, neither empty nor '.' nor '..'", fix: 'write it as whoever serves the metric does',
  }];
}

function kindOf(target: object | null): unknown {
  return target instanceof MetricTarget ? target._type : (target as { type?: string } | null)?.type;
}

/** One that is made elsewhere may be written in another form. */
function storedCpu({ amount }: ICpu): string {
  return /^\d+m$/.test(amount) ? decimalQuantity(Number(amount.slice(0, -1)) / 1000) : decimalQuantity(Number(amount));
}
