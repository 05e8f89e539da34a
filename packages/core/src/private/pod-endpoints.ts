import { Endpoint } from '../endpoint';
import { EnvValue, IEnvValue } from '../env-value';
import { Fault } from '../faults';
import { Volume } from '../volume';
import { ContainerModel } from './container-model';
import { envNameFaults } from './env-name';
import { mountPathFaults, mountPathOf } from './mount-paths';
import { foreignNamespaceFaults, missingKeyFaults } from './references';

/** What connected endpoints bring into a container. */
export interface Brought {
  readonly env: ReadonlyMap<string, IEnvValue>;
  /** Volumes by mount path. */
  readonly volumes: ReadonlyMap<string, Volume>;
}

export const NOTHING: Brought = { env: new Map(), volumes: new Map() };

export function broughtBy(endpoints: Endpoint[]): Brought {
  const mounts = endpoints.flatMap(({ volumes }) => Object.entries(volumes ?? {}));
  return {
    env: new Map(endpoints.flatMap(({ env }) => Object.entries(env ?? {}))),
    volumes: new Map(mounts.map(([path, volume]) => [mountPathOf(path), volume])),
  };
}

/** What can't be brought: what the container says itself, what has faults, and what pods of this namespace don't reach. */
export function endpointFaults(
  container: ContainerModel, { env, volumes }: Brought, namespace: string | undefined,
): { prop: string; fault: Fault }[] {
  const reachable = (value: object) => [...foreignNamespaceFaults(value, namespace), ...missingKeyFaults(value)];
  return [
    ...[...env].flatMap(([name, value]) => [
      ...((container.env.get(name) ?? value) === value ? [] : [{
        code: 'KEELSON1202', got: 'a second value, which a connected endpoint brings', allowed: 'set once', fix: 'remove it: the endpoint sets it',
      }]),
      ...envNameFaults(name), ...EnvValue.faultsOf(value), ...reachable(value),
    ].map(fault => ({ prop: `env.${name}`, fault }))),
    ...[...volumes].flatMap(([path, volume]) => [
      ...((container.volumes.get(path) ?? volume) === volume ? [] : [{
        code: 'KEELSON1204', got: 'a second volume, which a connected endpoint brings', allowed: 'the mount path of one volume', fix: 'choose another path',
      }]),
      ...(volume._inlineData === undefined ? [] : [{
        code: 'KEELSON1225', got: 'files with their content', allowed: 'a volume that its owner defines, where a connected endpoint brings it',
        fix: 'let the endpoint offer them by Volume.fromConfigMap',
      }]),
      ...mountPathFaults(path), ...volume.faults, ...reachable(volume),
    ].map(fault => ({ prop: `volumes.${path}`, fault }))),
  ];
}
