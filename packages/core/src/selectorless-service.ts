import { Construct } from 'constructs';
import { ClusterProfile } from './cluster-profile';
import { Connections } from './connections';
import { Faults } from './faults';
import { IpFamily } from './ip-family';
import { IpFamilyPolicy } from './ip-family-policy';
import { Labels } from './labels';
import { Manifest } from './manifest';
import { AddressConnections } from './private/address-connections';
import { claimId } from './private/construct-id';
import { endpointsOf, headlessPortFaults, localFaults } from './private/endpoints';
import { serviceParts, typeOf } from './private/service-spec';
import { askForAddress } from './private/shared-addresses';
import { reportUnpoliced } from './private/unpoliced';
import { Protocol } from './protocol';
import { ServiceBase } from './service-base';
import { ServiceOptions } from './service-options';
import { AddressPort, ServedPort } from './service-port';
import { ServiceType } from './service-type';
import { IWaitTarget } from './wait-for';

/** Properties for `SelectorlessService`. Its addresses are on no node, so neither traffic policy can be `LOCAL`. */
export interface SelectorlessServiceProps extends ServiceOptions {
  /** The addresses it sends its traffic to, of one IP family or both, from 1 to 1000 of each: of machines, not of Services. */
  readonly addresses: string[];

  /** Its ports, at least one. */
  readonly ports: AddressPort[];
}

/**
 * A name and an address in the cluster for addresses outside: a database on a machine of its own.
 *
 * Defines a Service without a selector and, for each IP family of its addresses, an EndpointSlice. Nothing looks whether the
 * addresses answer. Clients connect to it as to a workload, and their network policy lets them out to the addresses.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 */
export class SelectorlessService extends ServiceBase implements IWaitTarget {
  /** The Service, for patches. */
  public readonly manifest: Manifest;

  /** The EndpointSlices, one for each IP family of the addresses. */
  public readonly endpointSlices: Manifest[];

  /** The connections of the addresses. */
  public readonly connections: Connections;

  /** The number of its first port. */
  public readonly servicePort: number;

  /** Its ports. */
  public readonly servedPorts: ServedPort[];

  public constructor(scope: Construct, id: string, props: SelectorlessServiceProps) {
    super(scope, claimId(scope, id));
    const profile = ClusterProfile.of(this);
    const name = props.name ?? id;
    const labels = props.labels ?? Labels.recommended(this, name);
    const ports = props.ports.map(({ number, targetNumber, name: given, protocol = Protocol.TCP, appProtocol, nodePort }) => ({
      name: given ?? `${String(protocol).toLowerCase()}-${number}`, port: number, targetPort: targetNumber ?? number, protocol, appProtocol, nodePort,
    }));
    const type = typeOf(props)._withoutNodes();
    const parts = serviceParts(stacked(props, type), ports, profile, type);
    // None is reported, and 0 is no port.
    this.servicePort = ports[0]?.port ?? 0;
    this.servedPorts = ports.map(({ name: own, port, targetPort, appProtocol }) => (
      { name: own, number: port, targetNumber: targetPort, appProtocol }
    ));
    const endpoints = endpointsOf(props.addresses, ports, parts.families, profile);
    for (const { prop, fault } of [...parts.faults, ...endpoints.faults, ...localFaults(props, type), ...headlessPortFaults(ports, type)]) {
      Faults.report(this, prop, [fault]);
    }
    const annotations = Object.keys(parts.annotations).length === 0 ? props.annotations : { ...parts.annotations, ...props.annotations };
    this.manifest = new Manifest(this, 'Resource', { apiVersion: 'v1', kind: this.kind, metadata: { name, labels, annotations }, spec: parts.spec });
    askForAddress(this.manifest, type);
    this.endpointSlices = endpoints.families.map(({ family, addresses }) => new Manifest(this, family === IpFamily.IPV4 ? 'Ipv4' : 'Ipv6', {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-${family.toLowerCase()}`,
        labels: { ...labels, 'kubernetes.io/service-name': name, 'endpointslice.kubernetes.io/managed-by': 'keelson' },
      },
      addressType: family,
      ports: ports.map(port => ({ name: port.name, port: port.targetPort, protocol: port.protocol, appProtocol: port.appProtocol })),
      endpoints: addresses.map(address => ({ addresses: [address], conditions: { ready: true } })),
    }));
    this.connections = new AddressConnections(`Service [${this.node.path}]`, endpoints.families.flatMap(({ addresses }) => addresses), ports);
    reportUnpoliced(this, () => [this.connections]);
  }
}

/** A headless Service without a selector has both families, on any cluster, unless it says that it has one. */
function stacked(props: SelectorlessServiceProps, { isHeadless }: ServiceType): SelectorlessServiceProps {
  const isAlone = isHeadless && props.ipFamilies?.length === 1 && props.ipFamilyPolicy === undefined;
  return isAlone ? { ...props, ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK } : props;
}
