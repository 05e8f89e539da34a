import { Certificate, ClusterProfile, Faults, Manifest } from '@keelson/core';
import { PerCluster } from './per-cluster';
import { quoted } from './quoted';
import { hostLabel, sharedLabels } from './route-names';
import { ExposureRequest, Route } from './target-renderer';

/** Who issues the certificate of a host, and for whom first. */
interface Issued {
  readonly secretName: string;
  readonly certificate: string;
  readonly path: string;
}

/** One for each host and namespace: whoever asks for the same gets the same. */
const issued = new PerCluster<Issued>();

/** What tells a certificate from another. */
export function identityOf({ issuer, issuerKind, secret }: Certificate): string {
  return secret === undefined ? `${issuerKind ?? ''} ${quoted(issuer ?? '')}` : `Secret ${quoted(secret.name)}`;
}

/**
 * The Secret with the certificate of a host. Has cert-manager make one where it is issued.
 *
 * @returns its name; none where a mistake was reported.
 */
export function secretFor(request: ExposureRequest, certificate: Certificate, route: Route): string | undefined {
  const { app, namespace } = request;
  if (certificate.secret !== undefined) {
    const { secret } = certificate;
    if (secret.namespace !== undefined && namespace !== undefined && secret.namespace !== namespace) {
      Faults.report(app.scope, 'exposure', [{
        code: 'KEELSON2020', member: 'certificate', got: `Secret ${quoted(secret.name)} in namespace ${quoted(secret.namespace)}`,
        allowed: `a Secret in the namespace of the app, '${namespace}'`, fix: 'copy it there, or have it issued by Certificate.issuedBy(…)',
      }]);
      return undefined;
    }
    return secret.name;
  }
  if (!ClusterProfile.of(app.scope).has('cert-manager.io/v1', 'Certificate')) {
    Faults.report(app.scope, 'exposure', [{
      code: 'KEELSON2019', member: 'certificate', got: `one issued by ${identityOf(certificate)}, but the cluster profile's customResources don't have cert-manager`,
      allowed: 'one that the cluster can have',
      fix: "install cert-manager and add 'cert-manager.io/v1/Certificate' to customResources, or use Certificate.fromSecret(…)",
    }]);
    return undefined;
  }
  return issue(request, certificate, route);
}

function issue({ app, namespace }: ExposureRequest, certificate: Certificate, { host, scope, text }: Route): string | undefined {
  if (host === undefined) {
    // the exposure itself says that nobody issues for any host
    return undefined;
  }
  const known = issued.at(app.scope);
  const key = [namespace ?? '', host].join('\n');
  const before = known.get(key);
  if (before !== undefined) {
    if (before.certificate !== identityOf(certificate)) {
      Faults.report(app.scope, 'exposure', [{
        code: 'KEELSON2022', member: 'certificate', got: `${identityOf(certificate)} for ${text}, for which '${before.path}' has ${before.certificate}`,
        allowed: 'the same for all exposures of a host', fix: 'give both the same',
      }]);
      return undefined;
    }
    return before.secretName;
  }
  const secretName = `${hostLabel(host)}-tls`;
  known.set(key, { secretName, certificate: identityOf(certificate), path: app.scope.node.path });
  new Manifest(scope, 'Certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: secretName, labels: sharedLabels(app.labels) },
    spec: {
      secretName,
      dnsNames: [host],
      issuerRef: { group: 'cert-manager.io', kind: certificate.issuerKind, name: certificate.issuer },
      // each renewal with a new key, which is the default from cert-manager 1.18 on only
      privateKey: { rotationPolicy: 'Always' },
    },
  });
  return secretName;
}
