import { ClaimTemplate, ClusterProfile, ConfigMap, Faults, Labels, Manifest, PodTemplate } from '@keelson/core';
import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { CloudNativePgOptions } from '../../postgre-sql-engine';
import { PostgreSqlProps } from '../../postgre-sql-props';
import { Backing } from '../backing';
import { Description, hostOf } from '../description';
import { clusterConnections, defineMetrics, scrapeAnnotations } from './cluster-network';
import { clusterSetupParts } from './cluster-setup';
import { clusterSpec } from './cluster-spec';
import { defineSetup } from '../setup-task';

const CLUSTER = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster' } as const;
const DATABASE = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database' } as const;
/** The operator's label of all pods that it makes for a Cluster, those that start a server included. */
const LABEL = 'cnpg.io/cluster';

/** A Cluster of CloudNativePG, and what the operator makes nothing of: databases beside the first one, rights, policies. */
export function defineCluster(
  database: Construct, description: Description, props: PostgreSqlProps, options: CloudNativePgOptions,
): Backing {
  const { name, engine, databases, user, storageSize, image, resources } = description;
  const { users = [], readReplicas = 0, labels: given = {}, annotations = {}, initScripts = {}, storage } = props;
  checkAt(database, given, annotations);
  const labels = { ...Labels.recommended(database, name), [Labels.INSTANCE]: Labels.valueOf(name), [Labels.COMPONENT]: 'database', ...given };
  const selector = { [LABEL]: Labels.valueOf(name) };
  if (storageSize !== undefined) {
    ClaimTemplate.of('data', { size: storageSize, storageClass: storage?.storageClass }).checkAt(database, 'storage');
  }
  const pods = new PodTemplate(database, {
    container: { name: 'postgres', image, resources }, labels: {}, selector, replicated: readReplicas > 0,
    ...scheduling(props),
  });
  const hosts = [hostOf(database, description, 'rw'), hostOf(database, description, 'ro')];
  const names = { name, selector, labels, port: engine.port };
  const connections = clusterConnections(database, names, options);
  const scripts = Object.keys(initScripts).length === 0 ? undefined : new ConfigMap(database, 'InitScripts', { name: `${name}-init`, labels, data: initScripts });
  const customResource = new Manifest(database, 'Cluster', {
    ...CLUSTER,
    metadata: { name, labels, annotations },
    spec: Lazy.any({ produce: () => clusterSpec({
      description, props, instances: 1 + readReplicas, pods, labels: given, hosts, scripts: scripts?.name,
      annotations: scrapeAnnotations(database, props.metrics === true), takesPlaintext: options.unsafePlaintextClients === true,
    }) }),
  });
  databases.forEach((each, at) => new Manifest(database, `Database${at}`, {
    ...DATABASE,
    metadata: { name: `${name}-${each.replaceAll('_', '-')}-db`, labels },
    spec: { cluster: { name }, name: each, owner: user, ensure: 'present', databaseReclaimPolicy: 'retain' },
  }));
  if (props.metrics === true) {
    defineMetrics(database, names, connections);
  }
  return {
    name, labels, customResource,
    setup: () => defineSetup(database, { connections }, description, clusterSetupParts(description, users, hosts[0] ?? '')),
    primary: {
      selector: { ...selector, 'cnpg.io/instanceRole': 'primary' }, connections, namespace: Chart.of(database).namespace,
      containerPorts: [{ number: engine.port, name: engine.id }],
    },
  };
}

function checkAt(database: Construct, labels: { [key: string]: string }, annotations: { [key: string]: string }): void {
  Object.entries(labels).forEach(([key, value]) => Faults.report(database, 'labels', Labels.faultsOf(key, value)));
  Object.entries(annotations).forEach(([key, value]) => Faults.report(database, 'annotations', Labels.annotationFaultsOf(key, value)));
  const profile = ClusterProfile.of(database);
  Faults.report(database, 'engine', profile.has(CLUSTER.apiVersion, CLUSTER.kind) && profile.has(DATABASE.apiVersion, DATABASE.kind) ? [] : [{
    code: 'KEELSON3121', got: "CloudNativePG, but the cluster profile's customResources don't have it", allowed: 'one that the cluster has',
    fix: `install the operator and add '${CLUSTER.apiVersion}/${CLUSTER.kind}' and '${DATABASE.apiVersion}/${DATABASE.kind}' to customResources, or leave it out`,
  }]);
}

/** What of the props core makes of pods. */
function scheduling(props: PostgreSqlProps): Partial<PostgreSqlProps> {
  const { nodeSelector, nodeAffinity, podAffinity, podAntiAffinity, topologySpread, tolerations, priorityClass } = props;
  const { runAsUser, runAsGroup, unsafeLowUserIds, podLabels, podAnnotations } = props;
  return {
    nodeSelector, nodeAffinity, podAffinity, podAntiAffinity, topologySpread, tolerations, priorityClass,
    runAsUser, runAsGroup, unsafeLowUserIds, podLabels, podAnnotations,
  };
}
