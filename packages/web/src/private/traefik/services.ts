import { BackendProtocol } from '../../backend-protocol';
import { BackendTls } from '../../backend-tls';
import { secondsOf } from '../seconds';
import { Backend, ExposureRequest, Route } from '../target-renderer';
import { defineTraefikObject, foundName } from './traefik-object';

/** A Service, or a TraefikService, as routes and TraefikServices refer to it. */
export type ServiceReference = Readonly<Record<string, unknown>>;

/** What requests are led to: the Service, or a TraefikService that copies them to another one too. */
export function serviceOf(request: ExposureRequest, route: Route): ServiceReference {
  return request.mirror === undefined ? loadBalancerOf(request, route) : { kind: 'TraefikService', name: traefikServiceOf(request, route) };
}

/**
 * Define a TraefikService, for who can't say by itself how requests are led to the Service.
 *
 * @returns its name.
 */
export function traefikServiceOf(request: ExposureRequest, route: Route): string {
  const { mirror, exposure: { options } } = request;
  const backend = loadBalancerOf(request, route);
  const spec = mirror === undefined ? { weighted: { services: [backend] } } : {
    mirroring: { ...backend, mirrors: [{ ...portOf(mirror), scheme: 'http', percent: options.mirror?.percent ?? 100 }] },
  };
  const name = foundName(route);
  defineTraefikObject(request, route.scope, 'TraefikService', { kind: 'TraefikService', name, spec });
  return name;
}

function portOf({ service, namespace, port, portName }: Backend): ServiceReference {
  return { name: service, namespace, port: portName ?? port };
}

/** The Service, how it is spoken to, and what is kept at a pod. */
function loadBalancerOf(request: ExposureRequest, route: Route): ServiceReference {
  const { app, backend, exposure: { encrypted, options: { stickySession } } } = request;
  return {
    ...portOf(backend),
    // always said: else Traefik takes a guess from number and name of the port
    scheme: schemeOf(request),
    serversTransport: transportOf(request, route),
    sticky: stickySession && {
      cookie: {
        name: stickySession.cookieName ?? `${app.name}-session`, secure: encrypted, httpOnly: true, sameSite: 'lax',
        maxAge: stickySession.maxAge && secondsOf(stickySession.maxAge),
      },
    },
  };
}

function schemeOf(request: ExposureRequest): string {
  if (tlsOf(request) !== undefined) {
    return 'https';
  }
  return request.protocol === BackendProtocol.GRPC ? 'h2c' : 'http';
}

/** What goes through somebody else, such as a proxy for sign-in, is up to that. */
function tlsOf({ app, backend, exposure: { options } }: ExposureRequest): BackendTls | undefined {
  return backend.service === app.name ? options.backendTls : undefined;
}

/** Traefik looks for it in the namespace of the Service, where routes of several namespaces may have theirs. */
function transportOf(request: ExposureRequest, route: Route): string | undefined {
  const { backend, exposure: { options: { timeouts: { response } = {} } } } = request;
  const tls = tlsOf(request);
  if (tls === undefined && response === undefined) {
    return undefined;
  }
  const { configMap, secret } = tls ?? {};
  const name = backend.namespace === undefined ? route.name : [route.name, request.namespace].join('-');
  defineTraefikObject(request, route.scope, 'ServersTransport', {
    kind: 'ServersTransport', name, namespace: backend.namespace,
    spec: {
      serverName: tls?.serverName,
      rootCAs: configMap !== undefined ? [{ configMap: configMap.name }] : secret !== undefined ? [{ secret: secret.name }] : undefined,
      forwardingTimeouts: response && { responseHeaderTimeout: `${secondsOf(response)}s` },
    },
  });
  return name;
}
