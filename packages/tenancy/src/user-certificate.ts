import { ConstructId, Faults, IGrantable, Manifest, Subject } from '@keelson/core';
import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { hash } from 'node:crypto';
import { requestSubject } from './private/certificate-request';

/** Properties for `UserCertificate`. */
export interface UserCertificateProps {
  /**
   * The request in PEM, or base64 of that, such as `readFileSync('people/ann.csr', 'utf8')`. Its common name (CN) is the user's name, its
   * organizations (O) are the groups. Whoever has the key keeps it.
   */
  readonly request: string;

  /**
   * How long the certificate is to be good, in whole seconds, at least 10 minutes. It can't be revoked. The cluster may give less:
   * `--cluster-signing-duration` of its controller manager is the most.
   *
   * @default - as long as the cluster's signer gives, mostly a year.
   */
  readonly expiresIn?: Duration;

  /**
   * What `metadata.name` begins with; a hash of the request follows.
   *
   * @default - the construct's id.
   */
  readonly name?: string;
}

const LEAST = 600;
const MOST = 2 ** 31 - 1;
const DIGITS = 10;

/**
 * A user who signs in to the API server by a client certificate: the request for it, and who is granted roles.
 *
 * ```ts
 * declare const app: App;
 * declare const request: string;   // the text of people/ann.csr
 * const people = new Chart(app, 'people');
 * const ann = new UserCertificate(people, 'ann', { request, expiresIn: Duration.days(30) });
 * new Tenant(app, 'shop', { quota: Quota.medium(), admins: [ann] });
 * ```
 *
 * Nobody is given a certificate by that: a person looks at the request and signs it, `kubectl certificate approve NAME`, and hands over
 * what `kubectl get csr NAME -o jsonpath='{.status.certificate}' | base64 -d` prints. The name ends in a hash of what is asked for, since
 * a request can't be changed: another one, for a renewal, is another object. Kubernetes deletes the object an hour after it was approved
 * or denied, and after a day where nobody did either; applied again after that, it is asked for anew, and is for nobody to approve. So
 * take it out of the app when the certificate is handed over, and grant to `Subject.user(ann.user)`, or leave it and approve nothing
 * twice.
 *
 * Who has a role by name has it as long as any certificate for the name is good: take the binding away to end it at once.
 *
 * Defines a CertificateSigningRequest of the signer `kubernetes.io/kube-apiserver-client`.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/
 */
export class UserCertificate extends Construct implements IGrantable {
  /** The CertificateSigningRequest. */
  public readonly signingRequest: Manifest;

  /** The user's name: the common name of the request. */
  public readonly user: string;

  /** The groups that the user is in: the organizations of the request. */
  public readonly groups: string[];

  /** Whom roles are granted to: the user, by name. */
  public readonly grantee: Subject;

  public constructor(scope: Construct, id: string, props: UserCertificateProps) {
    super(scope, ConstructId.claim(scope, id));
    const { pem, user, groups, faults } = requestSubject(props.request);
    Faults.report(this, 'request', faults);
    this.user = user;
    this.groups = groups;
    // A request that can't be is reported as such, and not once more by each binding.
    this.grantee = Subject.user(faults.length === 0 ? user : 'unknown');
    const spec = {
      request: Buffer.from(pem).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      expirationSeconds: this.seconds(props.expiresIn),
      usages: ['client auth'],
    };
    this.signingRequest = new Manifest(this, 'Resource', {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: { name: `${props.name ?? id}-${hash('sha256', JSON.stringify(spec), 'hex').slice(0, DIGITS)}` },
      spec,
    });
  }

  private seconds(expiresIn: Duration | undefined): number | undefined {
    const seconds = expiresIn?.toSeconds({ integral: false });
    if (seconds === undefined || (Number.isInteger(seconds) && seconds >= LEAST && seconds <= MOST)) {
      return seconds;
    }
    Faults.report(this, 'expiresIn', [{
      code: 'KEELSON4083', got: `${seconds} s`, allowed: `whole seconds from ${LEAST} to ${MOST}`, fix: 'try Duration.days(30)',
    }]);
    return undefined;
  }
}
