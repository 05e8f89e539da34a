import type { IConnectable } from './connections';
import { Fault } from './faults';
import { quoted } from './private/quoted';
import { namespaceOf, referenceFaults } from './private/references';
import { within } from './private/within';
import { ResourceName } from './resource-name';
import { IServiceAccount } from './service-account';

/** Who can be given rights: a workload, a ServiceAccount, or any other `Subject`. */
export interface IGrantable {
  /** Who it is for the API server. */
  readonly grantee: Subject;
}

/** Who is meant, and what granting does beside the binding. */
interface Grantee {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly faults?: Fault[];
  readonly warning?: string;
  readonly onGrant?: (apiServer: IConnectable) => void;
}

/** Whoever is nobody in particular. */
const EVERYBODY = new Set(['system:anonymous', 'system:authenticated', 'system:unauthenticated']);
const ACCOUNT = /^system:serviceaccount:([^:]*):([^:]*)$/;

/**
 * Who a role is granted to.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export class Subject implements IGrantable {
  /**
   * A user, by the name that authentication gives: an e-mail address, the common name of a client certificate.
   *
   * @param name the user's name.
   */
  public static user(name: string): Subject {
    return new Subject({ kind: 'User', name, faults: userFaults('User', name), warning: everybody(name) });
  }

  /**
   * A group of users, by the name that authentication gives.
   *
   * @param name the group's name.
   */
  public static group(name: string): Subject {
    return new Subject({ kind: 'Group', name, faults: userFaults('Group', name), warning: everybody(name) });
  }

  /**
   * A ServiceAccount: ours, one of cdk8s-plus, or made elsewhere. Its namespace has to be known. Pods that run as it get no
   * token by this: grant to the workload for that, or mount one where it is needed (`Volume.apiAccess()`).
   *
   * @param account the account.
   */
  public static serviceAccount(account: IServiceAccount): Subject {
    const named = typeof account === 'object' && account !== null ? account : { name: '', kind: '' };
    return Subject._account(named, namespaceOf(named), referenceFaults(account, 'ServiceAccount'));
  }

  /** @internal */
  public static _account(
    account: IServiceAccount, namespace: string | undefined, faults: Fault[], onGrant?: (apiServer: IConnectable) => void,
  ): Subject {
    const { name } = account;
    const unknown = faults.length > 0 || namespace !== undefined ? [] : [{
      code: 'KEELSON1552', got: `the ServiceAccount ${quoted(name)} in no namespace that is known`, allowed: 'a ServiceAccount whose namespace is known',
      fix: "give its chart a 'namespace', or name it: ServiceAccount.fromServiceAccountName(name, namespace)",
    }];
    const wrong = namespace === undefined ? [] : within('namespace', ResourceName.faultsOf('Namespace', namespace));
    const warning = name !== 'default' ? undefined : `the ServiceAccount 'default' is every pod of namespace ${quoted(namespace)} that names no account: `
      + 'grant to an account of its own';
    return new Subject({ kind: 'ServiceAccount', name, namespace, faults: [...faults, ...unknown, ...wrong], warning, onGrant });
  }

  /** What is wrong with it; the binding that gets it reports it. */
  public readonly faults: Fault[];

  private constructor(private readonly of: Grantee) {
    this.faults = of.faults ?? [];
  }

  /** Itself, so that it can be granted to. */
  public get grantee(): Subject {
    return this;
  }

  /** As Kubernetes takes it. @internal */
  public get _rendered(): object {
    const { kind, name, namespace } = this.of;
    return kind === 'ServiceAccount' ? { kind, name, namespace } : { apiGroup: 'rbac.authorization.k8s.io', kind, name };
  }

  /** What to know of whoever is meant. @internal */
  public get _warning(): string | undefined {
    return this.of.warning;
  }

  /** Gives it what it needs to use its rights. @internal */
  public _granted(apiServer: IConnectable): void {
    this.of.onGrant?.(apiServer);
  }
}

function everybody(name: string): string | undefined {
  return EVERYBODY.has(name) ? `${quoted(name)} is everybody ${name === 'system:authenticated' ? 'with any account, on some clouds of any customer' : 'who reaches the API server'}: `
    + 'grant to a group of yours' : undefined;
}

function userFaults(kind: string, name: string): Fault[] {
  if (typeof name !== 'string' || name.trim() === '' || name.trim() !== name) {
    return [{
      code: 'KEELSON1553', got: quoted(name), allowed: `the name of a ${kind === 'User' ? 'user' : 'group'}`, fix: "write it as authentication gives it, such as 'jane@example.com'",
    }];
  }
  const [, namespace, account] = ACCOUNT.exec(name) ?? [];
  return kind === 'User' && account !== undefined ? [{
    code: 'KEELSON1554', got: quoted(name), allowed: 'a user who is no ServiceAccount',
    fix: `write Subject.serviceAccount(ServiceAccount.fromServiceAccountName(${quoted(account)}, ${quoted(namespace)}))`,
  }] : [];
}
