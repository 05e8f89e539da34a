import { ConnectOptions, Connections, IConnectable } from '../connections';
import { Endpoint } from '../endpoint';
import { Fault } from '../faults';
import type { Behind } from './behind';
import { Offer } from './offer';
import type { ResolvedPeer } from './policy-rule';

/** The connections of an end, whose clients get something else than the end offers. */
export class OtherConnections extends Connections {
  private readonly other: Offer;

  public constructor(private readonly base: Connections, private readonly endpoint: Endpoint, private readonly kind: string) {
    super();
    this.other = new Offer(endpoint, ` as ${kind}`);
  }

  public override to(peer: IConnectable, options: ConnectOptions = {}): void {
    this.base.to(peer, options);
  }

  public override from(peer: IConnectable, options: ConnectOptions = {}): void {
    this._behind(options).forEach(({ end, options: own }) => end._accept(peer, own, this.other));
  }

  public override offer(endpoint: Endpoint): void {
    this.other.add(endpoint);
  }

  public override _behind(options: ConnectOptions): Behind[] {
    return this.base._behind({ ...options, ports: options.ports ?? this.endpoint.ports }).map(behind => ({ ...behind, offer: this.other }));
  }

  public get _text(): string {
    return `${this.base._text} as ${this.kind}`;
  }

  public get _hasPolicy(): boolean {
    return this.base._hasPolicy;
  }

  public get _faults(): Fault[] {
    return this.base._faults;
  }

  public _resolve(): ResolvedPeer {
    return { rules: [], faults: [] };
  }
}
