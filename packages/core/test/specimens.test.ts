import { type AllowedFinding, checkMonokle, specimenFaults } from '@keelson/testing';
import { KUBERNETES_VERSIONS, uncollected, yamlOf } from '@keelson/testing/specimen';
import { unshownMembers } from '@keelson/testing/specimen-coverage';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SPECIMENS } from './specimens';

const OF_AUTHORS = 'for authors of constructs: renders nothing by itself';
const OF_EXPOSURES = 'what it says, exposures render: the specimens of web have it';
const OF_TENANTS = 'tenants are what takes it: packages/tenancy/test/specimens has it';
const WHOLE = 'cdk8s calls it';

const EXCEPTIONS = new Map([
  ...['Fault', 'Faults', 'Warnings', 'Labels', 'ResourceName', 'HostName', 'HostNameOptions', 'Image', 'KubernetesVersion'].map(type => [type, OF_AUTHORS] as const),
  ...['Cidr', 'ClusterFacts.has', 'Connections.new', 'Cpu.faultsOf', 'EnvValue.faultsOf', 'EnvValue.faultsOfName', 'Port.faultsOfNumber', 'Port.nameFaultsOf'].map(name => [name, OF_AUTHORS] as const),
  ...['Certificate', 'IssuedCertificateOptions', 'IssuerKind', 'Listener', 'ListenerProtocol', 'HttpListenerProps', 'HttpsListenerProps'].map(type => [type, OF_EXPOSURES] as const),
  ...['GatewayApi', 'GatewayApiChannel'].map(type => [type, OF_EXPOSURES] as const),
  ...['GatewayOptions.admitsListenerSets', 'GatewayOptions.className', 'GatewayOptions.listeners'].map(name => [name, OF_EXPOSURES] as const),
  ...['httpEntryPoint', 'httpsEntryPoint', 'defaultCertificateHosts', 'allowsCrossNamespace', 'trustedProxies'].map(name => [`TraefikOptions.${name}`, OF_EXPOSURES] as const),
  ...['allowedResponseHeaders', 'isIngressNginx', 'readsNginxAnnotations'].map(name => [`IngressControllerOptions.${name}`, OF_EXPOSURES] as const),
  ...['BackupCredentials', 'ConstructId', 'OtherEndpoint', 'Quantity', 'ServedPort', 'SecretFromOutside.new'].map(name => [name, OF_AUTHORS] as const),
  ...['ClusterProfileProps.customResources', 'ClusterProfileProps.gatewayApi'].map(name => [name, OF_EXPOSURES] as const),
  ...['ClusterProfileProps.imagePullSecretSource', 'ImagePullSecretSource'].map(name => [name, OF_TENANTS] as const),
  ...['ClusterProfileProps.networkPolicyApi', 'NetworkPolicyApi'].map(name => [name, OF_TENANTS] as const),
  ['PodTemplate.resolve', WHOLE] as const,
  ['ClaimTemplate.resolve', WHOLE] as const,
  ...['ClusterProfile.fromFile', 'ClusterProfile.toJson'].map(name => [name, 'a specimen is one file: profile-file.test.ts has them'] as const),
  ...['ClusterFacts.new', 'Metadata.of', 'PodDefaults.of', 'RunningContainer', 'ServiceBase.new'].map(name => [name, OF_AUTHORS] as const),
]);

/** What policy checkers find where a specimen asks for it. */
const FINDINGS: AllowedFinding[] = [
  { rule: 'KBP107', about: 'ClusterRole core-access-custom ', reason: 'a role for making Jobs' },
  { rule: 'KBP107', about: 'Role core-access-every-resource/', reason: 'a role for everything' },
  { rule: 'KBP108', about: 'ClusterRole core-access-everywhere-nodes ', reason: 'taken for one of pods/exec, since a rule of it is for paths' },
  { rule: 'KBP108', about: 'ClusterRole core-access-unsafe ', reason: 'Verb.UNSAFE_ALL' },
  { rule: 'KBP108', about: 'Role core-access-every-resource/', reason: 'a role for everything' },
  { rule: 'KBP003', about: 'core-resources-unlimited-cpu/', reason: 'unlimitedCpu' },
  { rule: 'KBP102', about: 'core-container-writable/', reason: 'unsafeWritableRootFilesystem' },
  { rule: 'KBP104', about: 'core-identity-low-users/', reason: 'unsafeLowUserIds' },
  { rule: 'KBP104', about: 'core-cluster-openshift/', reason: 'assignsUserIds' },
  { rule: 'KBP105', about: 'core-cluster-openshift/', reason: 'assignsUserIds' },
  { rule: 'KBP105', about: 'core-identity-low-users/', reason: 'unsafeLowUserIds' },
  { rule: 'KBP114', about: 'core-service-', reason: 'Services that are reached from outside, and names of others, which this rule takes for such' },
  { rule: 'KBP112', about: '/checkout', reason: 'a Secret in a variable, which some programs read only there' },
  { rule: 'PSS102', about: 'core-network-host/', reason: 'unsafeHostNetwork' },
  { rule: 'PSS105', about: 'core-volume-host-path/', reason: 'unsafeHostPath' },
  { rule: 'PSS106', about: 'core-container-host-port/', reason: 'unsafeHostPort' },
  { rule: 'PSS201', about: 'core-volume-host-path/', reason: 'unsafeHostPath' },
];

describe.each(KUBERNETES_VERSIONS.map(version => ({ version })))('Kubernetes $version', ({ version }) => {
  test.each(SPECIMENS)('$title', (specimen) => {
    expect(specimenFaults(specimen, version)).toEqual([]);
  });
});

test('every title says which package it is of', () => {
  expect(SPECIMENS.map(({ title }) => title).filter(title => !title.startsWith('core-'))).toEqual([]);
});

test('every file of specimens is collected', () => {
  expect(uncollected('test/specimens')).toEqual([]);
});

test('everything that users can write is in a specimen', () => {
  expect(unshownMembers({
    assembly: '.jsii',
    specimens: 'test/specimens',
    tsconfig: 'test/tsconfig.json',
    exceptions: EXCEPTIONS,
  })).toEqual([]);
});

test('no policy check finds anything that is not asked for', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'specimens-'));
  const yaml = SPECIMENS.map(specimen => yamlOf(specimen, '1.36', join(scratch, specimen.title)).yaml).join('\n---\n');
  rmSync(scratch, { recursive: true });
  const found = await checkMonokle(yaml, FINDINGS);
  // Specimens refer to what others make: what must not dangle, core refuses, and its tests are about that.
  expect(found.filter(line => !line.startsWith('LNK'))).toEqual([]);
});
