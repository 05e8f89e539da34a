import { ClusterProfile, Cni } from '@keelson/core';
import { IConstruct } from 'constructs';

/** Where clouds answer for a machine's metadata: most of them, and in IPv6 AWS and Google Cloud. Of one family each. */
export const METADATA: readonly (readonly string[])[] = [['169.254.169.254/32'], ['fd00:ec2::254/128', 'fd20:ce::254/128']];

/** The DNS servers of the profile that answer at such an address. */
export function metadataResolvers(scope: IConstruct): { readonly cidr: string; readonly port: number }[] {
  const resolvers = ClusterProfile.of(scope).dnsResolvers;
  return resolvers.flatMap(({ cidr, port }) => (cidr !== undefined && METADATA.flat().includes(cidr) ? [{ cidr, port }] : []));
}

/** Where what calls apps is, by the profile. */
export function platformNamespaces(scope: IConstruct): string[] {
  const { gateway, ingress, traefik, monitoring } = ClusterProfile.of(scope);
  return [gateway, ingress, traefik, monitoring].flatMap(each => each?.pods.namespace ?? []);
}

/** Where what the cluster itself needs is, by the profile. */
export function clusterNamespaces(scope: IConstruct): string[] {
  const { cni, dnsResolvers, mesh } = ClusterProfile.of(scope);
  const calico = cni === Cni.CALICO ? ['calico-apiserver', 'calico-system', 'tigera-operator'] : [];
  const controlPlane = mesh === undefined ? [] : [mesh.controlPlane.namespace];
  return ['kube-system', ...calico, ...controlPlane, ...dnsResolvers.flatMap(({ pods }) => pods?.namespace ?? []), ...platformNamespaces(scope)];
}
