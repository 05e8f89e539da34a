import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Alert } from './alert';
import { ClusterProfile } from './cluster-profile';
import { Fault, Faults } from './faults';
import { Labels } from './labels';
import { Manifest } from './manifest';
import { alertsFaults } from './private/alert-faults';
import { claimId } from './private/construct-id';
import { durationFaults, wholeSeconds } from './private/duration';
import { Warnings } from './warnings';

const KIND = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' } as const;

/** Properties for `PrometheusRule`. */
export interface PrometheusRuleProps {
  /** What somebody is told of. */
  readonly alerts: Alert[];

  /**
   * How often Prometheus asks, in whole seconds from 1 on.
   *
   * @default - Prometheus' own.
   */
  readonly interval?: Duration;

  /**
   * Its `metadata.name`.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its labels, beside those that the cluster's monitoring finds rules by.
   *
   * @default - the recommended ones.
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Alerts of the cluster's Prometheus: what somebody is told of, when, and what to do about it.
 *
 * ```ts
 * declare const chart: Chart;
 * new PrometheusRule(chart, 'orders-alerts', {
 *   alerts: [{
 *     name: 'OrdersSlow', severity: AlertSeverity.WARNING, for: Duration.minutes(10),
 *     expr: 'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{namespace="shop", job="orders"}[5m]))) > 1',
 *     summary: 'orders are slow', description: 'One of a hundred takes {{ $value | humanizeDuration }} or more.',
 *     runbookUrl: 'https://runbooks.example.com/orders-slow',
 *   }],
 * });
 * ```
 *
 * Defines a PrometheusRule of one group, with the labels of the cluster profile's `monitoring`, by which its Prometheus finds rules.
 * The Prometheus operator has to be in the cluster.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export class PrometheusRule extends Construct {
  /** The object itself, for patches: recording rules, more groups. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: PrometheusRuleProps) {
    super(scope, claimId(scope, id));
    const { name = id, interval, labels, alerts } = props;
    const faults = alertsFaults(alerts);
    const times = interval === undefined ? [] : durationFaults(interval, { from: 1 });
    Faults.report(this, 'alerts', faults);
    Faults.report(this, 'interval', times);
    Faults.report(this, KIND.kind, this.clusterFaults());
    const isGood = faults.length + times.length === 0;
    this.manifest = new Manifest(this, 'Resource', {
      ...KIND,
      metadata: { name, labels: { ...Labels.recommended(this, name), ...labels, ...ClusterProfile.of(this).monitoring?.monitorLabels } },
      spec: !isGood ? {} : { groups: [{ name, interval: seconds(interval), rules: alerts.map(rendered) }] },
    });
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  private clusterFaults(): Fault[] {
    const profile = ClusterProfile.of(this);
    const { monitoring } = profile;
    if (!profile.has(KIND.apiVersion, KIND.kind)) {
      return [{
        code: 'KEELSON1685', got: 'one, with a cluster profile that has no PrometheusRules', allowed: 'on a cluster with the Prometheus operator',
        fix: `add '${KIND.apiVersion}/${KIND.kind}' to the profile's 'customResources'`,
      }];
    }
    if (monitoring?.scrapeAnnotations === true && profile._customKindsOf('monitoring.coreos.com').length === 0) {
      return [{
        code: 'KEELSON1686', got: 'one, with a cluster profile whose monitoring finds pods by annotations', allowed: 'on a cluster with the Prometheus operator',
        fix: `write the rules into Prometheus' own configuration, or add '${KIND.apiVersion}/${KIND.kind}' to the profile's 'customResources'`,
      }];
    }
    if (monitoring === undefined) {
      // Of the chart, so that it is said once.
      Warnings.report(Chart.of(this), 'KEELSON1687', 'it has PrometheusRules, and the cluster profile names no monitoring, whose labels they would be '
        + "found by: set the profile's 'monitoring', such as Monitoring.kubePrometheusStack()");
    }
    return [];
  }
}

function rendered(alert: Alert): object {
  const { name, expr, for: pending, keepFiringFor, severity, summary, description, runbookUrl, labels, annotations } = alert;
  return {
    alert: name,
    expr,
    for: seconds(pending),
    keep_firing_for: seconds(keepFiringFor),
    labels: { severity, ...labels },
    annotations: { summary, description, ...runbookUrl === undefined ? {} : { runbook_url: runbookUrl }, ...annotations },
  };
}

function seconds(duration: Duration | undefined): string | undefined {
  return duration === undefined ? undefined : `${wholeSeconds(duration)}s`;
}
