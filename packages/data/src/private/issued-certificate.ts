import { ClusterProfile, Faults, Manifest } from '@keelson/core';
import { Construct } from 'constructs';
import { Description } from './description';

/**
 * Has cert-manager issue the server's certificate, for all names by which somebody may reach it.
 *
 * @param labels of the object.
 */
export function defineCertificate(scope: Construct, description: Description, labels: { [key: string]: string }): Manifest | undefined {
  const { name, isReplicated, tls } = description;
  if (tls?.issued === undefined) {
    return undefined;
  }
  const { by, secretName, dnsNames } = tls.issued;
  if (!ClusterProfile.of(scope).has('cert-manager.io/v1', 'Certificate')) {
    Faults.report(scope, 'tls', [{
      code: 'KEELSON3130', member: 'certificate',
      got: `one issued by ${by.issuerKind ?? ''} ${Faults.quoted(by.issuer ?? '')}, but the cluster profile's customResources don't have cert-manager`,
      allowed: 'one that the cluster can have',
      fix: "install cert-manager and add 'cert-manager.io/v1/Certificate' to customResources, or use Certificate.fromSecret(…)",
    }]);
    return undefined;
  }
  const services = [`${name}-rw`, `${name}-headless`, ...isReplicated ? [`${name}-ro`, `${name}-replica-headless`] : []];
  const names = services.flatMap(service => namesOf(scope, description, service));
  const pods = names.filter(each => /-headless\./.test(each)).map(each => `*.${each}`);
  return new Manifest(scope, 'Certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: secretName, labels },
    spec: {
      secretName,
      dnsNames: [...new Set([...names, ...pods, ...dnsNames])],
      // the exporter is in the server's pod
      ipAddresses: ['127.0.0.1'],
      usages: ['digital signature', 'key encipherment', 'server auth'],
      issuerRef: { group: 'cert-manager.io', kind: by.issuerKind, name: by.issuer },
      // each renewal with a new key, which is the default from cert-manager 1.18 on only
      privateKey: { rotationPolicy: 'Always' },
    },
  });
}

/** A Service as pods may call it: those of its namespace by its name alone. */
function namesOf(scope: Construct, { namespace }: Description, service: string): string[] {
  return namespace === undefined ? [service] : [
    service, `${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.${ClusterProfile.of(scope).clusterDomain}`,
  ];
}
