import { Fault, Faults, HostName, ResourceName } from '@keelson/core';
import type { IngressClassParameters } from '../../ingress-class';
import { shown } from '../made';

const LONGEST = 250;
/** What the API server takes behind the domain. */
const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** What is wrong with the name that a controller calls itself by. */
export function controllerFaults(controller: string): Fault[] {
  const cut = typeof controller === 'string' ? controller.indexOf('/') : -1;
  const isName = cut > 0 && controller.length <= LONGEST && PATH.test(controller.slice(cut + 1))
    && HostName.faultsOf(controller.slice(0, cut)).length === 0;
  return isName ? [] : [{
    code: 'KEELSON2380', got: shown(controller), allowed: `a domain, '/' and a path, of at most ${LONGEST} characters`, fix: "write it as the controller calls itself, such as 'k8s.io/ingress-nginx'",
  }];
}

/** What is wrong with a reference to more settings. */
export function parametersFaults(parameters: IngressClassParameters | undefined): Fault[] {
  if (parameters === undefined) {
    return [];
  }
  const { apiGroup, kind, name, namespace } = parameters;
  return [
    ...apiGroup === undefined ? [] : Faults.within('apiGroup', HostName.faultsOf(apiGroup)),
    ...segmentFaults('kind', kind, "write it like 'IngressParameters'"), ...segmentFaults('name', name, 'give its metadata.name'),
    ...namespace === undefined ? [] : Faults.within('namespace', ResourceName.faultsOf('Namespace', namespace)),
  ];
}

/** It has to be a part of a URL's path. */
function segmentFaults(member: string, text: string, fix: string): Fault[] {
  return typeof text === 'string' && /^[^/%]+$/.test(text) && text !== '.' && text !== '..' ? [] : [{
    code: 'KEELSON2381', member, got: shown(text), allowed: "a name without '/' and '%'", fix,
  }];
}
