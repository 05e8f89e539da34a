import { Fault, Faults } from '@keelson/core';
import { Size } from 'cdk8s';
import { Description } from '../description';
import { PropFault } from '../engine';
import { shown } from '../made';
import { reasonOf } from '../settings-reasons';
import { CERTIFICATE_FILE, KEY_FILE, ServerTls } from '../server-tls';
import { bytesOf, cacheFaults, MEBI, volumeFaults } from '../sizes';
import { DATADIR, Dialect, PORT, SOCKET, SOCKETS, TEMPORARY } from './dialect';

const GIBIBYTE = 1024;
/** The pool grows and shrinks by as much. */
const CHUNK = 128;

/** Settings that belong to what is rendered: another value would have no server, or one that nobody reaches. */
const OURS = [
  'basedir', 'bind_address', 'datadir', 'max_connections', 'pid_file', 'port', 'skip_bind_address', 'skip_grant_tables', 'skip_name_resolve', 'skip_networking',
  'socket', 'tmpdir', 'user',
];

/** Those of TLS. */
const OF_TLS = ['require_secure_transport', 'skip_ssl', 'ssl', 'ssl_ca', 'ssl_cert', 'ssl_key'];

/** Parts of a buffer pool, in MiB: one for each GiB, up to 8. */
export function partsOf(pool: number): number {
  return Math.min(8, Math.max(1, Math.floor(pool / GIBIBYTE)));
}

/** The buffer pool in MiB: half of the memory, and from 4 GiB on all but 2 GiB, at most three quarters; in whole chunks. */
function bufferPoolOf(memory: Size): number {
  const mebibytes = memory.toKibibytes({ rounding: 1 }) / 1024;
  const pool = Math.floor(Math.max(mebibytes / 2, Math.min(mebibytes * 3 / 4, mebibytes - 2 * GIBIBYTE)));
  const step = CHUNK * partsOf(pool);
  return pool < step ? Math.max(5, pool) : pool - pool % step;
}

/** What the configuration follows from. */
interface ConfigurationAsk {
  readonly memory: Size;
  readonly isReplicated: boolean;
  readonly maxConnections: number;
  readonly tls: ServerTls | undefined;
  readonly given: { readonly [name: string]: string };
}

/** The configuration file: what the server has to have, what follows from the memory, what was given. */
export function configuration(dialect: Dialect, { memory, isReplicated, maxConnections, tls, given }: ConfigurationAsk): string {
  const bufferPool = bufferPoolOf(memory);
  const settings: { [name: string]: string } = {
    datadir: DATADIR,
    tmpdir: TEMPORARY,
    socket: SOCKET,
    pid_file: `${SOCKETS}/mysqld.pid`,
    port: String(PORT),
    bind_address: '*',
    skip_name_resolve: 'ON',
    character_set_server: 'utf8mb4',
    max_connections: String(maxConnections),
    innodb_buffer_pool_size: `${bufferPool}M`,
    ...tlsSettings(tls),
    ...dialect.settings({ bufferPool, isReplicated }),
    ...plainNames(given),
  };
  return ['[client]', line('socket', SOCKET), '[mysqld]', ...Object.entries(settings).map(([name, value]) => line(name, value)), ''].join('\n');
}

/** `-` and `_` are the same to the server: the last one of either would win. */
function plainNames(given: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name.replaceAll('-', '_'), value]));
}

/** Bytes without a unit; `t` and more are MySQL's since 8.0, and MariaDB's. */
const UNITS = Object.fromEntries([...'kmgtpe'].flatMap((unit, at) => [unit, unit.toUpperCase()].map(each => [each, 1024 ** (at + 1)])));

/** What of its sizes can't work. */
export function sizeFaults({ log }: Dialect, description: Description, given: { readonly [name: string]: string }): PropFault[] {
  const { innodb_buffer_pool_size: pool, [log.setting]: size } = plainNames(given);
  const bytes = (value: string | undefined): number | undefined => bytesOf(value, { '': 1, ...UNITS });
  return [
    ...cacheFaults(description, 'innodb_buffer_pool_size', pool, bytes(pool)),
    ...volumeFaults(description, (bytes(size) ?? log.usual * MEBI) + log.tables * MEBI),
  ];
}

/** A socket is as good as TLS to a server that requires it. */
function tlsSettings(tls: ServerTls | undefined): { [name: string]: string } {
  return tls === undefined ? {} : {
    ssl_cert: CERTIFICATE_FILE, ssl_key: KEY_FILE, tls_version: 'TLSv1.2,TLSv1.3', require_secure_transport: tls.isRequired ? 'ON' : 'OFF',
  };
}

/** In quotes, where `#` begins no comment. A setting without a value is a switch. */
function line(name: string, value: string): string {
  return value === '' ? name : `${name} = "${String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** What is wrong with a setting of the user's. */
export function settingFaults({ ours }: Dialect, name: string, value: string): Fault[] {
  if (!/^[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*$/.test(name) || typeof value !== 'string' || /[\0\n\r]/.test(value)) {
    return [{
      code: 'KEELSON3054', member: name, got: shown(value), allowed: "a setting's name of lower-case letters, digits, '_', '-' and '.', and a value on one line",
      fix: "write it like innodb_lock_wait_timeout: '20'",
    }];
  }
  const plain = name.replaceAll('-', '_').replace(/^loose_/, '');
  return [...OURS, ...OF_TLS, ...ours].includes(plain) ? [{
    code: 'KEELSON3055', member: name, got: Faults.quoted(value), allowed: 'a setting that nothing else of the database depends on',
    fix: plain === 'max_connections' ? "use 'maxConnections'" : OF_TLS.includes(plain) ? "use 'tls'" : reasonOf(name),
  }] : [];
}
