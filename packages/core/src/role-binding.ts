import { Construct } from 'constructs';
import { Manifest } from './manifest';
import { Binding } from './private/binding';
import { claimId } from './private/construct-id';
import { IRole } from './role-reference';
import { IGrantable } from './subject';

/** Properties for `RoleBinding`. */
export interface RoleBindingProps {
  /** The role: one made elsewhere, mostly. Those of this app are granted by `grantTo`. */
  readonly role: IRole;

  /**
   * Who gets its rights.
   *
   * @default - nobody, until `addSubject` adds somebody. A binding for nobody is a mistake.
   */
  readonly subjects?: IGrantable[];

  /**
   * The namespace the rights hold in.
   *
   * @default - that of the chart.
   */
  readonly namespace?: string;

  /**
   * Its `metadata.name`. API servers refuse to change the role of a binding that is there: with another role, give another name.
   *
   * @default - the construct's id, the role's kind and its name, such as `people-clusterrole-view`.
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
 * Who has the rights of a role in one namespace: for roles made elsewhere. Workloads get a token and a connection as by
 * `Role.grantTo`.
 *
 * ```ts
 * declare const chart: Chart;
 * new RoleBinding(chart, 'people', { role: ClusterRole.fromClusterRoleName('view'), subjects: [Subject.group('shop-team')] });
 * ```
 *
 * Defines a RoleBinding.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding
 */
export class RoleBinding extends Construct {
  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  private readonly binding: Binding;

  public constructor(scope: Construct, id: string, props: RoleBindingProps) {
    super(scope, claimId(scope, id));
    this.binding = new Binding(this, { ...props, kind: 'RoleBinding', id });
    this.manifest = this.binding.manifest;
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace the rights hold in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  /**
   * Give the rights to one more. Twice is the same as once.
   *
   * @param grantee who gets them, whatever its namespace.
   */
  public addSubject(grantee: IGrantable): void {
    this.binding.add(grantee);
  }
}
