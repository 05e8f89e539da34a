/**
 * What a server does when its memory is full.
 *
 * @see https://redis.io/docs/latest/develop/reference/eviction/
 */
export enum RedisEviction {
  /** Refuse to write. */
  NO_EVICTION = 'noeviction',
  /** Drop what was not used for the longest time. */
  ALLKEYS_LRU = 'allkeys-lru',
  /** Drop what is used least often. */
  ALLKEYS_LFU = 'allkeys-lfu',
  /** Drop anything. */
  ALLKEYS_RANDOM = 'allkeys-random',
  /** Drop what was not used for the longest time among what expires; refuse to write when nothing does. */
  VOLATILE_LRU = 'volatile-lru',
  /** Drop what is used least often among what expires; refuse to write when nothing does. */
  VOLATILE_LFU = 'volatile-lfu',
  /** Drop anything that expires; refuse to write when nothing does. */
  VOLATILE_RANDOM = 'volatile-random',
  /** Drop what expires soonest; refuse to write when nothing does. */
  VOLATILE_TTL = 'volatile-ttl',
}
