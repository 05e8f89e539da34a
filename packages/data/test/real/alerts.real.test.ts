import { Monitoring } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  DatabaseAlerts, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql, MySqlVersion, PostgreSql, PostgreSqlVersion, Redis, RedisVersion,
  Storage, type ServerProps,
} from '../../src';
import { Shop, type Rendered } from '../rendered';
import { Sandbox } from './sandbox';

const storage = Storage.dynamic(Size.gibibytes(20));

type Engine = 'postgresql' | 'mariadb' | 'mysql' | 'redis' | 'valkey' | 'mongodb';

/** The rules of a database `orders`, with two servers that follow where the engine has such. */
function rulesOf(engine: Engine, props: Partial<ServerProps> = {}): Rendered {
  const shop = new Shop({ version: '1.33', monitoring: Monitoring.kubePrometheusStack() });
  const given = { storage, metrics: true, ...props };
  switch (engine) {
    case 'postgresql': new PostgreSql(shop.chart, 'orders', { version: PostgreSqlVersion.V17, readReplicas: 2, ...given }); break;
    case 'mariadb': new MariaDb(shop.chart, 'orders', { version: MariaDbVersion.V11_8, readReplicas: 2, ...given }); break;
    case 'mysql': new MySql(shop.chart, 'orders', { version: MySqlVersion.V8_4, ...given }); break;
    case 'redis': new Redis(shop.chart, 'orders', { version: RedisVersion.V8_10, ...given }); break;
    case 'valkey': new Redis(shop.chart, 'orders', { version: RedisVersion.VALKEY_9_1, ...given }); break;
    case 'mongodb': new MongoDb(shop.chart, 'orders', { version: MongoDbVersion.V8_0, ...given }); break;
  }
  expect(shop.mistakes()).toEqual([]);
  return shop.object('PrometheusRule', 'orders').spec;
}

/** What the exporter of a pod tells, each a line of its own; see the exporters' sources, at the releases that are rendered. */
interface Told { readonly up?: number; readonly connections?: number; readonly lag?: number; readonly follows?: boolean }

const PRIMARY = 'orders-0';

function seriesOf(engine: Engine, pod: string, { up = 1, connections = 10, lag, follows }: Told): Record<string, number> {
  const at = `namespace="shop", pod="${pod}", container="metrics", endpoint="metrics"`;
  const isPrimary = pod === PRIMARY;
  switch (engine) {
    case 'postgresql': return {
      [`pg_up{${at}}`]: up,
      // of the servers that follow, the one with the slots tells, and each how far behind it is
      ...isPrimary || lag === undefined ? {} : { [`pg_replication_lag_seconds{${at}}`]: lag },
      [`pg_settings_max_connections{${at}}`]: 100,
      [`pg_stat_activity_count{${at}, datname="app", state="active", usename="app"}`]: 4,
      [`pg_stat_activity_count{${at}, datname="app", state="idle", usename="app"}`]: connections - 4,
      [`pg_stat_activity_count{${at}, datname="postgres", state="idle", usename=""}`]: 0,
    };
    case 'mariadb': case 'mysql': {
      const channel = `${at}, master_host="orders-rw.shop.svc.cluster.local", connection_name=""`;
      return {
        [`mysql_up{${at}}`]: up, [`mysql_global_status_threads_connected{${at}}`]: connections, [`mysql_global_variables_max_connections{${at}}`]: 100,
        ...lag === undefined ? {} : { [`mysql_slave_status_seconds_behind_master{${channel}}`]: lag },
        ...follows === undefined ? {} : { [`mysql_slave_status_slave_io_running{${channel}}`]: Number(follows), [`mysql_slave_status_slave_sql_running{${channel}}`]: 1 },
      };
    }
    case 'redis': case 'valkey':
      return { [`redis_up{${at}}`]: up, [`redis_connected_clients{${at}}`]: connections, [`redis_config_maxclients{${at}}`]: 100 };
    case 'mongodb': return {
      [`mongodb_up{${at}, cluster_role="mongod"}`]: up,
      [`mongodb_ss_connections{${at}, conn_type="current"}`]: connections, [`mongodb_ss_connections{${at}, conn_type="available"}`]: 100 - connections,
      [`mongodb_ss_connections{${at}, conn_type="totalCreated"}`]: 5000,
    };
  }
}

/** The whole of a database that is well, unless said otherwise. */
interface Case {
  readonly primary?: Told | null;
  readonly replicas?: (Told | null)[];
  readonly full?: Record<string, number>;
  readonly others?: Record<string, number>;
}

const REPLICATED: Engine[] = ['postgresql', 'mariadb'];

function told(engine: Engine, { primary = {}, replicas = [{}, {}], full = {}, others = {} }: Case): Record<string, number> {
  const followers = REPLICATED.includes(engine) ? replicas.map(each => (each === null ? null : { lag: 0, follows: true, ...each })) : [];
  const slots = engine !== 'postgresql' || primary === null || primary.up === 0 ? {} : Object.fromEntries(followers.map((each, at) => [
    `pg_replication_slots_active{namespace="shop", pod="${PRIMARY}", container="metrics", endpoint="metrics", slot_name="orders_replica_${at}", database=""}`,
    each === null || each.follows === false ? 0 : 1,
  ]));
  const volumes = ['data-orders-0', ...followers.map((_, at) => `data-orders-replica-${at}`)].flatMap((claim) => {
    const of = `namespace="shop", persistentvolumeclaim="${claim}", job="kubelet", node="node-1"`;
    return [[`kubelet_volume_stats_capacity_bytes{${of}}`, 1000], [`kubelet_volume_stats_available_bytes{${of}}`, 1000 - 10 * (full[claim] ?? 50)]];
  });
  return {
    ...primary === null ? {} : seriesOf(engine, PRIMARY, primary),
    ...Object.assign({}, ...followers.map((each, at) => (each === null ? {} : seriesOf(engine, `orders-replica-${at}`, each)))),
    ...slots, ...Object.fromEntries(volumes), ...others,
  };
}

/** Which alerts are there after so many minutes, asked of Prometheus' own tool. */
function firing(spec: Rendered, series: Record<string, number>, minutes = 10): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'alerts-'));
  const alerts: string[] = spec.groups[0].rules.map(({ alert }: Rendered) => alert);
  const promtool = Sandbox.located('promtool');
  const tool = (...args: string[]) => {
    try {
      return { code: 0, output: execFileSync(promtool, args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { code: status, output: `${stdout}${stderr}` };
    }
  };
  try {
    // JSON is YAML
    writeFileSync(join(directory, 'rules.yaml'), JSON.stringify(spec));
    expect(tool('check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml')).toMatchObject({ code: 0 });
    const one = (alertname: string) => ({
      interval: '1m', input_series: Object.entries(series).map(([name, value]) => ({ series: name, values: `${value}x60` })),
      alert_rule_test: [{ eval_time: `${minutes}m`, alertname, exp_alerts: [] }],
    });
    return alerts.filter((alert) => {
      writeFileSync(join(directory, 'test.yaml'), JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests: [one(alert)] }));
      const { code, output } = tool('test', 'rules', 'test.yaml');
      if (code !== 0 && !output.includes(`alertname: ${alert}`)) throw new Error(output);
      return code !== 0;
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const ENGINES: Engine[] = ['postgresql', 'mariadb', 'mysql', 'redis', 'valkey', 'mongodb'];

describe.each(ENGINES)('D6 alerts of %s', (engine) => {
  const spec = rulesOf(engine);
  const alertsIn = (other: Case, minutes?: number) => firing(spec, told(engine, other), minutes);

  test('say nothing of a database that is well', () => {
    expect(alertsIn({})).toEqual([]);
  });

  test('a server that does not answer, or that is not there', () => {
    expect(alertsIn({ primary: { up: 0 } })).toEqual(['DatabaseDown']);
    expect(alertsIn({ primary: null })).toEqual(['DatabaseDown']);
    expect(alertsIn({ primary: { up: 0 } }, 4)).toEqual([]);
    expect(alertsIn({ primary: { up: 0 } }, 5)).toEqual(['DatabaseDown']);
  });

  test('one of another namespace, or whose name goes on, is another one', () => {
    const others = Object.fromEntries(Object.entries(seriesOf(engine, PRIMARY, {})).flatMap(([name, value]) => [
      [name.replace('"shop"', '"test"'), value], [name.replace('"orders-0"', '"orders-archive-0"'), value], [name.replace('"orders-0"', '"my-orders-0"'), value],
    ]));
    expect(alertsIn({ primary: null, others })).toEqual(['DatabaseDown']);
  });

  test('connections, on both sides of the limit', () => {
    expect(alertsIn({ primary: { connections: 80 } })).toEqual([]);
    expect(alertsIn({ primary: { connections: 81 } })).toEqual(['DatabaseConnectionsExhausting']);
  });

  test('volumes, on both sides of the limit', () => {
    expect(alertsIn({ full: { 'data-orders-0': 80 } })).toEqual([]);
    expect(alertsIn({ full: { 'data-orders-0': 81 } })).toEqual(['DatabaseVolumeFilling']);
    expect(alertsIn({ full: { 'data-orders-0': 81 } }, 4)).toEqual([]);
  });

  test('other limits', () => {
    const strict = rulesOf(engine, { alerts: DatabaseAlerts.of({ for: Duration.minutes(1), volumePercent: 50, connectionsPercent: 10 }) });
    expect(firing(strict, told(engine, {}), 2)).toEqual([]);
    expect(firing(strict, told(engine, { primary: { connections: 11 }, full: { 'data-orders-0': 51 } }), 1)).toEqual(['DatabaseVolumeFilling', 'DatabaseConnectionsExhausting']);
  });
});

describe.each(REPLICATED)('D6 F-D2 alerts of servers that follow, with %s', (engine) => {
  const spec = rulesOf(engine);
  const alertsIn = (other: Case, minutes?: number) => firing(spec, told(engine, other), minutes);

  test('one that is behind, on both sides of the limit', () => {
    expect(alertsIn({ replicas: [{ lag: 30 }, {}] })).toEqual([]);
    expect(alertsIn({ replicas: [{ lag: 31 }, {}] })).toEqual(['DatabaseReplicationLag']);
    const strict = rulesOf(engine, { alerts: DatabaseAlerts.of({ replicationLag: Duration.seconds(5) }) });
    expect(firing(strict, told(engine, { replicas: [{}, { lag: 5 }] }))).toEqual([]);
    expect(firing(strict, told(engine, { replicas: [{}, { lag: 6 }] }))).toEqual(['DatabaseReplicationLag']);
  });

  test('one that follows no more, that tells no lag then, or that is not there', () => {
    expect(alertsIn({ replicas: [{ follows: false, lag: undefined }, {}] })).toEqual(['DatabaseReplicasMissing']);
    expect(alertsIn({ replicas: [null, {}] })).toEqual(['DatabaseReplicasMissing']);
    expect(alertsIn({ replicas: [null, null] })).toEqual(['DatabaseReplicasMissing']);
    expect(alertsIn({ replicas: [null, {}] }, 4)).toEqual([]);
  });

  test('while there is nobody to follow, that alone is said', () => {
    expect(alertsIn({ primary: null, replicas: [{ follows: false, lag: undefined }, { follows: false, lag: undefined }] })).toEqual(['DatabaseDown']);
  });

  test('their volumes and connections count too', () => {
    expect(alertsIn({ full: { 'data-orders-replica-1': 81 } })).toEqual(['DatabaseVolumeFilling']);
    expect(alertsIn({ replicas: [{}, { connections: 81 }] })).toEqual(['DatabaseConnectionsExhausting']);
  });
});
