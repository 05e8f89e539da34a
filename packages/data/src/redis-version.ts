import { Fault } from '@keelson/core';
import { shown } from './private/made';

/**
 * A version of Redis, or of Valkey, which began as Redis 7.2 and speaks the same protocol, and the official image of its newest release,
 * by the digest of its index for all platforms, as `docker-library/repo-info` gives Redis', and several public repositories Valkey's.
 *
 * A server never meets the data of a newer one, which it can't read: a container that runs before it looks, and says what to do. Data of an
 * older one is taken over; nothing leads back then. Valkey takes the data of Redis up to 7.2; Redis takes none of Valkey's.
 *
 * @see https://github.com/docker-library/repo-info/tree/master/repos/redis
 * @see https://github.com/valkey-io/valkey-container
 */
export class RedisVersion {
  /** Redis 8.10, with the modules of its image: JSON, search, time series, probabilistic types. */
  public static readonly V8_10 = new RedisVersion('8.10', 'docker.io/library/redis:8.10.1-trixie@sha256:8a1efc5f479551822b47424ccae982026b633f28818eab0387348120a61e10e2');

  /** Redis 7.4. */
  public static readonly V7_4 = new RedisVersion('7.4', 'docker.io/library/redis:7.4.11-bookworm@sha256:c6eabf748fc7a61dbb5a705c78bcf3d6377b1127a97d0ce965c11c44ba46896f');

  /** Valkey 9.1. */
  public static readonly VALKEY_9_1 = new RedisVersion('9.1', 'docker.io/valkey/valkey:9.1.2@sha256:418652cfb58ef879d4978c33553735d7147016032d5aefaa14c828e611eb9dfd', true);

  /** Valkey 8.1. */
  public static readonly VALKEY_8_1 = new RedisVersion('8.1', 'docker.io/valkey/valkey:8.1.10@sha256:640c5e62cea04b6d6f2084232651d0cc70362d31f4f805e7be94dbed6855e8f2', true);

  /**
   * Another one of Redis, with its image.
   *
   * @param version major and minor number, such as `8.12`.
   * @param image an official image, or one made from it.
   */
  public static of(version: string, image: string): RedisVersion {
    return new RedisVersion(version, image, false, versionFaults(version, "'8.12'"));
  }

  /**
   * Another one of Valkey, with its image.
   *
   * @param version major and minor number, such as `9.2`.
   * @param image an official image, or one made from it.
   */
  public static valkeyOf(version: string, image: string): RedisVersion {
    return new RedisVersion(version, image, true, versionFaults(version, "'9.2'"));
  }

  private constructor(
    /** Major and minor number. */
    public readonly version: string,
    /** The image. */
    public readonly image: string,
    /** Whether it is Valkey. */
    public readonly isValkey: boolean = false,
    /** What is wrong with it; the server that receives it reports them. */
    public readonly faults: Fault[] = [],
  ) {}
}

/** Before 7.0, users had no rights by subcommand, and the append-only file was another. */
function versionFaults(version: string, example: string): Fault[] {
  return /^(?:[7-9]|[1-9]\d)\.(?:0|[1-9]\d?)$/.test(version) ? [] : [{
    code: 'KEELSON3080', member: 'version', got: shown(version), allowed: 'major and minor number, from 7.0 on', fix: `write it like ${example}`,
  }];
}
