import { Gateway, Peer, Port, ServiceAccount, Subject, Task } from '@keelson/core';
import { before, since } from '@keelson/testing/specimen';
import { Admission, Quota, ServiceTypeName, Workspace } from '../../src';
import { specimen, tenant } from './specimen';

/** There is no ValidatingAdmissionPolicy before. */
const OMITTED = before('1.30', 'KEELSON4036');

export const admission = specimen({
  title: 'tenancy-admission',
  warns: [OMITTED],
  shows: [
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-admission-shop.tenant.ingresses spec.failurePolicy = Fail'),
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-admission-shop.tenant.certificates spec.validations[2].message = "the issuer must be ClusterIssuer public"'),
    since('1.30', 'ValidatingAdmissionPolicyBinding/tenancy-admission-shop.tenant.pods spec.validationActions = [Deny]'),
    'ResourceQuota/tenant spec.hard.pods = "20"',
  ],
  define: (chart) => {
    const shop = tenant(chart, 'shop', {
      admission: Admission.of({
        hostNames: ['shop.example.com', '*.shop.example.com'], registries: ['registry.example.com/shop'], serviceTypes: [ServiceTypeName.CLUSTER_IP], externalIps: [],
        storageClasses: ['standard'], priorityClasses: [], runtimeClasses: [], ingressClasses: ['public'], gatewayClasses: [], gateways: [Gateway.named('edge', 'gateway-system')],
        tolerations: [], certManager: ServiceAccount.fromServiceAccountName('cert-manager', 'certs'), ingressAnnotations: ['example.com/owner'], volumeNames: ['report-disk'],
        clusterIssuers: ['public'], issuers: [], unsafeOmitBefore130: true,
      }),
    });
    new Task(shop, 'report', { image: 'registry.example.com/shop/report:1.4.0' });
  },
});

/** One that may have what the others may not. */
export const services = specimen({
  title: 'tenancy-admission-services',
  warns: [OMITTED],
  shows: [
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-admission-services-shop.tenant.services spec.validations[1].message = "externalIPs must be 192.0.2.77"'),
    'ResourceQuota/tenant spec.hard.pods = "80"',
  ],
  define: (chart) => {
    tenant(chart, 'shop', {
      quota: Quota.medium(),
      admission: Admission.of({
        serviceTypes: [ServiceTypeName.CLUSTER_IP, ServiceTypeName.NODE_PORT, ServiceTypeName.LOAD_BALANCER, ServiceTypeName.EXTERNAL_NAME], externalIps: ['192.0.2.77'],
        unsafeOmitBefore130: true,
      }),
    });
  },
});

export const kept = specimen({
  title: 'tenancy-kept',
  refused: [before('1.30', 'KEELSON4040')],
  shows: [
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-kept-shop.tenant.deletion spec.matchConstraints.resourceRules[0].resourceNames = [tenancy-kept-shop]'),
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-kept-shop.tenant.cordon spec.matchConstraints.resourceRules[0].resources = ["*/*"]'),
  ],
  define: (chart) => {
    tenant(chart, 'shop', { cordoned: true, preventDeletion: true });
  },
});

export const deployers = specimen({
  title: 'tenancy-deployers',
  warns: [OMITTED],
  refused: [before('1.30', 'KEELSON4037')],
  shows: [
    since('1.30', 'RoleBinding/tenant-deployer subjects[1].name = pipeline'),
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-deployers-shop.tenant.pods spec.validations[1].message = "nodeSelector must have pool: shop"'),
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-deployers-shop.tenant.platform spec.matchConditions[0].name = is-one-of-these'),
  ],
  define: (chart) => {
    const shop = tenant(chart, 'shop', {
      deployers: [Subject.user('pipeline')],
      admission: Admission.of({ nodeSelector: { pool: 'shop' }, platformGroups: ['system:masters'], platformUsers: ['platform'], unsafeOmitBefore130: true }),
    });
    shop.deployer?.grantTo(Subject.group('pipelines'));
    shop.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
  },
});

export const workspace = specimen({
  title: 'tenancy-workspace-admission',
  warns: [OMITTED],
  shows: [
    since('1.30', 'ValidatingAdmissionPolicy/tenancy-workspace-admission-shop.tenant.claims spec.validations[0].message = "the StorageClass must be standard"'),
    'ResourceQuota/tenant spec.hard.pods = "20"',
  ],
  define: (chart) => {
    const acme = new Workspace(chart.node.root, `${chart.node.id}-acme`, { admission: Admission.of({ storageClasses: ['standard'], unsafeOmitBefore130: true }) });
    acme.tenant(`${chart.node.id}-shop`, { quota: Quota.small() });
  },
});
