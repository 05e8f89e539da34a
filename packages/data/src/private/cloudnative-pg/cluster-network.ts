import { ClusterProfile, Faults, Manifest, Peer, PodConnections, Port, ServiceAccount, Warnings } from '@keelson/core';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CloudNativePgOptions } from '../../postgre-sql-engine';

/** The port by which the operator asks servers how they are, and servers each other whether they are cut off. */
const STATUS = 8000;
const METRICS = 9187;
const POD_MONITOR = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' } as const;

/** The servers as others see them. */
export interface ClusterNames {
  readonly name: string;
  readonly selector: { [key: string]: string };
  readonly labels: { [key: string]: string };
  readonly port: number;
}

/**
 * Who may talk to the servers: the operator, each other, and who connects. They tell the API server how they are.
 *
 * @see https://cloudnative-pg.io/docs/1.30/networking
 */
export function clusterConnections(
  database: Construct, { name, selector, labels, port }: ClusterNames, options: CloudNativePgOptions,
): PodConnections {
  const { operatorNamespace, operatorLabels } = options;
  const connections = new PodConnections(database, {
    name, labels, podLabels: selector, endpoint: { ports: [Port.tcp(port)] },
    // which the operator makes by the cluster's name
    serviceAccount: ServiceAccount.fromServiceAccountName(name),
  });
  const ports = [Port.tcp(port), Port.tcp(STATUS)];
  const operator = Peer.pods({
    labels: operatorLabels ?? { 'app.kubernetes.io/name': 'cloudnative-pg' }, namespace: operatorNamespace ?? 'cnpg-system',
  });
  connections.from(operator, { ports });
  const each = { connections };
  connections.to(each, { ports });
  connections.to(Peer.apiServer());
  return connections;
}

/** Has the cluster's monitoring scrape the servers, which have an exporter in them. */
export function defineMetrics(
  database: Construct, { name, selector, labels }: ClusterNames, connections: PodConnections,
): Manifest | undefined {
  const profile = ClusterProfile.of(database);
  const { monitoring } = profile;
  if (monitoring === undefined) {
    Warnings.report(Chart.of(database), 'KEELSON3124', 'its databases have metrics, and the cluster profile names no monitoring, so that nobody scrapes them '
      + "and nobody is let in: set the profile's 'monitoring', such as Monitoring.kubePrometheusStack()");
    return undefined;
  }
  connections.from(Peer.monitoring(), { ports: [Port.tcp(METRICS)] });
  if (monitoring.scrapeAnnotations) {
    return undefined;
  }
  Faults.report(database, 'metrics', profile.has(POD_MONITOR.apiVersion, POD_MONITOR.kind) ? [] : [{
    code: 'KEELSON3125', got: 'some, with a cluster profile that has no PodMonitors', allowed: 'such as the monitoring finds',
    fix: `add '${POD_MONITOR.apiVersion}/${POD_MONITOR.kind}' to the profile's 'customResources', or say 'scrapeAnnotations' in its 'monitoring'`,
  }]);
  return new Manifest(database, POD_MONITOR.kind, {
    ...POD_MONITOR,
    metadata: { name, labels: { ...labels, ...monitoring.monitorLabels } },
    spec: {
      jobLabel: 'cnpg.io/cluster',
      selector: { matchLabels: { ...selector, 'cnpg.io/podRole': 'instance' } },
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }],
    },
  });
}

/** What pods carry where the monitoring finds them by annotations. */
export function scrapeAnnotations(database: Construct, hasMetrics: boolean): { [key: string]: string } {
  return !hasMetrics || ClusterProfile.of(database).monitoring?.scrapeAnnotations !== true ? {} : {
    'prometheus.io/scrape': 'true', 'prometheus.io/port': String(METRICS), 'prometheus.io/path': '/metrics',
  };
}
