import { Peer, Secret } from '@keelson/core';
import { ConnectionValue, DatabaseCredentials, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql, MySqlVersion, Redis, RedisVersion } from '../../src';
import { Client } from './client';
import { specimen } from './specimen';

const peer = () => Peer.cidr('10.20.0.0/16');

export const servers = specimen({
  title: 'data-elsewhere',
  shows: [
    'Deployment/storefront spec.template.spec.containers[0].env has { name: MYSQL_HOST, value: orders.example.com }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: OLD_MYSQL_HOST, value: carts.example.com }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: REDIS_URL, value: "redis://cache.example.com:6379/1" }',
    'Deployment/storefront spec.template.spec.containers[0].env has { name: SESSIONS_REDIS_USERNAME, value: app }',
  ],
  define: (chart) => {
    const credentials = DatabaseCredentials.fromSecret(Secret.unsafePlaintext(chart, 'brought', { stringData: { password: 'for a test' } }));
    const { connections } = new Client(chart, 'storefront');
    connections.to(MySql.fromEndpoint(chart, 'orders', { version: MySqlVersion.V8_4, host: 'orders.example.com', peer: peer(), credentials }));
    const version = MariaDbVersion.of('10.6', 'docker.io/library/mariadb:10.6.24');
    connections.to(MariaDb.fromEndpoint(chart, 'carts', { version, host: 'carts.example.com', peer: peer(), credentials }), { envPrefix: 'OLD_' });
    connections.to(Redis.fromEndpoint(chart, 'cache', { version: RedisVersion.V7_4, host: 'cache.example.com', peer: peer(), database: 1 }));
    const sessions = Redis.fromEndpoint(chart, 'sessions', {
      version: RedisVersion.VALKEY_8_1, host: 'sessions.example.com', peer: peer(), credentials, user: 'app',
    });
    connections.to(sessions, { envPrefix: 'SESSIONS_' });
  },
});

export const mongoDb = specimen({
  title: 'data-elsewhere-mongodb',
  shows: [
    'Deployment/storefront spec.template.spec.containers[0].env has { name: MONGODB_ADDRESS, value: "mongodb+srv://shop.abc12.mongodb.net/app?authSource=admin" }',
    'Deployment/reports spec.template.spec.containers[0].env has { name: WHERE, value: "mongodb://a.example.com:27017,b.example.com:27017/app?authSource=admin&replicaSet=rs0&retryWrites=false" }',
  ],
  define: (chart) => {
    const credentials = DatabaseCredentials.fromSecret(Secret.unsafePlaintext(chart, 'brought', { stringData: { password: 'for a test' } }));
    const version = MongoDbVersion.V8_0;
    const atlas = MongoDb.fromEndpoint(chart, 'catalog', { version, host: 'shop.abc12.mongodb.net', srv: true, peer: peer(), credentials });
    new Client(chart, 'storefront').connections.to(atlas);
    const set = MongoDb.fromEndpoint(chart, 'archive', {
      version, host: 'a.example.com', otherHosts: ['b.example.com'], replicaSet: 'rs0', authSource: 'admin', retryWrites: false, peer: peer(), credentials,
      clientVariables: { WHERE: ConnectionValue.ADDRESS },
    });
    new Client(chart, 'reports').connections.to(set);
  },
});
