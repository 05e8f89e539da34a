import { Duration } from 'cdk8s';
import { IConnectable } from './connections';
import { Fault } from './faults';
import { HostName } from './host-name';
import { Peer } from './peer';
import { Port } from './port';
import { durationFaults } from './private/duration';
import { ipAddressOf } from './private/ip-address';
import { otherType } from './private/made';
import { within } from './private/within';

/** What can be waited for by its Service, such as a `WebApp`, or a `Service`. */
export interface IWaitTarget extends IConnectable {
  /** Name of its Service in the cluster's DNS, such as `orders.shop.svc.cluster.local`. */
  readonly dnsName: string;

  /** The port of its Service, the first where there are several. */
  readonly servicePort: number;

  /**
   * Whether somebody else makes the Service, such as an operator, so that there is none to look for in the app.
   *
   * @default false
   */
  readonly isMadeElsewhere?: boolean;
}

/** Options for all that is waited for. */
export interface WaitForOptions {
  /**
   * How long to wait at most, in whole seconds from 1 on. Then the container fails, so that the kubelet starts it again after a
   * while, and `kubectl describe pod` says what it waited for.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
}

/** Options for `WaitFor.service`. */
export interface WaitForServiceOptions extends WaitForOptions {
  /**
   * Port of the Service, from 1 to 65535.
   *
   * @default - the target's `servicePort`.
   */
  readonly port?: number;
}

/** Options for `WaitFor.host`. */
export interface WaitForHostOptions extends WaitForOptions {
  /**
   * The ports that the peer's own pods listen on: the network policy opens these. They aren't always those of a Service.
   *
   * @default - the port that is waited for.
   */
  readonly ports?: Port[];
}

/**
 * What the pods of a workload wait for before any of their containers starts, until it accepts TCP connections.
 *
 * ```ts
 * storefront.waitFor(WaitFor.service(catalogue));
 * storefront.waitFor(WaitFor.host('db.example.com', 5432, Peer.cidr('192.0.2.10/32')));
 * ```
 *
 * A Service leads to ready pods only, so that it answers as soon as one pod is ready; what that pod says over HTTP or gRPC isn't
 * asked. It is for what can't start without the other: an app that tries again by itself starts sooner without.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#examples
 */
export class WaitFor {
  /**
   * A workload by its Service. The way to it is opened on both ends; what it offers its clients comes by `connections.to(target)`.
   *
   * @param target the workload.
   * @param options port and time limit.
   */
  public static service(target: IWaitTarget, options: WaitForServiceOptions = {}): WaitFor {
    const { dnsName, servicePort, connections, isMadeElsewhere } = (target ?? {}) as Partial<IWaitTarget>;
    if (typeof dnsName !== 'string' || connections === undefined) {
      const fault = otherType(target, 'what has a Service, such as a WebApp', "name the WebApp or the Service; of others, use WaitFor.host('orders', 80, …)");
      return new WaitFor('unknown', 80, Peer.ownNamespace(), [Port.tcp(80)], FIVE_MINUTES, false, [fault]);
    }
    const port = options.port ?? servicePort ?? 0;
    const faults = within('port', Port.faultsOfNumber(port));
    return new WaitFor(dnsName, port, target, undefined, options.timeout ?? FIVE_MINUTES, isMadeElsewhere !== true, faults);
  }

  /**
   * Something else by its name or address, such as a database outside of the cluster.
   *
   * @param host its host name or IP address.
   * @param port the port, from 1 to 65535.
   * @param peer who it is to network policies, which know no names: the policy lets the pods out to it on this port.
   * @param options the peer's own ports, and the time limit.
   */
  public static host(host: string, port: number, peer: IConnectable, options: WaitForHostOptions = {}): WaitFor {
    const faults = [...isAddress(host) ? [] : within('host', HostName.faultsOf(host)), ...within('port', Port.faultsOfNumber(port))];
    return new WaitFor(host, port, peer, options.ports ?? [Port.tcp(port)], options.timeout ?? FIVE_MINUTES, false, faults);
  }

  /** What is wrong with it; the workload that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    /** The host name or address that is asked. @internal */
    public readonly _host: string,
    /** The port that is asked. @internal */
    public readonly _port: number,
    /** Who is connected. @internal */
    public readonly _peer: IConnectable,
    /** On which ports; all that it offers where not given. @internal */
    public readonly _ports: Port[] | undefined,
    /** @internal */
    public readonly _timeout: Duration,
    /** Whether the app has to make the Service. @internal */
    public readonly _isService: boolean,
    faults: Fault[],
  ) {
    this.faults = [...faults, ...within('timeout', durationFaults(_timeout, { from: 1 }))];
  }

  /** Whether a name has to be resolved first. @internal */
  public get _asksDns(): boolean {
    return !isAddress(this._host);
  }
}

const FIVE_MINUTES = Duration.minutes(5);

function isAddress(host: string): boolean {
  return typeof host === 'string' && ipAddressOf(host) !== undefined;
}
