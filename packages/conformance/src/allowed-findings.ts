import type { Allowance } from './checkers/allowances.js';

const SHARED_NODES = 'equal requests and limits waste what a pod rarely needs: CPU is shared by requests, and a user who wants Guaranteed pods says so';

/** Findings of the policy checkers that are no faults of the examples, by checker, each with its reason. */
export const ALLOWED: Readonly<Record<'kubeScore' | 'checkov' | 'monokle', readonly Allowance[]>> = {
  kubeScore: [
    { check: 'container-resource-requests-equal-limits', about: 'Deployment', says: 'CPU', why: SHARED_NODES },
    { check: 'container-cpu-requests-equal-limits', about: 'Deployment', why: SHARED_NODES },
    { check: 'container-ephemeral-storage-request-equals-limit', about: 'Deployment', why: 'the limit is room for a burst of log lines, which are rotated' },
  ],
  checkov: [],
  monokle: [
    { check: 'LNK001', about: 'NetworkPolicy', says: '"kube-dns"', why: 'every cluster has these pods' },
    { check: 'LNK001', about: 'NetworkPolicy', says: '"node-local-dns"', why: 'clusters with a DNS cache on the nodes have these pods' },
    { check: 'LNK001', about: 'NetworkPolicy', says: '"traefik"', why: 'the cluster has its ingress controller' },
    { check: 'LNK001', about: 'NetworkPolicy', says: '"prometheus"', why: 'the cluster has its Prometheus' },
    { check: 'LNK001', about: 'Deployment shop/storefront', says: '"storefront-session"', why: 'the Secret is made by hand, the example\'s README.md says how' },
  ],
};
