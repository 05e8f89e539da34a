import { Health, Metrics, Monitoring, PersistentVolumeClaim, Peer, Port, Service, Volume, WaitFor } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Duration, Size, Testing, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DeploymentStrategy, DisruptionBudget, PercentOrAbsolute, Scaling, WebApp, Worker, type WorkerProps } from '../src';
import { app, chartOn, mistakesIn, objectsOf, warningsIn, worker } from './shop';

const workerWith = (props: Partial<WorkerProps> = {}, cluster = {}) => {
  const chart = chartOn(cluster);
  return { chart, made: new Worker(chart, 'mailer', { ...worker, ...props }) };
};
const kindsOf = (props?: Partial<WorkerProps>) =>
  (Testing.synth(workerWith(props).chart) as { kind: string }[]).map(({ kind }) => kind).sort();
const mistakes = (props: Partial<WorkerProps>) => mistakesIn(workerWith(props).chart);
const podOf = (props: Partial<WorkerProps>) => objectsOf(workerWith(props).chart, 'Deployment')[0]?.spec.template as {
  spec: { containers: Record<string, unknown>[]; terminationGracePeriodSeconds: number; topologySpreadConstraints?: unknown[] };
};

describe('W1 a worker', () => {
  test('has pods, a budget, an account and a policy, and nobody calls it', () => {
    expect(kindsOf()).toEqual(['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount']);
    expect(kindsOf({ replicas: 1 })).toEqual(['Deployment', 'NetworkPolicy', 'ServiceAccount']);
  });

  test('is valid by the published schemas', () => {
    const { chart } = workerWith({ health: Health.exec({ ready: ['/app/check'], live: ['/app/check', '--live'] }) });
    expect(validateManifests(Testing.synth(chart) as unknown[])).toEqual([]);
  });

  test('says what its Deployment says for a web app: spread, rolling update, history, deadlines', () => {
    const { chart } = workerWith();
    const web = chartOn();
    new WebApp(web, 'mailer', app);
    const [own, others] = [objectsOf(chart, 'Deployment')[0]?.spec, objectsOf(web, 'Deployment')[0]?.spec];
    const shown = (spec = {}) => ({ ...spec, template: undefined });
    expect(shown(own)).toEqual(shown(others));
    expect(podOf({}).spec.topologySpreadConstraints).toHaveLength(1);
    expect(podOf({ replicas: 1 }).spec.topologySpreadConstraints).toBeUndefined();
  });

  test('is not kept from stopping: no load balancer has to be waited for', () => {
    expect(podOf({}).spec.containers[0]).not.toHaveProperty('lifecycle');
    expect(podOf({}).spec.terminationGracePeriodSeconds).toBe(30);
    expect(podOf({ terminationGracePeriod: Duration.minutes(10) }).spec.terminationGracePeriodSeconds).toBe(600);
    expect(warningsIn(workerWith({}, { version: '1.27' }).chart)).toEqual([]);
  });

  test('has no port, and is asked nothing, unless told so', () => {
    expect(Object.keys(podOf({}).spec.containers[0] ?? {})).not.toContain('ports');
    expect(Object.keys(podOf({}).spec.containers[0] ?? {}).filter(key => key.endsWith('Probe'))).toEqual([]);
    expect(mistakes({})).toEqual([]);
  });

  test('scales, and says then no number of pods', () => {
    const { chart, made } = workerWith({ scaling: Scaling.onCpu({ max: 6, percent: 70 }) });
    expect(made.horizontalPodAutoscaler?.name).toBe('mailer');
    expect(objectsOf(chart, 'Deployment')[0]?.spec).not.toHaveProperty('replicas');
  });

  test('twice the same gives the same bytes', () => {
    const bytes = () => Yaml.stringify(...Testing.synth(workerWith({ healthPort: 8081, health: Health.tcp() }).chart) as object[]);
    expect(bytes()).toBe(bytes());
  });
});

describe('W4 a worker that the kubelet asks', () => {
  const health = Health.http({ ready: '/readyz', live: '/livez' });

  test('has a port that no other pod may connect to', () => {
    expect(podOf({ health, healthPort: 8081 }).spec.containers[0]?.ports).toEqual([{ name: 'health', containerPort: 8081, protocol: 'TCP' }]);
    expect(mistakesIn(workerWith({ health, healthPort: 8081 }).chart)).toEqual([]);
  });

  test('offers nothing to those who connect without naming a port', () => {
    const { chart, made } = workerWith({ health, healthPort: 8081 });
    new WebApp(chart, 'web', app).connections.to(made);
    expect(mistakesIn(chart)).toEqual([
      "[shop/web] KEELSON1350 'connections.to' must be a workload that listens on a port, got 'shop/mailer': give it a port, or name those to open in 'ports'",
    ]);
    const policy = objectsOf(workerWith({ health, healthPort: 8081 }).chart, 'NetworkPolicy')[0]?.spec;
    expect(JSON.stringify(policy)).not.toContain('8081');
  });

  test('may offer a port all the same', () => {
    const { chart, made } = workerWith({ health, healthPort: 8081, offers: { ports: [Port.tcp(8081)] } });
    new WebApp(chart, 'web', app).connections.to(made);
    expect(mistakesIn(chart)).toEqual([]);
    expect(JSON.stringify(objectsOf(chart, 'NetworkPolicy').find(({ metadata }) => metadata.name === 'mailer')?.spec)).toContain('8081');
  });

  test('asks the port of its metrics, which only monitoring reaches', () => {
    const { chart } = workerWith({ health: Health.http({ ready: '/readyz', live: '/livez', port: 9090 }), metrics: Metrics.onPort(9090) }, {
      monitoring: Monitoring.kubePrometheusStack(),
    });
    expect(mistakesIn(chart)).toEqual([]);
    expect(objectsOf(chart, 'PodMonitor')).toHaveLength(1);
  });

  test.each<[string, Partial<WorkerProps>, string[]]>([
    ['a path without a port', { health }, [
      "[shop/mailer] KEELSON1207 'health.port' must be a TCP port that the container declares (it declares none), got none: add the port to the container, or let the probe ask one that is there",
    ]],
    ['port 0', { health, healthPort: 0 }, [
      "[shop/mailer] KEELSON1090 'healthPort' must be an integer from 1 to 65535, got 0: give the port that is listened on",
    ]],
    ['port 65536', { health, healthPort: 65536 }, [
      "[shop/mailer] KEELSON1090 'healthPort' must be an integer from 1 to 65535, got 65536: give the port that is listened on",
    ]],
    ['a port that nobody asks', { healthPort: 8081 }, [
      "[shop/mailer] KEELSON2148 'healthPort' must be left out where 'health' is, got 8081, which nobody asks: say what to ask there: Health.http({ ready: '/readyz', live: '/livez' })",
    ]],
    ['what is no health', { health: '/readyz' as unknown as Health }, [
      "[shop/mailer] KEELSON2070 'health' must be a value of Health, got '/readyz': use Health.http(…)",
    ]],
  ])('fails on %s', (_, props, messages) => {
    expect(mistakes(props)).toEqual(messages);
  });

  test('takes the first and the last port', () => {
    expect([...mistakes({ health, healthPort: 1 }), ...mistakes({ health, healthPort: 65535 })]).toEqual([]);
  });
});

describe('W13 what holds for web apps holds for workers', () => {
  test.each<[string, Partial<WorkerProps>, string[]]>([
    ['replicas beside scaling', { replicas: 2, scaling: Scaling.onCpu({ max: 6, percent: 70 }) }, [
      "[shop/mailer] KEELSON2062 'replicas' must be left out where 'scaling' is given, got 2, with scaling: remove one of the two: both would fight over the number of pods",
    ]],
    ['a budget for one pod', { replicas: 1, disruptionBudget: DisruptionBudget.maxUnavailable(PercentOrAbsolute.absolute(1)) }, [
      "[shop/mailer] KEELSON2054 'disruptionBudget' must be left out where there is one pod at most, got a budget: "
      + 'run at least two pods, or remove it: for one pod a budget blocks every drain of its node, or protects nothing',
    ]],
    ['minReady as long as the deadline', { minReady: Duration.minutes(1), progressDeadline: Duration.minutes(1) }, [
      "[shop/mailer] KEELSON2064 'progressDeadline' must be longer than a start and minReady may take, 60 s, got 60 s: raise it: else every release counts as failed",
    ]],
  ])('fails on %s', (_, props, messages) => {
    expect(mistakes(props)).toEqual(messages);
  });

  test('a release may take as long as it waits', () => {
    const waitFor = [WaitFor.host('192.0.2.10', 5432, Peer.cidr('192.0.2.10/32'), { timeout: Duration.minutes(15) })];
    const chart = chartOn();
    new Worker(chart, 'mailer', { ...worker, waitFor });
    expect(objectsOf(chart, 'Deployment')[0]?.spec.progressDeadlineSeconds).toBe(970);
  });

  test('a claim of one node takes one pod and no overlap', () => {
    const chart = chartOn();
    const claim = new PersistentVolumeClaim(chart, 'mails', { size: Size.gibibytes(1) });
    new Worker(chart, 'mailer', { ...worker, replicas: 1, volumes: { '/var/mail': Volume.fromClaim(claim) } });
    expect(mistakesIn(chart)).toEqual([
      "[shop/mailer] KEELSON2068 'strategy' must be DeploymentStrategy.recreate() where pods mount such a claim, got a rolling update, with claim 'mails', which one node can have at a time: "
      + 'recreate: a new pod waits for the volume of the old one, which runs until the new one is ready',
    ]);
    const other = chartOn();
    const kept = new PersistentVolumeClaim(other, 'mails', { size: Size.gibibytes(1) });
    new Worker(other, 'mailer', { ...worker, replicas: 1, strategy: DeploymentStrategy.recreate(), volumes: { '/var/mail': Volume.fromClaim(kept) } });
    expect(mistakesIn(other)).toEqual([]);
  });

  test('it connects, and is let in where it goes', () => {
    const { chart, made } = workerWith();
    const web = new WebApp(chart, 'web', app);
    made.connections.to(web);
    made.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
    expect(mistakesIn(chart)).toEqual([]);
    expect(JSON.stringify(objectsOf(chart, 'NetworkPolicy').find(({ metadata }) => metadata.name === 'web')?.spec)).toContain('"mailer"');
  });
});

describe('S1 one Service before several apps', () => {
  test('sends to the pods of both, each of which keeps its own selector', () => {
    const chart = chartOn();
    const stable = new WebApp(chart, 'storefront', app);
    const canary = new WebApp(chart, 'storefront-canary', { ...app, replicas: 1 });
    new Service(chart, 'shop', { backends: [stable, canary], ports: [{ target: 'http', number: 80 }] });
    const labels = objectsOf(chart, 'Deployment').map(({ spec }) => (spec.template as { metadata: { labels: object } }).metadata.labels);
    expect(labels.map(each => 'service.keelson/shop' in each)).toEqual([true, true]);
    expect(objectsOf(chart, 'Service').map(({ metadata, spec }) => [metadata.name, spec.selector])).toEqual([
      ['storefront', { 'app.kubernetes.io/instance': 'storefront' }],
      ['storefront-canary', { 'app.kubernetes.io/instance': 'storefront-canary' }],
      ['shop', { 'service.keelson/shop': 'true' }],
    ]);
    expect(mistakesIn(chart)).toEqual([]);
  });
});
