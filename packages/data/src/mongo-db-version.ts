import { Fault } from '@keelson/core';
import { shown } from './private/made';

/**
 * A version of MongoDB, and the official image of its newest release, by the digest of its index for all platforms, as
 * `docker-library/repo-info` gives it.
 *
 * Data of a version is taken over by a newer one of the same major number, or by the first of the next (7.0 by 8.0, not by 8.2), and by no
 * older one: a container that runs before the server looks, and says what to do. As no file of the server tells the version, one of ours
 * does, `initialised`. What the data is compatible with (`featureCompatibilityVersion`) stays as it is until somebody says otherwise:
 * before the next upgrade it has to follow, by `db.adminCommand({ setFeatureCompatibilityVersion: '8.0', confirm: true })`; a server that
 * finds it too old doesn't start.
 *
 * @see https://www.mongodb.com/docs/manual/reference/versioning/
 * @see https://github.com/docker-library/repo-info/tree/master/repos/mongo
 */
export class MongoDbVersion {
  /** MongoDB 8.2. */
  public static readonly V8_2 = new MongoDbVersion('8.2', 'docker.io/library/mongo:8.2.12-noble@sha256:dc23b0dde2221277b581dd76933f39f8a765fee9dbd99b9deb19184c063c061f');

  /** MongoDB 8.0. */
  public static readonly V8_0 = new MongoDbVersion('8.0', 'docker.io/library/mongo:8.0.29-noble@sha256:43f6e6733f0f0647bcc896cd7b4ee6e0e4872e65a1e6de27ea935efd43120a70');

  /** MongoDB 7.0. */
  public static readonly V7_0 = new MongoDbVersion('7.0', 'docker.io/library/mongo:7.0.39-jammy@sha256:04582c3a144d088f841c446abfc19f79adcefa8bd00ad4a7fb18e27b9585c5d6');

  /**
   * Another one, with its image.
   *
   * @param version major and minor number, such as `9.0`.
   * @param image an official image, or one made from it.
   */
  public static of(version: string, image: string): MongoDbVersion {
    return new MongoDbVersion(version, image, /^(?:[6-9]|[1-9]\d)\.\d$/.test(version) ? [] : [{
      code: 'KEELSON3090', member: 'version', got: shown(version), allowed: 'major and minor number, from 6.0 on', fix: "write it like '9.0'",
    }]);
  }

  private constructor(
    /** Major and minor number. */
    public readonly version: string,
    /** The image. */
    public readonly image: string,
    /** What is wrong with it; the database that receives it reports them. */
    public readonly faults: Fault[] = [],
  ) {}
}
