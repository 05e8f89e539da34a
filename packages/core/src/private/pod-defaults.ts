import { IEnvValue, EnvValue } from '../env-value';
import { Fault } from '../faults';
import { Labels } from '../labels';
import type { PodDefaultsProps } from '../pod-defaults';
import { IPriorityClass } from '../priority-class';
import { Resources } from '../resources';
import { ISecret } from '../secret-reference';
import type { Toleration } from '../toleration';
import { envNameFaults } from './env-name';
import { listFaults, otherType } from './made';
import { MergedResources, mergeResources } from './merge-resources';
import { quoted } from './quoted';
import { referenceFaults } from './references';
import { within } from './within';

type Texts = { [key: string]: string };

/** What was applied to a construct, in order. */
export interface Applied {
  readonly path: string;
  readonly props: PodDefaultsProps[];
}

/** What is in force at a construct: all scopes taken together. */
export interface InForce {
  readonly env: { [name: string]: IEnvValue };
  readonly labels: Texts;
  readonly annotations: Texts;
  readonly resources: Resources;
  readonly tolerations: Toleration[];
  readonly nodeSelector: Texts;
  readonly priorityClass?: IPriorityClass;
  readonly imagePullSecrets: ISecret[];
  /** The path of the construct that each setting is from. */
  readonly origins: Texts;
}

export const NO_DEFAULTS: InForce = {
  env: {}, labels: {}, annotations: {}, resources: {}, tolerations: [], nodeSelector: {}, imagePullSecrets: [], origins: {},
};

/** All that scopes pass on, the outermost first: maps and lists add up, and of what says one thing the nearest stays. */
export function inForce(scopes: Applied[]): InForce {
  return scopes.flatMap(({ path, props }) => props.map(each => ({ path, props: each }))).reduce(over, NO_DEFAULTS);
}

function over(outer: InForce, { path, props }: { path: string; props: PodDefaultsProps }): InForce {
  const { resources = {}, nodeSelector } = props;
  return {
    env: { ...outer.env, ...said(props.env) },
    labels: { ...outer.labels, ...props.labels },
    annotations: { ...outer.annotations, ...props.annotations },
    resources: mergeResources(outer.resources, resources),
    tolerations: joined(outer.tolerations, props.tolerations, toleration => String(toleration?._taint)),
    nodeSelector: isNone(nodeSelector) ? {} : { ...outer.nodeSelector, ...nodeSelector },
    priorityClass: props.priorityClass ?? outer.priorityClass,
    imagePullSecrets: joined(outer.imagePullSecrets, props.imagePullSecrets, secret => String(secret?.name)),
    origins: { ...outer.origins, ...Object.fromEntries(settingsOf(props).map(setting => [setting, path])) },
  };
}

/** Without the note of which fields are from around. */
export function bareResources(resources: Resources): Resources {
  const { inherited: _, ...bare } = resources as Partial<MergedResources>;
  return bare;
}

/** Tolerations of a pod: its own, and those of the scopes around that it leaves open; an empty list takes all away. */
export function withTolerations(around: Toleration[], own: Toleration[] | undefined): Toleration[] {
  return joined(around, own, toleration => String(toleration?._taint));
}

/** The labels that a pod's node must have; an empty map takes away what scopes around say. */
export function withNodeSelector(around: Texts, own: Texts | undefined): Texts {
  return isNone(own) ? {} : { ...around, ...own };
}

function joined<T>(around: T[], own: T[] | undefined, identity: (item: T) => string): T[] {
  if (own === undefined) {
    return around;
  }
  return own.length === 0 ? own : [...new Map([...around, ...own].map(item => [identity(item), item])).values()];
}

function isNone(map: object | undefined): boolean {
  return map !== undefined && Object.keys(map).length === 0;
}

/** `{ DEBUG: wanted ? … : undefined }` may leave one out. */
function said<T>(map: { [key: string]: T | undefined } = {}): { [key: string]: T } {
  return Object.fromEntries(Object.entries(map).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

/** `env.TZ`, `resources.cpuRequest`, `tolerations`: what a scope has a say in. */
function settingsOf(props: PodDefaultsProps): string[] {
  const { env, labels, annotations, resources, nodeSelector, ...whole } = props;
  return [
    ...Object.entries({ env, labels, annotations, resources, nodeSelector })
      .flatMap(([prop, map]) => Object.keys(said<unknown>({ ...map })).map(key => `${prop}.${key}`)),
    ...Object.keys(said<unknown>({ ...whole })),
  ];
}

const MAPS = ['env', 'labels', 'annotations', 'resources', 'nodeSelector'] as const;
const LISTS = ['tolerations', 'imagePullSecrets'] as const;

/** Defaults without what is neither the map nor the list that it should be; programs without types may give anything. */
export function soundDefaults(props: PodDefaultsProps): PodDefaultsProps {
  const bad = new Set(defaultsTypeFaults(props).map(({ member }) => member));
  return Object.fromEntries(Object.entries(props ?? {}).filter(([prop]) => !bad.has(prop)));
}

/** What is neither the map nor the list that it should be. */
export function defaultsTypeFaults(props: PodDefaultsProps): Fault[] {
  const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return [
    ...MAPS.filter(prop => props?.[prop] !== undefined && !isMap(props[prop])).map(prop => otherType(props[prop], 'a map', 'write it like { … }, or leave it out', prop)),
    ...LISTS.flatMap(prop => listFaults(props?.[prop], prop === 'tolerations' ? 'values of Toleration' : 'Secrets', 'write it like [ … ], or leave it out', prop)),
  ];
}

/** What is wrong with defaults, whoever gets them; resources are judged with what each container says itself. */
export function podDefaultsFaults(props: PodDefaultsProps): Fault[] {
  const { env, labels = {}, annotations = {}, tolerations = [], nodeSelector = {}, priorityClass, imagePullSecrets = [] } = props;
  return [
    ...Object.entries(said(env)).flatMap(([name, value]) => within(`env.${name}`, [...envNameFaults(name), ...EnvValue.faultsOf(value)])),
    ...within('labels', sharedLabelFaults(labels)),
    ...within('annotations', Object.entries(annotations).flatMap(([key, value]) => Labels.annotationFaultsOf(key, value))),
    ...tolerations.flatMap((toleration, at) => within(`tolerations[${at}]`, toleration.faults)),
    ...within('nodeSelector', Object.entries(nodeSelector).flatMap(([key, value]) => Labels.faultsOf(key, value))),
    ...(priorityClass === undefined ? [] : within('priorityClass', referenceFaults(priorityClass, 'PriorityClass'))),
    ...imagePullSecrets.flatMap((secret, at) => within(`imagePullSecrets[${at}]`, referenceFaults(secret, 'Secret'))),
  ];
}

/** What is wrong with labels that many objects are to have: the one that selects pods is the name of each workload. */
export function sharedLabelFaults(labels: Texts): Fault[] {
  return Object.entries(labels).flatMap(([key, value]) => key !== Labels.INSTANCE ? Labels.faultsOf(key, value) : [{
    code: 'KEELSON1059', got: quoted(key), allowed: 'another label than the one that selects pods, which is the name of each workload',
    fix: `try '${Labels.PART_OF}'`,
  }]);
}
