import { ApiResource } from '../api-resource';
import { Fault } from '../faults';
import { Verb } from '../verb';
import { quoted } from './quoted';

const ALL = '*';
/** What a request's verb is where it is to no resource: its HTTP method. */
const METHODS = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];

export function emptyFaults(member: string, values: readonly unknown[] | undefined): Fault[] {
  const one = { resources: 'resource', urls: 'path', verbs: 'verb' }[member] ?? member;
  return Array.isArray(values) && values.length > 0 && values.every(value => value !== undefined && value !== null) ? [] : [{
    code: 'KEELSON1544', member, got: Array.isArray(values) && values.length > 0 ? 'undefined among them' : 'none', allowed: `one ${one} or more`,
    fix: `name each ${one} that is needed`,
  }];
}

/** Verbs that none of the resources takes, and resources that take none of the verbs: such parts of a rule allow nothing. */
export function servedFaults(verbs: readonly Verb[], resources: readonly ApiResource[]): Fault[] {
  const takes = ({ _verbs }: ApiResource, { name }: Verb) => _verbs === undefined || name === ALL || _verbs.has(name);
  const never = verbs.filter(verb => !resources.some(resource => takes(resource, verb)));
  const idle = resources.filter(resource => !verbs.some(verb => takes(resource, verb)));
  return [
    ...never.map(({ name }) => ({
      code: 'KEELSON1545', member: 'verbs', got: quoted(name), allowed: `a verb that ${texts(resources)} ${resources.length > 1 ? 'take' : 'takes'} (${verbsOf(resources)})`,
      fix: 'remove the verb, or name the resource that takes it',
    })),
    ...(never.length === verbs.length ? [] : idle).map(resource => ({
      code: 'KEELSON1546', member: 'resources', got: quoted(resource._text), allowed: `a resource that can be asked to ${verbs.map(({ name }) => name).join(', ')}`,
      fix: `it takes ${verbsOf([resource])} only: give it a rule of its own`,
    })),
  ];
}

/** Requests that make an object, or delete all, have no name, so that they never match a rule with names. */
export function nameFaults(verbs: readonly Verb[], resources: readonly ApiResource[], names: readonly string[] | undefined): Fault[] {
  if (names === undefined) {
    return [];
  }
  const member = 'resourceNames';
  const bad = names.filter(name => typeof name !== 'string' || name === '' || name === ALL || name.includes('/'));
  const nameless = verbs.filter(({ name }) => name === 'deletecollection' || (name === 'create' && !resources.some(({ resource }) => resource.includes('/'))));
  return [
    ...names.length > 0 ? [] : [{ code: 'KEELSON1547', member, got: 'none', allowed: 'one name or more', fix: 'name an object, or leave resourceNames out: then it is all of them' }],
    ...bad.map(name => ({ code: 'KEELSON1547', member, got: quoted(name), allowed: "an object's name, as it is", fix: 'name each object: there are no patterns' })),
    ...nameless.map(({ name }) => ({
      code: 'KEELSON1548', member, got: `names for ${quoted(name)}`, allowed: 'used with verbs whose requests have a name',
      fix: `allow ${quoted(name)} by a rule without resourceNames`,
    })),
  ];
}

export function urlFaults(url: string): Fault[] {
  const path = typeof url === 'string' ? url : '';
  const star = path.indexOf(ALL);
  const isPath = /^\/[^?#\s]*$/.test(path) && (star < 0 || star === path.length - 1);
  const got = quoted(url);
  if (!isPath) {
    return [{
      code: 'KEELSON1549', member: 'urls', got, allowed: "a path from '/' on, with '*' at its end only", fix: "write it like '/healthz' or '/healthz/*'",
    }];
  }
  if (path === '/*') {
    return [{ code: 'KEELSON1549', member: 'urls', got, allowed: 'a path', fix: 'write PolicyRule.unsafeAllUrls(), whose name says what it gives' }];
  }
  return !/^\/api\/[^/]+\/.|^\/apis\/[^/]+\/[^/]+\/./.test(path) ? [] : [{
    code: 'KEELSON1550', member: 'urls', got, allowed: 'a path that is no resource', fix: 'allow the resource by PolicyRule.allow(…)',
  }];
}

export function urlVerbFaults(verbs: readonly Verb[]): Fault[] {
  return verbs.filter(({ name, faults }) => faults.length === 0 && name !== ALL && !METHODS.includes(name)).map(({ name }) => ({
    code: 'KEELSON1551', member: 'verbs', got: quoted(name), allowed: `an HTTP method (${METHODS.join(', ')})`,
    fix: name === 'create' ? "write Verb.custom('post')" : name === 'update' ? "write Verb.custom('put')" : 'write Verb.GET',
  }));
}

function texts(resources: readonly ApiResource[]): string {
  return resources.map(resource => quoted(resource._text)).join(', ');
}

function verbsOf(resources: readonly ApiResource[]): string {
  return [...new Set(resources.flatMap(({ _verbs }) => [..._verbs ?? []]))].sort().join(', ');
}
