import { type App, Chart, Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  AccessMode, ClusterProfile, type ClusterProfileProps, Cni, DnsResolver, IpFamily, Peer, PersistentVolumeClaim, StorageClass, Volume,
  Warnings,
} from '../src';
import { accepted, mistakes, named, Server } from './server';

const PRESETS = {
  kubernetes: (props?: ClusterProfileProps) => ClusterProfile.kubernetes(props),
  kind: (props?: ClusterProfileProps) => ClusterProfile.kind(props),
  k3s: (props?: ClusterProfileProps) => ClusterProfile.k3s(props), eks: (props?: ClusterProfileProps) => ClusterProfile.eks(props),
  gke: (props?: ClusterProfileProps) => ClusterProfile.gke(props), aks: (props?: ClusterProfileProps) => ClusterProfile.aks(props),
  openshift: (props?: ClusterProfileProps) => ClusterProfile.openshift(props),
};
type Preset = keyof typeof PRESETS;
const NAMES = Object.keys(PRESETS) as Preset[];

function chartOn(profile: ClusterProfile): Chart {
  const app = Testing.app();
  profile.applyTo(app);
  return new Chart(app, 'shop', { namespace: 'shop' });
}

const resolversOf = ({ dnsResolvers }: ClusterProfile) => dnsResolvers.map(({ pods, cidr, port }) => `${pods?.namespace ?? cidr}:${port}`);

describe('each preset', () => {
  test.each(NAMES)('%s has no fault, and gives way to what is said, but not to a prop that is undefined', (name) => {
    const profile = PRESETS[name]({ cni: undefined });
    expect(profile.faults).toEqual([]);
    expect(profile.cni).toBe(PRESETS[name]().cni);
    expect(PRESETS[name]({ cni: Cni.CALICO, clusterDomain: 'shop.internal' })).toMatchObject({ faults: [], cni: Cni.CALICO, clusterDomain: 'shop.internal' });
  });

  test.each(NAMES)('%s lets a workload be made', (name) => {
    const chart = chartOn(PRESETS[name]());
    new Server(chart, 'web');
    expect(accepted(chart).map(({ kind }) => kind)).toContain('NetworkPolicy');
  });

  test.each(NAMES)('%s warns where its network plugin enforces no policy as the cluster is made', (name) => {
    const chart = chartOn(PRESETS[name]());
    new Server(chart, 'web');
    Testing.synth(chart);
    const warned = Warnings.of(chart.node.root as App).filter(line => line.includes('KEELSON1367')).length > 0;
    expect(warned).toBe(['eks', 'aks'].includes(name));
    expect(PRESETS[name]().cni.enforcesNetworkPolicies).toBe(!warned);
  });
});

describe('N6 DNS of each preset', () => {
  test.each<[Preset, string[]]>([
    ['kind', ['kube-system:53']], ['k3s', ['kube-system:53']], ['eks', ['kube-system:53', '10.100.0.10/32:53', '172.20.0.10/32:53']],
    ['gke', ['kube-system:53', 'kube-system:53', '169.254.20.10/32:53', '169.254.169.254/32:53', '34.118.224.10/32:53']],
    ['aks', ['kube-system:53', '10.0.0.10/32:53']], ['openshift', ['openshift-dns:5353']],
  ])('%s: %j', (name, resolvers) => {
    expect(resolversOf(PRESETS[name]())).toEqual(resolvers);
  });

  test('follows the Services’ CIDR', () => {
    for (const name of ['eks', 'gke', 'aks'] as const) {
      expect(resolversOf(PRESETS[name]({ serviceCidrs: ['10.7.0.0/16'] })).filter(each => each.startsWith('10.'))).toEqual(['10.7.0.10/32:53']);
    }
    expect(PRESETS.gke({ dnsResolvers: [DnsResolver.kubeDns()] }).dnsResolvers).toHaveLength(1);
  });
});

describe('what else a preset knows', () => {
  test.each<[Preset, object]>([
    ['k3s', { podCidrs: ['10.42.0.0/16'], serviceCidrs: ['10.43.0.0/16'], ingress: { className: 'traefik', namespace: 'kube-system' } }],
    ['eks', { podCidrs: [], serviceCidrs: [], storageClasses: [], cni: Cni.AWS_VPC_WITHOUT_POLICIES }],
    ['gke', { serviceCidrs: ['34.118.224.0/20'], apiServer: { cidrs: ['0.0.0.0/0'], ports: [443, 6443] } }],
    ['aks', { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.0.0.0/16'], apiServer: { cidrs: ['0.0.0.0/0'] } }],
    ['openshift', {
      podCidrs: ['10.128.0.0/14'], serviceCidrs: ['172.30.0.0/16'], assignsUserIds: true, ingress: { className: 'openshift-default' },
      monitoring: { pods: { namespace: 'openshift-user-workload-monitoring' } },
    }],
  ])('%s', (name, facts) => {
    expect(PRESETS[name]()).toMatchObject(facts);
  });

  test('the default storage class, and whether claims of it grow', () => {
    const defaults = NAMES.map((name) => {
      const { defaultStorageClass: found } = PRESETS[name]();
      return found === undefined ? [name] : [name, found.name, found.allowVolumeExpansion, found.readWriteMany];
    });
    expect(defaults).toEqual([
      ['kubernetes'], ['kind', 'standard', false, false], ['k3s', 'local-path', false, false], ['eks'], ['gke', 'standard-rwo', true, false],
      ['aks', 'default', true, false], ['openshift'],
    ]);
    expect(PRESETS.aks().storageClasses.filter(({ readWriteMany }) => readWriteMany).map(({ name }) => name))
      .toEqual(['azurefile', 'azurefile-premium', 'azurefile-csi', 'azurefile-csi-premium', 'azureblob-fuse-premium', 'azureblob-nfs-premium']);
    expect(PRESETS.gke().storageClasses.map(({ name, readWriteMany }) => `${name} ${readWriteMany}`)).toEqual([
      'standard-rwo false', 'dynamic-rwo false', 'premium-rwo false', 'standard false',
      'standard-rwx true', 'premium-rwx true', 'zonal-rwx true', 'enterprise-rwx true', 'enterprise-multishare-rwx true',
    ]);
    for (const name of ['gke', 'aks'] as const) {
      expect(PRESETS[name]().storageClasses.every(({ allowVolumeExpansion }) => allowVolumeExpansion)).toBe(true);
    }
  });

  test.each<[Preset, string]>([['gke', 'enterprise-rwx'], ['gke', 'zonal-rwx'], ['aks', 'azureblob-nfs-premium']])('%s takes a claim of %s for several nodes', (name, storageClass) => {
    const chart = chartOn(PRESETS[name]());
    const size = Size.gibibytes(100);
    new PersistentVolumeClaim(chart, 'media', { size, accessMode: AccessMode.READ_WRITE_MANY, storageClass: StorageClass.fromStorageClassName(storageClass) });
    expect(mistakes(chart)).toEqual([]);
  });

  test('refused: a class that GKE does not bring', () => {
    const chart = chartOn(PRESETS.gke());
    new PersistentVolumeClaim(chart, 'media', { size: Size.gibibytes(100), storageClass: StorageClass.fromStorageClassName('fast-rwo') });
    expect(mistakes(chart)).toEqual(["[shop/media] KEELSON1330 'storageClass' must be one of the cluster's classes ('standard-rwo', 'dynamic-rwo', 'premium-rwo', 'standard', "
      + "'standard-rwx', 'premium-rwx', 'zonal-rwx', 'enterprise-rwx', 'enterprise-multishare-rwx'), got 'fast-rwo': name one of them, or add it to storageClasses of the cluster profile"]);
  });

  test('that a CIDR reaches the API server of GKE, and no node', () => {
    const chart = chartOn(PRESETS.gke());
    new Server(chart, 'operator').connections.to(Peer.apiServer());
    accepted(chart);
    expect(Warnings.of(chart.node.root as App)).toEqual([]);
  });

  test('how long load balancers go on sending', () => {
    expect(NAMES.map(name => PRESETS[name]().loadBalancerDrain.toSeconds())).toEqual([15, 15, 15, 60, 15, 15, 15]);
  });

  test('what makes load balancers', () => {
    const made = NAMES.map(name => PRESETS[name]().loadBalancers.name);
    expect(made).toEqual(['unspecified', 'unspecified', 'unspecified', 'AWS Load Balancer Controller', 'GKE', 'Azure', 'unspecified']);
  });

  test('that the API server of a managed cluster is not among its nodes, unless it is said where', () => {
    expect(ClusterProfile.gke({ nodeCidrs: ['10.1.0.0/16'] }).apiServer.cidrs).toEqual(['0.0.0.0/0']);
    expect(ClusterProfile.aks({ ipFamilies: [IpFamily.IPV4, IpFamily.IPV6], podCidrs: [], serviceCidrs: [] }).apiServer.cidrs).toEqual(['0.0.0.0/0', '::/0']);
    expect(ClusterProfile.k3s({ nodeCidrs: ['10.1.0.0/16'] }).apiServer.cidrs).toEqual(['10.1.0.0/16']);
  });
});

describe('R1 on OpenShift', () => {
  const podOn = (profile: ClusterProfile, props = {}) => {
    const chart = chartOn(profile);
    new Server(chart, 'web', { sidecars: [{ name: 'proxy', image: 'registry.example.com/proxy:1' }], ...props });
    expect(mistakes(chart)).toEqual([]);
    return { pod: named(accepted(chart), 'Deployment', 'web').spec.template.spec, warnings: Warnings.of(chart.node.root as App) };
  };

  test('ids and SELinux labels are left to the platform, and all else that restricted asks for stays', () => {
    const { pod, warnings } = podOn(ClusterProfile.openshift(), { volumes: { '/data': Volume.emptyDir() } });
    expect(pod.securityContext).toEqual({ runAsNonRoot: true, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' } });
    for (const { securityContext } of [...pod.initContainers, ...pod.containers]) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      });
    }
    expect(warnings).toEqual([]);
  });

  test('numbers that are asked for are rendered as they are, with a warning', () => {
    const { pod, warnings } = podOn(ClusterProfile.openshift(), { runAsUser: 20000, fsGroup: 30000 });
    expect(pod.securityContext).toMatchObject({ runAsUser: 20000, fsGroup: 30000, supplementalGroups: [30000] });
    expect(pod.securityContext).not.toHaveProperty('runAsGroup');
    expect(pod.containers[0].securityContext).toMatchObject({ runAsUser: 20000 });
    expect(warnings).toEqual(["[shop/web] KEELSON1612 'runAsUser' 20000, 'fsGroup' 30000: the cluster assigns these numbers itself, and starts no pod that asks for "
      + "others unless its ServiceAccount may use a SecurityContextConstraints that takes them, such as 'nonroot-v2'"]);
  });

  test('may be so on any cluster, and not on OpenShift', () => {
    expect(podOn(ClusterProfile.kubernetes({ assignsUserIds: true })).pod.securityContext).not.toHaveProperty('runAsUser');
    expect(podOn(ClusterProfile.openshift({ assignsUserIds: false })).pod.securityContext).toMatchObject({ runAsUser: 10001, seLinuxOptions: { type: 'container_t' } });
  });
});
