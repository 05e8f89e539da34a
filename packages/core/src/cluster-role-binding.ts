import { Construct } from 'constructs';
import { Manifest } from './manifest';
import { Binding } from './private/binding';
import { claimId } from './private/construct-id';
import { IClusterRole } from './role-reference';
import { IGrantable } from './subject';

/** Properties for `ClusterRoleBinding`. */
export interface ClusterRoleBindingProps {
  /** The role: one made elsewhere, mostly. Those of this app are granted by `grantTo`. */
  readonly role: IClusterRole;

  /**
   * Who gets its rights.
   *
   * @default - nobody, until `addSubject` adds somebody. A binding for nobody is a mistake.
   */
  readonly subjects?: IGrantable[];

  /**
   * Its `metadata.name`, which all of the cluster share. API servers refuse to change the role of a binding that is there:
   * with another role, give another name.
   *
   * @default - the construct's id and the role's name, such as `auditors-view`.
   */
  readonly name?: string;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Who has the rights of a ClusterRole in all namespaces, and on what is in none: for roles made elsewhere.
 *
 * Defines a ClusterRoleBinding.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
 */
export class ClusterRoleBinding extends Construct {
  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  private readonly binding: Binding;

  public constructor(scope: Construct, id: string, props: ClusterRoleBindingProps) {
    super(scope, claimId(scope, id));
    this.binding = new Binding(this, { ...props, kind: 'ClusterRoleBinding', id });
    this.manifest = this.binding.manifest;
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /**
   * Give the rights to one more. Twice is the same as once.
   *
   * @param grantee who gets them.
   */
  public addSubject(grantee: IGrantable): void {
    this.binding.add(grantee);
  }
}
