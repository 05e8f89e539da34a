import { ClusterProfile, ExternalNameService, ExternalNameTarget, IngressController, SelectorlessService, Service, ServiceBackend, type IService } from '@keelson/core';
import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ExposedService, Exposure, ExposureTarget, type IExposableService } from '../src';
import { Cluster, clusters } from './exposed-app';

/** One Service before two apps. */
function front(cluster: Cluster): { chart: Chart; service: Service } {
  const backends = ['blue', 'green'].map(name => cluster.expose([], name));
  const chart = Chart.of(backends[0]!);
  return { chart, service: new Service(chart, 'front', { backends, ports: [{ target: 'http', number: 80 }] }) };
}

describe('S1 a Service that is no web app\'s', () => {
  test.each(['gateway', 'traefik'])('is reached under a host (%s)', name => {
    const cluster = new Cluster(clusters[name]);
    const { chart, service } = front(cluster);
    new ExposedService(chart, 'exposure', { service, exposure: Exposure.insecureHttp('shop.example.com') });
    expect(cluster.mistakes()).toEqual([]);
    expect(cluster.routes()).toEqual([name === 'gateway' ? 'HTTPRoute front' : 'Ingress front']);
    for (const app of ['blue', 'green']) {
      expect(JSON.stringify(cluster.specs('NetworkPolicy')[app].ingress)).toContain(name === 'gateway' ? 'gateway-system' : 'traefik');
    }
    expect(JSON.stringify(cluster.objects())).toContain(name === 'gateway' ? '"backendRefs":[{"name":"front","port":80}]' : '"service":{"name":"front","port":{"number":80}}');
  });

  test('may say itself which container port its first port leads to', () => {
    const cluster = new Cluster({ ingress: IngressController.traefik() });
    const { chart, service } = front(cluster);
    const of: IExposableService = { name: service.name, kind: 'Service', dnsName: service.dnsName, servicePort: 80, targetPort: 9090, connections: service.connections };
    new ExposedService(chart, 'exposure', { service: of, exposure: Exposure.insecureHttp('shop.example.com') });
    expect(cluster.routes()).toEqual(['Ingress front']);
  });

  test('fails where its pods offer no port, so that nobody could be let in', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    ClusterProfile.kubernetes({ ingress: IngressController.traefik() }).applyTo(chart);
    const { connections } = ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [] });
    const exposed = new ExposedService(chart, 'exposure', {
      service: { name: 'front', kind: 'Service', dnsName: 'front', servicePort: 80, connections }, exposure: Exposure.insecureHttp('shop.example.com'),
    });
    expect(exposed.node.validate()).toEqual([
      "KEELSON2139 'service' must be a Service whose pods offer a port, got 'front', whose pods offer none: have the workload behind it listen on one, or give 'targetPort'"]);
  });
});

describe('S1 what an exposed Service has to be', () => {
  const exposure = Exposure.insecureHttp('shop.example.com');
  const mistakes = (define: (chart: Chart) => unknown, more: Exposure = exposure) => {
    const cluster = new Cluster(clusters.gateway);
    const chart = new Chart(cluster.app, 'shop', { namespace: 'shop' });
    new ExposedService(chart, 'exposure', { service: define(chart) as IExposableService, exposure: more });
    return cluster.mistakes();
  };

  test('fails on one of another namespace, to which no Ingress leads', () => {
    const cluster = new Cluster(clusters.traefik);
    const { service } = front(cluster);
    new ExposedService(new Chart(cluster.app, 'edge', { namespace: 'edge' }), 'exposure', { service, exposure });
    expect(cluster.mistakes()).toEqual([
      "[edge/exposure] KEELSON2335 'exposure' must be a Service of namespace 'edge', got Service 'front' of namespace 'shop', at Ingress of class 'traefik', "
      + 'which leads to Services of its own namespace only: define the exposure in a chart of its namespace, or choose a target that can: ExposureTarget.GATEWAY_API',
    ]);
    expect(cluster.routes()).toEqual([]);
  });

  test('fails on one of another namespace that nobody can have agree to it', () => {
    const cluster = new Cluster(clusters.gateway);
    const { service } = front(cluster);
    const { kind, name, namespace, connections, servicePort, hostFrom } = service;
    const alike = { kind, name, namespace, connections, servicePort, hostFrom };
    new ExposedService(new Chart(cluster.app, 'edge', { namespace: 'edge' }), 'exposure', { service: alike as unknown as IExposableService, exposure });
    expect(cluster.mistakes()).toEqual([
      "[edge/exposure] KEELSON2140 'service' must be of the namespace that the routes are in, 'edge', got 'front' of namespace 'shop': define the ExposedService in a chart of the Service's namespace",
    ]);
  });

  test('takes one of a chart that names no namespace, and one of the same namespace in another chart', () => {
    const cluster = new Cluster(clusters.gateway);
    const { service } = front(cluster);
    new ExposedService(new Chart(cluster.app, 'nowhere'), 'exposure', { service, exposure });
    new ExposedService(new Chart(cluster.app, 'same', { namespace: 'shop' }), 'exposure', { service, exposure: Exposure.insecureHttp('www.example.com') });
    expect(cluster.mistakes()).toEqual([]);
  });

  const rest = 'define it: a Service before pods made elsewhere takes them by ServiceBackend.fromPodLabels(…)';
  test.each<[string, (chart: Chart) => unknown, string]>([
    ['nothing', () => undefined, 'undefined'],
    ['null', () => null, 'null'],
    ['a name', () => 'front', "'front'"],
    ['an empty object', () => ({}), 'an object of another kind'],
    ['one made elsewhere', () => Service.fromServiceName('front'), "'front', of which no pods are known"],
    ['no port', chart => ({ ...Service.fromServiceName('front'), connections: ServiceBackend.fromPodLabels({ labels: { app: chart.node.id }, ports: [] }).connections }),
      "'front', of which no pods are known"],
    ['an object of another kind', () => ({ kind: 'Deployment', name: 'front' }), "the Deployment 'front'"],
  ])('fails on %s', (_, define, got) => {
    expect(mistakes(define)).toEqual([`[shop/exposure] KEELSON2141 'service' must be a Service that the app defines, got ${got}: ${rest}`]);
  });

  test('says what is wrong with the exposure, too', () => {
    expect(mistakes(() => undefined, Exposure.insecureHttp('shop.example.com', { path: 'cart' }))).toEqual([
      "[shop/exposure] KEELSON2002 'exposure.path' must be a path that begins with '/', got 'cart': try '/cart'",
      `[shop/exposure] KEELSON2141 'service' must be a Service that the app defines, got undefined: ${rest}`,
    ]);
  });

  test('fails on another name', () => {
    const alias = (chart: Chart): IService => new ExternalNameService(chart, 'shop', { target: ExternalNameTarget.host('shop.example.net') });
    expect(mistakes(alias)).toEqual([
      "[shop/exposure] KEELSON2142 'service' must be a Service with pods or addresses behind it: gateways and ingress controllers lead no requests to another name, "
      + "got 'shop', another name for 'shop.example.net': expose the Service that the name stands for, or make it a SelectorlessService of the addresses",
    ]);
  });

  const targets: [string, ExposureTarget | undefined][] = [['gateway', undefined], ['gateway', ExposureTarget.ownGateway('envoy')], ['traefik', undefined]];
  test.each(targets)('may have addresses behind it, or pods made elsewhere, whose policies are not ours (%s)', (name, target) => {
    const cluster = new Cluster(clusters[name]);
    const chart = new Chart(cluster.app, 'shop', { namespace: 'shop' });
    const legacy = ServiceBackend.fromPodLabels({ labels: { app: 'legacy' }, ports: [{ number: 9000, name: 'http' }] });
    const services = [
      new SelectorlessService(chart, 'machines', { addresses: ['192.0.2.10'], ports: [{ number: 80, targetNumber: 8080 }] }),
      new Service(chart, 'legacy', { backends: [legacy], ports: [{ target: 'http' }] }),
    ];
    services.forEach(service => new ExposedService(chart, `${service.name}-exposure`, {
      service, exposure: Exposure.insecureHttp(`${service.name}.example.com`, { target }),
    }));
    expect(cluster.mistakes()).toEqual([]);
    expect(cluster.specs('NetworkPolicy')).toEqual({});
    const kind = name === 'gateway' ? 'HTTPRoute' : 'Ingress';
    expect(cluster.routes().filter(each => each.startsWith(kind))).toEqual([`${kind} machines`, `${kind} legacy`]);
  });
});
