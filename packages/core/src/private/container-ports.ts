import { ContainerPort } from '../container';
import { Fault } from '../faults';
import { Protocol } from '../protocol';

export function portName(port: ContainerPort): string {
  return port.name ?? `${protocolOf(port).toLowerCase()}-${port.number}`;
}

export function protocolOf(port: ContainerPort): Protocol {
  return port.protocol ?? Protocol.TCP;
}

/** Containers of a pod share its network: a port is one container's. */
export function clashingPorts(ports: ContainerPort[], others: ContainerPort[], other: string): Fault[] {
  return ports.flatMap(port => others.flatMap((taken): Fault[] => {
    if (taken.number === port.number && protocolOf(taken) === protocolOf(port)) {
      return [{ code: 'KEELSON1216', got: `${port.number}/${protocolOf(port)}`, allowed: `a port that container '${other}' doesn't listen on`, fix: 'choose another port: the containers of a pod share one network' }];
    }
    return portName(taken) === portName(port)
      ? [{ code: 'KEELSON1217', got: `'${portName(port)}'`, allowed: `a port name that container '${other}' doesn't use`, fix: 'rename one of the two ports' }]
      : [];
  }));
}
