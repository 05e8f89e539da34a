import { Fault, Faults } from '@keelson/core';
import { BackendPort } from '../backend-port';
import type { Exposure } from '../exposure';
import type { IExposableService } from '../exposed-service';
import { elsewhere } from './backend-namespace';
import { Backend, ExposedApp } from './target-renderer';

/** The port of an app's Service that an exposure leads to; the first where that isn't one of its own, as `backendFaults` says. */
export function backendOf(app: ExposedApp, chosen: BackendPort | undefined): Backend {
  const { name, ports, containerPort, connections } = app;
  const [first] = ports;
  const port = chosen === undefined ? first : ports.find(each => isMeant(chosen, each)) ?? first;
  return {
    service: name, port: port?.number ?? 80, portName: chosen?.name, connections,
    containerPort: port === first ? containerPort : port?.targetNumber ?? containerPort, ...app.elsewhere,
  };
}

/** What is wrong with the port that an exposure names. */
export function backendFaults({ name, ports }: ExposedApp, chosen: BackendPort | undefined): Fault[] {
  if (chosen === undefined || chosen.faults.length > 0 || ports.some(port => isMeant(chosen, port))) {
    return [];
  }
  return [{
    code: 'KEELSON2311', member: 'backendPort', got: chosen.name === undefined ? `${chosen.number}` : Faults.quoted(chosen.name),
    allowed: `a port of Service ${Faults.quoted(name)}: ${ports.map(port => `${port.number} (${Faults.quoted(port.name)})`).join(', ')}`, fix: 'name one of these, or add it to the Service',
  }];
}

/** A Service's first port, for who decides about requests and who gets copies of them. */
export function firstPortOf(exposed: IExposableService, namespace: string | undefined): Backend | undefined {
  const { name, servicePort, targetPort, servedPorts = [], connections } = exposed;
  const containerPort = targetPort ?? servedPorts[0]?.targetNumber ?? connections.offeredPorts[0]?.number;
  const place = elsewhere(exposed, namespace);
  return containerPort === undefined ? undefined : { service: name, port: servicePort, containerPort, connections, ...place };
}

/** What is wrong with who decides about requests, or gets copies of them, where no port of it is known. */
export function portlessFaults({ auth, options: { mirror } }: Exposure): Fault[] {
  const called: [string, IExposableService | undefined][] = [['auth', auth?.service?.service], ['mirror', mirror?.service]];
  const isLost = (service: IExposableService | undefined): service is IExposableService =>
    service !== undefined && firstPortOf(service, undefined) === undefined;
  return called.flatMap(([member, service]) => !isLost(service) ? [] : [{
    code: 'KEELSON2345', member, got: `Service ${Faults.quoted(service.name)}, whose pods offer no port`, allowed: 'a Service whose pods offer a port',
    fix: "have the workload behind it listen on one, or give 'targetPort'",
  }]);
}

function isMeant(chosen: BackendPort, { name, number }: { name: string; number: number }): boolean {
  return chosen.name === undefined ? chosen.number === number : chosen.name === name;
}
