import { Cni, Gateway, Monitoring, Peer, Port, Subject } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { describe, expect, test } from 'vitest';
import { Admission, Isolation, type Tenant } from '../src';
import { objectOf, objectsOf, Platform, type Rendered } from './platform';

const pipeline = Subject.user('pipeline');
const guard = (tenant: Tenant): Rendered => objectOf(tenant, 'ValidatingAdmissionPolicy', 'shop.tenant.networkpolicies');
/** Who isn't held to the rules in any case. */
const MAY_CHANGE_RULES = "(authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').check('update').allowed())";
const peersOf = (tenant: Tenant): string => guard(tenant).spec.variables.find(({ name }: Rendered) => name === 'peers').expression;

describe('N8 R5 deployers', () => {
  test('apply all that an app renders, and are held to what the tenant opens', () => {
    const platform = new Platform({ version: '1.33', nodeCidrs: ['192.0.2.0/24'], monitoring: Monitoring.kubePrometheusStack(), gateway: Gateway.named('edge', 'gateways', { sourceCidrs: ['198.51.100.1/32'] }) });
    const shop = platform.tenant('shop', { deployers: [pipeline] });
    shop.connections.to(Peer.cidr('203.0.113.0/24', { except: ['203.0.113.128/25'] }), { ports: [Port.tcp(5432)] });
    expect(platform.mistakes()).toEqual([]);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
    expect(objectOf(shop, 'RoleBinding', 'tenant-deployer').subjects).toEqual([{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'pipeline' }]);
    const resources = objectOf(shop, 'Role', 'tenant-deployer').rules.filter(({ verbs }: Rendered) => verbs.includes('create')).flatMap((rule: Rendered) => rule.resources);
    expect(resources).toEqual(expect.arrayContaining(['deployments', 'networkpolicies', 'rolebindings', 'roles', 'secrets', 'serviceaccounts', 'services']));
    expect(resources).not.toEqual(expect.arrayContaining(['pods/exec']));
    for (const never of ['endpointslices', 'resourcequotas', 'limitranges', 'pods/exec']) expect(resources).not.toContain(never);
    // what was declared after the tenant was made
    expect(peersOf(shop)).toContain("cidr('203.0.113.0/24').containsCIDR(cidr(peer.ipBlock.cidr)) && !cidr('203.0.113.128/25').containsCIDR(cidr(peer.ipBlock.cidr))");
    for (const known of ["== 'gateways'", "== 'monitoring'", "cidr('198.51.100.1/32')", "cidr('192.0.2.0/24')"]) expect(peersOf(shop)).toContain(known);
    expect(guard(shop).spec.matchConditions).toEqual([
      { name: 'is-new-or-changed', expression: "request.operation != 'UPDATE' || object.spec != oldObject.spec" },
      { name: 'is-held-to-it', expression: `!(((request.userInfo.username in []) || (request.userInfo.?groups.orValue([]).exists(each, each in ['system:masters', 'kubeadm:cluster-admins'])) || ${MAY_CHANGE_RULES}))` },
    ]);
  });

  test('an API server whose addresses are not known is opened to none of them', () => {
    expect(peersOf(new Platform().tenant('shop', { deployers: [pipeline] }))).not.toContain('0.0.0.0/0');
  });

  test('the platform is whoever is said to be', () => {
    const shop = new Platform().tenant('shop', { deployers: [pipeline], admission: Admission.of({ platformGroups: ['oidc:platform'], platformUsers: ['argo'] }) });
    expect(guard(shop).spec.matchConditions[1].expression).toBe(`!(((request.userInfo.username in ['argo']) || (request.userInfo.?groups.orValue([]).exists(each, each in ['oidc:platform'])) || ${MAY_CHANGE_RULES}))`);
  });

  test('there are none, and no role of theirs, unless they are said', () => {
    const shop = new Platform().tenant('shop');
    expect(shop.deployer).toBeUndefined();
    expect(objectsOf(shop).some(({ metadata }) => metadata.name === 'tenant-deployer')).toBe(false);
  });

  test('more may come later', () => {
    const shop = new Platform().tenant('shop', { deployers: [] });
    shop.deployer?.grantTo(pipeline);
    expect(objectOf(shop, 'RoleBinding', 'tenant-deployer').subjects).toHaveLength(1);
  });

  test('nobody is one where nothing holds their policies', () => {
    const old = new Platform({ version: '1.29' });
    expect(old.tenant('shop', { deployers: [pipeline] }).deployer).toBeUndefined();
    expect(old.mistakes()).toEqual([
      "[shop] KEELSON4037 'deployers' must be left out below Kubernetes 1.30, got some on Kubernetes 1.29, where nothing holds their network policies to what the tenant's own opens: "
      + 'upgrade the cluster and say so in its profile, or have the platform apply what has network policies',
    ]);
  });

  test('a tenant that nothing closes holds nobody', () => {
    const open = new Platform({ version: '1.29', cni: Cni.FLANNEL }).tenant('shop', { deployers: [pipeline], isolation: Isolation.UNSAFE_NONE });
    expect(open.deployer).toBeDefined();
    expect(objectsOf(open).map(({ kind }) => kind)).not.toContain('ValidatingAdmissionPolicy');
  });
});
