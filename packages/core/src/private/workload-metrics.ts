import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import type { Connections } from '../connections';
import { ContainerPort, ContainerProps } from '../container';
import { Fault, Faults } from '../faults';
import { Labels } from '../labels';
import { Manifest } from '../manifest';
import { Metrics } from '../metrics';
import { Peer } from '../peer';
import type { PodTemplate } from '../pod-template';
import { Port } from '../port';
import { Protocol } from '../protocol';
import { SecretValue } from '../secret-reference';
import { Warnings } from '../warnings';
import { portName, protocolOf } from './container-ports';
import { wholeSeconds } from './duration';
import { quoted } from './quoted';
import { missingKeyFaults, referenceFaults } from './references';
import { within } from './within';

const POD_MONITOR = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor' } as const;
const NAME = 'metrics';
const SCRAPE = 'prometheus.io/scrape';

/** What a workload is told of its metrics, and of containers that may serve them. */
export interface MetricsProps {
  readonly metrics?: Metrics;
  readonly containers?: ContainerProps[];
  readonly sidecars?: ContainerProps[];
  readonly podAnnotations?: { [key: string]: string };
}

/** A workload as far as its metrics go. */
interface Monitored extends Construct {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: { [key: string]: string };
  readonly selector: { [key: string]: string };
  readonly connections: Connections;
  readonly pods: PodTemplate;
}

/** The ports of the main container, with the one of the metrics where no container declares it. */
export function withMetricsPort(ports: ContainerPort[] | undefined, props: MetricsProps): ContainerPort[] | undefined {
  const { metrics } = props;
  const others = beside(props);
  if (metrics === undefined || metrics.faults.length > 0 || declared(metrics, [...ports ?? [], ...others]) !== undefined) {
    return ports;
  }
  const isTaken = [...ports ?? [], ...others].some(port => portName(port) === NAME);
  return [...ports ?? [], { number: metrics.port, name: isTaken ? undefined : NAME }];
}

/** Annotations that pods are found by where the cluster's Prometheus asks for them. */
export function scrapeAnnotations(scope: IConstruct, { metrics, podAnnotations }: MetricsProps): { [key: string]: string } | undefined {
  if (metrics === undefined || metrics.faults.length > 0 || !isAnnotated(scope)) {
    return podAnnotations;
  }
  const { path = '/metrics', scheme } = metrics._options;
  return {
    ...podAnnotations,
    [SCRAPE]: 'true',
    'prometheus.io/port': String(metrics.port),
    'prometheus.io/path': path,
    ...(scheme === undefined ? {} : { 'prometheus.io/scheme': scheme.toLowerCase() }),
  };
}

/** What is wrong with metrics in this place and on this cluster. */
function metricsFaults(scope: IConstruct, metrics: Metrics, props: MetricsProps, namespace: string | undefined): Fault[] {
  const profile = ClusterProfile.of(scope);
  const secretFaults = (member: string, value: SecretValue | undefined) =>
    within(member, value === undefined ? [] : referenceFaults(value.secret, 'Secret', namespace));
  const { ca, bearerToken } = metrics._options;
  return [
    ...metrics.faults,
    ...secretFaults('ca.secret', ca),
    ...secretFaults('bearerToken.secret', bearerToken),
    ...profile.monitoring === undefined || isAnnotated(scope) || profile.has(POD_MONITOR.apiVersion, POD_MONITOR.kind) ? [] : [{
      code: 'KEELSON1671', got: 'some, with a cluster profile that has no PodMonitors', allowed: 'such as the monitoring finds',
      fix: `add '${POD_MONITOR.apiVersion}/${POD_MONITOR.kind}' to the profile's 'customResources', or say 'scrapeAnnotations' in its 'monitoring'`,
    }],
    ...isAnnotated(scope) ? annotationFaults(metrics, props) : [],
  ];
}

/** Lets the cluster's monitoring in, and makes the PodMonitor where that is how it finds pods. */
export function monitored(workload: Monitored, props: MetricsProps): Manifest | undefined {
  const { metrics } = props;
  if (metrics === undefined) {
    return undefined;
  }
  const { namespace, name, labels, selector, connections, pods } = workload;
  Faults.report(workload, 'metrics', metricsFaults(workload, metrics, props, namespace));
  Faults._placeOf(workload).node.addValidation({ validate: () => missingKeyFaults(metrics).map(fault => Faults.describe('metrics', fault)) });
  const { monitoring } = ClusterProfile.of(workload);
  const port = declared(metrics, [...pods.ports, ...beside(props)]);
  if (monitoring === undefined) {
    // Of the chart, so that it is said once: the same program may well serve a cluster with monitoring.
    Warnings.report(Chart.of(workload), 'KEELSON1670', 'its workloads have metrics, and the cluster profile names no monitoring, so that nobody scrapes them '
      + "and nobody is let in: set the profile's 'monitoring', such as Monitoring.kubePrometheusStack()");
  }
  if (monitoring === undefined || port === undefined) {
    return undefined;
  }
  connections.from(Peer.monitoring(), { ports: [Port.tcp(metrics.port)] });
  return isAnnotated(workload) ? undefined : new Manifest(workload, POD_MONITOR.kind, {
    ...POD_MONITOR,
    metadata: { name, labels: { ...labels, ...monitoring.monitorLabels } },
    spec: {
      // The `job` of its series: the workload's name, and not that of its namespace and PodMonitor.
      jobLabel: Labels.NAME,
      selector: { matchLabels: selector },
      podMetricsEndpoints: [endpointOf(metrics, portName(port))],
    },
  });
}

function endpointOf({ _options: options }: Metrics, port: string): object {
  const { path = '/metrics', scheme, interval, scrapeTimeout, ca, serverName, unsafeSkipTlsVerify, bearerToken } = options;
  const tls = {
    ...(ca === undefined ? {} : { ca: { secret: keyOf(ca) } }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(unsafeSkipTlsVerify === true ? { insecureSkipVerify: true } : {}),
  };
  return {
    port, path,
    scheme: scheme?.toLowerCase(),
    interval: interval === undefined ? undefined : `${wholeSeconds(interval)}s`,
    scrapeTimeout: scrapeTimeout === undefined ? undefined : `${wholeSeconds(scrapeTimeout)}s`,
    tlsConfig: Object.keys(tls).length === 0 ? undefined : tls,
    authorization: bearerToken === undefined ? undefined : { type: 'Bearer', credentials: keyOf(bearerToken) },
  };
}

function keyOf({ secret, key }: SecretValue): object {
  return { name: secret.name, key };
}

/** Annotations say where the metrics are, and no more. */
function annotationFaults({ _options }: Metrics, { podAnnotations = {} }: MetricsProps): Fault[] {
  const { interval, scrapeTimeout, ca, serverName, unsafeSkipTlsVerify, bearerToken } = _options;
  const unsaid = Object.entries({ interval, scrapeTimeout, ca, serverName, unsafeSkipTlsVerify, bearerToken })
    .filter(([, value]) => value !== undefined && value !== false);
  return [
    ...unsaid.map(([member]) => ({
      code: 'KEELSON1672', member, got: 'one, with a cluster profile whose monitoring finds pods by annotations', allowed: 'left out there: no annotation says it',
      fix: "set it in Prometheus' own configuration, or scrape by PodMonitors",
    })),
    ...Object.keys(podAnnotations).filter(key => key.startsWith('prometheus.io/')).map(key => ({
      code: 'KEELSON1677', got: `${quoted(key)} in 'podAnnotations' too`, allowed: 'said once', fix: 'remove the annotation: the metrics say it',
    })),
  ];
}

function isAnnotated(scope: IConstruct): boolean {
  return ClusterProfile.of(scope).monitoring?.scrapeAnnotations === true;
}

function declared(metrics: Metrics, ports: ContainerPort[]): ContainerPort | undefined {
  return ports.find(port => port.number === metrics.port && protocolOf(port) === Protocol.TCP);
}

function beside({ containers, sidecars }: MetricsProps): ContainerPort[] {
  return [...containers ?? [], ...sidecars ?? []].flatMap(({ ports }) => ports ?? []);
}
