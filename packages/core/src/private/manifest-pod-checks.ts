import { Fault } from '../faults';
import { containerFaults, podFaultsByHand } from './manifest-container-checks';
import { isFilledInLater, items, member, textAt, textOrNumberAt } from './manifest-fields';
import { quoted } from './quoted';

/** A fault of an object's manifest. */
export interface ManifestFault {
  /** Where it is in the manifest. */
  readonly prop: string;
  readonly fault: Fault;
}

/** Nothing is wrong with nearly all: they share one list. */
export const NO_FAULTS: readonly ManifestFault[] = [];

const LISTS = ['containers', 'initContainers'] as const;
const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
const ACTIONS = ['httpGet', 'tcpSocket'] as const;
/** What Istio's webhook puts its own image for. */
const INJECTED = 'auto';

/**
 * What an API server takes and no node can run: ports that aren't there, paths that no container has.
 *
 * @param spec a pod's `spec`, rendered or not.
 * @param path where it is in the object.
 */
export function podSpecFaults(spec: unknown, path: string): readonly ManifestFault[] {
  let faults: ManifestFault[] | undefined;
  for (const list of LISTS) {
    for (const container of items(member(spec, list))) {
      if (isWhole(container)) {
        const where = `${path}.${list}.`;
        faults = added(faults, portFaults(container, where));
        faults = added(faults, mountFaults(spec, container, where));
        faults = added(faults, containerFaults(spec, container, where));
      }
    }
  }
  return added(faults, podFaultsByHand(spec, path)) ?? NO_FAULTS;
}

/** The volumes that containers mount and that the pod, or what makes its claims, doesn't have. */
export function missingVolumes(spec: unknown, claimTemplates: ReadonlySet<string>): readonly string[] {
  let missing: Set<string> | undefined;
  const volumes = namesIn(member(spec, 'volumes'));
  for (const list of LISTS) {
    for (const container of items(member(spec, list))) {
      if (isWhole(container)) {
        for (const name of mountedIn(container)) {
          if (!volumes.includes(name) && !claimTemplates.has(name) && !isFilledInLater(name)) {
            missing = (missing ?? new Set()).add(name);
          }
        }
      }
    }
  }
  return missing === undefined ? [] : [...missing];
}

/** Names of the volumes that a container mounts, as files or as a block device. */
export function mountedIn(container: unknown): string[] {
  const [mounts, devices] = [member(container, 'volumeMounts'), member(container, 'volumeDevices')];
  return devices === undefined ? namesIn(mounts) : [...namesIn(mounts), ...namesIn(devices)];
}

export function namesIn(list: unknown): string[] {
  return items(list).map(item => textAt(item, 'name')).filter(name => name !== undefined);
}

/** Without an image it is a part of a container whose other parts come from elsewhere: a webhook, another field manager. */
function isWhole(container: unknown): boolean {
  const image = textAt(container, 'image');
  return image !== undefined && image !== INJECTED;
}

/** A kubelet looks a name up among the ports of the same container. */
function portFaults(container: unknown, where: string): readonly ManifestFault[] {
  let faults: ManifestFault[] | undefined;
  for (const probe of PROBES) {
    const handler = member(container, probe);
    faults = handler === undefined ? faults : added(faults, handlerFaults(container, handler, where, probe));
  }
  const lifecycle = member(container, 'lifecycle');
  for (const hook of lifecycle === undefined ? [] : HOOKS) {
    faults = added(faults, handlerFaults(container, member(lifecycle, hook), where, `lifecycle.${hook}`));
  }
  return faults ?? NO_FAULTS;
}

function handlerFaults(container: unknown, handler: unknown, where: string, prop: string): readonly ManifestFault[] {
  for (const action of ACTIONS) {
    const port = textOrNumberAt(handler, action, 'port');
    if (typeof port === 'string' && !isFilledInLater(port)) {
      const declared = namesIn(member(container, 'ports'));
      return declared.includes(port) ? NO_FAULTS : [{ prop: `${where}${nameOf(container)}.${prop}.${action}.port`, fault: {
        code: 'KEELSON1442', got: quoted(port), allowed: `the name of a port that the container declares (${declared.length === 0 ? 'none' : declared.join(', ')})`,
        fix: 'declare the port, or give its number',
      } }];
    }
  }
  return NO_FAULTS;
}

function mountFaults(spec: unknown, container: unknown, where: string): readonly ManifestFault[] {
  let faults: ManifestFault[] | undefined;
  for (const mount of items(member(container, 'volumeMounts'))) {
    const path = textAt(mount, 'mountPath');
    if (path !== undefined && (!path.startsWith('/') || path.includes(':')) && !isFilledInLater(path) && !isOfWindows(path, spec)) {
      faults = added(faults, [{ prop: `${where}${nameOf(container)}.volumeMounts.${textAt(mount, 'name') ?? ''}.mountPath`, fault: {
        code: 'KEELSON1443', got: quoted(path), allowed: "an absolute path without ':'", fix: "write the whole path, such as '/var/cache/app'",
      } }]);
    }
  }
  return faults ?? NO_FAULTS;
}

function isOfWindows(path: string, spec: unknown): boolean {
  return path.includes('\\') || /^[A-Za-z]:(?:\/|$)/.test(path)
    || textAt(spec, 'os', 'name') === 'windows' || textAt(spec, 'nodeSelector', 'kubernetes.io/os') === 'windows';
}

function nameOf(container: unknown): string {
  return textAt(container, 'name') ?? '';
}

function added(faults: ManifestFault[] | undefined, more: readonly ManifestFault[]): ManifestFault[] | undefined {
  return more.length === 0 ? faults : [...faults ?? [], ...more];
}
