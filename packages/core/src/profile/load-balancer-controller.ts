import { Fault } from '../faults';
import { Labels } from '../labels';
import { qualifiedNameFaults } from '../private/qualified-name';
import { within } from '../private/within';

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
   * @default - Services can't share an address.
   */
  readonly sharingKeyAnnotation?: string;
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
   * MetalLB, which takes addresses from its pools.
   *
   * @see https://metallb.io/usage/
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
   * AWS Load Balancer Controller: a Network Load Balancer. Without being asked it makes an internal one, so the others are asked for.
   *
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
   */
  public static readonly AWS = LoadBalancerController.of({
    name: 'AWS Load Balancer Controller', className: 'service.k8s.aws/nlb', ...schemes(),
  });

  /**
   * The controller of EKS Auto Mode: a Network Load Balancer.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html
   */
  public static readonly EKS_AUTO_MODE = LoadBalancerController.of({ name: 'EKS Auto Mode', className: 'eks.amazonaws.com/nlb', ...schemes() });

  /**
   * GKE's: a passthrough Network Load Balancer.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balancing
   */
  public static readonly GKE = LoadBalancerController.of({ name: 'GKE', internalAnnotations: { 'networking.gke.io/load-balancer-type': 'Internal' } });

  /**
   * Azure's, of AKS and others.
   *
   * @see https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
   */
  public static readonly AZURE = LoadBalancerController.of({
    name: 'Azure',
    internalAnnotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
    addressesAnnotation: 'service.beta.kubernetes.io/azure-load-balancer-ipv4',
    ipv6AddressesAnnotation: 'service.beta.kubernetes.io/azure-load-balancer-ipv6',
  });

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
