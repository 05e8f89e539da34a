import { CloudIdentity, Peer, ServiceAccount } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const ROLE = 'arn:aws:iam::123456789012:role/shop';
const CLIENT = '00001111-aaaa-2222-bbbb-3333cccc4444';
const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';

export const eks = specimen({
  title: 'core-cloud-eks',
  shows: [
    `ServiceAccount metadata.annotations = { "eks.amazonaws.com/role-arn": "${ROLE}", "eks.amazonaws.com/sts-regional-endpoints": "true" }`,
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 10.1.2.3/32 } }], ports: [{ port: 443, protocol: TCP }] }',
  ],
  define: (chart) => {
    new Server(chart, 'web', { cloudIdentity: CloudIdentity.eks(ROLE, { regionalSts: true, sts: Peer.cidr('10.1.2.3/32') }) });
  },
});

export const eksPodIdentity = specimen({
  title: 'core-cloud-eks-pod-identity',
  shows: [
    'ServiceAccount metadata.annotations is absent',
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 169.254.170.23/32 } }], ports: [{ port: 80, protocol: TCP }] }',
  ],
  define: (chart) => {
    new Server(chart, 'web', { cloudIdentity: CloudIdentity.eksPodIdentity() });
  },
});

export const gke = specimen({
  title: 'core-cloud-gke',
  shows: [
    'ServiceAccount metadata.annotations = { "iam.gke.io/gcp-service-account": shop-app@my-project.iam.gserviceaccount.com }',
    'NetworkPolicy spec.egress has { to: [{ ipBlock: { cidr: 169.254.169.254/32 } }], ports: [{ port: 80, protocol: TCP }, { port: 8080, protocol: TCP }] }',
  ],
  define: (chart) => {
    new Server(chart, 'web', { cloudIdentity: CloudIdentity.gke('shop-app@my-project.iam.gserviceaccount.com') });
  },
});

export const azure = specimen({
  title: 'core-cloud-azure',
  shows: [
    `ServiceAccount metadata.annotations = { "azure.workload.identity/client-id": ${CLIENT}, "azure.workload.identity/tenant-id": ${TENANT}, team: shop }`,
    'Deployment/web spec.template.metadata.labels["azure.workload.identity/use"] = "true"',
    'Deployment/jobs spec.template.metadata.labels["azure.workload.identity/use"] = "true"',
    'NetworkPolicy/jobs spec.egress has { to: [{ ipBlock: { cidr: 10.1.2.3/32 } }], ports: [{ port: 443, protocol: TCP }] }',
  ],
  define: (chart) => {
    const cloudIdentity = CloudIdentity.azure({ clientId: CLIENT, tenantId: TENANT, authority: Peer.cidr('10.1.2.3/32') });
    const serviceAccount = new ServiceAccount(chart, 'shop', { cloudIdentity, annotations: { team: 'shop' } });
    new Server(chart, 'web', { serviceAccount });
    new Server(chart, 'jobs', { serviceAccount });
  },
});
