import { ApiResource } from './api-resource';
import { Fault } from './faults';
import { isMade, madeFaults } from './private/made';
import { emptyFaults, nameFaults, servedFaults, urlFaults, urlVerbFaults } from './private/rule-faults';
import { Verb } from './verb';

/** What of the resources a rule is about. */
export interface PolicyRuleOptions {
  /**
   * Names of the objects; others stay out of reach. What lists or watches has to ask for one of them by the field selector
   * `metadata.name`. Objects have no name yet when they are made, nor when all are deleted in one request.
   *
   * @default - all objects.
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
   */
  readonly resourceNames?: string[];
}

/**
 * What a role allows. Rules only add up: nothing takes a right away.
 *
 * ```ts
 * PolicyRule.read([ApiResource.PODS, ApiResource.PODS_LOG]);
 * PolicyRule.allow([Verb.GET, Verb.PATCH], [ApiResource.DEPLOYMENTS_SCALE], { resourceNames: ['storefront'] });
 * ```
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class PolicyRule {
  /**
   * Allow these verbs on these resources.
   *
   * @param verbs one or more; each must be one that one of the resources takes.
   * @param resources one or more; each must take one of the verbs.
   * @param options which objects.
   */
  public static allow(verbs: Verb[], resources: ApiResource[], options: PolicyRuleOptions = {}): PolicyRule {
    const faults = [
      ...emptyFaults('verbs', verbs), ...emptyFaults('resources', resources),
      ...given(verbs).flatMap(each => within('verbs', madeFaults(each, 'Verb', 'LIST'))),
      ...given(resources).flatMap(each => within('resources', madeFaults(each, 'ApiResource', 'PODS'))),
    ];
    const late = faults.length > 0 ? [] : [...servedFaults(verbs, resources), ...nameFaults(verbs, resources, options.resourceNames)];
    return new PolicyRule(given(verbs).filter(isMade), given(resources).filter(isMade), options.resourceNames, [], [...faults, ...late]);
  }

  /**
   * Allow to get, list and watch: of each resource what it takes, such as only to get of `pods/log`.
   *
   * @param resources one or more.
   * @param options which objects.
   */
  public static read(resources: ApiResource[], options: PolicyRuleOptions = {}): PolicyRule {
    return PolicyRule.allow([Verb.GET, Verb.LIST, Verb.WATCH].filter(verb => taken(verb, resources)), resources, options);
  }

  /**
   * Allow to read, create, update, patch and delete: of each resource what it takes.
   *
   * @param resources one or more.
   */
  public static readWrite(resources: ApiResource[]): PolicyRule {
    const verbs = [Verb.GET, Verb.LIST, Verb.WATCH, Verb.CREATE, Verb.UPDATE, Verb.PATCH, Verb.DELETE];
    return PolicyRule.allow(verbs.filter(verb => taken(verb, resources)), resources);
  }

  /**
   * Allow requests to paths of the API server that are no resources, such as `/healthz` or `/metrics`. In ClusterRoles that
   * are granted everywhere only.
   *
   * @param urls paths from `/` on; `*` at the end stands for anything.
   * @param verbs HTTP methods; `get` unless given.
   */
  public static nonResourceUrls(urls: string[], verbs?: Verb[]): PolicyRule {
    const methods = verbs ?? [Verb.GET];
    return new PolicyRule(given(methods), [], undefined, [...urls ?? []], [
      ...emptyFaults('urls', urls), ...emptyFaults('verbs', methods), ...given(methods).flatMap(({ faults }) => within('verbs', faults)),
      ...(urls ?? []).flatMap(urlFaults), ...urlVerbFaults(given(methods)),
    ]);
  }

  /**
   * Allow requests to all paths that are no resources.
   *
   * @param verbs HTTP methods; `get` unless given.
   */
  public static unsafeAllUrls(verbs?: Verb[]): PolicyRule {
    const { _verbs, faults } = PolicyRule.nonResourceUrls(['/'], verbs);
    return new PolicyRule(_verbs, [], undefined, ['*'], faults);
  }

  /** What is wrong with it; the role that gets it reports it. */
  public readonly faults: Fault[];

  private constructor(
    /** @internal */
    public readonly _verbs: readonly Verb[],
    /** @internal */
    public readonly _resources: readonly ApiResource[],
    /** @internal */
    public readonly _names: readonly string[] | undefined,
    /** @internal */
    public readonly _urls: readonly string[],
    faults: Fault[],
  ) {
    this.faults = faults;
  }
}

/** Programs without types pass none. */
function given<T>(values: readonly T[] | undefined): T[] {
  return (values ?? []).filter(value => value !== undefined && value !== null);
}

function within(member: string, faults: readonly Fault[]): Fault[] {
  return faults.map(fault => ({ ...fault, member: fault.member === undefined ? member : `${member}.${fault.member}` }));
}

function taken(verb: Verb, resources: readonly ApiResource[]): boolean {
  return given(resources).some(({ _verbs }) => _verbs === undefined || _verbs.has(verb.name));
}
