import { Fault } from '../faults';
import { labelsFaults, podsFaults } from '../private/profile-checks';
import { ClusterPods } from './cluster-pods';

/** What scrapes, and what it looks for. */
export interface MonitoringProps {
  /** The pods that scrape. Apps with metrics let them in. */
  readonly pods: ClusterPods;

  /**
   * Labels that ServiceMonitors, PodMonitors and PrometheusRules must carry to be found.
   *
   * @default - none: all are found.
   */
  readonly monitorLabels?: { [key: string]: string };

  /**
   * Whether it finds pods by the annotations `prometheus.io/scrape`, `prometheus.io/port` and `prometheus.io/path`, as the chart
   * `prometheus` does by itself. Then pods carry these, and no PodMonitor is rendered.
   *
   * @default false
   * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus#scraping-pod-metrics-via-annotations
   */
  readonly scrapeAnnotations?: boolean;
}

/** Where the chart kube-prometheus-stack is installed. */
export interface KubePrometheusStackProps {
  /**
   * The Helm release's name.
   *
   * @default 'kube-prometheus-stack'
   */
  readonly release?: string;

  /**
   * The namespace it is installed into.
   *
   * @default 'monitoring'
   */
  readonly namespace?: string;
}

/** The cluster's monitoring. */
export class Monitoring {
  /**
   * Monitoring by what scrapes and what it looks for.
   *
   * @param props the pods and the labels.
   */
  public static of(props: MonitoringProps): Monitoring {
    return new Monitoring(props.pods, props.monitorLabels ?? {}, props.scrapeAnnotations ?? false);
  }

  /**
   * The chart kube-prometheus-stack with its own values: its Prometheus finds only monitors with `release: <release>`
   * (`serviceMonitorSelectorNilUsesHelmValues`), and its pods carry `app.kubernetes.io/name: prometheus`.
   *
   * @param props release and namespace.
   * @see https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
   */
  public static kubePrometheusStack(props: KubePrometheusStackProps = {}): Monitoring {
    const namespace = props.namespace ?? 'monitoring';
    return new Monitoring(
      { namespace, labels: { 'app.kubernetes.io/name': 'prometheus' } },
      { release: props.release ?? 'kube-prometheus-stack' },
      false,
    );
  }

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** The pods that scrape: what a policy for metrics lets in. */
    public readonly pods: ClusterPods,
    /** Labels that our monitors and rules are given. */
    public readonly monitorLabels: { [key: string]: string },
    /** Whether pods are found by their annotations, and not by PodMonitors. */
    public readonly scrapeAnnotations: boolean,
  ) {
    this.faults = [...podsFaults('pods', pods), ...labelsFaults('monitorLabels', monitorLabels)];
  }
}
