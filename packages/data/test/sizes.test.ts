import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { PostgreSqlEngine, Storage } from '../src';
import { mistakesWith, shopWith } from './engines';

const memory = (size: Size) => ({ resources: { memoryRequest: size } });
const big = (setting: string, value: string, limit = '1Gi') => [
  `[shop/orders] KEELSON3195 'settings.${setting}' must be less than the memory limit, ${limit}, which ends a server that takes more, got '${value}': `
  + 'leave it out, since it follows from the limit, or raise resources.memoryLimit',
];
const CACHE = 'storage.wiredTiger.engineConfig.cacheSizeGB';

describe('F-D14 a cache fits into the memory that there is', () => {
  test.each([
    ['PostgreSQL', 'shared_buffers', ['1GB', '1024MB', '1048576kB', '131072', '2TB', '1 GB'], ['1023MB', '131071', '128kB', '1gb']],
    ['MySQL', 'innodb_buffer_pool_size', ['1G', '1024m', '1073741824', '1T'], ['1023M', '1073741823']],
    ['MariaDB', 'innodb-buffer-pool-size', ['1g'], ['1023M', '1073741823', 'x']],
    ['Redis', 'maxmemory', ['1gb', '1GB', '1024mb', '2g', '1073741824', '0'], ['1023mb', '1g', '1073741823']],
    ['MongoDB', CACHE, ['1', '1.5', '0'], ['0.99', '0.25']],
  ])('of %s, by %s', (engine, setting, wrong, right) => {
    for (const value of wrong) {
      expect(mistakesWith(engine, { ...memory(Size.gibibytes(1)), settings: { [setting]: value } })).toEqual(big(setting.replaceAll('-', '_'), value));
    }
    for (const value of right) {
      expect(mistakesWith(engine, { ...memory(Size.gibibytes(1)), settings: { [setting]: value } })).toEqual([]);
    }
  });

  test('the limit counts, where there is one', () => {
    const resources = { memoryRequest: Size.gibibytes(1), memoryLimit: Size.gibibytes(2) };
    expect(mistakesWith('PostgreSQL', { resources, settings: { shared_buffers: '1GB' } })).toEqual([]);
    expect(mistakesWith('PostgreSQL', { resources, settings: { shared_buffers: '2GB' } })).toEqual(big('shared_buffers', '2GB', '2Gi'));
  });

  test('a MongoDB has more than its smallest cache', () => {
    expect(mistakesWith('MongoDB', memory(Size.mebibytes(257)))).toEqual([]);
    const line = (prop: string) => [`[shop/orders] KEELSON3195 'resources.${prop}' must be more than 256Mi, which is the least of MongoDB's cache alone, got 256Mi: leave it out for 1 GiB`];
    expect(mistakesWith('MongoDB', memory(Size.mebibytes(256)))).toEqual(line('memoryRequest'));
    expect(mistakesWith('MongoDB', { resources: { memoryRequest: Size.mebibytes(256), memoryLimit: Size.mebibytes(256) } })).toEqual(line('memoryLimit'));
  });
});

describe('a volume has room for what an engine writes by itself', () => {
  test.each([
    ['PostgreSQL', 128, {}], ['PostgreSQL', 2112, { max_wal_size: '2GB' }], ['MySQL', 200, {}], ['MySQL', 1124, { innodb_redo_log_capacity: '1G' }],
    ['MariaDB', 160, {}], ['MariaDB', 576, { 'innodb-log-file-size': '512M' }], ['MongoDB', 320, {}],
  ])('%s: %d MiB', (engine, least, settings) => {
    for (const storage of [Storage.dynamic, (size: Size) => Storage.local('node-1', '/mnt/orders', size), Storage.unsafeEphemeral]) {
      expect(mistakesWith(engine, { settings, storage: storage(Size.mebibytes(least)) })).toEqual([]);
      expect(mistakesWith(engine, { settings, storage: storage(Size.mebibytes(least - 1)) })).toEqual([
        `[shop/orders] KEELSON3196 'storage.size' must be at least ${least}Mi, which ${engine} needs for its log and its own tables alone, got ${least - 1}Mi: try Size.mebibytes(${least})`,
      ]);
    }
  });

  test('Redis writes nothing before it has data', () => {
    expect(mistakesWith('Redis', { storage: Storage.dynamic(Size.mebibytes(1)) })).toEqual([]);
  });

  test('of CloudNativePG, whose least log is larger', () => {
    const of = (size: number) => mistakesWith('PostgreSQL', { engine: PostgreSqlEngine.cloudNativePg(), storage: Storage.dynamic(Size.mebibytes(size)) })
      .filter(line => line.includes('storage'));
    expect(of(192)).toEqual([]);
    expect(of(191)).toEqual(["[shop/orders] KEELSON3196 'storage.size' must be at least 192Mi, which PostgreSQL needs for its log and its own tables alone, got 191Mi: try Size.mebibytes(192)"]);
  });
});

describe('D4 a setting of MySQL and MariaDB', () => {
  test.each(['MySQL', 'MariaDB'])('of %s is there once, however it is written', engine => {
    const configuration = shopWith(engine, { settings: { 'character-set-server': 'latin1', 'innodb-lock-wait-timeout': '20' } })
      .object('ConfigMap', 'orders-etc-mysql-conf-d').data['keelson.cnf'] as string;
    expect(configuration.split('\n').filter(line => /character|lock/.test(line))).toEqual(['character_set_server = "latin1"', 'innodb_lock_wait_timeout = "20"']);
  });
});
