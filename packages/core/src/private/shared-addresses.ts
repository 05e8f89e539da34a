import { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import type { ServiceType } from '../service-type';
import { TrafficPolicy } from '../traffic-policy';
import { ObjectFacts } from './object-facts';
import { quoted } from './quoted';
import { addressOf } from './service-addresses';
import { Finding, finding, titleOf } from './selector-checks';

/** What Services ask their load balancer for. */
const asked = new WeakMap<IConstruct, ServiceType>();

export function askForAddress(service: IConstruct, type: ServiceType): void {
  if (type.name === 'LoadBalancer') {
    asked.set(service, type);
  }
}

/** A Service that a load balancer stands before. */
interface Balanced {
  readonly facts: ObjectFacts;
  readonly cluster: ClusterProfile;
  readonly addresses: readonly string[];
  readonly pool: string | undefined;
  readonly key: string | undefined;
  /** Of which pods its nodes announce the address; any node does where it is undefined. */
  readonly pods: string | undefined;
  readonly ports: readonly string[];
}

/**
 * What Services on one address have to agree on.
 *
 * @see https://metallb.io/usage/#ip-address-sharing
 * @see https://cloud-provider-azure.sigs.k8s.io/topics/shared-ip/ where no key is needed
 */
export function addressFindings(services: ObjectFacts[]): Finding[] {
  const all = services.flatMap(facts => balancedOf(facts) ?? []);
  // Only those of one address, or of one key, can be at odds.
  const before = new Map<string, Balanced[]>();
  return all.flatMap(later => {
    const marks = [...later.addresses.map(address => `address ${address}`), ...later.key === undefined ? [] : [`key ${later.key}`]];
    const found = marks.flatMap(mark => before.get(mark) ?? []).filter(({ cluster }) => cluster === later.cluster)
      .map(earlier => conflictOf(earlier, later)).find(conflict => conflict !== undefined);
    marks.forEach(mark => before.set(mark, [...before.get(mark) ?? [], later]));
    return found === undefined ? [] : [found];
  });
}

function balancedOf(facts: ObjectFacts): Balanced | undefined {
  const type = asked.get(facts.object);
  if (type === undefined) {
    return undefined;
  }
  const { addresses = [], pool, sharingKey, externalTrafficPolicy } = type._outside;
  return {
    facts, pool, key: sharingKey, cluster: ClusterProfile.of(facts.object), addresses: addresses.map(address => addressOf(address).text),
    pods: externalTrafficPolicy === TrafficPolicy.LOCAL ? facts.selector?.text ?? '' : undefined,
    ports: (facts.ports ?? []).map(({ number, protocol = 'TCP' }) => `${number}/${protocol}`),
  };
}

function conflictOf(earlier: Balanced, later: Balanced): Finding | undefined {
  const { facts } = later;
  const title = titleOf(earlier.facts);
  const address = later.addresses.find(text => earlier.addresses.includes(text));
  const sameKey = later.key !== undefined && later.key === earlier.key;
  const isKeyed = later.cluster.loadBalancers._props.sharingKeyAnnotation !== undefined;
  if (address !== undefined && isKeyed && !sameKey) {
    return finding(facts, 'type.addresses', 'KEELSON1733', `an address that no other Service asks for, as ${title} does for this one`, quoted(address),
      "give both the same 'sharingKey', or ask for another one");
  }
  if (address === undefined && (!sameKey || areApart(earlier, later))) {
    return undefined;
  }
  const port = later.ports.find(each => earlier.ports.includes(each));
  if (port !== undefined) {
    return finding(facts, 'spec.ports.port', 'KEELSON1731', `a port that nothing else has on the shared address, as ${title} has this one`, port,
      'choose another one, or an address of its own');
  }
  return !isKeyed || earlier.pods === later.pods ? undefined
    : finding(facts, 'type.sharingKey', 'KEELSON1733', `a key of Services with TrafficPolicy.CLUSTER, or before the same pods, as ${title} has it too`, quoted(later.key),
      'leave externalTrafficPolicy out of both, or give this one an address of its own');
}

/** Services of one key that ask for different addresses, or pools, have two. */
function areApart(earlier: Balanced, later: Balanced): boolean {
  return (earlier.addresses.length > 0 && later.addresses.length > 0)
    || (earlier.pool !== undefined && later.pool !== undefined && earlier.pool !== later.pool);
}
