import { Duration } from 'cdk8s';

/**
 * How much an alert matters, as kube-prometheus and the runbooks around it say it.
 *
 * @see https://github.com/kubernetes-monitoring/kubernetes-mixin#severity
 */
export enum AlertSeverity {
  /** Somebody has to act at once, at night too. */
  CRITICAL = 'critical',
  /** Somebody has to look at it soon. */
  WARNING = 'warning',
  /** It explains other alerts; nobody is told by it alone. */
  INFO = 'info',
}

/**
 * What somebody is told of, and when.
 *
 * `summary`, `description` and the values of `labels` may name the series that it is about: `{{ $labels.pod }}`, `{{ $value | humanize }}`.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export interface Alert {
  /** Its name, of letters, digits and `_`, such as `OrdersDown`. */
  readonly name: string;

  /**
   * What is wrong, in PromQL: the alert is there for each series that it gives. Synth doesn't read it; `promtool check rules` does.
   *
   * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
   */
  readonly expr: string;

  /**
   * How long it must have been so without a break, in whole seconds. It is asked once in each interval of the rules.
   *
   * @default - no time: once is enough.
   */
  readonly for?: Duration;

  /**
   * How long the alert stays when it isn't so any more, in whole seconds, so that what comes and goes is one alert. From Prometheus
   * 2.42 on.
   *
   * @default - no time.
   */
  readonly keepFiringFor?: Duration;

  /** How much it matters: the label `severity`. */
  readonly severity: AlertSeverity;

  /** What is wrong, in one line. */
  readonly summary: string;

  /** What it means, and what to look at. */
  readonly description: string;

  /**
   * Where it is written what to do, as an address of HTTP or HTTPS: the annotation `runbook_url`.
   *
   * @default - nowhere.
   */
  readonly runbookUrl?: string;

  /**
   * More labels, which Alertmanager routes by, such as `team`.
   *
   * @default - none beside `severity`, and those of the series.
   */
  readonly labels?: { [name: string]: string };

  /**
   * More annotations, such as `dashboard_url`.
   *
   * @default - none beside `summary`, `description` and `runbook_url`.
   */
  readonly annotations?: { [name: string]: string };
}
