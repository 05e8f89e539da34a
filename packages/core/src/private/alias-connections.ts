import { Cidr } from '../cidr';
import { ConnectOptions, Connections, IConnectable } from '../connections';
import { Fault } from '../faults';
import { IService } from '../service-reference';
import type { Behind } from './behind';
import { ResolvedPeer } from './policy-rule';
import { quoted } from './quoted';

/** The connections of another name: those of the Service it stands for, else of the addresses behind the host. */
export class AliasConnections extends Connections {
  /** The construct says it. */
  public readonly _faults: Fault[] = [];

  public constructor(
    public readonly _text: string,
    private readonly host: string,
    private readonly service: IService | undefined,
    private readonly cidrs: readonly string[] | undefined,
  ) {
    super();
  }

  /** Of a Service of this app, what is behind it: then this here is no end of any connection. */
  public override _behind(options: ConnectOptions): Behind[] {
    const { connections } = (this.service ?? {}) as Partial<IConnectable>;
    return connections === undefined ? super._behind(options) : connections._behind(options);
  }

  public get _hasPolicy(): boolean {
    return false;
  }

  public _resolve(): ResolvedPeer {
    if (this.cidrs !== undefined && this.cidrs.length > 0) {
      return { rules: [{ peers: this.cidrs.map(cidr => ({ ipBlock: { cidr: Cidr.of(cidr).text } })), ports: [] }], faults: [] };
    }
    return { rules: [], faults: [this.service === undefined ? {
      code: 'KEELSON1716', got: `the host ${quoted(this.host)}`, allowed: 'addresses, since a network policy can name no host',
      fix: "give the Service the 'cidrs' behind the host, or connect to Peer.internet()",
    } : {
      code: 'KEELSON1716', got: `a Service made elsewhere, ${quoted(this.host)}`, allowed: 'pods, since a network policy can name no Service',
      fix: 'connect to its pods: Peer.workload(…) or Peer.pods(…)',
    }] };
  }
}
