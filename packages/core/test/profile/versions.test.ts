import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault, Faults, GatewayApi, GatewayApiChannel, KubernetesVersion, NetworkPolicyApi } from '../../src';

const lines = (prop: string, { faults }: { faults: Fault[] }) => faults.map(fault => Faults.describe(prop, fault));

describe('a Kubernetes version', () => {
  test.each([
    ['1.27', '1.27', 27], ['1.37', '1.37', 37], ['v1.33', '1.33', 33], ['1.33.4', '1.33', 33], ['v1.31.4-gke.1372000', '1.31', 31],
    ['1.30.2+k3s1', '1.30', 30],
  ])('%s is %s', (written, text, minor) => {
    const version = KubernetesVersion.of(written);
    expect(version).toMatchObject({ text, minor, faults: [] });
  });

  test.each([
    ['1.29', false], ['1.30', true], ['1.31', true], ['1.30.9', true],
  ])('of %s is at least 1.30: %s', (written, reached) => {
    expect(KubernetesVersion.of(written).isAtLeast('1.30')).toBe(reached);
  });

  test('compares minors as numbers, as every two of them do', () => {
    fc.assert(fc.property(fc.integer({ min: 27, max: 37 }), fc.integer({ min: 0, max: 99 }), (own, floor) => {
      expect(KubernetesVersion.of(`1.${own}`).isAtLeast(`1.${floor}`)).toBe(own >= floor);
    }));
  });

  test('is never at least what is no version', () => {
    expect(KubernetesVersion.of('1.33').isAtLeast('newest')).toBe(false);
  });

  test.each([
    ['', "KEELSON1151 'version' must be a Kubernetes version such as 1.33, got '': write what 'kubectl version' says of the server"],
    ['latest', "KEELSON1151 'version' must be a Kubernetes version such as 1.33, got 'latest': write what 'kubectl version' says of the server"],
    ['2.0', "KEELSON1151 'version' must be a Kubernetes version such as 1.33, got '2.0': write what 'kubectl version' says of the server"],
    ['1.033', "KEELSON1151 'version' must be a Kubernetes version such as 1.33, got '1.033': write what 'kubectl version' says of the server"],
    ['1.26', "KEELSON1152 'version' must be 1.27 or newer, got '1.26': upgrade the cluster"],
    ['1.38', "KEELSON1153 'version' must be 1.37 or older, the newest known here, got '1.38': write 1.37, whose manifests newer clusters take"],
  ])('fails on %j', (written, line) => {
    expect(lines('version', KubernetesVersion.of(written))).toEqual([line]);
  });

  test.each(['1.26', '1.38', 'latest'])('goes on with the newest after the fault of %s, so that nothing else is reported for it', written => {
    expect(KubernetesVersion.of(written).text).toBe('1.37');
  });
});

describe('a Gateway API version', () => {
  test('has a version without its patch, and a channel', () => {
    expect(GatewayApi.standard('1.4.1')).toMatchObject({ version: '1.4', channel: GatewayApiChannel.STANDARD, faults: [] });
    expect(GatewayApi.experimental('v1.7.0')).toMatchObject({ version: '1.7', channel: GatewayApiChannel.EXPERIMENTAL, faults: [] });
  });

  test.each([['1.4', false], ['1.5', true], ['1.6', true]])('%s is at least 1.5: %s', (version, reached) => {
    expect(GatewayApi.standard(version).isAtLeast('1.5')).toBe(reached);
  });

  test.each([
    ['v1', 'HTTPRoute', '1.0', undefined], ['v1beta1', 'ReferenceGrant', '1.0', undefined], ['v1', 'GRPCRoute', '1.1', '1.0'],
    ['v1', 'BackendTLSPolicy', '1.4', '1.3'], ['v1', 'ListenerSet', '1.5', '1.4'], ['v1', 'TLSRoute', '1.5', '1.4'],
    ['v1', 'TCPRoute', '1.6', '1.5'], ['v1', 'UDPRoute', '1.6', '1.5'],
  ])('serves %s/%s from %s on', (version, kind, first, before) => {
    expect(GatewayApi.standard(first).serves(version, kind)).toBe(true);
    expect(before === undefined ? false : GatewayApi.standard(before).serves(version, kind)).toBe(false);
  });

  test.each([['v1beta9', 'HTTPRoute'], ['v1', 'Nonsense']])('does not serve %s/%s', (version, kind) => {
    expect(GatewayApi.experimental('1.7').serves(version, kind)).toBe(false);
  });

  test.each(['0.8', '1.8', 'standard'])('fails on %j', version => {
    expect(lines('gatewayApi', GatewayApi.standard(version))).toEqual([
      `KEELSON1154 'gatewayApi' must be a Gateway API version from 1.0 to 1.7, got '${version}': write the bundle-version that the CRDs are annotated with`,
    ]);
  });
});

describe('N9 a version of the Network Policy API', () => {
  test.each(['0.2', 'v0.2.0', '0.2.3'])('%s has ClusterNetworkPolicy', (version) => {
    const api = NetworkPolicyApi.of(version);
    expect(api).toMatchObject({ version: '0.2', faults: [] });
    expect([api.serves('v1alpha2', 'ClusterNetworkPolicy'), api.serves('v1alpha1', 'AdminNetworkPolicy'), api.serves('v1beta1', 'ClusterNetworkPolicy')]).toEqual([true, false, false]);
  });

  test.each(['0.1', '0.3', '0.20', '1.0', '', 'standard'])('fails on %j', (version) => {
    expect(lines('networkPolicyApi', NetworkPolicyApi.of(version))).toEqual([
      `KEELSON1191 'networkPolicyApi' must be version 0.2 of the Network Policy API, got '${version}': `
      + 'write the bundle-version that the CRDs are annotated with, and install 0.2 where they are of an older one',
    ]);
  });
});

test('a number says which number it is, and that it lacks its quotes', () => {
  expect(KubernetesVersion.of(1.30 as never).faults).toEqual([
    { code: 'KEELSON1152', got: '1.3', allowed: '1.27 or newer', fix: 'put it in quotes: as a number, 1.30 is 1.3' }]);
});
