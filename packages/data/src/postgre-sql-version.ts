import { Fault } from '@keelson/core';
import { shown } from './private/made';

/**
 * A major version of PostgreSQL, and the official image of its newest release, by the digest of its index for all platforms, as
 * `docker-library/repo-info` gives it.
 *
 * For CloudNativePG it is that project's image of the release, by the digest that its catalogue of images has.
 *
 * A server never meets the data of another major version: a container that runs before it looks, and says what to do.
 *
 * @see https://www.postgresql.org/support/versioning/
 * @see https://github.com/docker-library/repo-info/tree/master/repos/postgres
 * @see https://github.com/cloudnative-pg/artifacts/blob/main/image-catalogs/catalog-standard-trixie.yaml
 */
export class PostgreSqlVersion {
  /** PostgreSQL 18. */
  public static readonly V18 = new PostgreSqlVersion(
    '18', 'docker.io/library/postgres:18.6-trixie@sha256:86c951e05bf56c93d95d397747fb8820ac76cc3bedb78f43abd83eedbe3666ae',
    [], 'ghcr.io/cloudnative-pg/postgresql:18.6-202608310817-standard-trixie@sha256:c2a773217853c6e0ffe7da9c37ea456466efb20cf844f27511a73fa6a81e3152',
  );

  /** PostgreSQL 17. */
  public static readonly V17 = new PostgreSqlVersion(
    '17', 'docker.io/library/postgres:17.11-trixie@sha256:f4c66b820c6f974249089d3d16d86a3698eae11e8746eb6644b2271031e91232',
    [], 'ghcr.io/cloudnative-pg/postgresql:17.11-202608310816-standard-trixie@sha256:0eea5ac8c5e3043db94f4d512ffcfb9c06d6270a97f6d56e9f08e1571ef0484e',
  );

  /** PostgreSQL 16. */
  public static readonly V16 = new PostgreSqlVersion(
    '16', 'docker.io/library/postgres:16.15-trixie@sha256:a3b7f434b2dc57ce85a67e171163eb8ab1a1ebcb39d27484661f26b1dfbe30d6',
    [], 'ghcr.io/cloudnative-pg/postgresql:16.15-202608310817-standard-trixie@sha256:6fedafdbf8b5b241e94c0307783a4875525141b98c4cbb8ec8a0b4134e9545d6',
  );

  /**
   * Another one, with its image.
   *
   * @param major the number, such as `19`.
   * @param image an official image, or one made from it.
   */
  public static of(major: string, image: string): PostgreSqlVersion {
    return new PostgreSqlVersion(major, image, /^(?:1[5-9]|[2-9]\d)$/.test(major) ? [] : [{
      code: 'KEELSON3010', member: 'major', got: shown(major), allowed: 'a major version from 15 on, without a minor', fix: "write it like '19'",
    }]);
  }

  private constructor(
    /** The number. */
    public readonly major: string,
    /** The image. */
    public readonly image: string,
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[] = [],
    /**
     * The image that CloudNativePG runs it by.
     *
     * @default - not known: the database says it by `image`.
     */
    public readonly cloudNativePgImage?: string,
  ) {}
}
