import { Size } from 'cdk8s';
import {
  type Database, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql, MySqlVersion, PostgreSql, PostgreSqlVersion, Redis, RedisVersion,
  Storage,
} from '../src';
import { Shop } from './rendered';

const storage = Storage.dynamic(Size.gibibytes(20));

/** `orders` by each engine, from props that may be anything, as programs without types have it. */
const ENGINES: Record<string, (shop: Shop, props: object) => Database> = {
  PostgreSQL: ({ chart }, props) => new PostgreSql(chart, 'orders', { version: PostgreSqlVersion.V17, storage, ...props }),
  MySQL: ({ chart }, props) => new MySql(chart, 'orders', { version: MySqlVersion.V8_4, storage, ...props }),
  MariaDB: ({ chart }, props) => new MariaDb(chart, 'orders', { version: MariaDbVersion.V11_8, storage, ...props }),
  Redis: ({ chart }, props) => new Redis(chart, 'orders', { version: RedisVersion.V8_10, storage, ...props }),
  MongoDB: ({ chart }, props) => new MongoDb(chart, 'orders', { version: MongoDbVersion.V8_0, storage, ...props }),
};

export const engines = Object.keys(ENGINES);

/** A shop with a database of an engine. */
export function shopWith(engine: string, props: object): Shop & { orders: Database } {
  const shop = new Shop();
  const define = ENGINES[engine];
  if (define === undefined) throw new Error(engine);
  return Object.assign(shop, { orders: define(shop, props) });
}

/** What synth says of it. */
export function mistakesWith(engine: string, props: object): string[] {
  return shopWith(engine, props).mistakes();
}
