import { availableParallelism } from 'node:os';
import { ALLOWED } from '../allowed-findings.js';
import { concurrently } from '../concurrently.js';
import { judge, type Allowance, type Judgement } from './allowances.js';
import { withBadApp } from './bad-app.js';
import { checkov } from './checkov.js';
import type { Finding, Golden, PolicyChecker } from './finding.js';
import { kubeScore } from './kube-score.js';
import { monokle } from './monokle.js';

/** A checker over the examples' goldens, in the order in which its parts are run. */
export interface PolicyCheck {
  readonly title: string;
  install(): Promise<void>;
  /** Whether it bites: what it doesn't find in a bad app. */
  control(): Promise<string[]>;
  check(): Promise<Judgement>;
}

interface Pinned {
  readonly checker: PolicyChecker;
  readonly allowances: readonly Allowance[];
  /** What it must find in the bad app: checks that are on by default, that are asked for, and that look across objects. */
  readonly expected: readonly string[];
}

const CHECKERS: readonly Pinned[] = [
  {
    checker: kubeScore,
    allowances: ALLOWED.kubeScore,
    expected: [
      'container-image-tag', 'container-security-context-privileged', 'pod-networkpolicy', 'container-seccomp-profile',
      'container-memory-requests-equal-limits', 'container-ports-check', 'pod-probes',
    ],
  },
  { checker: checkov, allowances: ALLOWED.checkov, expected: ['CKV_K8S_14', 'CKV_K8S_16', 'CKV_K8S_43', 'CKV2_K8S_6'] },
  { checker: monokle, allowances: ALLOWED.monokle, expected: ['KBP001', 'KBP002', 'PSS103', 'PSS203', 'LNK001'] },
];

/** The checkers over the goldens of all examples, which together tell which allowances are needed. */
export function checkPolicies(goldens: readonly Golden[]): PolicyCheck[] {
  return CHECKERS.map(({ checker, allowances, expected }) => ({
    title: checker.title,
    install: () => checker.install(),
    control: () => withBadApp(async (bad) => {
      const found = new Set((await checker.findings(bad)).map(({ check }) => check));
      return expected.filter((check) => !found.has(check)).map((check) => `${check} is not found in a bad app, only ${[...found].sort().join(', ')}`);
    }),
    check: async () => judge(await findingsOf(checker, goldens), allowances),
  }));
}

/** A process per golden, as many at once as there are processors. */
async function findingsOf(checker: PolicyChecker, goldens: readonly Golden[]): Promise<Map<string, Finding[]>> {
  const found = await concurrently(goldens, availableParallelism(), async (golden): Promise<[string, Finding[]]> =>
    [golden.title, await checker.findings(golden)]);
  return new Map(found);
}
