import { ApiObject, App as Cdk8sApp, Chart, JsonPatch } from 'cdk8s';
import { describe, expect, test, vi } from 'vitest';
import { App, ClusterProfile, ConfigMap, Manifest, Namespace, PodSecurityLevel, PodTemplate, Probe, Volume, type WorkloadProps } from '../src';
import { IMAGE, Server } from './server';
import { type Make, saidBy } from './two-apps';

const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const container = { name: 'web', image: IMAGE, securityContext: RESTRICTED };
const HOST_PID = { hostPID: true, restartPolicy: 'Never', containers: [container] };
const IN_WEB = " in container 'web'";

interface Cluster {
  readonly version?: string;
  readonly level?: PodSecurityLevel;
  readonly pinned?: string;
}

/** What is wrong with an app that makes a Namespace and something in it: the same under ours and under a plain one. */
function mistakesOf(build: (shop: Chart) => void, { version = '1.36', level, pinned }: Cluster = {}): string[] {
  const [ours, plain] = [App, Cdk8sApp].map(Kind => {
    const app = new Kind();
    ClusterProfile.kubernetes({ version }).applyTo(app);
    new Namespace(new Chart(app, 'platform'), 'shop', { podSecurity: level, podSecurityVersion: pinned });
    build(new Chart(app, 'shop', { namespace: 'shop' }));
    return saidBy(app);
  });
  expect(ours).toEqual(plain);
  return ours ?? [];
}

const labels = { 'app.kubernetes.io/instance': 'web' };
const deployment = (spec: object, metadata: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels, ...metadata }, spec } },
});

/** What a level refuses of pods written by hand: the same of ours and of cdk8s' own objects. */
function refused(template: object, cluster: Cluster = {}): string[] {
  const [ours, raw] = [Manifest, ApiObject].map(Made => mistakesOf(shop => new (Made as Make)(shop, 'web', template as never), cluster));
  expect(ours).toEqual(raw);
  return ours ?? [];
}

function message(violations: string, level = 'restricted', path = 'spec.template.spec', at = 'shop/web'): string {
  return `[${at}] KEELSON1464 '${path}' must be what Pod Security ${level} admits, which Namespace 'shop' enforces, got ${violations}: `
    + "change the pods, or set 'podSecurity' of the Namespace: as it is, none of them is created";
}

const pod = (spec: object, cluster: Cluster = {}) => refused(deployment({ containers: [container], ...spec }), cluster);
const inContainer = (more: object, cluster: Cluster = {}, spec: object = {}) =>
  pod({ containers: [{ ...container, ...more }], ...spec }, cluster);
const secured = (context: object, cluster: Cluster = {}, spec: object = {}) =>
  inContainer({ securityContext: { ...RESTRICTED, ...context } }, cluster, spec);
const baseline = { level: PodSecurityLevel.BASELINE };

describe('pods that a Namespace of the same app refuses', () => {
  test('are those without what restricted asks for', () => {
    expect(pod({})).toEqual([]);
    expect(inContainer({ securityContext: undefined })).toEqual([message(['no runAsNonRoot: true', 'no allowPrivilegeEscalation: false',
      "no capabilities.drop: ['ALL']", 'no seccompProfile'].map(each => each + IN_WEB).join(', '))]);
    expect(inContainer({ securityContext: undefined }, baseline)).toEqual([]);
  });

  test('of another namespace, or of one that is made elsewhere, are nobody\'s to judge', () => {
    const bare = deployment({ containers: [{ name: 'web', image: IMAGE }] });
    expect(mistakesOf(shop => new ApiObject(new Chart(shop, 'other', { namespace: 'other' }), 'web', bare))).toEqual([]);
    expect(mistakesOf(shop => new ApiObject(shop, 'web', bare))).toHaveLength(1);
    expect(mistakesOf(shop => new ApiObject(shop, 'web', bare), { level: PodSecurityLevel.UNSAFE_PRIVILEGED })).toEqual([]);
  });

  test.each([
    ['Pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels }, spec: HOST_PID }, 'spec'],
    ['Job', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'web' }, spec: { template: { spec: HOST_PID } } }, 'spec.template.spec'],
    ['CronJob', {
      apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'web' },
      spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec: HOST_PID } } } },
    }, 'spec.jobTemplate.spec.template.spec'],
  ])('are found in a %s', (_, object, path) => {
    expect(refused(object)).toEqual([message('hostPID', 'restricted', path)]);
  });

  test.each<[string, object]>([
    ['hostNetwork', { hostNetwork: true }], ['hostPID', { hostPID: true }], ['hostIPC', { hostIPC: true }],
    ["hostPath of volume 'logs'", { volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] }],
    ['sysctl kernel.msgmax', { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
    ['seLinuxOptions.type spc_t', { securityContext: { seLinuxOptions: { type: 'spc_t' } } }],
    ['seLinuxOptions.user', { securityContext: { seLinuxOptions: { user: 'system_u' } } }],
    ['seLinuxOptions.role', { securityContext: { seLinuxOptions: { role: 'system_r' } } }],
    ['seccompProfile Unconfined', { securityContext: { seccompProfile: { type: 'Unconfined' } } }],
    ['appArmorProfile Unconfined', { securityContext: { appArmorProfile: { type: 'Unconfined' } } }],
    ['windowsOptions.hostProcess', { securityContext: { windowsOptions: { hostProcess: true } } }],
  ])('are refused by baseline: %s', (violation, spec) => {
    expect(pod(spec, baseline)).toEqual([message(violation, 'baseline')]);
    expect(pod(spec)).toEqual([message(violation)]);
  });

  test.each<[string, object]>([
    ['hostPort 80', { ports: [{ containerPort: 80, hostPort: 80 }] }],
    ['privileged', { securityContext: { ...RESTRICTED, privileged: true, allowPrivilegeEscalation: undefined } }],
    ['capability SYS_ADMIN', { securityContext: { ...RESTRICTED, capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } } }],
    ['procMount Unmasked', { securityContext: { ...RESTRICTED, procMount: 'Unmasked' } }],
    ['seLinuxOptions.type spc_t', { securityContext: { ...RESTRICTED, seLinuxOptions: { type: 'spc_t' } } }],
    ['seccompProfile Unconfined', { securityContext: { ...RESTRICTED, seccompProfile: { type: 'Unconfined' } } }],
    ['appArmorProfile Unconfined', { securityContext: { ...RESTRICTED, appArmorProfile: { type: 'Unconfined' } } }],
    ['windowsOptions.hostProcess', { securityContext: { ...RESTRICTED, windowsOptions: { hostProcess: true } } }],
  ])('are refused by baseline in a container: %s', (violation, more) => {
    expect(inContainer(more, baseline)).toEqual([message(violation + IN_WEB, 'baseline')]);
    expect(inContainer({}, baseline, { initContainers: [{ ...container, name: 'first', ...more }] })).toEqual([message(`${violation} in container 'first'`, 'baseline')]);
  });

  test.each<[string, object, object?]>([
    ['no runAsNonRoot: true', { runAsNonRoot: undefined }], ['no runAsNonRoot: true', { runAsNonRoot: false }],
    ['no runAsNonRoot: true', {}, { securityContext: { runAsNonRoot: false } }],
    ['runAsUser 0', {}, { securityContext: { runAsUser: 0, runAsNonRoot: undefined } }],
    ['no allowPrivilegeEscalation: false', { allowPrivilegeEscalation: true }],
    ["no capabilities.drop: ['ALL']", { capabilities: { drop: ['NET_RAW'] } }],
    ['capability CHOWN', { capabilities: { drop: ['ALL'], add: ['CHOWN', 'NET_BIND_SERVICE'] } }],
    ['no seccompProfile', { seccompProfile: undefined }],
  ])('are refused by restricted, and not by baseline: %s %j', (violation, context, spec = {}) => {
    // what KEELSON1451 says of root beside runAsNonRoot is another thing
    const here = secured(context, {}, spec).filter(line => line.includes('KEELSON1464'));
    expect(here).toEqual([message(violation + IN_WEB)]);
    expect(secured(context, baseline, spec).filter(line => line.includes('KEELSON1464'))).toEqual([]);
  });

  test('keep their settings for all containers, and only volumes that are no way to a node', () => {
    const shared = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    expect(secured({ runAsNonRoot: undefined, seccompProfile: undefined }, {}, { securityContext: shared })).toEqual([]);
    const volumes = [{ name: 'shared', nfs: { server: 'nfs', path: '/' } }, { name: 'tmp', emptyDir: {} }];
    expect(pod({ volumes })).toEqual([message("nfs of volume 'shared'")]);
    expect(pod({ volumes }, baseline)).toEqual([]);
  });

  test('of Windows need none of Linux\' settings', () => {
    expect(inContainer({ securityContext: { runAsNonRoot: true } }, {}, { os: { name: 'windows' } })).toEqual([]);
  });

  test('of a runtime class aren\'t judged: an administrator may have exempted it', () => {
    expect(pod({ hostPID: true, runtimeClassName: 'kata' })).toEqual([]);
  });
});

describe('the rules are those of the release that the Namespace pins', () => {
  test.each<[string, string, () => object]>([
    ['1.27', '1.29', () => ({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '1' }] } })],
    ['1.29', '1.32', () => ({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } })],
    ['1.30', '1.31', () => ({ securityContext: { seLinuxOptions: { type: 'container_engine_t' } } })],
    ['1.34', '1.35', () => ({ hostUsers: false, containers: [{ ...container, securityContext: { ...RESTRICTED, runAsNonRoot: undefined } }] })],
  ])('refused by those of %s, admitted by those of %s', (old, recent, spec) => {
    expect(pod(spec(), { pinned: old })).toHaveLength(1);
    expect(pod(spec(), { pinned: recent })).toEqual([]);
    expect(pod(spec(), { pinned: 'latest' })).toEqual([]);
  });

  test('a probe of another host is refused from 1.34 on', () => {
    const probe = { readinessProbe: { httpGet: { host: 'example.com', port: 80 } } };
    expect(inContainer(probe, { pinned: '1.33' })).toEqual([]);
    expect(inContainer(probe, { pinned: '1.34' })).toEqual([message(`host example.com of readinessProbe${IN_WEB}`)]);
    expect(inContainer({ lifecycle: { postStart: { tcpSocket: { host: '10.0.0.1', port: 80 } } } })).toEqual([message(`host 10.0.0.1 of lifecycle.postStart${IN_WEB}`)]);
    expect(inContainer({ lifecycle: { postStart: { tcpSocket: { host: '', port: 80 } } } })).toEqual([]);
  });

  test('a user namespace lets procMount be what it likes, by baseline from 1.35 on', () => {
    const unmasked = (cluster: Cluster) => secured({ procMount: 'Unmasked' }, cluster, { hostUsers: false });
    expect(unmasked({ ...baseline, pinned: '1.34' })).toHaveLength(1);
    expect(unmasked({ ...baseline, pinned: '1.35' })).toEqual([]);
    expect(unmasked({ pinned: '1.35' })).toEqual([message(`procMount Unmasked${IN_WEB}`)]);
  });

  test('and labels written by hand count as well; rules older than 1.27 aren\'t known here', () => {
    const made = (version: string) => mistakesOf(shop => {
      new ApiObject(shop, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: {
        name: 'raw', labels: { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/enforce-version': version },
      } });
      new ApiObject(shop, 'web', { ...deployment({ hostPID: true, containers: [container] }), metadata: { name: 'web', namespace: 'raw' } });
    });
    expect(made('v1.27')).toHaveLength(1);
    expect(made('v1.99')).toHaveLength(1);
    expect(made('v1.26')).toEqual([]);
  });
});

describe('pods of this library', () => {
  const AT = 'shop/web/Deployment';
  const server = (props: Partial<WorkloadProps>, change: (server: Server) => void = () => undefined, cluster?: Cluster) =>
    mistakesOf(shop => change(new Server(shop, 'web', props)), cluster);

  test('are admitted, and then not rendered to be judged', () => {
    const resolve = vi.spyOn(PodTemplate.prototype, 'resolve');
    const shared = mistakesOf(shop => {
      const settings = new ConfigMap(shop, 'settings', { data: { a: 'b' } });
      new Server(shop, 'web', { volumes: { '/etc/web': Volume.fromConfigMap(settings) } });
    });
    expect(shared).toEqual([]);
    expect(resolve).toHaveBeenCalledTimes(2); // once by each app
    resolve.mockRestore();
  });

  test.each<[string, Partial<WorkloadProps>]>([
    ['hostNetwork', { unsafeHostNetwork: true }],
    ["hostPath of volume 'var-log'", { volumes: { '/var/log': Volume.unsafeHostPath('/var/log') } }],
    ["hostPort 9000 in container 'proxy'", {
      sidecars: [{ name: 'proxy', image: IMAGE, ports: [{ number: 9000, unsafeHostPort: 9000 }], liveness: Probe.tcp() }],
    }],
  ])('are refused for what they ask of their node: %s', (violation, props) => {
    expect(server(props)).toEqual([message(violation, 'restricted', 'spec.template.spec', AT)]);
    expect(server(props, undefined, baseline)).toEqual([message(violation, 'baseline', 'spec.template.spec', AT)]);
    expect(server(props, undefined, { level: PodSecurityLevel.UNSAFE_PRIVILEGED })).toEqual([]);
  });

  test('are judged as they are patched', () => {
    const patch = ({ deployment: object }: Server) => object.addJsonPatch(JsonPatch.add('/spec/template/spec/hostPID', true));
    expect(server({}, patch)).toEqual([message('hostPID', 'restricted', 'spec.template.spec', AT)]);
  });
});
