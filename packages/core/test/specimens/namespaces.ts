import { ClusterRole, Namespace, PodSecurityLevel, RoleBinding, Subject } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const LEVEL = 'pod-security.kubernetes.io';

export const pinned = specimen({
  title: 'core-namespace-pinned',
  shows: [
    `Namespace metadata.labels["${LEVEL}/enforce"] = restricted`, `Namespace metadata.labels["${LEVEL}/audit"] = restricted`,
    `Namespace metadata.labels["${LEVEL}/warn"] = restricted`, 'Namespace metadata.labels has { team: shop }', 'Namespace metadata.annotations = { contact: shop }',
  ],
  define: (chart) => {
    new Namespace(chart, 'namespace', { name: chart.namespace, labels: { team: 'shop' }, annotations: { contact: 'shop' } });
    new Server(chart, 'web');
  },
});

export const levels = specimen({
  title: 'core-namespace-levels',
  shows: [
    `Namespace metadata.labels["${LEVEL}/enforce"] = privileged`, `Namespace metadata.labels["${LEVEL}/audit"] = baseline`,
    `Namespace metadata.labels["${LEVEL}/warn"] = restricted`, `Namespace metadata.labels["${LEVEL}/enforce-version"] = v1.27`,
  ],
  define: (chart) => {
    new Namespace(chart, chart.namespace ?? '', {
      podSecurity: PodSecurityLevel.UNSAFE_PRIVILEGED, podSecurityAudit: PodSecurityLevel.BASELINE,
      podSecurityWarn: PodSecurityLevel.RESTRICTED, podSecurityVersion: '1.27',
    });
  },
});

export const elsewhere = specimen({
  title: 'core-namespace-latest',
  shows: [`Namespace metadata.labels["${LEVEL}/enforce-version"] = latest`, 'RoleBinding/readers metadata.namespace = core-namespace-latest'],
  define: (chart) => {
    const { name } = new Namespace(chart, chart.namespace ?? '', { podSecurityVersion: 'latest' });
    const namespace = Namespace.fromNamespaceName(name).name;
    const role = ClusterRole.fromClusterRoleName('view');
    new RoleBinding(chart, 'view', { name: 'readers', namespace, role, subjects: [Subject.group('shop-readers')] });
  },
});
