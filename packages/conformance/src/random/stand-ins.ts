import { readFileSync } from 'node:fs';
import * as classes from './stand-in-classes.js';
import type { Surface, Member } from './surface.js';

/** A class that a program defines, to reach what is there for subclasses and for makers of constructs. */
export interface StandIn {
  readonly made: object;
  readonly source: string;
  readonly imports: readonly string[];
  /** The type that it stands in for, and what it is made of. */
  readonly isA: readonly string[];
  readonly parameters: (surface: Surface) => Member[];
  /** The parts that have actions. */
  readonly parts: readonly { readonly name: string; readonly fqn: string }[];
}

const text = readFileSync(new URL('./stand-in-classes.ts', import.meta.url), 'utf8');

// What is made by others has limits that aren't ours.
const IMAGE = given('image', 'others.image', 'string');
const PORT = given('port', 'others.port', 'number');

/** By full name, as if of a package `here`. */
export const STAND_INS: Readonly<Record<string, StandIn>> = {
  'here.Agent': {
    made: classes.Agent,
    source: sourceOf('Agent'),
    imports: [
      '@keelson/core.Manifest', '@keelson/core.Workload', 'type @keelson/core.WorkloadOptions', 'type @keelson/core.WorkloadProps', 'type constructs.Construct',
    ],
    isA: ['@keelson/core.Workload', '@keelson/core.IConnectable', '@keelson/core.IGrantable', '@keelson/core.IServiceBackend'],
    parameters: (surface) => surface.initializer('@keelson/core.Workload'),
    parts: [{ name: 'connections', fqn: '@keelson/core.Connections' }, { name: 'pods', fqn: '@keelson/core.PodTemplate' }],
  },
  'here.Store': {
    made: classes.Store,
    source: sourceOf('Store'),
    imports: [
      '@keelson/core.ClaimTemplate', '@keelson/core.Manifest', '@keelson/core.Workload', 'type @keelson/core.ClaimTemplateProps', 'type constructs.Construct',
    ],
    isA: ['@keelson/core.Workload', '@keelson/core.IConnectable', '@keelson/core.IGrantable', '@keelson/core.IServiceBackend'],
    parameters: () => [IMAGE, {
      name: 'claim', key: 'Store.new.claim', type: { kind: 'named', fqn: '@keelson/core.ClaimTemplateProps' }, optional: false, variadic: false,
    }],
    parts: [{ name: 'connections', fqn: '@keelson/core.Connections' }, { name: 'pods', fqn: '@keelson/core.PodTemplate' }],
  },
  'here.Pods': {
    made: classes.Pods,
    source: sourceOf('Pods'),
    imports: [
      '@keelson/core.Manifest', '@keelson/core.PodConnections', '@keelson/core.PodTemplate', 'type @keelson/core.IConnectable',
      'type @keelson/core.PodConnectionsProps', 'type @keelson/core.PodTemplateProps', 'constructs.Construct',
    ],
    isA: ['@keelson/core.IConnectable'],
    parameters: (surface) => [...surface.initializer('@keelson/core.PodTemplate'), ...surface.initializer('@keelson/core.PodConnections')],
    parts: [{ name: 'connections', fqn: '@keelson/core.PodConnections' }, { name: 'pods', fqn: '@keelson/core.PodTemplate' }],
  },
  'here.Moved': {
    made: classes.Moved,
    source: sourceOf('Moved'),
    imports: [
      '@keelson/plus.FromPlus', 'type @keelson/plus.PlusService', 'type @keelson/plus.PlusWorkload', 'type @keelson/core.Connections',
      'type @keelson/core.IConnectable', 'type @keelson/core.IGrantable', 'type @keelson/core.IWaitTarget', 'type @keelson/core.Subject',
      'cdk8s-plus-27.Deployment', 'cdk8s-plus-27.ServiceAccount', 'constructs.Construct',
    ],
    isA: ['@keelson/core.IConnectable', '@keelson/core.IGrantable', '@keelson/core.IWaitTarget'],
    parameters: () => [IMAGE, PORT, given('replicas', 'others.replicas', 'number')],
    parts: [{ name: 'connections', fqn: '@keelson/core.Connections' }],
  },
  'here.Written': {
    made: classes.Written,
    source: sourceOf('Written'),
    imports: [
      '@keelson/core.AdoptedWorkload', 'type @keelson/core.Connections', 'type @keelson/core.IConnectable', 'type @keelson/core.IGrantable',
      'type @keelson/core.Subject', 'cdk8s.ApiObject', 'constructs.Construct',
    ],
    isA: ['@keelson/core.IConnectable', '@keelson/core.IGrantable'],
    parameters: () => [IMAGE, PORT],
    parts: [{ name: 'connections', fqn: '@keelson/core.Connections' }],
  },
  'here.Generated': {
    made: classes.Generated,
    source: sourceOf('Generated'),
    imports: [
      '@keelson/core.SecretGenerator', '@keelson/core.SecretText', 'type @keelson/core.GeneratedSecret', 'type @keelson/core.GeneratedSecretOptions',
      'type @keelson/core.ISecret', 'type @keelson/core.SecretGeneratorProps', 'constructs.Construct',
    ],
    isA: ['@keelson/core.ISecret'],
    parameters: () => [
      { name: 'props', key: 'SecretGenerator.new.props', type: { kind: 'named', fqn: '@keelson/core.SecretGeneratorProps' }, optional: false, variadic: false },
      given('name', 'SecretGenerator.secret.name', 'string'),
      {
        name: 'texts', key: 'SecretGenerator.secret.texts', type: { kind: 'map', of: { kind: 'named', fqn: '@keelson/core.SecretText' } }, optional: false, variadic: false,
      },
      { name: 'options', key: 'SecretGenerator.secret.options', type: { kind: 'named', fqn: '@keelson/core.GeneratedSecretOptions' }, optional: true, variadic: false },
    ],
    parts: [],
  },
};

function given(name: string, key: string, kind: 'string' | 'number'): Member {
  return { name, key, type: { kind }, optional: false, variadic: false };
}

/** The class as it stands in its file, without `export`. */
function sourceOf(name: string): string {
  const start = text.indexOf(`export class ${name} `);
  return text.slice(start + 'export '.length, text.indexOf('\n}\n', start) + 2);
}
