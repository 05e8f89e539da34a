/**
 * What runs a gateway. What Gateway API leaves open, such as sign-in and rate limits, is rendered in its own kinds.
 *
 * @see https://gateway-api.sigs.k8s.io/implementations/
 */
export class GatewayImplementation {
  /** Envoy Gateway. */
  public static readonly ENVOY_GATEWAY = GatewayImplementation.of('Envoy Gateway');

  /** Traefik Proxy. */
  public static readonly TRAEFIK = GatewayImplementation.of('Traefik');

  /** Cilium. */
  public static readonly CILIUM = GatewayImplementation.of('Cilium');

  /** Istio. */
  public static readonly ISTIO = GatewayImplementation.of('Istio');

  /** NGINX Gateway Fabric. */
  public static readonly NGINX_GATEWAY_FABRIC = GatewayImplementation.of('NGINX Gateway Fabric');

  /**
   * One that has no constant here: what Gateway API itself has is rendered for it.
   *
   * @param name what it is called, for messages.
   */
  public static of(name: string): GatewayImplementation {
    return new GatewayImplementation(name);
  }

  private constructor(
    /** What it is called, for messages. */
    public readonly name: string,
  ) {}
}
