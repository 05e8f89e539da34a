import { Size } from 'cdk8s';
import { shareOf } from '../memory';
import { CERTIFICATE_FILE, KEY_FILE, ServerTls } from '../server-tls';
import { SOCKETS } from './postgresql-engine';

/** Where the configuration is mounted. */
export const CONFIG = '/etc/postgresql';
/** Where a replica finds what is its own alone. */
export const OWN = '/var/lib/postgresql-own';

/** What settings follow from. */
export interface SettingsAsk {
  readonly memory: Size;
  readonly storage: Size | undefined;
  readonly maxConnections: number;
  readonly tls: ServerTls | undefined;
  readonly given: { readonly [name: string]: string };
}

/** Settings that belong to what is rendered: another value would have no server, or one that nobody reaches. */
export const OURS: ReadonlySet<string> = new Set([
  'config_file', 'data_directory', 'hba_file', 'include', 'include_dir', 'include_if_exists', 'listen_addresses', 'max_connections', 'port', 'primary_conninfo',
  'primary_slot_name', 'ssl', 'ssl_cert_file', 'ssl_key_file', 'unix_socket_directories',
]);

/**
 * What follows from the memory. A quarter is for shared buffers, as PostgreSQL's documentation advises, and three quarters is what the
 * planner reckons with. What is sorted has a quarter, shared by all connections; maintenance has a sixteenth.
 *
 * @see https://www.postgresql.org/docs/current/runtime-config-resource.html
 */
export function memorySettings(memory: Size, maxConnections: number): { [name: string]: string } {
  return {
    max_connections: String(maxConnections),
    shared_buffers: `${shareOf(memory, 1 / 4)}MB`,
    effective_cache_size: `${shareOf(memory, 3 / 4)}MB`,
    work_mem: `${Math.max(1, Math.floor(shareOf(memory, 1 / 4) / maxConnections))}MB`,
    maintenance_work_mem: `${Math.min(2048, Math.max(16, shareOf(memory, 1 / 16)))}MB`,
  };
}

/** `postgresql.conf`. */
export function configuration({ memory, storage, maxConnections, tls, given }: SettingsAsk): string {
  const mebibytes = storage?.toKibibytes({ rounding: 1 });
  const settings: { [name: string]: string } = {
    listen_addresses: '*',
    hba_file: `${CONFIG}/pg_hba.conf`,
    unix_socket_directories: SOCKETS,
    ...memorySettings(memory, maxConnections),
    // for as many replicas as there may be, each with a slot, and twice in the log while it is made; the same on all servers
    max_wal_senders: '48',
    max_replication_slots: '48',
    // a small volume has no room for the usual gigabyte
    ...mebibytes === undefined ? {} : { max_wal_size: `${Math.max(64, Math.min(1024, Math.floor(mebibytes / 1024 / 8)))}MB` },
    // a replica that is away for long must not fill the volume that everybody writes to
    ...mebibytes === undefined ? {} : { max_slot_wal_keep_size: `${Math.max(64, Math.floor(mebibytes / 1024 / 4))}MB` },
    timezone: 'UTC',
    log_timezone: 'UTC',
    default_text_search_config: 'pg_catalog.english',
    password_encryption: 'scram-sha-256',
    ...tls === undefined ? {} : { ssl: 'on', ssl_cert_file: CERTIFICATE_FILE, ssl_key_file: KEY_FILE, ssl_min_protocol_version: 'TLSv1.2' },
    ...given,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `${lines.join('\n')}\ninclude_if_exists = '${OWN}/replica.conf'\n`;
}

/**
 * Who may sign in, and how: by the socket, which only containers of ours have, the superuser needs no password. Where TLS is required, who
 * comes without finds no rule.
 */
export function clientAuthentication(tls: ServerTls | undefined): string {
  const host = tls?.isRequired === true ? 'hostssl' : 'host';
  return [
    'local all postgres trust',
    'local all all scram-sha-256',
    `${host} replication keelson_replication all scram-sha-256`,
    `${host} replication all all reject`,
    // the exporter is in the server's pod
    `${host} all keelson_metrics 127.0.0.1/32 scram-sha-256`,
    `${host} all keelson_metrics all reject`,
    `${host} all all all scram-sha-256`,
    '',
  ].join('\n');
}
