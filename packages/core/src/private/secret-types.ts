import { Fault } from '../faults';
import { quoted } from './quoted';

/** The keys that a Secret of a type must have, or one of them where it says so. */
const REQUIRED = new Map<string, { readonly keys: string[]; readonly anyOf?: boolean }>([
  ['kubernetes.io/basic-auth', { keys: ['username', 'password'], anyOf: true }],
  ['kubernetes.io/dockercfg', { keys: ['.dockercfg'] }],
  ['kubernetes.io/dockerconfigjson', { keys: ['.dockerconfigjson'] }],
  ['kubernetes.io/ssh-auth', { keys: ['ssh-privatekey'] }],
  ['kubernetes.io/tls', { keys: ['tls.crt', 'tls.key'] }],
]);

/** Found anywhere: a chain, or parameters before a key, may come first. */
const CERTIFICATE = { begin: /^-----BEGIN CERTIFICATE-----[ \t]*\r?$/m, end: /^-----END CERTIFICATE-----/m };
const PRIVATE_KEY = { begin: /^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[ \t]*\r?$/m, end: /^-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----/m };

/** What is wrong with the data of a Secret for its type. Values are never shown. */
export function secretTypeFaults(type: string | undefined, stringData: { [key: string]: string }): Fault[] {
  return [...requiredKeyFaults(type, Object.keys(stringData)), ...contentFaults(type, stringData)];
}

/** Types of Secrets that Kubernetes itself fills, or makes rights of. */
const CLUSTERS_OWN = new Set(['kubernetes.io/service-account-token', 'bootstrap.kubernetes.io/token']);

/** What is wrong with the type of a Secret that is made in the cluster, with these keys, where they are known. */
export function madeTypeFaults(type: string | undefined, keys: readonly string[] | undefined): Fault[] {
  if (type !== undefined && (typeof type !== 'string' || type === '')) {
    return [{
      code: 'KEELSON1858', got: quoted(type), allowed: 'the type of a Secret', fix: "leave it out, or write it like 'kubernetes.io/basic-auth'",
    }];
  }
  return type === undefined || !CLUSTERS_OWN.has(type) ? keys === undefined ? [] : requiredKeyFaults(type, keys) : [{
    code: 'KEELSON1856', got: quoted(type), allowed: 'a type that the cluster makes nothing of', fix: 'leave it out',
  }];
}

/** What is wrong with the keys of a Secret for its type. */
function requiredKeyFaults(type: string | undefined, there: readonly string[]): Fault[] {
  const { keys, anyOf = false } = REQUIRED.get(type ?? 'Opaque') ?? { keys: [] };
  const missing = keys.filter(key => !there.includes(key));
  const bad = anyOf ? missing.length === keys.length && keys.length > 0 : missing.length > 0;
  return !bad ? [] : [{
    code: 'KEELSON1309', got: `without ${missing.map(key => `'${key}'`).join(' and ')}`,
    allowed: `data with ${keys.map(key => `'${key}'`).join(anyOf ? ' or ' : ' and ')} for a Secret of type ${type}`,
    fix: 'add what is missing, or leave the type out',
  }];
}

function contentFaults(type: string | undefined, stringData: { [key: string]: string }): Fault[] {
  const faultsOf = (key: string, faults: (text: string) => Fault[]) => {
    // what is missing, or no text, was reported as such
    const text: unknown = Object.hasOwn(stringData, key) ? stringData[key] : undefined;
    return typeof text === 'string' ? faults(text).map(fault => ({ ...fault, member: key })) : [];
  };
  switch (type) {
    case 'kubernetes.io/dockerconfigjson':
      return faultsOf('.dockerconfigjson', text => credentialFaults(text, holdsAuths, "JSON with 'auths'", 'an object without it',
        `write it like '{"auths":{"registry.example.com":{"username":"…","password":"…"}}}'`));
    case 'kubernetes.io/dockercfg':
      return faultsOf('.dockercfg', text => credentialFaults(text, holdsRegistries, 'JSON, credentials by registry', 'an object of another form',
        "write it like '{\"registry.example.com\":{\"username\":\"…\",\"password\":\"…\"}}', or take the type kubernetes.io/dockerconfigjson for one with 'auths'"));
    case 'kubernetes.io/tls':
      return [
        ...faultsOf('tls.crt', text => pemFaults(text, CERTIFICATE, 'a certificate', '-----BEGIN CERTIFICATE-----')),
        ...faultsOf('tls.key', text => pemFaults(text, PRIVATE_KEY, 'a private key', '-----BEGIN PRIVATE KEY-----')),
      ];
    default:
      return [];
  }
}

function credentialFaults(text: string, isGood: (config: object) => boolean, allowed: string, other: string, fix: string): Fault[] {
  const config = objectIn(text);
  return config !== undefined && isGood(config) ? [] : [{ code: 'KEELSON1440', got: config === undefined ? 'a text that is no JSON object' : other, allowed, fix }];
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The kubelet takes the name in any case; none in it is a Secret that says nobody, as tests have. */
function holdsAuths(config: object): boolean {
  return Object.entries(config).some(([key, value]) => key.toLowerCase() === 'auths' && isObject(value));
}

/** The older format has the registries themselves as its members; with 'auths' it is the newer one. */
function holdsRegistries(config: object): boolean {
  return Object.values(config).every(isObject) && !('auths' in config);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pemFaults(text: string, { begin, end }: typeof CERTIFICATE, allowed: string, first: string): Fault[] {
  const at = text.search(begin);
  return at >= 0 && end.test(text.slice(at)) ? [] : [{
    code: 'KEELSON1441', got: 'a text that holds none', allowed: `${allowed} in PEM`,
    fix: `give the whole file, from ${first} to its END line, each on a line of its own`,
  }];
}
