import { ClusterProfile, CloudIdentity, Cni, DnsResolver, Gateway, Mesh, MeshDataPlane, Monitoring, NetworkPolicyApi, Peer, Port, Task, type ClusterProfileProps } from '@keelson/core';
import { parseManifests, reachability, validateManifests, type JsonObject } from '@keelson/testing';
import { ApiObject, App as PlainApp, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Isolation, NetworkBaseline, NetworkGuard, Quota, Tenant, Workspace } from '../src';
import { objectOf, objectsOf, Platform, type Rendered } from './platform';

const image = 'registry.example.com/shop/report:1.4.0';
const version = '1.33';
const networkPolicyApi = NetworkPolicyApi.of('0.2');
const networkGuard = NetworkGuard.of();
const TIERED: ClusterProfileProps = { version, networkPolicyApi };
const CALICO: ClusterProfileProps = { version, cni: Cni.CALICO };
const NAME = 'kubernetes.io/metadata.name';

const others = (...names: string[]) => ({ name: 'others', action: 'Deny', from: [{ namespaces: { matchExpressions: [{ key: NAME, operator: 'NotIn', values: names }] } }] });
const ingressOf = (tenant: Tenant) => (tenant.networkGuard?.toJson() as Rendered | undefined)?.spec.ingress;

/** What somebody with the right to do so adds to a namespace: it opens all of it, both ways. */
const openEverything = (namespace: string): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'open', namespace },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
});

const podsOf = (namespace: string): JsonObject => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace, labels: { app: 'any' } }, spec: { containers: [{ name: 'main', ports: [{ containerPort: 80 }] }] },
});

const without = (objects: readonly Rendered[], kind: string) => objects.filter(each => each.kind !== kind) as unknown as JsonObject[];

describe('N9 F-T23 a guard', () => {
  test('is not there unless it is asked for, on whichever cluster', () => {
    const plain = objectsOf(new Platform({ version }).tenant('shop'));
    for (const cluster of [TIERED, CALICO]) {
      const platform = new Platform(cluster);
      const shop = platform.tenant('shop');
      expect(shop.networkGuard).toBeUndefined();
      expect(objectsOf(shop)).toEqual(plain);
    }
  });

  test('is a ClusterNetworkPolicy of tier Admin where the cluster has them', () => {
    const platform = new Platform(TIERED);
    const shop = platform.tenant('shop', { networkGuard });
    expect(platform.mistakes()).toEqual([]);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
    expect(objectOf(shop, 'ClusterNetworkPolicy', 'shop.tenant')).toEqual({
      apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name: 'shop.tenant' },
      spec: {
        tier: 'Admin', priority: 500, subject: { namespaces: { matchLabels: { [NAME]: 'shop' } } },
        ingress: [others('shop')],
        egress: [
          { name: 'dns', action: 'Pass', to: [{ networks: ['169.254.169.254/32'] }],
            protocols: [{ udp: { destinationPort: { number: 53 } } }, { tcp: { destinationPort: { number: 53 } } }] },
          { name: 'metadata', action: 'Deny', to: [{ networks: ['169.254.169.254/32'] }, { networks: ['fd00:ec2::254/128', 'fd20:ce::254/128'] }] },
        ],
      },
    });
  });

  test('is a GlobalNetworkPolicy on Calico, which passes on what it is not about', () => {
    const platform = new Platform(CALICO);
    const shop = platform.tenant('shop', { networkGuard });
    shop.connections.from(Peer.namespaceLabels({ team: 'blue', env: 'live' }), { ports: [Port.tcp(80), Port.udp(53), Port.tcp(443)] });
    shop.connections.from(Peer.namespace('data'), { ports: [Port.tcp(80)] });
    expect(platform.mistakes()).toEqual([]);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
    expect(objectOf(shop, 'GlobalNetworkPolicy', 'kube-admin.shop-tenant')).toEqual({
      apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name: 'kube-admin.shop-tenant' },
      spec: {
        tier: 'kube-admin', order: 500, namespaceSelector: "projectcalico.org/name == 'shop'", types: ['Ingress', 'Egress'],
        ingress: [
          { action: 'Pass', protocol: 'UDP', source: { namespaceSelector: "env == 'live' && team == 'blue'" }, destination: { ports: [53] } },
          { action: 'Pass', protocol: 'TCP', source: { namespaceSelector: "env == 'live' && team == 'blue'" }, destination: { ports: [80, 443] } },
          { action: 'Deny', source: { namespaceSelector: "has(projectcalico.org/name) && projectcalico.org/name not in {'data', 'shop'}" } },
          { action: 'Pass' },
        ],
        egress: [
          { action: 'Pass', protocol: 'UDP', destination: { nets: ['169.254.169.254/32'], ports: [53] } },
          { action: 'Pass', protocol: 'TCP', destination: { nets: ['169.254.169.254/32'], ports: [53] } },
          { action: 'Deny', destination: { nets: ['169.254.169.254/32'] } },
          { action: 'Deny', destination: { nets: ['fd00:ec2::254/128', 'fd20:ce::254/128'] } },
          { action: 'Pass' },
        ],
      },
    });
  });

  test('takes the API before the kinds of a plugin, and its own place and tier', () => {
    const both = new Platform({ ...TIERED, cni: Cni.CALICO }).tenant('shop', { networkGuard: NetworkGuard.of({ priority: 0 }) });
    expect(both.networkGuard?.toJson()).toMatchObject({ kind: 'ClusterNetworkPolicy', spec: { priority: 0 } });
    const own = new Platform(CALICO).tenant('shop', { networkGuard: NetworkGuard.of({ priority: 1000, calicoTier: 'adminnetworkpolicy' }) });
    expect(own.networkGuard?.toJson()).toMatchObject({ metadata: { name: 'adminnetworkpolicy.shop-tenant' }, spec: { tier: 'adminnetworkpolicy', order: 1000 } });
  });

  test('lets in the namespaces of the profile, of connections and of the workspace', () => {
    const platform = new Platform({
      ...TIERED, gateway: Gateway.named('edge', 'gateway-system'), monitoring: Monitoring.kubePrometheusStack({ namespace: 'metrics' }),
    });
    const acme = new Workspace(platform.app, 'acme', { networkGuard });
    const [shop, data] = [acme.tenant('shop', { quota: Quota.small() }), acme.tenant('data', { quota: Quota.small() })];
    const strict = acme.tenant('strict', { quota: Quota.small(), isolation: Isolation.WORKLOADS, networkGuard: NetworkGuard.of({ priority: 7 }) });
    shop.connections.from(Peer.namespace('partner'), { ports: [Port.tcp(8080)] });
    strict.connections.from(Peer.pods({ namespace: 'auditor', labels: { app: 'audit' } }), { ports: [Port.tcp(9000)] });
    expect(platform.mistakes()).toEqual([]);
    expect(ingressOf(shop)).toEqual([others('data', 'gateway-system', 'metrics', 'partner', 'shop')]);
    expect(ingressOf(data)).toEqual([others('data', 'gateway-system', 'metrics', 'shop')]);
    expect(ingressOf(strict)).toEqual([others('auditor', 'gateway-system', 'metrics', 'strict')]);
    expect(strict.networkGuard?.toJson()).toMatchObject({ spec: { priority: 7 } });
  });

  test('leaves what is declared otherwise to the NetworkPolicies: everybody, labels, names of ports, ranges', () => {
    const platform = new Platform(TIERED);
    const shop = platform.tenant('shop', { networkGuard });
    shop.connections.from(Peer.anywhere(), { ports: [Port.tcp(8080)] });
    shop.connections.from(Peer.cidr('203.0.113.0/24'), { ports: [Port.tcp(8443)] });
    const foreign = new Chart(platform.app, 'foreign', { namespace: 'shop' });
    new ApiObject(foreign, 'policy', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: {
      podSelector: {}, ingress: [
        { from: [{ namespaceSelector: { matchLabels: { team: 'blue' } } }, { podSelector: {} }], ports: [{ port: 7000, endPort: 7100, protocol: 'SCTP' }] },
        { from: [{ namespaceSelector: { matchLabels: { team: 'red' } } }], ports: [{ port: 'http' }, { port: 80 }] },
      ],
    } });
    new ApiObject(new Chart(platform.app, 'elsewhere', { namespace: 'elsewhere' }), 'policy', {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {}, ingress: [{}] },
    });
    expect(ingressOf(shop)).toEqual([
      { name: 'declared', action: 'Pass', from: [{ namespaces: { matchLabels: { team: 'blue' } } }], protocols: [{ sctp: { destinationPort: { range: { start: 7000, end: 7100 } } } }] },
      { name: 'declared', action: 'Pass', from: [{ namespaces: { matchLabels: { team: 'red' } } }] },
      { name: 'declared', action: 'Pass', from: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { number: 8080 } } }] },
      others('shop'),
    ]);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
  });

  test('has no more in a list than the API takes', () => {
    const platform = new Platform(TIERED);
    const shop = platform.tenant('shop', { networkGuard });
    shop.connections.from(Peer.anywhere(), { ports: Array.from({ length: 26 }, (_, at) => Port.tcp(8000 + 2 * at)) });
    expect(ingressOf(shop)?.map((rule: Rendered) => rule.protocols?.length)).toEqual([25, 1, undefined]);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
  });

  const open = (platform: Platform, from: object[]) => new ApiObject(new Chart(platform.app, 'by-hand', { namespace: 'shop' }), 'policy', {
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {}, ingress: [{ from, ports: [{ port: 80 }] }] },
  });

  test.each([[25, [25, 1]], [26, [25, 1, 1]]])('has one rule for the same ports, with %i namespaces by labels', (count, peers) => {
    const platform = new Platform(TIERED);
    const shop = platform.tenant('shop', { networkGuard });
    for (let at = 0; at < count; at += 1) shop.connections.from(Peer.namespaceLabels({ team: `t${at}` }), { ports: [Port.tcp(80)] });
    expect(platform.mistakes()).toEqual([]);
    expect(ingressOf(shop)?.map((rule: Rendered) => rule.from.length)).toEqual(peers);
    expect(validateManifests(objectsOf(shop))).toEqual([]);
  });

  test.each([
    [TIERED, 24, []], [CALICO, 25, []],
    [TIERED, 25, ["[shop] KEELSON4056 'networkGuard' must be of at most 25 rules, as a ClusterNetworkPolicy is, got 26, for whom NetworkPolicies let in by labels: "
      + 'let namespaces in by their names, which need no rules, or more of them on the same ports']],
  ])('fails with more rules than the API takes: %#', (cluster, count, mistakes) => {
    const platform = new Platform(cluster);
    const shop = platform.tenant('shop', { networkGuard });
    for (let at = 0; at < count; at += 1) shop.connections.from(Peer.namespaceLabels({ team: `t${at}` }), { ports: [Port.tcp(8000 + at)] });
    expect(platform.mistakes()).toEqual(mistakes);
  });

  test('lets in by expressions of a hand-written policy those alone that they select', () => {
    const matchExpressions = [
      { key: 'team', operator: 'In', values: ['blue', 'red'] }, { key: 'env', operator: 'NotIn', values: ['dev'] },
      { key: 'audited', operator: 'Exists' }, { key: 'old', operator: 'DoesNotExist' },
    ];
    const guardOf = (cluster: ClusterProfileProps) => {
      const platform = new Platform(cluster);
      const shop = platform.tenant('shop', { networkGuard });
      open(platform, [{ namespaceSelector: { matchExpressions, matchLabels: { tier: 'web' } } }, { namespaceSelector: { matchExpressions: [matchExpressions[2]] } }]);
      expect(platform.mistakes()).toEqual([]);
      return ingressOf(shop);
    };
    expect(guardOf(TIERED)).toEqual([{
      name: 'declared', action: 'Pass', protocols: [{ tcp: { destinationPort: { number: 80 } } }],
      from: [{ namespaces: { matchLabels: { tier: 'web' }, matchExpressions } }, { namespaces: { matchExpressions: [matchExpressions[2]] } }],
    }, others('shop')]);
    expect(guardOf(CALICO)?.slice(0, 2).map(({ source }: Rendered) => source.namespaceSelector)).toEqual([
      "tier == 'web' && team in {'blue', 'red'} && env not in {'dev'} && has(audited) && !has(old)", 'has(audited)',
    ]);
  });

  test('is the same however often it is rendered, and sees what is declared between', () => {
    const platform = new Platform(TIERED);
    const [shop, data] = [platform.tenant('shop', { networkGuard }), platform.tenant('data', { networkGuard })];
    expect([ingressOf(shop), ingressOf(data), ingressOf(shop)]).toEqual([[others('shop')], [others('data')], [others('shop')]]);
    shop.connections.from(data, { ports: [Port.tcp(80)] });
    expect([ingressOf(shop), ingressOf(shop), ingressOf(data)]).toEqual([[others('data', 'shop')], [others('data', 'shop')], [others('data')]]);
  });

  test.each<[string, DnsResolver[], unknown[]]>([
    ["GKE's Cloud DNS", [DnsResolver.cloudMetadata()], ['dns', 'metadata']],
    ['a DNS server in pods', [DnsResolver.kubeDns()], ['metadata']],
    ['one at another address', [DnsResolver.nodeLocal()], ['metadata']],
  ])('leaves port 53 of the metadata to %s where the profile has it', (_title, dnsResolvers, names) => {
    const shop = new Platform({ ...TIERED, dnsResolvers }).tenant('shop', { networkGuard });
    expect((shop.networkGuard?.toJson() as Rendered).spec.egress.map(({ name }: Rendered) => name)).toEqual(names);
  });

  test('leaves the metadata to the NetworkPolicies where it is told so, and says whom it would cut off', () => {
    const identified = (guard: NetworkGuard) => {
      const platform = new Platform(TIERED);
      const shop = platform.tenant('shop', { networkGuard: guard });
      new Task(shop, 'report', { image, cloudIdentity: CloudIdentity.gke('shop-app@my-project.iam.gserviceaccount.com') });
      return { shop, mistakes: platform.mistakes() };
    };
    expect(identified(networkGuard).mistakes).toEqual([
      "[shop] KEELSON4054 'networkGuard' must be one that leaves a cloud's metadata to pods that are let out there, "
      + 'got one beside NetworkPolicy report: 169.254.169.254/32 on 80, 8080: take that connection away, or say NetworkGuard.of({ unsafeAllowMetadata: true })',
    ]);
    const { shop, mistakes } = identified(NetworkGuard.of({ unsafeAllowMetadata: true }));
    expect(mistakes).toEqual([]);
    expect((shop.networkGuard?.toJson() as Rendered).spec.egress).toBeUndefined();
    const calico = new Platform(CALICO).tenant('shop', { networkGuard: NetworkGuard.of({ unsafeAllowMetadata: true }) });
    expect(calico.networkGuard?.toJson()).toMatchObject({ spec: { types: ['Ingress'] } });
  });

  test.each<[string, ClusterProfileProps, string]>([
    ['nothing known', { version }, 'an unspecified network plugin'], ['Cilium', { version, cni: Cni.CILIUM }, 'Cilium'],
  ])('fails on a cluster that has no kind for it: %s', (_title, cluster, name) => {
    const platform = new Platform(cluster);
    platform.tenant('shop', { networkGuard });
    new NetworkBaseline(new Chart(platform.app, 'platform'), 'baseline', { exceptNamespaces: [] });
    const what = `must be on a cluster that has ClusterNetworkPolicies, or Calico, got on ${name} without the Network Policy API: `
      + "where its CRD is installed and the network plugin enforces it, say 'networkPolicyApi: NetworkPolicyApi.of('0.2')' in the profile; "
      + "on Calico from 3.29 on, 'cni: Cni.CALICO'; else leave it out";
    expect(platform.mistakes()).toEqual([`[platform/baseline] KEELSON4051 'NetworkBaseline' ${what}`, `[shop] KEELSON4051 'networkGuard' ${what}`]);
  });

  test('fails for a place or a tier that is none, and takes both ends', () => {
    const platform = new Platform(CALICO);
    platform.tenant('a', { networkGuard: NetworkGuard.of({ priority: 1001, calicoTier: 'default' }) });
    platform.tenant('b', { networkGuard: NetworkGuard.of({ priority: -1, calicoTier: 'Kube' }) });
    platform.tenant('c', { networkGuard: NetworkGuard.of({ priority: 0.5 }) });
    new NetworkBaseline(new Chart(platform.app, 'd'), 'baseline', { exceptNamespaces: ['a', 'A'], priority: 1001 });
    const priority = (got: string) => `must be an integer from 0 to 1000, got ${got}: take a lower one for what is to come earlier`;
    const tier = (got: string) => `must be the name of a Tier other than 'default', of at most 63 lower-case letters, digits and '-', got '${got}': leave it out, or name a Tier of the cluster`;
    expect(platform.mistakes()).toEqual([
      `[a] KEELSON4052 'networkGuard.priority' ${priority('1001')}`, `[a] KEELSON4053 'networkGuard.calicoTier' ${tier('default')}`,
      `[b] KEELSON4052 'networkGuard.priority' ${priority('-1')}`, `[b] KEELSON4053 'networkGuard.calicoTier' ${tier('Kube')}`,
      `[c] KEELSON4052 'networkGuard.priority' ${priority('0.5')}`,
      "[d/baseline] KEELSON1062 'exceptNamespaces[1]' must be lower-case letters, digits and '-' for a Namespace, got 'A': try 'a'",
      `[d/baseline] KEELSON4052 'priority' ${priority('1001')}`,
    ]);
    for (const each of [0, 1000]) expect(NetworkGuard.of({ priority: each, calicoTier: 'a'.repeat(63) }).faults).toEqual([]);
    expect(NetworkGuard.of({ calicoTier: 'a'.repeat(64) }).faults).toHaveLength(1);
  });
});

describe('N9 F-T23 what a guard and a baseline do', () => {
  const guarded = () => {
    const platform = new Platform(TIERED);
    const [shop, data] = [platform.tenant('shop', { networkGuard }), platform.tenant('data')];
    shop.connections.from(Peer.namespace('partner'), { ports: [Port.tcp(80)] });
    const base = new Chart(platform.app, 'platform');
    new NetworkBaseline(base, 'baseline', { exceptNamespaces: ['cert-manager'] });
    const pods = ['shop', 'data', 'partner', 'stranger', 'cert-manager'].map(podsOf);
    return [...[shop, data, base].flatMap(objectsOf) as unknown as Rendered[], ...pods] as unknown as Rendered[];
  };
  const outside = { internet: '1.1.1.1', metadata: '169.254.169.254' };

  test('one NetworkPolicy more opens a tenant without a guard, and none with one', () => {
    const objects = [...guarded(), openEverything('shop'), openEverything('data'), openEverything('stranger'), openEverything('partner')];
    const network = reachability(objects, { outside });
    expect(network.unjudged).toEqual([]);
    expect(['partner/any', 'stranger/any', 'shop/any'].map(from => network.from(from).to('shop/any', 80).allowed)).toEqual([true, false, true]);
    expect(['partner/any', 'stranger/any'].map(from => network.from(from).to('data/any', 80).allowed)).toEqual([true, true]);
    expect(['shop/any', 'data/any'].map(from => network.from(from).to('metadata', 80).allowed)).toEqual([false, true]);
    expect(network.from('shop/any').to('metadata', '53/UDP').allowed).toBe(true);
    expect(network.from('stranger/any').to('shop/any', 80).why).toContain('ClusterNetworkPolicy shop.tenant ingress[0] (others) denies it the way into Pod shop/any');
  });

  test('a namespace without NetworkPolicies is closed by the baseline, and so is a tenant whose policy is gone', () => {
    const objects = without(guarded(), 'NetworkPolicy');
    const network = reachability(objects, { outside });
    expect(network.from('stranger/any').to('data/any', 80).allowed).toBe(false);
    expect(network.from('data/any').to('internet', 443).allowed).toBe(false);
    expect(network.from('data/any').to('metadata', '53/UDP').allowed).toBe(true);
    expect(network.from('stranger/any').to('stranger/any', 80).allowed).toBe(true);
    expect(network.from('cert-manager/any').to('internet', 443).allowed).toBe(true);
    expect(reachability(without(objects as unknown as Rendered[], 'ClusterNetworkPolicy'), { outside }).from('stranger/any').to('data/any', 80).allowed).toBe(true);
  });

  test('the baseline opens nothing: a NetworkPolicy decides for the pods that it selects', () => {
    const network = reachability(guarded(), { outside });
    expect(network.from('data/any').to('internet', 443).why).toContain('no rule of NetworkPolicy');
    expect(reachability([...guarded(), openEverything('stranger')], { outside }).from('stranger/any').to('internet', 443).allowed).toBe(true);
  });
});

describe('N9 F-T23 a baseline', () => {
  const base = (cluster: ClusterProfileProps, props: Partial<ConstructorParameters<typeof NetworkBaseline>[2]> = {}) => {
    const platform = new Platform(cluster);
    const chart = new Chart(platform.app, 'platform');
    const baseline = new NetworkBaseline(chart, 'baseline', { exceptNamespaces: ['cert-manager'], ...props });
    expect(platform.mistakes()).toEqual([]);
    expect(validateManifests(objectsOf(chart))).toEqual([]);
    return baseline.policy?.toJson() as Rendered;
  };
  const dnsResolvers = [DnsResolver.kubeDns(), DnsResolver.nodeLocal(), DnsResolver.inPods({ namespace: 'dns', labels: { app: 'dns' } }, 5353)];

  test('is a ClusterNetworkPolicy of tier Baseline, the last, with DNS open', () => {
    const dns = (port: number) => [{ udp: { destinationPort: { number: port } } }, { tcp: { destinationPort: { number: port } } }];
    expect(base({ ...TIERED, dnsResolvers, gateway: Gateway.named('edge', 'gateway-system') })).toEqual({
      apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy', metadata: { name: 'baseline' },
      spec: {
        tier: 'Baseline', priority: 1000,
        subject: { namespaces: { matchExpressions: [{ key: NAME, operator: 'NotIn', values: ['cert-manager', 'dns', 'gateway-system', 'kube-system'] }] } },
        ingress: [{ name: 'pods', action: 'Deny', from: [{ namespaces: {} }] }],
        egress: [
          {
            name: 'dns', action: 'Accept', protocols: dns(53), to: [
              { pods: { namespaceSelector: { matchLabels: { [NAME]: 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } } },
              { networks: ['169.254.20.10/32'] },
            ],
          },
          { name: 'dns', action: 'Accept', protocols: dns(5353),
            to: [{ pods: { namespaceSelector: { matchLabels: { [NAME]: 'dns' } }, podSelector: { matchLabels: { app: 'dns' } } } }] },
          { name: 'everything', action: 'Deny', to: [{ namespaces: {} }, { networks: ['0.0.0.0/0'] }, { networks: ['::/0'] }] },
        ],
      },
    });
  });

  test('is a GlobalNetworkPolicy after the NetworkPolicies on Calico', () => {
    expect(base({ ...CALICO, dnsResolvers: [DnsResolver.kubeDns()] }, { name: 'closed', priority: 10 })).toEqual({
      apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name: 'kube-baseline.closed' },
      spec: {
        tier: 'kube-baseline', order: 10, types: ['Ingress', 'Egress'],
        namespaceSelector: "has(projectcalico.org/name) && projectcalico.org/name not in {'calico-apiserver', 'calico-system', 'cert-manager', 'kube-system', 'tigera-operator'}",
        ingress: [{ action: 'Deny', source: { namespaceSelector: 'all()' } }, { action: 'Pass' }],
        egress: [
          { action: 'Allow', protocol: 'UDP', destination: { namespaceSelector: "projectcalico.org/name == 'kube-system'", selector: "k8s-app == 'kube-dns'", ports: [53] } },
          { action: 'Allow', protocol: 'TCP', destination: { namespaceSelector: "projectcalico.org/name == 'kube-system'", selector: "k8s-app == 'kube-dns'", ports: [53] } },
          { action: 'Deny', destination: { namespaceSelector: 'all()' } },
          { action: 'Deny', destination: { nets: ['0.0.0.0/0'] } },
          { action: 'Deny', destination: { nets: ['::/0'] } },
          { action: 'Pass' },
        ],
      },
    });
    expect(base(CALICO, { calicoTier: 'baselineadminnetworkpolicy' }).metadata.name).toBe('baselineadminnetworkpolicy.baseline');
  });

  test('leaves open where the control plane of the mesh is', () => {
    const cluster = { ...TIERED, dnsResolvers: [DnsResolver.kubeDns()] };
    const subjectOf = (mesh?: Mesh) => base({ ...cluster, mesh }).spec.subject.namespaces.matchExpressions[0].values;
    expect(subjectOf()).toEqual(['cert-manager', 'kube-system']);
    expect(subjectOf(Mesh.istio({ dataPlane: MeshDataPlane.SIDECAR }))).toEqual(['cert-manager', 'istio-system', 'kube-system']);
    const elsewhere = Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT, controlPlane: { namespace: 'mesh', labels: { app: 'istiod' } } });
    expect(subjectOf(elsewhere)).toEqual(['cert-manager', 'kube-system', 'mesh']);
  });

  test('fails for a name with a dot on Calico, given or by its id, and takes it elsewhere', () => {
    const platform = new Platform(CALICO);
    const chart = new Chart(platform.app, 'platform');
    new NetworkBaseline(chart, 'closed', { exceptNamespaces: [], name: 'a.b.c' });
    new NetworkBaseline(chart, 'by.id', { exceptNamespaces: [] });
    new NetworkBaseline(chart, 'fine', { exceptNamespaces: [], name: 'a-b' });
    const what = (got: string, fix: string) => `must be a name without dots on Calico, where one parts it from its tier, got '${got}': try '${fix}'`;
    expect(platform.mistakes()).toEqual([
      `[platform/by.id] KEELSON4055 'name' ${what('by.id', 'by-id')}`, `[platform/closed] KEELSON4055 'name' ${what('a.b.c', 'a-b-c')}`,
    ]);
    expect(base({ ...TIERED, cni: Cni.CALICO }, { name: 'a.b' }).metadata.name).toBe('a.b');
  });

  test('works in a plain app of cdk8s, and what the network plugin judges is named', () => {
    const app = new PlainApp();
    ClusterProfile.kubernetes(CALICO).applyTo(app);
    const chart = new Chart(app, 'platform');
    new NetworkBaseline(chart, 'baseline', { exceptNamespaces: [] });
    new Tenant(app, 'shop', { quota: Quota.small(), networkGuard });
    const network = reachability(parseManifests(app.synthYaml()));
    expect(network.unjudged).toEqual(['GlobalNetworkPolicy kube-baseline.baseline', 'GlobalNetworkPolicy kube-admin.shop-tenant']);
  });
});
