import { Certificate, ClusterProfile, Faults, Manifest } from '@keelson/core';
import { PerCluster } from './per-cluster';
import { quoted } from './quoted';
import { ExposureRequest, Route } from './target-renderer';

/** Names of the Secrets that cert-manager fills, by what is in them: whoever asks for the same gets the same. */
const issued = new PerCluster<string>();

/** What tells a certificate from another. */
export function identityOf({ issuer, issuerKind, secret }: Certificate): string {
  return secret === undefined ? `${issuerKind ?? ''} ${quoted(issuer ?? '')}` : `Secret ${quoted(secret.name)}`;
}

/**
 * The Secret with the certificate of an exposure for some of its hosts. Has cert-manager make one where it is issued.
 *
 * @returns its name; none where a mistake was reported.
 */
export function secretFor(request: ExposureRequest, certificate: Certificate, routes: readonly Route[]): string | undefined {
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
  return issue(request, certificate, routes);
}

function issue({ app, namespace, routes: all }: ExposureRequest, certificate: Certificate, routes: readonly Route[]): string | undefined {
  const [first] = all;
  if (first === undefined) {
    return undefined;
  }
  const dnsNames = routes.flatMap(({ host }) => host ?? []);
  const known = issued.at(app.scope);
  const key = [namespace ?? '', identityOf(certificate), ...[...dnsNames].sort()].join('\n');
  const secretName = known.get(key) ?? `${first.name}-tls`;
  if (!known.has(key)) {
    known.set(key, secretName);
    new Manifest(first.scope, 'Certificate', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: secretName, labels: app.labels },
      spec: {
        secretName,
        dnsNames,
        issuerRef: { group: 'cert-manager.io', kind: certificate.issuerKind, name: certificate.issuer },
        // each renewal with a new key, which is the default from cert-manager 1.18 on only
        privateKey: { rotationPolicy: 'Always' },
      },
    });
  }
  return secretName;
}
