import { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ApiResource, App, Namespace, PolicyRule, Role, Service, WaitFor, type WorkloadProps } from '../src';
import { IMAGE, Server } from './server';
import { saidBy } from './two-apps';

/** What synth says, which is all that a program without types is told by. */
function said(build: (chart: Chart) => unknown): string[] {
  const app = new App();
  build(new Chart(app, 'shop', { namespace: 'shop' }));
  return saidBy(app);
}

const server = (props: object) => said(chart => new Server(chart, 'web', props as Partial<WorkloadProps>));
const message = (prop: string, allowed: string, got: string, fix: string, at = 'shop/web') => `[${at}] KEELSON1587 '${prop}' must be ${allowed}, got ${got}: ${fix}`;
const map = "write it like { key: 'value' }";
const list = "write it like ['a', 'b']";
const flag = 'write it without quotes';

describe('a prop of another type than its own is said to be, and is nothing else\'s fault', () => {
  test.each<[string, unknown, string, string, string, string?]>([
    ['args', 'migrate', 'a list of texts', "'migrate'", list],
    ['command', [1], 'a list of texts', '1', list, 'command.0'],
    ['labels', ['a'], 'a map of texts', 'a list', map],
    ['annotations', { a: 1 }, 'a map of texts', '1', map, 'annotations.a'],
    ['podLabels', 'a=b', 'a map of texts', "'a=b'", map],
    ['podAnnotations', 4, 'a map of texts', '4', map],
    ['nodeSelector', ['a'], 'a map of texts', 'a list', map],
    ['dnsOptions', 'ndots', 'a map of resolver options', "'ndots'", 'write it like { … }'],
    ['cloudIdentity', 'arn', 'a value of CloudIdentity', "'arn'", 'use CloudIdentity.eks(…), gke(…) or azure(…)'],
    ['metrics', 9090, 'a value of Metrics', '9090', 'use Metrics.onPort(9090)'],
    ['preStop', 'sleep 5', 'a value of PreStop', "'sleep 5'", 'use PreStop.drain(…), sleep(…) or exec(…)'],
    ['volumes', { '/a': { kind: 'ConfigMap', name: 'a' } }, 'a map to values of Volume', 'an object', 'use Volume.fromConfigMap(…) and the like', 'volumes./a'],
    ['nodeAffinity', { a: 'b' }, 'a list of values of NodeAffinity', 'an object', 'use NodeAffinity.required(…) or preferred(…)'],
    ['podAffinity', [1], 'a list of values of PodAffinity', '1', 'use PodAffinity.required(…) or preferred(…)', 'podAffinity.0'],
    ['podAntiAffinity', ['a'], 'a list of values of PodAntiAffinity', "'a'", 'use PodAntiAffinity.required(…) or preferred(…)', 'podAntiAffinity.0'],
    ['topologySpread', [{}], 'a list of values of TopologySpread', 'an object', 'use TopologySpread.over(…)', 'topologySpread.0'],
    ['tolerations', [{ key: 'a' }], 'a list of values of Toleration', 'an object', 'use Toleration.value(…) or exists(…)', 'tolerations.0'],
    ['envFrom', ['a'], 'a list of values of EnvFrom', "'a'", 'use EnvFrom.configMap(…) or secret(…)', 'envFrom.0'],
    ['waitFor', ['api'], 'a list of values of WaitFor', "'api'", 'use WaitFor.service(…) or host(…)', 'waitFor.0'],
    ['containers', 'proxy', 'a list of containers', "'proxy'", "write it like [{ name: 'proxy', image: '…' }]"],
    ['sidecars', [5], 'a list of containers', '5', "write it like [{ name: 'proxy', image: '…' }]", 'sidecars.0'],
    ['initContainers', {}, 'a list of containers', 'an object', "write it like [{ name: 'fill', image: '…' }]"],
    ['offers', 5, 'an endpoint: ports, env, volumes', '5', 'write it like { … }'],
    ['resources', 'small', 'amounts of CPU and memory', "'small'", 'write it like { … }'],
    ['terminationGracePeriod', 30, 'a Duration', '30', 'use Duration.seconds(30)'],
    ...['denyDns', 'reloadOnChange', 'unsafeHostNetwork', 'unsafeLowUserIds', 'unsafeWritableRootFilesystem']
      .map((prop): [string, unknown, string, string, string] => [prop, 'yes', 'true or false', "'yes'", flag]),
  ])('%s', (prop, value, allowed, got, fix, where = prop) => {
    expect(server({ [prop]: value })).toEqual([message(where, allowed, got, fix)]);
  });

  test('of a container beside', () => {
    expect(server({ sidecars: [{ name: 'proxy', image: IMAGE, args: 'run', liveness: 'tcp', ports: [80] }] })).toEqual([
      message('sidecars.proxy.args', 'a list of texts', "'run'", list),
      message('sidecars.proxy.liveness', 'a value of Probe', "'tcp'", 'use Probe.http(…) and the like'),
      message('sidecars.proxy.ports.0', 'a list of ports', '80', "write it like [{ number: 8080, name: 'http' }]"),
    ]);
  });

  test('null is no value, and undefined is left out', () => {
    expect(server({ tolerations: null })).toEqual([message('tolerations', 'a list of values of Toleration', 'null', 'use Toleration.value(…) or exists(…)')]);
    expect(server({ tolerations: undefined, args: undefined })).toEqual([]);
  });
});

describe('what is no peer, Service, backend or rule', () => {
  test.each([undefined, 'api', {}, 5])('%j', value => {
    const got = value === undefined ? 'undefined' : value === 'api' ? "'api'" : value === 5 ? '5' : 'an object';
    const peer = ['a workload, a Service or a Peer', got, 'name one of them, such as Peer.cidr(…)'] as const;
    expect(said(chart => new Server(chart, 'web').connections.to(value as never))).toEqual([message('connections.to', ...peer)]);
    expect(said(chart => new Server(chart, 'web').connections.from(value as never))).toEqual([message('connections.from', ...peer)]);
    expect(server({ waitFor: [WaitFor.service(value as never)] })).toEqual([
      message('waitFor', 'what has a Service, such as a WebApp', got, "name the WebApp or the Service; of others, use WaitFor.host('orders', 80, …)")]);
    expect(said(chart => new Service(chart, 'web', { backends: [value as never], ports: [{ target: 80 as never, number: 80 }] }))[0]).toBe(
      message('backends', 'workloads', got, 'name the WebApp, Worker or Workload; of others, use ServiceBackend.fromPodLabels(…)'));
    expect(said(chart => new Role(chart, 'web', { rules: [PolicyRule.allow(['list'] as never, [ApiResource.PODS])] }))[0]).toBe(
      message('rules.verbs', 'a value of Verb', "'list'", 'use Verb.LIST'));
  });

  test('a version that is a number', () => {
    expect(said(chart => new Namespace(chart, 'web', { podSecurityVersion: 1.36 as never }))).toEqual([
      "[shop/web] KEELSON1569 'podSecurityVersion' must be 'latest', or a release up to that of the cluster, 1.33, got 1.36: write it like '1.33'"]);
  });
});
