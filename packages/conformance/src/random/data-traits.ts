import { call, entryOf, list, number, rewrite, text, withEntries, type Expression, type ObjectLiteral, type Statement } from './program.js';
import { shortName } from './surface.js';

type Rule = (object: ObjectLiteral) => ObjectLiteral;

/** How often they are there, of 100. */
export const DATA_PRESENCE: Readonly<Record<string, number>> = {
  'PostgreSqlProps.engine': 25, 'PostgreSqlProps.readReplicas': 30, 'MariaDbProps.readReplicas': 30,
  'DatabaseProps.users': 25, 'DatabaseUser.privileges': 60,
  // most have no node port to spare, and none without access from outside
  'ServerProps.externalNodePort': 40,
  'DatabaseAlertOptions.replicationLag': 95, 'ServerProps.alerts': 60,
  'RedisProps.persistence': 20,
  // a Secret of the app rarely has a key that is called 'password'
  'DatabaseCredentials.fromSecret.options': 95, 'SecretCredentialsOptions.passwordKey': 90, 'SecretCredentialsOptions.uriKey': 50,
  // few clusters have it
  'Storage.dynamic.storageClass': 20,
};

function without(object: ObjectLiteral, ...names: readonly string[]): ObjectLiteral {
  return { ...object, entries: object.entries.filter(([name]) => !names.includes(name)) };
}

function change(object: ObjectLiteral, name: string, by: (value: Expression) => Expression): ObjectLiteral {
  return { ...object, entries: object.entries.map(([key, value]) => [key, key === name ? by(value) : value] as const) };
}

function itemsOf(object: ObjectLiteral, name: string): readonly Expression[] {
  const entry = entryOf(object, name);
  return entry?.kind === 'list' ? entry.items : [];
}

/** Users have rights in databases that are there. */
const privilegesInItsDatabases: Rule = (object) => {
  const own = entryOf(object, 'database');
  const databases = [own?.kind === 'text' ? own.value : 'app', ...itemsOf(object, 'databases').flatMap((each) => (each.kind === 'text' ? each.value : []))];
  const fitting = (privileges: Expression): Expression => (privileges.kind !== 'object' ? privileges
    : { ...privileges, entries: privileges.entries.slice(0, databases.length).map(([, value], at) => [databases[at] ?? '', value] as const) });
  return change(object, 'users', (users) => list((users.kind === 'list' ? users.items : []).map((each) =>
    (each.kind === 'object' ? change(each, 'privileges', fitting) : each))));
};

/** Who comes from outside comes through nodes. */
const reachedThroughNodes: Rule = (object) => {
  const access = entryOf(object, 'externalAccess');
  return access?.kind === 'static' && ['nodePort', 'loadBalancer'].includes(access.name) ? object
    : without(object, 'externalAccess', 'externalNodePort', 'externalAnnotations');
};

/** A claim that is there is one server's, and what stays is written to. */
const fitsItsStorage: Rule = (object) => {
  const storage = entryOf(object, 'storage');
  const way = storage?.kind === 'static' ? storage.name : '';
  const persistence = entryOf(object, 'persistence');
  const unwritten = persistence?.kind === 'constant' && persistence.name === 'NONE' && way !== 'unsafeEphemeral';
  return without(object, ...way === 'claim' ? ['readReplicas'] : [], ...unwritten ? ['persistence'] : []);
};

const brought = call('@keelson/data.DatabaseCredentials', 'fromSecret', call('@keelson/core.Secret', 'fromSecretName', text('db')),
  { kind: 'object', struct: 'SecretCredentialsOptions', entries: [['uriKey', text('uri')]] });

function isGenerated(credentials: Expression | undefined): boolean {
  return credentials?.kind === 'static' && credentials.name === 'generated';
}

/** Nobody makes passwords for a server that is there. */
const signsInElsewhere: Rule = (object) => ['credentials', 'backupCredentials'].reduce(
  (made, name) => change(made, name, (credentials) => (isGenerated(credentials) ? brought : credentials)), object);

/** A URI is told where the credentials have one. */
const tellsWhatIsThere: Rule = (object) => {
  const credentials = entryOf(object, 'credentials');
  const options = credentials?.kind === 'static' ? credentials.args[1] : undefined;
  const hasUri = credentials === undefined || isGenerated(credentials) || (options?.kind === 'object' && entryOf(options, 'uriKey') !== undefined);
  return hasUri ? object : change(object, 'clientVariables', (variables) => (variables.kind !== 'object' ? variables
    : { ...variables, entries: variables.entries.filter(([, of]) => of.kind !== 'constant' || !of.name.startsWith('URI')) }));
};

/** Each server has a directory on a node of its own. */
const hasItsNodes: Rule = (object) => {
  const replicas = entryOf(object, 'readReplicas');
  const nodes = Array.from({ length: replicas?.kind === 'number' ? replicas.value : 0 }, (_, at) => text(`replica-${at}`));
  return change(object, 'storage', (storage) => {
    if (storage.kind !== 'static' || storage.name !== 'local') return storage;
    const [place, given] = [storage.args.slice(0, 3), storage.args[3]];
    const options: ObjectLiteral = given?.kind === 'object' ? given : { kind: 'object', struct: 'LocalStorageOptions', entries: [] };
    const told = withEntries(options, { replicaNodes: nodes.length === 0 ? undefined : list(nodes) });
    return { ...storage, args: told.entries.length === 0 ? place : [...place, told] };
  });
};

/** Who signs in without a password has no name, and is told of none. */
const namedWithPassword: Rule = (object) =>
  (entryOf(object, 'credentials') === undefined ? without(object, 'user', 'backupUser', 'clientVariables') : object);

/** Where DNS tells the servers, none else is said, and the name has parts enough. */
const toldByDns: Rule = (object) => {
  const srv = entryOf(object, 'srv');
  if (srv?.kind !== 'boolean' || !srv.value) return object;
  return change(without(object, 'otherHosts'), 'host', () => text('shop.abc12.mongodb.net'));
};

/** Who is told of what has no exporter, no replicas, or no volume? */
const measured: Rule = (object) => {
  const [metrics, replicas, storage] = [entryOf(object, 'metrics'), entryOf(object, 'readReplicas'), entryOf(object, 'storage')];
  if (metrics?.kind !== 'boolean' || !metrics.value) return without(object, 'alerts');
  const unknown = [
    ...replicas?.kind === 'number' && replicas.value > 0 ? [] : ['replicationLag'],
    ...storage?.kind === 'static' && storage.name === 'unsafeEphemeral' ? ['volumePercent'] : [],
  ];
  return change(object, 'alerts', (alerts) => (alerts.kind !== 'static' ? alerts
    : { ...alerts, args: alerts.args.map((each) => (each.kind === 'object' ? without(each, ...unknown) : each)) }));
};

/** How replicas are replaced is said where there are some. */
const fromItsReplicas: Rule = (object) => {
  const replicas = entryOf(object, 'readReplicas');
  return replicas?.kind === 'number' && replicas.value > 0 ? object : without(object, 'replicaUpdateStrategy');
};

/** What an operator decides by itself isn't said. */
const runByItsOperator: Rule = (object) => {
  const engine = entryOf(object, 'engine');
  if (engine?.kind !== 'static' || engine.name !== 'cloudNativePg') return object;
  const storage = entryOf(object, 'storage');
  const kept = without(object, 'initContainers', 'sidecars', 'containers', 'serviceAccount', 'fsGroup', 'unsafeHostNetwork', 'dnsOptions', 'previousRootCredentials', 'tls', 'alerts', 'updateStrategy', 'replicaUpdateStrategy',
    'initScripts', 'image', 'version', ...storage?.kind === 'static' && storage.name === 'dynamic' ? [] : ['storage']);
  const usual: readonly (readonly [string, Expression])[] = [
    ['version', { kind: 'constant', owner: '@keelson/data.PostgreSqlVersion', name: 'V17' }],
    ...entryOf(kept, 'storage') === undefined
      ? [['storage', call('@keelson/data.Storage', 'dynamic', call('cdk8s.Size', 'gibibytes', number(20)))] as const] : [],
  ];
  return { ...kept, entries: [...kept.entries, ...usual] };
};

/** The kinds that a cluster has to have for what an app asks for. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'PostgreSqlEngine.cloudNativePg': ['postgresql.cnpg.io/v1/Cluster', 'postgresql.cnpg.io/v1/Database'],
};

/** A cluster with the operators that its app's databases are run by. */
export function withOperators(cluster: Expression, statements: readonly Statement[]): Expression {
  const asked = new Set<string>();
  const look = (each: Expression): Expression => {
    if (each.kind === 'static') KINDS[`${shortName(each.owner)}.${each.name}`]?.forEach((kind) => asked.add(kind));
    return each;
  };
  for (const each of statements) if (each.kind === 'new') each.args.forEach((arg) => rewrite(arg, look));
  const [props, ...rest] = cluster.kind === 'static' ? cluster.args : [];
  if (asked.size === 0 || cluster.kind !== 'static' || props?.kind !== 'object') return cluster;
  const there = itemsOf(props, 'customResources').flatMap((each) => (each.kind === 'text' ? each.value : []));
  const customResources = list([...new Set([...there, ...asked])].map(text));
  return { ...cluster, args: [withEntries(props, { customResources }), ...rest] };
}

/** By the struct that all engines' props extend. */
export const DATA_RULES: Readonly<Record<string, readonly Rule[]>> = {
  ServerProps: [reachedThroughNodes, fitsItsStorage, hasItsNodes, tellsWhatIsThere, measured, fromItsReplicas],
  ServerEndpointProps: [signsInElsewhere, tellsWhatIsThere],
  MongoDbEndpointProps: [toldByDns],
  RedisEndpointProps: [namedWithPassword],
  DatabaseProps: [privilegesInItsDatabases],
  PostgreSqlProps: [runByItsOperator],
};

/** What stands beside one prop, for a single value of it to be tried. */
export const DATA_BESIDE: Readonly<Record<string, Readonly<Record<string, Expression>>>> = {
  'ServerEndpointProps': { credentials: brought },
  'PostgreSqlProps.engine': {
    storage: call('@keelson/data.Storage', 'dynamic', call('cdk8s.Size', 'gibibytes', number(20))),
    version: { kind: 'constant', owner: '@keelson/data.PostgreSqlVersion', name: 'V17' },
  },
  'ServerProps.alerts': { metrics: { kind: 'boolean', value: true } },
  'ServerProps.externalAnnotations': { externalAccess: call('@keelson/core.ServiceType', 'nodePort') },
  'ServerProps.externalNodePort': { externalAccess: call('@keelson/core.ServiceType', 'nodePort') },
};

/** The port that a database listens on where nothing else is said, by the struct of its props: a new engine is one line. */
export const DATA_PORTS: Readonly<Record<string, readonly [number: number, name: string]>> = {
  MariaDbProps: [3306, 'mariadb'],
  MongoDbProps: [27017, 'mongodb'],
  MySqlProps: [3306, 'mysql'],
  MariaDbEndpointProps: [3306, 'mariadb'],
  MongoDbEndpointProps: [27017, 'mongodb'],
  MySqlEndpointProps: [3306, 'mysql'],
  PostgreSqlEndpointProps: [5432, 'postgresql'],
  RedisEndpointProps: [6379, 'redis'],
  PostgreSqlProps: [5432, 'postgresql'],
  RedisProps: [6379, 'redis'],
};

/** Whether what a database may define is there, by what it is made of: a line for each that stands where the database itself can't. */
export const DATA_DEFINED: Readonly<Record<string, (args: readonly Expression[]) => boolean>> = {
  'Database.server': ([props]) => {
    const engine = props?.kind === 'object' ? entryOf(props, 'engine') : undefined;
    return engine?.kind !== 'static' || engine.name !== 'cloudNativePg';
  },
};
