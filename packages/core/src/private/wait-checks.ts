import { IConstruct } from 'constructs';
import type { Connections } from '../connections';
import { Fault } from '../faults';
import { Port } from '../port';
import { Protocol } from '../protocol';
import { ContainerPortFacts, ObjectFacts, ServicePort } from './object-facts';
import { holds, portSet } from './port-set';
import { quoted } from './quoted';
import { PodIndex, titleOf } from './selector-checks';
import { waitCycles } from './wait-cycles';
import { phaseFaults } from './wait-phases';
import { warnOfNobody } from './wait-warnings';
import { Waiting } from './waits';

/** A mistake of a workload that waits. */
export interface WaitFinding {
  readonly scope: IConstruct;
  readonly fault: Fault;
}

/** What would never end: a wait for what the app doesn't make, for a port that nobody opens, for one that waits in turn. */
export function waitFindings(waits: Waiting[], objects: ObjectFacts[], pods: PodIndex): WaitFinding[] {
  if (waits.length === 0) {
    return [];
  }
  const services = new Map<string | undefined, ObjectFacts>(objects.filter(({ group, kind }) => group === '' && kind === 'Service')
    .map(facts => [keyOf(facts.namespace, facts.name), facts]));
  const asked = waits.map(waiting => {
    const service = services.get(serviceKey(waiting));
    const { selector, namespace } = service ?? {};
    return { waiting, service, selected: selector === undefined ? [] : [...pods.selectedBy(selector, namespace)] };
  });
  warnOfNobody(asked, objects);
  return [
    ...asked.flatMap(({ waiting, service, selected }) => {
      const faults = service === undefined ? missingFaults(waiting) : serviceFaults(waiting, service, selected);
      return faults.map(fault => ({ scope: waiting.scope, fault }));
    }),
    ...waitCycles(asked.map(({ waiting, selected }) => ({ waiting, pods: selected }))),
    ...phaseFaults(asked, objects).map(({ waiting, fault }) => ({ scope: waiting.scope, fault })),
  ];
}

/** By the name in the cluster's DNS: alone, with its namespace, or in full. */
function serviceKey({ namespace, wait: { _host: host } }: Waiting): string | undefined {
  const [name = '', space, svc] = host.split('.');
  return svc === undefined || svc === 'svc' ? keyOf(space ?? namespace, name) : undefined;
}

function missingFaults({ wait: { _host: host, _isService } }: Waiting): Fault[] {
  return _isService ? [{
    code: 'KEELSON1660', got: quoted(host), allowed: 'a Service that the app makes', fix: 'define it, or wait for one made elsewhere by WaitFor.host(…)',
  }] : [];
}

function serviceFaults(waiting: Waiting, service: ObjectFacts, selected: ObjectFacts[]): Fault[] {
  const { wait: { _port: port } } = waiting;
  const { ports } = service;
  if (ports === undefined) {
    return [];
  }
  const tcp = ports.filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP');
  const found = tcp.find(({ number }) => Number(number) === port);
  if (found === undefined && (service.headless !== true || selected.length === 0)) {
    return [{
      code: 'KEELSON1661', got: `port ${port}`, allowed: `for a TCP port of ${titleOf(service)}, ${tcp.length === 0 ? 'which has none' : listOf(tcp)}`,
      fix: 'name one of its ports',
    }];
  }
  const [first] = selected;
  if (first === undefined) {
    return [];
  }
  const { _isService, _peer: { connections } } = waiting.wait;
  const leads = !_isService || connections._podLabels === undefined || selected.some(facts => isOf(facts, connections));
  return leads ? behindFaults(waiting, service, found, selected) : [{
    code: 'KEELSON1665', got: `${titleOf(service)}, which selects the pods of ${titleOf(first)}`,
    allowed: `for a Service that leads to the pods of ${connections._text}`, fix: 'wait for the workload that is behind the Service',
  }];
}

/** Whether it makes the pods of a workload. */
function isOf({ podLabels = new Map<string, string>() }: ObjectFacts, { _podLabels }: Connections): boolean {
  return _podLabels !== undefined && Object.entries(_podLabels).every(([key, value]) => podLabels.get(key) === value);
}

/** The pods behind the Service: they have to listen, and to let these in. */
function behindFaults(waiting: Waiting, service: ObjectFacts, found: ServicePort | undefined, selected: ObjectFacts[]): Fault[] {
  const { connections, wait: { _port: port } } = waiting;
  // The name of a headless Service leads to the pods themselves, whatever it says of ports.
  const target = service.headless === true ? port : found?.target ?? found?.number;
  const declared = selected.flatMap(({ containerPorts }) => containerPorts ?? []);
  const number = Number(typeof target === 'string' ? declared.find(({ name }) => name === target)?.number : target);
  if (service.headless === true && declared.every(own => own.number !== port)) {
    return [{
      code: 'KEELSON1664', got: `port ${port} of ${titleOf(service)}, which is headless`,
      allowed: `for a port that its pods declare, ${declared.length === 0 ? 'which have none' : listOf(declared)}`,
      fix: 'name the port that the pods listen on: a headless Service leads to them directly',
    }];
  }
  const edges = connections._serverEdges.filter(({ server }) => selected.some(facts => isOf(facts, server)));
  const open = portSet(edges.flatMap(({ ports }) => ports));
  const isOpen = Number.isNaN(number) || open.some(each => holds(each, Port.range(Protocol.TCP, number, number)));
  // Without a connection it is somebody else's policy that lets it in, such as that of a whole namespace.
  return edges.length === 0 || isOpen ? [] : [{
    code: 'KEELSON1663', got: `port ${port}, behind which the pods listen on ${number}`,
    allowed: `for a port that they offer (${open.map(({ text }) => text).join(', ')})`,
    fix: "name the pods' port in 'offers' of their workload, or wait for another port",
  }];
}

function listOf(ports: readonly ContainerPortFacts[]): string {
  return ports.map(({ name, number }) => (name === undefined ? `${number}` : `${name} (${number})`)).join(', ');
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}\n${name}`;
}
