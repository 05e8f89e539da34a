import { Cidr } from '../cidr';
import { ClusterProfile } from '../cluster-profile';
import { Fault } from '../faults';
import { within } from './profile-checks';

/** What is wrong with CIDRs that packets come from or go to. */
export function sourceFaults(member: string, cidrs: readonly string[]): Fault[] {
  return cidrs.flatMap((cidr, at) => within(`${member}[${at}]`, Cidr.of(cidr).faults));
}

/** What is wrong with the cluster's own networks: each of its own, and no pod with a Service's address. */
export function networkFaults(profile: ClusterProfile): Fault[] {
  const { podCidrs, serviceCidrs, nodeCidrs } = profile;
  const faults = [...sourceFaults('podCidrs', podCidrs), ...sourceFaults('serviceCidrs', serviceCidrs), ...sourceFaults('nodeCidrs', nodeCidrs)];
  return faults.length > 0 ? faults : serviceCidrs.flatMap((service, at) => podCidrs
    .filter(pod => Cidr.of(pod).overlaps(Cidr.of(service)))
    .map(pod => ({
      code: 'KEELSON1166', member: `serviceCidrs[${at}]`, got: `'${service}', which overlaps pods' '${pod}'`,
      allowed: 'a CIDR outside of the pods\'', fix: 'give both as the API server and the network plugin were started with',
    })));
}
