import { Fault } from '../faults';
import { Labels } from '../labels';
import { qualifiedNameFaults } from '../private/qualified-name';
import { within } from '../private/within';

const AWS_TARGET = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

/** What makes load balancers, and how Services ask it for more than the API has fields for. */
export interface LoadBalancerControllerProps {
  /** What it is called, for messages. */
  readonly name: string;

  /**
   * The `spec.loadBalancerClass` by which it takes a Service on; Services that name none get it.
   *
   * @default - none: it takes on Services without a class.
   */
  readonly className?: string;

  /**
   * Annotations of a load balancer that only the network around the cluster reaches; none (`{}`) where all of them are such.
   *
   * @default - it can't be asked for one.
   */
  readonly internalAnnotations?: { [key: string]: string };

  /**
   * Annotations of a load balancer that everybody reaches.
   *
   * @default - none: that is what it makes without being asked.
   */
  readonly externalAnnotations?: { [key: string]: string };

  /**
   * Key of the annotation with the wanted addresses, separated by commas.
   *
   * @default - it can't be asked for addresses.
   */
  readonly addressesAnnotation?: string;

  /**
   * Key of the annotation with the wanted IPv6 addresses, where they have one of their own.
   *
   * @default - the one of `addressesAnnotation`.
   */
  readonly ipv6AddressesAnnotation?: string;

  /**
   * Key of the annotation with the pool that the address is taken from.
   *
   * @default - it can't be asked for a pool.
   */
  readonly poolAnnotation?: string;

  /**
   * Key of the annotation by which Services share an address: those with the same value.
   *
   * @default - there are no keys: Services share an address by asking for the same one, where it lets them.
   */
  readonly sharingKeyAnnotation?: string;

  /**
   * Whether pods see the clients' addresses where nodes keep these (`TrafficPolicy.LOCAL`). Where they see the load balancer's instead,
   * their network policy can't tell clients apart and lets everybody in, and a Service's `sourceRanges` hold at the load balancer alone.
   *
   * @default true
   */
  readonly keepsClientAddresses?: boolean;
}

/** What a controller is told without being asked. */
interface Tacit {
  /** Key of the annotation of what it sends to, `instance` or `ip`. */
  readonly targetAnnotation?: string;

  /** Key of the annotation of how a port is probed, `{port}` for its number: else it goes by the port's `appProtocol`. */
  readonly probeAnnotation?: string;
}

/**
 * What makes the load balancers of a cluster. The deprecated `spec.loadBalancerIP` is never rendered: each controller has annotations
 * instead.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
 */
export class LoadBalancerController {
  /** Not known: a Service can't ask it for anything but what the API has fields for. */
  public static readonly UNSPECIFIED = LoadBalancerController.of({ name: 'unspecified' });

  /**
   * MetalLB 0.14.9 or newer, which takes addresses from its pools. Older ones know its annotations by the prefix `metallb.universe.tf/`
   * alone: describe these by `of`.
   *
   * @see https://metallb.io/usage/
   * @see https://metallb.io/release-notes/#version-0-14-9
   */
  public static readonly METALLB = LoadBalancerController.of({
    name: 'MetalLB',
    addressesAnnotation: 'metallb.io/loadBalancerIPs',
    poolAnnotation: 'metallb.io/address-pool',
    sharingKeyAnnotation: 'metallb.io/allow-shared-ip',
  });

  /**
   * Cilium's LB IPAM, whose pools select Services by their labels.
   *
   * @see https://docs.cilium.io/en/stable/network/lb-ipam/
   */
  public static readonly CILIUM = LoadBalancerController.of({
    name: 'Cilium', addressesAnnotation: 'lbipam.cilium.io/ips', sharingKeyAnnotation: 'lbipam.cilium.io/sharing-key',
  });

  /**
   * AWS Load Balancer Controller, which has to be installed: a Network Load Balancer. Without being asked it makes an internal one, so
   * the others are asked for. It sends to nodes, which keep the clients' addresses; to pods where `allocateLoadBalancerNodePorts` is
   * false, which see the load balancer's then.
   *
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
   */
  public static readonly AWS = new LoadBalancerController({
    name: 'AWS Load Balancer Controller', className: 'service.k8s.aws/nlb', ...schemes(),
  }, { targetAnnotation: AWS_TARGET });

  /**
   * What a cluster on AWS has without a controller of its own, the cloud provider: a Classic Load Balancer, which hides clients behind
   * its own addresses. AWS mends its gravest faults only.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
   */
  public static readonly AWS_CLASSIC = LoadBalancerController.of({
    name: 'AWS Classic Load Balancer', internalAnnotations: { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' },
    keepsClientAddresses: false,
  });

  /**
   * The controller of EKS Auto Mode: a Network Load Balancer, which sends as `AWS` does.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html
   */
  public static readonly EKS_AUTO_MODE = new LoadBalancerController({
    name: 'EKS Auto Mode', className: 'eks.amazonaws.com/nlb', ...schemes(),
  }, { targetAnnotation: AWS_TARGET });

  /**
   * GKE's: a passthrough Network Load Balancer.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balancing
   */
  public static readonly GKE = LoadBalancerController.of({ name: 'GKE', internalAnnotations: { 'networking.gke.io/load-balancer-type': 'Internal' } });

  /**
   * Azure's, of AKS and others. With `TrafficPolicy.CLUSTER` it asks ports of HTTP for the path `/`, and sends nothing to an app that
   * has none: it is told to look whether they are open instead. With `LOCAL` it asks the nodes whether they have a pod that is ready.
   *
   * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
   */
  public static readonly AZURE = new LoadBalancerController({
    name: 'Azure',
    internalAnnotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
    addressesAnnotation: 'service.beta.kubernetes.io/azure-load-balancer-ipv4',
    ipv6AddressesAnnotation: 'service.beta.kubernetes.io/azure-load-balancer-ipv6',
  }, { probeAnnotation: 'service.beta.kubernetes.io/port_{port}_health-probe_protocol' });

  /**
   * A controller that has no constant here, or one with a class of its own.
   *
   * @param props how Services ask it.
   */
  public static of(props: LoadBalancerControllerProps): LoadBalancerController {
    return new LoadBalancerController(props);
  }

  /** What it is called, for messages. */
  public readonly name: string;

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** @internal */
    public readonly _props: LoadBalancerControllerProps,
    /** @internal */
    public readonly _tacit: Tacit = {},
  ) {
    this.name = _props.name;
    const keys = { addressesAnnotation: _props.addressesAnnotation, ipv6AddressesAnnotation: _props.ipv6AddressesAnnotation,
      poolAnnotation: _props.poolAnnotation, sharingKeyAnnotation: _props.sharingKeyAnnotation };
    const annotations = { internalAnnotations: _props.internalAnnotations ?? {}, externalAnnotations: _props.externalAnnotations ?? {} };
    this.faults = [
      ..._props.name.trim() !== '' ? [] : [{
        code: 'KEELSON1726', member: 'name', got: `'${_props.name}'`, allowed: 'the name of what makes load balancers', fix: "name it like 'MetalLB'",
      }],
      ...within('className', _props.className === undefined ? [] : qualifiedNameFaults(_props.className)),
      ...Object.entries(keys).flatMap(([member, key]) => (key === undefined ? [] : within(member, Labels.annotationFaultsOf(key, '')))),
      ...Object.entries(annotations).flatMap(([member, texts]) => Object.entries(texts)
        .flatMap(([key, value]) => within(member, Labels.annotationFaultsOf(key, value)))),
    ];
  }
}

/** How AWS' controllers are told who reaches a load balancer. */
function schemes(): Pick<LoadBalancerControllerProps, 'internalAnnotations' | 'externalAnnotations'> {
  const scheme = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
  return { internalAnnotations: { [scheme]: 'internal' }, externalAnnotations: { [scheme]: 'internet-facing' } };
}
