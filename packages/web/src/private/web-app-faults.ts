import { Fault, Health, Port, Protocol } from '@keelson/core';
import type { WebAppProps } from '../web-app';
import { PropFault } from './deployment-faults';

/** What is wrong with an app beside what every Deployment may have. */
export function webAppFaults(props: WebAppProps, servicePort: number): PropFault[] {
  const of = (prop: string, faults: Fault[]) => faults.map(fault => ({ prop, fault }));
  return [...of('health', healthFaults(props.health)), ...of('servicePort', servicePortFaults(props, servicePort))];
}

function healthFaults(health: Health | undefined): Fault[] {
  return health !== undefined ? [] : [{
    code: 'KEELSON2069', got: 'undefined', allowed: 'given', fix: "say how the app tells that it works: Health.http({ ready: '/readyz', live: '/livez' })",
  }];
}

function servicePortFaults({ ports = [] }: WebAppProps, servicePort: number): Fault[] {
  const taken = ports.some(({ number, protocol }) => number === servicePort && (protocol ?? Protocol.TCP) === Protocol.TCP);
  return [...Port.faultsOfNumber(servicePort), ...(taken ? [{
    code: 'KEELSON2063', got: `${servicePort}, which is also one of 'ports'`, allowed: 'another port than the others of the Service',
    fix: "choose another 'servicePort'",
  }] : [])];
}
