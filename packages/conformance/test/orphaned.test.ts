import { expect, test } from 'vitest';
import { orphaned } from '../src/growth/orphaned.js';
import { statefulSet } from '../src/negative/objects.js';

test('a StatefulSet leaves its pods, each with a claim of the size that its template has', () => {
  expect(orphaned(statefulSet({ spec: { replicas: 2 } })).map(({ pod, claim, size }) => [pod, claim, size])).toEqual([
    ['database-0', 'data-database-0', '1Gi'], ['database-1', 'data-database-1', '1Gi'],
  ]);
});
