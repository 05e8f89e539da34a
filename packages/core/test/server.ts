import { validateManifests } from '@keelson/testing';
import { Chart, Testing } from 'cdk8s';
import { type IConstruct } from 'constructs';
import { expect } from 'vitest';
import { ClusterProfile, type ClusterProfileProps, type WorkloadOptions, type WorkloadProps } from '../src';
import { Server } from './specimens/server';

export { IMAGE, Server } from './specimens/server';

export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string; labels: Record<string, string>; annotations?: Record<string, string> };
  readonly data?: Record<string, string>;
  /** Read at any depth, as cdk8s' own type of what it renders lets one. */
  readonly spec: ReturnType<Chart['toJson']>[number];
}

/** A chart `shop` in namespace `shop`, on the cluster given. */
export function charted(profile: ClusterProfileProps = { version: '1.33' }, id = 'shop'): Chart {
  const app = Testing.app();
  ClusterProfile.kubernetes(profile).applyTo(app);
  return new Chart(app, id, { namespace: 'shop' });
}

/** What the chart renders, which nothing is wrong with: neither for us nor for others' schemas. */
export function accepted(chart: Chart): Rendered[] {
  expect(mistakes(chart)).toEqual([]);
  const objects = Testing.synth(chart) as Rendered[];
  expect(validateManifests(objects)).toEqual([]);
  return objects;
}

export function named(objects: Rendered[], kind: string, name: string): Rendered {
  const found = objects.filter(object => object.kind === kind && object.metadata.name === name);
  expect(found).toHaveLength(1);
  return found[0] as Rendered;
}

/** The pods of a server with these props, alone in its chart. */
export function podOf(
  props: Partial<WorkloadProps> = {}, options: Partial<WorkloadOptions> = {}, profile?: ClusterProfileProps,
  then?: (server: Server) => void,
) {
  const chart = charted(profile);
  const server = new Server(chart, 'web', props, options);
  then?.(server);
  const template = named(accepted(chart), 'Deployment', 'web').spec.template as { metadata: Rendered['metadata']; spec: Rendered['spec'] };
  const pod = template.spec;
  return { template, pod, main: pod.containers[0] };
}

/** All that is wrong below a construct, as synth says it, sorted. */
export function mistakes(scope: IConstruct): string[] {
  return scope.node.root.node.findAll().flatMap(({ node }) => node.validate().map(line => `[${node.path}] ${line}`)).sort();
}

/** What is wrong with a server with these props, without its path, which is always the same. */
export function mistakesOf(
  props: Partial<WorkloadProps>, options: Partial<WorkloadOptions> = {}, profile?: ClusterProfileProps, then?: (server: Server) => void,
): string[] {
  const chart = charted(profile);
  const server = new Server(chart, 'web', props, options);
  then?.(server);
  return mistakes(chart).map((line) => {
    expect(line).toMatch(/^\[shop\/web\] /);
    return line.slice('[shop/web] '.length);
  });
}
