import { isIP } from 'node:net';
import { objectAt, type Json } from '../manifest.js';
import { visit } from './names.js';
import type { Rule } from './rule.js';

const PORT: [number, number] = [1, 65535];
const INT32 = 2147483647;

/** The range of each number that the schema leaves open, by the name of its field, wherever it stands. */
const RANGES = new Map<string, [number, number]>([
  ['containerPort', PORT], ['hostPort', PORT], ['nodePort', [30000, 32767]], ['port', PORT], ['targetPort', PORT], ['endPort', PORT],
  ['replicas', [0, INT32]], ['minReplicas', [1, INT32]], ['maxReplicas', [1, INT32]], ['averageUtilization', [1, INT32]],
  ['minReadySeconds', [0, INT32]], ['revisionHistoryLimit', [0, INT32]], ['progressDeadlineSeconds', [1, INT32]],
  ['initialDelaySeconds', [0, INT32]], ['timeoutSeconds', [1, INT32]], ['periodSeconds', [1, INT32]],
  ['successThreshold', [1, INT32]], ['failureThreshold', [1, INT32]], ['terminationGracePeriodSeconds', [0, INT32]],
  ['stabilizationWindowSeconds', [0, 3600]], ['backoffLimit', [0, INT32]], ['activeDeadlineSeconds', [1, INT32]],
  ['ttlSecondsAfterFinished', [0, INT32]], ['startingDeadlineSeconds', [0, INT32]], ['expirationSeconds', [600, 4294967296]],
  ['defaultMode', [0, 511]], ['mode', [0, 511]], ['weight', [0, 1000000]], ['maxSkew', [1, INT32]],
  ['runAsUser', [0, INT32]], ['runAsGroup', [0, INT32]], ['fsGroup', [0, INT32]],
]);

export const rangesRule: Rule = (object, report) => {
  visit(object, '', (path, key, value) => {
    const range = RANGES.get(key);
    if (range === undefined || typeof value !== 'number') return;
    if (value < range[0] || value > range[1]) report(path, `must be from ${range[0]} to ${range[1]}, got ${value}`);
  });
};

/** Pairs of numbers of which one bounds the other: [kind, smaller, larger, whether they may be equal]. */
const PAIRS: [string, string, string, boolean][] = [
  ['HorizontalPodAutoscaler', 'minReplicas', 'maxReplicas', true],
  ['Deployment', 'minReadySeconds', 'progressDeadlineSeconds', false],
];

/** What must not both be given, or not both be zero. */
export const pairsRule: Rule = (object, report) => {
  const spec = objectAt(object, 'spec');
  for (const [kind, low, high, equal] of PAIRS) {
    const [a, b] = [spec[low], spec[high]];
    if (object.kind !== kind || typeof a !== 'number' || typeof b !== 'number') continue;
    if (a > b || (a === b && !equal)) report(`spec.${high}`, `must be ${equal ? 'at least' : 'more than'} ${low} (${a}), got ${b}`);
  }
  if (object.kind === 'PodDisruptionBudget' && spec.minAvailable !== undefined && spec.maxUnavailable !== undefined) {
    report('spec.maxUnavailable', 'must not be given beside minAvailable');
  }
  const { maxSurge, maxUnavailable } = objectAt(spec, 'strategy', 'rollingUpdate');
  if ([0, '0%'].includes(maxSurge as number) && [0, '0%'].includes(maxUnavailable as number)) {
    report('spec.strategy.rollingUpdate', 'must let at least one of maxSurge and maxUnavailable be more than 0');
  }
  if (objectAt(spec, 'strategy').type === 'Recreate' && objectAt(spec, 'strategy').rollingUpdate !== undefined) {
    report('spec.strategy.rollingUpdate', 'must not be given with type Recreate');
  }
};

/** `10.1.0.0/16`: an address of its family with no bit set behind the prefix. Kubernetes refuses others from 1.36 on. */
function cidrFault(text: string): string | undefined {
  const [address = '', prefix = ''] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  if (text.split('/').length !== 2 || isIP(address) === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return 'must be a CIDR block';
  if (bits === 128) return undefined;
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return value % 2 ** (32 - Number(prefix)) === 0 ? undefined : 'must have no bits set behind its prefix';
}

export const cidrsRule: Rule = (object, report) => {
  const one = (path: string, value: Json): void => {
    const fault = typeof value === 'string' ? cidrFault(value) : undefined;
    if (fault !== undefined) report(path, `${fault}, got ${JSON.stringify(value)}`);
  };
  visit(object, '', (path, key, value) => {
    if (key === 'cidr' || key === 'loadBalancerSourceRanges') (Array.isArray(value) ? value : [value]).forEach((item) => one(path, item));
    if (key === 'except' && Array.isArray(value)) value.forEach((item, index) => one(`${path}[${index}]`, item));
  });
};
