import { App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  ConfigMap, Connections, Cpu, EnvValue, Faults, type IConnectable, Labels, Metadata, Peer, PodConnections, PodDefaults, Port, Secret,
  ServiceAccount, Volume, Warnings,
} from '../src';
import { accepted, charted, IMAGE, mistakes, mistakesOf, named, podOf, Server } from './server';
import { Archive, type Ledger } from './specimens/workloads';

/** A database as a client sees it. */
class Store extends Construct implements IConnectable {
  public readonly connections: Connections;

  public constructor(scope: Construct, id: string, bring: { env?: Record<string, EnvValue>; volumes?: Record<string, Volume> } = {}) {
    super(scope, id);
    const { env, volumes } = bring;
    this.connections = new PodConnections(this, { podLabels: { store: id }, endpoint: { ports: [Port.tcp(5432)], env, volumes } });
  }
}

describe('presence', () => {
  test('a workload defines an account and a policy, and its object; all named after it', () => {
    const chart = charted();
    const web = new Server(chart, 'web');
    expect(accepted(chart).map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`).sort())
      .toEqual(['Deployment/shop/web', 'NetworkPolicy/shop/web', 'ServiceAccount/shop/web']);
    expect([web.name, web.namespace, web.serviceAccount.name, web.networkPolicy.kind]).toEqual(['web', 'shop', 'web', 'NetworkPolicy']);
  });

  test('takes another name than its id', () => {
    const chart = charted();
    new Server(chart, 'web', { name: 'storefront' });
    const objects = accepted(chart);
    expect(objects.every(({ metadata }) => metadata.name === 'storefront')).toBe(true);
    expect(named(objects, 'Deployment', 'storefront').spec.template.spec.containers[0].name).toBe('storefront');
  });

  test('gives the same objects twice, and in every program', () => {
    const build = () => {
      const chart = charted();
      new Server(chart, 'web', { volumes: { '/etc/app': Volume.inline({ a: '1' }) }, sidecars: [{ name: 'proxy', image: IMAGE }] });
      return chart;
    };
    const chart = build();
    expect(JSON.stringify(Testing.synth(chart))).toBe(JSON.stringify(Testing.synth(chart)));
    expect(JSON.stringify(Testing.synth(build()))).toBe(JSON.stringify(Testing.synth(chart)));
  });

  test('works in a plain chart of a plain app, without namespace and profile', () => {
    const chart = new Chart(new App(), 'shop');
    new Server(chart, 'web');
    expect(accepted(chart)).toHaveLength(3);
  });

  test('two in one chart have nothing in common', () => {
    const chart = charted();
    new Server(chart, 'web', { volumes: { '/etc/app': Volume.inline({ a: '1' }) } });
    new Server(chart, 'admin', { volumes: { '/etc/app': Volume.inline({ a: '2' }) } });
    const objects = accepted(chart);
    expect(new Set(objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).size).toBe(8);
    expect(named(objects, 'Deployment', 'admin').spec.selector.matchLabels).toEqual({ [Labels.INSTANCE]: 'admin' });
  });

  test('patches reach into the pods', () => {
    const chart = charted();
    new Server(chart, 'web').deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/hostname', 'web'));
    expect(named(accepted(chart), 'Deployment', 'web').spec.template.spec.hostname).toBe('web');
  });

  test('Reloader is asked where wanted', () => {
    const chart = charted();
    new Server(chart, 'web', { reloadOnChange: true, annotations: { note: 'x' } });
    expect(named(accepted(chart), 'Deployment', 'web').metadata.annotations).toEqual({ 'note': 'x', 'reloader.stakater.com/auto': 'true' });
  });
});

describe('labels', () => {
  const labels = {
    'app': 'web', 'app.kubernetes.io/component': 'server', 'app.kubernetes.io/instance': 'web', 'app.kubernetes.io/managed-by': 'keelson',
    'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop',
  };

  test('are the recommended ones, on all objects and on the pods', () => {
    const chart = charted();
    new Server(chart, 'web', { volumes: { '/etc/app': Volume.inline({ a: '1' }) } }, { component: 'server' });
    const objects = accepted(chart);
    expect(objects).toHaveLength(4);
    const versioned = { ...labels, 'app.kubernetes.io/version': '1.8.2' };
    objects.forEach(({ kind, metadata }) => expect(metadata.labels).toEqual(kind === 'Deployment' ? versioned : labels));
    expect(named(objects, 'Deployment', 'web').spec.template.metadata.labels).toEqual(versioned);
  });

  test('of the user are added and may replace the others, but select nothing', () => {
    const { template } = podOf({ labels: { 'team': 'payments', 'app.kubernetes.io/part-of': 'store', 'app.kubernetes.io/instance': 'web' } });
    expect(template.metadata.labels).toMatchObject({ 'team': 'payments', 'app.kubernetes.io/part-of': 'store', 'app.kubernetes.io/instance': 'web' });
  });

  test('has no version where the image has only a digest', () => {
    const { template } = podOf({ image: `registry.example.com/shop/web@sha256:${'a'.repeat(64)}` });
    expect(Object.keys(template.metadata.labels)).not.toContain('app.kubernetes.io/version');
  });

  test('fails for another instance, and for labels and annotations that can’t be', () => {
    expect(mistakesOf({ labels: { 'app.kubernetes.io/instance': 'other' } })).toEqual([
      "KEELSON1218 'labels.app.kubernetes.io/instance' must be the workload's name, 'web', got 'other': remove it: it is what selects the pods"]);
    expect(mistakesOf({ labels: { team: 'our team' }, annotations: { 'a b': 'x' } })).toEqual([
      "KEELSON1052 'annotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
      "KEELSON1054 'labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'our team': try 'our-team'",
    ]);
  });
});

describe('names', () => {
  test.each([1, 63])('of %s letters are taken', (length) => {
    expect(mistakesOf({ name: 'a'.repeat(length) })).toEqual([]);
  });

  test('fails once for one that is too long, or in capitals, whatever is named after it', () => {
    expect(mistakesOf({ name: 'a'.repeat(64) })).toEqual([expect.stringMatching(/^KEELSON1061 'name' must be at most 63 characters long for a Deployment/)]);
    expect(mistakesOf({ name: 'Bad_Name' })).toEqual([
      "KEELSON1062 'name' must be lower-case letters, digits and '-' for a Deployment, got 'Bad_Name': try 'bad-name'"]);
    expect(mistakesOf({ name: 'web.shop' })).toEqual(["KEELSON1063 'name' must be without dots for a Deployment, got 'web.shop': try 'web-shop'"]);
  });

  test('fails for an id twice in a scope, and goes on', () => {
    const chart = charted();
    new Server(chart, 'web');
    new Server(chart, 'web');
    new Server(chart, 'web');
    expect(mistakes(chart)).toEqual([
      "[shop] KEELSON1219 'web' must be the id of one construct in its scope, got a second construct 'web': give one of the two another id"]);
  });

  test('fails for an empty id', () => {
    const chart = charted();
    new Server(chart, '');
    expect(mistakes(chart)).toEqual(["[shop/unnamed] KEELSON1060 'name' must be a name for the Deployment, got '': name it like 'storefront'"]);
  });

  test('fails at once where there is no chart, in one line', () => {
    const app = new App();
    expect(() => new Server(app, 'web')).toThrow("[web] KEELSON1209 'scope' must be a Chart or a construct in one, got the App: "
      + "make one by new Chart(app, 'shop', { namespace: 'shop' })");
    expect(() => new Server(new Construct(app, 'group'), 'web')).toThrow(/^\[group\/web\] KEELSON1209 /);
  });
});

describe('what connected endpoints bring', () => {
  const secret = Secret.fromSecretName('orders');
  const password = EnvValue.fromSecretValue({ secret, key: 'password' });
  const tls = Volume.fromSecret(secret);

  test('is merged with what the main container has, and changes nothing else', () => {
    const chart = charted();
    const web = new Server(chart, 'web', {
      env: { URL: EnvValue.fromValue('postgres://$(DB_HOST)/x') }, volumes: { '/data': tls }, sidecars: [{ name: 'proxy', image: IMAGE }],
    });
    web.connections.to(new Store(chart, 'orders', { env: { DB_PASSWORD: password, DB_HOST: EnvValue.fromValue('orders') }, volumes: { '/etc/orders/': tls } }));
    const { spec } = Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template;
    expect(mistakes(chart)).toEqual([]);
    expect(spec.containers[0].env.map(({ name }: { name: string }) => name)).toEqual(['DB_HOST', 'DB_PASSWORD', 'URL']);
    expect(spec.containers[0].volumeMounts).toEqual([
      { name: 'data', mountPath: '/data', readOnly: true }, { name: 'data', mountPath: '/etc/orders', readOnly: true }, { name: 'tmp', mountPath: '/tmp' },
    ]);
    expect(spec.initContainers[0].env).toBeUndefined();
    expect(spec.volumes).toHaveLength(3);
  });

  test('rolls the pods when it changes', () => {
    const checksum = (password: string) => {
      const chart = charted();
      const settings = new ConfigMap(chart, 'settings', { data: { password } });
      const web = new Server(chart, 'web');
      web.connections.to(new Store(chart, 'orders', { volumes: { '/etc/orders': Volume.fromConfigMap(settings) } }));
      return Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template.metadata.annotations['checksum/config'] as string;
    };
    expect(checksum('a')).toBe(checksum('a'));
    expect(checksum('a')).not.toBe(checksum('b'));
  });

  const connected = (bring: ConstructorParameters<typeof Store>[2], props = {}) => {
    const chart = charted();
    new Server(chart, 'web', props).connections.to(new Store(chart, 'orders', bring));
    return mistakes(chart);
  };

  test('fails where the workload says the same itself', () => {
    const props = { env: { DB_HOST: EnvValue.fromValue('mine') }, volumes: { '/etc/orders': Volume.emptyDir() } };
    expect(connected({ env: { DB_HOST: EnvValue.fromValue('orders') }, volumes: { '/etc/orders/': tls } }, props)).toEqual([
      "[shop/web] KEELSON1202 'env.DB_HOST' must be set once, got a second value, which a connected endpoint brings: remove it: the endpoint sets it",
      "[shop/web] KEELSON1204 'volumes./etc/orders' must be the mount path of one volume, got a second volume, which a connected endpoint brings: choose another path",
    ]);
    expect(connected({ env: { DB_PASSWORD: password } }, { env: { DB_PASSWORD: password } })).toEqual([]);
  });

  test('fails for files with their content, a Secret of another namespace and names that can’t be', () => {
    expect(connected({ volumes: { '/etc/orders': Volume.inline({ a: '1' }) } })).toEqual([
      "[shop/web] KEELSON1225 'volumes./etc/orders' must be a volume that its owner defines, where a connected endpoint brings it, got files with their content: "
      + 'let the endpoint offer them by Volume.fromConfigMap']);
    expect(connected({ env: { A: EnvValue.fromSecretValue({ secret: Secret.fromSecretName('orders', 'data'), key: 'a' }) } })).toEqual([
      "[shop/web] KEELSON1301 'env.A' must be a Secret of namespace 'shop', got 'orders' of namespace 'data': "
      + 'pods reach their own namespace only: have the Secret there too']);
    expect(connected({ env: { 'A B': password }, volumes: { data: tls } }).map(line => line.slice(0, 36))).toEqual([
      "[shop/web] KEELSON1203 'volumes.data", "[shop/web] KEELSON1312 'env.A B' mus"]);
  });

  test('its own ports are what it offers, unless it says otherwise', () => {
    const chart = charted();
    const web = new Server(chart, 'web');
    const admin = new Server(chart, 'admin', { offers: { ports: [Port.tcp(9000)] } });
    web.connections.to(admin);
    web.connections.from(Peer.namespace('edge'));
    const objects = accepted(chart);
    expect(named(objects, 'NetworkPolicy', 'admin').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 9000 }]);
    expect(named(objects, 'NetworkPolicy', 'web').spec.ingress[0].ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });
});

describe('PodDefaults', () => {
  test('the nearest wins field by field, before and after, and the workload over all', () => {
    const chart = charted();
    new Server(chart, 'web');
    new Server(chart, 'admin', { resources: { cpuRequest: Cpu.millis(70) } });
    new PodDefaults({ resources: { cpuRequest: Cpu.millis(50), memoryRequest: Size.mebibytes(256) } }).applyTo(chart.node.root);
    new PodDefaults({ resources: { memoryRequest: Size.mebibytes(512) } }).applyTo(chart);
    new PodDefaults({ resources: { cpuLimit: Cpu.units(1) } }).applyTo(chart);
    const resources = (name: string) => named(accepted(chart), 'Deployment', name).spec.template.spec.containers[0].resources;
    expect(resources('web')).toMatchObject({ requests: { cpu: '50m', memory: '512Mi' }, limits: { cpu: '1', memory: '512Mi' } });
    expect(resources('admin')).toMatchObject({ requests: { cpu: '70m', memory: '512Mi' } });
  });

  test('reach only what is below', () => {
    const chart = charted();
    const other = new Chart(chart.node.root as App, 'other', { namespace: 'other' });
    new PodDefaults({ resources: { cpuRequest: Cpu.millis(10) } }).applyTo(other);
    new Server(chart, 'web');
    expect(named(accepted(chart), 'Deployment', 'web').spec.template.spec.containers[0].resources.requests.cpu).toBe('100m');
  });

  test('fails for a request above the limit of a scope around, and says where it is from', () => {
    const memoryLimit = Size.mebibytes(256);
    const limitAround = (server: Server) => new PodDefaults({ resources: { memoryLimit } }).applyTo(server.node.root);
    expect(mistakesOf({ resources: { memoryRequest: Size.gibibytes(1) } }, {}, undefined, limitAround)).toEqual([
      "KEELSON1251 'resources.memoryRequest' must be at most the memory limit, 256Mi (from PodDefaults of a scope around), got 1Gi: "
      + "lower it, or set 'memoryLimit' to at least 1Gi"]);
  });
});

describe('many mistakes', () => {
  test('are all told, each once', () => {
    const chart = charted();
    const props = { image: 'web', runAsUser: 1, workingDir: 'x', labels: { 'a b': 'c' } };
    const web = new Server(chart, 'Web', props, { ports: [{ number: 0 }] });
    Faults.report(web, 'image', []);
    new Metadata({ labels: { x: ' ' } }).applyTo(chart);
    expect(mistakes(chart).map(line => line.split("' must")[0])).toEqual([
      "[shop/Web] KEELSON1052 'labels", "[shop/Web] KEELSON1062 'name", "[shop/Web] KEELSON1090 'ports.0", "[shop/Web] KEELSON1103 'image",
      "[shop/Web] KEELSON1208 'workingDir", "[shop/Web] KEELSON1210 'runAsUser", "[shop] KEELSON1054 'metadata.labels.x",
    ]);
  });

  test('of a part are told of the construct whose props it is made of, late ones too', () => {
    const chart = charted();
    const archive = new Archive(chart, 'archive', {
      image: 'registry.example.com/shop/ledger:3.1.0', labels: { 'a b': 'c' }, volumes: { '/data': Volume.fromClaimTemplate('data') }, unsafeHostNetwork: true,
    });
    const { connections } = archive.node.findChild('Ledger') as Ledger;
    connections.to(Peer.workload({ name: '', namespace: 'shop', ports: [Port.tcp(80)] }));
    expect(mistakes(chart).map(line => line.split(' must')[0])).toEqual([
      "[shop/archive] KEELSON1052 'labels'", "[shop/archive] KEELSON1365 'connections.to.name'",
    ]);
    expect(Warnings.of(chart)).toEqual([expect.stringContaining('[shop/archive] KEELSON1371')]);
  });

  test('an account by reference is shared by two', () => {
    const chart = charted();
    const serviceAccount = new ServiceAccount(chart, 'shared');
    new Server(chart, 'web', { serviceAccount });
    new Server(chart, 'admin', { serviceAccount });
    expect(accepted(chart).filter(({ kind }) => kind === 'ServiceAccount')).toHaveLength(1);
  });
});

describe('the network of the pods', () => {
  test('is warned of where no policy holds in it', () => {
    const chart = charted();
    new Server(chart, 'web', { unsafeHostNetwork: true });
    expect(Warnings.of(chart)).toEqual(["[shop/web] KEELSON1371 network policies don't hold for pods in the node's network, neither this workload's nor those of the "
      + 'ones it connects to, which let its pods in by label and see the address of a node: let the nodes in by Peer.cidr(…)']);
  });

  test('has DNS unless it is closed by name', () => {
    const egressOf = (denyDns?: boolean) => {
      const chart = charted();
      new Server(chart, 'web', { denyDns });
      return named(accepted(chart), 'NetworkPolicy', 'web').spec.egress;
    };
    expect(egressOf()).toHaveLength(1);
    expect(egressOf(true) ?? []).toHaveLength(0);
  });
});

test('the order in which volumes are named changes nothing', () => {
  const volumeOf = (path: string): [string, Volume] => [path, Volume.fromSecret(Secret.fromSecretName(path.slice(1)))];
  const templateOf = (paths: string[]) => podOf({ volumes: Object.fromEntries(paths.map(volumeOf)) }).template;
  expect(JSON.stringify(templateOf(['/b', '/a']))).toBe(JSON.stringify(templateOf(['/a', '/b'])));
});
