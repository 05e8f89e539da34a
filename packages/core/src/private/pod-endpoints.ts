import { Endpoint } from '../endpoint';
import { IEnvValue } from '../env-value';
import { Fault } from '../faults';
import { Volume } from '../volume';
import { ContainerModel } from './container-model';

/** The variables that connected endpoints bring. */
export function endpointEnv(endpoints: Endpoint[]): Map<string, IEnvValue> {
  return new Map(endpoints.flatMap(({ env }) => Object.entries(env ?? {})));
}

/** The files that connected endpoints bring, by mount path. */
export function endpointVolumes(endpoints: Endpoint[]): Map<string, Volume> {
  return new Map(endpoints.flatMap(({ volumes }) => Object.entries(volumes ?? {})));
}

/** What a container says itself and an endpoint says again. */
export function endpointFaults(container: ContainerModel, endpoints: Endpoint[]): { prop: string; fault: Fault }[] {
  const env = [...endpointEnv(endpoints)].filter(([name, value]) => (container.env.get(name) ?? value) !== value);
  const paths = [...endpointVolumes(endpoints).keys()].filter(path => container.volumes.has(path));
  return [
    ...env.map(([name]) => ({ prop: `env.${name}`, fault: {
      code: 'KEELSON1202', got: 'a second value, which a connected endpoint brings', allowed: 'set once', fix: 'remove it: the endpoint sets it',
    } })),
    ...paths.map(path => ({ prop: `volumes.${path}`, fault: {
      code: 'KEELSON1204', got: 'a second volume, which a connected endpoint brings', allowed: 'the mount path of one volume', fix: 'choose another path',
    } })),
  ];
}
