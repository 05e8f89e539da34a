/**
 * How a server keeps its data beyond its memory.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
 */
export enum RedisPersistence {
  /** Each change goes to a file that is written out every second: a crash loses a second at most. */
  APPEND_ONLY = 'append-only',
  /** All of it, after an hour with a change, 5 minutes with 100 or one with 10000, and at the end: a crash loses what came later. */
  SNAPSHOTS = 'snapshots',
  /** Nothing is written. */
  NONE = 'none',
}
