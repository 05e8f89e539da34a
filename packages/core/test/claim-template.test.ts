import { Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AccessMode, ClaimTemplate, type ClaimTemplateProps, type ClusterProfileProps, type IStorageClass, Metadata, StorageClass } from '../src';
import { accepted, charted, mistakes, named } from './server';
import { Ledger } from './specimens/workloads';

const size = Size.gibibytes(10);
const ledger = (storage: ClaimTemplateProps, profile?: ClusterProfileProps) => {
  const chart = charted(profile);
  new Ledger(chart, 'ledger', {
    image: 'registry.example.com/ledger:1', volumes: { '/data': ClaimTemplate.of('data', storage).volume },
  }, storage);
  return chart;
};
const templateOf = (storage: ClaimTemplateProps) => named(accepted(ledger(storage)), 'StatefulSet', 'ledger').spec.volumeClaimTemplates as object[];

const fast = { name: 'fast', isDefault: true };
const shared = { name: 'shared', readWriteMany: true };

describe('F-D4 ClaimTemplate', () => {
  test('is one disk of the default class for each pod, as the API server stores it', () => {
    expect(templateOf({ size })).toEqual([{
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
    }]);
  });

  test('takes a class, an access mode, labels and annotations', () => {
    const storageClass = StorageClass.fromStorageClassName('fast');
    expect(templateOf({ size, storageClass, accessMode: AccessMode.READ_WRITE_ONCE_POD, labels: { tier: 'db' }, annotations: { owner: 'shop' } })).toEqual([{
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', labels: { tier: 'db' }, annotations: { owner: 'shop' } },
      spec: { accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '10Gi' } }, storageClassName: 'fast' },
    }]);
  });

  test('V4 takes volumes that are there, and none that a class makes', () => {
    const volumeLabels = { 'example.com/disk': 'ledger' };
    expect(templateOf({ size, volumeLabels })).toMatchObject([{ spec: { storageClassName: '', selector: { matchLabels: volumeLabels } } }]);
    const storageClass = StorageClass.fromStorageClassName('local-ssd');
    expect(templateOf({ size, volumeLabels, storageClass })).toMatchObject([{ spec: { storageClassName: 'local-ssd', selector: { matchLabels: volumeLabels } } }]);
    // neither the default class nor one of the cluster's is asked for a volume
    accepted(ledger({ size, volumeLabels, storageClass }, { storageClasses: [shared] }));
  });

  test('takes nothing of the scopes around, which may change later', () => {
    const chart = ledger({ size, labels: {}, annotations: {} });
    new Metadata({ labels: { team: 'orders' }, annotations: { contact: 'orders@example.com' } }).applyTo(chart);
    const { spec, metadata } = named(accepted(chart), 'StatefulSet', 'ledger');
    expect(metadata.labels.team).toBe('orders');
    expect((spec.volumeClaimTemplates as { metadata: object }[])[0]?.metadata).toEqual({ name: 'data' });
  });

  test('is the same bytes twice, and knows the claims it makes', () => {
    const chart = ledger({ size });
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
    expect(ClaimTemplate.of('data', { size }).claimNameOf('ledger', 2)).toBe('data-ledger-2');
  });

  test.each([
    [{ size: Size.gibibytes(0) }, [], "KEELSON1125 'storage.size' must be a size above 0, got '0Gi': try Size.mebibytes(64)"],
    [{ size, accessMode: 'rwo' as AccessMode }, [],
      "KEELSON1585 'storage.accessMode' must be one of ReadWriteOnce, ReadWriteOncePod, ReadOnlyMany, ReadWriteMany, got 'rwo': "
      + 'choose a member of AccessMode, such as AccessMode.READ_WRITE_ONCE'],
    [{ size, storageClass: 'fast' as unknown as IStorageClass }, [fast],
      "KEELSON1300 'storage.storageClass' must be a StorageClass, got 'fast': write StorageClass.fromStorageClassName('fast')"],
    [{ size, storageClass: StorageClass.fromStorageClassName('slow') }, [fast, shared],
      "KEELSON1330 'storage.storageClass' must be one of the cluster's classes ('fast', 'shared'), got 'slow': "
      + 'name one of them, or add it to storageClasses of the cluster profile'],
    [{ size }, [shared], "KEELSON1332 'storage.storageClass' must be one of 'shared', since the cluster has no default class, got none: name one of them"],
    [{ size, accessMode: AccessMode.READ_WRITE_MANY }, [fast, shared],
      "KEELSON1331 'storage.accessMode' must be one that the class 'fast' can serve, got ReadWriteMany: use the class 'shared'"],
    [{ size, labels: { 'a b': 'c' } }, [], "KEELSON1052 'storage.labels' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    [{ size, annotations: { 'a b': 'c' } }, [], "KEELSON1052 'storage.annotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    [{ size, volumeLabels: { 'a b': 'c' } }, [], "KEELSON1052 'storage.volumeLabels' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    [{ size, volumeLabels: {} }, [],
      "KEELSON1840 'storage.volumeLabels' must be a label or more of the volumes that are there, got none: write it like { 'app.kubernetes.io/instance': 'orders' }"],
  ])('fails for %j of %j', (storage: ClaimTemplateProps, storageClasses, message) => {
    expect(mistakes(ledger(storage, { storageClasses }))).toEqual([`[shop/ledger] ${message}`]);
  });

  test('fails for a bad name', () => {
    expect(ClaimTemplate.of('Data', { size }).faults).toEqual([expect.objectContaining({ code: 'KEELSON1062', member: 'name', got: "'Data'" })]);
  });
});
