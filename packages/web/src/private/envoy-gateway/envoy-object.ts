import { ClusterProfile, Faults, Manifest } from '@keelson/core';
import { ExtendedRoute, RouteField } from '../gateway-api/extension';
import { missingKind } from '../missing-kind';

export const ENVOY_GROUP = 'gateway.envoyproxy.io';
const API_VERSION = `${ENVOY_GROUP}/v1alpha1`;

/** Define an object of Envoy Gateway for a route, called as that; not where the cluster hasn't got its kind. */
export function envoyObject({ request: { app }, route: { scope }, name }: ExtendedRoute, kind: string, spec: RouteField): void {
  const faults = missingKind(ClusterProfile.of(app.scope), API_VERSION, kind);
  Faults.report(app.scope, 'exposure', faults);
  if (faults.length === 0) {
    new Manifest(scope, kind, { apiVersion: API_VERSION, kind, metadata: { name, labels: app.labels }, spec });
  }
}
