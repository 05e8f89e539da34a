import { ClusterProfile, Health, Warnings, type ClusterProfileProps } from '@keelson/core';
import { quietly } from '@keelson/testing/quiet';
import { Chart, Testing } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { WebAppProps, WorkerProps } from '../src';

/** A chart on a cluster. */
export const chartOn = (cluster: ClusterProfileProps = {}): Chart => {
  const app = Testing.app();
  ClusterProfile.kubernetes({ version: '1.33', ...cluster }).applyTo(app);
  return new Chart(app, 'shop', { namespace: 'shop' });
};

/** What every app has to say. */
export const app: WebAppProps = {
  image: 'registry.example.com/shop/web:1.8.2', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }),
};

/** What every worker has to say. */
export const worker: WorkerProps = { image: 'registry.example.com/shop/mailer:2.1.0' };

/** Mistakes of all that is in a chart, as synth would say them. */
export const mistakesIn = (chart: IConstruct): string[] => {
  const all = chart.node.findAll();
  return quietly(() => all.flatMap(({ node }) => node.validate().map(line => `[${node.path}] ${line}`)));
};

/** Warnings of all that is in a chart, once it was validated. */
export const warningsIn = (chart: IConstruct): string[] => {
  mistakesIn(chart);
  return Warnings.of(chart);
};

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: { readonly [key: string]: string } };
  readonly spec: { readonly [field: string]: unknown };
}

/** The objects of a kind. */
export const objectsOf = (chart: Chart, kind: string): Manifest[] =>
  (Testing.synth(chart) as Manifest[]).filter(each => each.kind === kind);
