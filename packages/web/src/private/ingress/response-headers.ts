import { Fault, Faults, Manifest } from '@keelson/core';
import { Asked, NOTHING, Said } from './said';
import { placeFaults } from './texts';

/** Headers of answers: those that the controller's own configuration allows, by a ConfigMap. */
export function responseHeadersSaid(asked: Asked): Said {
  const { request: { namespace }, route } = asked;
  const set = Object.keys(asked.request.exposure.options.responseHeaders?.set ?? {});
  return set.length === 0 ? NOTHING : {
    values: { 'custom-headers': `${namespace}/${route.name}-headers` },
    faults: [...placeFaults('responseHeaders', 'a ConfigMap', asked), ...set.flatMap(name => allowedFaults(name, asked))],
  };
}

/** Define the ConfigMap, if one is needed. */
export function defineResponseHeaders({ request: { app, exposure }, route }: Asked): void {
  const set = exposure.options.responseHeaders?.set ?? {};
  if (Object.keys(set).length > 0) {
    new Manifest(route.scope, 'Headers', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${route.name}-headers`, labels: app.labels }, data: set });
  }
}

/** One that isn't allowed has the controller answer everybody with 503. */
function allowedFaults(name: string, { controller: { allowedResponseHeaders: allowed }, door }: Asked): Fault[] {
  return allowed.includes(name) ? [] : [{
    code: 'KEELSON2373', member: `responseHeaders.set.${name}`, got: `${Faults.quoted(name)} at ${door}`,
    allowed: allowed.length === 0 ? "one that the controller's configuration allows, which is none" : `one that the controller's configuration allows: ${allowed.map(each => Faults.quoted(each)).join(', ')}`,
    fix: "add it to 'global-allowed-response-headers' of the controller, and to 'allowedResponseHeaders' of IngressController.named(…)",
  }];
}
