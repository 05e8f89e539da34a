import { Construct } from 'constructs';
import type { IServiceBackend } from '../service-backend';
import type { ServedPort, ServicePort } from '../service-port';
import type { ServiceType } from '../service-type';
import { ContainerPort } from '../container';
import { Fault } from '../faults';
import { Port } from '../port';
import { Protocol } from '../protocol';
import { ResourceName } from '../resource-name';
import { appProtocolFaults, portName, protocolOf } from './container-ports';
import { holds } from './port-set';
import { quoted } from './quoted';
import { within } from './within';

/** That there are no ports follows from other mistakes, too. */
export const NO_PORTS = 'KEELSON1699';

/** A port as the Service renders it. */
export interface RenderedPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string | number;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
  readonly nodePort?: number;
}

/** What is wrong, and with which prop. */
export interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

/** What pods a Service leads to, and by which ports. */
export interface BackendPorts {
  readonly ports: RenderedPort[];
  /** Of each backend, the container ports that the Service leads to. */
  readonly opened: ReadonlyMap<IServiceBackend, Port[]>;
  readonly faults: PropFault[];
}

/** The ports of a Service: those given, else all that the backends offer, each under the container's number. */
export function backendPorts(given: ServicePort[] | undefined, backends: IServiceBackend[], type: ServiceType): BackendPorts {
  const wanted: ServicePort[] = given ?? (backends[0] === undefined ? [] : offered(backends[0]).map(port => ({ target: portName(port) })));
  const opened = new Map(backends.map(backend => [backend, [] as Port[]]));
  const faults: PropFault[] = [];
  const ports = wanted.flatMap((port): RenderedPort[] => {
    const targets = backends.map(backend => ({ backend, target: backend.containerPorts.find(other => portName(other) === port.target) }));
    const say = (code: string, got: string, allowed: string, fix: string) => faults.push({ prop: `ports.${port.target}`, fault: { code, got, allowed, fix } });
    const without = targets.find(({ target }) => target === undefined);
    const found = targets.flatMap(({ target }) => target ?? []);
    if (without !== undefined) {
      const declared = without.backend.containerPorts.map(portName);
      say('KEELSON1692', quoted(port.target), `the name of a port that every backend declares; ${textOf(without.backend)} has ${declared.length === 0 ? 'none' : declared.join(', ')}`,
        'name one of its ports, or have it declare this one');
    }
    const [first] = found;
    if (first === undefined) {
      return [];
    }
    disagreements(port, found, type).forEach(fault => faults.push({ prop: `ports.${port.target}`, fault }));
    for (const { backend, target } of targets) {
      if (target !== undefined && Port.faultsOfNumber(target.number).length === 0) {
        opened.get(backend)?.push(Port.range(protocolOf(target), target.number, target.number));
      }
    }
    return [{
      name: port.name ?? port.target,
      port: port.number ?? first.number,
      // Our own pods name every port; those of others have the names that they were given.
      targetPort: first.name === undefined && !backends.some(backend => Construct.isConstruct(backend)) ? first.number : port.target,
      protocol: protocolOf(first),
      appProtocol: port.appProtocol ?? first.appProtocol,
      nodePort: port.nodePort,
    }];
  });
  return { ports, opened, faults };
}

/** The ports as others know them. */
export function servedPorts(ports: readonly RenderedPort[], [first]: IServiceBackend[]): ServedPort[] {
  return ports.map(({ name, port, targetPort, appProtocol }) => {
    const named = first?.containerPorts.find(other => portName(other) === targetPort);
    return { name, number: port, targetNumber: typeof targetPort === 'number' ? targetPort : named?.number, appProtocol };
  });
}

/** What backends have to agree on, for one port to stand for all of theirs. */
function disagreements({ number, target }: ServicePort, found: ContainerPort[], type: ServiceType): Fault[] {
  const protocols = [...new Set(found.map(protocolOf))];
  const numbers = [...new Set(found.map(port => port.number))];
  if (protocols.length > 1) {
    return [{
      code: 'KEELSON1693', got: protocols.join(' and '), allowed: 'of one protocol in all backends', fix: `have the port ${quoted(target)} of all of them speak one`,
    }];
  }
  if (type.isHeadless && (numbers.length > 1 || (number !== undefined && number !== numbers[0]))) {
    return [{
      code: 'KEELSON1696', member: 'number', got: [number ?? [], numbers].flat().join(' and '), allowed: "the container's number, the same in all backends, of a headless Service",
      fix: 'leave it out: nothing stands between clients and pods that could change it',
    }];
  }
  return number !== undefined || numbers.length <= 1 ? [] : [{
    code: 'KEELSON1693', member: 'number', got: numbers.join(' and '), allowed: 'given, where backends listen on different numbers', fix: "name the Service's own number",
  }];
}

/** The ports of a backend that clients are offered. */
function offered({ containerPorts, connections }: IServiceBackend): ContainerPort[] {
  const offer = connections._offer.ports;
  return containerPorts.filter(port => offer.some(other => holds(other, Port.range(protocolOf(port), port.number, port.number))));
}

/** How messages name a backend. */
export function textOf({ connections }: IServiceBackend): string {
  return connections._text;
}

/** What is wrong with the ports of a Service by themselves. */
export function servicePortFaults(ports: RenderedPort[], type: ServiceType): PropFault[] {
  const faults = ports.flatMap((port, at) => {
    const before = ports.slice(0, at);
    const same = before.some(other => other.port === port.port && other.protocol === port.protocol);
    return [
      ...within('number', Port.faultsOfNumber(port.port)),
      ...within('name', ResourceName.labelFaultsOf('port', port.name)),
      ...typeof port.targetPort === 'string' ? within('target', Port.nameFaultsOf(port.targetPort)) : [],
      ...port.appProtocol === undefined ? [] : appProtocolFaults(port.appProtocol),
      ...!same ? [] : [{
        code: 'KEELSON1694', member: 'number', got: `${port.port}/${port.protocol} again`, allowed: 'a number of its own', fix: "give one of the two another 'number'",
      }],
      ...!before.some(({ name }) => name === port.name) ? [] : [{
        code: 'KEELSON1695', member: 'name', got: `${quoted(port.name)} again`, allowed: 'a name of its own', fix: "give one of the two another 'name'",
      }],
      ...within('nodePort', nodePortFaults(port, before, type)),
    ].map(fault => ({ prop: `ports.${port.name}`, fault }));
  });
  return ports.length > 0 || type.isHeadless ? faults : [{
    prop: 'ports', fault: { code: NO_PORTS, got: 'none', allowed: 'at least one port', fix: 'have the backend declare one, or make the Service headless' },
  }];
}

function nodePortFaults({ nodePort, protocol }: RenderedPort, before: RenderedPort[], type: ServiceType): Fault[] {
  if (nodePort === undefined) {
    return [];
  }
  if (type.name === 'ClusterIP') {
    return [{
      code: 'KEELSON1697', got: String(nodePort), allowed: 'left out where no node has a port for the Service', fix: 'make it ServiceType.nodePort() or loadBalancer()',
    }];
  }
  return before.every(other => other.nodePort !== nodePort || other.protocol !== protocol) ? [] : [{
    code: 'KEELSON1722', got: `${nodePort} again`, allowed: 'a port that nothing else has on the nodes', fix: 'choose another one, or leave it out',
  }];
}
