import { ContainerPort } from '../container';
import { Fault } from '../faults';
import { Labels } from '../labels';
import { Port } from '../port';
import { Protocol } from '../protocol';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';

export function portName(port: ContainerPort): string {
  return port.name ?? `${protocolOf(port).toLowerCase()}-${port.number}`;
}

export function protocolOf(port: ContainerPort): Protocol {
  return port.protocol ?? Protocol.TCP;
}

/** What is wrong with a port beside those that its container declared before. */
export function portFaults(port: ContainerPort, before: ContainerPort[]): Fault[] {
  const taken = before.find(other => sameNumber(other, port));
  const namesake = before.find(other => portName(other) === portName(port));
  return [
    ...Port.faultsOfNumber(port.number),
    ...oneOfFaults('Protocol', Protocol, port.protocol, 'protocol'),
    ...(port.name === undefined ? [] : Port.nameFaultsOf(port.name)),
    ...(port.unsafeHostPort === undefined ? [] : Port.faultsOfNumber(port.unsafeHostPort).map(fault => ({ ...fault, member: 'unsafeHostPort' }))),
    ...(port.appProtocol === undefined ? [] : appProtocolFaults(port.appProtocol)),
    ...(taken === undefined ? [] : [{
      code: 'KEELSON1205', got: `${port.number}/${protocolOf(port)} again`, allowed: 'declared once', fix: 'remove one of the two ports',
    }]),
    ...(taken !== undefined || namesake === undefined ? [] : [{
      code: 'KEELSON1206', got: `a second port named ${quoted(portName(port))}`, allowed: 'named like no other port', fix: 'rename one of the two',
    }]),
  ];
}

export function appProtocolFaults(appProtocol: string): Fault[] {
  return Labels.faultsOf(appProtocol, '').length === 0 ? [] : [{
    code: 'KEELSON1431', member: 'appProtocol', got: quoted(appProtocol),
    allowed: 'a protocol of the IANA registry, or one with the domain of who gave it the name', fix: "write it like 'http' or 'kubernetes.io/h2c'",
  }];
}

/** Containers of a pod share its network: a port is one container's. */
export function clashingPorts(ports: ContainerPort[], others: ContainerPort[], other: string): Fault[] {
  return ports.flatMap(port => others.flatMap((taken): Fault[] => {
    if (sameNumber(taken, port)) {
      return [{
        code: 'KEELSON1216', got: `${port.number}/${protocolOf(port)}`, allowed: `a port that container ${quoted(other)} doesn't listen on`,
        fix: 'choose another port: the containers of a pod share one network',
      }];
    }
    return portName(taken) !== portName(port) ? [] : [{
      code: 'KEELSON1217', got: quoted(portName(port)), allowed: `a port name that container ${quoted(other)} doesn't use`, fix: 'rename one of the two ports',
    }];
  }));
}

/** What is wrong with the ports that a pod takes on its node: each one once, and in the node's network the container's own. */
export function hostPortFaults(ports: ContainerPort[], hostNetwork: boolean): { port: ContainerPort; fault: Fault }[] {
  const host = ports.filter(port => port.unsafeHostPort !== undefined);
  const other = hostNetwork ? host.filter(port => port.unsafeHostPort !== port.number) : [];
  const sameOnHost = (a: ContainerPort, b: ContainerPort) => a.unsafeHostPort === b.unsafeHostPort && protocolOf(a) === protocolOf(b);
  const twice = host.filter((port, at) => host.slice(0, at).some(before => sameOnHost(before, port)));
  return [
    ...other.map(port => ({ port, fault: {
      code: 'KEELSON1221', member: 'unsafeHostPort', got: `${port.unsafeHostPort}`, allowed: `the container's own port, ${port.number}, in the node's network`,
      fix: 'remove it: with unsafeHostNetwork every port is one of the node',
    } })),
    ...twice.map(port => ({ port, fault: {
      code: 'KEELSON1222', member: 'unsafeHostPort', got: `${port.unsafeHostPort}/${protocolOf(port)} again`, allowed: 'taken once by a pod', fix: 'choose another one',
    } })),
  ];
}

function sameNumber(a: ContainerPort, b: ContainerPort): boolean {
  return a.number === b.number && protocolOf(a) === protocolOf(b);
}
