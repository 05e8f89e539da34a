import { ApiResource } from '@keelson/core';
import { call, entryOf, list, text, type Expression, type ObjectLiteral } from './program.js';

type Static = Extract<Expression, { kind: 'static' }>;
type Constant = Extract<Expression, { kind: 'constant' }>;

const CORE = '@keelson/core.';
const RULE = `${CORE}PolicyRule`;
const READING = ['get', 'list', 'watch'];
const WRITING = ['create', 'delete', 'patch', 'update'];
const NAMELESS = new Set(['create', 'deletecollection']);
const METHODS = new Set(['delete', 'get', 'patch']);
const PODS: Expression = { kind: 'constant', owner: `${CORE}ApiResource`, name: 'PODS' };
const GET: Expression = { kind: 'constant', owner: `${CORE}Verb`, name: 'GET' };
const WIDGETS = call(`${CORE}ApiResource`, 'custom', { kind: 'object', entries: [['apiGroup', text('example.com')], ['resource', text('widgets')]] });

/** A rule whose verbs and resources fit each other, as somebody would write it; what isn't good by itself stays. */
export function fittingRule(rule: Static): Static {
  const [first, second, ...rest] = rule.args;
  if (rule.owner !== RULE || first?.kind !== 'list' || first.items.length === 0) return rule;
  switch (rule.name) {
    case 'allow': return second?.kind === 'list' && second.items.length > 0 ? { ...rule, args: fitting(first.items, second.items, rest) } : rule;
    case 'read': return { ...rule, args: [list(taking(first.items, READING)), ...rule.args.slice(1)] };
    case 'readWrite': return { ...rule, args: [list(taking(first.items, [...READING, ...WRITING]))] };
    case 'nonResourceUrls': return { ...rule, args: [first, ...methods(second)] };
    default: return rule;
  }
}

/** A role of rules that it can give, and one at least. */
export function fittingRole(type: string, [props]: readonly Expression[]): Expression[] {
  const given: ObjectLiteral = props?.kind === 'object' ? props : { kind: 'object', struct: `${type}Props`, entries: [] };
  const entries = given.entries.filter(([name]) => name !== 'rules');
  if (type === 'ClusterRole' && entryOf(given, 'clusterRoleSelectors') !== undefined) return [{ ...given, entries }];
  const rules = entryOf(given, 'rules');
  if (rules?.kind === 'list' && rules.items.length === 0) return [given];
  const good = rules?.kind !== 'list' ? [] : rules.items.filter((each) => type === 'ClusterRole' || isNamespaced(each));
  return [{ ...given, entries: [...entries, ['rules', list(good.length > 0 ? good : [call(RULE, 'read', list([PODS]))])]] }];
}

/** Whether a Role can give all of a rule. */
export function isNamespaced(rule: Expression): boolean {
  if (rule.kind !== 'static') return true;
  const resources = rule.name === 'allow' ? rule.args[1] : rule.args[0];
  return !/urls$/i.test(rule.name) && (resources?.kind !== 'list' || resources.items.every((each) => resourceOf(each)?.namespaced ?? !saysFalse(each)));
}

/** Verbs of one's own are for resources of one's own. */
function fitting(verbs: readonly Expression[], resources: readonly Expression[], rest: readonly Expression[]): Expression[] {
  const own = verbs.some(({ kind }) => kind === 'static');
  const open = resources.filter((each) => verbsOf(each) === undefined);
  const [first = WIDGETS] = own ? open : resources;
  const taken = verbs.filter((verb) => verb.kind === 'static' || nameOf(verb) === '*' || verbsOf(first)?.has(nameOf(verb)) !== false);
  // What makes objects, or deletes all of them, has no names.
  const named = rest.length > 0 ? taken.filter((verb) => !NAMELESS.has(nameOf(verb))) : taken;
  const kept = named.length > 0 ? named : [verbFor(first, rest.length > 0)];
  const names = new Set(kept.map(nameOf));
  const others = resources.filter((each) => each !== first && (own ? verbsOf(each) === undefined : [...names].some((name) => name === '*' || verbsOf(each)?.has(name) !== false)));
  return [list(kept), list([first, ...others]), ...[...names].some((name) => NAMELESS.has(name)) ? [] : rest];
}

function taking(resources: readonly Expression[], verbs: readonly string[]): Expression[] {
  const good = resources.filter((each) => verbs.some((verb) => verbsOf(each)?.has(verb) !== false));
  return good.length > 0 ? good : [PODS];
}

function methods(verbs: Expression | undefined): Expression[] {
  if (verbs?.kind !== 'list' || verbs.items.length === 0) return verbs === undefined ? [] : [verbs];
  return [list([GET, ...verbs.items.filter((each) => each !== GET && each.kind === 'constant' && METHODS.has(nameOf(each)) && nameOf(each) !== 'get')])];
}

function verbFor(resource: Expression, named: boolean): Expression {
  const verbs = [...verbsOf(resource) ?? []];
  const verb = verbs.find((each) => !named || !NAMELESS.has(each)) ?? verbs[0] ?? 'get';
  const constant = ['bind', 'escalate', 'impersonate'].includes(verb) ? `UNSAFE_${verb.toUpperCase()}` : verb.toUpperCase();
  return ['approve', 'attest', 'sign'].includes(verb) ? call(`${CORE}Verb`, 'custom', text(verb)) : { kind: 'constant', owner: `${CORE}Verb`, name: constant };
}

function nameOf(verb: Expression): string {
  if (verb.kind !== 'constant') return '';
  const name = verb.name.replace(/^UNSAFE_/, '').replaceAll('_', '').toLowerCase();
  return name === 'all' ? '*' : name;
}

/** What core keeps to itself of a constant. */
function verbsOf(resource: Expression): ReadonlySet<string> | undefined {
  return (resourceOf(resource) as { readonly _verbs?: ReadonlySet<string> } | undefined)?._verbs;
}

function resourceOf(resource: Expression): ApiResource | undefined {
  return resource.kind === 'constant' ? ApiResource[(resource as Constant).name as 'PODS'] : undefined;
}

function saysFalse(resource: Expression): boolean {
  const [props] = resource.kind === 'static' ? resource.args : [];
  const namespaced = props?.kind === 'object' ? entryOf(props, 'namespaced') : undefined;
  return namespaced?.kind === 'boolean' && !namespaced.value;
}
