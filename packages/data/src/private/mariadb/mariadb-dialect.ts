import { Dialect, familyEngine } from '../mysql-family/dialect';

const IMAGE_VERSION = 'echo "${MARIADB_VERSION#*:}" | cut -d. -f1,2';

/** MariaDB, as far as it isn't like MySQL. */
export const MARIADB: Dialect = {
  engine: familyEngine({
    title: 'MariaDB',
    id: 'mariadb',
    // the file's name has changed with 11, and MySQL's history is never there
    dataVersion: `if [ -e "$DATA/mysql/mysql_upgrade_history" ]; then echo '(MySQL)'
elif [ -e "$DATA/mysql/mariadb_upgrade_info" ]; then cut -d. -f1,2 "$DATA/mysql/mariadb_upgrade_info"
elif [ -e "$DATA/mysql/mysql_upgrade_info" ]; then cut -d. -f1,2 "$DATA/mysql/mysql_upgrade_info"
elif [ -d "$DATA/mysql/mysql" ]; then ${IMAGE_VERSION}; fi`,
    imageVersion: IMAGE_VERSION,
  }),
  prefix: 'MARIADB',
  server: 'mariadbd',
  client: 'mariadb',
  admin: 'mariadb-admin',
  plain: '--skip-ssl',
  verified: authorityFile => ['--ssl-verify-server-cert', `--ssl-ca=${authorityFile}`],
  unverified: ['--ssl', '--skip-ssl-verify-server-cert'],
  reload: 'FLUSH LOCAL SSL',
  settings: ({ isReplicated }) => ({
    server_id: '1',
    ...isReplicated ? {
      log_bin: 'binlog',
      binlog_format: 'ROW',
      // what was told to followers is there after a crash, too
      sync_binlog: '1',
      gtid_strict_mode: 'ON',
      binlog_expire_logs_seconds: '259200',
    } : {},
  }),
  // @see https://mariadb.com/kb/en/innodb-system-variables/#innodb_log_file_size
  log: { setting: 'innodb_log_file_size', usual: 96, tables: 64 },
  ours: ['event_scheduler', 'gtid_domain_id', 'read_only', 'relay_log', 'server_id', 'skip_slave_start'],
  // the hash: a password that is part of a statement would be in the binary log, and with it on all that follow
  password: String.raw`local hex
  hex=$(printf '%s' "$1" | sha1sum | cut -c1-40 | sed 's/../\\x&/g')
  printf "$hex" | sha1sum | cut -c1-40 | tr a-f A-F | sed 's/^/*/'`,
  identified: password => `IDENTIFIED BY PASSWORD '${password}'`,
  monitor: 'PROCESS, BINLOG MONITOR, SLAVE MONITOR',
  health: 'SLAVE MONITOR',
  rights: ['DELETE HISTORY'],
};
