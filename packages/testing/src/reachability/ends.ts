import { rangeOf, type AddressRange } from './address.js';
import type { Cluster } from './cluster.js';
import type { End } from './end.js';
import type { DestinationPort } from './verdict.js';
import { PROTOCOLS } from './network-policy.js';
import { workloadsOf, type RenderedConstruct } from './rendered-construct.js';
import type { Workload } from './workload.js';

/** What the manifests don't say of where things are. */
export interface Surroundings {
  /** Named addresses and blocks of addresses outside of the cluster. A block is reached when any of its addresses is. */
  readonly outside: Readonly<Record<string, string>>;
  /** Where pods have their addresses: a policy's `ipBlock` that has some of them lets pods through. */
  readonly podNetworks: readonly string[];
  /** Where nodes have their addresses, which pods with `hostNetwork` are seen as. */
  readonly nodeNetworks: readonly string[];
}

/** The ends of connections, by their names. */
export class Ends {
  /** Of workloads: `shop/web`, and `shop/Deployment/web` where two kinds share that name. */
  public readonly workloads: ReadonlyMap<string, End>;
  /** Of what is outside: as it was named. */
  public readonly outside: ReadonlyMap<string, End>;

  public constructor(cluster: Cluster, surroundings: Surroundings) {
    const pods = surroundings.podNetworks.map((each) => networkOf('podNetworks', each));
    const nodes = surroundings.nodeNetworks.map((each) => networkOf('nodeNetworks', each));
    this.workloads = new Map(cluster.workloads.map((each) => {
      const isAlone = cluster.workloads.filter(({ namespace, name }) => namespace === each.namespace && name === each.name).length === 1;
      return [isAlone ? `${each.namespace}/${each.name}` : longNameOf(each), endOf(each, cluster, pods, nodes)];
    }));
    this.outside = new Map(Object.entries(surroundings.outside).map(([name, address]) => {
      const title = name === address ? name : `${name} (${address})`;
      return [name, { title, addresses: [networkOf(`outside.${name}`, address)], ports: [] }];
    }));
  }

  /** The end that is meant by a name, an address or a construct. */
  public find(subject: string | RenderedConstruct): End {
    if (typeof subject !== 'string') return this.findRendered(subject);
    const known = this.workloads.get(subject) ?? this.outside.get(subject) ?? this.byLongName(subject);
    if (known !== undefined) return known;
    const range = rangeOf(subject);
    if (range !== undefined) return { title: subject, addresses: [range], ports: [] };
    const alike = [...this.workloads.keys()].filter((name) => name.replace(/\/\w+\//, '/') === subject);
    if (alike.length > 0) throw new Error(`'${subject}' is the name of several workloads: say which of ${alike.join(', ')}`);
    throw new Error(`no workload is called '${subject}', and it is no address: there are ${[...this.workloads.keys(), ...this.outside.keys()].join(', ')}`);
  }

  private byLongName(subject: string): End | undefined {
    const [namespace = '', kind = '', name = '', ...more] = subject.split('/');
    const end = this.workloads.get(`${namespace}/${name}`);
    return more.length === 0 && end?.title === `${kind} ${namespace}/${name}` ? end : undefined;
  }

  private findRendered(construct: RenderedConstruct): End {
    const names = workloadsOf(construct);
    const [name, ...others] = names;
    if (name === undefined) throw new Error(`construct '${construct.node.path}' renders no workload`);
    if (others.length > 0) throw new Error(`construct '${construct.node.path}' renders several workloads: say which of ${names.join(', ')}`);
    return this.find(name);
  }
}

/** A port that is written as a number, `53/UDP`, or by the name that the destination's containers give it. */
export function portOf(port: number | string, { title, ports }: End): DestinationPort {
  const [, digits, protocol = 'TCP'] = /^(\d+)(?:\/([A-Z]+))?$/.exec(String(port)) ?? [];
  const known = PROTOCOLS.find((each) => each === protocol);
  if (digits !== undefined) {
    if (known !== undefined && Number(digits) >= 1 && Number(digits) <= 65535) return { number: Number(digits), protocol: known };
    throw new Error(`port '${port}' must be from 1 to 65535, and of ${PROTOCOLS.join(', ')}: 8080, '53/UDP'`);
  }
  const [named, ...others] = ports.filter(({ name }) => name === port);
  const names = ports.flatMap(({ name, number, protocol: of }) => (name === undefined ? [] : [`${name} (${number}/${of})`]));
  if (named === undefined) throw new Error(`${title} has no port called '${port}': ${names.length === 0 ? 'it names none' : `there are ${names.join(', ')}`}`);
  if (others.length > 0) throw new Error(`${title} has several ports called '${port}': give the number of one of ${names.join(', ')}`);
  return named;
}

function endOf(workload: Workload, cluster: Cluster, pods: readonly AddressRange[], nodes: readonly AddressRange[]): End {
  const { kind, namespace, name, labels, ports } = workload;
  const title = `${kind} ${namespace}/${name}`;
  if (workload.hostNetwork) return { title: `${title} (host network)`, addresses: nodes, ports };
  return {
    title,
    pod: { namespace, namespaceLabels: cluster.namespaceLabels(namespace), labels, isSingle: kind === 'Pod' },
    addresses: workload.addresses.length > 0 ? workload.addresses : pods,
    ports,
  };
}

function longNameOf({ kind, namespace, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}

function networkOf(option: string, text: string): AddressRange {
  const range = rangeOf(text);
  if (range === undefined) throw new Error(`'${option}' must be an address or a CIDR block, got '${text}'`);
  return range;
}
