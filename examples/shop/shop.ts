import { type App, Cpu, Health, WaitFor } from '@keelson/core';
import { DatabasePrivilege, PostgreSql, PostgreSqlVersion, Redis, RedisVersion, Storage } from '@keelson/data';
import { Exposure, WebApp, Worker } from '@keelson/web';
import { Chart, Size } from 'cdk8s';

/** A storefront that keeps orders in PostgreSQL and carts in a cache, a worker that ships, and reports that only read. */
export function shop(app: App): Chart {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });

  const orders = new PostgreSql(chart, 'orders', {
    version: PostgreSqlVersion.V17,
    storage: Storage.dynamic(Size.gibibytes(20)),
    resources: { cpuRequest: Cpu.millis(500), memoryRequest: Size.gibibytes(2) },
    readReplicas: 2,
    users: [{ name: 'reports', privileges: { app: DatabasePrivilege.READ } }],
    metrics: true,
  });

  const carts = new Redis(chart, 'carts', {
    version: RedisVersion.VALKEY_9_1,
    storage: Storage.unsafeEphemeral(Size.gibibytes(1)),
    cache: true,
  });

  const storefront = new WebApp(chart, 'storefront', {
    image: 'registry.example.com/shop/storefront:1.8.2@sha256:8f3a1bd2a7d0c7b6f6a0a4c9b5f0d3e8c1e7d2a9b4c6f8e0d1a3b5c7e9f1a2b3',
    port: 8080,
    health: Health.http({ ready: '/readyz', live: '/livez' }),
    exposure: Exposure.https('shop.example.com'),
  });
  storefront.connections.to(orders);
  storefront.connections.to(carts);
  storefront.waitFor(WaitFor.service(orders));

  const shipping = new Worker(chart, 'shipping', {
    image: 'registry.example.com/shop/shipping:2.1.0@sha256:1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a',
    health: Health.exec({ ready: ['/app/check', '--ready'], live: ['/app/check', '--live'] }),
  });
  shipping.connections.to(orders);

  const reports = new WebApp(chart, 'reports', {
    image: 'registry.example.com/shop/reports:1.2.0@sha256:9a8b7c6d5e4f30219a8b7c6d5e4f30219a8b7c6d5e4f30219a8b7c6d5e4f3021',
    port: 8080,
    health: Health.http({ ready: '/readyz', live: '/livez' }),
  });
  reports.connections.to((orders.readReplicas ?? orders).asUser('reports'));
  return chart;
}
