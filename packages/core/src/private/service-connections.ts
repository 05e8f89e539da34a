import { ConnectOptions, Connections, IConnectable } from '../connections';
import { Endpoint } from '../endpoint';
import { Fault } from '../faults';
import { Port } from '../port';
import type { Behind } from './behind';
import type { ResolvedPeer } from './policy-rule';

/** What is behind a Service, and the container ports that the Service leads to. */
export interface BehindService {
  readonly end: Connections;
  readonly ports: Port[];
}

/** The connections of a Service: those of what is behind it, on the Service's ports. Policies judge by pods, never by Services. */
export class ServiceConnections extends Connections {
  public constructor(public readonly _text: string, private readonly behind: readonly BehindService[]) {
    super();
  }

  public override to(peer: IConnectable, options: ConnectOptions = {}): void {
    this.behind.forEach(({ end }) => end.to(peer, options));
  }

  public override from(peer: IConnectable, options: ConnectOptions = {}): void {
    this._behind(options).forEach(({ end, options: own }) => end.from(peer, own));
  }

  public override offer(endpoint: Endpoint): void {
    this.behind.forEach(({ end }) => end.offer(endpoint));
  }

  public override _behind(options: ConnectOptions): Behind[] {
    return this.behind.map(({ end, ports }) => ({ end, options: { ...options, ports: options.ports ?? ports } }));
  }

  public get _hasPolicy(): boolean {
    return this.behind.some(({ end }) => end._hasPolicy);
  }

  public get _faults(): Fault[] {
    return this.behind.flatMap(({ end }) => end._faults);
  }

  public _resolve(): ResolvedPeer {
    return { rules: [], faults: [] };
  }
}
