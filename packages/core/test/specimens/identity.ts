import { Secret, ServiceAccount } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const POD = 'Deployment spec.template.spec';

export const defaults = specimen({
  title: 'core-identity-defaults',
  shows: [
    'ServiceAccount/checkout automountServiceAccountToken = false',
    `${POD}.serviceAccountName = checkout`,
    `${POD}.securityContext has { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: { type: RuntimeDefault } }`,
    `${POD}.containers[0].securityContext has { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout');
  },
});

export const ids = specimen({
  title: 'core-identity-users',
  shows: [`${POD}.securityContext has { runAsUser: 20001, runAsGroup: 20002, fsGroup: 20003 }`],
  define: (chart) => {
    new Server(chart, 'checkout', { runAsUser: 20001, runAsGroup: 20002, fsGroup: 20003 });
  },
});

export const lowIds = specimen({
  title: 'core-identity-low-users',
  shows: [`${POD}.securityContext has { runAsUser: 999, runAsGroup: 999, fsGroup: 999 }`],
  define: (chart) => {
    new Server(chart, 'cache', { runAsUser: 999, unsafeLowUserIds: true });
  },
});

export const account = specimen({
  title: 'core-identity-account',
  shows: [
    'ServiceAccount metadata = { name: shop-payments, namespace: core-identity-account, labels: { team: payments } }',
    'ServiceAccount imagePullSecrets = [{ name: registry-login }]',
    'Deployment/checkout spec.template.spec.serviceAccountName = shop-payments',
    'Deployment/refunds spec.template.spec.serviceAccountName = shop-payments',
  ],
  define: (chart) => {
    const payments = new ServiceAccount(chart, 'payments', {
      name: 'shop-payments', labels: { team: 'payments' }, imagePullSecrets: [Secret.fromSecretName('registry-login')],
    });
    new Server(chart, 'checkout', { serviceAccount: payments });
    new Server(chart, 'refunds', { serviceAccount: ServiceAccount.fromServiceAccountName('shop-payments') });
  },
});
