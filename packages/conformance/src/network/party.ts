/** A port that connections go to. */
export interface Port {
  readonly number: number;
  readonly protocol: string;
  readonly name?: string;
}

/** A pod, as policies see it. */
export interface Pod {
  readonly namespace: string;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** One end of connections. */
export interface Party {
  readonly name: string;
  readonly ip: string;
  /** None is an address without a pod. Of several any one is meant. */
  readonly pods: readonly Pod[];
  readonly ports: readonly Port[];
}

/** The label that every namespace has. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** A pod in a namespace that has no labels but its name. */
export function pod(namespace: string, labels: Pod['labels'], namespaceLabels: Pod['labels'] = {}): Pod {
  return { namespace, labels, namespaceLabels: { ...namespaceLabels, [NAMESPACE_NAME]: namespace } };
}

/** Both DNS ports. */
export const DNS_PORTS: readonly Port[] = [{ number: 53, protocol: 'UDP' }, { number: 53, protocol: 'TCP' }];

/** Ports by number and protocol, each once: the first, which may have a name. */
export function distinct(ports: readonly Port[]): Port[] {
  const same = (a: Port, b: Port): boolean => a.number === b.number && a.protocol === b.protocol;
  return ports.filter((each, index) => ports.findIndex((other) => same(each, other)) === index);
}
