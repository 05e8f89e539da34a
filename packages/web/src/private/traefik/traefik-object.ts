import { ClusterProfile, Faults, Manifest } from '@keelson/core';
import { Construct } from 'constructs';
import { missingKind } from '../missing-kind';
import { ExposureRequest, Route } from '../target-renderer';

const API_VERSION = 'traefik.io/v1alpha1';

/** Traefik's kinds that exposures are said with. */
type TraefikKind = 'IngressRoute' | 'Middleware' | 'ServersTransport' | 'TraefikService';

/** An object of Traefik's. */
export interface TraefikObject {
  readonly kind: TraefikKind;
  readonly name: string;
  /** Where it isn't that of the app. */
  readonly namespace?: string;
  readonly annotations?: { [key: string]: string };
  readonly spec: object;
}

/** Define an object of Traefik's; a cluster that hasn't got its kind is reported once for each app. */
export function defineTraefikObject({ app }: ExposureRequest, scope: Construct, id: string, object: TraefikObject): void {
  const { kind, name, namespace, annotations, spec } = object;
  Faults.report(app.scope, 'exposure', missingKind(ClusterProfile.of(app.scope), API_VERSION, kind));
  const place = namespace === undefined ? {} : { namespace };
  new Manifest(scope, id, { apiVersion: API_VERSION, kind, metadata: { name, labels: app.labels, annotations, ...place }, spec });
}

/** A route's name as Traefik finds objects by it from routes of the Gateway API too: it has one dash for two there. */
export function foundName({ name }: Route): string {
  return name.replace(/-{2,}/g, '-');
}
