import { RedisEviction } from './redis-eviction';
import { RedisPersistence } from './redis-persistence';
import { RedisVersion } from './redis-version';
import { ServerProps } from './server-props';

/** Properties for `Redis`. */
export interface RedisProps extends ServerProps {
  /** The version, of Redis or of Valkey. */
  readonly version: RedisVersion;

  /**
   * All of it can be had again from elsewhere: when memory is full, the oldest goes, and clients may empty the database they are in.
   *
   * @default false
   */
  readonly cache?: boolean;

  /**
   * What happens when memory is full.
   *
   * @default - `RedisEviction.NO_EVICTION`; for a cache `RedisEviction.ALLKEYS_LRU`.
   */
  readonly eviction?: RedisEviction;

  /**
   * How data is kept. What snapshots left is taken over when it becomes an append-only file, and a `dump.rdb` that is put into an empty
   * volume with it. Before the other way round, have the server that runs write its data by `SAVE`, and rename `appendonlydir`: the
   * server doesn't start where it would lose what is there.
   *
   * @default - `RedisPersistence.APPEND_ONLY`; for a cache with `Storage.unsafeEphemeral`, `RedisPersistence.NONE`.
   */
  readonly persistence?: RedisPersistence;

  /**
   * Commands that `user` may use although the server calls them dangerous or administrative, such as `keys` or `client|list`. The server
   * doesn't start where it doesn't know one.
   *
   * @default - none; `info` is allowed to all, and `flushdb` at a cache.
   */
  readonly unsafeCommands?: string[];
}
