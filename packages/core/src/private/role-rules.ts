import { Construct } from 'constructs';
import { ApiResource } from '../api-resource';
import { ClusterProfile } from '../cluster-profile';
import { Fault, Faults } from '../faults';
import { PolicyRule } from '../policy-rule';
import { Warnings } from '../warnings';
import { knownKindsOf } from './known-kinds';
import { nonEmpty } from './non-empty';
import { pluralOf } from './plurals';
import { rendered } from './policy-rules';
import { quoted } from './quoted';
import { rightsToKnow } from './risky-rights';

/** What is different for a role that isn't in a namespace. */
interface RoleScope {
  readonly clusterScoped: boolean;
  /** It takes its rules from other roles, and has none of its own. */
  readonly aggregated?: boolean;
}

/** The rules of a Role or ClusterRole, and what is to be said of them. */
export class RoleRules {
  private readonly rules: PolicyRule[] = [];

  public constructor(private readonly role: Construct, private readonly scope: RoleScope) {
    role.node.addValidation({ validate: () => {
      if (this.rules.length > 0 || scope.aggregated === true) {
        return [];
      }
      return [Faults.describe('rules', {
        code: 'KEELSON1555', got: 'none', allowed: 'one rule or more', fix: 'add a rule, such as PolicyRule.read([ApiResource.PODS]), or leave the role out',
      })];
    } });
  }

  public add(rule: PolicyRule): void {
    if (rule === undefined || rule === null || !Array.isArray(rule._resources)) {
      Faults.report(this.role, 'rules', [{ code: 'KEELSON1556', got: quoted(rule), allowed: 'a PolicyRule', fix: 'write PolicyRule.read([…]) or PolicyRule.allow([…], […])' }]);
      return;
    }
    this.rules.push(rule);
    Faults.report(this.role, 'rules', rule.faults);
    if (this.scope.aggregated === true) {
      Faults.report(this.role, 'rules', [{
        code: 'KEELSON1557', got: 'rules beside clusterRoleSelectors', allowed: 'either of the two: the cluster replaces the rules of a role that others are aggregated to',
        fix: 'put the rules into a ClusterRole that the selectors take',
      }]);
    }
    if (rule.faults.length === 0) {
      Faults.report(this.role, 'rules', this.scope.clusterScoped ? [] : outOfReach(rule));
      Faults.report(this.role, 'rules', rule._resources.flatMap(resource => singularFaults(resource, ClusterProfile.of(this.role))));
      this.warn(rule);
    }
  }

  /** What is wrong with granting them in one namespace: none of them is about anything there. */
  public namespaceFaults(namespace: string | undefined): Fault[] {
    const reaches = this.rules.some(({ _resources: resources }) => resources.some(each => each.namespaced || each.resource.startsWith('namespaces')));
    return reaches || this.rules.length === 0 ? [] : [{
      code: 'KEELSON1559', got: `a grant in namespace ${quoted(namespace)} of rules for nothing that is in one`,
      allowed: 'about resources that are in namespaces, to be granted in one', fix: 'grant it everywhere by grantTo(…)',
    }];
  }

  /** None is left out, as the API server does. */
  public rendered(): object[] | undefined {
    return nonEmpty(rendered(this.rules));
  }

  private warn(rule: PolicyRule): void {
    rightsToKnow(rule).forEach(({ code, text }) => Warnings.report(this.role, code, text));
    const { version } = ClusterProfile.of(this.role);
    const late = rule._resources.filter(({ _since: since }) => since !== undefined && !version.isAtLeast(since));
    for (const { _text: text, _since: since } of late) {
      Warnings.report(this.role, 'KEELSON1575', `rules for ${quoted(text)} allow nothing on Kubernetes ${version.text}, which doesn't have it: it comes with ${since}`);
    }
  }
}

/** The name of a custom kind in lower case: the cluster has the resource in the plural. */
function singularFaults({ apiGroup, resource }: ApiResource, profile: ClusterProfile): Fault[] {
  const [name = '', ...parts] = resource.split('/');
  const kinds = [...profile._customKindsOf(apiGroup), ...knownKindsOf(apiGroup)];
  const isKind = kinds.some(kind => kind.toLowerCase() === name && pluralOf(name) !== name);
  return !isKind ? [] : [{
    code: 'KEELSON1542', member: 'resources.resource', got: quoted(resource), allowed: 'a resource in the plural', fix: `try ${quoted([pluralOf(name), ...parts].join('/'))}`,
  }];
}

/** What a Role can't give: its rights end with its namespace. Of namespaces it can give the own one, by name. */
function outOfReach({ _resources: resources, _urls: urls, _verbs: verbs }: PolicyRule): Fault[] {
  const fix = 'use a ClusterRole, and grant it everywhere by grantTo(…)';
  const nameless = verbs.every(({ name }) => ['create', 'deletecollection', 'list', 'watch'].includes(name));
  const own = ({ apiGroup, resource }: ApiResource) => apiGroup === '' && resource.split('/')[0] === 'namespaces' && !nameless;
  return [
    ...urls.length === 0 ? [] : [{ code: 'KEELSON1558', got: urls.map(quoted).join(', '), allowed: 'about resources, in a Role', fix }],
    ...resources.filter(resource => !resource.namespaced && !own(resource)).map(({ _text: text }) => ({
      code: 'KEELSON1559', got: quoted(text), allowed: 'about resources that are in namespaces, in a Role', fix,
    })),
  ];
}
