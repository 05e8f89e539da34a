import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ApiObject, App as Cdk8sApp, Chart, IResolver, JsonPatch, Lazy, Names, ResolutionContext, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import fc from 'fast-check';
import { ModuleKind, transpileModule } from 'typescript';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { App, ClusterProfile, Faults, Manifest } from '../src';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keelson-app-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

function object(scope: Construct, kind: string, name: string, more: object = {}): Manifest {
  const versions: Record<string, string> = {
    Namespace: 'v1', ServiceAccount: 'v1', ConfigMap: 'v1', Secret: 'v1', Service: 'v1', ResourceQuota: 'v1', PersistentVolumeClaim: 'v1',
    Deployment: 'apps/v1', StatefulSet: 'apps/v1', NetworkPolicy: 'networking.k8s.io/v1', Ingress: 'networking.k8s.io/v1',
    PodDisruptionBudget: 'policy/v1', StorageClass: 'storage.k8s.io/v1', PriorityClass: 'scheduling.k8s.io/v1',
    HorizontalPodAutoscaler: 'autoscaling/v2', HTTPRoute: 'gateway.networking.k8s.io/v1', Certificate: 'cert-manager.io/v1',
    Role: 'rbac.authorization.k8s.io/v1', CustomResourceDefinition: 'apiextensions.k8s.io/v1', Database: 'example.com/v1',
    ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1', ClusterRole: 'rbac.authorization.k8s.io/v1',
  };
  const needed: Record<string, object> = { PodDisruptionBudget: { spec: { maxUnavailable: 1, selector: {} } } };
  return new Manifest(scope, `${kind}-${name}`, { apiVersion: versions[kind] ?? 'v1', kind, metadata: { name }, ...needed[kind], ...more });
}

function filesIn(dir: string): Record<string, string> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const names = entries.map(entry => join(entry.parentPath, entry.name));
  return Object.fromEntries(names.sort().map(name => [name.slice(dir.length + 1), readFileSync(name, 'utf8')]));
}

/** The files that `build` gives in an app of ours, and in a plain one. */
function bothOf(build: (app: Cdk8sApp) => void, props: object = {}): [Record<string, string>, Record<string, string>] {
  return [App, Cdk8sApp].map((Kind, number) => {
    const outdir = join(folder, `${number}`);
    const app = new Kind({ ...props, outdir });
    build(app);
    app.synth();
    return filesIn(outdir);
  }) as [Record<string, string>, Record<string, string>];
}

function kindsIn(text: string): string[] {
  return [...text.matchAll(/^kind: (\w+)\nmetadata:\n(?: {2}\S.*\n| {4}.*\n)*? {2}name: "?([^\s"]+)/gm)].map(([, kind, name]) => `${kind} ${name}`);
}

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** The package as JavaScript, types unchecked. */
function compileTo(lib: string): void {
  const src = join(__dirname, '../src');
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
    const { outputText } = transpileModule(readFileSync(join(src, file), 'utf8'), { compilerOptions: { module: ModuleKind.CommonJS, target: 9 } });
    mkdirSync(dirname(join(lib, file)), { recursive: true });
    writeFileSync(join(lib, file.replace(/ts$/, 'js')), outputText);
  }
}

describe('what the app writes', () => {
  const layouts = [
    ['FILE_PER_APP', YamlOutputType.FILE_PER_APP], ['FILE_PER_CHART', YamlOutputType.FILE_PER_CHART],
    ['FILE_PER_RESOURCE', YamlOutputType.FILE_PER_RESOURCE], ['FOLDER_PER_CHART', YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE],
  ] as const;

  test.each(layouts)('is the same files as cdk8s for %s, where the tree is in order already', (_, yamlOutputType) => {
    const [ours, stock] = bothOf(app => {
      const base = new Chart(app, 'base');
      object(base, 'ServiceAccount', 'runner');
      object(base, 'ConfigMap', 'conf', { data: { b: '010', a: 'x: y\n' } });
      const web = new Chart(app, 'web', { namespace: 'web', labels: { team: 'a' } });
      new ApiObject(web, 'raw', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'raw' }, stringData: { n: Lazy.any({ produce: () => 'later' }) } })
        .addJsonPatch(JsonPatch.add('/immutable', true));
      object(web, 'Deployment', 'web', { spec: { replicas: 2 } });
      web.addDependency(base);
      new Chart(web, 'inner');
      new Chart(app, 'empty');
    }, { yamlOutputType, outputFileExtension: '.yaml' });
    expect(ours).toEqual(stock);
  });

  test('is the same for resolvers of the user and unsorted keys', () => {
    vi.stubEnv('CDK8S_DISABLE_SORT', '1');
    const shout: IResolver = { resolve: (context: ResolutionContext) => context.value === 'quiet' && context.replaceValue('LOUD') };
    const [ours, stock] = bothOf(app => object(new Chart(app, 'a'), 'ConfigMap', 'a', { data: { z: 'quiet', a: 'b' } }), { resolvers: [shout] });
    expect(ours['a.k8s.yaml']).toContain('  z: LOUD\n  a: b\n');
    expect(ours).toEqual(stock);
  });

  test('is the same where folder and metadata are asked for by the cdk8s CLI', () => {
    vi.stubEnv('CDK8S_OUTDIR', join(folder, 'cli'));
    vi.stubEnv('CDK8S_RECORD_CONSTRUCT_METADATA', 'true');
    const build = (app: Cdk8sApp) => {
      object(new Chart(app, 'a'), 'ConfigMap', 'one');
      object(new Chart(app, 'b'), 'ConfigMap', 'two');
      app.synth();
      return filesIn(join(folder, 'cli'));
    };
    const ours = build(new App());
    expect(ours['construct-metadata.json']).toBe('{"version":"1.0.0","resources":{"one":{"path":"a/ConfigMap-one"},"two":{"path":"b/ConfigMap-two"}}}');
    expect(ours).toEqual(build(new Cdk8sApp()));
  });

  test('is the same objects in chart.toJson() and Testing.synth()', () => {
    const chart = (app: Cdk8sApp) => {
      const made = new Chart(app, 'a');
      object(made, 'ConfigMap', 'one', { data: { a: 'b' } });
      return made;
    };
    expect(Testing.synth(chart(new App()))).toEqual(Testing.synth(chart(new Cdk8sApp())));
    expect(chart(new App()).toJson()).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { a: 'b' } }]);
  });

  test('is one text for synthYaml', () => {
    const app = new App();
    object(new Chart(app, 'a'), 'ConfigMap', 'one');
    object(new Chart(app, 'b'), 'ConfigMap', 'two');
    expect(app.synthYaml()).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: two\n');
  });

  test('is the same when written twice, and files that stay as they are keep their time', () => {
    const app = new App({ outdir: folder });
    const changing = object(new Chart(app, 'a'), 'ConfigMap', 'one');
    object(new Chart(app, 'b'), 'ConfigMap', 'two');
    writeFileSync(join(folder, 'mine.yaml'), 'kept');
    app.synth();
    const first = filesIn(folder);
    for (const name of ['a', 'b']) {
      utimesSync(join(folder, `${name}.k8s.yaml`), 1, 1);
    }
    app.synth();
    expect(filesIn(folder)).toEqual(first);
    changing.addJsonPatch(JsonPatch.add('/data', { a: 'b' }));
    app.synth();
    expect(statSync(join(folder, 'b.k8s.yaml')).mtimeMs).toBe(1000);
    expect(statSync(join(folder, 'a.k8s.yaml')).mtimeMs).toBeGreaterThan(1000);
    expect(filesIn(folder)['mine.yaml']).toBe('kept');
  });

  test('has a file for each of two objects that cdk8s would write to one', () => {
    const app = new App({ outdir: folder, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    for (const namespace of ['dev', 'prod']) {
      object(new Chart(app, namespace, { namespace }), 'ConfigMap', 'conf');
    }
    const chart = new Chart(app, 'more');
    object(chart, 'ConfigMap', 'alone');
    object(chart, 'ClusterRole', 'system:a');
    object(chart, 'ClusterRole', 'systema');
    object(chart, 'Service', 'web');
    new ApiObject(chart, 'knative', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'web' } });
    app.synth();
    expect(Object.keys(filesIn(folder))).toEqual([
      'ClusterRole.systema.rbac.authorization.k8s.io-2.k8s.yaml', 'ClusterRole.systema.rbac.authorization.k8s.io.k8s.yaml',
      'ConfigMap.alone.k8s.yaml', 'ConfigMap.conf.dev.k8s.yaml', 'ConfigMap.conf.prod.k8s.yaml',
      'Service.web.k8s.yaml', 'Service.web.serving.knative.dev.k8s.yaml',
    ]);
  });

  test('fails for two charts of one file name', () => {
    const app = new App({ outdir: folder });
    const group = new Construct(app, 'a');
    new Chart(group, 'b');
    new Chart(new Construct(group, 'Default'), 'b');
    expect(errorOf(() => app.synth()).message).toMatch(new RegExp(`^Nothing was written to ${folder}, 1 to fix:\\n`
      + "  \\[a/Default/b\\] KEELSON1403 'id' must be of a chart with a file name of its own, got (a-b-c8[0-9a-f]{6}), "
      + 'which the chart \\[a/b\\] is written to: give one of the two charts another id$'));
  });
});

describe('mistakes', () => {
  test('fails with all of them, sorted, each once, and writes nothing', () => {
    const app = new App({ outdir: join(folder, 'never') });
    const b = new Chart(app, 'b');
    const fault = { code: 'KEELSON9999', allowed: 'right', got: 'wrong', fix: 'mend it' };
    Faults.report(b, 'second', [fault]);
    Faults.report(b, 'first', [fault, fault]);
    b.node.addValidation({ validate: () => ["KEELSON9999 'first' must be right, got wrong: mend it"] });
    const a = new Chart(app, 'a');
    object(a, 'ConfigMap', 'lazy', { data: Lazy.any({ produce: () => { throw new Error('not yet\nreally'); } }) });
    new ApiObject(a, 'raw', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'raw' }, data: new Map() } as never);
    a.node.addValidation({ validate: () => { throw new Error('broken check'); } });
    for (const [run, where] of [[() => app.synth(), ` to ${folder}/never`], [() => app.synthYaml(), '']] as const) {
      expect(errorOf(run).message).toBe(`Nothing was written${where}, 5 to fix:
  [a] KEELSON1404 'validation' must be free of errors, got "broken check": mend what throws it, such as a Lazy or a JSON patch
  [a/ConfigMap-lazy] KEELSON1400 'manifest' must be free of errors, got "not yet": mend what throws it, such as a Lazy or a JSON patch
  [a/raw] KEELSON1400 'manifest' must be free of errors, got "can't render non-simple object of type 'Map'": mend what throws it, such as a Lazy or a JSON patch
  [b] KEELSON9999 'first' must be right, got wrong: mend it
  [b] KEELSON9999 'second' must be right, got wrong: mend it`);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('name the folder unless it is the usual one, so that of several Apps each is known', () => {
    vi.stubEnv('CDK8S_OUTDIR', join(folder, 'usual'));
    for (const [app, where] of [[new App(), ''], [new App({ outdir: join(folder, 'eks') }), ` to ${folder}/eks`]] as const) {
      app.node.addValidation({ validate: () => ['one'] });
      expect(errorOf(() => app.synth()).message).toBe(`Nothing was written${where}, 1 to fix:\n  [App] one`);
    }
  });

  test('says which text no API server would store as it is, without showing it, for objects of either kind', () => {
    const data = { 'a-key': 'pass\x7fword', next: 'a\x85b', 'of\x9ctwo': '', half: 'a\ud800b', 'half-2': '\udfff', taken: 'an \\ud800 escape \ud83d\ude80 \x01\x1b\xa0\ud7ff\ufdd0\ufffd\u{1fffe}~' };
    const app = new App({ outdir: folder });
    const chart = new Chart(app, 'a');
    object(chart, 'Secret', 'ours', { stringData: data });
    new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'raw' }, list: [['\ufffe', 'x\uffff'], Lazy.any({ produce: () => '\x80' })] } as never);
    const line = (where: string, prop: string, char: string, at: number) => `  [a/${where}] KEELSON1405 '${prop}' must be free of U+007F to U+009F, U+FFFE, U+FFFF and halves of surrogate pairs, `
      + `got U+${char} at position ${at}: remove it: API servers refuse or change it; a ConfigMap takes any bytes in 'binaryData'`;
    expect(errorOf(() => app.synth()).message.split('\n').slice(1)).toEqual([
      line('Secret-ours', 'stringData', '009C', 2), line('Secret-ours', 'stringData.a-key', '007F', 4),
      line('Secret-ours', 'stringData.half', 'D800', 1), line('Secret-ours', 'stringData.half-2', 'DFFF', 0), line('Secret-ours', 'stringData.next', '0085', 1),
      line('raw', 'list[0][0]', 'FFFE', 0), line('raw', 'list[0][1]', 'FFFF', 1), line('raw', 'list[1]', '0080', 0),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('are printed as a list where they end a program, with the line that called synth', () => {
    compileTo(join(folder, 'lib'));
    const main = join(folder, 'main.cjs');
    writeFileSync(main, `
      const { App } = require('./lib/app');
      const app = new App({ outdir: ${JSON.stringify(join(folder, 'out'))} });
      app.node.addValidation({ validate: () => ['one', 'two'] });
      app.synth();
    `);
    const modules = join(__dirname, '../../../node_modules');
    const { stderr, status } = spawnSync(process.execPath, [main], { encoding: 'utf8', env: { ...process.env, NODE_PATH: modules } });
    expect(stderr).toBe(`Nothing was written to ${folder}/out, 2 to fix:\n  [App] one\n  [App] two\n    at Object.<anonymous> (${main}:5:11)\n\nNode.js ${process.version}\n`);
    expect(status).toBe(1);
  }, 120_000);
});

describe('order', () => {
  function orderIn(build: (chart: Chart, app: App) => void): string[] {
    const app = new App({ outdir: folder });
    build(new Chart(app, 'a'), app);
    app.synth();
    return Object.values(filesIn(folder)).flatMap(kindsIn);
  }

  test('is that of what has to be there first, whatever the order in the tree', () => {
    const kinds = ['Namespace', 'CustomResourceDefinition', 'PriorityClass', 'ResourceQuota', 'ServiceAccount', 'Role', 'ConfigMap', 'Certificate',
      'PersistentVolumeClaim', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'Deployment', 'Database', 'HorizontalPodAutoscaler', 'HTTPRoute',
      'ValidatingWebhookConfiguration'];
    const ranked = [['Role', 'ServiceAccount'], ['Certificate', 'ConfigMap'], ['PodDisruptionBudget', 'NetworkPolicy'], ['Database', 'Deployment']];
    const order = orderIn(chart => [...kinds].reverse().forEach(kind => object(chart, kind, 'x'))).map(line => line.replace(' x', ''));
    // equals come as the tree has them, which here is reversed
    expect(order).toEqual(kinds.map(kind => {
      const pair = ranked.find(both => both.includes(kind));
      return pair === undefined ? kind : pair.find(other => other !== kind);
    }));
  });

  test.each([
    ['gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy'], ['gateway.envoyproxy.io/v1alpha1', 'BackendTrafficPolicy'], ['gateway.envoyproxy.io/v1alpha1', 'HTTPRouteFilter'],
    ['gateway.networking.k8s.io/v1', 'BackendTLSPolicy'], ['gateway.networking.k8s.io/v1', 'ReferenceGrant'], ['traefik.io/v1alpha1', 'Middleware'],
    ['traefik.io/v1alpha1', 'TraefikService'], ['traefik.io/v1alpha1', 'ServersTransport'],
  ])('has what says who may pass a route before it: %s %s', (apiVersion, kind) => {
    for (const [group, route] of [['gateway.networking.k8s.io/v1', 'HTTPRoute'], ['gateway.networking.k8s.io/v1', 'GRPCRoute'], ['traefik.io/v1alpha1', 'IngressRoute']] as const) {
      expect(orderIn(chart => {
        new ApiObject(chart, 'route', { apiVersion: group, kind: route, metadata: { name: 'shop' } });
        new ApiObject(chart, 'policy', { apiVersion, kind, metadata: { name: 'shop' } });
        object(chart, 'Deployment', 'shop');
      })).toEqual(['Deployment shop', `${kind} shop`, `${route} shop`]);
    }
  });

  test('keeps the tree order of equals', () => {
    expect(orderIn(chart => ['b', 'a', '10', '9'].forEach(name => object(chart, 'ConfigMap', name))))
      .toEqual(['ConfigMap b', 'ConfigMap a', 'ConfigMap 10', 'ConfigMap 9']);
  });

  test('has declared dependencies first, of objects and of constructs', () => {
    expect(orderIn(chart => {
      const part = new Construct(chart, 'part');
      object(part, 'Namespace', 'last');
      object(part, 'ConfigMap', 'last');
      const first = new Construct(chart, 'first');
      object(first, 'Deployment', 'x');
      const second = object(first, 'Service', 'y');
      part.node.addDependency(first);
      second.addDependency(object(chart, 'Ingress', 'z'));
      object(chart, 'Secret', 'free');
    })).toEqual(['Secret free', 'Deployment x', 'Ingress z', 'Service y', 'Namespace last', 'ConfigMap last']);
  });

  test('has a custom resource behind its definition, and an object behind its namespace, where those are late', () => {
    expect(orderIn(chart => {
      object(chart, 'Database', 'orders', { metadata: { name: 'orders' } });
      object(chart, 'ConfigMap', 'inside', { metadata: { name: 'inside', namespace: 'shop' } });
      const hook = object(chart, 'Deployment', 'hook');
      object(chart, 'CustomResourceDefinition', 'databases', { spec: { group: 'example.com', names: { kind: 'Database' } } }).addDependency(hook);
      object(chart, 'Namespace', 'shop').addDependency(hook);
    })).toEqual(['Deployment hook', 'Namespace shop', 'CustomResourceDefinition databases', 'ConfigMap inside', 'Database orders']);
  });

  test('gives way where a declared dependency is against what is needed', () => {
    expect(orderIn(chart => {
      const inside = object(chart, 'ConfigMap', 'inside', { metadata: { name: 'inside', namespace: 'shop' } });
      object(chart, 'Namespace', 'shop').addDependency(inside);
    })).toEqual(['ConfigMap inside', 'Namespace shop']);
  });

  test('of a construct and the one object in it that it depends on is kept', () => {
    expect(orderIn(chart => {
      const around = new Construct(chart, 'around');
      object(around, 'ConfigMap', 'a');
      around.node.addDependency(object(around, 'Deployment', 'first'));
    })).toEqual(['Deployment first', 'ConfigMap a']);
  });

  test.each([
    ['namespace', 'Namespace', 'shop', {}, 'ConfigMap', { metadata: { name: 'x', namespace: 'shop' } }],
    ['storage class', 'StorageClass', 'fast', {}, 'PersistentVolumeClaim', { spec: { storageClassName: 'fast' } }],
    ['storage class of a template', 'StorageClass', 'fast', {}, 'StatefulSet', { spec: { volumeClaimTemplates: [{ spec: { storageClassName: 'fast' } }] } }],
    ['priority class', 'PriorityClass', 'high', {}, 'Deployment', { spec: { template: { spec: { priorityClassName: 'high' } } } }],
    ['definition', 'CustomResourceDefinition', 'x', { spec: { group: 'example.com', names: { kind: 'Database' } } }, 'Database', {}],
  ])('has a chart that needs the %s of another behind it', (_, kind, name, more, user, uses) => {
    const app = new App({ outdir: folder });
    object(new Chart(app, 'app'), user, 'x', uses);
    new Chart(app, 'other');
    object(new Chart(app, 'platform'), kind, name, more);
    app.synth();
    expect(Object.keys(filesIn(folder))).toEqual(['0000-other.k8s.yaml', '0001-platform.k8s.yaml', '0002-app.k8s.yaml']);
  });

  test('of charts that need each other is that of the tree; in one file everything fits', () => {
    const build = (props: object) => {
      const app = new App({ ...props, outdir: folder });
      for (const [mine, theirs] of [['a', 'b'], ['b', 'a']] as const) {
        const chart = new Chart(app, mine);
        object(chart, 'ConfigMap', 'x', { metadata: { name: 'x', namespace: theirs } });
        object(chart, 'Namespace', mine);
      }
      app.synth();
      return Object.keys(filesIn(folder));
    };
    expect(build({})).toEqual(['0000-a.k8s.yaml', '0001-b.k8s.yaml']);
    build({ yamlOutputType: YamlOutputType.FILE_PER_APP });
    expect(kindsIn(filesIn(folder)['app.k8s.yaml'] ?? '')).toEqual(['Namespace a', 'Namespace b', 'ConfigMap x', 'ConfigMap x']);
  });

  test('of charts is that of cdk8s for declared dependencies', () => {
    const [ours, stock] = bothOf(app => {
      const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(id => new Chart(app, id));
      const inner = object(new Chart(c!, 'inner'), 'ConfigMap', 'inner');
      object(a!, 'ConfigMap', 'in-a').addDependency(object(d!, 'ConfigMap', 'in-d'));
      b!.addDependency(e!, c!);
      d!.node.addDependency(inner);
      e!.addDependency(new Construct(d!, 'nothing'));
    });
    expect(Object.keys(ours)).toEqual(Object.keys(stock));
    expect(ours).toEqual(stock);
  });

  test('fails for a cycle between charts, and names the way', () => {
    const app = new App({ outdir: folder });
    const [a, b, c] = ['a', 'b', 'c'].map(id => new Chart(app, id));
    object(a!, 'ConfigMap', 'x').addDependency(object(b!, 'ConfigMap', 'y'));
    b!.addDependency(c!);
    c!.addDependency(a!);
    expect(errorOf(() => app.synth()).message).toBe(`Nothing was written to ${folder}, 1 to fix:\n`
      + "  [a] KEELSON1401 'dependencies' must be without a cycle, got a behind b behind c behind a: remove one of these dependencies");
  });

  test('fails for a cycle between objects, and names the way', () => {
    const app = new App({ outdir: folder });
    const chart = new Chart(app, 'a');
    const [x, y] = ['x', 'y'].map(name => object(chart, 'ConfigMap', name));
    x!.addDependency(y!);
    y!.addDependency(x!);
    expect(errorOf(() => app.synth()).message).toBe(`Nothing was written to ${folder}, 1 to fix:\n  [a/ConfigMap-x] KEELSON1401 'dependencies' must be without a cycle, `
      + 'got a/ConfigMap-x behind a/ConfigMap-y behind a/ConfigMap-x: remove one of these dependencies');
  });

  test('fails for a dependency on what is in no chart', () => {
    const app = new App({ outdir: folder });
    const group = new Construct(app, 'group');
    new Chart(app, 'a').node.addDependency(group);
    expect(errorOf(() => app.synth()).message).toBe(`Nothing was written to ${folder}, 1 to fix:\n  [a] KEELSON1402 'dependencies' must be between charts, `
      + 'or between constructs in charts, got a behind group: group is in no chart: name the charts in it');
  });

  test('is found for 10,000 objects in one chain, and for charts that cdk8s takes exponential time for', () => {
    const app = new App({ outdir: folder });
    const chart = new Chart(app, 'chain');
    const chain = Array.from({ length: 10_000 }, (_, number) => object(chart, 'ConfigMap', `c${number}`));
    chain.forEach((each, number) => chain[number + 1] && each.addDependency(chain[number + 1]!));
    const ladder = Array.from({ length: 60 }, (_, number) => new Chart(app, `ladder-${number}`));
    ladder.forEach((each, number) => {
      [1, 2, 3].forEach(name => object(each, 'ConfigMap', `l${number}-${name}`));
      each.addDependency(...ladder.slice(number + 1, number + 4));
    });
    app.synth();
    const files = filesIn(folder);
    expect(kindsIn(files['0000-chain.k8s.yaml'] ?? '')).toEqual(chain.map(({ name }) => `ConfigMap ${name}`).reverse());
    expect(Object.keys(files).slice(1)).toEqual(ladder.reverse().map(({ node }, at) => `${String(at + 1).padStart(4, '0')}-${node.id}.k8s.yaml`));
  });
});

describe('the cluster profile of an app', () => {
  test('is found from every construct in it', () => {
    const cluster = ClusterProfile.kubernetes({ version: '1.30' });
    const chart = new Chart(new App({ cluster }), 'a');
    expect(ClusterProfile.of(chart)).toBe(cluster);
  });
});

test('what is written is read by cdk8s again', () => {
  const app = new App({ outdir: folder });
  const made = object(new Chart(app, 'a'), 'ConfigMap', 'a', { data: { a: '1', b: 'true', c: 'x\ny\n', d: '' } });
  app.synth();
  expect(Yaml.load(join(folder, 'a.k8s.yaml'))).toEqual([made.toJson()]);
});

describe('random dependencies', () => {
  /** Where the parts of a small app are: in chart a, in a chart within it, in chart b, and in constructs of those. */
  const paths = ['a', 'a/p', 'a/p/1', 'a/p/2', 'a/q', 'a/q/1', 'a/in', 'a/in/1', 'a/in/2', 'b', 'b/p', 'b/p/1', 'b/1'];

  function build(Kind: typeof Cdk8sApp, dependencies: [number, number][]): Cdk8sApp {
    const app = new Kind();
    const made = new Map<string, Construct>();
    for (const path of paths) {
      const id = path.split('/').at(-1) ?? '';
      const scope = made.get(path.slice(0, -id.length - 1)) ?? app;
      made.set(path, /^\d/.test(id) ? object(scope, 'ConfigMap', path.replaceAll('/', '-'))
        : /p|q/.test(id) ? new Construct(scope, id) : new Chart(scope, id));
    }
    for (const [source, target] of dependencies) {
      made.get(paths[source] ?? '')?.node.addDependency(made.get(paths[target] ?? '') ?? app);
    }
    return app;
  }

  test('mean what they mean to cdk8s: a cycle to both, or the same objects behind each other', () => {
    const part = fc.nat({ max: paths.length - 1 });
    // what depends on itself is lost by cdk8s
    const dependency = fc.tuple(part, part).filter(([source, target]) => source !== target);
    fc.assert(fc.property(fc.array(dependency, { maxLength: 5 }), dependencies => {
      const stock = build(Cdk8sApp, dependencies);
      const ours = build(App, dependencies);
      const expected = outcomeOf(() => [...kindsIn(stock.synthYaml())].sort());
      const order = outcomeOf(() => kindsIn(ours.synthYaml()));
      expect(order && [...order].sort()).toEqual(expected);
      // stock synth has left every edge between two objects, and between two charts, with its source
      const files = outcomeOf(() => fileNames(ours, join(folder, 'ours'))) ?? [];
      const placeOf = (construct: IConstruct) => (ApiObject.isApiObject(construct)
        ? order?.indexOf(`ConfigMap ${(construct as ApiObject).name}`)
        : files.findIndex(name => name.endsWith(`-${Names.toDnsLabel(construct as Chart)}.k8s.yaml`))) ?? -1;
      const isWritten = (construct: IConstruct) => ApiObject.isApiObject(construct) || Chart.isChart(construct);
      const broken = stock.node.findAll().filter(isWritten).flatMap(source => source.node.dependencies
        .filter(target => ApiObject.isApiObject(target) === ApiObject.isApiObject(source) && isWritten(target))
        .filter(target => order !== undefined && placeOf(target) >= placeOf(source)));
      expect(broken).toEqual([]);
      const withoutNumber = (names: string[]) => names.map(name => name.replace(/^\d{4}-/, '')).sort();
      expect(withoutNumber(files)).toEqual(withoutNumber(outcomeOf(() => fileNames(stock, join(folder, 'stock'))) ?? []));
    }), { numRuns: 100 });
  });

  /** Undefined for a cycle, which cdk8s says as such or as a stack overflow. */
  function outcomeOf(run: () => string[]): string[] | undefined {
    try {
      return run();
    } catch (error) {
      expect((error as Error).message).toMatch(/cycle|Maximum call stack/);
      return undefined;
    }
  }

  function fileNames(app: Cdk8sApp, outdir: string): string[] {
    rmSync(outdir, { recursive: true, force: true });
    Object.assign(app, { outdir });
    app.synth();
    return Object.keys(filesIn(outdir));
  }
});
