import type { ClusterProfile } from '../cluster-profile';
import { Cidr } from '../cidr';
import { Fault } from '../faults';
import { IpFamily } from '../ip-family';
import { IpFamilyPolicy } from '../ip-family-policy';
import type { ServiceOptions } from '../service-options';
import { ServiceType } from '../service-type';
import { TrafficDistribution } from '../traffic-distribution';
import { TrafficPolicy } from '../traffic-policy';
import { loadBalancerParts, sourceBlocks } from './load-balancer';
import { outOfRangeFaults } from './node-ports';
import { isMade, unmadeFaults } from './made';
import { nonEmpty } from './non-empty';
import { oneOfFaults } from './one-of';
import { endpointAddressOf, familyFault } from './service-addresses';
import { PropFault, RenderedPort, servicePortFaults } from './service-ports';
import { within } from './within';

/** A Service without its name. */
export interface ServiceParts {
  readonly spec: Record<string, unknown>;
  readonly annotations: { [key: string]: string };
  /** The families of its addresses, as far as they are known. */
  readonly families: readonly IpFamily[];
  readonly faults: PropFault[];
}

/** From where it is reached; something else than a type is reported by `serviceParts`. */
export function typeOf({ type }: ServiceOptions): ServiceType {
  return isMade(type) ? type : ServiceType.clusterIp();
}

/** All of a Service but what it selects. */
export function serviceParts(
  options: ServiceOptions, ports: RenderedPort[], profile: ClusterProfile, type: ServiceType = typeOf(options),
): ServiceParts {
  const { isHeadless, _outside: outside } = type;
  const stack = ipStack(options, profile);
  const distribution = trafficDistribution(options.trafficDistribution, profile);
  const isLoadBalancer = type.name === 'LoadBalancer';
  const balancer = isLoadBalancer ? loadBalancerParts(outside, profile, stack.families, ports) : { annotations: {}, faults: [] };
  const { sessionAffinity, unsafeExternalIps = [] } = options;
  return {
    spec: {
      type: type.name,
      clusterIP: isHeadless ? 'None' : undefined,
      publishNotReadyAddresses: type._headless.publishNotReadyAddresses === true ? true : undefined,
      ports: nonEmpty(ports),
      ipFamilyPolicy: stack.policy,
      ipFamilies: nonEmpty(stack.written),
      sessionAffinity: sessionAffinity === undefined ? undefined : 'ClientIP',
      sessionAffinityConfig: sessionAffinity === undefined ? undefined : { clientIP: { timeoutSeconds: sessionAffinity.timeoutSeconds } },
      internalTrafficPolicy: options.internalTrafficPolicy,
      trafficDistribution: distribution.field,
      externalIPs: nonEmpty(unsafeExternalIps.map(ip => endpointAddressOf(ip).text)),
      externalTrafficPolicy: outside.externalTrafficPolicy,
      loadBalancerClass: balancer.className,
      loadBalancerSourceRanges: isLoadBalancer ? nonEmpty(sourceBlocks(outside.sourceRanges)) : undefined,
      allocateLoadBalancerNodePorts: outside.allocateLoadBalancerNodePorts,
    },
    annotations: { ...distribution.annotations, ...balancer.annotations },
    families: stack.families,
    faults: [
      ...servicePortFaults(ports, type),
      ...ports.flatMap(({ name, nodePort }) => (nodePort === undefined ? [] : said(`ports.${name}`, within('nodePort', outOfRangeFaults(nodePort, profile.nodePortRange))))),
      ...stack.faults,
      ...said('sessionAffinity', sessionAffinity === undefined ? [] : [
        ...unmadeFaults(sessionAffinity, 'SessionAffinity', 'clientIp()'), ...isMade(sessionAffinity) ? sessionAffinity.faults : [],
      ]),
      ...said('internalTrafficPolicy', oneOfFaults('TrafficPolicy', TrafficPolicy, options.internalTrafficPolicy)),
      ...distribution.faults,
      ...said('type', [...options.type === undefined ? [] : unmadeFaults(options.type, 'ServiceType', 'clusterIp()'), ...type.faults,
        ...balancer.faults, ...sourceFaults(type, stack.families)]),
      ...said('unsafeExternalIps', unsafeExternalIps.flatMap(ip => endpointAddressOf(ip).faults)),
      ...isHeadless ? unusedFaults(options) : [],
    ],
  };
}

function said(prop: string, faults: Fault[]): PropFault[] {
  return faults.map(fault => ({ prop, fault }));
}

/** No range at all is, for Kubernetes, every address. */
function sourceFaults({ name, _outside: { sourceRanges, externalTrafficPolicy } }: ServiceType, families: readonly IpFamily[]): Fault[] {
  if (sourceRanges === undefined) {
    return [];
  }
  const open = name === 'LoadBalancer' && sourceRanges.length > 0 ? openFamilies(sourceRanges, families) : [];
  const isBlind = name === 'NodePort' && externalTrafficPolicy === TrafficPolicy.CLUSTER && sourceRanges.length > 0;
  return [
    ...within('sourceRanges', [
      ...sourceRanges.map(range => Cidr.of(range)).flatMap(({ faults, text, ipFamily: family }) => (
        faults.length > 0 || families.includes(family) ? faults : [familyFault({ text, family }, families)])),
      ...sourceRanges.length > 0 ? [] : [{
        code: 'KEELSON1734', got: 'none', allowed: 'at least one CIDR', fix: 'name where clients come from, or leave it out to let everybody in',
      }],
      ...open.map(family => ({
        code: 'KEELSON1735', got: `none of ${family}, which lets in everybody by ${family}`,
        allowed: `CIDRs of each family that the Service has (${families.join(', ')})`,
        fix: `add one of ${family}, or give the Service one family by 'ipFamilies'`,
      })),
    ]),
    ...!isBlind ? [] : [{
      code: 'KEELSON1707', member: 'sourceRanges', got: sourceRanges.join(', '), allowed: 'left out with TrafficPolicy.CLUSTER, where pods see the address of a node',
      fix: 'use TrafficPolicy.LOCAL, or restrict the port before the nodes',
    }],
  ];
}

/**
 * Nodes look at the ranges of each family by itself, and let in everybody where there is none.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/proxy/serviceport.go
 */
function openFamilies(ranges: readonly string[], families: readonly IpFamily[]): IpFamily[] {
  const sources = ranges.map(range => Cidr.of(range));
  const areSound = sources.every(({ faults }) => faults.length === 0);
  return areSound ? families.filter(family => !sources.some(({ ipFamily }) => ipFamily === family)) : [];
}

/** Clients of a headless Service connect to pods, and nothing is between them. */
function unusedFaults(options: ServiceOptions): PropFault[] {
  const { sessionAffinity, internalTrafficPolicy, trafficDistribution: preferred, unsafeExternalIps } = options;
  return Object.entries({ sessionAffinity, internalTrafficPolicy, trafficDistribution: preferred, unsafeExternalIps })
    .filter(([, value]) => value !== undefined)
    .flatMap(([prop]) => said(prop, [{
      code: 'KEELSON1702', got: 'given', allowed: 'left out for a headless Service, which has nothing that could do it', fix: 'remove it, or make the Service ServiceType.clusterIp()',
    }]));
}

/** The cluster's families: both where it has both. */
function ipStack({ ipFamilies, ipFamilyPolicy }: ServiceOptions, profile: ClusterProfile) {
  const cluster = profile.ipFamilies;
  const usual = cluster.length < 2 ? undefined : ipFamilies?.length === 1 ? IpFamilyPolicy.SINGLE_STACK : IpFamilyPolicy.PREFER_DUAL_STACK;
  const policy = ipFamilyPolicy ?? usual;
  const faults: PropFault[] = [];
  const unknown = [
    ...said('ipFamilyPolicy', oneOfFaults('IpFamilyPolicy', IpFamilyPolicy, ipFamilyPolicy)),
    ...(ipFamilies ?? []).flatMap((family, at) => said(`ipFamilies[${at}]`, oneOfFaults('IpFamily', IpFamily, family))),
  ];
  const eachOnce = (families: IpFamily[]) => families.length > 0 && new Set(families).size === families.length;
  if (unknown.length > 0) {
    faults.push(...unknown);
  } else if (ipFamilies !== undefined && (!eachOnce(ipFamilies) || ipFamilies.some(family => !cluster.includes(family)))) {
    faults.push(...said('ipFamilies', [{
      code: 'KEELSON1703', got: ipFamilies.length === 0 ? 'none' : ipFamilies.join(', '), allowed: `of the cluster's IP families (${cluster.join(', ')}), each once`,
      fix: "leave it out, or give the cluster profile's 'ipFamilies' as the cluster has them",
    }]));
  } else if (policy === IpFamilyPolicy.REQUIRE_DUAL_STACK && cluster.length < 2) {
    faults.push(...said('ipFamilyPolicy', [{
      code: 'KEELSON1704', got: policy, allowed: `one that a cluster with ${cluster.join(', ')} only has`, fix: 'try PREFER_DUAL_STACK, which takes what there is',
    }]));
  } else if (policy === IpFamilyPolicy.SINGLE_STACK && (ipFamilies?.length ?? 0) > 1) {
    faults.push(...said('ipFamilyPolicy', [{
      code: 'KEELSON1704', got: `${policy} with two families`, allowed: 'PREFER_DUAL_STACK or REQUIRE_DUAL_STACK for two families', fix: 'name one family, or change the policy',
    }]));
  }
  const single = policy === undefined || policy === IpFamilyPolicy.SINGLE_STACK;
  // Where a Service may have both, an API server adds the second, so that what is applied would not be what is there.
  const more = cluster.length < 2 ? [] : [...ipFamilies ?? [], ...cluster.filter(family => ipFamilies?.includes(family) === false)];
  const written = ipFamilies === undefined ? [] : single ? ipFamilies : more;
  return { policy, written, families: single ? (ipFamilies ?? cluster).slice(0, 1) : cluster, faults };
}

/** In the words of the cluster's version. */
function trafficDistribution(wanted: TrafficDistribution | undefined, { version }: ClusterProfile) {
  const annotations: { [key: string]: string } = {};
  const unknown = oneOfFaults('TrafficDistribution', TrafficDistribution, wanted);
  if (unknown.length > 0) {
    return { field: undefined, annotations, faults: said('trafficDistribution', unknown) };
  }
  if (wanted === undefined || version.isAtLeast('1.34')) {
    return { field: wanted as string | undefined, annotations, faults: [] };
  }
  if (wanted === TrafficDistribution.PREFER_SAME_NODE) {
    return { field: undefined, annotations, faults: said('trafficDistribution', [{
      code: 'KEELSON1705', got: `${wanted} on Kubernetes ${version.text}`, allowed: 'PREFER_SAME_ZONE before Kubernetes 1.34', fix: 'use it, or a newer cluster',
    }]) };
  }
  return version.isAtLeast('1.31') ? { field: 'PreferClose', annotations, faults: [] }
    : { field: undefined, annotations: { 'service.kubernetes.io/topology-mode': 'Auto' }, faults: [] };
}
