import { Fault, Faults, IConfigMap, ISecret } from '@keelson/core';
import { BackendProtocol } from '../../backend-protocol';
import { ExposureRequest } from '../target-renderer';

/** What Traefik does with whole bodies, it can't do with streams. */
export function bufferingFaults({ protocol, exposure: { options } }: ExposureRequest, text: string): Fault[] {
  const members = protocol === BackendProtocol.GRPC ? (['maxBodySize', 'mirror'] as const).filter(member => options[member] !== undefined) : [];
  return members.map(member => ({
    code: 'KEELSON2353', member, got: `given for gRPC, at ${text}, which reads a request to its end before the app gets it`,
    allowed: 'for HTTP only, where Traefik is in between', fix: 'leave it out: a stream may have no end',
  }));
}

/** Traefik asks who decides about requests by name. */
export function addressFaults({ auth: { service }, namespace }: ExposureRequest): Fault[] {
  return service === undefined || (service.backend.namespace ?? namespace) !== undefined ? [] : [{
    code: 'KEELSON2354', member: 'auth', got: `Service ${Faults.quoted(service.backend.service)}, whose namespace isn't known`,
    allowed: 'a Service whose name in DNS is known: Traefik asks it by that', fix: "give the chart its 'namespace'",
  }];
}

/** Traefik reads users from the namespace of the Middleware only. */
export function usersFaults({ auth, namespace }: ExposureRequest): Fault[] {
  return elsewhere('auth', auth.basic?.users, namespace);
}

/** Traefik reads authorities from the namespace of the ServersTransport only, which is that of the Service. */
export function authorityFaults({ app, backend, exposure: { options: { backendTls } }, namespace }: ExposureRequest): Fault[] {
  const authority = backend.service === app.name ? backendTls?.configMap ?? backendTls?.secret : undefined;
  return elsewhere('backendTls', authority, backend.namespace ?? namespace);
}

function elsewhere(member: string, reference: ISecret | IConfigMap | undefined, wanted: string | undefined): Fault[] {
  const { kind, name, namespace } = reference ?? {};
  return name === undefined || namespace === undefined || wanted === undefined || namespace === wanted ? [] : [{
    code: 'KEELSON2359', member, got: `${kind} ${Faults.quoted(name)} of namespace ${Faults.quoted(namespace)}`, allowed: `one of namespace ${Faults.quoted(wanted)}, which is all that Traefik reads`,
    fix: 'copy it there',
  }];
}
