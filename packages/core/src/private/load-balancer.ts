import type { ClusterProfile } from '../cluster-profile';
import { Cidr } from '../cidr';
import { Fault } from '../faults';
import { IpFamily } from '../ip-family';
import { LoadBalancerController } from '../profile/load-balancer-controller';
import { Protocol } from '../protocol';
import { ResourceName } from '../resource-name';
import { LoadBalancerOptions } from '../service-type';
import { TrafficPolicy } from '../traffic-policy';
import { qualifiedNameFaults } from './qualified-name';
import { quoted } from './quoted';
import { addressOf, wantedAddressFaults } from './service-addresses';
import type { RenderedPort } from './service-ports';
import { within } from './within';

/** What of a load balancer has no field in the API, and which controller it is for. */
export interface LoadBalancerParts {
  readonly className?: string;
  readonly annotations: { [key: string]: string };
  readonly faults: Fault[];
}

/** What a Service asks the cluster's controller for, in that controller's own words. */
export function loadBalancerParts(
  options: LoadBalancerOptions, profile: ClusterProfile, families: readonly IpFamily[], ports: readonly RenderedPort[],
): LoadBalancerParts {
  const { loadBalancerClass, internal = false, addresses = [], pool, sharingKey } = options;
  const own = profile.loadBalancers._props.className;
  const controller = controllerOf(options, profile);
  const isForeign = controller !== profile.loadBalancers;
  const { internalAnnotations, externalAnnotations } = controller._props;
  const { addressesAnnotation, ipv6AddressesAnnotation, poolAnnotation, sharingKeyAnnotation } = controller._props;
  const can = [
    ...internalAnnotations === undefined ? [] : ['internal'], ...addressesAnnotation === undefined ? [] : ['addresses'],
    ...poolAnnotation === undefined ? [] : ['pool'], ...sharingKeyAnnotation === undefined ? [] : ['sharingKey'],
  ];
  const cannot = (member: string, asked: boolean, got: string): Fault[] => (!asked || can.includes(member) ? [] : [{
    code: 'KEELSON1708', member, got, fix: "give the cluster profile's 'loadBalancers', or use 'annotations'",
    allowed: `left out: load balancers of ${quoted(isForeign ? loadBalancerClass : controller.name)} can be asked for ${can.length === 0 ? 'nothing' : `${can.join(', ')} only`}`,
  }]);
  const wanted = addresses.map(addressOf);
  const text = (key: string | undefined, value: string | undefined) => (key === undefined || value === undefined || value === '' ? {} : { [key]: value });
  const byFamily = (keep: (family: IpFamily) => boolean) => wanted.filter(({ family }) => keep(family)).map(address => address.text).join(',');
  return {
    className: loadBalancerClass ?? own,
    annotations: {
      ...internal ? internalAnnotations : externalAnnotations,
      ...tacitAnnotations(options, controller, ports),
      ...text(addressesAnnotation, byFamily(family => family === IpFamily.IPV4 || ipv6AddressesAnnotation === undefined)),
      ...text(ipv6AddressesAnnotation, byFamily(family => family === IpFamily.IPV6)),
      ...text(poolAnnotation, pool),
      ...text(sharingKeyAnnotation, sharingKey),
    },
    faults: [
      ...within('loadBalancerClass', loadBalancerClass === undefined ? [] : qualifiedNameFaults(loadBalancerClass)),
      ...cannot('internal', internal, 'true'),
      ...cannot('addresses', addresses.length > 0, addresses.join(', ')),
      ...cannot('pool', pool !== undefined, quoted(pool)),
      ...cannot('sharingKey', sharingKey !== undefined, quoted(sharingKey)),
      ...within('addresses', wantedAddressFaults(wanted, families)),
      ...within('pool', pool === undefined ? [] : ResourceName.faultsOf('IPAddressPool', pool)),
      ...sharingKey !== '' ? [] : [{ code: 'KEELSON1732', member: 'sharingKey', got: "''", allowed: 'a text', fix: 'leave it out for an address of its own' }],
    ],
  };
}

/** Who makes it: the profile's controller, unless the Service names the class of another. */
function controllerOf({ loadBalancerClass }: LoadBalancerOptions, { loadBalancers }: ClusterProfile): LoadBalancerController {
  const own = loadBalancers._props.className;
  const isForeign = loadBalancerClass !== undefined && own !== undefined && loadBalancerClass !== own;
  return isForeign ? LoadBalancerController.UNSPECIFIED : loadBalancers;
}

function tacitAnnotations(
  options: LoadBalancerOptions, { _tacit: { targetAnnotation, probeAnnotation } }: LoadBalancerController, ports: readonly RenderedPort[],
): { [key: string]: string } {
  const probed = options.externalTrafficPolicy !== TrafficPolicy.CLUSTER ? []
    : ports.filter(({ protocol, appProtocol }) => protocol === Protocol.TCP && /^https?$/i.test(appProtocol ?? ''));
  return {
    ...targetAnnotation === undefined ? {} : { [targetAnnotation]: targetOf(options) },
    ...Object.fromEntries(probeAnnotation === undefined ? [] : probed.map(({ port }) => [probeAnnotation.replace('{port}', String(port)), 'tcp'])),
  };
}

/** To nodes where they have ports for it, else to pods, from an address of its own. */
function targetOf({ allocateLoadBalancerNodePorts }: LoadBalancerOptions): string {
  return allocateLoadBalancerNodePorts === false ? 'ip' : 'instance';
}

/** What shows pods an address of its own instead of the client's, where something does. */
export function hidingBalancerOf(
  options: LoadBalancerOptions, profile: ClusterProfile, annotations: { readonly [key: string]: string },
): string | undefined {
  const { name, _props: { keepsClientAddresses = true }, _tacit: { targetAnnotation } } = controllerOf(options, profile);
  const target = targetAnnotation === undefined ? undefined : annotations[targetAnnotation] ?? targetOf(options);
  return !keepsClientAddresses || target === 'ip' ? name : undefined;
}

/** Where clients come from, as Kubernetes writes it. */
export function sourceBlocks(ranges: readonly string[] = []): string[] {
  return ranges.map(range => Cidr.of(range)).filter(({ faults }) => faults.length === 0).map(({ text }) => text);
}
