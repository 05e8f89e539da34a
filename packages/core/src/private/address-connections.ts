import { ClusterProfile } from '../cluster-profile';
import { Cidr } from '../cidr';
import { Connections } from '../connections';
import { Fault } from '../faults';
import { Port } from '../port';
import { PolicyRule, ResolvedPeer, Viewpoint } from './policy-rule';
import { RenderedPort } from './service-ports';
import { ClientWarning } from './client-warning';

/** The connections of addresses behind a Service. */
export class AddressConnections extends Connections {
  public readonly _faults: Fault[] = [];

  public constructor(public readonly _text: string, private readonly addresses: string[], private readonly served: RenderedPort[]) {
    super({ ports: portsOf(served.map(({ targetPort, protocol }) => ({ number: Number(targetPort), protocol }))) });
  }

  public get _hasPolicy(): boolean {
    return false;
  }

  public override _warningFor({ cni, serviceCidrs }: ClusterProfile): ClientWarning | undefined {
    return !cni.matchesServiceAddresses || serviceCidrs.length > 0 ? undefined : {
      code: 'KEELSON1372',
      text: `the rule to ${this._text} lets out to the addresses behind it, and ${cni.name} judges by the Service's own address: `
        + "name 'serviceCidrs' in the cluster profile",
    };
  }

  public _resolve({ scope }: Viewpoint): ResolvedPeer {
    const blocks = (cidrs: readonly string[]) => cidrs.map(cidr => ({ ipBlock: { cidr } }));
    const rules: PolicyRule[] = [{ peers: blocks(this.addresses.map(address => Cidr.host(address).text)), ports: [] }];
    const { cni, serviceCidrs } = ClusterProfile.of(scope);
    if (cni.matchesServiceAddresses && serviceCidrs.length > 0) {
      rules.push({ peers: blocks(serviceCidrs), ports: portsOf(this.served.map(({ port, protocol }) => ({ number: port, protocol }))) });
    }
    return { rules, faults: [] };
  }
}

/** Numbers that can't be are reported as the Service's. */
function portsOf(ports: Pick<Port, 'number' | 'protocol'>[]): Port[] {
  const good = ports.filter(({ number }) => Port.faultsOfNumber(number).length === 0);
  return good.map(({ number, protocol }) => Port.range(protocol, number, number));
}
