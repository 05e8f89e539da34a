import { ServiceAccount, Subject } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { describe, expect, test } from 'vitest';
import { Admission, Quota, Workspace, type TenantProps } from '../src';
import { objectOf, objectsOf, Platform, type Rendered } from './platform';

const mistakesOf = (props: Partial<TenantProps>): string[] => {
  const platform = new Platform();
  platform.tenant('shop', props);
  return platform.mistakes();
};
const account = (name: string, namespace: string): Subject =>
  Subject.serviceAccount(ServiceAccount.fromServiceAccountName(name, namespace));

describe('R5 the platform', () => {
  test('N8 changes what makes the tenant, and nobody else, whatever they were granted', () => {
    const shop = new Platform().tenant('shop');
    const { matchConstraints, matchConditions, validations } = objectOf(shop, 'ValidatingAdmissionPolicy', 'shop.tenant.platform').spec;
    expect((matchConstraints.resourceRules as Rendered[]).map(({ resources }) => resources)).toEqual([
      ['limitranges', 'resourcequotas'], ['serviceaccounts'], ['networkpolicies'], ['rolebindings', 'roles'],
    ]);
    for (const { operations, resourceNames } of matchConstraints.resourceRules) expect([operations, resourceNames]).toEqual([['UPDATE', 'DELETE'], undefined]);
    // by names of objects, which a request for all of a kind has none of
    expect(matchConditions).toEqual([{
      name: 'is-one-of-these',
      expression: "(request.resource.resource in ['limitranges', 'resourcequotas'] && oldObject.metadata.name in ['tenant'])"
        + " || (request.resource.resource in ['serviceaccounts'] && oldObject.metadata.name in ['default'])"
        + " || (request.resource.resource in ['networkpolicies'] && oldObject.metadata.name in ['tenant'])"
        + " || (request.resource.resource in ['rolebindings', 'roles'] && oldObject.metadata.name in ['tenant-admin', 'tenant-deployer', 'tenant-operator', 'tenant-viewer'])",
    }, {
      name: 'is-held-to-it',
      expression: expect.stringContaining("request.operation == 'DELETE' && request.userInfo.username in ['system:kube-controller-manager', 'system:serviceaccount:kube-system:namespace-controller']"),
    }]);
    expect(validations).toEqual([{
      expression: 'false', message: 'what makes the tenant must be left to the platform', reason: 'Forbidden',
      messageExpression: "\"what makes the tenant must be left to the platform, got \" + request.operation.lowerAscii() + ' of ' + request.kind.kind + ' ' + oldObject.metadata.name",
    }]);
  });

  test("lets KEDA ask as itself, and for the cluster's TriggerAuthentications, and nobody else does", () => {
    const { matchConstraints, matchConditions, variables, validations } = objectOf(new Platform().tenant('shop'), 'ValidatingAdmissionPolicy', 'shop.tenant.triggers').spec;
    expect(matchConstraints.resourceRules).toEqual([
      { apiGroups: ['keda.sh'], apiVersions: ['v1alpha1'], resources: ['scaledjobs', 'scaledobjects'], operations: ['CREATE', 'UPDATE'], scope: 'Namespaced' },
    ]);
    expect(matchConditions[0].expression).toBe("request.operation != 'UPDATE' || object.spec != oldObject.spec");
    expect(variables.slice(1).map(({ expression }: Rendered) => expression)).toEqual([
      "variables.triggers.filter(trigger, trigger.?metadata.orValue({}).exists(key, key.startsWith('identityOwner') && (key != 'identityOwner' || trigger.metadata[key] != 'pod')))"
      + '.map(trigger, trigger.type)',
      "variables.triggers.map(trigger, trigger.?authenticationRef.?kind.orValue('')).filter(kind, kind == 'ClusterTriggerAuthentication')",
    ]);
    expect(validations.map(({ message }: Rendered) => message)).toEqual([
      "a trigger's identityOwner must be pod or left out: KEDA's own identity is that of all tenants", "authenticationRef must be a TriggerAuthentication: one of the cluster is the platform's",
    ]);
  });

  test('is nobody of the tenant', () => {
    expect(mistakesOf({
      admins: [Subject.group('shop-leads')], operators: [Subject.user('jane')], viewers: [account('reader', 'tools')], deployers: [account('argo', 'pipelines')],
      admission: Admission.of({
        platformGroups: ['system:masters', 'shop-leads', 'jane', 'system:serviceaccounts:shop', 'system:serviceaccounts:pipelines', 'system:serviceaccounts:shopping'],
        platformUsers: ['jane', 'shop-leads', 'system:serviceaccount:shop:web', 'system:serviceaccount:tools:reader', 'system:serviceaccount:tools:other'],
      }),
    })).toEqual([
      "[shop] KEELSON4039 'admission.platformGroups[1]' must be of the platform alone, got 'shop-leads', which has the tenant's role 'tenant-admin': leave it out here, or out of the tenant's people",
      "[shop] KEELSON4039 'admission.platformGroups[3]' must be of the platform alone, got 'system:serviceaccounts:shop', which is all ServiceAccounts of the tenant: leave it out here, or out of the tenant's people",
      "[shop] KEELSON4039 'admission.platformGroups[4]' must be of the platform alone, got 'system:serviceaccounts:pipelines', which has the tenant's role 'tenant-deployer': leave it out here, or out of the tenant's people",
      "[shop] KEELSON4039 'admission.platformUsers[0]' must be of the platform alone, got 'jane', which has the tenant's role 'tenant-operator': leave it out here, or out of the tenant's people",
      "[shop] KEELSON4039 'admission.platformUsers[2]' must be of the platform alone, got 'system:serviceaccount:shop:web', which is a ServiceAccount of the tenant: leave it out here, or out of the tenant's people",
      "[shop] KEELSON4039 'admission.platformUsers[3]' must be of the platform alone, got 'system:serviceaccount:tools:reader', which has the tenant's role 'tenant-viewer': leave it out here, or out of the tenant's people",
    ]);
  });

  test('is nobody of a tenant of a workspace, and nobody by default who is granted a role later', () => {
    const platform = new Platform();
    const acme = new Workspace(platform.app, 'acme', { admins: [Subject.group('leads')], admission: Admission.of({ platformGroups: ['leads'] }) });
    acme.tenant('shop', { quota: Quota.small() });
    platform.tenant('data').viewer.grantTo(Subject.group('kubeadm:cluster-admins'));
    expect(platform.mistakes()).toEqual([
      "[data] KEELSON4039 'admission.platformGroups[1]' must be of the platform alone, got 'kubeadm:cluster-admins', which has the tenant's role 'tenant-viewer': leave it out here, or out of the tenant's people",
      "[shop] KEELSON4039 'admission.platformGroups[0]' must be of the platform alone, got 'leads', which has the tenant's role 'tenant-admin': leave it out here, or out of the tenant's people",
    ]);
  });

  test('F-T22 keeps a tenant from being deleted, and people and pipelines from changing anything in it', () => {
    const platform = new Platform();
    const shop = platform.tenant('shop', { preventDeletion: true, cordoned: true, admins: [Subject.group('leads')], deployers: [account('argo', 'pipelines')] });
    shop.viewer.grantTo(Subject.group('system:serviceaccounts:tools'));
    expect(platform.mistakes()).toEqual([]);
    const [deletion, cordon] = ['deletion', 'cordon'].map(name => objectOf(shop, 'ValidatingAdmissionPolicy', `shop.tenant.${name}`).spec);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
    expect(deletion.matchConstraints.resourceRules).toEqual([
      { apiGroups: [''], apiVersions: ['v1'], resources: ['namespaces'], resourceNames: ['shop'], operations: ['DELETE'], scope: 'Cluster' },
    ]);
    expect(deletion.matchConditions).toEqual([]);
    expect(deletion.validations[0].message).toBe('preventDeletion of the tenant must be taken away before its namespace is deleted');
    expect(cordon.matchConstraints.resourceRules).toEqual([
      { apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'], operations: ['CREATE', 'UPDATE', 'DELETE'], scope: 'Namespaced' },
      {
        apiGroups: [''], apiVersions: ['v1'], resources: ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'services/proxy'], operations: ['CONNECT'], scope: 'Namespaced',
      },
    ]);
    // who was granted a role later, too; people need no name here
    expect(cordon.matchConditions[0].expression).toContain(
      " || (request.userInfo.username.startsWith('system:') && !((request.userInfo.username in ['system:serviceaccount:pipelines:argo'])"
      + " || (request.userInfo.?groups.orValue([]).exists(each, each in ['system:serviceaccounts:tools'])))))");
    expect(cordon.validations[0].message).toBe('the tenant is cordoned: what is in it must stay as it is until the platform says otherwise');
    const free = objectsOf(new Platform().tenant('shop', { cordoned: false })).map(({ metadata }) => metadata.name as string);
    expect(free.filter(name => /cordon|deletion/.test(name))).toEqual([]);
  });

  test('F-T22 fails below 1.30, where nothing would keep it', () => {
    const old = new Platform({ version: '1.29' });
    old.tenant('shop', { preventDeletion: true, cordoned: true });
    old.tenant('data', { preventDeletion: false });
    const why = 'must be left out below Kubernetes 1.30, got true on Kubernetes 1.29, which has no ValidatingAdmissionPolicy: upgrade the cluster and say so in its profile, or leave it out';
    expect(old.mistakes()).toEqual([`[shop] KEELSON4040 'cordoned' ${why}`, `[shop] KEELSON4040 'preventDeletion' ${why}`]);
  });

  test('is not everybody', () => {
    for (const group of ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts', 'system:anonymous']) {
      expect(mistakesOf({ admission: Admission.of({ platformGroups: [group] }) })).toEqual([
        `[shop] KEELSON4033 'admission.platformGroups[0]' must be the name of a group or user of the platform, and not everybody, got '${group}': write it as authentication gives it, such as 'oidc:platform'`,
      ]);
    }
  });
});
