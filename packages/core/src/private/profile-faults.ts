import { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import { ClusterProfileProps } from '../profile/cluster-profile-props';
import { within } from './profile-checks';

/** All that is wrong with a profile, each fault under its prop. */
export function profileFaults(profile: ClusterProfile, _props: ClusterProfileProps): Fault[] {
  return [
    ...within('version', profile.version.faults),
    ...within('cni', profile.cni.faults),
    ...profile.dnsResolvers.flatMap((resolver, at) => within(`dnsResolvers[${at}]`, resolver.faults)),
    ...within('gateway', profile.gateway?.faults ?? []),
    ...within('gatewayApi', profile.gatewayApi.faults),
    ...within('ingress', profile.ingress?.faults ?? []),
    ...within('apiServer', profile.apiServer.faults),
    ...within('monitoring', profile.monitoring?.faults ?? []),
  ];
}
