import type { JsonObject } from '../manifest.js';
import type { Report } from '../rules/rule.js';
import { rangeOf, type AddressRange } from './address.js';
import { Field } from './fields.js';
import type { Labels } from './label-selector.js';
import { PROTOCOLS, type Protocol } from './network-policy.js';

/** A port that a container says it listens on. */
export interface ContainerPort {
  readonly number: number;
  readonly protocol: Protocol;
  readonly name?: string;
}

/** What runs pods that are alike: a workload object, or a Pod by itself. */
export interface Workload {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The labels of its pods. */
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  /** Pods on the node's network: no policy selects them, and others see the node's address. */
  readonly hostNetwork: boolean;
  /** The addresses of a Pod that is running already. */
  readonly addresses: readonly AddressRange[];
}

/** Where the template of the pods is, by kind. */
const TEMPLATES = new Map([
  ['Pod', []], ['Deployment', ['spec', 'template']], ['StatefulSet', ['spec', 'template']], ['DaemonSet', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']], ['Job', ['spec', 'template']], ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

const GROUPS = new Map([['Pod', 'v1'], ['Job', 'batch/v1'], ['CronJob', 'batch/v1']]);

/** Whether an object is one of Kubernetes' own workloads. */
export function isWorkload({ apiVersion, kind }: JsonObject): boolean {
  return TEMPLATES.has(String(kind)) && apiVersion === (GROUPS.get(String(kind)) ?? 'apps/v1');
}

/** Reads a workload. */
export function readWorkload(object: JsonObject, namespace: string, name: string, report: Report): Workload {
  const kind = String(object.kind);
  let template = new Field(object, '', report);
  for (const key of TEMPLATES.get(kind) ?? []) template = template.member(key);
  const spec = template.member('spec');
  const containers = spec.member('containers').items();
  if (containers.length === 0) spec.member('containers').refuse('must have a container');
  const sidecars = spec.member('initContainers').items().filter((each) => each.member('restartPolicy').value === 'Always');
  return {
    kind,
    namespace,
    name,
    labels: template.member('metadata').member('labels').texts(),
    ports: distinct([...containers, ...sidecars].flatMap((container) => container.member('ports').items()).flatMap((port) => readPort(port) ?? [])),
    hostNetwork: spec.member('hostNetwork').value === true,
    addresses: kind === 'Pod' ? readAddresses(new Field(object.status, 'status', report)) : [],
  };
}

function readPort(field: Field): ContainerPort | undefined {
  const number = field.member('containerPort').port();
  const name = field.member('name');
  const protocol = field.member('protocol').word(PROTOCOLS, 'TCP');
  if (number === undefined) return undefined;
  const text = name.isAbsent ? undefined : name.text();
  return { number, protocol, ...(text === undefined ? {} : { name: text }) };
}

/** Two containers may declare one port, and each may call it otherwise. */
function distinct(ports: readonly ContainerPort[]): ContainerPort[] {
  const same = (a: ContainerPort, b: ContainerPort): boolean => a.number === b.number && a.protocol === b.protocol && a.name === b.name;
  return ports.filter((each, index) => ports.findIndex((other) => same(each, other)) === index);
}

function readAddresses(status: Field): AddressRange[] {
  return status.member('podIPs').items().flatMap((each) => {
    const ip = each.member('ip');
    return rangeOf(typeof ip.value === 'string' ? ip.value : '') ?? ip.refuse('must be an address') ?? [];
  });
}
