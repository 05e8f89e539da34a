import fc from 'fast-check';
import { call, number } from './program.js';
import { directory, node } from './storage-domains.js';
import {
  annotationKey, annotationValue, anyText, chosen, configKey, count, durations, envName, host, image, integers, label, labelKey, labelValue,
  nodePort, port, refusing, shortLabel, sizes, texts, words, type Domain,
} from './values.js';

/** What all engines take as the name of a database or user; further prefixes and words are the engines' own. */
const name = texts(/^[a-z][a-z0-9_]{3,8}$/, ['_', 'x', 'x'.repeat(32)], ['', 'A', '1a', 'a-b', 'a.b', 'a b', 'x'.repeat(33), 'keelson_a', 'pg_a', 'ü']);
/** What another server knows is as its owners like it. */
const elsewhere = words(['app', 'shop', 'Shop Orders', 'a@tenant', '$'], ['', 'a\nb', 'a\u0000']);
const server = words(['orders.example.com', 'localhost', '10.20.0.7', '2001:db8::7'],
  ['', 'A.example.com', 'a_b', 'db.example.com:5432', 'postgresql://db', '*.example.com', '10.0.0', '10.0.0.256', '10.0.0.1/32', '-a', 'a..b', 'x'.repeat(64)]);
/** Minor numbers too, which only some engines count by. */
const version = (inside: readonly string[], outside: readonly string[]): Domain => words(inside, ['', 'latest', 'v8', '8.4.1', '1', '1.0', ...outside]);
const seconds = (each: number) => call('cdk8s.Duration', 'seconds', number(each));

/**
 * The domains of databases, by key: see `Domains`.
 *
 * What engines have in common stands once, at the struct that they extend (`ServerProps`, `DatabaseProps`, `ServerEndpointProps`); a new
 * engine adds the forms of its versions.
 */
export const DATA: readonly (readonly [Domain, ...string[]])[] = [
  [shortLabel, 'ServerProps.name'],
  [image, 'ServerProps.image'],
  [refusing(image, ['', ' ', 'Web:1', 'https://web:1', 'a//b:1']), 'MariaDbVersion.of.image', 'MongoDbVersion.of.image', 'MySqlVersion.of.image', 'PostgreSqlVersion.of.image',
    'RedisVersion.of.image', 'RedisVersion.valkeyOf.image'],
  [version(['14', '19', '99'], ['13', '17.2', '017']), 'PostgreSqlVersion.of.major'],
  [version(['12.3', '10.11'], ['11', '11.x']), 'MariaDbVersion.of.series'],
  [version(['9.8', '8.4'], ['9', '8.x']), 'MySqlVersion.of.series'],
  [version(['9.0', '6.0'], ['5.0', '8', '8.10']), 'MongoDbVersion.of.version'],
  [version(['8.12', '7.0'], ['6.2', '8', '8.01']), 'RedisVersion.of.version', 'RedisVersion.valkeyOf.version'],

  [label, 'CloudNativePgOptions.operatorNamespace'],
  [labelKey, 'CloudNativePgOptions.operatorLabels[key]'],
  [labelValue, 'CloudNativePgOptions.operatorLabels[]'],
  [name, 'ServerProps.user', 'DatabaseProps.database', 'DatabaseProps.databases[]', 'DatabaseUser.name'],
  // `privilegesInItsDatabases` says which of the server's.
  [words(['app'], ['', 'other']), 'DatabaseUser.privileges[key]'],
  // With sections, as MongoDB has them, and in letters that all others know.
  [words(['custom.option', 'custom.other'], ['', 'A', 'a b', 'a=b', '-a', 'a\nb', 'ü']), 'ServerProps.settings[key]'],
  [words(['8MB', 'on', '1', "it's", 'a "b" \\ #c', '%{x}$(y)', 'ünïcode'], ['a\nb', 'a\u0000b']), 'ServerProps.settings[]'],
  [words(['10-a.sh', 'a.sh', '0_b.c.sh'], ['', 'a', 'a.txt', 'z.sh', '_a.sh', '.sh', 'a/b.sh', 'a b.sh']), 'DatabaseProps.initScripts[key]'],
  [refusing(anyText(), ['x'.repeat(1024 * 1024 + 1)]), 'DatabaseProps.initScripts[]'],
  [words(['keys', 'client|list', 'json.get'], ['', 'KEYS', 'a b', '+a', '@all', 'a|b|c', 'a\nb']), 'RedisProps.unsafeCommands[]'],
  [integers(10, 10_000, { most: 500 }), 'MariaDbProps.maxConnections', 'MySqlProps.maxConnections', 'PostgreSqlProps.maxConnections'],
  [integers(0, 20, { most: 3 }), 'MariaDbProps.readReplicas', 'PostgreSqlProps.readReplicas'],
  [{ inside: durations(10, 7200, { most: 7200 }).inside, outside: [0, 9].map(seconds) }, 'ServerProps.startupTimeout'],
  [nodePort, 'ServerProps.externalNodePort'],
  [annotationKey, 'ServerProps.externalAnnotations[key]'],
  [annotationValue, 'ServerProps.externalAnnotations[]'],
  [envName, 'ServerProps.clientVariables[key]', 'ServerEndpointProps.clientVariables[key]'],
  // Whatever the engine writes at first.
  [{ ...sizes(1, 10240), inside: sizes(400, 10240).inside }, 'Storage.dynamic.size', 'Storage.unsafeEphemeral.sizeLimit', 'Storage.local.size'],
  [node, 'Storage.local.node'],
  // `hasItsNodes` names one for each replica.
  [{ ...node, outside: [] }, 'LocalStorageOptions.replicaNodes[]'],
  [directory, 'Storage.local.path'],
  // All pods, since one server has one; `fromItsReplicas` leaves out what is for replicas.
  [{ inside: fc.constant(number(0)), outside: [-1, 0.5, NaN].map(number) }, 'StatefulSetRollingUpdateOptions.partition'],
  [integers(1, 99), 'DatabaseAlertOptions.volumePercent', 'DatabaseAlertOptions.connectionsPercent'],
  [durations(1), 'DatabaseAlertOptions.for'],
  // Only where there are replicas: `measured`.
  [{ ...durations(1), outside: [] }, 'DatabaseAlertOptions.replicationLag'],
  [words(['https://runbooks.example.com/databases/'], ['', 'runbooks', 'ftp://a/']), 'DatabaseAlertOptions.runbooks'],
  [words(['team', '_a', 'a1'], ['', 'a-b', 'severity', '1a']), 'DatabaseAlertOptions.labels[key]'],
  [words(['shop']), 'DatabaseAlertOptions.labels[]'],

  [refusing(label, ['', 'A', 'a_b', '-a', 'a-', 'a b', 'x'.repeat(64)]), 'DatabaseCredentials.generated.revision'],
  [chosen('key', '', configKey), 'SecretCredentialsOptions.passwordKey', 'SecretCredentialsOptions.uriKey'],

  // Only where cert-manager issues the certificate.
  [{ ...host, outside: [] }, 'DatabaseTlsOptions.dnsNames[]'],
  [chosen('key', '', configKey), 'CertificateAuthority.fromConfigMap.key', 'CertificateAuthority.fromSecret.key'],

  [server, 'ServerEndpointProps.host', 'ServerEndpointProps.readHost'],
  [port, 'ServerEndpointProps.port'],
  [elsewhere, 'DatabaseEndpointProps.database', 'DatabaseEndpointProps.user', 'RedisEndpointProps.user', 'ServerEndpointProps.backupUser'],
  [{ ...count(0), outside: [-1, 0.5, NaN].map(number) }, 'RedisEndpointProps.database'],
  [server, 'MongoDbEndpointProps.otherHosts[]'],
  [words(['rs0', 'admin', '$external'], ['', 'a b', 'a/b', 'a\nb']), 'MongoDbEndpointProps.replicaSet', 'MongoDbEndpointProps.authSource'],
];
