import { App, Chart, Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AccessMode, ClusterProfile, type ClusterStorageClass, type IStorageClass, PersistentVolumeClaim, type PersistentVolumeClaimProps, Secret, StorageClass } from '../src';

const size = Size.gibibytes(20);
const synth = (props: PersistentVolumeClaimProps, storageClasses?: ClusterStorageClass[]) => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  ClusterProfile.kubernetes({ storageClasses }).applyTo(chart);
  new PersistentVolumeClaim(chart, 'data', props);
  return Testing.synth(chart) as object[];
};
const fast = { name: 'fast', isDefault: true };
const shared = { name: 'shared', readWriteMany: true };

describe('PersistentVolumeClaim', () => {
  test('is one disk of the default class', () => {
    expect(synth({ size })).toEqual([{
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data', namespace: 'shop' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
    }]);
  });

  test('takes a class, an access mode, a name, labels', () => {
    const props = { size, storageClass: StorageClass.fromStorageClassName('shared'), accessMode: AccessMode.READ_WRITE_MANY, name: 'photos', labels: { app: 'web' } };
    expect(synth(props, [fast, shared])).toEqual([{
      apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'photos', namespace: 'shop', labels: { app: 'web' } },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '20Gi' } }, storageClassName: 'shared' },
    }]);
  });

  test('is not checked where the classes are not known', () => {
    expect(() => synth({ size, storageClass: StorageClass.fromStorageClassName('any'), accessMode: AccessMode.READ_WRITE_MANY })).not.toThrow();
  });

  test('made elsewhere is a reference', () => {
    expect(PersistentVolumeClaim.fromClaimName('theirs')).toEqual({ name: 'theirs', kind: 'PersistentVolumeClaim' });
  });

  test.each([
    [{ size: Size.gibibytes(0) }, [], "KEELSON1125 'size' must be a size above 0, got '0Gi': try Size.mebibytes(64)"],
    [{} as PersistentVolumeClaimProps, [], "KEELSON1125 'size' must be a size above 0, got undefined: try Size.mebibytes(64)"],
    [{ size: '20Gi' as unknown as Size }, [], "KEELSON1125 'size' must be a size above 0, got '20Gi': try Size.mebibytes(64)"],
    [{ size, storageClass: StorageClass.fromStorageClassName('slow') }, [fast, shared],
      "KEELSON1330 'storageClass' must be one of the cluster's classes ('fast', 'shared'), got 'slow': name one of them, or add it to storageClasses of the cluster profile"],
    [{ size, storageClass: StorageClass.fromStorageClassName('Bad_Name') }, [],
      "KEELSON1062 'storageClass.name' must be lower-case letters, digits, '-' and '.' for a StorageClass, got 'Bad_Name': try 'bad-name'"],
    [{ size, storageClass: Secret.fromSecretName('db') }, [], "KEELSON1300 'storageClass' must be a StorageClass, got the Secret 'db': pass a StorageClass"],
    [{ size, storageClass: 'fast' as unknown as IStorageClass }, [fast],
      "KEELSON1300 'storageClass' must be a StorageClass, got 'fast': write StorageClass.fromStorageClassName('fast')"],
    [{ size, storageClass: StorageClass.fromStorageClassName(undefined as unknown as string) }, [],
      "KEELSON1060 'storageClass.name' must be a name for the StorageClass, got undefined: name it like 'storefront'"],
    [{ size }, [shared], "KEELSON1332 'storageClass' must be one of 'shared', since the cluster has no default class, got none: name one of them"],
    [{ size, accessMode: AccessMode.READ_WRITE_MANY }, [fast, shared],
      "KEELSON1331 'accessMode' must be one that the class 'fast' can serve, got ReadWriteMany: use the class 'shared'"],
    [{ size, accessMode: AccessMode.READ_WRITE_MANY }, [fast], "KEELSON1331 'accessMode' must be one that the class 'fast' can serve, "
      + 'got ReadWriteMany: the cluster profile has no class for several nodes: use ReadWriteOnce'],
  ])('fails for %j of %j', (props: PersistentVolumeClaimProps, classes: ClusterStorageClass[], message) => {
    expect(() => synth(props, classes)).toThrow(`[shop/data] ${message}`);
  });
});
