import { validateManifests } from '@keelson/testing';
import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { MariaDb, MariaDbVersion, PostgreSql, PostgreSqlVersion, StatefulSetStrategy, Storage, type PostgreSqlProps } from '../src';
import { Shop } from './rendered';

const storage = Storage.dynamic(Size.gibibytes(20));
const shopOf = (props: Partial<PostgreSqlProps>) => {
  const shop = new Shop();
  new PostgreSql(shop.chart, 'orders', { version: PostgreSqlVersion.V17, storage, ...props });
  return shop;
};
const strategyOf = (shop: Shop, name: string) => shop.object('StatefulSet', name).spec.updateStrategy as unknown;
const rolling = (partition: number) => StatefulSetStrategy.rollingUpdate({ partition });

describe('D1 F-D27 how pods get what has changed', () => {
  test('one after the other, unless it is said', () => {
    const shop = shopOf({ readReplicas: 2 });
    expect([strategyOf(shop, 'orders'), strategyOf(shop, 'orders-replica')]).toEqual(Array.from({ length: 2 }, () => ({ type: 'RollingUpdate', rollingUpdate: { partition: 0 } })));
  });

  test('by hand, and replicas from a number on', () => {
    const shop = shopOf({ readReplicas: 3, updateStrategy: StatefulSetStrategy.onDelete(), replicaUpdateStrategy: rolling(2) });
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    expect([strategyOf(shop, 'orders'), strategyOf(shop, 'orders-replica')]).toEqual([{ type: 'OnDelete' }, { type: 'RollingUpdate', rollingUpdate: { partition: 2 } }]);
  });

  test('replicas of MariaDB, too', () => {
    const shop = new Shop();
    new MariaDb(shop.chart, 'orders', { version: MariaDbVersion.V11_8, storage, readReplicas: 2, replicaUpdateStrategy: rolling(1) });
    expect([strategyOf(shop, 'orders'), strategyOf(shop, 'orders-replica')]).toMatchObject([{ rollingUpdate: { partition: 0 } }, { rollingUpdate: { partition: 1 } }]);
  });

  const byHand = 'use StatefulSetStrategy.onDelete() where no pod is to be replaced by itself';
  test.each<[Partial<PostgreSqlProps>, string]>([
    [{ updateStrategy: rolling(-1) }, "KEELSON3156 'updateStrategy.partition' must be an integer from 0 on, got -1: leave it out for all pods"],
    [{ readReplicas: 1, replicaUpdateStrategy: rolling(0.5) }, "KEELSON3156 'replicaUpdateStrategy.partition' must be an integer from 0 on, got 0.5: leave it out for all pods"],
    [{ updateStrategy: rolling(1) }, `KEELSON3158 'updateStrategy.partition' must be 0 for one pod, got 1: ${byHand}`],
    [{ readReplicas: 2, replicaUpdateStrategy: rolling(2) }, `KEELSON3158 'replicaUpdateStrategy.partition' must be 0 to 1, for 2 pods, got 2: ${byHand}`],
    [{ replicaUpdateStrategy: rolling(0) }, "KEELSON3159 'replicaUpdateStrategy' must be left out without readReplicas, got one: use 'updateStrategy', or ask for readReplicas"],
    [{ updateStrategy: 'OnDelete' as unknown as StatefulSetStrategy },
      "KEELSON3001 'updateStrategy' must be a value of StatefulSetStrategy, got 'OnDelete': use StatefulSetStrategy.rollingUpdate(…)"],
  ])('fails on what can\'t be (%#)', (props, message) => {
    expect(shopOf(props).mistakes()).toEqual([`[shop/orders] ${message}`]);
  });
});
