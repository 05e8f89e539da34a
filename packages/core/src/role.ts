import { Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Manifest } from './manifest';
import { PolicyRule } from './policy-rule';
import { claimId } from './private/construct-id';
import { RoleRules } from './private/role-rules';
import { RoleBinding } from './role-binding';
import { IRole } from './role-reference';
import { IGrantable } from './subject';

/** Properties for `Role`. */
export interface RoleProps {
  /**
   * What it allows, in its own namespace.
   *
   * @default - nothing, until `addRule` adds to it. A Role that allows nothing is a mistake.
   */
  readonly rules?: PolicyRule[];

  /**
   * Its `metadata.name`.
   *
   * @default - the construct's id.
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
 * Rights in one namespace. Defines a Role, and a RoleBinding of its name once it is granted.
 *
 * ```ts
 * declare const chart: Chart;
 * declare const operator: Workload;
 * const reader = new Role(chart, 'pod-reader', { rules: [PolicyRule.read([ApiResource.PODS])] });
 * reader.grantTo(operator);
 * ```
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
 */
export class Role extends Construct implements IRole {
  /**
   * A Role made elsewhere, for a `RoleBinding`. Where it is missing, the binding gives nothing.
   *
   * @param name its `metadata.name`.
   * @param namespace the namespace it is in; that of the binding where not given.
   */
  public static fromRoleName(name: string, namespace?: string): IRole {
    return { name, kind: 'Role', namespace };
  }

  /** Always `Role`. */
  public readonly kind = 'Role';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  private readonly rules: RoleRules;
  private binding?: RoleBinding;

  public constructor(scope: Construct, id: string, props: RoleProps = {}) {
    super(scope, claimId(scope, id));
    this.rules = new RoleRules(this, { clusterScoped: false });
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: this.kind,
      metadata: { name: props.name ?? id, labels: props.labels },
      rules: Lazy.any({ produce: () => this.rules.rendered() }),
    });
    (props.rules ?? []).forEach(rule => this.addRule(rule));
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  /**
   * Allow more. What is allowed twice is allowed once.
   *
   * @param rule what is allowed.
   */
  public addRule(rule: PolicyRule): void {
    this.rules.add(rule);
  }

  /**
   * Give these rights to a workload, a ServiceAccount, a user or a group. The main container of a workload gets a token for
   * it and may connect to the API server; `Subject.serviceAccount(workload.serviceAccount)` gives the rights without. Twice
   * is the same as once.
   *
   * @param grantee who gets them, whatever its namespace.
   */
  public grantTo(grantee: IGrantable): void {
    this.binding ??= new RoleBinding(this, 'Binding', { role: this, name: this.name, subjects: [grantee] });
    this.binding.addSubject(grantee);
  }
}
