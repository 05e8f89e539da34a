import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Manifest, PodTemplate, Volume } from '../src';
import { Server } from './server';
import { type Make, mistakesOf } from './two-apps';

const IMAGE = 'registry.example.com/web:1';
const SELECTOR = { 'app.kubernetes.io/instance': 'web' };
const container = { name: 'web', image: IMAGE };

/** The same for an object of the user's own class and one of ours. */
function madeMistakes(apiVersion: string, kind: string, spec: object): string[] {
  const [ours, theirs] = [Manifest, ApiObject].map(Made => mistakesOf((chart) => {
    new (Made as Make)(chart, 'x', { apiVersion, kind, spec } as never);
  }));
  expect(ours).toEqual(theirs);
  return ours ?? [];
}

const templated = (pod: object) => ({ selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: pod } });
const deployment = (pod: object) => madeMistakes('apps/v1', 'Deployment', templated(pod));
const withContainer = (more: object, pod: object = {}) => deployment({ containers: [{ ...container, ...more }], ...pod });
const mounting = (mountPath: string, pod: object = {}) => withContainer({ volumeMounts: [{ name: 'v', mountPath }] }, { volumes: [{ name: 'v', emptyDir: {} }], ...pod });

describe('a port that a probe or hook names', () => {
  const port = (got: string, where: string, declared = 'http') => `[a/x] KEELSON1442 '${where}.port' must be the name of a port that the container declares (${declared}), `
    + `got '${got}': declare the port, or give its number`;
  const ports = [{ containerPort: 80 }, { name: 'http', containerPort: 8080 }];

  test.each([
    ['livenessProbe.httpGet', { livenessProbe: { httpGet: { port: 'admin' } } }],
    ['readinessProbe.tcpSocket', { readinessProbe: { tcpSocket: { port: 'admin' } } }],
    ['startupProbe.httpGet', { startupProbe: { httpGet: { port: 'admin' } } }],
    ['lifecycle.preStop.httpGet', { lifecycle: { preStop: { httpGet: { port: 'admin' } } } }],
    ['lifecycle.postStart.tcpSocket', { lifecycle: { postStart: { tcpSocket: { port: 'admin' } } } }],
  ])('is declared by the same container, at %s', (where, handlers) => {
    expect(withContainer({ ports, ...handlers })).toEqual([port('admin', `spec.template.spec.containers.web.${where}`)]);
    expect(withContainer({ ports: [...ports, { name: 'admin', containerPort: 9000 }], ...handlers })).toEqual([]);
    expect(withContainer({ ports: [{ containerPort: 80 }], ...handlers })).toEqual([port('admin', `spec.template.spec.containers.web.${where}`, 'none')]);
    expect(withContainer(handlers)).toEqual([port('admin', `spec.template.spec.containers.web.${where}`, 'none')]);
  });

  test('is none of another container, nor a number in quotes', () => {
    const probe = { readinessProbe: { httpGet: { port: 'http' } } };
    expect(deployment({ containers: [{ ...container, ports }, { ...container, name: 'other', ...probe }] }))
      .toEqual([port('http', 'spec.template.spec.containers.other.readinessProbe.httpGet', 'none')]);
    expect(deployment({ containers: [container], initContainers: [{ ...container, name: 'proxy', restartPolicy: 'Always', ...probe }] }))
      .toEqual([port('http', 'spec.template.spec.initContainers.proxy.readinessProbe.httpGet', 'none')]);
    expect(withContainer({ ports, livenessProbe: { httpGet: { port: '8080' } } })).toEqual([port('8080', 'spec.template.spec.containers.web.livenessProbe.httpGet')]);
  });

  test.each([
    ['a number, declared or not', { ports, readinessProbe: { httpGet: { port: 9999 } }, livenessProbe: { tcpSocket: { port: 80 } } }],
    ['gRPC, which takes numbers only', { readinessProbe: { grpc: { port: 9000 } } }],
    ['a command', { ports, readinessProbe: { exec: { command: ['true'] } }, lifecycle: { preStop: { exec: { command: ['true'] } } } }],
    ['a sleep', { lifecycle: { preStop: { sleep: { seconds: 5 } } } }],
    ['nothing at all', { ports: null, readinessProbe: null, lifecycle: null, volumeMounts: null, volumeDevices: null }],
    ['a placeholder', { readinessProbe: { httpGet: { port: '${PORT_NAME}' } } }],
    ['a part of a container, the rest of which comes from elsewhere', { image: undefined, readinessProbe: { httpGet: { port: 'admin' } } }],
    ["Istio's proxy, whose image and ports a webhook adds", { image: 'auto', readinessProbe: { httpGet: { port: 'admin' } } }],
  ])('may be %s', (_, more) => {
    expect(withContainer(more)).toEqual([]);
  });

  class IntOrString {
    public constructor(public readonly value: string | number) {}
  }
  const later = (value: unknown) => Lazy.any({ produce: () => value });
  test.each([
    ['values to be had later', (value: string | number) => later({ httpGet: later({ port: later(value) }) })],
    ['the classes of cdk8s import', (value: string | number) => ({ httpGet: { port: new IntOrString(value) } })],
  ])('is read in %s', (_, probe) => {
    expect(withContainer({ ports, livenessProbe: probe('http') })).toEqual([]);
    expect(withContainer({ ports, livenessProbe: probe(9999) })).toEqual([]);
    expect(withContainer({ ports, livenessProbe: probe('admin') })).toEqual([port('admin', 'spec.template.spec.containers.web.livenessProbe.httpGet')]);
  });
});

describe('a mount path', () => {
  const path = (got: string) => `[a/x] KEELSON1443 'spec.template.spec.containers.web.volumeMounts.v.mountPath' must be an absolute path without ':', `
    + `got '${got}': write the whole path, such as '/var/cache/app'`;

  test.each(['data', './data', '', '/a:b', 'a:b', '/data:ro'])("fails where it is '%s'", (mountPath) => {
    expect(mounting(mountPath)).toEqual([path(mountPath)]);
  });

  test.each(['/data', '/', '/a b', 'C:\\data', 'c:/data', 'D:', 'data\\logs', '\\\\.\\pipe\\docker_engine', '${DATA_DIR}', '${DATA:=/data}', '{{ .Values.dir }}', '$(DATA)'])(
    "may be '%s'", (mountPath) => {
      expect(mounting(mountPath)).toEqual([]);
    });

  test.each([[{ os: { name: 'windows' } }], [{ nodeSelector: { 'kubernetes.io/os': 'windows' } }]])('may be relative in pods of Windows, %j', (pod) => {
    expect(mounting('data', pod)).toEqual([]);
    expect(mounting('data', JSON.parse(JSON.stringify(pod).replace('windows', 'linux')) as object)).toEqual([path('data')]);
  });
});

describe('a volume that is mounted', () => {
  const mounts = { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, { name: 'data', mountPath: '/data' }] };
  const volumes = [{ name: 'tmp', emptyDir: {} }];
  const missing = (name: string, where = 'spec.template.spec', there = 'tmp') => `[a/x] KEELSON1444 '${where}.volumes' must be the volumes of all mounts (${there}), `
    + `got none named ${name}: add the volume; a claim from a template is there in a StatefulSet only`;

  test.each([
    ['v1', 'Pod', (pod: object) => pod, 'spec'],
    ['v1', 'ReplicationController', (pod: object) => ({ template: { spec: pod } }), 'spec.template.spec'],
    ['apps/v1', 'Deployment', templated, 'spec.template.spec'],
    ['apps/v1', 'DaemonSet', templated, 'spec.template.spec'],
    ['apps/v1', 'ReplicaSet', templated, 'spec.template.spec'],
    ['batch/v1', 'Job', (pod: object) => ({ template: { spec: pod } }), 'spec.template.spec'],
    ['batch/v1', 'CronJob', (pod: object) => ({ jobTemplate: { spec: { template: { spec: pod } } } }), 'spec.jobTemplate.spec.template.spec'],
  ])('is one of a %s %s', (apiVersion, kind, around, where) => {
    const made = (list: object[]) => madeMistakes(apiVersion, kind, around({ containers: [{ ...container, ...mounts }], volumes: list }));
    expect(made(volumes)).toEqual([missing('data', where)]);
    expect(made([])).toEqual([missing('data', where, 'none'), missing('tmp', where, 'none')]);
    expect(made([...volumes, { name: 'data', emptyDir: {} }])).toEqual([]);
  });

  test('is there for init containers and block devices too', () => {
    expect(deployment({ containers: [container], initContainers: [{ ...container, name: 'init', ...mounts }], volumes })).toEqual([missing('data')]);
    expect(withContainer({ volumeDevices: [{ name: 'data', devicePath: '/dev/xvda' }] }, { volumes })).toEqual([missing('data')]);
    expect(withContainer({ volumeMounts: [{ name: '${VOLUME}', mountPath: '/data' }] })).toEqual([]);
    expect(withContainer({ image: 'auto', ...mounts })).toEqual([]);
  });

  const set = (templates: string[], pod: object) => madeMistakes('apps/v1', 'StatefulSet', { ...templated(pod), volumeClaimTemplates: templates.map(name => ({ metadata: { name } })) });
  test('is one of a StatefulSet, or of its claims', () => {
    const pod = { containers: [{ ...container, ...mounts }], volumes };
    expect(set(['data'], pod)).toEqual([]);
    const devices = { volumeMounts: mounts.volumeMounts.slice(0, 1), volumeDevices: [{ name: 'data', devicePath: '/dev/xvda' }] };
    expect(set(['data'], { ...pod, containers: [{ ...container, ...devices }] })).toEqual([]);
    expect(set([], pod)).toEqual(["[a/x] KEELSON1420 'spec.volumeClaimTemplates' must be the templates of all claims that the pods mount (none), got none named data: "
      + "add the template: Volume.fromClaimTemplate mounts it and doesn't make it"]);
  });

  const pods = (chart: Chart, volume: Volume) => new PodTemplate(chart, { container: { name: 'web', image: IMAGE, volumes: { '/data': volume } }, labels: SELECTOR, selector: SELECTOR });
  const run = (kind: string, more: object = {}) => mistakesOf((chart) => {
    new Manifest(chart, 'x', { apiVersion: 'apps/v1', kind, spec: { selector: { matchLabels: SELECTOR }, template: pods(chart, Volume.fromClaimTemplate('data')), ...more } } as never);
  });
  test('is no claim from a template where the object makes none', () => {
    expect(run('Deployment')).toEqual([missing('data')]);
    expect(run('DaemonSet')).toEqual([missing('data')]);
    expect(run('StatefulSet')).toEqual([expect.stringContaining("[a/x] KEELSON1420 'spec.volumeClaimTemplates' must be the templates of all claims that the pods mount (none), got none named data")]);
    expect(run('StatefulSet', { volumeClaimTemplates: [{ metadata: { name: 'other' } }] })).toEqual([
      expect.stringContaining('KEELSON1420'), expect.stringContaining('KEELSON1421')]);
    expect(run('StatefulSet', { volumeClaimTemplates: [{ metadata: { name: 'data' } }] })).toEqual([]);
  });

  test.each([[false], [true]])('is told once of a workload, patched: %s', (patched) => {
    expect(mistakesOf((chart) => {
      const server = new Server(chart, 'web', { volumes: { '/data': Volume.fromClaimTemplate('data') } });
      if (patched) {
        server.deployment.addJsonPatch(JsonPatch.add('/spec/replicas', 3));
      }
    })).toEqual([expect.stringContaining("[a/web] KEELSON1227 'volumes./data' must be a volume that pods of a Deployment can have")]);
  });
});

describe('pods of our own', () => {
  test('are judged as they are patched', () => {
    const patched = (...ops: JsonPatch[]) => mistakesOf((chart) => {
      new Server(chart, 'web', {}).deployment.addJsonPatch(...ops);
    });
    expect(patched(JsonPatch.add('/spec/replicas', 3))).toEqual([]);
    expect(patched(JsonPatch.add('/spec/template/spec/containers/0/livenessProbe', { httpGet: { port: 'admin' } }))).toEqual([
      "[a/web/Deployment] KEELSON1442 'spec.template.spec.containers.web.livenessProbe.httpGet.port' must be the name of a port that the container declares (http), "
      + "got 'admin': declare the port, or give its number"]);
    expect(patched(JsonPatch.replace('/spec/template/spec/containers/0/volumeMounts/0/mountPath', 'tmp'))).toEqual([
      "[a/web/Deployment] KEELSON1443 'spec.template.spec.containers.web.volumeMounts.tmp.mountPath' must be an absolute path without ':', got 'tmp': "
      + "write the whole path, such as '/var/cache/app'"]);
    expect(patched(JsonPatch.remove('/spec/template/spec/volumes'))).toEqual([
      "[a/web/Deployment] KEELSON1444 'spec.template.spec.volumes' must be the volumes of all mounts (none), got none named tmp: add the volume; "
      + 'a claim from a template is there in a StatefulSet only']);
  });

  test('have their mistakes told once, by prop', () => {
    expect(mistakesOf(chart => new Server(chart, 'web', { volumes: { data: Volume.emptyDir() } }))).toEqual([expect.stringContaining("[a/web] KEELSON1203 'volumes.data'")]);
    expect(mistakesOf((chart) => {
      const template = new PodTemplate(chart, { container: { name: 'web', image: IMAGE, volumes: { data: Volume.emptyDir() } }, labels: SELECTOR, selector: SELECTOR });
      const job = { template };
      new Manifest(chart, 'x', { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: job } } } as never);
      new Manifest(chart, 'y', { apiVersion: 'batch/v1', kind: 'Job', spec: Lazy.any({ produce: () => job }) } as never);
    })).toEqual([expect.stringContaining("[a] KEELSON1203 'volumes.data'")]);
  });
});

describe('a PodDisruptionBudget', () => {
  const selector = { matchLabels: { app: 'web' } };
  const noLimit = "[a/x] KEELSON1445 'spec' must be with 'minAvailable' or 'maxUnavailable', got neither: add one, such as maxUnavailable: 1; without, no pod is ever evicted";
  const noSelector = "[a/x] KEELSON1446 'spec.selector' must be the labels of the pods that it is over, got none, which is over no pod: add it, such as { matchLabels: { app: 'web' } }";
  test.each<[object, string[]]>([
    [{ selector, minAvailable: 1 }, []], [{ selector, maxUnavailable: 0 }, []], [{ selector, maxUnavailable: '25%' }, []],
    [{ selector: {}, minAvailable: 0 }, []],
    [{ selector }, [noLimit]], [{ selector, minAvailable: undefined }, [noLimit]],
    [{ maxUnavailable: 1 }, [noSelector]], [{}, [noLimit, noSelector]],
    [{ selector: null, minAvailable: null, maxUnavailable: null }, [noLimit, noSelector]],
  ])('of %j', (spec, mistakes) => {
    expect(madeMistakes('policy/v1', 'PodDisruptionBudget', spec)).toEqual(mistakes);
  });

  test('of another API group is not ours to judge', () => {
    expect(madeMistakes('policy.example.com/v1', 'PodDisruptionBudget', {})).toEqual([]);
  });
});

describe('a NetworkPolicy', () => {
  const rule = [{}];
  const unclear = (got: string) => [`[a/x] KEELSON1447 'spec.policyTypes' must be given beside 'egress', got none, which ${got}: write ['Egress'], or ['Ingress', 'Egress']`];
  const idle = (types: string, rules: string, add: string) => [`[a/x] KEELSON1448 'spec.policyTypes' must be each direction that there are rules for, got ${types}, `
    + `so that '${rules}' does nothing: add ${add}, or remove the rules`];
  test.each<[object, string[]]>([
    [{}, []], [{ ingress: [] }, []], [{ ingress: rule }, []], [{ policyTypes: ['Ingress'] }, []], [{ policyTypes: ['Ingress', 'Egress'] }, []],
    [{ policyTypes: ['Egress'], egress: [] }, []], [{ policyTypes: ['Egress'], egress: rule }, []],
    [{ policyTypes: ['Egress', 'Ingress'], ingress: rule, egress: rule }, []],
    [{ ingress: rule, egress: rule }, []], [{ ingress: [], egress: rule }, []],
    [{ policyTypes: ['Ingress'], ingress: rule, egress: [] }, []], [{ policyTypes: ['Egress'], ingress: [], egress: rule }, []],
    [{ egress: [] }, unclear('leaves egress open')], [{ policyTypes: [], egress: [] }, unclear('leaves egress open')],
    [{ ingress: rule, egress: [] }, unclear('leaves egress open')], [{ egress: rule }, unclear('closes ingress too')],
    [{ egress: null }, []], [{ ingress: null, egress: rule }, unclear('closes ingress too')],
    [{ policyTypes: ['Egress'], ingress: rule }, idle('Egress', 'ingress', 'Ingress')], [{ policyTypes: ['Ingress'], egress: rule }, idle('Ingress', 'egress', 'Egress')],
  ])('of %j', (spec, mistakes) => {
    expect(madeMistakes('networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {}, ...spec })).toEqual(mistakes);
  });

  test('of a workload is judged as it is patched', () => {
    expect(mistakesOf((chart) => {
      new Server(chart, 'web', {}).networkPolicy.addJsonPatch(JsonPatch.replace('/spec/policyTypes', ['Egress']));
    })).toEqual([expect.stringContaining("[a/web/NetworkPolicy] KEELSON1448 'spec.policyTypes' must be each direction that there are rules for, got Egress")]);
  });
});
