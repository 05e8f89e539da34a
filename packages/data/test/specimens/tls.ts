import { Certificate, ConfigMap, IssuerKind, Monitoring, Peer, Secret } from '@keelson/core';
import { Size } from 'cdk8s';
import {
  CertificateAuthority, ConnectionValue, DatabaseCredentials, DatabaseTls, MariaDb, MariaDbVersion, MongoDb, MongoDbVersion, MySql,
  MySqlVersion, PostgreSql, PostgreSqlVersion, Redis, RedisVersion, Storage,
} from '../../src';
import { Client } from './client';
import { orders, PLAIN_SIDECARS, specimen } from './specimen';

const CERT_MANAGER = { customResources: ['cert-manager.io/v1/Certificate'] };
const SERVER = 'StatefulSet/orders spec.template.spec';
const CLIENT = 'Deployment/storefront spec.template.spec.containers[0]';

export const postgreSql = specimen({
  title: 'data-tls-postgresql',
  cluster: { monitoring: Monitoring.kubePrometheusStack(), customResources: [...CERT_MANAGER.customResources, 'monitoring.coreos.com/v1/PodMonitor'] },
  warns: [PLAIN_SIDECARS],
  shows: [
    'Certificate spec.issuerRef = { group: cert-manager.io, kind: Issuer, name: internal-ca }',
    'Certificate spec.dnsNames has orders-ro.data-tls-postgresql.svc.cluster.local',
    'Certificate spec.privateKey = { rotationPolicy: Always }',
    `${SERVER}.containers[0].volumeMounts has { mountPath: /run/secrets/tls, readOnly: true }`,
    'StatefulSet/orders-replica spec.replicas = 1',
    `${CLIENT}.env has { name: PGSSLMODE, value: verify-full }`,
    `${CLIENT}.env has { name: PGSSLROOTCERT, value: /run/secrets/orders/ca.crt }`,
  ],
  define: (chart) => {
    const tls = DatabaseTls.required(Certificate.issuedBy('internal-ca', { kind: IssuerKind.ISSUER }), { dnsNames: ['orders.example.com'] });
    const database = new PostgreSql(chart, 'orders', { ...orders, readReplicas: 1, metrics: true, tls });
    new Client(chart, 'storefront').connections.to(database);
  },
});

export const brought = specimen({
  title: 'data-tls-secret',
  warns: [PLAIN_SIDECARS],
  shows: [
    'Certificate is absent',
    `${SERVER}.volumes has { name: run-secrets-tls, projected: { defaultMode: 288, sources: [{ secret: { name: orders-certificate, items: [{ key: tls.crt, path: tls.crt }, { key: tls.key, path: tls.key }] } }] } }`,
    `${CLIENT}.env has { name: DB_CA, value: /run/secrets/orders/ca.crt }`,
    `${CLIENT}.env has { name: DB_TLS, value: verify-full }`,
  ],
  define: (chart) => {
    const secret = Secret.unsafePlaintext(chart, 'orders-certificate', { stringData: { 'tls.crt': 'for a test', 'tls.key': 'for a test' } });
    const authority = CertificateAuthority.fromConfigMap(new ConfigMap(chart, 'internal-ca', { data: { 'root.pem': 'for a test' } }), 'root.pem');
    const database = new PostgreSql(chart, 'orders', {
      ...orders, tls: DatabaseTls.offered(Certificate.fromSecret(secret), { authority }),
      clientVariables: { DB_CA: ConnectionValue.CA_FILE, DB_TLS: ConnectionValue.TLS },
    });
    new Client(chart, 'storefront').connections.to(database);
  },
});

export const elsewhere = specimen({
  title: 'data-tls-elsewhere',
  shows: [
    `${CLIENT}.env has { name: PGSSLROOTCERT, value: /run/secrets/orders/ca.crt }`,
    'Deployment/reports spec.template.spec.containers[0].env has { name: PGSSLROOTCERT, value: system }',
  ],
  define: (chart) => {
    const secret = Secret.unsafePlaintext(chart, 'brought', { stringData: { 'password': 'for a test', 'ca.crt': 'for a test' } });
    const given = {
      version: PostgreSqlVersion.V17, host: 'orders.example.com', credentials: DatabaseCredentials.fromSecret(secret),
    };
    new Client(chart, 'storefront').connections.to(PostgreSql.fromEndpoint(chart, 'orders', {
      ...given, peer: Peer.cidr('10.20.0.0/16'), tls: CertificateAuthority.fromSecret(secret, 'ca.crt'),
    }));
    new Client(chart, 'reports').connections.to(PostgreSql.fromEndpoint(chart, 'public', {
      ...given, peer: Peer.cidr('10.21.0.0/16'), tls: CertificateAuthority.system(),
    }));
  },
});

const MONITORED = { monitoring: Monitoring.kubePrometheusStack(), customResources: [...CERT_MANAGER.customResources, 'monitoring.coreos.com/v1/PodMonitor'] };
const common = { storage: Storage.dynamic(Size.gibibytes(1)), metrics: true, tls: DatabaseTls.required(Certificate.issuedBy('internal-ca')) };

export const mySqlFamily = specimen({
  title: 'data-tls-mysql-mariadb',
  cluster: MONITORED,
  warns: [PLAIN_SIDECARS],
  shows: [
    'Certificate/orders-tls spec.ipAddresses = [127.0.0.1]',
    'Certificate/ledger-tls spec.dnsNames has ledger-ro',
    `${CLIENT}.env has { name: MYSQL_SSL_MODE, value: VERIFY_IDENTITY }`,
    'Deployment/reports spec.template.spec.containers[0].env has { name: MYSQL_SSL_CA, value: /run/secrets/ledger/ca.crt }',
  ],
  define: (chart) => {
    new Client(chart, 'storefront').connections.to(new MySql(chart, 'orders', { ...common, version: MySqlVersion.V8_4 }));
    new Client(chart, 'reports').connections.to(new MariaDb(chart, 'ledger', { ...common, version: MariaDbVersion.V11_8, readReplicas: 1 }));
  },
});

export const redis = specimen({
  title: 'data-tls-redis',
  cluster: MONITORED,
  warns: [PLAIN_SIDECARS],
  shows: [
    `${CLIENT}.env has { name: REDIS_TLS, value: "true" }`,
    'Certificate/sessions-tls spec.secretName = sessions-tls',
    'Deployment/reports spec.template.spec.containers[0].env has { name: REDIS_TLS_CA_FILE, value: /run/secrets/cache/ca.crt }',
  ],
  define: (chart) => {
    new Client(chart, 'storefront').connections.to(new Redis(chart, 'sessions', { ...common, version: RedisVersion.V8_10 }));
    new Client(chart, 'reports').connections.to(new Redis(chart, 'cache', { ...common, version: RedisVersion.VALKEY_9_1, cache: true }));
  },
});

export const mongoDb = specimen({
  title: 'data-tls-mongodb',
  cluster: MONITORED,
  warns: [PLAIN_SIDECARS],
  shows: [
    `${CLIENT}.env has { name: MONGODB_TLS_CA_FILE, value: /run/secrets/catalog/ca.crt }`,
    'StatefulSet/catalog spec.template.spec.containers[0].volumeMounts has { mountPath: /run/mongodb-tls, readOnly: true }',
  ],
  define: (chart) => {
    new Client(chart, 'storefront').connections.to(new MongoDb(chart, 'catalog', { ...common, version: MongoDbVersion.V8_0 }));
  },
});
