import type { ClusterProfile } from '../cluster-profile';
import { Connections } from '../connections';
import { Fault } from '../faults';
import { ResolvedPeer, Viewpoint } from './policy-rule';
import { ClientWarning } from './client-warning';

/** The connections of a `Peer`: no policy of ours selects it, so only the other end has something to render. */
export class PeerConnections extends Connections {
  public constructor(
    public readonly _text: string,
    public readonly _faults: Fault[],
    private readonly resolve: (viewpoint: Viewpoint) => ResolvedPeer,
    private readonly warn: (profile: ClusterProfile) => ClientWarning | undefined,
  ) {
    super();
  }

  public override _warningFor(profile: ClusterProfile): ClientWarning | undefined {
    return this.warn(profile);
  }

  public get _hasPolicy(): boolean {
    return false;
  }

  public _resolve(viewpoint: Viewpoint): ResolvedPeer {
    return this.resolve(viewpoint);
  }
}
