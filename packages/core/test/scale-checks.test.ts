import { mistakesOf as saidBySynth } from '@keelson/testing/mistakes';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { Manifest, Workload, type WorkloadProps } from '../src';

class Agent extends Workload {
  public constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id, props, { kind: 'Deployment' });
    new Manifest(this, 'Deployment', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: this.objectMetadata, spec: { selector: { matchLabels: this.selector }, template: this.pods },
    });
  }
}

const cpu = (request?: string) => ({ resources: { requests: request === undefined ? {} : { cpu: request } } });
const image = 'registry.example.com/web:1';
const TARGET = { type: 'Utilization', averageUtilization: 70 };
const ofContainer = (container: string, name = 'cpu') => ({ type: 'ContainerResource', containerResource: { name, container, target: TARGET } });
const ofPods = (name = 'cpu', target: object = TARGET) => ({ type: 'Resource', resource: { name, target } });

const scale = (chart: Chart, metrics: object[], name = 'web') => new Manifest(chart, 'scaler', {
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 4, metrics },
});

const mistakesOf = (define: (chart: Chart) => void) => {
  const app = new App();
  define(new Chart(app, 'shop', { namespace: 'shop' }));
  return saidBySynth(() => app.synthYaml());
};

type More = (chart: Chart) => void;
const byHand = (containers: object[], metrics: object[], more: More = () => undefined, initContainers: object[] = []) => {
  const labels = { app: 'web' };
  return mistakesOf((chart) => {
    new Manifest(chart, 'web', {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers, initContainers } } },
    });
    scale(chart, metrics);
    more(chart);
  });
};

describe('W2 what an autoscaler measures is there', () => {
  test.each<[string, object[], object[]]>([
    ['a container', [{ name: 'web', image, ...cpu('1') }], [ofContainer('web')]],
    ['all of them', [{ name: 'web', image, ...cpu('1') }], [ofPods()]],
    ['a limit, which is a request too', [{ name: 'web', image, resources: { limits: { cpu: '1' } } }], [ofPods()]],
    ['an amount, which is no share', [{ name: 'web', image }], [ofPods('cpu', { type: 'AverageValue', averageValue: '1' })]],
    ['one container, whatever the others request', [{ name: 'web', image, ...cpu('1') }, { name: 'proxy', image }], [ofContainer('web')]],
  ])('takes %s', (_, containers, metrics) => {
    expect(byHand(containers, metrics)).toEqual([]);
  });

  test('fails on a container that the pods do not have, by hand and of a workload of ours, init containers too', () => {
    const message = (names: string, got: string) => `[shop/scaler] KEELSON1461 'spec.metrics.containerResource' must be a container of the pods of the Deployment 'web' (${names}), `
      + `got ${got}: name one of them`;
    expect(byHand([{ name: 'web', image, ...cpu('1') }], [ofContainer('proxy')])).toEqual([message('web', 'proxy')]);
    expect(mistakesOf((chart) => {
      new Agent(chart, 'web', { image, initContainers: [{ name: 'migrate', image }], sidecars: [{ name: 'proxy', image }] });
      scale(chart, [ofContainer('proxy'), ofContainer('web'), ofContainer('migrate')]);
    })).toEqual([message('proxy, web', 'migrate')]);
  });

  test('counts a sidecar by hand among the containers that run', () => {
    const sidecar = { name: 'proxy', image, restartPolicy: 'Always', ...cpu('1') };
    expect(byHand([{ name: 'web', image, ...cpu('1') }], [ofContainer('proxy')], undefined, [sidecar])).toEqual([]);
  });

  test('fails where a container requests nothing of a resource whose share is measured', () => {
    const message = (resource: string) => "[shop/scaler] KEELSON1462 'spec.metrics' must be of a resource that all measured containers of the Deployment 'web' request, "
      + `got ${resource}, which 'proxy' doesn't request: set its resources.requests.${resource}: what is used is measured in shares of it`;
    const containers = [{ name: 'web', image, ...cpu('1') }, { name: 'proxy', image, ...cpu() }];
    expect(byHand(containers, [ofPods()])).toEqual([message('cpu')]);
    expect(byHand(containers, [ofContainer('proxy', 'memory')])).toEqual([message('memory')]);
  });

  test('takes the requests of the namespace', () => {
    const defaults = (chart: Chart) => new Manifest(chart, 'defaults', { apiVersion: 'v1', kind: 'LimitRange', spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '1' } }] } });
    expect(byHand([{ name: 'web', image }], [ofPods()], defaults)).toEqual([]);
  });

  test('says nothing of what somebody else makes', () => {
    expect(mistakesOf((chart) => { scale(chart, [ofContainer('web')]); })).toEqual([]);
  });
});

describe('W2 the number of pods has one owner', () => {
  const deploy = (chart: Chart) => new Manifest(chart, 'web', {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } } },
  });
  const keda = (chart: Chart, scaleTargetRef: object = { name: 'web' }) => new Manifest(chart, 'keda', {
    apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'web' }, spec: { scaleTargetRef, triggers: [] },
  });
  const external = { type: 'External', external: { metric: { name: 'jobs' }, target: { type: 'Value', value: '1' } } };

  test('fails where two scale one workload, whatever kinds they are', () => {
    const message = (path: string, kind: string, other: string) => `[shop/${path}] KEELSON1463 'spec.scaleTargetRef' must be of a workload that nothing else scales, `
      + `got the ${kind} 'web', which 'shop/${other}' scales too: remove one of the two: each would set the number of pods anew`;
    expect(mistakesOf((chart) => { deploy(chart); scale(chart, [external]); keda(chart); })).toEqual([message('keda', 'Deployment', 'scaler')]);
    expect(mistakesOf((chart) => { deploy(chart); keda(chart); })).toEqual([]);
    expect(mistakesOf((chart) => { scale(chart, [external]); keda(chart, { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }); })).toEqual([]);
  });
});

describe('what containers have of their node', () => {
  test('tells requests and limits in CPUs and bytes, init containers left out', () => {
    const agent = new Agent(new Chart(new App(), 'shop'), 'web', { image, initContainers: [{ name: 'migrate', image }], sidecars: [{ name: 'proxy', image, resources: { unlimitedCpu: true } }] });
    const MIB = 1024 ** 2;
    expect(agent.pods.runningContainers).toEqual([
      { name: 'web', requests: { 'cpu': 0.1, 'memory': 128 * MIB, 'ephemeral-storage': 64 * MIB }, limits: { 'cpu': 0.5, 'memory': 128 * MIB, 'ephemeral-storage': 256 * MIB } },
      { name: 'proxy', requests: { 'cpu': 0.1, 'memory': 128 * MIB, 'ephemeral-storage': 64 * MIB }, limits: { 'memory': 128 * MIB, 'ephemeral-storage': 256 * MIB } },
    ]);
  });
});
