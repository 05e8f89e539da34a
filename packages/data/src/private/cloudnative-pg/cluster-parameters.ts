import { Fault, Faults } from '@keelson/core';
import { PostgreSqlProps } from '../../postgre-sql-props';
import { Description } from '../description';
import { PropFault } from '../engine';
import { memorySettings, OURS } from '../postgresql/postgresql-settings';

/**
 * Those that the operator sets, and refuses from anybody else.
 *
 * @see https://cloudnative-pg.io/docs/1.30/postgresql_conf#fixed-parameters
 */
const FIXED: ReadonlySet<string> = new Set([
  'allow_alter_system', 'allow_system_table_mods', 'archive_cleanup_command', 'archive_command', 'archive_mode', 'bonjour', 'bonjour_name', 'cluster_name',
  'config_file', 'data_directory', 'data_sync_retry', 'event_source', 'external_pid_file', 'hba_file', 'hot_standby', 'ident_file', 'jit_provider',
  'listen_addresses', 'log_destination', 'log_directory', 'log_file_mode', 'log_filename', 'log_rotation_age', 'log_rotation_size', 'log_truncate_on_rotation',
  'logging_collector', 'pg_failover_slots.primary_dsn', 'pg_failover_slots.standby_slot_names', 'port', 'primary_conninfo', 'primary_slot_name',
  'promote_trigger_file', 'recovery_end_command', 'recovery_min_apply_delay', 'recovery_target', 'recovery_target_action', 'recovery_target_inclusive',
  'recovery_target_lsn', 'recovery_target_name', 'recovery_target_time', 'recovery_target_timeline', 'recovery_target_xid', 'restart_after_crash',
  'restore_command', 'shared_preload_libraries', 'ssl', 'ssl_ca_file', 'ssl_cert_file', 'ssl_crl_file', 'ssl_dh_params_file', 'ssl_ecdh_curve', 'ssl_key_file',
  'ssl_passphrase_command', 'ssl_passphrase_command_supports_reload', 'ssl_prefer_server_ciphers', 'stats_temp_directory', 'synchronized_standby_slots',
  'synchronous_standby_names', 'syslog_facility', 'syslog_ident', 'syslog_sequence_numbers', 'syslog_split_messages', 'temp_tablespaces',
  'unix_socket_directories', 'unix_socket_group', 'unix_socket_permissions',
]);

/** Sizes that the operator compares, as it reads them: megabytes without a unit. */
const SIZES = ['shared_buffers', 'min_wal_size', 'max_wal_size'];
const KIBIBYTES: { readonly [unit: string]: number } = { kB: 1, MB: 1024, GB: 1024 ** 2, TB: 1024 ** 3 };
const SWITCHES = ['hot_standby_feedback', 'sync_replication_slots', 'wal_log_hints'];
const MOST_MEBIBYTES = 1024;

/** What `postgresql.conf` says beside the operator's own part. */
export function parameters(
  { memory, resources, storageSize }: Description, { maxConnections = 100, settings = {} }: PostgreSqlProps,
): { [name: string]: string } {
  const volume = Math.floor((storageSize?.toKibibytes({ rounding: 1 }) ?? 0) / 1024);
  const least = Math.floor((resources.memoryRequest ?? memory).toKibibytes({ rounding: 1 }) / 1024);
  const usual = memorySettings(memory, maxConnections);
  return {
    ...usual,
    // the operator takes no more than what the pod is sure to get
    shared_buffers: `${Math.max(1, Math.min(parseInt(usual.shared_buffers ?? '', 10), least))}MB`,
    // more than the usual least, 80 MB; a small volume has no room for the usual gigabyte, nor for the half of it that is kept for replicas
    max_wal_size: `${Math.max(128, Math.min(MOST_MEBIBYTES, Math.floor(volume / 8)))}MB`,
    wal_keep_size: `${Math.max(64, Math.min(512, Math.floor(volume / 16)))}MB`,
    max_slot_wal_keep_size: `${Math.max(64, Math.floor(volume / 4))}MB`,
    timezone: 'UTC',
    log_timezone: 'UTC',
    default_text_search_config: 'pg_catalog.english',
    password_encryption: 'scram-sha-256',
    ...settings,
  };
}

/** What the operator takes from nobody, or not so. */
export function parameterFaults(props: PostgreSqlProps, description: Description): PropFault[] {
  const { settings = {}, readReplicas = 0 } = props;
  const all = parameters(description, props);
  const own = Object.entries(settings).filter(([, value]) => typeof value === 'string');
  return [
    ...own.flatMap(([name, value]) => [
      ...!OURS.has(name) && (FIXED.has(name) || name.startsWith('cnpg.')) ? [{
        code: 'KEELSON3113', member: name, got: Faults.quoted(value), allowed: 'a setting that CloudNativePG leaves to others', fix: 'remove it',
      }] : [],
      ...SIZES.includes(name) && kibibytesOf(value) === undefined ? [{
        code: 'KEELSON3118', member: name, got: Faults.quoted(value), allowed: 'a number with kB, MB, GB or TB, which CloudNativePG reads', fix: "write it like '256MB'",
      }] : [],
      ...SWITCHES.includes(name) && !/^(?:on|off|true|false|yes|no|0|1)$/i.test(value) ? [{
        code: 'KEELSON3118', member: name, got: Faults.quoted(value), allowed: "'on' or 'off'", fix: 'write it so',
      }] : [],
      ...name === 'wal_log_hints' && readReplicas > 0 && /^(?:off|false|no|0)$/i.test(value) ? [{
        code: 'KEELSON3118', member: name, got: Faults.quoted(value), allowed: "'on' with 'readReplicas'", fix: 'remove it',
      }] : [],
      ...name === 'wal_level' && !['logical', 'replica'].includes(value) ? [{
        code: 'KEELSON3118', member: name, got: Faults.quoted(value), allowed: "'logical' or 'replica'", fix: "leave it out for 'logical'",
      }] : [],
    ].map(fault => ({ prop: 'settings', fault }))),
    ...sizeFaults(all, description).map(fault => ({ prop: 'settings', fault })),
  ];
}

function sizeFaults(all: { readonly [name: string]: string }, { memory, resources }: Description): Fault[] {
  const [shared, least, most] = [all.shared_buffers, all.min_wal_size ?? '80MB', all.max_wal_size].map(value => kibibytesOf(value));
  const sure = (resources.memoryRequest ?? memory).toKibibytes({ rounding: 1 });
  return [
    ...shared !== undefined && shared > sure ? [{
      code: 'KEELSON3119', member: 'shared_buffers', got: Faults.quoted(all.shared_buffers), allowed: "at most 'resources.memoryRequest'", fix: 'raise that, or lower this',
    }] : [],
    ...least !== undefined && most !== undefined && least >= most ? [{
      code: 'KEELSON3119', member: 'min_wal_size', got: Faults.quoted(all.min_wal_size ?? '80MB'), allowed: `less than 'max_wal_size', ${Faults.quoted(all.max_wal_size)}`,
      fix: 'lower it, or raise that',
    }] : [],
  ];
}

function kibibytesOf(value: string | undefined): number | undefined {
  const [, number, unit = 'MB'] = /^\s*(\d+)\s*(kB|MB|GB|TB)?\s*$/.exec(value ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * (KIBIBYTES[unit] ?? 1);
}
