import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Faults } from './faults';
import { Labels } from './labels';
import { ClusterRoleBinding } from './cluster-role-binding';
import { Manifest } from './manifest';
import { PolicyRule } from './policy-rule';
import { aggregationFaults, aggregationLabels, selectorsOf } from './private/aggregation';
import { claimId } from './private/construct-id';
import { ownNameFaults } from './private/own-names';
import { RoleRules } from './private/role-rules';
import { RoleBinding } from './role-binding';
import { IClusterRole } from './role-reference';
import { IGrantable } from './subject';

/** Properties for `ClusterRole`. */
export interface ClusterRoleProps {
  /**
   * What it allows, where it is granted.
   *
   * @default - nothing, until `addRule` adds to it. One that allows nothing, and takes no others' rules, is a mistake.
   */
  readonly rules?: PolicyRule[];

  /**
   * Labels of ClusterRoles whose rules it has, too, whoever makes them and whenever: each map is a selector, and one that
   * matches is enough. It can't have rules of its own then.
   *
   * @default - none: it has its own rules.
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
   */
  readonly clusterRoleSelectors?: { [key: string]: string }[];

  /**
   * ClusterRoles that have its rules, too, such as `view`, `edit` and `admin`, which every cluster has for people.
   *
   * @default - none.
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
   */
  readonly aggregateTo?: string[];

  /**
   * Its `metadata.name`. All of the cluster share these names.
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
 * Rights in all namespaces and on what is in none, or in those namespaces where it is granted.
 *
 * Defines a ClusterRole, and bindings once it is granted.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole
 */
export class ClusterRole extends Construct implements IClusterRole {
  /**
   * A ClusterRole made elsewhere, for a `RoleBinding` or `ClusterRoleBinding`. Where it is missing, the binding gives nothing.
   *
   * @param name its `metadata.name`, such as `view`.
   */
  public static fromClusterRoleName(name: string): IClusterRole {
    return { name, kind: 'ClusterRole' };
  }

  /** Always `ClusterRole`. */
  public readonly kind = 'ClusterRole';

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  private readonly rules: RoleRules;
  private everywhere?: ClusterRoleBinding;
  private readonly inNamespace = new Map<string | undefined, RoleBinding>();

  public constructor(scope: Construct, id: string, props: ClusterRoleProps = {}) {
    super(scope, claimId(scope, id));
    const { clusterRoleSelectors: selectors, aggregateTo = [] } = props;
    Faults.report(this, 'name', ownNameFaults(props.name ?? id, Chart.of(this).node.id));
    this.rules = new RoleRules(this, { clusterScoped: true, aggregated: selectors !== undefined });
    Faults.report(this, 'clusterRoleSelectors', aggregationFaults(selectors));
    aggregateTo.forEach(name => Faults.report(this, 'aggregateTo', Labels.faultsOf(...aggregationLabels(name))));
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: this.kind,
      metadata: {
        name: props.name ?? id,
        labels: aggregateTo.length === 0 ? props.labels : { ...Object.fromEntries(aggregateTo.map(aggregationLabels)), ...props.labels },
      },
      aggregationRule: selectorsOf(selectors),
      rules: Lazy.any({ produce: () => this.rules.rendered() }),
    });
    (props.rules ?? []).forEach(rule => this.addRule(rule));
    this.node.addValidation({
      validate: () => [...this.inNamespace.keys()].flatMap(place => this.rules.namespaceFaults(place)).map(fault => Faults.describe('rules', fault)),
    });
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
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
   * Give these rights in all namespaces, and on what is in none. The main container of a workload gets a token for it and may
   * connect to the API server; `Subject.serviceAccount(workload.serviceAccount)` gives the rights without. Twice is the
   * same as once.
   *
   * @param grantee who gets them.
   */
  public grantTo(grantee: IGrantable): void {
    this.everywhere ??= new ClusterRoleBinding(this, 'Binding', { role: this, name: this.name, subjects: [grantee] });
    this.everywhere.addSubject(grantee);
  }

  /**
   * Give these rights in one namespace: those on what is in namespaces. A token and a connection come with it as by `grantTo`.
   *
   * @param grantee who gets them, whatever its namespace.
   * @param namespace the namespace they hold in; that of the chart where not given.
   */
  public grantInNamespace(grantee: IGrantable, namespace?: string): void {
    const place = namespace ?? Chart.of(this).namespace;
    const binding = this.inNamespace.get(place) ?? new RoleBinding(this, `Binding-${place ?? ''}`, {
      role: this, name: `${this.name}-clusterrole`, namespace: place, subjects: [grantee],
    });
    this.inNamespace.set(place, binding);
    binding.addSubject(grantee);
  }
}
