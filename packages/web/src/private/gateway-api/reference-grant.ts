import { Manifest } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { sharedLabels } from '../route-names';
import { Backend, ExposureRequest } from '../target-renderer';
import { RouteField } from './extension';

/** Who refers to a Service from another namespace. */
interface Referrer {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

/** Who refers to each Service, for one grant in its namespace. */
const referrers = new WeakMap<Construct, Map<string, Referrer>>();

/**
 * A reference to a backend, such as an entry of `backendRefs`. Where it is in another namespace, that agrees by a ReferenceGrant.
 *
 * @param group of who refers to it.
 * @param kind of who refers to it.
 * @see https://gateway-api.sigs.k8s.io/api-types/referencegrant/
 */
export function backendReference({ app, namespace }: ExposureRequest, backend: Backend, group: string, kind: string): RouteField {
  if (backend.definedIn !== undefined && namespace !== undefined) {
    grant(backend.definedIn, backend.service, { group, kind, namespace }, sharedLabels(app.labels));
  }
  return { name: backend.service, namespace: backend.namespace, port: backend.port };
}

function grant(definedIn: Construct, service: string, referrer: Referrer, labels: { [key: string]: string }): void {
  const known = referrers.get(definedIn);
  const all = known ?? new Map<string, Referrer>();
  all.set([referrer.namespace, referrer.group, referrer.kind].join('\n'), referrer);
  if (known !== undefined) {
    return;
  }
  referrers.set(definedIn, all);
  new Manifest(definedIn, 'ReferenceGrant', {
    // v1 is served from Gateway API 1.5 on only
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: service, labels },
    spec: Lazy.any({ produce: () => ({ from: [...all.keys()].sort().map(key => all.get(key)), to: [{ group: '', kind: 'Service', name: service }] }) }),
  });
}
