import { items, member, recordAt, textAt, textOrNumberAt, textsAt } from './manifest-fields';

/** A level that refuses anything. */
export type RefusingLevel = 'baseline' | 'restricted';

/** The pods that a Namespace refuses. */
export interface PodSecurity {
  readonly level: RefusingLevel;
  /** The release whose rules are applied; undefined for those of the cluster. */
  readonly minor: number | undefined;
}

type Container = Record<string, unknown>;

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** The oldest rules that are known here: those of the oldest release there is a profile for. */
const OLDEST = 27;
const LISTS = ['initContainers', 'containers'] as const;
const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
const BASELINE_CAPABILITIES = new Set([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
]);
const RESTRICTED_VOLUMES = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret']);
const SELINUX_TYPES = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t']);
const SECCOMP = new Set(['RuntimeDefault', 'Localhost']);
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
/** Sysctls by the release whose rules let them through first. */
const SYSCTLS: ReadonlyMap<string, number> = new Map([
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start']
    .map(name => [name, 0] as const),
  ['net.ipv4.ip_local_reserved_ports', 27],
  ...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'].map(name => [name, 29] as const),
  ['net.ipv4.tcp_rmem', 32], ['net.ipv4.tcp_wmem', 32],
]);

/** What the labels of a Namespace say; undefined where nothing is refused, or by rules that are older than any known here. */
export function podSecurityOf(labels: ReadonlyMap<string, string> | undefined): PodSecurity | undefined {
  const level = labels?.get(ENFORCE);
  if (level !== 'baseline' && level !== 'restricted') {
    return undefined;
  }
  const pinned = /^v1\.(\d+)$/.exec(labels?.get(`${ENFORCE}-version`) ?? '')?.[1];
  const minor = pinned === undefined ? undefined : Number(pinned);
  return minor !== undefined && minor < OLDEST ? undefined : { level, minor };
}

/**
 * What a level of Pod Security refuses of pods, in words; nothing where it admits them.
 *
 * @param template their `metadata` and `spec`, rendered.
 * @param minor the release whose rules are applied, from 1.27 on.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityViolations(template: unknown, level: RefusingLevel, minor: number): string[] {
  const spec = member(template, 'spec');
  const containers = LISTS.flatMap(list => items(member(spec, list))) as Container[];
  const inBaseline = [
    ...ofNode(spec), ...ofPod(template, spec, minor),
    ...containers.flatMap(container => named(container, baselineOf(container, spec, minor))),
  ];
  return level === 'baseline' ? inBaseline : [
    ...inBaseline, ...restrictedVolumes(spec), ...containers.flatMap(container => named(container, restrictedOf(container, spec, minor))),
  ];
}

/** What pods take of their node: all that the pods of this library can ask for and a level refuses. */
function ofNode(spec: unknown): string[] {
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter(field => member(spec, field) === true),
    ...items(member(spec, 'volumes')).filter(volume => member(volume, 'hostPath') !== undefined).map(volume => `hostPath of volume '${textAt(volume, 'name') ?? ''}'`),
  ];
}

function ofPod(template: unknown, spec: unknown, minor: number): string[] {
  const context = member(spec, 'securityContext');
  const annotations = [...textsAt(template, 'metadata', 'annotations') ?? []];
  return [
    ...items(member(context, 'sysctls')).map(sysctl => textAt(sysctl, 'name') ?? '').filter(name => (SYSCTLS.get(name) ?? Infinity) > minor).map(name => `sysctl ${name}`),
    ...annotations.filter(([key, value]) => key.startsWith(APPARMOR_ANNOTATION) && !/^(?:$|runtime\/default$|localhost\/)/.test(value)).map(([key]) => `annotation ${key}`),
    ...contextOf(context, minor),
  ];
}

/** What a pod's and a container's security context share. */
function contextOf(context: unknown, minor: number): string[] {
  const selinux = member(context, 'seLinuxOptions');
  const type = textAt(selinux, 'type') ?? '';
  const seccomp = textAt(context, 'seccompProfile', 'type');
  const appArmor = textAt(context, 'appArmorProfile', 'type');
  return [
    ...(SELINUX_TYPES.has(type) || (type === 'container_engine_t' && minor >= 31) ? [] : [`seLinuxOptions.type ${type}`]),
    ...['user', 'role'].filter(field => (textAt(selinux, field) ?? '') !== '').map(field => `seLinuxOptions.${field}`),
    ...(seccomp === undefined || SECCOMP.has(seccomp) ? [] : [`seccompProfile ${seccomp}`]),
    ...(appArmor === undefined || SECCOMP.has(appArmor) ? [] : [`appArmorProfile ${appArmor}`]),
    ...(member(context, 'windowsOptions', 'hostProcess') === true ? ['windowsOptions.hostProcess'] : []),
  ];
}

function baselineOf(container: Container, spec: unknown, minor: number): string[] {
  const context = member(container, 'securityContext');
  const mount = textAt(context, 'procMount');
  const anyProcMount = minor >= 35 && member(spec, 'hostUsers') === false;
  return [
    ...hostPorts(container),
    ...(member(context, 'privileged') === true ? ['privileged'] : []),
    ...added(context).filter(name => !BASELINE_CAPABILITIES.has(name)).map(name => `capability ${name}`),
    ...(mount === undefined || mount === 'Default' || anyProcMount ? [] : [`procMount ${mount}`]),
    ...contextOf(context, minor),
    ...(minor >= 34 ? hosts(container) : []),
  ];
}

function restrictedOf(container: Container, spec: unknown, minor: number): string[] {
  const [context, pod] = [member(container, 'securityContext'), member(spec, 'securityContext')];
  const ofWindows = textAt(spec, 'os', 'name') === 'windows';
  const inUserNamespace = minor >= 35 && member(spec, 'hostUsers') === false;
  const mount = textAt(context, 'procMount');
  const nonRoot = member(context, 'runAsNonRoot') ?? member(pod, 'runAsNonRoot');
  const isRoot = member(pod, 'runAsNonRoot') === false || nonRoot !== true;
  const dropsAll = items(member(context, 'capabilities', 'drop')).includes('ALL');
  const hasSeccomp = [context, pod].some(each => textAt(each, 'seccompProfile', 'type') !== undefined);
  return [
    ...(isRoot && !inUserNamespace ? ['no runAsNonRoot: true'] : []),
    ...([context, pod].some(each => member(each, 'runAsUser') === 0) && !inUserNamespace ? ['runAsUser 0'] : []),
    ...(mount === undefined || mount === 'Default' || minor < 35 || member(spec, 'hostUsers') !== false ? [] : [`procMount ${mount}`]),
    ...(ofWindows ? [] : [
      ...(member(context, 'allowPrivilegeEscalation') === false ? [] : ['no allowPrivilegeEscalation: false']),
      ...(dropsAll ? [] : ["no capabilities.drop: ['ALL']"]),
      ...added(context).filter(name => name !== 'NET_BIND_SERVICE' && BASELINE_CAPABILITIES.has(name)).map(name => `capability ${name}`),
      ...(hasSeccomp ? [] : ['no seccompProfile']),
    ]),
  ];
}

function restrictedVolumes(spec: unknown): string[] {
  return items(member(spec, 'volumes')).flatMap(volume => {
    const sources = Object.keys(recordAt(volume) ?? {}).filter(key => key !== 'name');
    const other = sources.some(source => RESTRICTED_VOLUMES.has(source)) ? undefined : sources.find(source => source !== 'hostPath');
    return other === undefined ? [] : [`${other} of volume '${textAt(volume, 'name') ?? ''}'`];
  });
}

function hostPorts(container: Container): string[] {
  return items(member(container, 'ports')).map(port => textOrNumberAt(port, 'hostPort') ?? 0).filter(port => port !== 0).map(port => `hostPort ${port}`);
}

/** Probes and hooks that ask another host than the pod. */
function hosts(container: Container): string[] {
  const actions = [...PROBES.map(probe => [probe] as const), ...HOOKS.map(hook => ['lifecycle', hook] as const)];
  return actions.flatMap(path => ['httpGet', 'tcpSocket'].flatMap(action => {
    const host = textAt(container, ...path, action, 'host') ?? '';
    return host === '' ? [] : [`host ${host} of ${path.join('.')}`];
  }));
}

function added(context: unknown): string[] {
  return items(member(context, 'capabilities', 'add')).map(String);
}

function named(container: Container, violations: string[]): string[] {
  return violations.map(violation => `${violation} in container '${textAt(container, 'name') ?? ''}'`);
}
