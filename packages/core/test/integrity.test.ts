import { ApiObject, App as Cdk8sApp, Chart, JsonPatch, Lazy } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { App, Manifest, Metadata, PodTemplate } from '../src';
import { factsOf } from '../src/private/object-facts';
import { type Make, mistakesOf } from './two-apps';

const INSTANCE = 'app.kubernetes.io/instance';

function make(scope: Chart, id: string, apiVersion: string, kind: string, spec: object, more: object = {},
  Made: Make = Manifest as Make): ApiObject {
  return new Made(scope, id, { apiVersion, kind, metadata: { name: id.replace(/-[a-z]+$/, ''), ...more }, spec } as never);
}

function deployment(scope: Chart, name: string, labels: object = { [INSTANCE]: name }, matchLabels = labels, Made?: Make): ApiObject {
  const spec = { selector: { matchLabels }, template: { metadata: { labels } } };
  return make(scope, `${name}-deployment`, 'apps/v1', 'Deployment', spec, {}, Made);
}

function service(scope: Chart, name: string, selector: object = { [INSTANCE]: name }, Made?: Make): ApiObject {
  return make(scope, `${name}-service`, 'v1', 'Service', { selector, ports: [{ name: 'http', port: 80 }] }, {}, Made);
}

function budget(scope: Chart, name: string, matchLabels: object = { [INSTANCE]: name }, Made?: Make): ApiObject {
  return make(scope, `${name}-pdb`, 'policy/v1', 'PodDisruptionBudget', { maxUnavailable: 1, selector: { matchLabels } }, {}, Made);
}

function policy(scope: Chart, name: string, podSelector: object = { matchLabels: { [INSTANCE]: name } }, Made?: Make): ApiObject {
  return make(scope, `${name}-policy`, 'networking.k8s.io/v1', 'NetworkPolicy', { podSelector }, {}, Made);
}

function messageOf(app: Cdk8sApp): string {
  try {
    app.synthYaml();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('names', () => {
  test('fails for two objects of one kind, namespace and name, at the later one', () => {
    expect(mistakesOf((chart, app) => {
      deployment(chart, 'web');
      service(chart, 'web');
      const other = new Chart(app, 'b', { namespace: 'shop' });
      deployment(other, 'web');
      deployment(new Chart(app, 'c', { namespace: 'shop-test' }), 'web');
    })).toEqual(["[b/web-deployment] KEELSON1410 'metadata.name' must be of one Deployment in namespace shop only, "
      + 'got web, which Deployment [a/web-deployment] has too: name one of the two differently']);
  });

  test('fails for two cluster-scoped objects of one name, whatever the namespace of their charts', () => {
    expect(mistakesOf((chart, app) => {
      make(chart, 'admin-role', 'rbac.authorization.k8s.io/v1', 'ClusterRole', {});
      make(new Chart(app, 'b', { namespace: 'other' }), 'admin-role', 'rbac.authorization.k8s.io/v1', 'ClusterRole', {}, {}, ApiObject as never);
    })).toEqual(["[b/admin-role] KEELSON1410 'metadata.name' must be of one ClusterRole only, "
      + 'got admin, which ClusterRole [a/admin-role] has too: name one of the two differently']);
  });

  test('may be the same in other API groups', () => {
    expect(mistakesOf(chart => {
      make(chart, 'web-one', 'v1', 'Service', {});
      make(chart, 'web-two', 'serving.knative.dev/v1', 'Service', {});
    })).toEqual([]);
  });

  test('are those of the patched object in our App', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    deployment(chart, 'web');
    deployment(chart, 'other', { x: 'y' }).addJsonPatch(JsonPatch.replace('/metadata/name', 'web'));
    expect(() => app.synthYaml()).toThrow('KEELSON1410');
  });

  test.each([
    ['Bad_Name', "KEELSON1062 'metadata.name' must be lower-case letters, digits and '-' for a Service, got 'Bad_Name': try 'bad-name'"],
    ['good-name', undefined],
  ])('fails for a patch that renames an object to %s only where no object can be called so', (name, mistake) => {
    const app = new App();
    const chart = new Chart(app, 'a');
    make(chart, 'web-service', 'v1', 'Service', {}).addJsonPatch(JsonPatch.replace('/metadata/name', name));
    make(chart, 'raw-service', 'v1', 'Service', {}, {}, ApiObject as never).addJsonPatch(JsonPatch.replace('/metadata/name', `${name}2`));
    const lines = (text: string) => [`[a/raw-service] ${text.replace('Bad_Name', 'Bad_Name2').replace('bad-name', 'bad-name2')}`, `[a/web-service] ${text}`];
    expect(messageOf(app)).toBe(mistake === undefined ? '' : `Nothing was written, 2 to fix:\n  ${lines(mistake).join('\n  ')}`);
  });

  test('may be used again once the other object is gone', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    make(chart, 'x-one', 'v1', 'ConfigMap', {});
    make(chart, 'x-two', 'v1', 'ConfigMap', {});
    expect(() => app.synthYaml()).toThrow('KEELSON1410');
    chart.node.tryRemoveChild('x-one');
    expect(() => app.synthYaml()).not.toThrow();
  });
});

describe('selectors', () => {
  test('of a workload and all around it are right', () => {
    expect(mistakesOf((chart, app) => {
      for (const at of [chart, new Chart(app, 'b', { namespace: 'other' })]) {
        for (const name of ['web', 'worker']) {
          deployment(at, name);
          service(at, name);
          budget(at, name);
          policy(at, name);
        }
      }
    })).toEqual([]);
  });

  test('fails for a workload that selects other pods than its own', () => {
    expect(mistakesOf(chart => deployment(chart, 'web', { [INSTANCE]: 'web' }, { app: 'web' }))).toEqual([
      "[a/web-deployment] KEELSON1411 'spec.selector' must be labels that the object's own pod template carries, app.kubernetes.io/instance=web, "
      + 'got app=web: give selector and template the same label',
    ]);
  });

  test('fails for a workload that selects the pods of a later one too', () => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web', { app: 'shop', part: 'web' }, { app: 'shop' });
      deployment(chart, 'worker', { app: 'shop', part: 'worker' });
    })).toEqual(["[a/web-deployment] KEELSON1412 'spec.selector' must be a label that only its own pods carry, "
      + 'got app=shop, which selects the pods of Deployment [a/worker-deployment] too: name one of the two differently, or give its pods another label']);
  });

  test('fails once for two workloads of one selector, at the later one, and not again for what selects them', () => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web', { [INSTANCE]: 'web' });
      make(chart, 'web-set', 'apps/v1', 'StatefulSet', {
        selector: { matchLabels: { [INSTANCE]: 'web' } }, template: { metadata: { labels: { [INSTANCE]: 'web' } } },
      });
      service(chart, 'web');
      budget(chart, 'web');
      policy(chart, 'web');
    })).toEqual(["[a/web-set] KEELSON1412 'spec.selector' must be a label that only its own pods carry, got app.kubernetes.io/instance=web, "
      + 'which selects the pods of Deployment [a/web-deployment] too: name one of the two differently, or give its pods another label']);
  });

  test.each([
    ['Job', 'batch/v1', { template: { metadata: { labels: { [INSTANCE]: 'web' } } } }],
    ['CronJob', 'batch/v1', { jobTemplate: { spec: { template: { metadata: { labels: { [INSTANCE]: 'web' } } } } } }],
  ])('fails for a workload that selects the pods of a %s', (kind, apiVersion, spec) => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web');
      make(chart, 'web-task', apiVersion, kind, spec, {}, ApiObject as never);
    })).toEqual([expect.stringContaining(`[a/web-deployment] KEELSON1412 'spec.selector' must be a label that only its own pods carry, `
      + `got app.kubernetes.io/instance=web, which selects the pods of ${kind} [a/web-task] too`)]);
  });

  test('fails for a workload that selects a bare pod', () => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web');
      make(chart, 'web-pod', 'v1', 'Pod', {}, { labels: { [INSTANCE]: 'web' } });
    })).toEqual([expect.stringContaining('which selects the pods of Pod [a/web-pod] too')]);
  });

  test.each([
    ['Service', (chart: Chart) => service(chart, 'shop', { [INSTANCE]: 'wbe' }), '[a/shop-service]', 'spec.selector'],
    ['PodDisruptionBudget', (chart: Chart) => budget(chart, 'shop', { [INSTANCE]: 'wbe' }), '[a/shop-pdb]', 'spec.selector'],
    ['NetworkPolicy', (chart: Chart) => policy(chart, 'shop', { matchLabels: { [INSTANCE]: 'wbe' } }), '[a/shop-policy]', 'spec.podSelector'],
    ['Service of the user', (chart: Chart) => service(chart, 'shop', { [INSTANCE]: 'wbe' }, ApiObject as never), '[a/shop-service]', 'spec.selector'],
  ])('fails for a %s that selects by the name of no workload', (_, build, path, prop) => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web');
      build(chart);
    })).toEqual([`${path} KEELSON1413 '${prop}' must be the label of pods that the app makes in the same namespace, `
      + 'got app.kubernetes.io/instance=wbe: name the workload as its construct does, or select pods made elsewhere by another label']);
  });

  test('fails for a Service in another namespace than the pods', () => {
    expect(mistakesOf((chart, app) => {
      deployment(chart, 'web');
      service(new Chart(app, 'b', { namespace: 'other' }), 'web');
    })).toEqual([expect.stringContaining("[b/web-service] KEELSON1413 'spec.selector'")]);
  });

  test('of pods that cannot be rendered are not said to select nothing, and what refers to such objects is right', () => {
    const app = new App();
    const chart = new Chart(app, 'a', { namespace: 'shop' });
    const failing = () => Lazy.any({ produce: () => {
      throw new Error('no number');
    } }) as object;
    make(chart, 'web-deployment', 'apps/v1', 'Deployment', failing());
    service(chart, 'web');
    policy(chart, 'web');
    make(chart, 'web-hpa', 'autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } });
    make(chart, 'api-service', 'v1', 'Service', failing());
    make(chart, 'api-ingress', 'networking.k8s.io/v1', 'Ingress', { defaultBackend: { service: { name: 'api', port: { number: 80 } } } });
    budget(new Chart(app, 'b', { namespace: 'other' }), 'web');
    const said = (id: string) => `  [a/${id}] KEELSON1400 'manifest' must be free of errors, got "no number": mend what throws it, such as a Lazy or a JSON patch`;
    expect(messageOf(app)).toBe(['Nothing was written, 3 to fix:', said('api-service'), said('web-deployment'),
      "  [b/web-pdb] KEELSON1413 'spec.selector' must be the label of pods that the app makes in the same namespace, got app.kubernetes.io/instance=web: "
      + 'name the workload as its construct does, or select pods made elsewhere by another label'].join('\n'));
  });

  test('fails for a policy of a task that another workload takes for its own', () => {
    expect(mistakesOf(chart => {
      make(chart, 'dump-job', 'batch/v1', 'Job', { template: { metadata: { labels: { [INSTANCE]: 'dump' } } } });
      deployment(chart, 'web', { app: 'web', [INSTANCE]: 'dump' }, { app: 'web' });
      policy(chart, 'dump');
    })).toEqual(["[a/dump-policy] KEELSON1414 'spec.podSelector' must be the label of one workload's pods, here Job [a/dump-job], "
      + 'got app.kubernetes.io/instance=dump, which selects the pods of Deployment [a/web-deployment] too: '
      + 'name one of the two differently, or give its pods another label']);
  });

  test('fails for two budgets over one pod', () => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web', { [INSTANCE]: 'web', team: 'a' }, { [INSTANCE]: 'web' });
      budget(chart, 'web');
      budget(chart, 'all', { team: 'a' });
    })).toEqual(["[a/all-pdb] KEELSON1415 'spec.selector' must be over pods that no other PodDisruptionBudget is over, "
      + 'as PodDisruptionBudget [a/web-pdb] is, got the pods of Deployment [a/web-deployment]: keep one of the two']);
  });

  test.each([
    ['a policy for the whole namespace', (chart: Chart) => policy(chart, 'all', {})],
    ['a policy by a label of the user', (chart: Chart) => policy(chart, 'team', { matchLabels: { team: 'a' } })],
    ['a policy by expressions', (chart: Chart) => policy(chart, 'both', { matchExpressions: [{ key: INSTANCE, operator: 'In', values: ['web', 'worker'] }] })],
    ['a Service over several workloads by a label they share', (chart: Chart) => service(chart, 'team', { team: 'a' })],
    ['a budget over several workloads', (chart: Chart) => budget(chart, 'team', { team: 'a' })],
    ['a Service without a selector', (chart: Chart) => make(chart, 'outside-service', 'v1', 'Service', { ports: [{ port: 5432 }] })],
    ['a Service for pods made elsewhere', (chart: Chart) => service(chart, 'grafana', { 'app.kubernetes.io/name': 'grafana' })],
    ['a Service for pods of a Helm release', (chart: Chart) =>
      service(chart, 'redis', { 'app.kubernetes.io/name': 'redis', [INSTANCE]: 'cache' }, ApiObject as never)],
    ['a Service for the pods that get a role at run time', (chart: Chart) => service(chart, 'primary', { [INSTANCE]: 'web', role: 'primary' })],
  ])('may be those of %s', (_, build) => {
    expect(mistakesOf(chart => {
      for (const name of ['web', 'worker']) {
        deployment(chart, name, { [INSTANCE]: name, team: 'a' }, { [INSTANCE]: name });
      }
      build(chart);
    })).toEqual([]);
  });

  test('may be those of a Helm convention, where the release is the instance of several workloads', () => {
    expect(mistakesOf(chart => {
      for (const name of ['shop', 'worker']) {
        deployment(chart, name, { 'app.kubernetes.io/name': name, [INSTANCE]: 'shop' }, undefined, ApiObject as never);
      }
      policy(chart, 'shop', { matchLabels: { [INSTANCE]: 'shop' } }, ApiObject as never);
    })).toEqual([]);
  });

  test.each([
    ['In', ['web', 'other'], true], ['In', ['other'], false], ['NotIn', ['other'], true], ['NotIn', ['web'], false],
    ['Exists', undefined, true], ['DoesNotExist', undefined, false],
  ])('with the operator %s and the values %s select: %s', (operator, values, selects) => {
    const mistakes = mistakesOf(chart => {
      deployment(chart, 'web', { app: 'web' });
      make(chart, 'broad-deployment', 'apps/v1', 'Deployment',
        { selector: { matchExpressions: [{ key: 'app', operator, values }] }, template: { metadata: { labels: { app: 'x' } } } });
    });
    expect(mistakes.some(line => line.includes('KEELSON1412'))).toBe(selects);
  });

  test('are read behind Lazy values and patches', () => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web');
      service(chart, 'lazy', Lazy.any({ produce: () => ({ [INSTANCE]: Lazy.any({ produce: () => 'wbe' }) }) }) as never);
      service(chart, 'patched').addJsonPatch(JsonPatch.replace('/spec/selector', { [INSTANCE]: 'web' }));
    })).toEqual([expect.stringContaining('[a/lazy-service] KEELSON1413')]);
  });
});

describe('references', () => {
  const scale = (chart: Chart, kind: string, name: string) =>
    make(chart, 'web-hpa', 'autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: { apiVersion: 'apps/v1', kind, name } });
  const ingress = (chart: Chart, port: object) => make(chart, 'web-ingress', 'networking.k8s.io/v1', 'Ingress',
    { rules: [{ http: { paths: [{ backend: { service: { name: 'web', port } } }] } }] });
  const route = (chart: Chart, reference: object, kind = 'HTTPRoute') => make(chart, 'web-route', 'gateway.networking.k8s.io/v1', kind,
    { rules: [{ backendRefs: [{ name: 'web', ...reference }] }] });

  test.each([['Deployment', 'wbe'], ['StatefulSet', 'web']])('fails for scaling a %s %s that the app does not make', (kind, name) => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web');
      scale(chart, kind, name);
    })).toEqual(["[a/web-hpa] KEELSON1416 'spec.scaleTargetRef' must be a workload that the app makes in the same namespace, "
      + `got ${kind} ${name}: name the workload by its kind and metadata.name`]);
  });

  test.each([
    ['an Ingress', (chart: Chart) => ingress(chart, { number: 8080 }), 'web-ingress', '8080'],
    ['an Ingress by port name', (chart: Chart) => ingress(chart, { name: 'web' }), 'web-ingress', 'web'],
    ['an HTTPRoute', (chart: Chart) => route(chart, { port: 8080 }), 'web-route', '8080'],
    ['a GRPCRoute', (chart: Chart) => route(chart, { port: 8080 }, 'GRPCRoute'), 'web-route', '8080'],
  ])("fails for %s to a port that the app's Service has not got", (_, build, id, port) => {
    expect(mistakesOf(chart => {
      deployment(chart, 'web');
      service(chart, 'web');
      build(chart);
    })).toEqual([`[a/${id}] KEELSON1417 'spec.rules' must be to a port of Service [a/web-service], http (80), got ${port}: name one of its ports`]);
  });

  test.each([
    ['scaling what the app makes', (chart: Chart) => scale(chart, 'Deployment', 'web')],
    ['scaling in a namespace whose workloads are made elsewhere', (_: Chart, other: Chart) => scale(other, 'Deployment', 'ingress-nginx')],
    ['a port by number', (chart: Chart) => ingress(chart, { number: 80 })],
    ['a port by name', (chart: Chart) => ingress(chart, { name: 'http' })],
    ['a route to a port', (chart: Chart) => route(chart, { port: 80 })],
    ['a route to another namespace', (_: Chart, other: Chart) => route(other, { port: 80, namespace: 'shop' })],
    ['a route to a Service made elsewhere', (_: Chart, other: Chart) => route(other, { port: 8080 })],
    ['a route to another kind', (chart: Chart) => route(chart, { port: 8080, kind: 'ServiceImport', group: 'multicluster.x-k8s.io' })],
  ])('may be %s', (_, build) => {
    expect(mistakesOf((chart, app) => {
      deployment(chart, 'web');
      service(chart, 'web');
      build(chart, new Chart(app, 'b', { namespace: 'other' }));
    })).toEqual([]);
  });
});

describe('the pods of a workload', () => {
  test('are known by labels and port names without being rendered, as they are where they are', () => {
    const chart = new Chart(new Cdk8sApp(), 'a', { labels: { team: 'a' } });
    new Metadata({ labels: { stage: 'test' } }).applyTo(chart);
    const pods = new PodTemplate(chart, {
      container: { name: 'web', image: 'registry.example.com/web:1', ports: [{ number: 80, name: 'http' }, { number: 81 }] },
      sidecars: [{ name: 'proxy', image: 'registry.example.com/proxy:1', ports: [{ number: 90, name: 'admin' }] }],
      labels: { app: 'web' }, podLabels: { role: 'x' }, selector: { [INSTANCE]: 'web' },
    });
    for (const spec of [{ template: pods }, { jobTemplate: { spec: { template: pods } } }]) {
      const kind = 'template' in spec ? 'Deployment' : 'CronJob';
      const object = make(chart, `${kind.toLowerCase()}-x`, kind === 'CronJob' ? 'batch/v1' : 'apps/v1', kind, spec);
      const { podLabels, podPorts } = factsOf(object, { spec }, true);
      const rendered = factsOf(object, object.toJson(), true);
      expect({ podLabels, podPorts }).toEqual({ podLabels: rendered.podLabels, podPorts: rendered.podPorts });
      expect([...podLabels ?? []].sort()).toEqual([['app', 'web'], [INSTANCE, 'web'], ['role', 'x'], ['stage', 'test'], ['team', 'a']]);
      expect([...podPorts ?? []]).toEqual(expect.arrayContaining(['http', 'admin']));
    }
  });
});

describe('a namespace that no cluster can have', () => {
  test('is said once, of the chart or of the first object that names it', () => {
    const app = new App();
    const chart = new Chart(app, 'a', { namespace: 'Parcels' });
    for (const id of ['x', 'y']) {
      new Manifest(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' });
      new ApiObject(chart, `${id}-raw`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${id}-raw`, namespace: 'other_one' } });
    }
    const message = (path: string, prop: string, got: string, fix: string) => `  [${path}] KEELSON1062 '${prop}' must be lower-case letters, digits and '-' for a Namespace, `
      + `got '${got}': try '${fix}'`;
    expect(() => app.synthYaml()).toThrow(`Nothing was written, 2 to fix:\n${message('a', 'namespace', 'Parcels', 'parcels')}\n${message('a/x-raw', 'metadata.namespace', 'other_one', 'other-one')}`);
  });
});
