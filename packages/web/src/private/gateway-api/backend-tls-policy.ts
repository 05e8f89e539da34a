import { Faults, Manifest } from '@keelson/core';
import { Construct } from 'constructs';
import { BackendTls } from '../../backend-tls';
import { PerCluster } from '../per-cluster';
import { ExposureRequest, Route } from '../target-renderer';

/** How gateways reach a port of a Service, and who said so first. */
interface Said {
  readonly identity: string;
  readonly scope: Construct;
}

/** One for each port of a Service: a gateway takes the oldest of several. */
const policies = new PerCluster<Said>();

/** Have gateways reach the app by TLS, by a policy of its Service that all of its exposures share. */
export function defineBackendTls(request: ExposureRequest, route: Route): void {
  const { app, backend, exposure: { options: { backendTls } } } = request;
  // what goes through somebody else, such as a proxy for sign-in, is up to that
  if (backendTls === undefined || backend.service !== app.name) {
    return;
  }
  const namespace = backend.namespace ?? request.namespace;
  const { configMap, secret } = backendTls;
  const authority = configMap ?? secret;
  if (authority?.namespace !== undefined && namespace !== undefined && authority.namespace !== namespace) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2342', member: 'backendTls', got: `${authority.kind} ${Faults.quoted(authority.name)} of namespace ${Faults.quoted(authority.namespace)}`,
      allowed: `one of the namespace of Service ${Faults.quoted(backend.service)}, ${Faults.quoted(namespace)}`, fix: 'copy it there',
    }]);
    return;
  }
  const known = policies.at(app.scope);
  const key = [namespace ?? '', backend.service, backend.port].join('\n');
  const identity = identityOf(backendTls);
  const other = known.get(key);
  if (other === undefined) {
    known.set(key, { identity, scope: app.scope });
    define(request, route, backendTls);
  } else if (other.identity !== identity) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2333', member: 'backendTls', got: `${identity} for port ${backend.port} of Service ${Faults.quoted(backend.service)}, for which '${other.scope.node.path}' has ${other.identity}`,
      allowed: 'the same for all exposures of a port', fix: 'give all of them the same',
    }]);
  }
}

function define({ app, backend }: ExposureRequest, { scope }: Route, { serverName, configMap, secret }: BackendTls): void {
  const [first] = app.ports;
  const { name: sectionName = '' } = app.ports.find(({ number }) => number === backend.port) ?? {};
  const authority = configMap ?? secret;
  new Manifest(backend.definedIn ?? scope, 'BackendTLSPolicy', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'BackendTLSPolicy',
    metadata: { name: backend.port === first?.number ? backend.service : `${backend.service}-${sectionName}`, labels: app.labels },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: backend.service, sectionName: sectionName === '' ? undefined : sectionName }],
      validation: {
        hostname: serverName,
        ...authority === undefined ? { wellKnownCACertificates: 'System' } : { caCertificateRefs: [{ group: '', kind: authority.kind, name: authority.name }] },
      },
    },
  });
}

function identityOf({ serverName, configMap, secret }: BackendTls): string {
  const authority = configMap ?? secret;
  return `${Faults.quoted(serverName)} by ${authority === undefined ? 'a public authority' : `the authority of ${authority.kind} ${Faults.quoted(authority.name)}`}`;
}
