import { App, Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  ApiServer, ClusterProfile, ClusterProfileProps, Cni, DnsResolver, Faults, Gateway, GatewayApi, HelperImages, IngressController, IpFamily,
  Listener, Monitoring, NetworkPolicyApi, PriorityClass, Secret, Traefik,
} from '../src';

const linesOf = (props: ClusterProfileProps) => ClusterProfile.kubernetes(props).faults.map(fault => Faults.describe('cluster', fault));
const reported = (construct: Construct) => construct.node.validate();

describe('the preset for any cluster', () => {
  const profile = ClusterProfile.kubernetes();

  test('has no fault, and what holds on most clusters', () => {
    expect(profile).toMatchObject({
      faults: [], cni: Cni.UNSPECIFIED, clusterDomain: 'cluster.local', podCidrs: [], serviceCidrs: [], nodeCidrs: [], ipFamilies: [IpFamily.IPV4],
      storageClasses: [], imageMirrors: [], imagePullSecrets: [], waitImage: 'docker.io/library/busybox:1.36.1@sha256:73aaf090f3d85aa34ee199857f03fa3a95c8ede2ffd4cc2cdb5b94e566b11662',
    });
    expect(profile.version.text).toBe('1.33');
    expect(profile.gatewayApi).toMatchObject({ version: '1.4', channel: 'standard' });
    expect(profile.loadBalancerDrain.toSeconds()).toBe(15);
    for (const unknown of [profile.gateway, profile.ingress, profile.monitoring, profile.priorityClass, profile.defaultStorageClass]) {
      expect(unknown).toBeUndefined();
    }
  });

  test('N6: lets DNS through to kube-dns, to both node-local caches and to a cloud\'s resolver', () => {
    expect(profile.dnsResolvers.map(({ pods, cidr, port }) => `${pods?.labels['k8s-app'] ?? cidr}:${port}`)).toEqual([
      'kube-dns:53', 'node-local-dns:53', '169.254.20.10/32:53', '169.254.25.10/32:53', '169.254.169.254/32:53',
    ]);
  });

  test.each<[string, ClusterProfileProps, string[]]>([
    ['anywhere', {}, ['0.0.0.0/0']],
    ['anywhere, in both families', { ipFamilies: [IpFamily.IPV6, IpFamily.IPV4] }, ['::/0', '0.0.0.0/0']],
    ['among the nodes', { nodeCidrs: ['10.1.0.0/16'] }, ['10.1.0.0/16']],
    ['among nodes and Services', { cni: Cni.AWS_VPC, nodeCidrs: ['10.1.0.0/16'], serviceCidrs: ['172.20.0.0/16'] }, ['10.1.0.0/16', '172.20.0.0/16']],
    ['anywhere, where the Services\' CIDR is needed and not known', { cni: Cni.AWS_VPC, nodeCidrs: ['10.1.0.0/16'] }, ['0.0.0.0/0']],
  ])('looks for the API server %s', (_, props, cidrs) => {
    expect(ClusterProfile.kubernetes(props).apiServer).toMatchObject({ cidrs, ports: [443, 6443] });
  });

  test('keeps what it is given', () => {
    const gateway = Gateway.named('edge', 'gateway-system');
    const ingress = IngressController.traefik();
    const traefik = Traefik.inNamespace('traefik');
    const monitoring = Monitoring.kubePrometheusStack();
    const apiServer = ApiServer.at(['10.0.0.10/32']);
    const [standard, registry] = [PriorityClass.fromPriorityClassName('standard'), Secret.fromSecretName('registry')];
    const given = ClusterProfile.kubernetes({
      gateway, ingress, traefik, monitoring, apiServer, priorityClass: standard, imagePullSecrets: [registry],
      loadBalancerDrain: Duration.minutes(2),
      imageMirrors: [{ registry: 'docker.io', mirror: 'registry.example.com/docker-hub' }], helperImages: { wait: 'registry.example.com/wait:1' },
      storageClasses: [{ name: 'fast', isDefault: true }, { name: 'shared', readWriteMany: true }], clusterDomain: 'shop.internal',
    });
    expect(given).toMatchObject({
      faults: [], priorityClass: standard, imagePullSecrets: [registry], waitImage: 'registry.example.com/wait:1', clusterDomain: 'shop.internal',
    });
    const values = [given.gateway, given.ingress, given.traefik, given.monitoring, given.apiServer];
    expect(values).toEqual([gateway, ingress, traefik, monitoring, apiServer]);
    expect(given.defaultStorageClass?.name).toBe('fast');
    expect(given.loadBalancerDrain.toSeconds()).toBe(120);
  });

  test('does not change when the list it was made of does', () => {
    const podCidrs = ['10.0.0.0/16'];
    const given = ClusterProfile.kubernetes({ podCidrs });
    podCidrs.push('nonsense');
    expect(given.podCidrs).toEqual(['10.0.0.0/16']);
    expect(() => given.podCidrs.push('nonsense')).toThrow(TypeError);
  });

  test('takes no helper image for the default one', () => {
    const helperImages: HelperImages = {};
    expect(ClusterProfile.kubernetes({ helperImages }).waitImage).toBe('docker.io/library/busybox:1.36.1@sha256:73aaf090f3d85aa34ee199857f03fa3a95c8ede2ffd4cc2cdb5b94e566b11662');
  });
});

describe('the preset for kind', () => {
  test('knows kind\'s network plugin, DNS, storage class and subnets', () => {
    const profile = ClusterProfile.kind();
    expect(profile).toMatchObject({
      faults: [], cni: Cni.KINDNET, podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'], clusterDomain: 'cluster.local',
      storageClasses: [{ name: 'standard', isDefault: true, readWriteMany: false, allowVolumeExpansion: false }],
    });
    expect(profile.dnsResolvers).toEqual([DnsResolver.kubeDns()]);
    expect(profile.defaultStorageClass?.name).toBe('standard');
  });

  test('follows the IP families', () => {
    expect(ClusterProfile.kind({ ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] })).toMatchObject({
      faults: [], podCidrs: ['10.244.0.0/16', 'fd00:10:244::/56'], serviceCidrs: ['10.96.0.0/16', 'fd00:10:96::/112'],
    });
  });

  test('gives way to what is said, but not to a prop that is undefined', () => {
    expect(ClusterProfile.kind({ cni: Cni.CALICO, podCidrs: undefined })).toMatchObject({ cni: Cni.CALICO, podCidrs: ['10.244.0.0/16'] });
  });
});

describe('the profile in force', () => {
  test('is the one of any cluster where none was applied, and always the same', () => {
    const chart = new Chart(new App(), 'shop');
    expect(ClusterProfile.of(chart).version.text).toBe('1.33');
    expect(ClusterProfile.of(new Construct(chart, 'web'))).toBe(ClusterProfile.of(chart));
  });

  test('is the nearest one, so that a subtree may have its own', () => {
    const app = new App();
    const wide = ClusterProfile.kubernetes();
    const narrow = ClusterProfile.kind();
    wide.applyTo(app);
    const shop = new Chart(app, 'shop');
    const lab = new Chart(app, 'lab');
    narrow.applyTo(lab);
    expect(ClusterProfile.of(new Construct(shop, 'web'))).toBe(wide);
    expect(ClusterProfile.of(new Construct(lab, 'web'))).toBe(narrow);
    expect(ClusterProfile.of(lab)).toBe(narrow);
    expect([...reported(app), ...reported(shop), ...reported(lab)]).toEqual([]);
  });

  test('may be applied twice', () => {
    const app = new App();
    const profile = ClusterProfile.kubernetes();
    profile.applyTo(app);
    ClusterProfile.of(new Chart(app, 'shop'));
    profile.applyTo(app);
    expect(reported(app)).toEqual([]);
  });

  test('fails where it comes after a construct has read the one in force, and does not change it', () => {
    const app = new App();
    const web = new Construct(new Chart(app, 'shop'), 'web');
    const before = ClusterProfile.of(web);
    ClusterProfile.kind().applyTo(app);
    expect(reported(app)).toEqual([
      "KEELSON1150 'cluster' must be applied before the constructs that read it are made, got one that comes after 'shop/web' has read the one in force: " +
      'apply it right after its scope is made, or give it to the App',
    ]);
    expect(ClusterProfile.of(web)).toBe(before);
  });

  test('fails where it would replace one that was read', () => {
    const app = new App();
    ClusterProfile.kubernetes().applyTo(app);
    ClusterProfile.of(new Chart(app, 'shop'));
    ClusterProfile.kind().applyTo(app);
    expect(reported(app)).toHaveLength(1);
  });

  test('may still be applied above a subtree that reads its own, and beside it', () => {
    const app = new App();
    const lab = new Chart(app, 'lab');
    const own = ClusterProfile.kind();
    own.applyTo(lab);
    expect(ClusterProfile.of(new Construct(lab, 'web'))).toBe(own);
    const wide = ClusterProfile.kubernetes();
    wide.applyTo(app);
    expect(reported(app)).toEqual([]);
    expect(ClusterProfile.of(new Chart(app, 'shop'))).toBe(wide);
  });

  test('fails with all that is wrong with it, on the scope that it is applied to', () => {
    const app = new App();
    ClusterProfile.kubernetes({ version: '1.20', clusterDomain: 'Bad Domain' }).applyTo(app);
    expect(reported(app)).toEqual([
      "KEELSON1152 'cluster.version' must be 1.27 or newer, got '1.20': upgrade the cluster",
      "KEELSON1167 'cluster.clusterDomain' must be a domain of at most 121 lower-case letters, digits and '-', each label of at most 63, got 'Bad Domain': " +
      "write it like 'cluster.local', as the kubelet's clusterDomain",
    ]);
  });
});

describe('a custom kind', () => {
  test('is taken to be there where none is listed, but Gateway API\'s go by its version', () => {
    const profile = ClusterProfile.kubernetes();
    expect(profile.has('cert-manager.io/v1', 'Certificate')).toBe(true);
    expect(profile.has('gateway.networking.k8s.io/v1', 'HTTPRoute')).toBe(true);
    expect(profile.has('gateway.networking.k8s.io/v1', 'ListenerSet')).toBe(false);
    expect(ClusterProfile.kubernetes({ networkPolicyApi: NetworkPolicyApi.of('0.2') }).has('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy')).toBe(true);
    expect(ClusterProfile.kubernetes().has('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy')).toBe(false);
    expect(ClusterProfile.kubernetes({ gatewayApi: GatewayApi.standard('1.5') }).has('gateway.networking.k8s.io/v1', 'ListenerSet')).toBe(true);
  });

  test('is there where it is listed only, besides Gateway API\'s', () => {
    const profile = ClusterProfile.kubernetes({ customResources: ['cert-manager.io/v1/Certificate', 'gateway.networking.k8s.io/v1/ListenerSet'] });
    expect(profile.has('cert-manager.io/v1', 'Certificate')).toBe(true);
    expect(profile.has('cert-manager.io/v1', 'Issuer')).toBe(false);
    expect(profile.has('gateway.networking.k8s.io/v1', 'HTTPRoute')).toBe(true);
    expect(profile.has('gateway.networking.k8s.io/v1', 'ListenerSet')).toBe(true);
    expect(ClusterProfile.kubernetes({ customResources: [] }).has('cert-manager.io/v1', 'Certificate')).toBe(false);
  });
});

describe('a profile', () => {
  test.each<[string, ClusterProfileProps, string]>([
    ['a network plugin without a name', { cni: Cni.of({ name: '', enforcesNetworkPolicies: true }) },
      "KEELSON1156 'cluster.cni.name' must be the name of a network plugin, got '': name it like 'Calico'"],
    ['no DNS resolver', { dnsResolvers: [] },
      "KEELSON1176 'cluster.dnsResolvers' must be at least one DNS resolver, got none: give the cluster's own, or leave 'dnsResolvers' out"],
    ['a DNS resolver at no address', { dnsResolvers: [DnsResolver.kubeDns(), DnsResolver.nodeLocal('local')] },
      "KEELSON1087 'cluster.dnsResolvers[1].ip' must be an IP address, got 'local': write it like '10.1.2.3' or '2001:db8::1'"],
    ['a gateway without listeners', { gateway: Gateway.named('edge', 'edge', { listeners: [] }) },
      "KEELSON1163 'cluster.gateway.listeners' must be at least one listener, got none: give those of the Gateway, or leave 'listeners' out"],
    ['a listener on port 0', { gateway: Gateway.named('edge', 'edge', { listeners: [Listener.http({ port: 0 })] }) },
      "KEELSON1160 'cluster.gateway.listeners[0].port' must be an integer from 1 to 65535, got 0: give the port of the listener in the Gateway"],
    ['an unknown Gateway API', { gatewayApi: GatewayApi.standard('2') },
      "KEELSON1154 'cluster.gatewayApi' must be a Gateway API version from 1.0 to 1.7, got '2': write the bundle-version that the CRDs are annotated with"],
    ['a Network Policy API that is none', { networkPolicyApi: NetworkPolicyApi.of('0.1') },
      "KEELSON1191 'cluster.networkPolicyApi' must be version 0.2 of the Network Policy API, got '0.1': "
      + 'write the bundle-version that the CRDs are annotated with, and install 0.2 where they are of an older one'],
    ['the Network Policy API before Kubernetes 1.31', { version: '1.30', networkPolicyApi: NetworkPolicyApi.of('0.2') },
      "KEELSON1192 'cluster.networkPolicyApi' must be left out on Kubernetes before 1.31, which refuses its CRD, got 0.2 on Kubernetes 1.30: upgrade the cluster, or leave it out"],
    ['a Gateway API too new for the cluster', { version: '1.29', gatewayApi: GatewayApi.standard('1.6') },
      "KEELSON1155 'cluster.gatewayApi' must be 1.5 or older on Kubernetes before 1.30, got 1.6 on Kubernetes 1.29: " +
      'install the CRDs of Gateway API 1.4, or upgrade the cluster'],
    ['ListenerSets before Gateway API 1.5', { gateway: Gateway.named('edge', 'edge', { admitsListenerSets: true }) },
      "KEELSON1175 'cluster.gateway.admitsListenerSets' must be false before Gateway API 1.5, which brought ListenerSet, got true with Gateway API 1.4: " +
      "say 'gatewayApi: GatewayApi.standard('1.5')' where its CRDs are installed"],
    ['two default storage classes', { storageClasses: [{ name: 'a', isDefault: true }, { name: 'b', isDefault: true }] },
      "KEELSON1164 'cluster.storageClasses' must be classes of which one at most is the default, got 2 defaults, 'a' and 'b': " +
      "keep 'isDefault' on the one that claims without a class get"],
    ['one storage class twice', { storageClasses: [{ name: 'a' }, { name: 'a' }] },
      "KEELSON1165 'cluster.storageClasses' must be classes of different names, got 'a' twice: describe each class once"],
    ['an API server nowhere', { apiServer: ApiServer.at([]) },
      "KEELSON1170 'cluster.apiServer.cidrs' must be at least one CIDR, got none: name its addresses, or leave 'apiServer' out"],
    ['pods and Services that overlap', { podCidrs: ['10.1.0.0/16', '10.96.0.0/14'], serviceCidrs: ['10.96.0.0/16'] },
      "KEELSON1166 'cluster.serviceCidrs[0]' must be a CIDR outside of the pods', got '10.96.0.0/16', which overlaps pods' '10.96.0.0/14': " +
      'give both as the API server and the network plugin were started with'],
    ['no IP family', { ipFamilies: [] },
      "KEELSON1168 'cluster.ipFamilies' must be IPv4, IPv6 or both, each once, got none: leave 'ipFamilies' out where the cluster has IPv4 only"],
    ['an IP family twice', { ipFamilies: [IpFamily.IPV6, IpFamily.IPV6] },
      "KEELSON1168 'cluster.ipFamilies' must be IPv4, IPv6 or both, each once, got IPv6, IPv6: leave 'ipFamilies' out where the cluster has IPv4 only"],
    ['part of a second of drain', { loadBalancerDrain: Duration.millis(1500) },
      "KEELSON1171 'cluster.loadBalancerDrain' must be whole seconds from 0 to 3600, got 1.5 s: " +
      "give the load balancer's deregistration delay, such as Duration.seconds(15)"],
    ['more than an hour of drain', { loadBalancerDrain: Duration.seconds(3601) },
      "KEELSON1171 'cluster.loadBalancerDrain' must be whole seconds from 0 to 3600, got 3601 s: " +
      "give the load balancer's deregistration delay, such as Duration.seconds(15)"],
    ['two mirrors of one registry', { imageMirrors: [{ registry: 'docker.io', mirror: 'a.example.com' }, { registry: 'docker.io', mirror: 'b.example.com' }] },
      "KEELSON1172 'cluster.imageMirrors' must be one mirror for each registry, got 'docker.io' twice: keep the one to pull from"],
    ['a mirror with a scheme', { imageMirrors: [{ registry: 'docker.io', mirror: 'https://a.example.com' }] },
      "KEELSON1173 'cluster.imageMirrors[0].mirror' must be a registry, with or without a path, got 'https://a.example.com': " +
      "write it like 'registry.example.com/docker-hub', without a scheme and without '/' at the end"],
    ['a custom kind without a version', { customResources: ['cert-manager.io/Certificate'] },
      "KEELSON1174 'cluster.customResources[0]' must be group, version and kind of a custom resource, got 'cert-manager.io/Certificate': " +
      "write it like 'cert-manager.io/v1/Certificate'"],
  ])('fails on %s', (_, props, line) => {
    expect(linesOf(props)).toEqual([line]);
  });

  test.each<[string, ClusterProfileProps]>([
    ['the newest Gateway API from Kubernetes 1.30 on', { version: '1.30', gatewayApi: GatewayApi.standard('1.6') }],
    ['the Network Policy API from Kubernetes 1.31 on', { version: '1.31', networkPolicyApi: NetworkPolicyApi.of('0.2') }],
    ['Gateway API 1.5 before', { version: '1.29', gatewayApi: GatewayApi.standard('1.5') }],
    ['ListenerSets from Gateway API 1.5 on', { gatewayApi: GatewayApi.standard('1.5'), gateway: Gateway.named('a', 'a', { admitsListenerSets: true }) }],
    ['one default storage class', { storageClasses: [{ name: 'a', isDefault: true }, { name: 'b' }] }],
    ['pods beside Services', { podCidrs: ['10.1.0.0/16'], serviceCidrs: ['10.2.0.0/16'] }],
    ['no drain', { loadBalancerDrain: Duration.seconds(0) }],
    ['an hour of drain', { loadBalancerDrain: Duration.hours(1) }],
    ['a mirror with port and path', { imageMirrors: [{ registry: 'quay.io/jetstack', mirror: 'localhost:5000/mirrors/quay_io' }] }],
    ['a domain of 121 characters', { clusterDomain: `${'a'.repeat(63)}.${'b'.repeat(57)}` }],
  ])('takes %s', (_, props) => {
    expect(linesOf(props)).toEqual([]);
  });

  test.each([`${'a'.repeat(63)}.${'b'.repeat(58)}`, 'a'.repeat(64), 'cluster.local.', '-a', 'Cluster.local', ''])('fails on the domain %j', clusterDomain => {
    expect(linesOf({ clusterDomain })).toEqual([expect.stringMatching(/^KEELSON1167 'cluster.clusterDomain' must be a domain of at most 121 /)]);
  });

  test('fails on names that others check, under its own props', () => {
    expect(linesOf({
      imagePullSecrets: [Secret.fromSecretName('Registry')], priorityClass: PriorityClass.fromPriorityClassName('High!'),
      storageClasses: [{ name: 'Fast' }], podCidrs: ['10.0.0.1/16'], serviceCidrs: ['here'],
      nodeCidrs: ['10.0.0.0'], helperImages: { wait: 'busybox' },
      gateway: Gateway.named('edge', 'edge', { listeners: [Listener.https({ hosts: ['shop.example.com', 'Bad Host!'] })] }),
    })).toMatchInlineSnapshot(`
      [
        "KEELSON1112 'cluster.gateway.listeners[0].hosts[1]' must be a host name of lower-case letters, digits, '-' and '.', got 'Bad Host!': write it like 'shop.example.com'",
        "KEELSON1062 'cluster.storageClasses[0].name' must be lower-case letters, digits, '-' and '.' for a StorageClass, got 'Fast': try 'fast'",
        "KEELSON1083 'cluster.podCidrs[0]' must be a CIDR with no bits set beyond the prefix length, got '10.0.0.1/16': try '10.0.0.0/16', or '10.0.0.1/32' for the one address",
        "KEELSON1080 'cluster.serviceCidrs[0]' must be a CIDR, got 'here': write it like '10.0.0.0/8' or '2001:db8::/32'",
        "KEELSON1081 'cluster.nodeCidrs[0]' must be a CIDR with a prefix length, got '10.0.0.0': try '10.0.0.0/32' for the one address",
        "KEELSON1062 'cluster.imagePullSecrets[0].name' must be lower-case letters, digits, '-' and '.' for a Secret, got 'Registry': try 'registry'",
        "KEELSON1062 'cluster.priorityClass.name' must be lower-case letters, digits, '-' and '.' for a PriorityClass, got 'High!': try 'high'",
        "KEELSON1103 'cluster.helperImages.wait' must be an image with a tag or a digest, got 'busybox': end it in ':<version>' or '@sha256:<digest>'",
      ]
    `);
  });
});

describe('where the values of pull secrets are', () => {
  const imagePullSecrets = [Secret.fromSecretName('registry'), Secret.fromSecretName('mirror')];

  test('is kept, and takes entries of some of them', () => {
    const imagePullSecretSource = { clusterSecretStore: 'vault', remoteKeys: { mirror: 'platform/mirror' }, property: 'config' };
    expect(ClusterProfile.kubernetes({ imagePullSecrets, imagePullSecretSource })).toMatchObject({ faults: [], imagePullSecretSource });
  });

  test('says what is wrong with it', () => {
    expect(linesOf({ imagePullSecrets, imagePullSecretSource: { clusterSecretStore: 'Vault', remoteKeys: { other: 'a', mirror: ' ' } } })).toEqual([
      "KEELSON1062 'cluster.imagePullSecretSource.clusterSecretStore' must be lower-case letters, digits, '-' and '.' for a ClusterSecretStore, got 'Vault': try 'vault'",
      "KEELSON1177 'cluster.imagePullSecretSource.remoteKeys.other' must be a Secret of 'imagePullSecrets': 'registry', 'mirror', got 'other': name it there, too, or remove the entry",
      "KEELSON1179 'cluster.imagePullSecretSource.remoteKeys.mirror' must be the name of an entry of the store, got ' ': write it like 'platform/registry'",
    ]);
    expect(linesOf({ imagePullSecretSource: { clusterSecretStore: 'vault' } })).toEqual([
      "KEELSON1178 'cluster.imagePullSecretSource' must be the source of at least one pull secret, got a store, and no 'imagePullSecrets': name them in 'imagePullSecrets', or leave it out",
    ]);
  });
});

describe('the DNS Service as a node-local cache answers for it', () => {
  test('has its networks as Kubernetes writes them, so that no API server warns of them', () => {
    const cidrs = ['2001:DB8:0::/48', '10.0.0.0/8'];
    const kept = ['2001:db8::/48', '10.0.0.0/8'];
    const { podCidrs, serviceCidrs, nodeCidrs, apiServer, gateway, ingress } = ClusterProfile.kubernetes({
      podCidrs: cidrs, serviceCidrs: cidrs, nodeCidrs: cidrs, apiServer: ApiServer.at(cidrs),
      gateway: Gateway.named('edge', 'edge', { sourceCidrs: cidrs }), ingress: IngressController.named('edge', { namespace: 'edge', sourceCidrs: cidrs }),
    });
    const all = [podCidrs, serviceCidrs, nodeCidrs, apiServer.cidrs, gateway?.sourceCidrs, ingress?.sourceCidrs];
    expect(all).toEqual(all.map(() => kept));
  });

  test.each([
    [['10.96.0.0/16'], ['10.96.0.10/32']],
    [['fd00:10:96::/112'], ['fd00:10:96::a/128']],
    [['10.96.0.0/12', 'fd00::/108'], ['10.96.0.10/32', 'fd00::a/128']],
    [['nonsense'], []],
    [[], []],
  ])('%j adds %j to those that may be asked', (serviceCidrs, expected) => {
    const cidrsOf = (props: ClusterProfileProps) => ClusterProfile.kubernetes(props).dnsResolvers.flatMap(({ cidr }) => cidr ?? []);
    const others = cidrsOf({});
    expect(cidrsOf({ serviceCidrs }).filter(cidr => !others.includes(cidr))).toEqual(expected);
  });

  test('adds nothing where the resolvers are named', () => {
    expect(ClusterProfile.kubernetes({ serviceCidrs: ['10.96.0.0/16'], dnsResolvers: [DnsResolver.kubeDns()] }).dnsResolvers).toHaveLength(1);
  });
});
