import { Fault } from '../faults';
import { quoted } from '../private/quoted';

/** Those that have a constant. */
const CONSTANTS: GatewayImplementation[] = [];

/**
 * What runs a gateway. What Gateway API leaves open, such as sign-in and rate limits, is rendered in its own kinds.
 *
 * @see https://gateway-api.sigs.k8s.io/implementations/
 */
export class GatewayImplementation {
  /** Envoy Gateway. */
  public static readonly ENVOY_GATEWAY = GatewayImplementation.constant('Envoy Gateway');

  /** Traefik Proxy. */
  public static readonly TRAEFIK = GatewayImplementation.constant('Traefik');

  /** Cilium. */
  public static readonly CILIUM = GatewayImplementation.constant('Cilium');

  /** Istio. */
  public static readonly ISTIO = GatewayImplementation.constant('Istio');

  /** NGINX Gateway Fabric. */
  public static readonly NGINX_GATEWAY_FABRIC = GatewayImplementation.constant('NGINX Gateway Fabric');

  /**
   * One that has no constant here: what Gateway API itself has is rendered for it. A name that has one is that.
   *
   * @param name what it is called, for messages.
   */
  public static of(name: string): GatewayImplementation {
    return CONSTANTS.find(other => other.name === name) ?? new GatewayImplementation(name);
  }

  private static constant(name: string): GatewayImplementation {
    const constant = new GatewayImplementation(name);
    CONSTANTS.push(constant);
    return constant;
  }

  /** What is wrong with it; the gateway that has it reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** What it is called, for messages. */
    public readonly name: string,
  ) {
    this.faults = spellingFaults(name);
  }
}

/** Who writes `envoy` means one that we know more of than what Gateway API has. */
function spellingFaults(name: string): Fault[] {
  const meant = CONSTANTS.find(other => other.name !== name && spoken(other.name) === spoken(name));
  return meant === undefined ? [] : [{
    code: 'KEELSON1751', got: quoted(name), allowed: `${quoted(meant.name)} in that spelling, or the name of another implementation`,
    fix: `try ${quoted(meant.name)}, in programs GatewayImplementation.${meant.name.toUpperCase().replaceAll(' ', '_')}`,
  }];
}

/** A name as it sounds: without case, signs, and what it shares with others. */
function spoken(name: string): string {
  return String(name).toLowerCase().replace(/[^a-z0-9]/g, '').replace(/gateway|proxy/g, '');
}
