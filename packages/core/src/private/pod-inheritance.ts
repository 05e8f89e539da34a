import { Fault } from '../faults';
import { PodProps } from '../pod-props';
import { ISecret } from '../secret-reference';
import { ContainerModel } from './container-model';
import { InForce, withNodeSelector, withTolerations } from './pod-defaults';
import type { Brought } from './pod-endpoints';
import { foreignNamespaceFaults, missingKeyFaults, referenceFaults } from './references';

const ORIGIN = ' (from PodDefaults of a scope around)';

/** What a container is given from outside, with the variables of the scopes around that it doesn't set itself. */
export function inheriting(brought: Brought, { env }: InForce, model: ContainerModel): Brought {
  const open = Object.entries(env).filter(([name]) => !model.env.has(name) && !model.envFrom.some(source => source._brings(name)));
  return open.length === 0 ? brought : { ...brought, env: new Map([...open, ...brought.env]) };
}

/** Where the pods run, with what the scopes around say of it; undefined where they say nothing. */
export function inheritedScheduling(props: PodProps, defaults: InForce): Partial<PodProps> | undefined {
  const { tolerations, nodeSelector, priorityClass } = defaults;
  const none = tolerations.length === 0 && Object.keys(nodeSelector).length === 0 && priorityClass === undefined;
  return none ? undefined : {
    ...props,
    tolerations: withTolerations(tolerations, props.tolerations),
    nodeSelector: withNodeSelector(nodeSelector, props.nodeSelector),
    priorityClass: props.priorityClass ?? priorityClass,
  };
}

/** The Secrets that pods pull their images with, each once: those of the cluster, then those of the scopes around. */
export function pullSecrets(ofCluster: ISecret[], defaults: InForce): { name: string }[] {
  return [...new Set([...ofCluster, ...defaults.imagePullSecrets].map(({ name }) => name))].map(name => ({ name }));
}

/** What of the scopes around isn't in reach of pods in this namespace. */
export function inheritanceFaults(
  models: ContainerModel[], ofCluster: ISecret[], defaults: InForce, namespace: string | undefined,
): { prop: string; fault: Fault }[] {
  const env = models.flatMap(model => Object.entries(defaults.env).filter(([name]) => !model.env.has(name)).flatMap(([name, value]) =>
    [...foreignNamespaceFaults(value, namespace), ...missingKeyFaults(value)].map(fault => said(`${model.prefix}env.${name}`, fault))));
  // What else is wrong with them is reported where they were given.
  const foreign = (secret: ISecret) => referenceFaults(secret, 'Secret', namespace).filter(({ code }) => code === 'KEELSON1301');
  return [
    ...env,
    ...ofCluster.flatMap(foreign).map(fault => ({ prop: 'imagePullSecrets', fault: { ...fault, got: `${fault.got} (from the cluster profile)` } })),
    ...defaults.imagePullSecrets.flatMap(foreign).map(fault => said('imagePullSecrets', fault)),
  ];
}

function said(prop: string, fault: Fault): { prop: string; fault: Fault } {
  return { prop, fault: { ...fault, got: `${fault.got}${ORIGIN}` } };
}
