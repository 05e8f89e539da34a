import { Fault } from '../faults';
import { minorOf, NEWEST_GATEWAY_API, OLDEST_GATEWAY_API } from '../private/profile-versions';
import { quoted } from '../private/quoted';

/** Which of the two sets of Gateway API's CRDs is installed. */
export enum GatewayApiChannel {
  /** What is generally available. */
  STANDARD = 'standard',

  /** That, and what may still change. */
  EXPERIMENTAL = 'experimental',
}

/**
 * The Gateway API's CRDs as the cluster has them: a version and a channel.
 *
 * It decides which kinds, filters and fields an exposure may use.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/versioning/
 */
export class GatewayApi {
  /**
   * The CRDs of the standard channel.
   *
   * @param version from `1.0` to `1.7`; a patch is ignored.
   */
  public static standard(version: string): GatewayApi {
    return new GatewayApi(version, GatewayApiChannel.STANDARD);
  }

  /**
   * The CRDs of the experimental channel, which has all of the standard one.
   *
   * @param version from `1.0` to `1.7`; a patch is ignored.
   */
  public static experimental(version: string): GatewayApi {
    return new GatewayApi(version, GatewayApiChannel.EXPERIMENTAL);
  }

  /** The version without its patch, such as `1.4`. */
  public readonly version: string;

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private readonly minor: number;

  private constructor(
    version: string,
    /** Which of the two sets of CRDs is installed. */
    public readonly channel: GatewayApiChannel,
  ) {
    const minor = minorOf(version);
    this.faults = minor !== undefined && minor >= OLDEST_GATEWAY_API && minor <= NEWEST_GATEWAY_API ? [] : [{
      code: 'KEELSON1154',
      got: quoted(version),
      allowed: `a Gateway API version from 1.${OLDEST_GATEWAY_API} to 1.${NEWEST_GATEWAY_API}`,
      fix: 'write the bundle-version that the CRDs are annotated with',
    }];
    this.minor = Math.min(minor ?? OLDEST_GATEWAY_API, NEWEST_GATEWAY_API);
    this.version = `1.${this.minor}`;
  }

  /**
   * Whether this version is the given one or newer.
   *
   * @param version such as `1.5`; something else is never reached.
   */
  public isAtLeast(version: string): boolean {
    return this.minor >= (minorOf(version) ?? Infinity);
  }

  /**
   * Whether a kind of group `gateway.networking.k8s.io` is served.
   *
   * @param version the version in its group, such as `v1`.
   * @param kind such as `ListenerSet`.
   * @see https://gateway-api.sigs.k8s.io/reference/api-types/listenerset/
   */
  public serves(version: string, kind: string): boolean {
    const floor = FLOORS.get(`${version}/${kind}`);
    if (floor === undefined) {
      return false;
    }
    return this.minor >= floor;
  }
}

/** The first version that serves a kind in its standard channel, as the CRDs say. */
const FLOORS = new Map<string, number>([
  ['v1/GatewayClass', 0],
  ['v1/Gateway', 0],
  ['v1/HTTPRoute', 0],
  ['v1beta1/ReferenceGrant', 0],
  ['v1/GRPCRoute', 1],
  ['v1/BackendTLSPolicy', 4],
  ['v1/ListenerSet', 5],
  ['v1/TLSRoute', 5],
  ['v1/TCPRoute', 6],
  ['v1/UDPRoute', 6],
]);
