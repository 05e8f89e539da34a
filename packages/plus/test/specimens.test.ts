import { specimenFaults } from '@keelson/testing';
import { KUBERNETES_VERSIONS, uncollected } from '@keelson/testing/specimen';
import { describe, expect, test } from 'vitest';
import { SPECIMENS } from './specimens';

describe.each(KUBERNETES_VERSIONS.map(version => ({ version })))('Kubernetes $version', ({ version }) => {
  test.each(SPECIMENS)('$title', (specimen) => {
    expect(specimenFaults(specimen, version)).toEqual([]);
  });
});

test('every file of specimens is collected', () => {
  expect(uncollected('test/specimens')).toEqual([]);
});
