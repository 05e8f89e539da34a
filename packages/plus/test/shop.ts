import { App, ClusterProfile } from '@keelson/core';
import { parseManifests, type JsonObject } from '@keelson/testing';
import { App as Cdk8sApp, Chart, YamlOutputType } from 'cdk8s';

/** Two namespaces of one app, ours or a plain one. */
export function shop(plain = false): { app: Cdk8sApp; here: Chart; there: Chart } {
  const cluster = ClusterProfile.kubernetes({ version: '1.36' });
  const app = plain ? new Cdk8sApp({ yamlOutputType: YamlOutputType.FILE_PER_APP }) : new App({ cluster });
  const [here, there] = [new Chart(app, 'shop', { namespace: 'shop' }), new Chart(app, 'data', { namespace: 'data' })];
  if (plain) [here, there].forEach(chart => cluster.applyTo(chart));
  return { app, here, there };
}

/** What is written. */
export function objectsOf(app: Cdk8sApp): JsonObject[] {
  return parseManifests(app.synthYaml());
}
