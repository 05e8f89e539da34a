import { IConstruct } from 'constructs';
import type { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import { Warnings } from '../warnings';
import { claimFaults, ownClassOf } from './claim-faults';
import { ContainerModel } from './container-model';
import { mentionedIn } from './env';
import { member } from './manifest-fields';
import type { Brought } from './pod-endpoints';
import { quoted } from './quoted';

type PropFault = { readonly prop: string; readonly fault: Fault };

/** The API server's address, which the kubelet gives every container. */
const ALWAYS_SET = /^KUBERNETES_/;

/** What containers mention of their pod and cluster by name, and isn't there: variables, containers, storage classes. */
export function mentionFaults(
  models: ContainerModel[], broughtTo: (model: ContainerModel) => Brought, scope: IConstruct, profile: ClusterProfile,
): PropFault[] {
  return models.flatMap(model => [
    ...argumentFaults(model, broughtTo),
    ...containerFaults(model, models),
    ...classFaults(model, scope, profile),
  ]);
}

/** Kubernetes leaves `$(NAME)` as it is where there is no such variable. What `envFrom` brings isn't always known. */
function argumentFaults(model: ContainerModel, broughtTo: (model: ContainerModel) => Brought): PropFault[] {
  const { props, prefix, env, envFrom } = model;
  const words = [...(props.command ?? []), ...(props.args ?? [])];
  if (envFrom.length > 0 || !words.some(word => typeof word === 'string' && word.includes('$('))) {
    return [];
  }
  const brought = broughtTo(model);
  return (['command', 'args'] as const).flatMap(prop => [...new Set((props[prop] ?? []).flatMap(mentionedIn))]
    .filter(name => /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name) && !env.has(name) && !brought.env.has(name) && !ALWAYS_SET.test(name))
    .map(name => ({ prop: `${prefix}${prop}`, fault: {
      code: 'KEELSON1580', got: `$(${name})`, allowed: `a text whose variables the container has (${listOf([...env.keys(), ...brought.env.keys()])})`,
      fix: `add ${quoted(name)} to 'env', or write '$$(${name})' for the text itself, which a shell may read`,
    } })));
}

/** A container doesn't start where a resource of one that isn't there is asked for. */
function containerFaults({ prefix, env, volumes }: ContainerModel, models: ContainerModel[]): PropFault[] {
  const names = models.map(({ props }) => props.name);
  const faults = (prop: string, wanted: string | undefined) => (wanted === undefined || names.includes(wanted) ? [] : [{ prop, fault: {
    code: 'KEELSON1581', got: quoted(wanted), allowed: `a container of the pod (${listOf(names)})`, fix: 'name one of them',
  } }]);
  return [
    ...[...env].flatMap(([name, value]) => {
      const wanted = value?.valueFrom === undefined ? undefined : member(value.valueFrom, 'resourceFieldRef', 'containerName');
      return faults(`${prefix}env.${name}`, typeof wanted === 'string' ? wanted : undefined);
    }),
    ...[...volumes].flatMap(([path, { _containers }]) => (_containers ?? []).flatMap(wanted => faults(`${prefix}volumes.${path}`, wanted))),
  ];
}

function classFaults({ prefix, volumes }: ContainerModel, scope: IConstruct, profile: ClusterProfile): PropFault[] {
  return [...volumes].flatMap(([path, { _ephemeralClaim: claim }]) => {
    if (claim === undefined) {
      return [];
    }
    const prop = `${prefix}volumes.${path}`;
    const own = ownClassOf(scope, claim.storageClass);
    if (own?.retains === true) {
      Warnings.reportLate(scope, 'KEELSON1831', `'${prop}' has a volume of [${own.scope.node.path}], which keeps the volume of each pod that is gone: `
        + 'take a class with ReclaimPolicy.DELETE');
    }
    return claimFaults(scope, profile, claim.accessMode, claim.storageClass)
      .map(({ prop: member, fault }) => ({ prop, fault: { ...fault, member } }));
  });
}

function listOf(names: string[]): string {
  return names.length === 0 ? 'none' : [...new Set(names)].sort().join(', ');
}
