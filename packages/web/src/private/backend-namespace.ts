import { Fault, Faults } from '@keelson/core';
import { Construct } from 'constructs';
import type { IExposableService } from '../exposed-service';
import type { Plan } from './plans';
import { Backend, TargetRenderer } from './target-renderer';

/** What a Service of another namespace is led to by: its namespace, and where that agrees to it. */
export interface Elsewhere {
  readonly namespace?: string;
  readonly definedIn?: Construct;
}

/** Where a Service is, as seen from the namespace of the routes. */
export function elsewhere(service: IExposableService, namespace: string | undefined): Elsewhere {
  const isOther = service.namespace !== undefined && namespace !== undefined && service.namespace !== namespace;
  return isOther ? { namespace: service.namespace, definedIn: Construct.isConstruct(service) ? service : undefined } : {};
}

/** What is wrong with Services of other namespaces: who they belong to has to agree, and not every target leads there. */
export function namespaceFaults({ backend, auth, mirror }: Plan, namespace: string | undefined, renderer: TargetRenderer): Fault[] {
  const called: [string | undefined, Backend | undefined][] = [[undefined, backend], ['auth', auth.service?.backend], ['mirror', mirror]];
  return called.flatMap(([member, to]) => to?.namespace === undefined ? [] : placeFaults(to, member, namespace ?? '', renderer));
}

function placeFaults({ service, namespace = '', definedIn }: Backend, member: string | undefined, own: string, renderer: TargetRenderer): Fault[] {
  const got = `Service ${Faults.quoted(service)} of namespace ${Faults.quoted(namespace)}`;
  if (definedIn === undefined) {
    return [{
      code: 'KEELSON2344', member, got: `${got}, which this app doesn't define`, allowed: `a Service of namespace ${Faults.quoted(own)}, or one that is defined here`,
      fix: 'define the exposure in a chart of its namespace',
    }];
  }
  return renderer.leadsToOtherNamespaces === true ? [] : [{
    code: 'KEELSON2335', member, got: `${got}, at ${renderer.text}, which leads to Services of its own namespace only`, allowed: `a Service of namespace ${Faults.quoted(own)}`,
    fix: 'define the exposure in a chart of its namespace, or choose a target that can: ExposureTarget.GATEWAY_API',
  }];
}
