import { App, ClusterProfile, Health, Peer, Port } from '@keelson/core';
import { reachability } from '@keelson/testing';
import '@keelson/testing/vitest';
import { Chart, Testing } from 'cdk8s';
import { expect, test } from 'vitest';
import { WebApp } from '../src';

const app = new App({ cluster: ClusterProfile.kubernetes({ version: '1.36' }) });
const chart = new Chart(app, 'shop', { namespace: 'shop' });
const health = Health.http({ ready: '/readyz', live: '/livez' });
const of = (id: string) => new WebApp(chart, id, { image: `registry.example.com/shop/${id}:1.0.0`, port: 8080, health });
const [storefront, catalogue, spy] = [of('storefront'), of('catalogue'), of('spy')];
storefront.connections.to(catalogue);
storefront.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
const dns = {
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  spec: { containers: [{ name: 'dns', ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 53 }] }] },
};
const network = reachability([...Testing.synth(chart) as unknown[], dns]);

test('N1, N3, N6: web apps are closed both ways but for DNS and what they are connected to', () => {
  expect(network).toHaveReachability(`
    | from            | shop/storefront 8080 | shop/storefront any other | shop/catalogue 8080 | shop/catalogue any other | shop/spy 8080 | shop/spy any other | kube-system/dns 53/UDP | kube-system/dns 53 | kube-system/dns any other | internet 443 | internet any other |
    | --------------- | -------------------- | ------------------------- | ------------------- | ------------------------ | ------------- | ------------------ | ---------------------- | ------------------ | ------------------------- | ------------ | ------------------ |
    | shop/storefront | no (out)             | no                        | yes                 | no                       | no            | no                 | yes                    | yes                | no (out)                  | yes          | no (out)           |
    | shop/catalogue  | no                   | no                        | no                  | no                       | no            | no                 | yes                    | yes                | no (out)                  | no (out)     | no (out)           |
    | shop/spy        | no                   | no                        | no                  | no                       | no (out)      | no                 | yes                    | yes                | no (out)                  | no (out)     | no (out)           |
    | kube-system/dns | no (in)              | no (in)                   | no (in)             | no (in)                  | no (in)       | no (in)            | yes                    | yes                | yes                       | yes          | yes                |
    | internet        | no (in)              | no (in)                   | no (in)             | no (in)                  | no (in)       | no (in)            | yes                    | yes                | yes                       | –            | –                  |
  `);
});

test('ends of connections are constructs', () => {
  expect(network).toReach(storefront, catalogue, 'http');
  expect(network).not.toReach(spy, catalogue, 8080);
  expect(network.from(storefront).to(catalogue, 8080).why).toBe(
    'NetworkPolicy shop/storefront egress[2] lets it out of Deployment shop/storefront; NetworkPolicy shop/catalogue ingress[0] lets it into Deployment shop/catalogue');
});
