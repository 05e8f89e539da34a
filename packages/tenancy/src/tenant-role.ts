import { ConstructId, IGrantable, IRole, Manifest, Role, RoleBinding } from '@keelson/core';
import { Construct } from 'constructs';
import { RoleSubject } from './private/admission/strangers';

/**
 * What some of a tenant's people may do: a Role of its namespace, and the RoleBinding of those it is given to.
 *
 * ```ts
 * declare const shop: Tenant;
 * shop.viewer.grantTo(Subject.group('support'));
 * ```
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class TenantRole extends Construct {
  /** @internal */
  public static _define(scope: Construct, id: string, name: string, rules: readonly object[]): TenantRole {
    return new TenantRole(scope, id, name, rules);
  }

  /** The Role, for patches. */
  public readonly manifest: Manifest;

  /** The Role, for bindings of other subjects. */
  public readonly role: IRole;

  private binding?: RoleBinding;

  /** Who has it, as Kubernetes knows them. @internal */
  public get _subjects(): RoleSubject[] {
    return (this.binding?.manifest.toJson() as { subjects?: RoleSubject[] } | undefined)?.subjects ?? [];
  }

  private constructor(scope: Construct, id: string, name: string, rules: readonly object[]) {
    super(scope, ConstructId.claim(scope, id));
    this.manifest = new Manifest(this, 'Resource', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name }, rules });
    this.role = Role.fromRoleName(name, this.manifest.namespace);
  }

  /**
   * Give it to somebody; more than once is once.
   *
   * @param grantee a user, a group, or an account.
   */
  public grantTo(grantee: IGrantable): void {
    this.binding ??= new RoleBinding(this, 'Binding', { name: this.manifest.name, role: this.role });
    this.binding.addSubject(grantee);
  }
}
