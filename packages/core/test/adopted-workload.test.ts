import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateManifests } from '@keelson/testing';
import { ApiObject, Chart, Include, Testing } from 'cdk8s';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdoptedWorkload, ApiResource, ConfigMap, Labels, PolicyRule, Role, Service, Verb } from '../src';
import { accepted, charted, mistakes, Server } from './server';

const PRICING = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: pricing
spec:
  replicas: 2
  selector:
    matchLabels: { app: pricing }
  template:
    metadata:
      labels: { app: pricing, tier: backend }
    spec:
      serviceAccountName: pricing
      containers:
        - name: pricing
          image: registry.example.com/shop/pricing:1.0.3
          ports:
            - { name: http, containerPort: 8090 }
            - { name: dns, containerPort: 5353, protocol: UDP }
---
apiVersion: v1
kind: Service
metadata:
  name: pricing
spec:
  selector: { app: pricing }
  ports:
    - { port: 80, targetPort: http }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'adopted-'));
  writeFileSync(join(folder, 'pricing.yaml'), PRICING);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const included = (chart: Chart) => new Include(chart, 'legacy', { url: join(folder, 'pricing.yaml') });
const pricingOf = (chart: Chart) => AdoptedWorkload.fromScope(included(chart), 'Deployment', 'pricing');
const policyOf = (objects: { kind: string; metadata: { name: string }; spec?: unknown }[], name: string) =>
  objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name);
const isDns = ({ ports }: { ports?: { port: number }[] }) => ports?.some(({ port }) => port === 53) === true;

describe('a workload of a raw manifest file', () => {
  test('stays as it is, and takes part in connections at both ends', () => {
    const chart = charted();
    const web = new Server(chart, 'web');
    web.connections.to(pricingOf(chart));
    const objects = accepted(chart);
    const deployment = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'pricing');
    expect(deployment?.spec.template.spec).toEqual({
      serviceAccountName: 'pricing',
      containers: [{
        name: 'pricing', image: 'registry.example.com/shop/pricing:1.0.3',
        ports: [{ name: 'http', containerPort: 8090 }, { name: 'dns', containerPort: 5353, protocol: 'UDP' }],
      }],
    });
    const ports = [{ protocol: 'UDP', port: 5353 }, { protocol: 'TCP', port: 8090 }];
    const { spec, metadata } = policyOf(objects, 'pricing') as typeof objects[number];
    expect(metadata).toEqual({ name: 'pricing', namespace: 'shop', labels: Labels.recommended(chart, 'pricing') });
    expect(spec.podSelector).toEqual({ matchLabels: { app: 'pricing' } });
    expect(spec.ingress).toContainEqual({ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } } }], ports });
    expect(spec.egress.every(isDns)).toBe(true);
    expect((policyOf(objects, 'web') as typeof objects[number]).spec.egress.filter((rule: object) => !isDns(rule)))
      .toEqual([{ to: [{ podSelector: { matchLabels: { app: 'pricing' } } }], ports }]);
  });

  test('is one, however often it is adopted', () => {
    const chart = charted();
    const legacy = included(chart);
    const first = AdoptedWorkload.fromScope(legacy, 'Deployment', 'pricing');
    expect(AdoptedWorkload.fromScope(legacy, 'Deployment', 'pricing')).toBe(first);
    expect(AdoptedWorkload.fromObject(legacy.apiObjects[0] as ApiObject)).toBe(first);
    expect(accepted(chart).filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(1);
  });

  test('is behind a Service of ours', () => {
    const chart = charted();
    new Service(chart, 'prices', { backends: [pricingOf(chart)], ports: [{ target: 'http', number: 80 }] });
    const service = accepted(chart).find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'prices');
    expect(service?.spec).toMatchObject({ selector: { app: 'pricing' }, ports: [{ port: 80, targetPort: 'http', protocol: 'TCP' }] });
  });

  test('is granted roles, as the account it runs as, and reaches the API server then', () => {
    const chart = charted();
    const role = new Role(chart, 'reader', { rules: [PolicyRule.allow([Verb.GET], [ApiResource.CONFIG_MAPS])] });
    role.grantTo(pricingOf(chart));
    const binding = accepted(chart).find(({ kind }) => kind === 'RoleBinding') as unknown as { subjects: object[] };
    expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'pricing', namespace: 'shop' }]);
    expect(policyOf(Testing.synth(chart) as never, 'pricing')).toBeDefined();
  });
});

const pod = (kind: string, apiVersion: string, spec: object, name = 'x') => ({ apiVersion, kind, metadata: { name }, spec });
const containers = [{ name: 'x', image: 'registry.example.com/x:1', ports: [{ containerPort: 80 }] }];
const template = { metadata: { labels: { app: 'x' } }, spec: { containers } };
const selected = { selector: { matchLabels: { app: 'x' } }, template };

describe('what runs pods', () => {
  test.each<[string, object]>([
    ['Deployment', pod('Deployment', 'apps/v1', selected)],
    ['StatefulSet', pod('StatefulSet', 'apps/v1', { ...selected, serviceName: 'x' })],
    ['DaemonSet', pod('DaemonSet', 'apps/v1', selected)],
    ['ReplicaSet', pod('ReplicaSet', 'apps/v1', selected)],
    ['ReplicationController', pod('ReplicationController', 'v1', { selector: { app: 'x' }, template })],
    ['Job', pod('Job', 'batch/v1', { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } })],
    ['CronJob', pod('CronJob', 'batch/v1', {
      schedule: '0 3 * * *', jobTemplate: { spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } } },
    })],
    ['Pod', { ...pod('Pod', 'v1', template.spec), metadata: { name: 'x', labels: { app: 'x' } } }],
  ])('is adopted: %s', (_, props) => {
    const chart = charted();
    const workload = AdoptedWorkload.fromObject(new ApiObject(chart, 'x', props as never));
    expect([workload.selector, workload.namespace]).toEqual([{ app: 'x' }, 'shop']);
    expect(workload.containerPorts).toEqual([{ number: 80, name: undefined, protocol: undefined }]);
    expect(workload.connections.offeredPorts.map(({ text }) => text)).toEqual(['80/TCP']);
  });

  test('has the ports of its sidecars too, and not those of init containers', () => {
    const chart = charted();
    const init = [
      { name: 'first', image: 'registry.example.com/x:1', ports: [{ containerPort: 1 }] },
      { name: 'proxy', image: 'registry.example.com/x:1', restartPolicy: 'Always', ports: [{ containerPort: 81 }] },
    ];
    const spec = { ...selected, template: { ...template, spec: { containers, initContainers: init } } };
    const workload = AdoptedWorkload.fromObject(new ApiObject(chart, 'x', pod('Deployment', 'apps/v1', spec) as never));
    expect(workload.containerPorts.map(({ number }) => number)).toEqual([80, 81]);
  });
});

describe('refused', () => {
  test('a kind or name that isn\'t below the construct', () => {
    const chart = charted();
    new Server(chart, 'web').connections.to(AdoptedWorkload.fromScope(included(chart), 'Deployment', 'prices'));
    expect(mistakes(chart)).toEqual([
      "[shop/legacy] KEELSON1465 'AdoptedWorkload' must be a kind and name that are below it (Deployment: 'pricing'), got Deployment 'prices': write them as the object has them",
    ]);
    const none = charted();
    AdoptedWorkload.fromScope(included(none), 'Job', 'pricing');
    expect(mistakes(none)).toEqual([
      "[shop/legacy] KEELSON1465 'AdoptedWorkload' must be a kind and name that are below it (Job: none), got Job 'pricing': write them as the object has them",
    ]);
  });

  test('one of several of a name, unless the namespace says which', () => {
    const chart = charted();
    for (const namespace of ['shop', 'other']) {
      new ApiObject(chart, namespace, { ...pod('Deployment', 'apps/v1', selected), metadata: { name: 'x', namespace } } as never);
    }
    AdoptedWorkload.fromScope(chart, 'Deployment', 'x');
    expect(mistakes(chart)).toEqual([
      "[shop] KEELSON1465 'AdoptedWorkload' must be the kind and name of one object, got Deployment 'x', of which there are 2: give its namespace too",
    ]);
    expect(AdoptedWorkload.fromScope(chart, 'Deployment', 'x', 'shop').namespace).toBe('shop');
  });

  test('what runs no pods', () => {
    const chart = charted();
    AdoptedWorkload.fromObject(new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap' }));
    expect(mistakes(chart)).toEqual([
      "[shop/x] KEELSON1466 'AdoptedWorkload' must be an object that runs pods: one of CronJob, DaemonSet, Deployment, Job, Pod, ReplicaSet, ReplicationController, StatefulSet, "
      + 'got a ConfigMap: name the one whose pods are meant',
    ]);
  });

  test('pods without labels, which no policy finds', () => {
    const chart = charted();
    AdoptedWorkload.fromObject(new ApiObject(chart, 'x', pod('Pod', 'v1', template.spec) as never));
    expect(mistakes(chart)).toEqual([
      "[shop/x] KEELSON1467 'AdoptedWorkload' must be pods that can be selected, got pods without labels: give them a label: policies and Services find pods by nothing else",
    ]);
  });

  test('another namespace than its chart\'s', () => {
    const chart = charted();
    AdoptedWorkload.fromObject(new ApiObject(chart, 'x', { ...pod('Deployment', 'apps/v1', selected), metadata: { name: 'x', namespace: 'other' } } as never));
    expect(mistakes(chart)).toEqual([
      "[shop/x] KEELSON1469 'AdoptedWorkload' must be in the namespace of its chart, 'shop', got namespace 'other': include it in a chart of that namespace: its network policy is the chart's",
    ]);
  });

  test.each<[object, string]>([
    [{}, "must be a workload with an account of its own, got shop/x, which runs as 'default': give it a 'serviceAccountName': 'default' is every other pod of the namespace, too"],
    [{ serviceAccountName: 'x', automountServiceAccountToken: false },
      "must be a workload that mounts the token of its account, got shop/x, which mounts none: set 'automountServiceAccountToken', or grant to Subject.serviceAccount(account)"],
  ])('a grant to pods that it would do nothing for: %j', (spec, message) => {
    const chart = charted();
    const workload = AdoptedWorkload.fromObject(new ApiObject(chart, 'x', pod('Deployment', 'apps/v1', { ...selected, template: { ...template, spec: { ...template.spec, ...spec } } }) as never));
    new ConfigMap(chart, 'settings').grantRead(workload);
    expect(mistakes(chart).filter(line => line.includes('KEELSON1470'))).toEqual([expect.stringContaining(message)]);
  });
});

test('what is rendered is what an API server takes', () => {
  const chart = charted();
  pricingOf(chart);
  expect(validateManifests(Testing.synth(chart) as never)).toEqual([]);
});
