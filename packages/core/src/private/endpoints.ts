import type { ClusterProfile } from '../cluster-profile';
import { Cidr } from '../cidr';
import { Fault } from '../faults';
import { IpFamily } from '../ip-family';
import { Port } from '../port';
import type { ServiceOptions } from '../service-options';
import type { ServiceType } from '../service-type';
import { TrafficPolicy } from '../traffic-policy';
import { Protocol } from '../protocol';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';
import { endpointAddressOf, familyFault } from './service-addresses';
import { PropFault, RenderedPort } from './service-ports';
import { within } from './within';

/** What one EndpointSlice takes. */
const MOST = 1000;

/** Addresses by family, as API servers write them. */
export interface Endpoints {
  readonly families: { readonly family: IpFamily; readonly addresses: string[] }[];
  readonly faults: PropFault[];
}

export function endpointsOf(
  written: string[], ports: RenderedPort[], families: readonly IpFamily[], { serviceCidrs }: ClusterProfile,
): Endpoints {
  const all = written.map(endpointAddressOf);
  const faults: Fault[] = written.length > 0 ? [] : [{
    code: 'KEELSON1717', got: 'none', allowed: 'at least one address', fix: 'name it, or use a Service in front of workloads',
  }];
  const services = serviceCidrs.map(cidr => Cidr.of(cidr));
  all.forEach((address, at) => {
    const block = services.find(cidr => cidr.contains(Cidr.host(address.text)));
    faults.push(...address.faults);
    if (address.faults.length > 0) {
      return;
    }
    if (!families.includes(address.family)) {
      faults.push(familyFault(address, families));
    }
    if (block !== undefined) {
      faults.push({
        code: 'KEELSON1721', got: `${quoted(address.text)}, which is one of Services (${block.text})`, allowed: 'an address of a machine or a pod',
        fix: 'use an ExternalNameService for another Service',
      });
    }
    if (all.slice(0, at).some(({ text }) => text === address.text)) {
      faults.push({ code: 'KEELSON1719', got: `${quoted(address.text)} again`, allowed: 'each address once', fix: 'remove one of the two' });
    }
  });
  const byFamily = [IpFamily.IPV4, IpFamily.IPV6]
    .map(family => ({ family, addresses: all.filter(address => address.family === family).map(({ text }) => text) }))
    .filter(({ addresses }) => addresses.length > 0);
  for (const { family, addresses } of byFamily.filter(({ addresses: some }) => some.length > MOST)) {
    faults.push({ code: 'KEELSON1729', got: `${addresses.length} of ${family}`, allowed: `at most ${MOST} addresses of a family`, fix: 'put a load balancer before them' });
  }
  return {
    families: byFamily,
    faults: [
      ...faults.map(fault => ({ prop: 'addresses', fault })),
      ...ports.flatMap(({ name, targetPort, protocol }) => [
        ...within('targetNumber', Port.faultsOfNumber(Number(targetPort))), ...oneOfFaults('Protocol', Protocol, protocol, 'protocol'),
      ].map(fault => ({ prop: `ports.${name}`, fault }))),
    ],
  };
}

/** A node sends local traffic to endpoints that name it, and these name none. */
export function localFaults({ internalTrafficPolicy }: ServiceOptions, { name, _outside }: ServiceType): PropFault[] {
  const fault = (member?: string): Fault => ({
    code: 'KEELSON1728', ...(member === undefined ? {} : { member }), got: TrafficPolicy.LOCAL,
    allowed: 'TrafficPolicy.CLUSTER, since no node has one of the addresses',
    fix: 'leave it out: each node would drop the traffic',
  });
  return [
    ...name === 'ClusterIP' || _outside.externalTrafficPolicy !== TrafficPolicy.LOCAL ? [] : [{ prop: 'type', fault: fault('externalTrafficPolicy') }],
    ...internalTrafficPolicy !== TrafficPolicy.LOCAL ? [] : [{ prop: 'internalTrafficPolicy', fault: fault() }],
  ];
}

/** Clients of a headless Service connect to the addresses themselves. */
export function headlessPortFaults(ports: RenderedPort[], { isHeadless }: ServiceType): PropFault[] {
  return ports.filter(({ port, targetPort }) => isHeadless && port !== targetPort).map(({ name, port, targetPort }) => ({
    prop: `ports.${name}`,
    fault: {
      code: 'KEELSON1696', member: 'targetNumber', got: `${port} and ${targetPort}`, allowed: "the port's own number, of a headless Service",
      fix: 'leave it out: nothing stands between clients and addresses that could change it',
    },
  }));
}
