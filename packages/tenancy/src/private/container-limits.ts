import { Fault, Quantity } from '@keelson/core';
import { podSpecOf } from './object-use';
import { Rendered } from './pod-use';

/** What a prop of `containerDefaults` is called by. */
const MEMBERS: { readonly [resource: string]: string } = { 'cpu': 'cpuLimit', 'memory': 'memoryLimit', 'ephemeral-storage': 'ephemeralStorageLimit' };

/**
 * Containers whose requests are above the limit that the LimitRange gives those that name none: the API server refuses their pods, which
 * of a Deployment is said in the events of its ReplicaSet only.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/#limitrange-and-admission-checks-for-pods
 */
export function aboveDefaultLimit(objects: readonly Rendered[], limits: Rendered): Fault[] {
  return limitedByDefault(objects, limits).filter(({ asked, limit }) => asked.exceeds(limit)).map(({ where, resource, asked, limit }) => ({
    code: 'KEELSON4024', member: MEMBERS[resource] ?? resource, got: `${limit.text} for ${where}, which asks for ${asked.text} and names no limit`,
    allowed: 'at least what containers without a limit ask for', fix: 'name a limit there, or raise this one',
  }));
}

/** Containers that mean to have no CPU limit, and get one. */
export function limitedAllTheSame(objects: readonly Rendered[], limits: Rendered): string[] {
  return limitedByDefault(objects, limits).filter(({ resource, asked, limit }) => resource === 'cpu' && !asked.exceeds(limit))
    .map(({ where, limit }) => `${where} (${limit.text})`);
}

/** A container that says what it asks for, and not what it gets at most. */
interface Limited {
  readonly where: string;
  readonly resource: string;
  readonly asked: Quantity;
  /** What it gets then. */
  readonly limit: Quantity;
}

function limitedByDefault(objects: readonly Rendered[], limits: Rendered): Limited[] {
  const defaults = Object.entries(limits?.default ?? {});
  return objects.flatMap((object) => {
    const spec = podSpecOf(object);
    const containers: Rendered[] = [...spec?.initContainers ?? [], ...spec?.containers ?? []];
    return containers.flatMap(({ name, resources }) => defaults.flatMap(([resource, limit]): Limited[] => {
      const asked = resources?.requests?.[resource];
      return asked === undefined || resources.limits?.[resource] !== undefined ? [] : [{
        where: `container '${name}' of ${object.kind} ${object.metadata?.name}`, resource, asked: Quantity.parse(String(asked)), limit: Quantity.parse(String(limit)),
      }];
    }));
  });
}
