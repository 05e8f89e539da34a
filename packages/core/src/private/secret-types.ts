import { Fault } from '../faults';

/** The keys that a Secret of a type must have, or one of them where it says so. */
const REQUIRED = new Map<string, { readonly keys: string[]; readonly anyOf?: boolean }>([
  ['kubernetes.io/basic-auth', { keys: ['username', 'password'], anyOf: true }],
  ['kubernetes.io/dockercfg', { keys: ['.dockercfg'] }],
  ['kubernetes.io/dockerconfigjson', { keys: ['.dockerconfigjson'] }],
  ['kubernetes.io/ssh-auth', { keys: ['ssh-privatekey'] }],
  ['kubernetes.io/tls', { keys: ['tls.crt', 'tls.key'] }],
]);

export function requiredKeyFaults(type: string | undefined, stringData: { [key: string]: string }): Fault[] {
  const { keys, anyOf = false } = REQUIRED.get(type ?? 'Opaque') ?? { keys: [] };
  const missing = keys.filter(key => !Object.hasOwn(stringData, key));
  const bad = anyOf ? missing.length === keys.length && keys.length > 0 : missing.length > 0;
  return !bad ? [] : [{
    code: 'KEELSON1309', got: `without ${missing.map(key => `'${key}'`).join(' and ')}`,
    allowed: `data with ${keys.map(key => `'${key}'`).join(anyOf ? ' or ' : ' and ')} for a Secret of type ${type}`,
    fix: 'add what is missing, or leave the type out',
  }];
}
