import { checkMonokle, specimenFaults } from '@keelson/testing';
import { KUBERNETES_VERSIONS, yamlOf } from '@keelson/testing/specimen';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SPECIMENS } from './specimens';

describe.each(KUBERNETES_VERSIONS.map(version => ({ version })))('Kubernetes $version', ({ version }) => {
  test.each(SPECIMENS)('$title', (specimen) => {
    expect(specimenFaults(specimen, version)).toEqual([]);
  });
});

test('every title says which package it is of', () => {
  expect(SPECIMENS.map(({ title }) => title).filter(title => !title.startsWith('web-'))).toEqual([]);
});

test('no policy check finds anything', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'specimens-'));
  const yaml = SPECIMENS.map(specimen => yamlOf(specimen, '1.36', join(scratch, specimen.title)).yaml).join('\n---\n');
  rmSync(scratch, { recursive: true });
  // Specimens refer to what others make: broken links are for the tests of what core refuses itself.
  expect((await checkMonokle(yaml)).filter(line => !line.startsWith('LNK'))).toEqual([]);
});
