import { App, Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ConfigMap, type ISecret, Secret, ServiceAccount, type ServiceAccountProps } from '../src';

const synth = (props: ServiceAccountProps = {}) => {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  new ServiceAccount(chart, 'storefront', props);
  return Testing.synth(chart) as object[];
};

describe('R2 ServiceAccount per app, no token unless it is used', () => {
  test('is defined without a token', () => {
    expect(synth()).toEqual([
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'storefront', namespace: 'shop' }, automountServiceAccountToken: false }]);
  });

  test('takes a name, labels and pull secrets', () => {
    expect(synth({ name: 'other', labels: { app: 'web' }, imagePullSecrets: [Secret.fromSecretName('registry')] })).toEqual([{
      apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'other', namespace: 'shop', labels: { app: 'web' } },
      automountServiceAccountToken: false, imagePullSecrets: [{ name: 'registry' }],
    }]);
  });

  test('made elsewhere is a reference', () => {
    expect(ServiceAccount.fromServiceAccountName('theirs', 'shop')).toEqual({ name: 'theirs', kind: 'ServiceAccount', namespace: 'shop' });
  });

  test.each([
    [undefined, "KEELSON1300 'imagePullSecrets' must be a Secret, got undefined: pass a Secret"],
    ['registry', "KEELSON1300 'imagePullSecrets' must be a Secret, got 'registry': write Secret.fromSecretName('registry')"],
    [Secret.fromSecretName(undefined as unknown as string),
      "KEELSON1060 'imagePullSecrets.name' must be a name for the Secret, got undefined: name it like 'storefront'"],
  ])('fails for the pull secret %j', (secret, message) => {
    expect(() => synth({ imagePullSecrets: [secret as ISecret] })).toThrow(`[shop/storefront] ${message}`);
  });

  test('fails for pull secrets that are none, or of another namespace', () => {
    expect(() => synth({ imagePullSecrets: [ConfigMap.fromConfigMapName('settings')] })).toThrow("[shop/storefront] KEELSON1300 'imagePullSecrets' must be a Secret, "
      + "got the ConfigMap 'settings': pass a Secret, or use the factory for a ConfigMap");
    expect(() => synth({ imagePullSecrets: [Secret.fromSecretName('registry', 'infra')] })).toThrow("[shop/storefront] KEELSON1301 'imagePullSecrets' must be "
      + "a Secret of namespace 'shop', got 'registry' of namespace 'infra': pods reach their own namespace only: have the Secret there too");
  });
});
