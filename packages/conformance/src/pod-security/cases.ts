import fc from 'fast-check';
import type { JsonObject } from '@keelson/testing';

/** The levels that refuse anything. */
export const LEVELS = ['baseline', 'restricted'] as const;
/** The release of the oldest rules. */
export const OLDEST = 27;

/** Pods, and the Namespace they are put in. */
export interface Case {
  readonly level: typeof LEVELS[number];
  /** The release whose rules it pins. */
  readonly minor: number;
  readonly pod: JsonObject;
  readonly annotations: JsonObject;
}

/** Mostly as restricted wants it, so that one thing alone is wrong often enough. */
export function caseUpTo(newest: number): fc.Arbitrary<Case> {
  const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  const mostly = <T>(usual: T, other: fc.Arbitrary<T | undefined>): fc.Arbitrary<T | undefined> =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
  const bool = fc.constantFrom(undefined, true, false);
  const profile = fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' }, { type: 'Localhost', localhostProfile: 'a.json' });
  const seLinux = fc.record({
    type: fc.constantFrom(undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t', 'spc_t'),
    user: fc.constantFrom(undefined, undefined, '', 'system_u'), role: fc.constantFrom(undefined, undefined, '', 'system_r'),
  });
  const capabilities = fc.record({
    drop: fc.constantFrom(['ALL'], ['ALL'], ['NET_RAW'], ['all'], [], undefined),
    add: fc.constantFrom(undefined, [], ['NET_BIND_SERVICE'], ['CHOWN'], ['SYS_ADMIN'], ['NET_BIND_SERVICE', 'KILL']),
  });
  const shared = { seLinuxOptions: seldom(seLinux), appArmorProfile: seldom(newest < 30 ? fc.constant(undefined) : profile) };
  const handler = (host: string | undefined): fc.Arbitrary<object> =>
    fc.constantFrom({ httpGet: { host, port: 80 } }, { tcpSocket: { host, port: 80 } });
  const asked = fc.constantFrom(undefined, '', '127.0.0.1', 'example.com').chain(handler);
  const container = (name: string): fc.Arbitrary<object> => fc.record({
    name: fc.constant(name), image: fc.constant('registry.example.com/web:1'),
    ports: seldom(fc.constantFrom([{ containerPort: 80 }], [{ containerPort: 80, hostPort: 80 }])),
    readinessProbe: name === 'web' ? seldom(asked) : fc.constant(undefined),
    lifecycle: name === 'web' ? seldom(asked.map((preStop) => ({ preStop }))) : fc.constant(undefined),
    securityContext: mostly<object>({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }, fc.record({
      allowPrivilegeEscalation: bool, privileged: seldom(bool), capabilities: fc.option(capabilities, { nil: undefined }),
    })).chain((base) => fc.record({
      ...shared,
      runAsNonRoot: mostly<boolean | undefined>(undefined, bool), runAsUser: seldom(fc.constantFrom(0, 10001)),
      seccompProfile: seldom(profile),
      // Before, an API server drops it, and judges what is left.
      procMount: newest < 33 ? fc.constant(undefined) : seldom(fc.constantFrom('Default', 'Unmasked')),
    }).map((more) => ({ ...base, ...more }))),
  });
  const volume = fc.constantFrom<object>(
    { emptyDir: {} }, { configMap: { name: 'a' } }, { secret: { secretName: 'a' } }, { hostPath: { path: '/a' } }, { nfs: { server: 'a', path: '/' } },
    { projected: { sources: [] } }, { downwardAPI: { items: [] } }, { persistentVolumeClaim: { claimName: 'a' } }, { csi: { driver: 'a.example.com' } },
    { ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } } },
    { iscsi: { targetPortal: '192.0.2.1:1', iqn: 'iqn.2001-04.com.example:storage', lun: 0 } },
  );
  const sysctl = fc.constantFrom(
    'kernel.shm_rmid_forced', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_rmem',
    'net.ipv4.tcp_slow_start_after_idle', 'kernel.msgmax',
  );
  const pod = fc.record({
    hostNetwork: seldom(bool), hostPID: seldom(bool), hostIPC: seldom(bool), hostUsers: seldom(bool),
    containers: container('web').map((each) => [each]), initContainers: seldom(container('first').map((each) => [each])),
    volumes: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(volume, { maxLength: 2 }) })
      .map((all) => all.map((each, index) => ({ name: `v${index}`, ...each }))),
    securityContext: fc.record({
      ...shared, runAsNonRoot: mostly<boolean | undefined>(true, bool), runAsUser: seldom(fc.constantFrom(0, 10001)),
      seccompProfile: mostly<object>({ type: 'RuntimeDefault' }, fc.option(profile, { nil: undefined })),
      sysctls: seldom(sysctl.map((name) => [{ name, value: '1' }])),
    }),
  });
  const annotation = fc.constantFrom('runtime/default', 'localhost/a', 'unconfined')
    .map((value) => ({ 'container.apparmor.security.beta.kubernetes.io/web': value }));
  return fc.record({
    level: fc.constantFrom(...LEVELS), minor: fc.integer({ min: OLDEST, max: newest }),
    annotations: seldom(annotation).map((given) => given ?? {}),
    pod: pod.map((each) => JSON.parse(JSON.stringify(each)) as JsonObject),
  });
}
