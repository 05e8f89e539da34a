import { DatabaseProps } from './database-props';
import { MongoDbVersion } from './mongo-db-version';

/** Properties for `MongoDb`. */
export interface MongoDbProps extends DatabaseProps {
  /** The version. */
  readonly version: MongoDbVersion;
}
