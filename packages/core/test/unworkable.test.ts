import { ApiObject, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { App, Manifest } from '../src';
import { saidBy } from './two-apps';

/** What is wrong with an object, written by hand as one of ours or as a raw one: both are the same. */
function mistakesOf(...objects: object[]): string[] {
  const [ours, raw] = [Manifest, ApiObject].map((Made) => {
    const app = new App();
    const chart = new Chart(app, 'a', { namespace: 'shop' });
    objects.forEach((object, i) => new Made(chart, i === 0 ? 'x' : `x${i}`, { metadata: { name: 'x' }, ...object } as never));
    return saidBy(app);
  });
  expect(ours).toEqual(raw);
  return ours ?? [];
}

const one = (text: string) => [`[a/x] ${text}`];
const container = { name: 'web', image: 'registry.example.com/web:1' };
const labels = { app: 'web' };
const workload = (kind: string, pod: object, more: object = {}) => ({
  apiVersion: 'apps/v1', kind, spec: { ...more, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
});
const pod = (spec: object) => mistakesOf(workload('Deployment', { containers: [container], ...spec }));
const inContainer = (more: object, spec: object = {}) => pod({ containers: [{ ...container, ...more }], ...spec });
const at = 'spec.template.spec.containers.web';

/** Rows of what API servers take and nothing can run, in objects that a user writes or patches: the blocks have props for each. */
describe('an object by hand that the API server takes, and that can\'t work', () => {
  describe('one port number in two containers', () => {
    const both = (one: object, other: object) => pod({ containers: [{ ...container, ports: [one] }, { ...container, name: 'proxy', ports: [other] }] });
    test('is refused', () => {
      expect(both({ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' })).toEqual(one(
        "KEELSON1449 'spec.template.spec.containers.proxy.ports' must be ports that no other container of the pod has, got 80/TCP, which container 'web' has: "
        + 'have one of the two listen on another port: they share one network'));
    });
    test('is two with two protocols, or where the other is an init container', () => {
      expect(both({ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' })).toEqual([]);
      expect(inContainer({ ports: [{ containerPort: 80 }] }, { initContainers: [{ ...container, name: 'first', ports: [{ containerPort: 80 }] }] })).toEqual([]);
    });
  });

  test.each([
    [30, undefined, 30], [60, 60, 60], [30, 29, 29],
  ])('preStop sleeps %i of %s seconds', (seconds, terminationGracePeriodSeconds, grace) => {
    expect(inContainer({ lifecycle: { preStop: { sleep: { seconds } } } }, { terminationGracePeriodSeconds })).toEqual(one(
      `KEELSON1450 '${at}.lifecycle.preStop.sleep.seconds' must be less than the ${grace} seconds that the pod has to end, got ${seconds}: `
      + 'raise terminationGracePeriodSeconds: no time is left for SIGTERM'));
    expect(inContainer({ lifecycle: { preStop: { sleep: { seconds: seconds - 2 } } } }, { terminationGracePeriodSeconds })).toEqual([]);
  });

  describe('runAsNonRoot with user 0', () => {
    const message = one(`KEELSON1451 '${at}.securityContext' must be another user than root, or root, got runAsNonRoot and runAsUser 0: `
      + 'name another user: no kubelet starts root where runAsNonRoot is set');
    test('is refused, wherever each is said', () => {
      expect(inContainer({ securityContext: { runAsNonRoot: true, runAsUser: 0 } })).toEqual(message);
      expect(inContainer({ securityContext: { runAsUser: 0 } }, { securityContext: { runAsNonRoot: true } })).toEqual(message);
      expect(inContainer({}, { securityContext: { runAsNonRoot: true, runAsUser: 0 } })).toEqual(message);
    });
    test('is none where the container says otherwise', () => {
      const rootPod = { securityContext: { runAsNonRoot: true, runAsUser: 0 } };
      expect(inContainer({ securityContext: { runAsUser: 1 } }, rootPod)).toEqual([]);
      expect(inContainer({ securityContext: { runAsNonRoot: false } }, rootPod)).toEqual([]);
    });
  });

  test.each([
    ['add', 'CAP_NET_ADMIN', "write 'NET_ADMIN'"], ['drop', 'all', "write 'ALL'"], ['add', 'nonsense', 'name one of capabilities(7)'],
  ])('%s of capability %s', (list, capability, fix) => {
    expect(inContainer({ securityContext: { capabilities: { [list]: [capability] } } })).toEqual(one(
      `KEELSON1452 '${at}.securityContext.capabilities.${list}' must be a capability in upper case, without 'CAP_', got '${capability}': ${fix}`));
    expect(inContainer({ securityContext: { capabilities: { [list]: ['ALL', 'NET_BIND_SERVICE', 'CHECKPOINT_RESTORE'] } } })).toEqual([]);
  });

  test('a spread that counts no pod', () => {
    const constraint = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' };
    expect(pod({ topologySpreadConstraints: [{ ...constraint, labelSelector: { matchLabels: labels } }, constraint] })).toEqual(one(
      "KEELSON1453 'spec.template.spec.topologySpreadConstraints[1]' must be with the labels of the pods to spread, got no labelSelector, which counts no pod: "
      + "add it, such as labelSelector: { matchLabels: { app: 'web' } }"));
    expect(pod({ topologySpreadConstraints: [{ ...constraint, labelSelector: {} }] })).toEqual([]);
  });

  describe('a part of a byte', () => {
    const bytes = (prop: string, got: string) => one(`KEELSON1454 '${prop}' must be whole bytes, got ${got}: give a unit of bytes, such as '100Mi': 'm' is a thousandth`);
    test.each([['100m', "'100m'"], ['1.5', "'1.5'"], ['.5', "'.5'"], [1.5, '1.5']])('of memory: %s', (memory, got) => {
      expect(inContainer({ resources: { requests: { memory } } })).toEqual(bytes(`${at}.resources.requests.memory`, got));
      expect(inContainer({ resources: { limits: { 'ephemeral-storage': memory } } })).toEqual(bytes(`${at}.resources.limits.ephemeral-storage`, got));
      expect(pod({ volumes: [{ name: 'v', emptyDir: { sizeLimit: memory } }] })).toEqual(bytes('spec.template.spec.volumes.v.emptyDir.sizeLimit', got));
      expect(mistakesOf({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { resources: { requests: { storage: memory } } } }))
        .toEqual(bytes('spec.resources.requests.storage', got));
    });
    test.each(['128Mi', '1.5Gi', 1000, '1000', '1e3', '0'])('is none in %s', (memory) => {
      expect(inContainer({ resources: { requests: { memory, cpu: '1.5' } } })).toEqual([]);
    });
    test('is no million of cores either', () => {
      expect(inContainer({ resources: { limits: { cpu: '1M' } } })).toEqual(one(
        `KEELSON1454 '${at}.resources.limits.cpu' must be cores that a node may have, got '1M': write a thousandth of a core as '1m'`));
      expect(inContainer({ resources: { limits: { cpu: '99999' } } })).toEqual([]);
      expect(inContainer({ resources: { limits: { cpu: '100k' } } })).toHaveLength(1);
    });
  });

  test('an image that is no reference, and none for its tag', () => {
    expect(inContainer({ image: 'Foo/Bar::x' })[0]).toContain(`'${at}.image' must be`);
    for (const image of ['nginx', 'nginx:latest', '${IMAGE}', '{{ .Values.image }}']) {
      expect(inContainer({ image })).toEqual([]);
    }
  });

  describe('a DaemonSet that starts new pods beside the old, on one port of the node', () => {
    const daemon = (rollingUpdate: object, spec: object) => mistakesOf(workload('DaemonSet', spec, { updateStrategy: { rollingUpdate } }));
    const ports = { containers: [{ ...container, ports: [{ containerPort: 80, hostPort: 80 }] }] };
    test.each([[1, ports], ['10%', { hostNetwork: true, containers: [{ ...container, ports: [{ containerPort: 80 }] }] }]])('by maxSurge %s', (maxSurge, spec) => {
      expect(daemon({ maxSurge, maxUnavailable: 0 }, spec)).toEqual(one(`KEELSON1455 'spec.updateStrategy.rollingUpdate.maxSurge' must be 0 where pods have ports of their node, `
        + `got ${maxSurge}: use maxUnavailable: a new pod needs the port that the old one has`));
    });
    test('is none without surge or without such a port', () => {
      expect(daemon({ maxSurge: 0, maxUnavailable: 1 }, ports)).toEqual([]);
      expect(daemon({ maxSurge: 1, maxUnavailable: 0 }, { containers: [{ ...container, ports: [{ containerPort: 80 }] }] })).toEqual([]);
    });
  });

  describe('a budget that keeps all pods', () => {
    const budget = (minAvailable: number | string) => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { minAvailable, selector: { matchLabels: labels } } });
    const message = (allowed: string, got: string) => one(`KEELSON1456 'spec.minAvailable' must be ${allowed}, got ${got}: leave one out: else no node with such a pod can be drained`);
    const web = workload('Deployment', { containers: [container] }, { replicas: 3 });
    const scaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } } };
    test('as a share, or as many as there are', () => {
      expect(mistakesOf(budget('100%'))).toEqual(message('fewer than all pods', "'100%'"));
      expect(mistakesOf(budget(3), web)).toEqual(message("fewer than the 3 pods of the Deployment 'x'", '3'));
    });
    test('is none where one less is kept, or the number isn\'t known', () => {
      expect(mistakesOf(budget('99%'))).toEqual([]);
      expect(mistakesOf(budget(2), web)).toEqual([]);
      expect(mistakesOf(budget(3), web, scaler)).toEqual([]);
      expect(mistakesOf(budget(3), workload('Deployment', { containers: [container] }))).toEqual([]);
      expect(mistakesOf(budget(3))).toEqual([]);
    });
  });

  test('an alias to an address', () => {
    const alias = (externalName: string, type = 'ExternalName') => mistakesOf({ apiVersion: 'v1', kind: 'Service', spec: { type, externalName } });
    expect(alias('10.0.0.1')).toEqual(one("KEELSON1457 'spec.externalName' must be a host name, got '10.0.0.1': use a Service without selector and an EndpointSlice for an address"));
    expect(alias('2001:db8::1')).toHaveLength(1);
    expect(alias('db.example.com')).toEqual([]);
  });

  describe('an Ingress', () => {
    const ingress = (spec: object) => mistakesOf({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec });
    const rule = (host: string | undefined, ...paths: object[]) => ({ host, http: { paths: paths.map(path => ({ pathType: 'Prefix', path: '/', ...path })) } });
    const label = 'a'.repeat(64);
    test('with a host of a label that DNS hasn\'t', () => {
      expect(ingress({ rules: [rule(`${label}.example.com`, {})] })).toEqual(one(`KEELSON1113 'spec.rules[0].host' must be a host name with at most 63 characters between dots, `
        + `got '${label}.example.com': shorten '${label}'`));
      expect(ingress({ rules: [rule(`${label.slice(1)}.example.com`, {}), rule('*.example.com', {})] })).toEqual([]);
    });
    test('with a certificate for a host that no rule has', () => {
      expect(ingress({ rules: [rule('a.example.com', {})], tls: [{ hosts: ['a.example.com', 'b.example.com'] }] })).toEqual(one(
        "KEELSON1458 'spec.tls[0].hosts' must be hosts of the rules, got 'b.example.com': add a rule for it, or remove it"));
      expect(ingress({ rules: [rule('a.example.com', {})], tls: [{ hosts: ['*.example.com'] }] })).toEqual([]);
      expect(ingress({ rules: [rule(undefined, {})], tls: [{ hosts: ['b.example.com'] }] })).toEqual([]);
      expect(ingress({ defaultBackend: {}, tls: [{ hosts: ['b.example.com'] }] })).toEqual([]);
    });
    test('but not for the name with or without www that is redirected', () => {
      const redirected = (host: string, ...hosts: string[]) => mistakesOf({
        apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { annotations: { 'nginx.ingress.kubernetes.io/from-to-www-redirect': 'true' } },
        spec: { rules: [rule(host, {})], tls: [{ hosts: [host, ...hosts] }] },
      });
      expect(redirected('example.com', 'www.example.com')).toEqual([]);
      expect(redirected('www.example.com', 'example.com')).toEqual([]);
      expect(redirected('example.com', 'shop.example.com')).toHaveLength(1);
    });
    test('with one path twice', () => {
      expect(ingress({ rules: [rule('a.example.com', {}, {})] })).toEqual(one("KEELSON1459 'spec.rules[0].http.paths[1].path' must be a path once for each host, got '/' again: remove one of the two"));
      expect(ingress({ rules: [rule('a.example.com', {}), rule('a.example.com', {})] })).toHaveLength(1);
      expect(ingress({ rules: [rule('a.example.com', {}, { pathType: 'Exact' }, { path: '/a' }), rule('b.example.com', {})] })).toEqual([]);
    });
    test.each(['/a(/|$)(.*)', '/v[0-9]', '^/a', '/a/.*'])('with a regular expression as a path: %s', (path) => {
      expect(ingress({ rules: [rule('a.example.com', { path })] })).toEqual(one(`KEELSON1460 'spec.rules[0].http.paths[0].path' must be a plain path for pathType Prefix, `
        + `got '${path}': use pathType ImplementationSpecific for a regular expression`));
      expect(ingress({ rules: [rule('a.example.com', { path, pathType: 'ImplementationSpecific' })] })).toEqual([]);
    });
    test.each(['/', '/a.b/c-d', '/.well-known/x', '/a(b)', '/a+b', '/~me'])('with the plain path %s', (path) => {
      expect(ingress({ rules: [rule('a.example.com', { path })] })).toEqual([]);
    });
  });

  test('a Secret whose content isn\'t what its type says', () => {
    const secret = (type: string, more: object) => mistakesOf({ apiVersion: 'v1', kind: 'Secret', type, ...more });
    expect(secret('kubernetes.io/dockerconfigjson', { data: { '.dockerconfigjson': 'e30=' } })).toEqual(one(
      "KEELSON1440 'data..dockerconfigjson' must be JSON with 'auths', got an object without it: write it like '{\"auths\":{\"registry.example.com\":{\"username\":\"…\",\"password\":\"…\"}}}'"));
    expect(secret('kubernetes.io/tls', { stringData: { 'tls.crt': 'rubbish', 'tls.key': 'rubbish' } })).toHaveLength(2);
    expect(secret('kubernetes.io/tls', { stringData: { 'tls.crt': '${CRT}', 'tls.key': '${KEY}' } })).toEqual([]);
    expect(secret('Opaque', { data: { a: 'e30=' } })).toEqual([]);
  });
});
