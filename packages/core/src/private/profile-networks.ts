import { Cidr } from '../cidr';
import { ClusterFacts } from '../profile/cluster-facts';
import { Fault } from '../faults';
import { DnsResolver } from '../profile/dns-resolver';
import { ipAddressOf, ipAddressText } from './ip-address';
import { frozen } from './profile-checks';
import { within } from './within';

/** CIDRs as Kubernetes writes them, since API servers warn of others; those that are none as given, to be reported. */
export function cidrTexts(cidrs: readonly string[]): string[] {
  return frozen(cidrs.map(given => {
    const { faults, text } = Cidr.of(given);
    return faults.length > 0 ? given : text;
  }));
}

/** What is wrong with CIDRs that packets come from or go to. */
export function sourceFaults(member: string, cidrs: readonly string[]): Fault[] {
  return cidrs.flatMap((cidr, at) => within(`${member}[${at}]`, Cidr.of(cidr).faults));
}

/** What is wrong with the cluster's own networks: each of its own, and no pod with a Service's address. */
export function networkFaults(profile: ClusterFacts): Fault[] {
  const { podCidrs, serviceCidrs, nodeCidrs } = profile;
  const faults = [...sourceFaults('podCidrs', podCidrs), ...sourceFaults('serviceCidrs', serviceCidrs), ...sourceFaults('nodeCidrs', nodeCidrs)];
  return faults.length > 0 ? faults : serviceCidrs.flatMap((service, at) => podCidrs
    .filter(pod => Cidr.of(pod).overlaps(Cidr.of(service)))
    .map(pod => ({
      code: 'KEELSON1166', member: `serviceCidrs[${at}]`, got: `'${service}', which overlaps pods' '${pod}'`,
      allowed: 'a CIDR outside of the pods\'', fix: 'give both as the API server and the network plugin were started with',
    })));
}

/**
 * The address that kubeadm gives to the cluster's DNS Service: the tenth of each range. A node-local cache answers on it, so that
 * packets keep it and no pod is behind it for a policy to select.
 */
export function clusterDnsOf(serviceCidrs: readonly string[]): DnsResolver[] {
  return serviceCidrs.flatMap(text => {
    const [ip = ''] = text.split('/');
    const first = Cidr.of(text).faults.length === 0 ? ipAddressOf(ip) : undefined;
    return first === undefined ? [] : DnsResolver.atAddress(ipAddressText({ ...first, value: first.value + 10n }));
  });
}
