import { App, ClusterProfile, Manifest, type Port, Workload } from '@keelson/core';
import { parseManifests, type JsonObject } from '@keelson/testing';
import { App as Cdk8sApp, Chart, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** A workload of ours, as a block would have it. */
export class Web extends Workload {
  public constructor(scope: Construct, id: string, ports = [8080], offers?: Port[]) {
    super(scope, id, { image: `registry.example.com/shop/${id}:1.0.0`, ...(offers === undefined ? {} : { offers: { ports: offers } }) }, {
      kind: 'Deployment', ports: ports.map(number => ({ number })), replicated: true,
    });
    new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: this.objectMetadata,
      spec: { replicas: 2, selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}

/** Two namespaces of one app, ours or a plain one. */
export function shop(plain = false): { app: Cdk8sApp; here: Chart; there: Chart } {
  const cluster = ClusterProfile.kubernetes({ version: '1.36' });
  const app = plain ? new Cdk8sApp({ yamlOutputType: YamlOutputType.FILE_PER_APP }) : new App({ cluster });
  const [here, there] = [new Chart(app, 'shop', { namespace: 'shop' }), new Chart(app, 'data', { namespace: 'data' })];
  if (plain) [here, there].forEach(chart => cluster.applyTo(chart));
  return { app, here, there };
}

/** A Deployment of cdk8s-plus-27. */
export function legacy(scope: Construct, id: string, props: Partial<kplus.DeploymentProps> = {}): kplus.Deployment {
  return new kplus.Deployment(scope, id, { containers: [{ image: `registry.example.com/shop/${id}:1.0.0`, portNumber: 9090 }], metadata: { name: id }, ...props });
}

/** What is written. */
export function objectsOf(app: Cdk8sApp): JsonObject[] {
  return parseManifests(app.synthYaml());
}

/** What synth says instead, line by line. */
export function mistakesOf(app: Cdk8sApp): string[] {
  try {
    app.synthYaml();
  } catch (error) {
    return (error as Error).message.split('\n').map(line => line.trim()).filter(line => line.includes('KEELSON'));
  }
  return [];
}
