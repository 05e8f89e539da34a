import { Fault } from '@keelson/core';
import { seriesFaults } from './private/mysql-family/version-faults';

/**
 * A series of MariaDB, and the official image of its newest release, by the digest of its index for all platforms, as
 * `docker-library/repo-info` gives it.
 *
 * A server never meets the data of another series: a container that runs before it looks, and says what to do.
 *
 * @see https://mariadb.org/about/#maintenance-policy
 * @see https://github.com/docker-library/repo-info/tree/master/repos/mariadb
 */
export class MariaDbVersion {
  /** MariaDB 11.8, with long-term support. */
  public static readonly V11_8 = new MariaDbVersion('11.8', 'docker.io/library/mariadb:11.8.9-noble@sha256:2d2f4095530294735a857cfe22bb101e19b0849b416911c796ec4aa81b164a62');

  /** MariaDB 11.4, with long-term support. */
  public static readonly V11_4 = new MariaDbVersion('11.4', 'docker.io/library/mariadb:11.4.13-noble@sha256:80494b9810694179889f7281ec44ca928241df577159c0356a1070e2e94616a1');

  /** MariaDB 10.11, with long-term support. */
  public static readonly V10_11 = new MariaDbVersion('10.11', 'docker.io/library/mariadb:10.11.19-jammy@sha256:07c0aaff7396b74cb7975cba78257178d188e30f531a5db2b617c48beef13c41');

  /**
   * Another one, with its image.
   *
   * @param series the first two numbers of its versions, such as `12.3`.
   * @param image an official image, or one made from it.
   */
  public static of(series: string, image: string): MariaDbVersion {
    return new MariaDbVersion(series, image, seriesFaults(series, '12.3'));
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
