import { Fault, Faults, IConfigMap, ISecret, ResourceName } from '@keelson/core';
import type { OidcOptions } from '../../oidc-options';
import { shown } from '../made';
import { pathFaults } from '../path-faults';
import { isBelow, SIGN_IN_PATH } from './sign-in-path';
import { settingsFaults } from './settings-faults';

/** Without query and fragment: the well-known path is put behind it. */
const ISSUER = /^https:\/\/[-A-Za-z0-9._~%:/[\]]+$/;
const CLIENT = /^[!-~]{1,256}$/;
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const NAME = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const DOMAIN = new RegExp(`^\\.?${NAME}(?:\\.${NAME})+$`, 'i');
const HOST = new RegExp(`^${NAME}(?:\\.${NAME})+(?::[0-9]{1,5})?$`);
const EMAIL = /^[-A-Za-z0-9!$%&'*+/=?^_`{|}~.]{1,64}@[-A-Za-z0-9.]{1,255}$/;
/** Any printable text, such as `Shop / Staff`; it becomes an argument of the proxy. */
const TEXT = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]{1,256}$/u;
const TOKEN = /^[!#-[\]-~]{1,256}$/;
/** As literal as every target takes it: it is a regular expression for the proxy where requests go through it. */
const PATH = /^[-A-Za-z0-9/._~]*$/;

/** What is wrong with how users sign in. */
export function oidcFaults(options: OidcOptions | undefined): Fault[] {
  const given: Partial<OidcOptions> = options ?? {};
  const { issuerUrl, clientId, credentials, issuerAuthority, clientSecretKey, cookieSecretKey, groupsClaim, settings } = given;
  return [
    ...matching('KEELSON2400', 'issuerUrl', issuerUrl, isIssuer, 'a URL of HTTPS without query, fragment, user and password', "write it like 'https://login.example.com/realms/shop'"),
    ...matching('KEELSON2401', 'clientId', clientId, text => CLIENT.test(text), '1 to 256 ASCII characters without spaces', 'write it as the provider shows it'),
    ...referenceFaults('credentials', credentials, 'Secret', 'put the client secret and the cookie secret into a Secret'),
    ...issuerAuthority === undefined ? [] : referenceFaults('issuerAuthority', issuerAuthority, 'ConfigMap', "put the authority's certificate into a ConfigMap, as 'ca.crt'"),
    ...keyFaults('clientSecretKey', clientSecretKey), ...keyFaults('cookieSecretKey', cookieSecretKey),
    ...userFaults(given),
    ...groupsClaim === undefined ? [] : matching('KEELSON2407', 'groupsClaim', groupsClaim, text => TEXT.test(text), 'the name of a claim', "write it like 'roles'"),
    ...scopesFaults(given.scopes),
    ...listFaults('skipAuthPaths', given.skipAuthPaths, skipFaults),
    ...listFaults('signOutHosts', given.signOutHosts, (host, member) => matching('KEELSON2409', member, host, text => HOST.test(text),
      'a host in lower case, with its port where that is unusual', "write it like 'login.example.com'")),
    ...given.replicas === 0 ? [{
      code: 'KEELSON2399', member: 'replicas', got: '0', allowed: 'at least 1: without a pod nobody signs in', fix: "leave 'replicas' out for two",
    }] : [],
    ...settingsFaults(settings),
  ];
}

/** Where the provider answers. */
export function issuerPort({ issuerUrl }: OidcOptions): number {
  const { port } = new URL(issuerUrl);
  return port === '' ? 443 : Number(port);
}

function isIssuer(text: string): boolean {
  return ISSUER.test(text) && URL.canParse(text);
}

function matching(code: string, member: string, got: unknown, isGood: (text: string) => boolean, allowed: string, fix: string): Fault[] {
  return typeof got === 'string' && isGood(got) ? [] : [{ code, member, got: shown(got), allowed, fix }];
}

/** A ConfigMap has the shape of a Secret, and the other way round. */
function referenceFaults(member: string, object: ISecret | IConfigMap | undefined, wanted: 'Secret' | 'ConfigMap', fix: string): Fault[] {
  const { kind, name } = object ?? {};
  if (kind === wanted && typeof name === 'string') {
    return Faults.within(member, ResourceName.faultsOf(wanted, name));
  }
  const got = typeof kind === 'string' && typeof name === 'string' ? `the ${kind} ${Faults.quoted(name)}` : shown(object);
  return [{ code: 'KEELSON2402', member, got, allowed: `a ${wanted}`, fix }];
}

function keyFaults(member: string, key: string | undefined): Fault[] {
  return key === undefined ? [] : matching('KEELSON2403', member, key, text => KEY.test(text), "letters, digits, '-', '_' and '.'", "write it like 'client-secret'");
}

function userFaults({ emailDomains, allowedEmails, allowedGroups }: Partial<OidcOptions>): Fault[] {
  const named = [emailDomains, allowedEmails, allowedGroups].some(list => list !== undefined && list.length > 0);
  const everybody = Array.isArray(emailDomains) && emailDomains.includes('*') && emailDomains.length + (allowedEmails?.length ?? 0) > 1;
  return [
    ...named ? [] : [{
      code: 'KEELSON2404', got: 'nobody who may sign in', allowed: "at least one of 'emailDomains', 'allowedEmails' and 'allowedGroups'",
      fix: "name them; everybody whom the provider knows is emailDomains: ['*']",
    }],
    ...listFaults('emailDomains', emailDomains, (domain, member) => matching('KEELSON2405', member, domain, text => text === '*' || DOMAIN.test(text),
      "a domain, a '.' and a domain, or '*'", "write it like 'example.com'")),
    ...everybody ? [{ code: 'KEELSON2405', member: 'emailDomains', got: "'*' beside others", allowed: "'*' alone", fix: "remove the others, or '*'" }] : [],
    ...listFaults('allowedEmails', allowedEmails, (address, member) => matching('KEELSON2406', member, address, text => EMAIL.test(text),
      'an e-mail address in ASCII', "write it like 'ada@example.com'")),
    ...listFaults('allowedGroups', allowedGroups, (group, member) => matching('KEELSON2407', member, group, text => TEXT.test(text),
      "a group's name: 1 to 256 characters on one line", 'write it as the provider does')),
  ];
}

function scopesFaults(scopes: readonly string[] | undefined): Fault[] {
  const faults = listFaults('scopes', scopes, (scope, member) => matching('KEELSON2407', member, scope, text => TOKEN.test(text),
    "a scope: ASCII characters without spaces, '\"' and '\\'", "write it like 'email'"));
  return scopes === undefined || faults.length > 0 || scopes.includes('openid') ? faults : [{
    code: 'KEELSON2407', member: 'scopes', got: 'none that is openid', allowed: "'openid' and others", fix: "add 'openid', or leave 'scopes' out",
  }];
}

function skipFaults(path: string, member: string): Fault[] {
  const faults = pathFaults(path);
  if (faults.length > 0) {
    return Faults.within(member, faults);
  }
  const refused = (got: string, allowed: string, fix: string): Fault[] => [{ code: 'KEELSON2408', member, got, allowed, fix }];
  if (path === '/') {
    return refused("'/', which is everything", "a path below '/'", "leave 'auth' out of an exposure that nobody signs in for");
  }
  if (path.endsWith('/') || !PATH.test(path)) {
    return refused(Faults.quoted(path), "letters, digits, '-', '_', '.', '~' and '/' between them", "write it like '/public'");
  }
  return isBelow(path, SIGN_IN_PATH) ? refused(Faults.quoted(path), `not ${Faults.quoted(SIGN_IN_PATH)} or below: that is the proxy's own`, 'remove it') : [];
}

/** Of a list, what is wrong with each; JavaScript lets users give anything. */
function listFaults(member: string, list: readonly string[] | undefined, faultsOf: (item: string, member: string) => Fault[]): Fault[] {
  if (list === undefined) {
    return [];
  }
  return Array.isArray(list) ? list.flatMap((item: string, at) => faultsOf(item, `${member}[${at}]`))
    : [{ code: 'KEELSON2070', member, got: shown(list), allowed: 'a list of texts', fix: "write it like ['…']" }];
}
