import { Construct } from 'constructs';
import { Database } from './database';
import { DatabaseEndpoint } from './database-endpoint';
import { endpointKind } from './private/redis/redis-endpoint';
import { redisModel } from './private/redis/redis-model';
import { soundProps } from './private/sound-props';
import { RedisEndpointProps } from './redis-endpoint-props';
import { RedisProps } from './redis-props';

/**
 * A Redis or Valkey server that keeps its data, or a cache. There is one, and nothing takes over while it restarts: servers that follow it,
 * or a cluster, need an operator, such as OT-CONTAINER-KIT's for Redis or SAP's for Valkey.
 *
 * ```ts
 * declare const storefront: Workload;
 * const sessions = new Redis(chart, 'sessions', {
 *   version: RedisVersion.V8_10,
 *   storage: Storage.dynamic(Size.gibibytes(5)),
 * });
 * const cache = new Redis(chart, 'cache', {
 *   version: RedisVersion.VALKEY_9_1,
 *   storage: Storage.unsafeEphemeral(Size.gibibytes(1)),
 *   cache: true,
 * });
 * storefront.connections.to(sessions);
 * ```
 *
 * Connected clients get `REDIS_HOST`, `REDIS_PORT` and `REDIS_USERNAME`, and in `REDIS_PASSWORD_FILE` and `REDIS_URL_FILE` where files with
 * the password and the URL are; with `tls`, `REDIS_TLS` is `true`, `REDIS_TLS_CA_FILE` the path of the authority's certificate, and the URL
 * begins with `rediss:`. Those that know a password and no user are `default`, which has the password and the rights of `user`:
 * everything with all keys and channels, except what is dangerous or administrative, such as `CONFIG`, `FLUSHALL`, `KEYS` and `SHUTDOWN`.
 * `admin` may do everything.
 *
 * From the memory limit follows `maxmemory`: 0.6 of it, as a server that writes its data out forks, and pages that change
 * meanwhile are there twice; 0.8 of it where nothing is written out. The rest is for clients' buffers, and what the allocator can't give
 * back.
 *
 * Users are made at each start of a pod, from the Secrets, and the server reads no password, only SHA-256: another `revision` of the
 * credentials is a restart with the new password. Where a Secret's content changes by itself, restart the pod:
 * `kubectl rollout restart statefulset sessions`.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/
 * @see https://valkey.io/topics/
 */
export class Redis extends Database {
  /**
   * A server that is made elsewhere, with or without a password: one whose clients all reach it as they are gives them `REDIS_HOST`,
   * `REDIS_PORT` and `REDIS_URL`, in which nothing is secret.
   *
   * @param scope where it is spoken of.
   * @param id its id there.
   * @param props where it is, and how clients sign in.
   */
  public static fromEndpoint(scope: Construct, id: string, props: RedisEndpointProps): DatabaseEndpoint {
    return DatabaseEndpoint._define(scope, id, props, endpointKind(props));
  }

  public constructor(scope: Construct, id: string, props: RedisProps) {
    const sound = soundProps(props);
    super(scope, id, sound.props, redisModel(scope, id, sound.props)._with(sound.faults));
  }
}
