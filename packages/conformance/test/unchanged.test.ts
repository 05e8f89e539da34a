import { describe, expect, test } from 'vitest';
import { changes } from '../src/wave/unchanged.js';

const sent = { kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };
const stored = (generation: number, ...managedFields: Record<string, string>[]) =>
  ({ ...sent, metadata: { ...sent.metadata, generation, managedFields } });
const ours = { manager: 'keelson', operation: 'Apply', time: '2026-01-01T00:00:00Z' };

describe('what a second apply must leave alone', () => {
  test('is the same where only times and status have moved', () => {
    const before = stored(1, ours, { manager: 'kube-controller-manager', subresource: 'status', time: '1' });
    const after = stored(1, { ...ours, time: '2026-01-01T00:00:09Z' }, { manager: 'kube-controller-manager', subresource: 'status', time: '2', fieldsV1: 'more' });
    expect(changes(sent, before, after)).toEqual([]);
  });

  test('has changed with the generation', () => {
    expect(changes(sent, stored(1, ours), stored(2, ours))).toEqual(['Deployment shop/web: generation was 1, is 2']);
  });

  test('has changed with the owners of its fields', () => {
    const scaled = { manager: 'kube-controller-manager', subresource: 'scale', operation: 'Update' };
    expect(changes(sent, stored(1, ours), stored(1, ours, scaled))).toEqual(['Deployment shop/web: managedFields changed']);
  });
});
