import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  App, ClusterProfile, type ClusterProfileProps, ExternalNameService, ExternalNameTarget, Peer, Port, ReleaseOrder, SelectorlessService,
  Service, Task, WaitFor, Warnings, type WorkloadProps,
} from '../src';
import { accepted, charted, mistakes, named, type Rendered, Server } from './server';
import { Served, type ServedOptions } from './specimens/served';

const pods = (objects: Rendered[], name: string) => named(objects, 'Deployment', name).spec.template.spec;
const policy = (objects: Rendered[], name: string) => named(objects, 'NetworkPolicy', name).spec;

/** A storefront that waits as it is told, beside a catalogue. */
function shop(wait: (catalogue: Served) => WaitFor[], { props = {}, catalogue = {}, offers, profile }: {
  props?: Partial<WorkloadProps>; catalogue?: ServedOptions; offers?: WorkloadProps['offers']; profile?: ClusterProfileProps;
} = {}): Chart {
  const chart = charted(profile);
  const target = new Served(chart, 'catalogue', { offers }, catalogue);
  new Served(chart, 'storefront', { ...props, waitFor: wait(target) });
  return chart;
}

const mistakesOf = (...args: Parameters<typeof shop>) => mistakes(shop(...args));

describe('W5 wait for a Service before starting', () => {
  test('one small container per wait comes first, and prints what it waits for', () => {
    const chart = shop(catalogue => [WaitFor.service(catalogue), WaitFor.host('192.0.2.10', 5432, Peer.cidr('192.0.2.10/32'), { timeout: Duration.seconds(90) })], {
      props: { initContainers: [{ name: 'migrate', image: 'registry.example.com/shop/web:1.8.2' }], sidecars: [{ name: 'proxy', image: 'registry.example.com/shop/proxy:1.0.0' }] },
    });
    const { initContainers, containers } = pods(accepted(chart), 'storefront');
    expect(initContainers.map(({ name }: { name: string }) => name)).toEqual(['wait-for-catalogue-80', 'wait-for-192-0-2-10-5432', 'migrate', 'proxy']);
    const [first, second] = initContainers;
    const { command, ...rest } = first;
    expect(rest).toEqual({
      name: 'wait-for-catalogue-80',
      image: 'docker.io/library/busybox:1.36.1@sha256:73aaf090f3d85aa34ee199857f03fa3a95c8ede2ffd4cc2cdb5b94e566b11662',
      imagePullPolicy: 'Always',
      args: ['wait', 'catalogue.shop.svc.cluster.local', '80', '300'],
      resources: {
        requests: { 'cpu': '10m', 'memory': '32Mi', 'ephemeral-storage': '16Mi' },
        limits: { 'cpu': '100m', 'memory': '32Mi', 'ephemeral-storage': '16Mi' },
      },
      securityContext: containers[0].securityContext,
      terminationMessagePolicy: 'FallbackToLogsOnError',
    });
    expect(command.slice(0, 2)).toEqual(['sh', '-c']);
    expect(second.args).toEqual(['wait', '192.0.2.10', '5432', '90']);
    expect(containers.map(({ name }: { name: string }) => name)).toEqual(['storefront']);
  });

  test('both ends of the network policy are open, and DNS is', () => {
    const objects = accepted(shop(catalogue => [WaitFor.service(catalogue)]));
    const http = [{ protocol: 'TCP', port: 8080 }];
    expect(policy(objects, 'catalogue').ingress).toEqual([{ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'storefront' } } }], ports: http }]);
    expect(policy(objects, 'storefront').egress).toContainEqual({ to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'catalogue' } } }], ports: http });
    expect(policy(objects, 'storefront').egress).toContainEqual(expect.objectContaining({ ports: [{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }] }));
  });

  test("the peer's own ports are opened where they aren't those of its Service", () => {
    const ledger = Peer.workload({ name: 'ledger', namespace: 'billing' });
    const objects = accepted(shop(() => [WaitFor.host('ledger.billing.svc.cluster.local', 443, ledger, { ports: [Port.tcp(8443)] })]));
    expect(policy(objects, 'storefront').egress).toContainEqual(expect.objectContaining({ ports: [{ protocol: 'TCP', port: 8443 }] }));
    expect(pods(objects, 'storefront').initContainers[0]).toMatchObject({ name: 'wait-for-ledger-443', args: ['wait', 'ledger.billing.svc.cluster.local', '443', '300'] });
  });

  test('the same wait twice is one, by prop and by method, and two ports are two', () => {
    const chart = charted();
    const catalogue = new Served(chart, 'catalogue', {}, { ports: [{ number: 8080, name: 'http' }, { number: 9090, name: 'admin' }],
      servicePorts: [{ name: 'http', port: 80, targetPort: 'http' }, { name: 'admin', port: 81, targetPort: 9090 }] });
    const storefront = new Server(chart, 'storefront', { waitFor: [WaitFor.service(catalogue)] });
    storefront.waitFor(WaitFor.service(catalogue, { timeout: Duration.minutes(1) }));
    storefront.waitFor(WaitFor.service(catalogue, { port: 81 }));
    expect(pods(accepted(chart), 'storefront').initContainers.map(({ args }: { args: string[] }) => args.slice(2))).toEqual([['80', '300'], ['81', '300']]);
  });

  test('the image is the profile\'s, from its mirror', () => {
    const chart = shop(catalogue => [WaitFor.service(catalogue)], { profile: {
      helperImages: { wait: 'registry.example.com/tools/wait:2.0.0' }, imageMirrors: [{ registry: 'registry.example.com/tools', mirror: 'mirror.example.net' }],
    } });
    expect(pods(accepted(chart), 'storefront').initContainers[0].image).toBe('mirror.example.net/wait:2.0.0');
  });

  test('a name that a container of the pod has is left to it', () => {
    const chart = shop(catalogue => [WaitFor.service(catalogue)], {
      props: { initContainers: [{ name: 'wait-for-catalogue-80', image: 'registry.example.com/shop/web:1.8.2' }] },
    });
    expect(pods(accepted(chart), 'storefront').initContainers.map(({ name }: { name: string }) => name)).toEqual(['wait-for-catalogue-80-2', 'wait-for-catalogue-80']);
  });

  test('a host without pods of the app, and a Service without a selector, are taken as they are', () => {
    expect(mistakesOf(() => [
      WaitFor.host('db.example.com', 5432, Peer.cidr('192.0.2.0/24')), WaitFor.host('2001:db8::5', 1, Peer.cidr('2001:db8::/64')),
      WaitFor.host('elsewhere.other', 65535, Peer.namespace('other')), WaitFor.host('search', 9200, Peer.ownNamespace()),
    ])).toEqual([]);
  });

  test('several workloads behind one Service: one that can start is enough', () => {
    const chart = charted();
    const first = new Served(chart, 'first', {}, {});
    const second = new Server(chart, 'second');
    const behind = { 'example.com/behind': 'both' };
    for (const each of [first, second]) {
      each.deployment.addJsonPatch({ _toJson: () => ({ op: 'add', path: '/spec/template/metadata/labels/example.com~1behind', value: 'both' }) } as never);
    }
    first.service.addJsonPatch({ _toJson: () => ({ op: 'replace', path: '/spec/selector', value: behind }) } as never);
    second.waitFor(WaitFor.service(first));
    expect(mistakes(chart)).toEqual([]);
    first.waitFor(WaitFor.service(first));
    expect(mistakes(chart).map(line => line.replace(/ must .*$/, ''))).toEqual([
      "[shop/first] KEELSON1667 'waitFor'", "[shop/second] KEELSON1666 'waitFor'", "[shop/second] KEELSON1667 'waitFor'",
    ]);
  });

  test('a Service of several workloads, one without a selector, and an alias', () => {
    const chart = charted();
    const backends = [new Server(chart, 'blue'), new Server(chart, 'green')];
    const both = new Service(chart, 'both', { backends });
    const machines = new SelectorlessService(chart, 'machines', { addresses: ['192.0.2.7'], ports: [{ number: 5432 }] });
    const alias = new ExternalNameService(chart, 'mail', { target: ExternalNameTarget.host('smtp.example.com'), ports: [Port.tcp(25)], cidrs: ['192.0.2.25/32'] });
    new Server(chart, 'storefront', { waitFor: [WaitFor.service(both), WaitFor.service(machines), WaitFor.host(alias.dnsName, 25, alias)] });
    const objects = accepted(chart);
    expect(pods(objects, 'storefront').initContainers.map(({ args }: { args: string[] }) => args.slice(1, 3))).toEqual([
      ['both.shop.svc.cluster.local', '8080'], ['machines.shop.svc.cluster.local', '5432'], ['mail.shop.svc.cluster.local', '25'],
    ]);
    const opened = policy(objects, 'storefront').egress.flatMap(({ ports }: { ports: { port: number }[] }) => ports.map(({ port }) => port));
    expect(opened).toEqual(expect.arrayContaining([8080, 5432, 25]));
    backends.forEach(backend => backend.waitFor(WaitFor.service(both)));
    expect(mistakes(chart).map(line => line.split(' ')[1])).toEqual(['KEELSON1666', 'KEELSON1667', 'KEELSON1667']);
  });

  test('synth twice gives the same bytes', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new Server(chart, 'web', { waitFor: [WaitFor.service(new Served(chart, 'catalogue'))] });
    expect(app.synthYaml()).toBe(app.synthYaml());
  });
});

describe('W5 waits that would never end', () => {
  test('workloads that wait for each other are named in order, once', () => {
    const chart = charted();
    const [a, b, c] = ['a', 'b', 'c'].map(id => new Served(chart, id)) as [Served, Served, Served];
    a.waitFor(WaitFor.service(b));
    b.waitFor(WaitFor.service(c));
    c.waitFor(WaitFor.service(a));
    new Server(chart, 'd', { waitFor: [WaitFor.service(a)] });
    expect(mistakes(chart)).toEqual([
      "[shop/a] KEELSON1666 'waitFor' must be without a circle, got 'shop/a', which waits for 'shop/b', which waits for 'shop/c', which waits for 'shop/a': "
      + 'remove one of these waits: none of them would ever start',
    ]);
  });

  test('each circle is told, also by a host name', () => {
    const chart = charted();
    const [a, b, c] = ['a', 'b', 'c'].map(id => new Served(chart, id)) as [Served, Served, Served];
    a.waitFor(WaitFor.service(b));
    a.waitFor(WaitFor.host('c', 80, c, { ports: [Port.tcp(8080)] }));
    b.waitFor(WaitFor.host('a.shop', 80, a, { ports: [Port.tcp(8080)] }));
    c.waitFor(WaitFor.host('a.shop.svc', 80, a, { ports: [Port.tcp(8080)] }));
    expect(mistakes(chart).map(line => line.replace(/:.*$/, ''))).toEqual([
      "[shop/a] KEELSON1666 'waitFor' must be without a circle, got 'shop/a', which waits for 'shop/b', which waits for 'shop/a'",
      "[shop/a] KEELSON1666 'waitFor' must be without a circle, got 'shop/a', which waits for 'shop/c', which waits for 'shop/a'",
    ]);
  });

  test('a workload that waits for itself', () => {
    const chart = charted();
    const a = new Served(chart, 'a');
    a.waitFor(WaitFor.service(a));
    expect(mistakes(chart)).toEqual([
      "[shop/a] KEELSON1667 'waitFor' must be for another workload, got 'shop/a': remove it: no pod is ready before the first one has started",
    ]);
  });

  test('a Task that waits for what it has to run before', () => {
    const chart = charted();
    const orders = new Served(chart, 'orders');
    const web = new Served(chart, 'web');
    const migrate = new Task(chart, 'migrate', { image: 'registry.example.com/shop/web:1.8.2', waitFor: [WaitFor.service(orders)] });
    migrate.runBefore(web);
    expect(mistakes(chart)).toEqual([]);
    migrate.waitFor(WaitFor.service(web));
    expect(mistakes(chart)).toEqual([
      "[shop/migrate] KEELSON1666 'waitFor' must be without a circle, got 'shop/migrate', which waits for 'shop/web/Deployment', which waits for 'shop/migrate': "
      + 'remove one of these waits: none of them would ever start',
    ]);
  });

  test('what was taken out of the app waits for nothing', () => {
    const chart = charted();
    const a = new Served(chart, 'a');
    a.waitFor(WaitFor.service(a));
    chart.node.tryRemoveChild('a');
    expect(mistakes(chart)).toEqual([]);
  });

  test('chains of any length that end somewhere are none', () => {
    const edge = fc.tuple(fc.nat(11), fc.nat(11)).filter(([from, to]) => from > to);
    fc.assert(fc.property(fc.array(edge, { minLength: 1, maxLength: 20 }), (edges) => {
      const chart = charted();
      const all = Array.from({ length: 12 }, (_, index) => new Served(chart, `w${index}`));
      const wait = (from = 0, to = 0) => all[from]?.waitFor(WaitFor.service(all[to] as Served));
      edges.forEach(([from, to]) => wait(from, to));
      expect(mistakes(chart)).toEqual([]);
      wait(edges[0]?.[1], edges[0]?.[0]);
      expect(new Set(mistakes(chart).map(line => line.split(' ')[1]))).toEqual(new Set(['KEELSON1666']));
    }), { numRuns: 20 });
  });

  test('a Service that the app makes none of', () => {
    expect(mistakesOf(catalogue => [WaitFor.service({ connections: catalogue.connections, dnsName: 'catalog.shop.svc.cluster.local', servicePort: 80 })])).toEqual([
      "[shop/storefront] KEELSON1660 'waitFor' must be a Service that the app makes, got 'catalog.shop.svc.cluster.local': "
      + 'define it, or wait for one made elsewhere by WaitFor.host(…)',
    ]);
  });

  test("a port that isn't the Service's", () => {
    expect(mistakesOf(catalogue => [WaitFor.service(catalogue, { port: 8080 })])).toEqual([
      "[shop/storefront] KEELSON1661 'waitFor' must be for a TCP port of Service [shop/catalogue/Service], 80, got port 8080: name one of its ports",
    ]);
    expect(mistakesOf(catalogue => [WaitFor.service(catalogue)], { catalogue: {
      ports: [{ number: 8080, name: 'http', protocol: 'UDP' as never }], servicePorts: [{ name: 'quic', port: 443, targetPort: 'http', protocol: 'UDP' }],
    } })).toEqual([
      "[shop/storefront] KEELSON1661 'waitFor' must be for a TCP port of Service [shop/catalogue/Service], which has none, got port 443: name one of its ports",
    ]);
  });

  test('a port whose pods let nobody in there', () => {
    const catalogue = {
      ports: [{ number: 8080, name: 'http' }, { number: 9090, name: 'admin' }],
      servicePorts: [{ name: 'http', port: 80, targetPort: 'http' }, { name: 'admin', port: 9090, targetPort: 'admin' }],
    };
    const offers = { ports: [Port.tcp(8080)] };
    expect(mistakesOf(target => [WaitFor.service(target)], { catalogue, offers })).toEqual([]);
    expect(mistakesOf(target => [WaitFor.service(target, { port: 9090 })], { catalogue, offers })).toEqual([
      "[shop/storefront] KEELSON1663 'waitFor' must be for a port that they offer (8080/TCP), got port 9090, behind which the pods listen on 9090: "
      + "name the pods' port in 'offers' of their workload, or wait for another port",
    ]);
  });

  test('a headless Service leads to the pods\' own ports', () => {
    const headless = { headless: true, servicePorts: [{ name: 'http', port: 80, targetPort: 'http' }] };
    expect(mistakesOf(target => [WaitFor.service(target, { port: 8080 })], { catalogue: headless })).toEqual([]);
    expect(mistakesOf(target => [WaitFor.service(target)], { catalogue: headless })).toEqual([
      "[shop/storefront] KEELSON1664 'waitFor' must be for a port that its pods declare, http (8080), got port 80 of Service [shop/catalogue/Service], which is headless: "
      + 'name the port that the pods listen on: a headless Service leads to them directly',
    ]);
  });

  test('a Service of another workload', () => {
    const chart = charted();
    const { dnsName } = new Served(chart, 'catalogue');
    const { connections } = new Served(chart, 'orders');
    new Server(chart, 'storefront', { waitFor: [WaitFor.service({ connections, dnsName, servicePort: 80 })] });
    expect(mistakes(chart)).toEqual([
      "[shop/storefront] KEELSON1665 'waitFor' must be for a Service that leads to the pods of 'shop/orders', got Service [shop/catalogue/Service], "
      + 'which selects the pods of Deployment [shop/catalogue/Deployment]: wait for the workload that is behind the Service',
    ]);
  });

  test('a name where no name is resolved', () => {
    expect(mistakesOf(() => [WaitFor.host('192.0.2.10', 5432, Peer.cidr('192.0.2.10/32'))], { props: { denyDns: true } })).toEqual([]);
    expect(mistakesOf(catalogue => [WaitFor.service(catalogue)], { props: { denyDns: true } })).toEqual([
      "[shop/storefront] KEELSON1662 'waitFor' must be for an address where 'denyDns' is set, got 'catalogue.shop.svc.cluster.local': "
      + "give its IP address to WaitFor.host(…), or leave 'denyDns' out",
    ]);
  });

  test('what is no host, port or time', () => {
    const peer = Peer.cidr('192.0.2.0/24');
    expect(mistakesOf(() => [WaitFor.host('https://db', 5432, peer), WaitFor.host('db.example.com', 5433, peer, { timeout: Duration.seconds(0) })])).toEqual([
      "[shop/storefront] KEELSON1116 'waitFor.host' must be a host name without scheme, port and path, got 'https://db': write it like 'shop.example.com'",
      "[shop/storefront] KEELSON1121 'waitFor.timeout' must be at least 1 s, got 0 s: try Duration.seconds(1)",
    ]);
    expect(mistakesOf(() => [WaitFor.host('db.example.com', 0, peer)])).toEqual([
      "[shop/storefront] KEELSON1090 'connections.to.ports' must be an integer from 1 to 65535, got 0: give the port that is listened on",
      "[shop/storefront] KEELSON1090 'waitFor.port' must be an integer from 1 to 65535, got 0: give the port that is listened on",
    ]);
    expect(mistakesOf(() => [WaitFor.host('db.example.com', 1, peer, { timeout: Duration.seconds(1) }), WaitFor.host('db.example.com', 65535, peer)])).toEqual([]);
  });

  test('an image that the cluster takes from nowhere', () => {
    expect(mistakesOf(catalogue => [WaitFor.service(catalogue)], { profile: { allowedRegistries: ['registry.example.com'] } })).toEqual([
      "[shop/storefront] KEELSON1610 'waitFor.image' must be an image of a registry that the cluster allows (registry.example.com), "
      + "got 'docker.io/library/busybox:1.36.1@sha256:73aaf090f3d85aa34ee1…' (104 characters): "
      + "push it there, or have 'imageMirrors' of the cluster profile stand for its registry",
    ]);
  });
});

describe('W5 what the container does', () => {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  ClusterProfile.kubernetes().applyTo(chart);
  new Server(chart, 'web', { waitFor: [WaitFor.host('db', 5432, Peer.anywhere())] });
  const [, , script] = pods(Testing.synth(chart) as Rendered[], 'web').initContainers[0].command as string[];

  /** Runs it with an `nc` that says no so many times, and a clock on which nothing takes time but sleep. */
  function run(refusals: number, seconds: number): { output: string; code: number; asked: string } {
    const bin = mkdtempSync(join(tmpdir(), 'wait-'));
    const tool = (name: string, text: string) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    const count = `echo "$*" >> '${bin}/asked'; [ "$(wc -l < '${bin}/asked')" -gt ${refusals} ] || { echo 'nc: bad address' >&2; exit 1; }`;
    tool('nc', count);
    tool('sleep', `echo x >> '${bin}/slept'`);
    tool('date', `[ -e '${bin}/slept' ] || { echo 1000; exit; }\necho $((1000 + $(wc -l < '${bin}/slept')))`);
    const options = { env: { PATH: `${bin}:/usr/bin:/bin` }, encoding: 'utf8' as const };
    try {
      const output = execFileSync('/bin/sh', ['-c', script as string, 'wait', 'db', '5432', String(seconds)], options);
      return { output, code: 0, asked: execFileSync('/bin/cat', [join(bin, 'asked')], options) };
    } catch (error) {
      const { stdout, status } = error as { stdout: string; status: number };
      return { output: stdout, code: status, asked: execFileSync('/bin/cat', [join(bin, 'asked')], options) };
    } finally {
      rmSync(bin, { recursive: true });
    }
  }

  test('it ends well as soon as the port accepts a connection', () => {
    expect(run(2, 5)).toEqual({
      output: 'waiting for db:5432, at most 5 s\ndb:5432 accepts connections\n', code: 0, asked: '-z -w 2 db 5432\n'.repeat(3),
    });
  });

  test('it fails when the time is over, and says why', () => {
    expect(run(1000, 3)).toEqual({
      output: 'waiting for db:5432, at most 3 s\ngave up after 3 s: db:5432 accepts no connection. nc: bad address\n', code: 1, asked: '-z -w 2 db 5432\n'.repeat(4),
    });
  });
});

describe('W5 how long pods wait', () => {
  test('is the sum of all that was said, later too; the same twice counts once', () => {
    const server = new Server(charted(), 'web', { waitFor: [WaitFor.host('192.0.2.10', 5432, Peer.cidr('192.0.2.10/32'))] });
    expect(server.longestWait.toSeconds()).toBe(300);
    server.waitFor(WaitFor.host('192.0.2.10', 6432, Peer.cidr('192.0.2.10/32'), { timeout: Duration.seconds(20) }));
    server.waitFor(WaitFor.host('192.0.2.10', 6432, Peer.cidr('192.0.2.10/32'), { timeout: Duration.minutes(20) }));
    expect(server.longestWait.toSeconds()).toBe(320);
    expect(new Server(charted(), 'web').longestWait.toSeconds()).toBe(0);
  });
});

describe('W5 a wait for pods that may not be there', () => {
  const warnings = (more: (chart: Chart) => void, patch?: (manifest: ApiObject) => void) => {
    const chart = shop(catalogue => [WaitFor.service(catalogue)]);
    const deployment = chart.node.findAll().filter(each => ApiObject.isApiObject(each)).map(each => each as ApiObject)
      .find(each => each.kind === 'Deployment' && each.name === 'catalogue');
    patch?.(deployment as ApiObject);
    more(chart);
    expect(mistakes(chart)).toEqual([]);
    return Warnings.of(chart);
  };
  const none = (why: string) => [
    `[shop/storefront] KEELSON1669 'waitFor' for 'catalogue.shop.svc.cluster.local' may never end, since ${why} of Deployment [shop/catalogue/Deployment], `
    + 'and what waits for it starts none: keep one there, or leave the wait out and have the app try again by itself',
  ];
  const scaledObject = (spec: object) => (chart: Chart) => {
    new ApiObject(chart, 'scaler', { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', spec: { scaleTargetRef: { name: 'catalogue' }, triggers: [], ...spec } });
  };

  test('is warned of', () => {
    expect(warnings(() => {}, each => each.addJsonPatch(JsonPatch.replace('/spec/replicas', 0)))).toEqual(none('there is no pod'));
    expect(warnings(scaledObject({}))).toEqual(none('KEDA takes away the last pod'));
    expect(warnings(scaledObject({ minReplicaCount: 2, idleReplicaCount: 0 }))).toEqual(none('KEDA takes away the last pod'));
  });

  test('is not where there is one', () => {
    expect(warnings(() => {}, each => each.addJsonPatch(JsonPatch.replace('/spec/replicas', 1)))).toEqual([]);
    expect(warnings(scaledObject({ minReplicaCount: 1 }))).toEqual([]);
    expect(warnings(scaledObject({ scaleTargetRef: { name: 'storefront' } }))).toEqual([]);
  });
});

describe('W5 a wait for what comes later in a release', () => {
  const released = (order: ReleaseOrder, build: (worker: Served, migrate: Task, catalogue: Served) => void) => {
    const chart = charted();
    const catalogue = new Served(chart, 'catalogue');
    const worker = new Served(chart, 'worker');
    const migrate = new Task(chart, 'migrate', { image: 'registry.example.com/shop/web:1.8.2', releaseOrder: order });
    migrate.runBefore(catalogue);
    build(worker, migrate, catalogue);
    return mistakes(chart);
  };
  const message = (who: string, got: string) => `[shop/${who}] KEELSON1668 'waitFor' must be for what is there before, or comes with it, got ${got}: `
    + "have the Task 'runBefore' this workload too, or leave the wait out: the first release would never get past it";

  test('is refused from an earlier sync wave, and taken from the same one', () => {
    const order = () => ReleaseOrder.argoCdSyncWave();
    expect(released(order(), (worker, _, catalogue) => worker.waitFor(WaitFor.service(catalogue)))).toEqual([
      message('worker', 'Deployment [shop/catalogue/Deployment] of sync wave 2, from sync wave 0')]);
    expect(released(order(), (worker, migrate, catalogue) => {
      worker.waitFor(WaitFor.service(catalogue));
      migrate.runBefore(worker);
    })).toEqual([]);
    expect(released(order(), (worker, _, catalogue) => catalogue.waitFor(WaitFor.service(worker)))).toEqual([]);
  });

  test.each([['Helm', () => ReleaseOrder.helmHook()], ['Argo CD', () => ReleaseOrder.argoCdPreSync()]] as const)('is refused of a hook of %s before all else', (_, order) => {
    expect(released(order(), (worker, migrate) => migrate.waitFor(WaitFor.service(new Served(Chart.of(worker), 'other'))))).toEqual([
      message('migrate', 'Deployment [shop/other/Deployment] of sync wave 0, from a hook before all else')]);
  });

  test('is nothing where kubectl applies', () => {
    expect(released(ReleaseOrder.kubectlApply(), (worker, _, catalogue) => worker.waitFor(WaitFor.service(catalogue)))).toEqual([]);
  });
});
