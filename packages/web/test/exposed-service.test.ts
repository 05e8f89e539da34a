import { ClusterProfile, IngressController, Service, ServiceBackend } from '@keelson/core';
import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ExposedService, Exposure, type IExposableService } from '../src';
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
