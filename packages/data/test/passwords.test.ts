import { Secret } from '@keelson/core';
import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  DatabaseCredentials, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql, MySqlVersion, PostgreSql, PostgreSqlVersion, Storage,
  type DatabaseProps,
} from '../src';
import { Shop, type Rendered } from './rendered';

const storage = Storage.dynamic(Size.gibibytes(20));

/** A shop with a database of each engine that has a setup Job. */
const ENGINES: Record<string, (shop: Shop, props: Partial<DatabaseProps>) => unknown> = {
  postgresql: ({ chart }, props) => new PostgreSql(chart, 'orders', { version: PostgreSqlVersion.V17, storage, ...props }),
  mysql: ({ chart }, props) => new MySql(chart, 'orders', { version: MySqlVersion.V8_4, storage, ...props }),
  mariadb: ({ chart }, props) => new MariaDb(chart, 'orders', { version: MariaDbVersion.V11_8, storage, ...props }),
  mongodb: ({ chart }, props) => new MongoDb(chart, 'orders', { version: MongoDbVersion.V8_0, storage, ...props }),
};

describe.each(Object.entries(ENGINES))('F-D9 a changed password of the superuser of %s', (_name, define) => {
  const shopOf = (props: Partial<DatabaseProps>) => {
    const shop = new Shop();
    define(shop, props);
    return shop;
  };

  test('is taken over by a Job that starts before the data knows a previous one, too', () => {
    const shop = shopOf({ rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated() });
    expect(shop.mistakes()).toEqual([]);
    const job = shop.objects().find(({ kind, metadata }) => kind === 'Job' && (metadata.name as string).startsWith('orders-setup-')) as Rendered;
    const secrets = job.spec.template.spec.volumes
      .flatMap(({ secret, projected }: Rendered) => projected?.sources.map((source: Rendered) => source.secret) ?? [secret]);
    const optional = Object.fromEntries(secrets.filter((each: unknown) => each !== undefined)
      .map(({ name, secretName, optional: may }: Rendered) => [name ?? secretName, may]));
    expect(optional).toEqual({ 'orders-root-2': undefined, 'orders-root': true, 'orders-app': undefined });
  });

  test.each<[string, Partial<DatabaseProps>, string[]]>([
    ['both as they are generated first', { previousRootCredentials: DatabaseCredentials.generated() }, ['password', 'orders-root']],
    ['both of a revision', { rootCredentials: DatabaseCredentials.generated('2'), previousRootCredentials: DatabaseCredentials.generated('2') }, ['password', 'orders-root-2']],
    ['one Secret', {
      rootCredentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('root'), { passwordKey: 'now' }),
      previousRootCredentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('root'), { passwordKey: 'now' }),
    }, ['now', 'root']],
  ])('is another one: %s', (_how, props, [key, secret]) => {
    expect(shopOf(props).mistakes()).toEqual([
      `[shop/orders] KEELSON3191 'previousRootCredentials' must be another password, got the key '${key}' of the Secret '${secret}', which rootCredentials is: `
      + "give rootCredentials another revision, such as DatabaseCredentials.generated('2'), or remove it",
    ]);
  });

  test('may be another key of the same Secret', () => {
    const of = (passwordKey: string) => DatabaseCredentials.fromSecret(Secret.fromSecretName('root'), { passwordKey });
    expect(shopOf({ rootCredentials: of('now'), previousRootCredentials: of('before') }).mistakes()).toEqual([]);
  });
});
