import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ClaimDataSource, ClaimTemplate, type IPersistentVolumeClaim, PersistentVolumeClaim, type PersistentVolumeClaimProps, Secret, VolumeMode } from '../src';
import { accepted, charted, mistakes, named } from './server';

const size = Size.gibibytes(10);
const claimed = (props: Partial<PersistentVolumeClaimProps>) => {
  const chart = charted();
  new PersistentVolumeClaim(chart, 'copy', { size, ...props });
  return chart;
};
const sourceOf = (dataSource: ClaimDataSource) => named(accepted(claimed({ dataSource })), 'PersistentVolumeClaim', 'copy').spec.dataSourceRef as object;

describe('F-D4 ClaimDataSource', () => {
  test('is a snapshot, a claim, or what a populator makes', () => {
    expect(sourceOf(ClaimDataSource.fromSnapshot('nightly'))).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'nightly' });
    expect(sourceOf(ClaimDataSource.fromClaim(PersistentVolumeClaim.fromClaimName('orders')))).toEqual({ kind: 'PersistentVolumeClaim', name: 'orders' });
    expect(sourceOf(ClaimDataSource.fromObject('populators.example.com', 'Archive', 'orders')))
      .toEqual({ apiGroup: 'populators.example.com', kind: 'Archive', name: 'orders' });
  });

  test('is of claim templates, too', () => {
    expect(ClaimTemplate.of('data', { size, dataSource: ClaimDataSource.fromSnapshot('nightly') }).resolve())
      .toMatchObject({ spec: { dataSourceRef: { kind: 'VolumeSnapshot', name: 'nightly' } } });
    expect(ClaimTemplate.of('data', { size, volumeMode: VolumeMode.BLOCK }).faults).toEqual([expect.objectContaining({ code: 'KEELSON1826', member: 'volumeMode' })]);
  });

  test.each<[string, ClaimDataSource, string]>([
    ['a bad snapshot', ClaimDataSource.fromSnapshot('Nightly'),
      "KEELSON1062 'dataSource' must be lower-case letters, digits, '-' and '.' for a VolumeSnapshot, got 'Nightly': try 'nightly'"],
    ['a Secret', ClaimDataSource.fromClaim(Secret.fromSecretName('db') as unknown as IPersistentVolumeClaim),
      "KEELSON1300 'dataSource' must be a PersistentVolumeClaim, got the Secret 'db': pass a PersistentVolumeClaim, or use the factory for a Secret"],
    ['no group', ClaimDataSource.fromObject('', 'Archive', 'a'), "KEELSON1827 'dataSource.group' must be an API group, got '': write it like 'populators.example.com'"],
    ['no kind', ClaimDataSource.fromObject('a.io', 'archive', 'a'), "KEELSON1827 'dataSource.kind' must be a kind, got 'archive': write it like 'Archive'"],
    ['none of ours', 'nightly' as unknown as ClaimDataSource,
      "KEELSON1587 'dataSource' must be a value of ClaimDataSource, got 'nightly': use ClaimDataSource.fromSnapshot(…)"],
  ])('fails for %s', (_what, dataSource, message) => {
    expect(mistakes(claimed({ dataSource }))).toEqual([`[shop/copy] ${message}`]);
  });

  test('a copy is as large as what is copied, in its namespace, and had as that is', () => {
    const chart = charted();
    const device = new PersistentVolumeClaim(chart, 'device', { size: Size.gibibytes(20), volumeMode: VolumeMode.BLOCK });
    new PersistentVolumeClaim(chart, 'same', { size: Size.gibibytes(20), volumeMode: VolumeMode.BLOCK, dataSource: ClaimDataSource.fromClaim(device) });
    new PersistentVolumeClaim(new Chart(chart.node.root, 'other', { namespace: 'other' }), 'copy', { size, dataSource: ClaimDataSource.fromClaim(device) });
    expect(mistakes(chart)).toEqual([
      "[other/copy] KEELSON1828 'dataSource' must be a claim of namespace 'other', got [shop/device] of namespace 'shop': "
      + 'copies are made within a namespace: restore a backup instead',
      "[other/copy] KEELSON1829 'size' must be at least '20Gi', that of [shop/device], which is copied, got '10Gi': ask for as much, or more",
      "[other/copy] KEELSON1830 'volumeMode' must be Block, as that of [shop/device], which is copied, got Filesystem: a copy is had as what is copied",
    ]);
  });
});
