import { Alert, AlertSeverity, ClusterProfile, PrometheusRule, Warnings, Workload } from '@keelson/core';
import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { DatabaseAlerts } from '../database-alerts';
import { Description } from './description';
import { Series, Told } from './engine';
import { sound } from './made';

/** The alerts of a database, where the cluster's monitoring reads such. */
export function defineAlerts(
  database: Construct, { labels }: Workload, description: Description, series: Series, given: DatabaseAlerts | undefined,
): PrometheusRule | undefined {
  const alerts = sound(given ?? DatabaseAlerts.of());
  const profile = ClusterProfile.of(database);
  const { monitoring } = profile;
  const isUsual = given === undefined;
  if (alerts === undefined || alerts.isNone || monitoring === undefined || (isUsual && !profile.has('monitoring.coreos.com/v1', 'PrometheusRule'))) {
    return undefined;
  }
  if (!monitoring.scrapeAnnotations) {
    return new PrometheusRule(database, 'Alerts', { name: description.name, labels, alerts: alertsOf(description, series, alerts) });
  }
  if (!isUsual) {
    Warnings.report(database, 'KEELSON3173', "it has 'alerts', and the cluster profile's monitoring finds pods by annotations, as a Prometheus without the operator "
      + "does, which reads no PrometheusRules: write them into Prometheus' own configuration");
  }
  return undefined;
}

function alertsOf(description: Description, series: Series, alerts: DatabaseAlerts): Alert[] {
  const { engine, name, namespace, replicas } = description;
  const { labels, runbooks, for: pending, replicationLag, volumePercent, connectionsPercent } = alerts._options;
  const subject = `${engine.title} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  const own = { database: name, ...namespace === undefined ? {} : { namespace } };
  const alert = (parts: Pick<Alert, 'name' | 'expr' | 'summary' | 'description'> & Partial<Alert>): Alert => ({
    severity: AlertSeverity.WARNING,
    for: pending,
    runbookUrl: runbooks === undefined ? undefined : `${runbooks}${parts.name}`,
    labels: { ...own, ...labels },
    ...parts,
    summary: `${subject}: ${parts.summary}`,
  });
  const told = toldBy(description);
  const down = `absent(${series.up}{${told.primary}} == 1)`;
  const volumes = volumesOf(description);
  return [
    alert({
      name: 'DatabaseDown', severity: AlertSeverity.CRITICAL, expr: down, summary: 'no server answers',
      description: `The pod ${name}-0 is missing, or its server doesn't answer the exporter beside it: see the pod's events, and the logs of its containers.`,
    }),
    ...replicas === 0 || series.following === undefined || series.lag === undefined ? [] : [
      alert({
        name: 'DatabaseReplicasMissing', expr: `((count(${series.following(told, name)}) or vector(0)) < ${replicas}) unless on () ${down}`,
        summary: `{{ $value }} of ${replicas} servers follow`,
        description: `The others are missing, or copy nothing any more: see the pods of ${name}-replica, and their logs. What they answer gets old.`,
      }),
      alert({
        name: 'DatabaseReplicationLag', expr: `${series.lag}{${told.replicas}} > ${secondsOf(replicationLag)}`,
        summary: '{{ $labels.pod }} is {{ $value | humanizeDuration }} behind',
        description: 'What it answers is old: it has too little CPU or too slow a volume for what is written, or a long query holds it up.',
      }),
    ],
    ...volumes === undefined ? [] : [alert({
      name: 'DatabaseVolumeFilling',
      expr: `100 * (1 - kubelet_volume_stats_available_bytes{${volumes}} / kubelet_volume_stats_capacity_bytes{${volumes}}) > ${volumePercent}`,
      summary: 'the volume of {{ $labels.persistentvolumeclaim }} is {{ $value | printf "%.0f" }} % full',
      description: 'A server whose volume is full takes no changes, and may not start again: make room, or grow the volume.',
    })],
    alert({
      name: 'DatabaseConnectionsExhausting',
      expr: `100 * sum by (namespace, pod) (${series.connections(told.all)}) / sum by (namespace, pod) (${series.mostConnections(told.all)}) > ${connectionsPercent}`,
      summary: '{{ $value | printf "%.0f" }} % of the connections of {{ $labels.pod }} are in use',
      description: 'Clients are refused when all are: look for those that keep too many open, give them pools, or let the server take more.',
    }),
  ];
}

/** Whatever else tells the same is of another pod. */
function toldBy({ name, namespace, replicas }: Description): Told {
  const of = (pods: string) => [...inNamespace(namespace), `pod=~"${pods}"`].join(', ');
  return {
    primary: of(`${name}-[0-9]+`), replicas: of(`${name}-replica-[0-9]+`), all: of(replicas === 0 ? `${name}-[0-9]+` : `${name}(-replica)?-[0-9]+`),
  };
}

/** The claims, which the kubelet measures. */
function volumesOf({ name, namespace, replicas, storage }: Description): string | undefined {
  if (storage.isEphemeral) {
    return undefined;
  }
  const claims = storage.existingClaim === undefined
    ? `persistentvolumeclaim=~"data-${name}${replicas === 0 ? '' : '(-replica)?'}-[0-9]+"` : `persistentvolumeclaim="${storage.existingClaim.name}"`;
  return [...inNamespace(namespace), claims].join(', ');
}

/** Of a namespace that only the one knows who applies it, nothing can be said. */
function inNamespace(namespace: string | undefined): string[] {
  return namespace === undefined ? [] : [`namespace="${namespace}"`];
}

function secondsOf(duration: Duration): number {
  return duration.toSeconds();
}
