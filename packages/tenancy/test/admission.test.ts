import { Cpu, Gateway, ServiceAccount, Warnings } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Admission, Quota, ServiceTypeName, Workspace, type AdmissionProps, type QuotaProps, type Tenant } from '../src';
import { objectOf, objectsOf, Platform, type Rendered } from './platform';

const held = (props: AdmissionProps, platform = new Platform()): Tenant => platform.tenant('shop', { admission: Admission.of(props) });
const policyOf = (tenant: Tenant, name: string): Rendered => objectOf(tenant, 'ValidatingAdmissionPolicy', `shop.tenant.${name}`);
const policiesOf = (tenant: Tenant): string[] =>
  objectsOf(tenant).filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')
    .map(({ metadata }) => metadata.name.slice('shop.tenant.'.length));
const variable = (policy: Rendered, name: string): string | undefined =>
  policy.spec.variables.find((each: Rendered) => each.name === name)?.expression;
const messages = (policy: Rendered): string[] => policy.spec.validations.map(({ message }: Rendered) => message);

/** What holds where nothing is said. */
const LEAST = ['platform', 'secrets', 'triggerauthentications', 'triggers', 'pods', 'workloads', 'cronjobs', 'services', 'claims', 'routes', 'references'];

describe('R5 admission', () => {
  test('F-T17 F-T18 F-T19 holds for every tenant from 1.30 on: what no tenant may have whatever it is for', () => {
    const platform = new Platform({ version: '1.30' });
    const [shop, said] = [platform.tenant('shop'), held({}, new Platform({ version: '1.30' }))];
    expect(platform.mistakes()).toEqual([]);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
    expect(policiesOf(shop)).toEqual(LEAST);
    expect(objectsOf(shop)).toEqual(objectsOf(said));
    expect(messages(policyOf(shop, 'services'))).toEqual(['the type must be ClusterIP', 'externalIPs must be none']);
    expect(messages(policyOf(shop, 'workloads'))).toEqual(["the PriorityClass must be none of Kubernetes' own", 'nodeName must be left out, so that the scheduler decides']);
    expect(messages(policyOf(shop, 'claims'))).toEqual(['volumeName must be left out: the volume may hold the data of another', "dataSourceRef must be in the tenant's own namespace"]);
    const before = new Platform({ version: '1.29' });
    expect(policiesOf(before.tenant('shop'))).toEqual([]);
    expect([before.mistakes(), Warnings.of(before.app)]).toEqual([[], []]);
  });

  test('F-T17 Services have the types that the quota gives some of, and no others', () => {
    const [cpu, memory] = [Cpu.units(2), Size.gibibytes(4)];
    const typesOf = (quota: Partial<QuotaProps>, props: AdmissionProps = {}): string | undefined =>
      messages(policyOf(new Platform().tenant('shop', { quota: Quota.of({ cpu, memory, ...quota }), admission: Admission.of(props) }), 'services'))[0];
    expect(typesOf({})).toBe('the type must be ClusterIP');
    expect(typesOf({ nodePorts: 1 })).toBe('the type must be ClusterIP, NodePort');
    expect(typesOf({ loadBalancers: 1 })).toBe('the type must be ClusterIP, NodePort, LoadBalancer');
    expect(typesOf({ loadBalancers: 1, nodePorts: 0 })).toBe('the type must be ClusterIP, LoadBalancer');
    const serviceTypes = [ServiceTypeName.LOAD_BALANCER, ServiceTypeName.NODE_PORT, ServiceTypeName.EXTERNAL_NAME];
    expect(typesOf({}, { serviceTypes })).toBe('the type must be ExternalName');
    expect(typesOf({ loadBalancers: 1, nodePorts: 0 }, { serviceTypes })).toBe('the type must be LoadBalancer, ExternalName');
    expect(typesOf({ loadBalancers: 1 }, { serviceTypes: [ServiceTypeName.CLUSTER_IP] })).toBe('the type must be ClusterIP');
  });

  test("F-T18 a PriorityClass of Kubernetes' own is somebody's who names it", () => {
    expect(messages(policyOf(held({ priorityClasses: ['system-node-critical'] }), 'pods'))[0]).toBe('the PriorityClass must be system-node-critical');
    expect(policyOf(held({}), 'pods').spec.validations[0].expression).toBe("!variables.pod.?priorityClassName.orValue('').startsWith('system-')");
  });

  test('is a policy that fails closed for each group of kinds, bound to the namespace by the name that nobody can change', () => {
    const shop = held({ storageClasses: ['standard'] });
    expect(policyOf(shop, 'claims')).toEqual({
      apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicy', metadata: { name: 'shop.tenant.claims' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          matchPolicy: 'Equivalent',
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['persistentvolumeclaims'], scope: 'Namespaced' }],
        },
        matchConditions: [{
          name: 'is-new-or-changed',
          expression: "request.operation != 'UPDATE' || object.spec != oldObject.spec"
            + ' || object.metadata.?annotations.orValue({}) != oldObject.metadata.?annotations.orValue({})',
        }],
        variables: [
          { name: 'annotations', expression: 'object.metadata.?annotations.orValue({})' },
          { name: 'class', expression: "variables.annotations[?'volume.beta.kubernetes.io/storage-class'].orValue(object.spec.?storageClassName.orValue(''))" },
          { name: 'volume', expression: "object.spec.?volumeName.orValue('')" }, { name: 'source', expression: "object.spec.?dataSourceRef.?namespace.orValue('')" },
        ],
        validations: [{
          expression: "variables.class in ['standard']", message: 'the StorageClass must be standard',
          messageExpression: "\"the StorageClass must be standard, got \" + (variables.class == '' ? 'none' : variables.class)", reason: 'Forbidden',
        }, expect.objectContaining({ messageExpression: expect.stringContaining('volumeName must be left out') }), expect.objectContaining({ reason: 'Forbidden' })],
      },
    });
    expect(objectOf(shop, 'ValidatingAdmissionPolicyBinding', 'shop.tenant.claims')).toEqual({
      apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: 'shop.tenant.claims' },
      spec: {
        policyName: 'shop.tenant.claims', validationActions: ['Deny'],
        matchResources: { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }] } },
      },
    });
  });

  test('F-T14 F-T15 host names hold for every kind that claims them', () => {
    const shop = held({ hostNames: ['shop.example.com', '*.shop.example.com'] });
    expect(policiesOf(shop)).toEqual([
      'platform', 'secrets', 'triggerauthentications', 'triggers', 'pods', 'workloads', 'cronjobs', 'services', 'claims', 'certificates', 'ingresses', 'routes', 'gateways', 'listenersets',
      'portroutes', 'ingressroutes', 'ingressroutetcps', 'references',
    ]);
    const kinds = policiesOf(shop).flatMap(name =>
      policyOf(shop, name).spec.matchConstraints.resourceRules.flatMap(({ resources }: Rendered) => resources));
    expect(kinds).toEqual(expect.arrayContaining([
      'ingresses', 'httproutes', 'grpcroutes', 'tlsroutes', 'gateways', 'listenersets', 'xlistenersets', 'tcproutes', 'udproutes', 'ingressroutes', 'ingressroutetcps',
      'ingressrouteudps', 'certificates', 'services',
    ]));
    expect(variable(policyOf(shop, 'routes'), 'foreign')).toBe(
      "variables.hosts.filter(each, !((each in ['shop.example.com']) || (each.indexOf('.') > 0 && each.substring(each.indexOf('.')) in ['.shop.example.com'])))");
    expect(messages(policyOf(shop, 'routes'))).toEqual([
      "backends must be none of Traefik's own or of its other providers", 'a route must name its host, or it has all of them', 'host names must be of shop.example.com, *.shop.example.com',
      "matches must have no '`'",
    ]);
  });

  test('an empty list allows none', () => {
    const shop = held({ hostNames: [], ingressClasses: [] });
    expect(variable(policyOf(shop, 'routes'), 'foreign')).toBe('variables.hosts.filter(each, !(false))');
    expect(messages(policyOf(shop, 'ingresses'))).toEqual(expect.arrayContaining(['host names must be of none', 'the IngressClass must be none']));
  });

  test('F-T16 registries are compared by whole segments, and default to those of the profile', () => {
    const own = held({ registries: ['Registry.example.com', 'index.docker.io/library', 'registry.example.com:5000/shop'] });
    const profile = held({}, new Platform({ version: '1.33', allowedRegistries: ['quay.io'] }));
    expect(variable(policyOf(own, 'pods'), 'foreign')).toBe("variables.complete.filter(each, !((each.startsWith('registry.example.com/'))"
      + " || (each == 'docker.io/library') || (each.startsWith('docker.io/library/')) || (each.startsWith('docker.io/library:'))"
      + " || (each == 'registry.example.com:5000/shop') || (each.startsWith('registry.example.com:5000/shop/')) || (each.startsWith('registry.example.com:5000/shop:'))))");
    expect(variable(policyOf(profile, 'cronjobs'), 'foreign')).toBe("variables.complete.filter(each, !((each.startsWith('quay.io/'))))");
    expect(policyOf(own, 'pods').spec.matchConstraints.resourceRules[0].resources).toEqual(['pods', 'pods/ephemeralcontainers']);
  });

  test('cert-manager may answer challenges: by who it is, not by a label alone', () => {
    const [usual, own] = [held({}), held({ certManager: ServiceAccount.fromServiceAccountName('issuer', 'certs') })];
    const condition = (account: string): string =>
      `!((request.userInfo.username == '${account}' && object.metadata.?labels[?'acme.cert-manager.io/http01-solver'].orValue('') == 'true'))`;
    expect(policyOf(usual, 'pods').spec.matchConditions[1]).toEqual({ name: 'is-held-to-it', expression: condition('system:serviceaccount:cert-manager:cert-manager') });
    expect(policyOf(own, 'pods').spec.matchConditions[1].expression).toBe(condition('system:serviceaccount:certs:issuer'));
  });

  test('messages name twelve of what is allowed, and count the rest', () => {
    const shop = held({ storageClasses: Array.from({ length: 14 }, (_, index) => `c${index}`) });
    expect(messages(policyOf(shop, 'claims'))[0]).toBe('the StorageClass must be c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 or one of 2 more');
  });

  test('a quote in a value ends no text', () => {
    const shop = held({ nodeSelector: { pool: 'shop' }, platformUsers: ["o'hara"] });
    expect(messages(policyOf(shop, 'pods'))).toContain('nodeSelector must have pool: shop');
    const platform = new Platform();
    platform.tenant('shop', { deployers: [], admission: Admission.of({ platformUsers: ["o'hara\\"] }) });
    expect(JSON.stringify(objectsOf(platform.app.node.findChild('shop') as Tenant))).toContain(JSON.stringify("['o\\'hara\\\\']").slice(1, -1));
  });

  test('N8 that of a workspace holds for its tenants that say none of their own', () => {
    const platform = new Platform();
    const acme = new Workspace(platform.app, 'acme', { admission: Admission.of({ storageClasses: ['standard'] }) });
    const [shop, data] = [acme.tenant('shop', { quota: Quota.small() }), acme.tenant('data', { quota: Quota.small(), admission: Admission.of({ storageClasses: ['fast'] }) })];
    expect(platform.mistakes()).toEqual([]);
    expect(messages(policyOf(shop, 'claims'))[0]).toBe('the StorageClass must be standard');
    expect(messages(objectOf(data, 'ValidatingAdmissionPolicy', 'data.tenant.claims'))[0]).toBe('the StorageClass must be fast');
  });

  test('is the same, synthesized twice', () => {
    const shop = held({ hostNames: ['shop.example.com'], gateways: [Gateway.named('edge', 'gateway-system')] });
    expect(JSON.stringify(objectsOf(shop))).toBe(JSON.stringify(objectsOf(shop)));
  });

  test('what is no name is refused', () => {
    const platform = new Platform();
    held({
      hostNames: ['shop.example.com', 'https://shop.example.com', 'a.*.example.com'], registries: ['quay.io', 'https://quay.io', 'quay.io/a:1', 'Quay.io/ok'],
      externalIps: ['192.0.2.1', '2001:db8::1', '192.0.2.0/24'], storageClasses: ['Fast'], tolerations: ['example.com/shop', 'a=b'], nodeSelector: { 'a b': 'c' },
      platformGroups: ['oidc:platform', 'system:authenticated', ''], platformUsers: ['root', 'system:anonymous'], serviceTypes: [ServiceTypeName.NODE_PORT],
      certManager: ServiceAccount.fromServiceAccountName('cert-manager'), ingressAnnotations: ['example.com/owner', 'example.com/*', 'owner', '*', 'a b/c'], volumeNames: ['Disk'],
      clusterIssuers: ['Public'], issuers: ['ca', 'Ca'],
    }, platform);
    expect(platform.mistakes()).toEqual([
      "[shop] KEELSON1052 'admission.nodeSelector' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
      "[shop] KEELSON1062 'admission.clusterIssuers[0]' must be lower-case letters, digits, '-' and '.' for a ClusterIssuer, got 'Public': try 'public'",
      "[shop] KEELSON1062 'admission.issuers[1]' must be lower-case letters, digits, '-' and '.' for an Issuer, got 'Ca': try 'ca'",
      "[shop] KEELSON1062 'admission.storageClasses[0]' must be lower-case letters, digits, '-' and '.' for a StorageClass, got 'Fast': try 'fast'",
      "[shop] KEELSON1062 'admission.volumeNames[0]' must be lower-case letters, digits, '-' and '.' for a PersistentVolume, got 'Disk': try 'disk'",
      "[shop] KEELSON1116 'admission.hostNames[1]' must be a host name without scheme, port and path, got 'https://shop.example.com': try 'shop.example.com'",
      "[shop] KEELSON1119 'admission.hostNames[2]' must be a host name with '*' only as the whole first part, got 'a.*.example.com': write it like '*.example.com'",
      "[shop] KEELSON4030 'admission.registries[1]' must be a registry, or a part of one, without tag and scheme, got 'https://quay.io': write it like 'registry.example.com/shop'",
      "[shop] KEELSON4030 'admission.registries[2]' must be a registry, or a part of one, without tag and scheme, got 'quay.io/a:1': write it like 'registry.example.com/shop'",
      "[shop] KEELSON4031 'admission.externalIps[2]' must be an IP address, got '192.0.2.0/24': write it like '192.0.2.10', as Services have it",
      "[shop] KEELSON4032 'admission.tolerations[1]' must be the key of a taint, got 'a=b': write it like 'example.com/dedicated', without value and effect",
      "[shop] KEELSON4033 'admission.platformGroups[1]' must be the name of a group or user of the platform, and not everybody, got 'system:authenticated': write it as authentication gives it, such as 'oidc:platform'",
      "[shop] KEELSON4033 'admission.platformGroups[2]' must be the name of a group or user of the platform, and not everybody, got '': write it as authentication gives it, such as 'oidc:platform'",
      "[shop] KEELSON4033 'admission.platformUsers[1]' must be the name of a group or user of the platform, and not everybody, got 'system:anonymous': write it as authentication gives it, such as 'oidc:platform'",
      "[shop] KEELSON4034 'admission.certManager' must be a ServiceAccount whose namespace is known, got the ServiceAccount 'cert-manager' in no namespace that is known: name it: ServiceAccount.fromServiceAccountName('cert-manager', 'cert-manager')",
      "[shop] KEELSON4038 'admission.ingressAnnotations[3]' must be the key of an annotation, or a domain with '/*', got '*': write it like 'example.com/owner' or 'example.com/*'",
      "[shop] KEELSON4038 'admission.ingressAnnotations[4]' must be the key of an annotation, or a domain with '/*', got 'a b/c': write it like 'example.com/owner' or 'example.com/*'",
    ]);
  });

  test('below 1.30 it is refused, or left out with a warning where that is said', () => {
    const old = new Platform({ version: '1.29' });
    held({ hostNames: [] }, old);
    expect(old.mistakes()).toEqual([
      "[shop] KEELSON4035 'admission' must be on Kubernetes 1.30 or newer, got on Kubernetes 1.29, which has no ValidatingAdmissionPolicy: "
      + 'upgrade the cluster and say so in its profile; or have nobody held to it there: unsafeOmitBefore130',
    ]);
    const loud = new Platform({ version: '1.29' });
    expect(policiesOf(held({ hostNames: [], unsafeOmitBefore130: true }, loud))).toEqual([]);
    expect(Warnings.of(loud.app)).toEqual([
      '[shop] KEELSON4036 its admission is left out, since Kubernetes 1.29 has no ValidatingAdmissionPolicy: nobody is held to it there',
    ]);
    const first = new Platform({ version: '1.30' });
    expect(policiesOf(held({ unsafeOmitBefore130: true }, first))).toEqual(LEAST);
    expect([first.mistakes(), Warnings.of(first.app)]).toEqual([[], []]);
  });
});
