import { call, entryOf, list, map, text, type Expression, type ObjectLiteral } from './program.js';

type Rule = (object: ObjectLiteral) => ObjectLiteral;

const REGISTRY: Expression = list([call('@keelson/core.Secret', 'fromSecretName', text('registry'))]);

/** An ExternalSecret takes something from its store. */
export const SECRET_PRESENCE: Readonly<Record<string, number>> = { 'ExternalSecretProps.data': 100 };

export const SECRET_NOT_EMPTY: readonly string[] = ['ExternalSecretProps.data', 'SealedSecretProps.encryptedData'];

export const SECRET_NOT_DRAWN: Readonly<Record<string, string>> = {
  'SecretGenerator.new': 'it has nothing to do without a Secret: a stand-in has one',
};

function constantAt(object: ObjectLiteral, name: string): string | undefined {
  const entry = entryOf(object, name);
  return entry?.kind === 'constant' ? entry.name : undefined;
}

/** What an ExternalSecret can be told together. */
const fitsStore: Rule = (object) => {
  const isMerged = constantAt(object, 'creationPolicy') === 'MERGE';
  const unfit = [
    ...['PERIODIC', undefined].includes(constantAt(object, 'refreshPolicy')) ? [] : ['refreshInterval'],
    ...isMerged ? ['immutable'] : [],
    ...isMerged && constantAt(object, 'deletionPolicy') === 'DELETE' ? ['deletionPolicy'] : [],
    ...entryOf(object, 'templates') === undefined ? ['templatePolicy'] : [],
  ];
  return { ...object, entries: object.entries.filter(([name]) => !unfit.includes(name)) };
};

/** A Job in a wave stays. */
const staysInItsWave: Rule = (object) => {
  const order = entryOf(object, 'releaseOrder');
  const inWave = order?.kind === 'static' && order.name === 'argoCdSyncWave';
  return inWave ? { ...object, entries: object.entries.filter(([name]) => name !== 'ttlAfterFinished') } : object;
};

/** A source has values of pull secrets that there are. */
const hasPullSecrets: Rule = (object) => (entryOf(object, 'imagePullSecretSource') === undefined ? object
  : { ...object, entries: [...object.entries.filter(([name]) => name !== 'imagePullSecrets'), ['imagePullSecrets', REGISTRY] as const] });

export const SECRET_RULES: Readonly<Record<string, readonly Rule[]>> = {
  ClusterProfileProps: [hasPullSecrets], ExternalSecretProps: [fitsStore], SecretGeneratorProps: [staysInItsWave],
};

const remoteValue: Expression = { kind: 'object', struct: 'ExternalValue', entries: [['remoteKey', text('shop/orders')]] };

/** What stands beside one prop: a Secret has something in it. */
export const SECRET_BESIDE: Readonly<Record<string, Readonly<Record<string, Expression>>>> = {
  ExternalSecretProps: { data: map([['a', remoteValue]]) },
  'ClusterProfileProps.imagePullSecretSource': { imagePullSecrets: REGISTRY },
  'ExternalSecretProps.dataFrom': { data: map([]), dataFrom: list([remoteValue]) },
};
