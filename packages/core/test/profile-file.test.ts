import { jsonSchemaFaults } from '@keelson/testing';
import { App, Duration, Yaml } from 'cdk8s';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  ApiServer, ClusterProfile, type ClusterProfileProps, Cni, DnsResolver, Gateway, GatewayApi, GatewayImplementation, IngressController,
  IpFamily, Listener, LoadBalancerController, Mesh, MeshDataPlane, Monitoring, NetworkPolicyApi, PriorityClass, Secret, Traefik,
} from '../src';
import { nearest } from '../src/private/profile-file/nearest';
import { profileSchema } from '../src/private/profile-file/profile-shape';
import { repeatedKeys } from '../src/private/profile-file/repeated-keys';

const folder = mkdtempSync(join(tmpdir(), 'profile-'));
afterAll(() => { rmSync(folder, { recursive: true }); });

function written(text: string, name = 'cluster.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** What is wrong with a file, as synth says it of the app, with the file's path as `FILE`. */
function mistakesIn(text: string, name = 'cluster.yaml'): string[] {
  const file = written(text, name);
  const app = new App();
  ClusterProfile.fromFile(file).applyTo(app);
  return app.node.validate().map(line => line.replaceAll(file, 'FILE'));
}

/** The public facts, as far as JSON tells them apart. */
const factsOf = (profile: ClusterProfile): unknown => JSON.parse(JSON.stringify({ ...profile, preset: 0, props: 0, source: 0 }));

describe('a profile in a file', () => {
  test('is the same as in a program, in YAML and in JSON', () => {
    const expected = ClusterProfile.gke({
      version: '1.33', imageMirrors: [{ registry: 'docker.io', mirror: 'registry.example.com/hub' }], loadBalancerDrain: Duration.minutes(2),
      gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })] }),
      imagePullSecrets: [Secret.fromSecretName('registry')], priorityClass: PriorityClass.fromPriorityClassName('standard'),
    });
    const yaml = written(`
# comments are fine
preset: gke
version: '1.33'
imageMirrors:
  - registry: docker.io
    mirror: registry.example.com/hub
gateway:
  name: edge
  namespace: gateway-system
  listeners:
    - protocol: HTTP
    - protocol: HTTPS
      hosts: ['*.example.com']
loadBalancerDrain: 2m
imagePullSecrets: [registry]
priorityClass: standard
`);
    const json = written(JSON.stringify(Yaml.load(yaml)[0]), 'cluster.json');
    for (const file of [yaml, json]) {
      const profile = ClusterProfile.fromFile(file);
      expect(profile.faults).toEqual([]);
      expect(factsOf(profile)).toEqual(factsOf(expected));
    }
  });

  const EVERYTHING: ClusterProfileProps = {
    version: '1.34', cni: Cni.of({ name: 'Own', enforcesNetworkPolicies: true, matchesNodeAddresses: false }),
    dnsResolvers: [
      DnsResolver.kubeDns(), DnsResolver.atAddress('10.0.0.10', 5353), DnsResolver.atAddress('2001:db8::1'),
      DnsResolver.inPods({ namespace: 'dns', labels: { 'app.kubernetes.io/name': 'dns' } }, 5353),
    ],
    gateway: Gateway.named('edge', 'edge', {
      listeners: [Listener.http({ port: 8080 }), Listener.https({ name: 'tls', hosts: ['a.example.com'], ownCertificate: false })], admitsListenerSets: true,
      className: 'envoy', pods: { namespace: 'edge', labels: { app: 'envoy' } }, sourceCidrs: ['10.1.0.0/16'], implementation: GatewayImplementation.ENVOY_GATEWAY,
    }),
    gatewayApi: GatewayApi.experimental('1.5'), networkPolicyApi: NetworkPolicyApi.of('0.2'),
    ingress: IngressController.named('nginx', { namespace: 'ingress', pods: { namespace: 'ingress', labels: {} }, sourceCidrs: ['10.2.0.0/16'], allowedResponseHeaders: ['X-Robots-Tag'] }),
    traefik: Traefik.inNamespace('edge', {
      pods: { namespace: 'edge', labels: { app: 'traefik' } }, sourceCidrs: ['10.6.0.0/16'], httpEntryPoint: 'http', httpsEntryPoint: 'https',
      defaultCertificateHosts: ['*.example.com'], allowsCrossNamespace: true, trustedProxies: 2,
    }),
    storageClasses: [{ name: 'fast', isDefault: true, allowVolumeExpansion: true }, { name: 'shared', readWriteMany: true }],
    apiServer: ApiServer.at(['10.0.0.1/32'], 8443), clusterDomain: 'shop.internal', podCidrs: ['10.3.0.0/16'], serviceCidrs: ['10.4.0.0/16'],
    nodeCidrs: ['10.5.0.0/16'], ipFamilies: [IpFamily.IPV4, IpFamily.IPV6],
    monitoring: Monitoring.of({ pods: { namespace: 'metrics', labels: { app: 'vmagent' } }, monitorLabels: { team: 'platform' } }),
    mesh: Mesh.istio({
      dataPlane: MeshDataPlane.SIDECAR, revision: 'stable', trustDomain: 'example.com', controlPlane: { namespace: 'istio', labels: { app: 'istiod' } },
      outsideNamespaces: ['metrics'],
    }),
    loadBalancers: LoadBalancerController.METALLB, nodePortRange: '30000-31000', loadBalancerDrain: Duration.seconds(90),
    imageMirrors: [{ registry: 'quay.io', mirror: 'registry.example.com/quay' }], allowedRegistries: ['registry.example.com'], requireImageDigests: true,
    imagePullSecrets: [Secret.fromSecretName('registry')], imagePullSecretSource: { clusterSecretStore: 'vault', remoteKeys: { registry: 'platform/registry' } },
    priorityClass: PriorityClass.fromPriorityClassName('standard'), assignsUserIds: true,
    helperImages: {
      wait: `registry.example.com/busybox:1.36.1@sha256:${'a'.repeat(64)}`, generate: `registry.example.com/curl:8.16.0@sha256:${'b'.repeat(64)}`,
    },
    customResources: ['cert-manager.io/v1/Certificate'],
  };

  test.each<[string, ClusterProfile]>([
    ['all props', ClusterProfile.kubernetes(EVERYTHING)], ['k3s', ClusterProfile.k3s({ cni: Cni.CALICO })], ['eks', ClusterProfile.eks({ apiServer: ApiServer.anywhere() })],
    ['gke', ClusterProfile.gke()], ['aks', ClusterProfile.aks({ cni: Cni.AZURE })], ['openshift', ClusterProfile.openshift()], ['kind', ClusterProfile.kind()],
    ['Cilium', ClusterProfile.kubernetes({
      cni: Cni.of({ name: 'Own', enforcesNetworkPolicies: true, enforcesCiliumNetworkPolicies: true }), ingress: IngressController.cilium(),
      gateway: Gateway.named('edge', 'edge', { implementation: GatewayImplementation.CILIUM }),
    })],
  ])('of %s is what is written of it', (_, profile) => {
    expect(profile.faults).toEqual([]);
    const read = ClusterProfile.fromFile(written(Yaml.stringify(profile.toJson())));
    expect(read.faults).toEqual([]);
    expect(factsOf(read)).toEqual(factsOf(profile));
    expect(read.toJson()).toEqual(profile.toJson());
  });

  test('has a word for kube-prometheus-stack as it is installed by itself', () => {
    const profile = ClusterProfile.fromFile(written('monitoring: kube-prometheus-stack\n'));
    expect(profile.faults).toEqual([]);
    expect(factsOf(profile)).toEqual(factsOf(ClusterProfile.kubernetes({ monitoring: Monitoring.kubePrometheusStack() })));
    expect(ClusterProfile.fromFile(written('monitoring: prometheus-stack\n')).faults.map(fault => fault.got)).toEqual(["'prometheus-stack'"]);
  });

  test('has a place for every prop', () => {
    const props = (ASSEMBLY.types['@keelson/core.ClusterProfileProps']?.properties ?? []).map(({ name }) => name);
    expect(Object.keys(ClusterProfile.kubernetes(EVERYTHING).toJson() as object).sort()).toEqual([...props, 'preset'].sort());
  });
});

interface Documented { readonly name: string; readonly docs?: { readonly summary?: string; readonly remarks?: string } }
interface Assembly { readonly types: Record<string, { readonly properties?: Documented[] } | undefined> }

const ASSEMBLY = JSON.parse(readFileSync('.jsii', 'utf8')) as Assembly;

describe('the schema for editors', () => {
  const schema = profileSchema((struct, member) => {
    const docs = ASSEMBLY.types[`@keelson/core.${struct}`]?.properties?.find(({ name }) => name === member)?.docs;
    return docs?.summary === undefined ? undefined : [docs.summary, docs.remarks ?? ''].join(' ').replace(/\s+/g, ' ').trim();
  });

  // To write it anew: npm run build -w @keelson/core && npx vitest run test/profile-file.test.ts -u
  test('is the one that is checked in and shipped', async () => {
    const { files, exports: exported } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[]; exports: object };
    expect([files.includes('cluster-profile.schema.json'), './cluster-profile.schema.json' in exported]).toEqual([true, true]);
    await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot('../cluster-profile.schema.json');
  });

  test.each([
    ['preset: gke\nversion: "1.33"', true], ['cni: aws-vpc\ngateway: { name: a, namespace: b }', true], ['loadBalancerDrain: 30s\napiServer: anywhere', true],
    ['dnsResolvers: [kube-dns, { ip: 10.0.0.10 }]', true], ['presett: gke', false], ['version: 1.30', false], ['gateway: { name: a }', false],
    ['loadBalancerDrain: 30', false], ['cni: calco', false],
  ])('judges %j as the file is judged: %s', (yaml, valid) => {
    const file = written(yaml);
    const [schemaFaults, faults] = [jsonSchemaFaults(schema, Yaml.load(file)[0]), ClusterProfile.fromFile(file).faults];
    expect([schemaFaults.length === 0, faults.length === 0]).toEqual([valid, valid]);
  });
});

const KEYS = '$schema, preset, version, cni, dnsResolvers, gateway, gatewayApi, networkPolicyApi, ingress, traefik, storageClasses, apiServer, clusterDomain, podCidrs, serviceCidrs, '
  + 'nodeCidrs, ipFamilies, monitoring, mesh, loadBalancers, nodePortRange, loadBalancerDrain, imageMirrors, allowedRegistries, requireImageDigests, '
  + 'imagePullSecrets, imagePullSecretSource, priorityClass, assignsUserIds, helperImages, customResources';

describe('a mistake in a file', () => {
  test.each<[string, string, string[]]>([
    ['an unknown key', 'presets: gke', [`KEELSON1632 'FILE: $' must be a map with no other keys than ${KEYS}, got 'presets': try 'preset'`]],
    ['an unknown key within', 'gateway: { name: a, namespace: b, listner: [] }', ["KEELSON1632 'FILE: $.gateway' must be a map with no other keys than name, namespace, listeners, "
      + "admitsListenerSets, className, pods, sourceCidrs, implementation, got 'listner': try 'listeners'"]],
    ['a key that is like none', 'helperImages: { xyzzy: a }', ["KEELSON1632 'FILE: $.helperImages' must be a map with no other keys than wait, generate, got 'xyzzy': remove it"]],
    ['a version that YAML takes for a number', 'version: 1.30', ["KEELSON1633 'FILE: $.version' must be a text, got 1.3: put it in quotes: as a number, 1.30 is 1.3"]],
    ['a text that is none', 'clusterDomain: true', ["KEELSON1633 'FILE: $.clusterDomain' must be a text, got true: write it like 'cluster.local'"]],
    ['a key without a value', 'clusterDomain:', ["KEELSON1633 'FILE: $.clusterDomain' must be a text, got null: give it a value, or leave it out"]],
    ['a switch in quotes', "requireImageDigests: 'true'", ["KEELSON1633 'FILE: $.requireImageDigests' must be true or false, got 'true': write it without quotes"]],
    ['a port in quotes', 'apiServer: { cidrs: [10.0.0.1/32], port: "6443" }',
      ["KEELSON1633 'FILE: $.apiServer.port' must be a number, got '6443': write it like 6443, without quotes"]],
    ['one where a list is due', 'podCidrs: 10.0.0.0/16', ["KEELSON1633 'FILE: $.podCidrs' must be a list, got '10.0.0.0/16': begin each entry with '- '"]],
    ['a list where a map is due', 'helperImages: [a]', ["KEELSON1633 'FILE: $.helperImages' must be a map with the keys wait, generate, got a list: indent its keys below it"]],
    ['a list where a map of texts is due', 'monitoring: { pods: { namespace: a, labels: [a] } }',
      ["KEELSON1633 'FILE: $.monitoring.pods.labels' must be a map of texts, got a list: write it like { app: edge }"]],
    ['a label that is no text', 'monitoring: { pods: { namespace: a, labels: { a.b/c: 1 } } }',
      ["KEELSON1633 'FILE: $.monitoring.pods.labels[\"a.b/c\"]' must be a text, got 1: put it in quotes, such as 'true'"]],
    ['a range that is no text', 'nodePortRange: 30000', ["KEELSON1633 'FILE: $.nodePortRange' must be a text, got 30000: put it in quotes, such as '30000-32767'"]],
    ['an unknown preset', 'preset: gkee', ["KEELSON1633 'FILE: $.preset' must be one of 'kubernetes', 'kind', 'k3s', 'eks', 'gke', 'aks', 'openshift', got 'gkee': try 'gke'"]],
    ['a preset like none', 'preset: mainframe',
      ["KEELSON1633 'FILE: $.preset' must be one of 'kubernetes', 'kind', 'k3s', 'eks', 'gke', 'aks', 'openshift', got 'mainframe': take one of these"]],
    ['an unknown network plugin', 'apiServer: anywere',
      ["KEELSON1633 'FILE: $.apiServer' must be one of 'anywhere', or a map with the keys cidrs, port, got 'anywere': try 'anywhere'"]],
    ['what is missing', 'imageMirrors: [{ registry: docker.io }]', ["KEELSON1634 'FILE: $.imageMirrors[0].mirror' must be a text, got nothing: add 'mirror'"]],
    ['two ways to a resolver', 'dnsResolvers: [{ ip: 10.0.0.10, pods: { namespace: a, labels: {} } }]',
      ["KEELSON1633 'FILE: $.dnsResolvers[0]' must be a map with either 'pods' or 'ip', got an object: say where it answers, in one way"]],
    ['a duration without a unit', 'loadBalancerDrain: 30',
      ["KEELSON1633 'FILE: $.loadBalancerDrain' must be a whole number of seconds, minutes or hours, got 30: write it like '30s', '2m' or '1h'"]],
    ['a key that is there twice', 'version: "1.33"\ncni: calico\nversion: "1.34"', ["KEELSON1635 'FILE: $' must be a map that has each key once, got 'version' again in line 3: keep one of the two"]],
    ['what the value itself says', 'version: "1.20"\npodCidrs: [10.0.0.1/16]', [
      "KEELSON1083 'FILE: $.podCidrs[0]' must be a CIDR with no bits set beyond the prefix length, got '10.0.0.1/16': try '10.0.0.0/16', or '10.0.0.1/32' for the one address",
      "KEELSON1152 'FILE: $.version' must be 1.27 or newer, got '1.20': upgrade the cluster",
    ]],
    ['an implementation in another spelling', 'gateway: { name: a, namespace: b, implementation: envoy }', ["KEELSON1751 'FILE: $.gateway.implementation' must be 'Envoy Gateway' "
      + "in that spelling, or the name of another implementation, got 'envoy': try 'Envoy Gateway', in programs GatewayImplementation.ENVOY_GATEWAY"]],
    ['a list in place of all', '- preset: gke', [`KEELSON1633 'FILE: $' must be a map with the keys ${KEYS}, got a list: indent its keys below it`]],
    ['nothing', '', ["KEELSON1631 'FILE: $' must be one document of JSON or YAML, got an empty file: keep one profile in a file; an empty one is '{ preset: kubernetes }'"]],
    ['two documents', 'preset: gke\n---\npreset: eks\n',
      ["KEELSON1631 'FILE: $' must be one document of JSON or YAML, got 2 documents: keep one profile in a file; an empty one is '{ preset: kubernetes }'"]],
  ])('such as %s is said with file, path, value and what is allowed', (_, text, lines) => {
    expect(mistakesIn(text)).toEqual(lines);
  });

  test('is said with all others', () => {
    expect(mistakesIn('presett: gke\nversion: 1.30\ncni: { name: "" }\nimageMirrors: [{ registry: "https://a" }]').map(line => line.slice(0, 40))).toEqual([
      "KEELSON1632 'FILE: $' must be a map with", "KEELSON1633 'FILE: $.version' must be a ", "KEELSON1634 'FILE: $.cni.enforcesNetwork", "KEELSON1634 'FILE: $.imageMirrors[0].mir",
    ]);
  });

  test('of JSON is said where it breaks', () => {
    expect(mistakesIn('{ "preset": ', 'cluster.json')).toEqual([expect.stringMatching(
      /^KEELSON1631 'FILE: \$' must be one document of JSON or YAML, got Unexpected end of JSON input.*: mend it: an editor shows where it breaks$/)]);
  });

  test('of YAML that cannot be resolved is said too', () => {
    expect(mistakesIn('preset: *other')).toEqual(["KEELSON1631 'FILE: $' must be one document of JSON or YAML, got Unresolved alias "
      + '(the anchor must be set before the alias): other: mend it: an editor shows where it breaks']);
  });

  test.each([['missing.yaml', 'which is not there'], ['', 'which is a folder']])("of a path, '%s', is said with where it is looked for", (name, reason) => {
    const file = join(folder, name);
    const app = new App();
    ClusterProfile.fromFile(file).applyTo(app);
    expect(app.node.validate()).toEqual([`KEELSON1630 '${file}: $' must be a file that can be read, got '${file}', ${reason}: check its path: it is looked for at ${file.replace(/\/$/, '')}`]);
  });
});

test('the nearest known name is near', () => {
  const names = ['listeners', 'className', 'sourceCidrs', 'pods'];
  expect(['listner', 'classname', 'source-cidrs', 'pod', 'Listeners', 'xyz', ''].map(name => nearest(name, names)))
    .toEqual(['listeners', 'className', 'sourceCidrs', 'pods', 'listeners', undefined, undefined]);
});

test('repeated keys are found in each map by itself', () => {
  expect(repeatedKeys('a: 1\nb:\n  a: 1\n  c: 2\n  a: 3\nd:\n- a: 1\n  b: 2\n- a: 1\n  a: 2\n"a": 1\n')).toEqual([
    { key: 'a', line: 5 }, { key: 'a', line: 10 }, { key: 'a', line: 11 },
  ]);
  expect(repeatedKeys("# a: 1\na: 1\n---\na: 2\nb: 'a: 1'\nc:\n  - 'a: 1'\n  - a\n")).toEqual([]);
});
