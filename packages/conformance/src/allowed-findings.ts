import type { AllowedFinding } from '@keelson/testing';

/** Findings of the policy checkers that are no faults of the examples, each with its reason. */
export const ALLOWED: { readonly kubeScore: readonly AllowedFinding[]; readonly checkov: readonly AllowedFinding[] } = {
  kubeScore: [],
  checkov: [],
};
