import { Certificate, ClusterProfile, Fault, Faults, Manifest } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { openToChallenges } from './http01-solver';
import { PerCluster } from './per-cluster';
import { hostLabel, sharedLabels } from './route-names';
import { ExposureRequest, Route } from './target-renderer';

/** Which certificate a host has at a controller, and who said so first. */
interface Shown {
  readonly certificate: string;
  readonly path: string;
}

/** Who issues the certificate of a host, and for whom first. */
interface Issued extends Shown {
  readonly secretName: string;
  /** What the certificate is for: the host first. */
  readonly names: Set<string>;
}

/** One for each host and namespace: whoever asks for the same gets the same. */
const issued = new PerCluster<Issued>();

/** Controllers show one certificate for a host, whichever of several they come upon. */
const shown = new PerCluster<Shown>();

/** What tells a certificate from another. */
export function identityOf({ issuer, issuerKind, secret }: Certificate): string {
  return secret === undefined ? `${issuerKind ?? ''} ${Faults.quoted(issuer ?? '')}` : `Secret ${Faults.quoted(secret.name)}`;
}

/**
 * Have all exposures of a host at one controller show one certificate, wherever they are defined.
 *
 * @param door how messages name the controller.
 * @param further names that the certificate is for too.
 * @returns whether they do; a mistake was reported where not.
 */
export function agreeOnCertificate(
  { app }: ExposureRequest, certificate: Certificate, { host }: Route, further: readonly string[], door: string,
): boolean {
  const known = shown.at(app.scope);
  const certified = identityOf(certificate);
  const names = host === undefined ? [] : [host, ...further];
  const faults = names.flatMap((name) => {
    const key = [door, name].join('\n');
    const before = known.get(key);
    known.set(key, before ?? { certificate: certified, path: app.scope.node.path });
    return before === undefined || before.certificate === certified ? [] : [differs(certified, Faults.quoted(name), before)];
  });
  Faults.report(app.scope, 'exposure', faults);
  return faults.length === 0;
}

function differs(certificate: string, host: string, other: Shown): Fault {
  return {
    code: 'KEELSON2022', member: 'certificate', got: `${certificate} for ${host}, for which '${other.path}' has ${other.certificate}`,
    allowed: 'the same for all exposures of a host', fix: 'give both the same',
  };
}

/**
 * The Secret with the certificate of a host. Has cert-manager make one where it is issued.
 *
 * @param further names that it is to be for too, such as that with `www.`; a Secret that is there already has to have them.
 * @returns its name; none where a mistake was reported.
 */
export function secretFor(
  request: ExposureRequest, certificate: Certificate, route: Route, further: readonly string[] = [],
): string | undefined {
  const { app, namespace } = request;
  if (certificate.secret !== undefined) {
    const { secret } = certificate;
    if (secret.namespace !== undefined && namespace !== undefined && secret.namespace !== namespace) {
      Faults.report(app.scope, 'exposure', [{
        code: 'KEELSON2020', member: 'certificate', got: `Secret ${Faults.quoted(secret.name)} in namespace ${Faults.quoted(secret.namespace)}`,
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
  return issue(request, certificate, route, further);
}

function issue(
  request: ExposureRequest, certificate: Certificate, { host, scope, text }: Route, further: readonly string[],
): string | undefined {
  const { app, namespace } = request;
  if (host === undefined) {
    // the exposure itself says that nobody issues for any host
    return undefined;
  }
  const known = issued.at(app.scope);
  const key = [namespace ?? '', host].join('\n');
  const before = known.get(key);
  if (before !== undefined) {
    if (before.certificate !== identityOf(certificate)) {
      Faults.report(app.scope, 'exposure', [differs(identityOf(certificate), text, before)]);
      return undefined;
    }
    further.forEach(name => before.names.add(name));
    return before.secretName;
  }
  if (!host.startsWith('*.')) {
    // for a wildcard only DNS proves who owns it
    openToChallenges(request);
  }
  const secretName = `${hostLabel(host)}-tls`;
  const names = new Set([host, ...further]);
  known.set(key, { secretName, certificate: identityOf(certificate), path: app.scope.node.path, names });
  new Manifest(scope, 'Certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: secretName, labels: sharedLabels(app.labels) },
    spec: {
      secretName,
      // a later exposure of the host may need more
      dnsNames: Lazy.any({ produce: () => [...names] }),
      issuerRef: { group: 'cert-manager.io', kind: certificate.issuerKind, name: certificate.issuer },
      // each renewal with a new key, which is the default from cert-manager 1.18 on only
      privateKey: { rotationPolicy: 'Always' },
    },
  });
  return secretName;
}
