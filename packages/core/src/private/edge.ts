import type { ConnectOptions, Connections } from '../connections';
import { Port } from '../port';
import { Offer } from './offer';
import { inOrder } from './order';
import { portSet, withoutPorts } from './port-set';
import type { HttpRule } from '../http-rule';

/** What a client takes of a server. */
export interface Taken {
  readonly offer: Offer;
  /** What the names of environment variables begin with. */
  readonly prefix: string;
}

/** The requests that may be sent on some ports: all that are offered, where none are named. */
export interface HttpLimit {
  readonly ports: readonly Port[] | undefined;
  readonly rules: readonly HttpRule[];
}

/** That one end opens connections to another; both ends hold the same edge. */
export class Edge {
  /** The one edge from a client to a server. */
  public static between(client: Connections, server: Connections): Edge {
    const known = client._edgeTo(server);
    if (known !== undefined) {
      return known;
    }
    const edge = new Edge(client, server);
    if (!client._hasPolicy && !server._hasPolicy) {
      // Neither end has a construct to report it; whichever workload one of them is connected to will.
      const fault = {
        code: 'KEELSON1366', got: `${client._text} and ${server._text}`, allowed: 'between a workload and a peer, not two peers',
        fix: 'connect a workload: the policies of others are not rendered here',
      };
      client._faults.push(fault);
      server._faults.push(fault);
    }
    client._join(edge);
    server._join(edge);
    return edge;
  }

  /** Whether somebody gave an empty list of ports, which Kubernetes would take for all ports. */
  public emptied = false;

  /** The ports that were named. */
  public readonly named: Port[] = [];

  /** Whether somebody asked for all ports that are offered. */
  public allOffered = false;

  /** Which requests alone are let through. */
  public readonly limits: HttpLimit[] = [];

  /** What the client takes, and the prefixes of what it gets as environment. */
  private readonly offers = new Map<Offer, string[]>();

  private constructor(public readonly client: Connections, public readonly server: Connections) {}

  public add({ ports, envPrefix, portsOnly = false, http }: ConnectOptions, offered: Offer = this.server._offer): void {
    const offer = portsOnly ? Offer.NOTHING : offered;
    if (ports === undefined) {
      this.allOffered = true;
    } else if (ports.length === 0) {
      this.emptied = true;
    } else {
      this.named.push(...ports);
    }
    if (http !== undefined) {
      this.limits.push({ ports, rules: http });
      this.server._limit();
    }
    const known = this.offers.get(offer) ?? [];
    this.offers.set(offer, envPrefix === undefined || known.includes(envPrefix) ? known : [...known, envPrefix]);
  }

  /** The ports that are open, in order. What the server offers is asked for late: it may still grow. */
  public get ports(): Port[] {
    return portSet([...this.named, ...this.allOffered ? this.server._offer.ports : []]);
  }

  /** The ports on which only some requests are let through. */
  public get limitedPorts(): Port[] {
    return portSet(this.limits.flatMap(limit => this.portsOf(limit)));
  }

  /** The ports on which all is let through: of those that are open, what has no limit. */
  public get unlimitedPorts(): Port[] {
    return this.limits.length === 0 ? this.ports : withoutPorts(this.ports, this.limitedPorts);
  }

  public portsOf({ ports }: HttpLimit): Port[] {
    return portSet(ports ?? this.server._offer.ports);
  }

  /** Whether the client gets anything but open ports. */
  public get brings(): boolean {
    return [...this.offers.keys()].some(({ brings }) => brings);
  }

  /** What the client gets, in order: a prefix given at one end is meant at the other, too. */
  public get taken(): Taken[] {
    return [...this.offers].sort(([a], [b]) => inOrder(a.title, b.title))
      .flatMap(([offer, prefixes]) => (prefixes.length === 0 ? [''] : [...prefixes].sort()).map(prefix => ({ offer, prefix })));
  }
}
