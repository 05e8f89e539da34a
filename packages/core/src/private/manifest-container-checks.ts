import { Image } from '../image';
import { isFilledInLater, items, member, recordAt, textAt, textOrNumberAt } from './manifest-fields';
import type { ManifestFault } from './manifest-pod-checks';
import { amountOf, NANOS } from './quantity';
import { quoted } from './quoted';

const LISTS = ['containers', 'initContainers'] as const;
const BYTES = /^(?:memory|ephemeral-storage|storage|hugepages-.*)$/;
/** More cores than any node has: `1M` was meant as `1m`. */
const MOST_CORES = 100_000n * NANOS;
const GRACE_SECONDS = 30;
/** These leave an image to the cluster's choice, which is the user's to make in an object of their own. */
const OPINIONS = new Set(['KEELSON1103', 'KEELSON1104']);

/** Capabilities as the kernel has them, without `CAP_`. @see https://man7.org/linux/man-pages/man7/capabilities.7.html */
const CAPABILITIES = new Set(['ALL', ...(`AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID
  IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID
  SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG
  WAKE_ALARM`).split(/\s+/)]);

/** What an API server takes of a container written by hand, and no node starts. */
export function containerFaults(spec: unknown, container: unknown, where: string): ManifestFault[] {
  const name = textAt(container, 'name') ?? '';
  const at = `${where}${name}`;
  return [
    ...imageFaults(container, at),
    ...userFaults(spec, container, at),
    ...capabilityFaults(container, at),
    ...amountFaults(recordAt(container, 'resources', 'requests'), `${at}.resources.requests`),
    ...amountFaults(recordAt(container, 'resources', 'limits'), `${at}.resources.limits`),
    ...sleepFaults(spec, container, at),
  ];
}

/** What no pod can have: two listeners on one port, a spread over no pods, a part of a byte. */
export function podFaultsByHand(spec: unknown, path: string): ManifestFault[] {
  return [
    ...sharedPortFaults(spec, path),
    ...items(member(spec, 'topologySpreadConstraints')).flatMap((constraint, i) => (recordAt(constraint, 'labelSelector') !== undefined ? [] : [{
      prop: `${path}.topologySpreadConstraints[${i}]`, fault: {
        code: 'KEELSON1453', got: 'no labelSelector, which counts no pod', allowed: 'with the labels of the pods to spread', fix: "add it, such as labelSelector: { matchLabels: { app: 'web' } }",
      },
    }])),
    ...items(member(spec, 'volumes')).flatMap(volume => byteFaults(textOrNumberAt(volume, 'emptyDir', 'sizeLimit'),
      `${path}.volumes.${textAt(volume, 'name') ?? ''}.emptyDir.sizeLimit`)),
  ];
}

/** What is wrong with amounts by resource: a part of a byte, or a million cores. */
export function amountFaults(amounts: Record<string, unknown> | undefined, where: string): ManifestFault[] {
  return Object.keys(amounts ?? {}).flatMap((resource) => {
    const amount = textOrNumberAt(amounts, resource);
    return BYTES.test(resource) ? byteFaults(amount, `${where}.${resource}`) : resource === 'cpu' ? coreFaults(amount, `${where}.cpu`) : [];
  });
}

function byteFaults(amount: string | number | undefined, prop: string): ManifestFault[] {
  const nanos = amount === undefined ? undefined : amountOf(String(amount))?.nanos;
  return nanos === undefined || nanos % NANOS === 0n ? [] : [{ prop, fault: {
    code: 'KEELSON1454', got: quoted(amount), allowed: 'whole bytes', fix: "give a unit of bytes, such as '100Mi': 'm' is a thousandth",
  } }];
}

function coreFaults(amount: string | number | undefined, prop: string): ManifestFault[] {
  const nanos = amount === undefined ? undefined : amountOf(String(amount))?.nanos;
  return nanos === undefined || nanos < MOST_CORES ? [] : [{ prop, fault: {
    code: 'KEELSON1454', got: quoted(amount), allowed: 'cores that a node may have', fix: "write a thousandth of a core as '1m'",
  } }];
}

function imageFaults(container: unknown, at: string): ManifestFault[] {
  const image = textAt(container, 'image') ?? '';
  return isFilledInLater(image) ? [] : Image.parse(image).faults.filter(({ code }) => !OPINIONS.has(code)).map(fault => ({ prop: `${at}.image`, fault }));
}

/** What the container says counts, else what the pod says. */
function userFaults(spec: unknown, container: unknown, at: string): ManifestFault[] {
  const said = (field: string) => member(container, 'securityContext', field) ?? member(spec, 'securityContext', field);
  return said('runAsNonRoot') !== true || said('runAsUser') !== 0 ? [] : [{ prop: `${at}.securityContext`, fault: {
    code: 'KEELSON1451', got: 'runAsNonRoot and runAsUser 0', allowed: 'another user than root, or root', fix: 'name another user: no kubelet starts root where runAsNonRoot is set',
  } }];
}

function capabilityFaults(container: unknown, at: string): ManifestFault[] {
  return ['add', 'drop'].flatMap(list => items(member(container, 'securityContext', 'capabilities', list))
    .filter((capability): capability is string => typeof capability === 'string' && !CAPABILITIES.has(capability) && !isFilledInLater(capability))
    .map((capability) => {
      const meant = capability.toUpperCase().replace(/^CAP_/, '');
      return { prop: `${at}.securityContext.capabilities.${list}`, fault: {
        code: 'KEELSON1452', got: quoted(capability), allowed: "a capability in upper case, without 'CAP_'", fix: CAPABILITIES.has(meant) ? `write ${quoted(meant)}` : 'name one of capabilities(7)',
      } };
    }));
}

function sleepFaults(spec: unknown, container: unknown, at: string): ManifestFault[] {
  const seconds = member(container, 'lifecycle', 'preStop', 'sleep', 'seconds');
  const grace = member(spec, 'terminationGracePeriodSeconds') ?? GRACE_SECONDS;
  return typeof seconds !== 'number' || typeof grace !== 'number' || seconds < grace ? [] : [{ prop: `${at}.lifecycle.preStop.sleep.seconds`, fault: {
    code: 'KEELSON1450', got: String(seconds), allowed: `less than the ${grace} seconds that the pod has to end`, fix: 'raise terminationGracePeriodSeconds: no time is left for SIGTERM',
  } }];
}

/** Containers of a pod share its network; init containers are gone when the others start. */
function sharedPortFaults(spec: unknown, path: string): ManifestFault[] {
  const first = new Map<string, string>();
  return items(member(spec, LISTS[0])).flatMap(container => items(member(container, 'ports')).flatMap((port) => {
    const name = textAt(container, 'name') ?? '';
    const key = `${textOrNumberAt(port, 'containerPort') ?? ''}/${textAt(port, 'protocol') ?? 'TCP'}`;
    const owner = first.get(key) ?? name;
    first.set(key, owner);
    return owner === name ? [] : [{ prop: `${path}.${LISTS[0]}.${name}.ports`, fault: {
      code: 'KEELSON1449', got: `${key}, which container ${quoted(owner)} has`, allowed: 'ports that no other container of the pod has',
      fix: 'have one of the two listen on another port: they share one network',
    } }];
  }));
}
