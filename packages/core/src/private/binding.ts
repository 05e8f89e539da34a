import { Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Fault, Faults } from '../faults';
import { Manifest } from '../manifest';
import { Peer } from '../peer';
import { IRole } from '../role-reference';
import { IGrantable, Subject } from '../subject';
import { Warnings } from '../warnings';
import { ResourceName } from '../resource-name';
import { registerBinding } from './grants';
import { sortedBy } from './order';
import { ownNameFaults } from './own-names';
import { quoted } from './quoted';
import { namespaceOf } from './references';

const GROUP = 'rbac.authorization.k8s.io';

/** What a binding is of. */
interface BindingProps {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly id: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: { [key: string]: string };
  readonly role: IRole;
  readonly subjects?: readonly IGrantable[];
}

/** A RoleBinding or ClusterRoleBinding: who has the rights of a role. */
export class Binding {
  public readonly manifest: Manifest;

  private readonly subjects: Subject[] = [];
  /** Somebody was named, who can't be. */
  private refused = false;

  public constructor(private readonly scope: Construct, props: BindingProps) {
    const { kind, namespace, role } = props;
    const named = typeof role === 'object' && role !== null ? role : { name: '', kind: '' };
    this.manifest = new Manifest(scope, 'Resource', {
      apiVersion: `${GROUP}/v1`,
      kind,
      metadata: { name: nameOf(props, named), ...(namespace === undefined ? {} : { namespace }), labels: props.labels },
      roleRef: { apiGroup: GROUP, kind: named.kind, name: named.name },
      subjects: Lazy.any({ produce: () => sortedBy(this.subjects.map(({ _rendered }) => _rendered), subject => JSON.stringify(subject)) }),
    });
    registerBinding(this.manifest, named, this.subjects);
    Faults.report(scope, 'name', kind === 'ClusterRoleBinding' ? ownNameFaults(this.manifest.name, Chart.of(scope).node.id) : []);
    Faults.report(scope, 'role', roleFaults(role, kind, this.manifest.namespace));
    if (named.kind === 'ClusterRole' && named.name === 'cluster-admin') {
      Warnings.report(scope, 'KEELSON1574', "the role 'cluster-admin' is every right there is: define a ClusterRole with those that are needed");
    }
    (props.subjects ?? []).forEach(subject => this.add(subject));
    scope.node.addValidation({ validate: () => this.subjects.length > 0 || this.refused ? [] : [Faults.describe('subjects', {
      code: 'KEELSON1561', got: 'none', allowed: 'one subject or more', fix: 'name who gets the rights, or leave the binding out',
    })] });
  }

  /** Twice is the same as once. */
  public add(grantee: IGrantable): void {
    const subject = grantee?.grantee;
    if (typeof subject?._rendered !== 'object') {
      this.refused = true;
      Faults.report(this.scope, 'subjects', [{
        code: 'KEELSON1562', got: quoted(grantee), allowed: 'a workload, a ServiceAccount or a Subject', fix: 'write Subject.serviceAccount(…), Subject.user(…) or Subject.group(…)',
      }]);
      return;
    }
    this.subjects.push(subject);
    Faults.report(this.scope, 'subjects', subject.faults);
    if (subject._warning !== undefined && subject.faults.length === 0) {
      Warnings.report(this.scope, 'KEELSON1576', subject._warning);
    }
    subject._granted(Peer.apiServer());
  }
}

/**
 * What a binding is of can't be changed, so that a binding of another role has another name. A role's name that can't be is reported of
 * the role, and not of the binding too.
 */
function nameOf({ kind, id, name }: BindingProps, role: IRole): string {
  if (ResourceName.faultsOf(role.kind, role.name).length > 0) {
    return name === undefined || name === role.name ? id : name;
  }
  return name ?? (kind === 'ClusterRoleBinding' ? `${id}-${role.name}` : `${id}-${role.kind.toLowerCase()}-${role.name}`);
}

function roleFaults(role: IRole, kind: BindingProps['kind'], namespace: string | undefined): Fault[] {
  const kinds = kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  const { kind: other, name } = typeof role === 'object' && role !== null ? role : { kind: undefined, name: undefined };
  if (other === undefined || !kinds.includes(other)) {
    return [{
      code: 'KEELSON1563', got: other === undefined ? quoted(role) : `the ${other} ${quoted(name)}`, allowed: `a ${kinds.join(' or ')}`,
      fix: kind === 'RoleBinding' ? 'write Role.fromRoleName(…) or ClusterRole.fromClusterRoleName(…)' : 'use a RoleBinding for a Role, or write ClusterRole.fromClusterRoleName(…)',
    }];
  }
  const own = other === 'Role' ? namespaceOf(role) : undefined;
  return [
    ...Construct.isConstruct(role) ? [] : ResourceName.faultsOf(other, name ?? '').map(fault => ({ ...fault, member: 'name' })),
    ...own === undefined || namespace === undefined || own === namespace ? [] : [{
      code: 'KEELSON1564', got: `${quoted(name)} of namespace ${quoted(own)}`, allowed: `a Role of namespace ${quoted(namespace)}`,
      fix: 'make the binding in the namespace of the Role: the subjects may be of others',
    }],
  ];
}
