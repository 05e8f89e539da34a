import { type ClusterProfileProps, Mesh, MeshDataPlane, Peer, Port, ServiceAccount, Subject, Task } from '@keelson/core';
import { describe, expect, test } from 'vitest';
import { Isolation, Quota, Workspace } from '../src';
import { objectOf, objectsOf, Platform, type Rendered } from './platform';

const API = 'security.istio.io/v1';
const meshed = (dataPlane: MeshDataPlane): ClusterProfileProps => ({ version: '1.33', mesh: Mesh.istio({ dataPlane }) });
const policiesOf = (objects: Rendered[]) => objects.filter(({ apiVersion }) => apiVersion === API);
const rulesOf = (role: Rendered) => (role.rules as { apiGroups: string[]; verbs: string[] }[]).filter(({ apiGroups }) => apiGroups.includes('security.istio.io'));

describe('N10 a tenant in a service mesh', () => {
  test('has mTLS for all of its pods, who reach each other by their namespace; workloads say what they open besides', () => {
    const platform = new Platform(meshed(MeshDataPlane.AMBIENT));
    const [shop, data] = [platform.tenant('shop'), platform.tenant('data', { isolation: Isolation.WORKLOADS })];
    const report = new Task(shop, 'report', { image: 'registry.example.com/shop/report:1.4.0' });
    report.connections.to(data, { ports: [Port.tcp(5432)] });
    expect(objectOf(shop, 'Namespace', 'shop').metadata.labels).toMatchObject({ 'istio.io/dataplane-mode': 'ambient' });
    const selector = { matchLabels: { 'app.kubernetes.io/instance': 'report' } };
    const told = ({ kind, metadata: { name, namespace }, spec }: Rendered): object => ({ kind, name, namespace, spec });
    expect(policiesOf(objectsOf(shop)).map(told)).toEqual([
      { kind: 'AuthorizationPolicy', name: 'tenant', namespace: 'shop', spec: { action: 'ALLOW', rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] } },
      { kind: 'PeerAuthentication', name: 'tenant', namespace: 'shop', spec: { mtls: { mode: 'STRICT' } } },
      { kind: 'AuthorizationPolicy', name: 'report', namespace: 'shop', spec: { action: 'ALLOW', selector } },
      { kind: 'PeerAuthentication', name: 'report', namespace: 'shop', spec: { mtls: { mode: 'STRICT' }, selector } },
    ]);
    expect(objectOf(data, 'AuthorizationPolicy', 'tenant').spec).toEqual({
      action: 'ALLOW', rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/report'] } }], to: [{ operation: { ports: ['5432'] } }] }],
    });
    expect(objectOf(data, 'NetworkPolicy', 'tenant').spec.ingress[0].ports).toEqual([{ port: 5432, protocol: 'TCP' }, { port: 15008, protocol: 'TCP' }]);
  });

  test('lets all of its pods out to the control plane of sidecars', () => {
    const shop = new Platform(meshed(MeshDataPlane.SIDECAR)).tenant('shop');
    expect(objectOf(shop, 'Namespace', 'shop').metadata.labels).toMatchObject({ 'istio-injection': 'enabled' });
    expect(objectOf(shop, 'NetworkPolicy', 'tenant').spec.egress).toContainEqual({
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } }, podSelector: { matchLabels: { app: 'istiod' } } }],
      ports: [{ port: 15012, protocol: 'TCP' }],
    });
  });

  test('of a workspace lets in its other tenants', () => {
    const platform = new Platform(meshed(MeshDataPlane.AMBIENT));
    const acme = new Workspace(platform.app, 'acme');
    const [shop] = ['shop', 'data'].map(name => acme.tenant(name, { quota: Quota.small() }));
    expect(shop === undefined ? undefined : objectOf(shop, 'AuthorizationPolicy', 'tenant').spec.rules).toEqual([{ from: [{ source: { namespaces: ['data', 'shop'] } }] }]);
  });

  test('without isolation has no policies of the mesh of its own', () => {
    const shop = new Platform(meshed(MeshDataPlane.AMBIENT)).tenant('shop', { isolation: Isolation.UNSAFE_NONE });
    expect(policiesOf(objectsOf(shop))).toEqual([]);
  });

  test('people read the policies of the mesh, pipelines write them, and nobody but the platform those of the tenant', () => {
    const deployers = [Subject.serviceAccount(ServiceAccount.fromServiceAccountName('shop', 'pipelines'))];
    const shop = new Platform(meshed(MeshDataPlane.AMBIENT)).tenant('shop', { deployers });
    const verbs = ['admin', 'operator', 'viewer', 'deployer'].map(name => rulesOf(objectOf(shop, 'Role', `tenant-${name}`)).flatMap(rule => rule.verbs));
    const read = ['get', 'list', 'watch'];
    expect(verbs).toEqual([read, read, read, [...read, 'create', 'update', 'patch', 'delete']]);
    expect(objectOf(shop, 'ValidatingAdmissionPolicy', 'shop.tenant.platform').spec.matchConstraints.resourceRules).toContainEqual({
      apiGroups: ['security.istio.io'], apiVersions: ['v1'], resources: ['authorizationpolicies', 'peerauthentications'],
      operations: ['UPDATE', 'DELETE'], scope: 'Namespaced',
    });
  });

  test('is as it was on a cluster without a mesh', () => {
    const deployers = [Subject.user('pipeline')];
    expect(JSON.stringify(objectsOf(new Platform().tenant('shop', { deployers })))).not.toMatch(/istio|mesh/);
  });

  test('fails for a client of all its pods that is not in the mesh', () => {
    const platform = new Platform(meshed(MeshDataPlane.AMBIENT));
    platform.tenant('shop').connections.from(Peer.cidr('192.0.2.0/24'), { ports: [Port.tcp(8080)] });
    expect(platform.mistakes()).toEqual([
      "[shop/Isolation] KEELSON1384 'connections.from' must be clients in the mesh, for all pods of a namespace: Istio has exceptions by port only, and only of a workload, "
      + 'got 192.0.2.0/24, which calls without mTLS: let it in at the workloads that are meant',
    ]);
  });
});
