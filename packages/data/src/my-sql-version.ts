import { Fault } from '@keelson/core';
import { seriesFaults } from './private/mysql-family/version-faults';

/**
 * A series of MySQL, and the official image of its newest release, by the digest of its index for all platforms, as
 * `docker-library/repo-info` gives it.
 *
 * A server never meets the data of another series: a container that runs before it looks, and says what to do.
 *
 * @see https://www.mysql.com/support/
 * @see https://github.com/docker-library/repo-info/tree/master/repos/mysql
 */
export class MySqlVersion {
  /** MySQL 9.7, with long-term support. */
  public static readonly V9_7 = new MySqlVersion('9.7', 'docker.io/library/mysql:9.7.2@sha256:29abb0a179982e4a8928138bfc7f918af9eda64e7eeb1b1d084c1720a20159e6');

  /** MySQL 8.4, with long-term support. */
  public static readonly V8_4 = new MySqlVersion('8.4', 'docker.io/library/mysql:8.4.11@sha256:85b9bf2e29cf836ecb8c2a15a935d4ba0c606631dff1dd79531a11983c638f2a');

  /**
   * Another one, with its image.
   *
   * @param series the first two numbers of its versions, such as `9.7`.
   * @param image an official image, or one made from it.
   */
  public static of(series: string, image: string): MySqlVersion {
    return new MySqlVersion(series, image, seriesFaults(series, '9.7'));
  }

  private constructor(
    /** The first two numbers of its versions. */
    public readonly series: string,
    /** The image. */
    public readonly image: string,
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[] = [],
  ) {}
}
