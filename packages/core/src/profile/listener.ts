import { Fault } from '../faults';
import { HostName } from '../host-name';
import { frozen, isPort } from '../private/profile-checks';
import { quoted } from '../private/quoted';
import { within } from '../private/within';

/** What a listener speaks. */
export enum ListenerProtocol {
  /** Plain HTTP. */
  HTTP = 'HTTP',

  /** HTTP over TLS, which ends at the gateway. */
  HTTPS = 'HTTPS',
}

/** An HTTP listener. */
export interface HttpListenerProps {
  /**
   * Its name in the gateway, which routes give as `sectionName`.
   *
   * @default 'http'
   */
  readonly name?: string;

  /**
   * Its port, from 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * The hosts that it serves, such as `shop.example.com` or `*.example.com`.
   *
   * @default - any host.
   */
  readonly hosts?: string[];
}

/** An HTTPS listener. */
export interface HttpsListenerProps {
  /**
   * Its name in the gateway, which routes give as `sectionName`.
   *
   * @default 'https'
   */
  readonly name?: string;

  /**
   * Its port, from 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * The hosts that it serves: those that its `hostname` lets through and its certificates name.
   *
   * @default - any host.
   */
  readonly hosts?: string[];

  /**
   * Whether the platform brings the certificate. Then an exposure renders none for these hosts.
   *
   * @default true
   */
  readonly ownCertificate?: boolean;
}

/**
 * Where a gateway listens. An exposure attaches its routes to the listener that serves its host, by name.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
export class Listener {
  /**
   * A listener for plain HTTP. Where a gateway has one beside an HTTPS listener, an exposure redirects on it.
   *
   * @param props its name, port and hosts.
   */
  public static http(props: HttpListenerProps = {}): Listener {
    return new Listener(ListenerProtocol.HTTP, props.name ?? 'http', props.port ?? 80, props.hosts ?? [], false);
  }

  /**
   * A listener that ends TLS.
   *
   * @param props its name, port, hosts and who brings the certificate.
   */
  public static https(props: HttpsListenerProps = {}): Listener {
    return new Listener(ListenerProtocol.HTTPS, props.name ?? 'https', props.port ?? 443, props.hosts ?? [], props.ownCertificate ?? true);
  }

  /** The hosts that it serves, exact or `*.` and a domain; none means any. */
  public readonly hosts: string[];

  /** What is wrong with it; the profile that receives its gateway reports them. */
  public readonly faults: Fault[];

  private constructor(
    /** What it speaks. */
    public readonly protocol: ListenerProtocol,
    /** Its name in the gateway, `sectionName` of a route. */
    public readonly name: string,
    /** The port that clients connect to. */
    public readonly port: number,
    hosts: string[],
    /** Whether the platform brings its certificate. Where not, the exposure has to. */
    public readonly ownCertificate: boolean,
  ) {
    this.hosts = frozen(hosts);
    this.faults = [
      ...nameFaults(name), ...portFaults(port),
      ...hosts.flatMap((host, at) => within(`hosts[${at}]`, HostName.faultsOf(host, { wildcard: true }))),
    ];
  }

  /**
   * Whether all requests to a host may come in here. `*.example.com` serves `a.example.com` and
   * `a.b.example.com`, not `example.com`; it serves a route's `*.b.example.com`, but `a.example.com`
   * doesn't serve a route's `*.example.com`, of which it would let through a part.
   *
   * @param host exact, or `*.` and a domain; upper and lower case are the same.
   * @see https://gateway-api.sigs.k8s.io/concepts/hostnames
   */
  public serves(host: string): boolean {
    const asked = host.toLowerCase();
    return this.hosts.length === 0 || this.hosts.some(own => HostName.matchesAnyDepth(own, asked));
  }
}

const SECTION_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function nameFaults(name: string): Fault[] {
  return name.length <= 253 && SECTION_NAME.test(name) ? [] : [{
    code: 'KEELSON1159', member: 'name', got: quoted(name), allowed: "at most 253 lower-case letters, digits, '-' and '.'",
    fix: 'give the name of the listener in the Gateway',
  }];
}

function portFaults(port: number): Fault[] {
  return isPort(port) ? [] : [{
    code: 'KEELSON1160', member: 'port', got: quoted(port), allowed: 'an integer from 1 to 65535', fix: 'give the port of the listener in the Gateway',
  }];
}
