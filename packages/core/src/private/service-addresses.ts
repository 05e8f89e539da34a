import { Cidr } from '../cidr';
import { Fault } from '../faults';
import { IpFamily } from '../ip-family';
import { quoted } from './quoted';

/** An address as Kubernetes writes it, and what is wrong with it. */
export interface ServiceAddress {
  readonly text: string;
  readonly family: IpFamily;
  readonly faults: Fault[];
}

/** What API servers take for no address of an endpoint. */
const NO_ENDPOINTS = [
  { blocks: ['0.0.0.0/32', '::/128'], what: 'the unspecified address' },
  { blocks: ['127.0.0.0/8', '::1/128'], what: 'a loopback address' },
  { blocks: ['169.254.0.0/16', 'fe80::/10'], what: 'a link-local address' },
  { blocks: ['224.0.0.0/24', 'ff02::/16'], what: 'a link-local multicast address' },
].map(({ blocks, what }) => ({ what, blocks: blocks.map(block => Cidr.of(block)) }));

export function addressOf(written: string): ServiceAddress {
  const { text, ipFamily, faults } = Cidr.host(written);
  return { text: faults.length > 0 ? text : text.slice(0, text.indexOf('/')), family: ipFamily, faults };
}

/** The same of an address that traffic is sent to. */
export function endpointAddressOf(written: string): ServiceAddress {
  const address = addressOf(written);
  const host = Cidr.host(written);
  const special = NO_ENDPOINTS.find(({ blocks }) => blocks.some(block => block.contains(host)));
  return special === undefined ? address : {
    ...address, faults: [{
      code: 'KEELSON1718', got: `${quoted(written)}, ${special.what}`, allowed: 'an address that nodes can reach', fix: 'give the address in the network',
    }],
  };
}

/** What is wrong with addresses that a Service's load balancer should have. */
export function wantedAddressFaults(addresses: ServiceAddress[], families: readonly IpFamily[]): Fault[] {
  return addresses.flatMap((address, at) => [
    ...address.faults,
    ...address.faults.length > 0 || families.includes(address.family) ? [] : [familyFault(address, families)],
    ...!addresses.slice(0, at).some(({ family }) => family === address.family) ? [] : [{
      code: 'KEELSON1710', got: `${quoted(address.text)}, a second one of ${address.family}`, allowed: 'one address of each IP family', fix: 'keep one of the two',
    }],
  ]);
}

export function familyFault({ text, family }: Pick<ServiceAddress, 'text' | 'family'>, families: readonly IpFamily[]): Fault {
  return {
    code: 'KEELSON1720', got: `${quoted(text)}, which is ${family}`, allowed: `an address of a family that the Service has (${families.join(', ')})`,
    fix: "give one of that family, or say in the cluster profile's 'ipFamilies' and the Service's that there are others",
  };
}
