import { EnvValue } from '@keelson/core';
import { Description, METRICS_USER } from '../description';
import { ExporterParts, passwordFile, Series } from '../engine';
import { AUTHORITY_FILE } from '../server-tls';

/** By the digest of its index for all platforms, which several public repositories give. @see https://github.com/prometheus-community/postgres_exporter */
const IMAGE = 'docker.io/prometheuscommunity/postgres-exporter:v0.20.1@sha256:ac5ec343104fae0e2d84a27bb8d69b38430a11910c5382cad85d478d2bab713e';

/**
 * A server that has lost the primary tells no lag, and its slot there isn't active.
 *
 * @see https://github.com/prometheus-community/postgres_exporter/blob/master/CHANGELOG.md
 */
const SERIES: Series = {
  up: 'pg_up',
  connections: matchers => `pg_stat_activity_count{${matchers}}`,
  mostConnections: matchers => `pg_settings_max_connections{${matchers}}`,
  lag: 'pg_replication_lag_seconds',
  following: ({ primary }, name) => `pg_replication_slots_active{${primary}, slot_name=~"${name.replace(/[^a-z0-9]/g, '_')}_replica_[0-9]+"} == 1`,
};

/** What reads PostgreSQL's statistics. */
export function exporterParts({ tls }: Description): ExporterParts {
  // the name in the certificate isn't the loopback's, where nobody else answers
  const how = tls === undefined ? 'sslmode=disable' : `sslmode=verify-ca&sslrootcert=${AUTHORITY_FILE}`;
  return {
    image: IMAGE,
    series: SERIES,
    port: 9187,
    env: {
      DATA_SOURCE_URI: EnvValue.fromValue(`127.0.0.1:5432/postgres?${how}`),
      DATA_SOURCE_USER: EnvValue.fromValue(METRICS_USER),
      DATA_SOURCE_PASS_FILE: EnvValue.fromValue(passwordFile('metrics')),
    },
  };
}
