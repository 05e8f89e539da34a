import type { Allowance } from './checkers/allowances.js';

const SHARED_NODES = 'equal requests and limits waste what a pod rarely needs: CPU is shared by requests, and a user who wants Guaranteed pods says so';

/** Findings of the policy checkers that are no faults of the examples, by checker, each with its reason. */
export const ALLOWED: Readonly<Record<'kubeScore' | 'checkov' | 'monokle', readonly Allowance[]>> = {
  kubeScore: [
    ...['Deployment', 'StatefulSet', 'Job'].flatMap(about => [
      { check: 'container-resource-requests-equal-limits', about, says: 'CPU', why: SHARED_NODES },
      { check: 'container-cpu-requests-equal-limits', about, why: SHARED_NODES },
      { check: 'container-ephemeral-storage-request-equals-limit', about, why: 'the limit is room for a burst of log lines, which are rotated' },
    ]),
    { check: 'service-type', about: 'Service shop/orders-external', why: 'a port of the nodes is what the example shows' },
    {
      check: 'networkpolicy-targets-pod', about: 'NetworkPolicy', says: "doesn't match any pods",
      why: 'cert-manager makes the pods that answer a challenge while it lasts; kube-score reads that in an annotation, and annotations are switched off here',
    },
  ],
  checkov: [
    ...['orders', 'orders-replica'].map(name => ({
      check: 'CKV_K8S_9', about: `StatefulSet shop/${name}`, says: 'Readiness',
      why: 'below 1.29 the exporter is a plain container: one that is not ready must not take the database from its clients',
    })),
  ],
  monokle: [
    { check: 'LNK001', about: 'NetworkPolicy', says: '"kube-dns"', why: 'every cluster has these pods' },
    { check: 'LNK001', about: 'NetworkPolicy', says: '"node-local-dns"', why: 'clusters with a DNS cache on the nodes have these pods' },
    ...['edge', 'gateway-system', 'controller', 'ingress-nginx'].map(name => (
      { check: 'LNK001', about: 'NetworkPolicy', says: `"${name}"`, why: 'the cluster has its gateway and its ingress controller' }
    )),
    { check: 'LNK001', about: 'Deployment shop/back-office-oauth2-proxy', says: '"back-office-sign-in"', why: 'the Secret is made by hand, as the example\'s README.md says' },
    ...[['Deployment', '"orders-'], ['Deployment', '"carts-'], ['StatefulSet', '"orders-'], ['StatefulSet', '"carts-'], ['Job', '"orders-']].map(
      ([about = '', says]) => ({ check: 'LNK001', about, says, why: 'a Job makes the Secret in the cluster, once' })),
    { check: 'LNK001', about: 'NetworkPolicy', says: '"traefik"', why: 'the cluster has its ingress controller' },
    { check: 'LNK001', about: 'NetworkPolicy', says: '"prometheus"', why: 'the cluster has its Prometheus' },
    { check: 'LNK001', about: 'NetworkPolicy', says: '""true""', why: 'cert-manager makes the pods that answer a challenge while it lasts' },
    ...[['KBP107', 'who runs workloads makes pods'], ['KBP108', 'who runs workloads looks into pods that fail']].flatMap(([check = '', why = '']) =>
      ['acme-payments', 'acme-shared', 'acme-shop', 'globex'].flatMap(namespace => ['tenant-admin', 'tenant-operator'].map(role => (
        { check, about: `Role ${namespace}/${role}`, why }
      )))),
    { check: 'KBP114', about: 'Service shop/orders-external', why: 'a port of the nodes is what the example shows' },
    ...['StatefulSet', 'Job'].map(about => (
      { check: 'LNK001', about, says: '"mysql-root"', why: 'the Secret is made by hand, as the example\'s README.md says' }
    )),
    { check: 'LNK001', about: 'Deployment shop/storefront', says: '"storefront-session"', why: 'the Secret is made by hand, the example\'s README.md says how' },
  ],
};
