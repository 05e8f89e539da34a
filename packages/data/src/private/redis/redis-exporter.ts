import { Description, METRICS_USER } from '../description';
import { ExporterParts, Series } from '../engine';
import { AUTHORITY_FILE } from '../server-tls';
import { METRICS_FILE, metricsAddress, prepared, PreparedVolumes } from './redis-users';

/** By the digest of its index for all platforms, which several public repositories give. @see https://github.com/oliver006/redis_exporter */
const IMAGE = 'docker.io/oliver006/redis_exporter:v1.90.0@sha256:a129504e65b87c54f79bc92f1afc403475e8ff646a3d7512de469904ceddf986';

const SERIES: Series = {
  up: 'redis_up',
  connections: matchers => `redis_connected_clients{${matchers}}`,
  mostConnections: matchers => `redis_config_maxclients{${matchers}}`,
};

/** What reads the server's statistics. */
export function exporterParts({ tls }: Description, volumes: PreparedVolumes): ExporterParts {
  return {
    image: IMAGE,
    series: SERIES,
    port: 9121,
    args: [
      `--redis.addr=${metricsAddress(tls)}`, `--redis.user=${METRICS_USER}`, `--redis.password-file=${METRICS_FILE}`,
      ...tls === undefined ? [] : [`--tls-ca-cert-file=${AUTHORITY_FILE}`],
    ],
    env: {},
    volumes: prepared(volumes).exporter,
  };
}
