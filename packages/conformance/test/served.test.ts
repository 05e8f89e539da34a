import { describe, expect, test } from 'vitest';
import { constantFaults, known, lineOf } from '../src/served/constants.js';

const STANDARD = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const jobs = { apiGroup: 'batch', resource: 'jobs', kind: 'Job', namespaced: true, verbs: STANDARD };
const log = { apiGroup: '', resource: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get'] };
const policies = { apiGroup: 'networking.k8s.io', resource: 'networkpolicies', kind: 'NetworkPolicy', namespaced: true, verbs: STANDARD };
const cidrs = { apiGroup: 'networking.k8s.io', resource: 'servicecidrs', kind: 'ServiceCIDR', namespaced: false, verbs: STANDARD };

describe('resources of rules', () => {
  test('are written as they are served, from the version on that has them', () => {
    const lines = known(new Map([['1.27', [jobs, log, policies]], ['1.33', [jobs, log, policies, cidrs]]])).map(lineOf);
    expect(lines.filter((line) => !/signers|uids|groups|users|nodes/.test(line))).toEqual([
      "  /** `pods/log`. */ public static readonly PODS_LOG = new ApiResource('', 'pods/log', true, 'get');",
      "  /** `jobs` of `batch`. */ public static readonly JOBS = new ApiResource('batch', 'jobs', true, STANDARD);",
      "  /** `networkpolicies` of `networking.k8s.io`. */ public static readonly NETWORK_POLICIES = new ApiResource('networking.k8s.io', 'networkpolicies', true, STANDARD);",
      '  /** `servicecidrs` of `networking.k8s.io`, from 1.33 on. */ public static readonly SERVICE_CIDRS = '
      + "new ApiResource('networking.k8s.io', 'servicecidrs', false, STANDARD, '1.33');",
    ]);
  });

  test('that are as they are served are right', () => {
    expect(constantFaults([jobs, log, { ...cidrs, since: '1.33' }], [jobs, log, cidrs], '1.33')).toEqual([]);
    expect(constantFaults([jobs, log, { ...cidrs, since: '1.33' }], [jobs, log], '1.27')).toEqual([]);
  });

  test('that are not are found', () => {
    expect(constantFaults([{ ...jobs, namespaced: false }, { ...log, verbs: [] }, { ...cidrs, since: '1.34' }], [jobs, log, cidrs, policies], '1.33')).toEqual([
      'batch/jobs is in namespaces', "/pods/log takes get, which its constant doesn't", 'networking.k8s.io/servicecidrs is there before 1.34',
      'networking.k8s.io/networkpolicies is served, and no constant',
    ]);
    expect(constantFaults([jobs, log], [jobs], '1.36')).toEqual(['/pods/log is a constant, and not served']);
  });

  test('that only the oldest version has need no constant', () => {
    expect(constantFaults([jobs], [jobs, log], '1.27')).toEqual([]);
  });
});
