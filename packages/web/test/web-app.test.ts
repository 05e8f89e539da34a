import {
  AccessMode, ClusterProfile, Cni, EnvValue, Gateway, Health, Listener, Peer, PersistentVolumeClaim, Port, PreStop, Protocol,
  Volume, WaitFor, Warnings,
} from '@keelson/core';
import { ApiObject, App, Chart, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DeploymentStrategy, Exposure, Scaling, WebApp, type WebAppProps } from '../src';

const health = Health.http({ ready: '/readyz', live: '/livez' });
const image = 'registry.example.com/shop/web:1.8.2';

const make = (props: Partial<WebAppProps> = {}, version = '1.33') => {
  const app: App = Testing.app();
  ClusterProfile.kubernetes({ version }).applyTo(app);
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const web = new WebApp(chart, 'web', { image, port: 8080, health, ...props });
  const all = () => Testing.synth(chart);
  const objects = (kind: string) => all().filter(object => object.kind === kind);
  return { chart, web, all, objects, deployment: () => objects('Deployment')[0], pod: () => objects('Deployment')[0].spec.template.spec };
};

describe('WebApp: presence', () => {
  test('defines what a web app needs, and nothing that was not asked for', () => {
    expect(make().all().map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`).sort()).toEqual([
      'Deployment/shop/web', 'NetworkPolicy/shop/web', 'PodDisruptionBudget/shop/web', 'Service/shop/web', 'ServiceAccount/shop/web',
    ]);
  });

  test('two apps in one chart keep apart', () => {
    const { chart, all } = make();
    new WebApp(chart, 'other', { image, port: 8080, health });
    const selectors = all().filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.selector.matchLabels);
    expect(selectors).toEqual([{ 'app.kubernetes.io/instance': 'web' }, { 'app.kubernetes.io/instance': 'other' }]);
  });
});

describe('W1 stateless web app: Deployment, self-healing, rolling update, rollback history', () => {
  test('selects by one label that no release changes', () => {
    const selector = (tag: string) => make({ image: `registry.example.com/shop/web:${tag}` }).deployment().spec.selector;
    expect(selector('1.0.0')).toEqual(selector('2.0.0'));
  });
});

describe('W2 scale by hand, or by a HorizontalPodAutoscaler', () => {
  test('every container requests what is measured', () => {
    const { pod } = make({ scaling: Scaling.onResources({ max: 4, cpuPercent: 70, memoryPercent: 80 }), sidecars: [{ name: 'proxy', image: 'registry.example.com/proxy:1.0.0' }] });
    const { containers, initContainers } = pod();
    const requested = [...containers, ...initContainers].map(container => Object.keys(container.resources.requests));
    expect(requested).toEqual(Array(2).fill(['cpu', 'ephemeral-storage', 'memory']));
  });

  test.each([[1, 1, true], [2, 1, false], [0, 1, false], [1, 0, false]])('min %d and max %d: accepted is %s', (min, max, accepted) => {
    expect(Scaling.onCpu({ min, max, percent: 1 }).faults.length === 0).toBe(accepted);
  });
});

describe('W9 drain: requests go on until the load balancer has stopped sending', () => {
  test('has the grace period alone on a version without sleep, and says so', () => {
    const { pod, chart } = make({}, '1.29');
    expect([pod().containers[0].lifecycle, pod().terminationGracePeriodSeconds]).toEqual([undefined, 45]);
    expect(Warnings.of(chart)).toEqual([
      '[shop/web] KEELSON1214 pods stop without waiting for load balancers: Kubernetes 1.29 has no sleep of its own (1.30 has), so name a program of the image in '
      + "'fallbackCommand' of PreStop.drain, such as ['sleep', '15']",
    ]);
  });
});

describe('claims that one node can have at a time', () => {
  const run = (props: Partial<WebAppProps>, accessMode?: AccessMode) => {
    const { chart, web, all } = make(props);
    web.pods.addVolume('/data', Volume.fromClaim(new PersistentVolumeClaim(chart, 'data', { size: Size.gibibytes(1), accessMode })));
    return all;
  };

  test('are mounted by one pod, which the next release replaces', () => {
    expect(run({ replicas: 1, strategy: DeploymentStrategy.recreate() })().map(({ kind }) => kind)).toContain('PersistentVolumeClaim');
  });

  test('fails for a rolling update, even of a volume that is added later', () => {
    expect(run({ replicas: 1 })).toThrow("[shop/web] KEELSON2068 'strategy' must be DeploymentStrategy.recreate() where pods mount such a claim, got a rolling update, "
      + "with claim 'data', which one node can have at a time: recreate: a new pod waits for the volume of the old one, which runs until the new one is ready");
  });

  test('fails for two pods', () => {
    expect(run({ replicas: 2, strategy: DeploymentStrategy.recreate() })).toThrow("[shop/web] KEELSON1229 'volumes' must be claims for several nodes where there are "
      + "several pods, got claim 'data', which one node can have at a time: run one pod, or use a claim of access mode ReadWriteMany");
  });

  test('are no concern where several nodes can have them', () => {
    expect(run({ replicas: 2 }, AccessMode.READ_WRITE_MANY)()).toHaveLength(6);
  });
});

describe('a release', () => {
  test('may take as long as its pods take to start', () => {
    const deadlineOf = (startupTimeout: Duration) => make({ health: Health.http({ ready: '/readyz', live: '/livez', startupTimeout }) }).deployment().spec
      .progressDeadlineSeconds;
    expect([deadlineOf(Duration.minutes(5)), deadlineOf(Duration.minutes(20))]).toEqual([600, 1270]);
  });

  test('may take as long as all of its waits together, whenever they are said, and as its pods take to start then', () => {
    const deadline = (timeouts: Duration[], late: Duration[] = [], props: Partial<WebAppProps> = {}) => {
      const wait = (timeout: Duration, at: number) => WaitFor.host('192.0.2.10', 5432 + at, Peer.cidr('192.0.2.10/32'), { timeout });
      const { web, deployment } = make({ ...props, waitFor: timeouts.map(wait) });
      late.forEach((timeout, at) => web.waitFor(wait(timeout, timeouts.length + at)));
      return deployment().spec.progressDeadlineSeconds;
    };
    const minutes = (...all: number[]) => all.map(each => Duration.minutes(each));
    // a start of 150 s, minReady of 10 s, and a minute
    expect([deadline([]), deadline([Duration.seconds(380)]), deadline([Duration.seconds(381)])]).toEqual([600, 600, 601]);
    expect(deadline(minutes(5, 5))).toBe(820);
    expect(deadline(minutes(5), minutes(5))).toBe(820);
    expect(deadline([], minutes(5, 10))).toBe(1120);
    expect(deadline(minutes(5, 5), [], { progressDeadline: Duration.minutes(3) })).toBe(180);
    expect(deadline([Duration.seconds(2147483647), Duration.seconds(2147483647)])).toBe(2147483647);
  });

  test('keeps what serves beside the app until the app has stopped', () => {
    const { containers } = make({ containers: [{ name: 'cache', image }, { name: 'other', image, preStop: PreStop.none() }] }).pod();
    expect(containers.map(({ lifecycle }: { lifecycle?: object }) => lifecycle)).toEqual([
      { preStop: { sleep: { seconds: 15 } } }, { preStop: { sleep: { seconds: 15 } } }, undefined,
    ]);
  });
});

describe('W8 pods that may be many', () => {
  test('are kept apart, and one may be down, even where one may be alone', () => {
    const { pod, objects } = make({ scaling: Scaling.onCpu({ min: 1, max: 12, percent: 70 }) });
    expect([pod().topologySpreadConstraints.length, Object.keys(pod().affinity)]).toEqual([1, ['nodeAffinity', 'podAntiAffinity']]);
    expect(objects('PodDisruptionBudget')[0].spec.maxUnavailable).toBe(1);
  });
});

describe('W13 PodDisruptionBudget', () => {
  test.each([[1, 0], [2, 1]])('for %d replicas there are %d', (replicas, count) => {
    expect(make({ replicas }).objects('PodDisruptionBudget')).toHaveLength(count);
  });

  test.each([[1, 0], [2, 1]])('for at most %d pods of an autoscaler there are %d', (max, count) => {
    expect(make({ scaling: Scaling.onCpu({ min: 1, max, percent: 70 }) }).objects('PodDisruptionBudget')).toHaveLength(count);
  });
});

describe('S1 ClusterIP Service', () => {
  test('has further ports of other protocols, also under a number that TCP has', () => {
    const ports = [{ number: 5353, protocol: Protocol.UDP }, { number: 3868, name: 'diameter', protocol: Protocol.SCTP }, { number: 443, name: 'h3', protocol: Protocol.UDP }];
    const { objects, web } = make({ servicePort: 443, ports });
    expect(objects('Service')[0].spec.ports.slice(1)).toEqual([
      { name: 'udp-5353', port: 5353, targetPort: 'udp-5353', protocol: 'UDP' },
      { name: 'diameter', port: 3868, targetPort: 'diameter', protocol: 'SCTP' },
      { name: 'h3', port: 443, targetPort: 'h3', protocol: 'UDP' },
    ]);
    expect(web.node.validate()).toEqual([]);
  });

  test.each([[1024, []], [1023, [
    '[shop/web] KEELSON2065 port 1023 is below 1024, where only root may listen on some container runtimes: have the app listen on 8080, '
    + 'the Service answers on port 80 all the same',
  ]]])('warns of ports that only root may listen on: port %d', (port, warnings) => {
    expect(Warnings.of(make({ port }).chart)).toEqual(warnings);
  });

  test('has the app\'s own port where policies are judged by the port of the Service, and warns of another', () => {
    const onAws = (props: Partial<WebAppProps>) => {
      const app: App = Testing.app();
      ClusterProfile.kubernetes({ cni: Cni.AWS_VPC }).applyTo(app);
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      const web = new WebApp(chart, 'web', { image, port: 8080, health, ...props });
      return [web.url, Warnings.of(chart)];
    };
    expect(onAws({})).toEqual(['http://web.shop.svc.cluster.local:8080', []]);
    expect(onAws({ servicePort: 80 })).toEqual(['http://web.shop.svc.cluster.local', [
      "[shop/web] KEELSON2067 port 80 of the Service is closed by network policies on AWS VPC CNI, which judges by the Service's port: leave 'servicePort' out, "
      + "so that it is 8080 like the app's",
    ]]);
  });

  test.each([[80, 'http://web.shop.svc.cluster.local'], [8000, 'http://web.shop.svc.cluster.local:8000']])('is found at its full name on port %d', (servicePort, url) => {
    expect(make({ servicePort }).web.url).toBe(url);
  });
});

describe('WebApp: connections', () => {
  test('opens the ports of the app at both ends, from either end', () => {
    const rules = (connect: (a: WebApp, b: WebApp) => void) => {
      const { chart, web, objects } = make();
      const api = new WebApp(chart, 'api', { image, port: 9000, health });
      connect(web, api);
      return objects('NetworkPolicy').map(({ spec }) => [spec.ingress, spec.egress.at(-1)]);
    };
    const port = { port: 9000, protocol: 'TCP' };
    const to = rules((web, api) => web.connections.to(api));
    expect(to[0]?.[1]).toEqual({ to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'api' } } }], ports: [port] });
    expect(to[1]?.[0]).toEqual([{ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'web' } } }], ports: [port] }]);
    expect(rules((web, api) => { api.connections.from(web); web.connections.to(api); })).toEqual(to);
  });

  test('fails for the port of a Service, which nobody listens on behind it', () => {
    const { chart, web, all } = make();
    const api = new WebApp(chart, 'api', { image, port: 9000, health });
    web.connections.to(api, { ports: [Port.tcp(80)] });
    expect(all).toThrow("[shop/web] KEELSON1369 'connections.to.ports' must be a port that the containers of 'shop/api' declare (9000/TCP), got 80/TCP: "
      + "name the containers' port, not the Service's, or declare it");
  });

  test('a new release changes the Deployment and nothing else', () => {
    const others = (tag: string) => make({ image: `registry.example.com/shop/web:${tag}` }).all().filter(({ kind }) => kind !== 'Deployment');
    expect(others('2.0.0')).toEqual(others('1.8.2'));
  });

  test('opens what it is told only', () => {
    const { web, objects } = make({ env: { MODE: EnvValue.fromValue('production') }, ports: [{ number: 9090, name: 'metrics' }] });
    web.connections.from(Peer.namespace('monitoring'), { ports: [Port.tcp(9090)] });
    expect(objects('NetworkPolicy')[0].spec.ingress).toEqual([
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ port: 9090, protocol: 'TCP' }] },
    ]);
  });
});

describe('WebApp: expose', () => {
  test('gives each exposure the same names, in whatever order they come', () => {
    const gateway = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https()] });
    const routesOf = (...hosts: string[]) => {
      const app: App = Testing.app();
      ClusterProfile.kubernetes({ gateway }).applyTo(app);
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      const web = new WebApp(chart, 'web', { image, port: 8080, health, exposure: Exposure.https('shop.example.com') });
      hosts.forEach(host => web.expose(Exposure.https(host)));
      return Testing.synth(chart).filter(({ kind }) => kind === 'HTTPRoute').map(({ metadata, spec }) => `${metadata.name} ${spec.hostnames[0]}`).sort();
    };
    const routes = routesOf('a.example.com', 'b.example.com');
    expect(routes.filter(route => !route.includes('-redirect'))).toEqual([
      'web shop.example.com', 'web-a-example-com a.example.com', 'web-b-example-com b.example.com',
    ]);
    expect(routesOf('b.example.com', 'a.example.com')).toEqual(routes);
  });
});

describe('WebApp: gRPC', () => {
  test('is said in the Service, which knows no HTTP/1 there, and found by name and port', () => {
    const { web, objects } = make({ health: Health.grpc(), servicePort: 9090 });
    expect(objects('Service')[0].spec.ports[0].appProtocol).toBe('kubernetes.io/h2c');
    expect(`${web.dnsName}:${web.servicePort}`).toBe('web.shop.svc.cluster.local:9090');
  });
});

describe('WebApp: escape', () => {
  test('every part takes a patch that survives rendering', () => {
    const { web, deployment, objects } = make({ scaling: Scaling.onCpu({ max: 3, percent: 70 }) });
    web.deployment.addJsonPatch(JsonPatch.replace('/spec/strategy/rollingUpdate/maxSurge', 1), JsonPatch.add('/spec/paused', true));
    web.service.manifest.addJsonPatch(JsonPatch.add('/spec/trafficDistribution', 'PreferClose'));
    web.networkPolicy.addJsonPatch(JsonPatch.remove('/spec/ingress'));
    web.podDisruptionBudget?.addJsonPatch(JsonPatch.replace('/spec/maxUnavailable', 2));
    web.horizontalPodAutoscaler?.addJsonPatch(JsonPatch.replace('/spec/maxReplicas', 4));
    expect([deployment().spec.strategy.rollingUpdate.maxSurge, deployment().spec.paused]).toEqual([1, true]);
    expect(objects('Service')[0].spec.trafficDistribution).toBe('PreferClose');
    expect(objects('NetworkPolicy')[0].spec).not.toHaveProperty('ingress');
    expect(objects('PodDisruptionBudget')[0].spec.maxUnavailable).toBe(2);
    expect(objects('HorizontalPodAutoscaler')[0].spec.maxReplicas).toBe(4);
    expect([web.deployment, web.service.manifest].every(part => ApiObject.isApiObject(part))).toBe(true);
  });
});
