import { Connections, ExternalNameService, Fault, Faults } from '@keelson/core';
import { Construct } from 'constructs';
import type { IExposableService } from '../exposed-service';
import { shown } from './made';

/**
 * What is wrong with a Service that is to be exposed. One of another namespace has to be defined in the app, since that namespace has to
 * agree: whether the target leads there is another question.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#backendref
 */
export function exposableFaults(service: IExposableService, namespace: string | undefined): Fault[] {
  if (service instanceof ExternalNameService) {
    return [{
      code: 'KEELSON2142', got: `${Faults.quoted(service.name)}, another name for ${Faults.quoted(service.externalName)}`,
      allowed: 'a Service with pods or addresses behind it: gateways and ingress controllers lead no requests to another name',
      fix: 'expose the Service that the name stands for, or make it a SelectorlessService of the addresses',
    }];
  }
  const got = whatElse(service);
  if (got !== undefined) {
    return [{
      code: 'KEELSON2141', got, allowed: 'a Service that the app defines',
      fix: 'define it: a Service before pods made elsewhere takes them by ServiceBackend.fromPodLabels(…)',
    }];
  }
  const { namespace: own } = service;
  return Construct.isConstruct(service) || own === undefined || namespace === undefined || own === namespace ? [] : [{
    code: 'KEELSON2140', got: `${Faults.quoted(service.name)} of namespace ${Faults.quoted(own)}`, allowed: `of the namespace that the routes are in, ${Faults.quoted(namespace)}`,
    fix: "define the ExposedService in a chart of the Service's namespace",
  }];
}

/** What was given that is no Service with something behind it: JavaScript lets users give anything. */
function whatElse(service: unknown): string | undefined {
  const { kind, name, connections, servicePort } = typeof service === 'object' && service !== null ? service as Partial<IExposableService> : {};
  if (typeof kind !== 'string' || typeof name !== 'string') {
    return shown(service);
  }
  if (kind !== 'Service') {
    return `the ${kind} ${Faults.quoted(name)}`;
  }
  return connections instanceof Connections && typeof servicePort === 'number' ? undefined : `${Faults.quoted(name)}, of which no pods are known`;
}
