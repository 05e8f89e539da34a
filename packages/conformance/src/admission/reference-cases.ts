import type { JsonObject } from '@keelson/testing';
import { object } from './objects.js';
import { PLAIN } from './tenant.js';
import { admit, CONTRACTOR, deny, type AdmissionCase } from './tried.js';

const by = CONTRACTOR;
const web: JsonObject = { name: 'web', port: 80 };
const route = (fields: JsonObject, spec: JsonObject = {}): JsonObject => object('IngressRoute', {
  routes: [{ kind: 'Rule', match: 'Host(`shop.example.com`)', services: [web], ...fields }], ...spec,
});
const tcp = (service: JsonObject): JsonObject => object('IngressRouteTCP', { routes: [{ match: 'HostSNI(`shop.example.com`)', services: [service] }] });
const middleware = (spec: JsonObject): JsonObject => object('Middleware', spec);
const services = (spec: JsonObject): JsonObject => object('TraefikService', spec);
const http = (backend: JsonObject): JsonObject => object('HTTPRoute', {
  parentRefs: [{ name: 'edge', namespace: 'gateway-system' }], hostnames: ['shop.example.com'], rules: [{ backendRefs: [backend] }],
});

/** By what it is refused: an object, and what the message names. */
const REFUSED: Readonly<Record<string, readonly [JsonObject, string]>> = {
  "Traefik's API": [route({ services: [{ kind: 'TraefikService', name: 'api@internal' }] }), 'api@internal'],
  'another provider': [route({ services: [{ kind: 'TraefikService', name: 'bank@file' }] }), 'bank@file'],
  'a Service of another namespace': [route({ services: [{ ...web, namespace: 'bank' }] }), 'bank/web'],
  'a Service of another namespace beside its own': [route({ services: [web, { ...web, namespace: 'bank' }] }), 'bank/web'],
  'a ServersTransport of another provider': [route({ services: [{ ...web, serversTransport: 'bank-mtls@kubernetescrd' }] }), 'bank-mtls@kubernetescrd'],
  'a Middleware of another namespace': [route({ middlewares: [{ name: 'auth', namespace: 'bank' }] }), 'bank/auth'],
  'a Middleware of another provider': [route({ middlewares: [{ name: 'auth@file' }] }), 'auth@file'],
  'a Middleware of another namespace, of a Service': [route({ services: [{ ...web, middlewares: [{ name: 'auth', namespace: 'bank' }] }] }), 'bank/auth'],
  'TLS options of another namespace': [route({}, { tls: { options: { name: 'weak', namespace: 'bank' } } }), 'bank/weak'],
  'TLS options of another provider': [route({}, { tls: { options: { name: 'weak@file' } } }), 'weak@file'],
  'a TLS store of another namespace': [route({}, { tls: { store: { name: 'default', namespace: 'bank' } } }), 'bank/default'],
  'a parent in another namespace': [route({}, { parentRefs: [{ name: 'bank', namespace: 'bank' }] }), 'bank/bank'],
  'a TCP Service of another namespace': [tcp({ ...web, namespace: 'bank' }), 'bank/web'],
  'a chain with a Middleware of another namespace': [middleware({ chain: { middlewares: [{ name: 'auth', namespace: 'bank' }] } }), 'bank/auth'],
  'errors by a Service of another namespace': [middleware({ errors: { status: ['500'], query: '/', service: { ...web, namespace: 'bank' } } }), 'bank/web'],
  "errors by Traefik's API": [middleware({ errors: { status: ['404'], query: '/api/rawdata', service: { kind: 'TraefikService', name: 'api@internal' } } }), 'api@internal'],
  'a weighted Service of another namespace': [services({ weighted: { services: [web, { ...web, namespace: 'bank' }] } }), 'bank/web'],
  "Traefik's API by weight": [services({ weighted: { services: [{ kind: 'TraefikService', name: 'api@internal' }] } }), 'api@internal'],
  'a mirrored Service of another namespace': [services({ mirroring: { ...web, namespace: 'bank' } }), 'bank/web'],
  'a mirror of another namespace': [services({ mirroring: { ...web, mirrors: [{ ...web, namespace: 'bank' }] } }), 'bank/web'],
  'a rendezvous Service of another namespace': [services({ highestRandomWeight: { services: [{ ...web, namespace: 'bank' }] } }), 'bank/web'],
  'a fallback of another namespace': [services({ failover: { errors: { status: ['500'] }, service: web, fallback: { ...web, namespace: 'bank' } } }), 'bank/web'],
};
const STRANGE = "services, middlewares and options must be in the tenant's own namespace, and none of Traefik's own or of its other providers, got ";
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** What Traefik's objects refer to, and what Traefik takes of HTTPRoutes. */
export const REFERENCE_CASES: readonly AdmissionCase[] = [
  ...Object.entries(REFUSED).map(([title, [refused, got]]) => deny(`T15 ${String(refused.kind)}: ${title}`, refused, new RegExp(escaped(STRANGE + got)), { by })),
  deny("T15 IngressRoute: Traefik's API, where nothing is said", route({ services: [{ kind: 'TraefikService', name: 'api@internal' }] }), /got api@internal/, { by, namespace: PLAIN }),
  deny('T15 IngressRoute that is changed', route({}), /got bank\/web/, { by, patch: { spec: { routes: [{ kind: 'Rule', match: 'Host(`shop.example.com`)', services: [{ ...web, namespace: 'bank' }] }] } } }),
  admit('T15 IngressRoute: its own', route({ services: [{ ...web, namespace: 'shop', serversTransport: 'web' }], middlewares: [{ name: 'auth' }] }, {
    tls: { secretName: 'tls', options: { name: 'modern' } }, parentRefs: [{ name: 'own' }],
  }), { by }),
  admit('T15 IngressRoute: what leads to nobody', route({ services: [{ kind: 'TraefikService', name: 'noop@internal' }] }), { by }),
  admit('T15 IngressRoute: by the platform', route({ services: [{ ...web, namespace: 'bank' }] })),
  admit('T15 Middleware: its own', middleware({ chain: { middlewares: [{ name: 'auth' }] } }), { by }),
  admit('T15 Middleware: without references', middleware({ stripPrefix: { prefixes: ['/a'] } }), { by }),
  admit('T15 TraefikService: its own', services({ mirroring: { ...web, mirrors: [{ ...web, percent: 10 }] } }), { by }),
  admit('T15 HTTPRoute: a TraefikService of its own', http({ group: 'traefik.io', kind: 'TraefikService', name: 'web' }), { by }),
  deny("T15 HTTPRoute: Traefik's API", http({ group: 'traefik.io', kind: 'TraefikService', name: 'api@internal' }), /backends must be none of Traefik's own or of its other providers, got api@internal/, { by }),
];
