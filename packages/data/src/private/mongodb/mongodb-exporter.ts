import { EnvValue } from '@keelson/core';
import { Description, METRICS_USER } from '../description';
import { ExporterParts, Series } from '../engine';
import { AUTHORITY_FILE } from '../server-tls';

/** By the digest of its index for all platforms, which one public repository gives. @see https://github.com/percona/mongodb_exporter */
const IMAGE = 'docker.io/percona/mongodb_exporter:0.51.0@sha256:852b90b9f38ab489762b8a8b8c074ce852272c2495d725b922bdb5bc7d659e16';

const SERIES: Series = {
  up: 'mongodb_up',
  connections: matchers => `mongodb_ss_connections{${matchers}, conn_type="current"}`,
  mostConnections: matchers => `mongodb_ss_connections{${matchers}, conn_type=~"current|available"}`,
};

/** What reads MongoDB's statistics. This release takes a password from its environment alone, and has no shell to read it from a file. */
export function exporterParts({ passwords, tls }: Description): ExporterParts {
  const password = passwords.get('metrics');
  return {
    image: IMAGE,
    series: SERIES,
    port: 9216,
    args: ['--collector.diagnosticdata', '--collector.dbstats'],
    env: {
      MONGODB_URI: EnvValue.fromValue(`mongodb://127.0.0.1:27017/admin?authSource=admin${tls === undefined ? '' : `&tls=true&tlsCAFile=${AUTHORITY_FILE}`}`),
      MONGODB_USER: EnvValue.fromValue(METRICS_USER),
      ...password === undefined ? {} : { MONGODB_PASSWORD: EnvValue.fromSecretValue({ secret: password.secret, key: password.key }) },
    },
    volumes: {},
  };
}
