import { Dialect, familyEngine } from '../mysql-family/dialect';
import { partsOf } from '../mysql-family/settings';

const IMAGE_VERSION = 'echo "$MYSQL_MAJOR"';

/** MySQL, as far as it isn't like MariaDB. */
export const MYSQL: Dialect = {
  engine: familyEngine({
    title: 'MySQL',
    id: 'mysql',
    // 8.4 and later keep a history of versions, earlier ones a file with the last; MariaDB's own file is never there
    dataVersion: `if [ -e "$DATA/mysql/mariadb_upgrade_info" ]; then echo "(MariaDB $(cut -d. -f1,2 "$DATA/mysql/mariadb_upgrade_info"))"
elif [ -e "$DATA/mysql/mysql_upgrade_history" ]; then
  grep -o '"version" *: *"[0-9]*[.][0-9]*' "$DATA/mysql/mysql_upgrade_history" | tail -n 1 | grep -o '[0-9]*[.][0-9]*'
elif [ -e "$DATA/mysql/mysql_upgrade_info" ]; then cut -d. -f1,2 "$DATA/mysql/mysql_upgrade_info"
elif [ -d "$DATA/mysql/mysql" ]; then ${IMAGE_VERSION}; fi`,
    imageVersion: IMAGE_VERSION,
  }),
  prefix: 'MYSQL',
  server: 'mysqld',
  client: 'mysql',
  admin: 'mysqladmin',
  plain: '--ssl-mode=DISABLED',
  verified: authorityFile => ['--ssl-mode=VERIFY_IDENTITY', `--ssl-ca=${authorityFile}`],
  unverified: ['--ssl-mode=REQUIRED'],
  reload: 'ALTER INSTANCE RELOAD TLS',
  settings: ({ bufferPool }) => ({
    innodb_buffer_pool_instances: String(partsOf(bufferPool)),
    // files of the server are nobody's business, and another protocol on another port isn't either
    secure_file_priv: 'NULL',
    mysqlx: '0',
    // else a month of changes is kept on the volume, for followers that there are none of
    skip_log_bin: '',
  }),
  // 12 MiB of ibdata1, as much of ibtmp1, two undo tablespaces of 16 MiB, and the dictionary
  // @see https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html
  log: { setting: 'innodb_redo_log_capacity', usual: 100, tables: 100 },
  ours: ['secure_file_priv'],
  // a literal of SQL, which the server keeps out of its own logs
  password: `quoted "$1"`,
  identified: password => `IDENTIFIED BY '${password}'`,
  monitor: 'PROCESS, REPLICATION CLIENT',
  rights: [],
};
