import type { ConnectOptions, Connections } from '../connections';
import { Port } from '../port';
import { portSet } from './port-set';

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

  private prefixes: Set<string> | undefined;

  private constructor(public readonly client: Connections, public readonly server: Connections) {}

  public add({ ports, envPrefix }: ConnectOptions): void {
    if (ports === undefined) {
      this.allOffered = true;
    } else if (ports.length === 0) {
      this.emptied = true;
    } else {
      this.named.push(...ports);
    }
    if (envPrefix !== undefined) {
      this.prefixes = (this.prefixes ?? new Set()).add(envPrefix);
    }
  }

  /** The ports that are open, in order. What the server offers is asked for late: it may still grow. */
  public get ports(): Port[] {
    return portSet([...this.named, ...this.allOffered ? this.server._offer.ports : []]);
  }

  /** The prefixes of what the client gets as environment: a prefix given at one end is meant at the other, too. */
  public get envPrefixes(): string[] {
    return this.prefixes === undefined ? [''] : [...this.prefixes].sort();
  }
}
