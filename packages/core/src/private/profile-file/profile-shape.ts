import { IpFamily } from '../../ip-family';
import { ClusterProfileProps } from '../../profile/cluster-profile-props';
import { ClusterStorageClass } from '../../profile/cluster-storage-class';
import { HelperImages } from '../../profile/helper-images';
import { ImageMirror } from '../../profile/image-mirror';
import { ImagePullSecretSource } from '../../profile/image-pull-secret-source';
import { PRESETS, PresetName } from '../preset-names';
import { choice, Describe, flag, list, Shape, struct, text, texts } from './shapes';
import {
  apiServer, cidrs, cni, dnsResolver, duration, gateway, gatewayApi, ingress, loadBalancers, mesh, monitoring, networkPolicyApi,
  priorityClass, pullSecret, traefik,
} from './values';

/** A profile as a file has it: the props of a preset, by the same names, and the preset. */
export interface ProfileFile extends ClusterProfileProps {
  readonly $schema?: string;
  readonly preset?: PresetName;
}

function storageClass(): Shape<ClusterStorageClass> {
  const fields = { name: text('standard'), isDefault: flag(), readWriteMany: flag(), allowVolumeExpansion: flag() };
  return struct('ClusterStorageClass', fields, ['name']);
}

function mirror(): Shape<ImageMirror> {
  const fields = { registry: text('docker.io'), mirror: text('registry.example.com/docker-hub') };
  return struct('ImageMirror', fields, ['registry', 'mirror']);
}

/** A new prop has its line here, which the compiler asks for. */
const profile = (): Shape<ProfileFile> => struct<ProfileFile>('ClusterProfileProps', {
  $schema: text('cluster-profile.schema.json'),
  preset: choice(new Map([...PRESETS.keys()].map(name => [name, name]))),
  version: text('1.33'),
  cni: cni(),
  dnsResolvers: list(dnsResolver()),
  gateway: gateway(),
  gatewayApi: gatewayApi(),
  networkPolicyApi: networkPolicyApi(),
  ingress: ingress(),
  traefik: traefik(),
  storageClasses: list(storageClass()),
  apiServer: apiServer(),
  clusterDomain: text('cluster.local'),
  podCidrs: cidrs(),
  serviceCidrs: cidrs(),
  nodeCidrs: cidrs(),
  ipFamilies: list(choice(new Map(Object.values(IpFamily).map(family => [family, family])))),
  monitoring: monitoring(),
  mesh: mesh(),
  loadBalancers: loadBalancers(),
  nodePortRange: text('30000-32767'),
  loadBalancerDrain: duration,
  imageMirrors: list(mirror()),
  allowedRegistries: list(text('registry.example.com')),
  requireImageDigests: flag(),
  imagePullSecrets: list(pullSecret()),
  imagePullSecretSource: struct<ImagePullSecretSource>('ImagePullSecretSource', {
    clusterSecretStore: text('vault'), remoteKeys: texts(), property: text('dockerconfig'),
  }, ['clusterSecretStore']),
  priorityClass: priorityClass(),
  assignsUserIds: flag(),
  helperImages: struct<HelperImages>('HelperImages', {
    wait: text('registry.example.com/busybox:1.36.1'), generate: text('registry.example.com/curl:8.16.0'),
  }),
  customResources: list(text('cert-manager.io/v1/Certificate')),
});

/** Most programs read no file: made for the first that does. */
class ProfileShape {
  private made: Shape<ProfileFile> | undefined;

  public get shape(): Shape<ProfileFile> {
    return this.made ??= profile();
  }
}

export const PROFILE = new ProfileShape();

const DESCRIPTIONS = new Map([
  ['$schema', 'This schema, for editors.'],
  ['preset', "What a cluster of this kind is like, as ClusterProfile's factory of this name says; the rest of the file replaces it."],
]);

/** The JSON Schema of a profile's file. */
export function profileSchema(describe: Describe): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'ClusterProfile of @keelson/core',
    ...PROFILE.shape.schema((name, member) => describe(name, member) ?? DESCRIPTIONS.get(member)),
  };
}
