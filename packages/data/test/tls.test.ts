import { Certificate, ConfigMap, IssuerKind, Monitoring, Peer, Secret } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  CertificateAuthority, ConnectionValue, DatabaseCredentials, DatabaseTls, PostgreSql, PostgreSqlVersion, Storage, type DatabaseTlsOptions,
  type PostgreSqlEndpointProps, type PostgreSqlProps,
} from '../src';
import { Shop, type Rendered } from './rendered';
import { Client } from './specimens/client';

const CERT_MANAGER = ['cert-manager.io/v1/Certificate'];
const CLUSTER = { version: '1.33', customResources: CERT_MANAGER };
const storage = Storage.dynamic(Size.gibibytes(20));
const issued = Certificate.issuedBy('internal-ca');
const brought = Certificate.fromSecret(Secret.fromSecretName('orders-certificate'));
const tls = DatabaseTls.required(issued);

function shopOf(
  props: Partial<PostgreSqlProps> = {}, cluster: ConstructorParameters<typeof Shop>[0] = CLUSTER,
): Shop & { orders: PostgreSql } {
  const shop = new Shop(cluster);
  return Object.assign(shop, { orders: new PostgreSql(shop.chart, 'orders', { version: PostgreSqlVersion.V17, storage, tls, ...props }) });
}

const podOf = (shop: Shop, name = 'orders', kind = 'StatefulSet'): Rendered => shop.object(kind, name).spec.template.spec;
const containerOf = (pod: Rendered, name: string): Rendered =>
  [...pod.initContainers ?? [], ...pod.containers].find((each: Rendered) => each.name === name);
/** What a mount shows of which Secrets and ConfigMaps. */
const filesAt = (pod: Rendered, container: Rendered, path: string): string[] => {
  const name = container.volumeMounts.find((each: Rendered) => each.mountPath === path)?.name;
  const sources: Rendered[] = pod.volumes.find((each: Rendered) => each.name === name)?.projected.sources ?? [];
  return sources.flatMap(({ secret, configMap }) => (secret ?? configMap).items.map((item: Rendered) => `${(secret ?? configMap).name}.${item.key} ${item.path}`));
};
const variablesOf = ({ env }: Rendered): Record<string, unknown> =>
  Object.fromEntries(env.map(({ name, value, valueFrom }: Rendered) => [name, value ?? valueFrom]));

describe('F-D21 a certificate', () => {
  test('is issued by cert-manager for all names of the server, and renewed with another key', () => {
    const shop = shopOf({ readReplicas: 1, tls: DatabaseTls.required(issued, { dnsNames: ['orders.example.com', 'orders-rw'] }) });
    expect(shop.mistakes()).toEqual([]);
    expect(validateManifests(shop.objects())).toEqual([]);
    const { spec } = shop.object('Certificate', 'orders-tls');
    const forms = (name: string) => [name, `${name}.shop`, `${name}.shop.svc`, `${name}.shop.svc.cluster.local`];
    expect(spec).toEqual({
      secretName: 'orders-tls',
      dnsNames: [
        ...forms('orders-rw'), ...forms('orders-headless'), ...forms('orders-ro'), ...forms('orders-replica-headless'),
        ...forms('*.orders-headless').slice(1), ...forms('*.orders-replica-headless').slice(1), 'orders.example.com',
      ],
      ipAddresses: ['127.0.0.1'],
      usages: ['digital signature', 'key encipherment', 'server auth'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal-ca' },
      privateKey: { rotationPolicy: 'Always' },
    });
    expect(shop.orders.certificate?.metadata.name).toBe('orders-tls');
  });

  test('has the short names alone where the namespace is not known, and an issuer of the namespace where that is said', () => {
    const shop = new Shop(CLUSTER);
    const chart = new Chart(shop.app, 'anywhere');
    const password = DatabaseCredentials.fromSecret(Secret.fromSecretName('orders'));
    const { certificate } = new PostgreSql(chart, 'orders', {
      version: PostgreSqlVersion.V17, storage, tls: DatabaseTls.required(Certificate.issuedBy('own-ca', { kind: IssuerKind.ISSUER })),
      credentials: password, rootCredentials: password,
    });
    expect(shop.mistakes()).toEqual([]);
    const { spec } = (certificate as NonNullable<typeof certificate>).toJson() as Rendered;
    expect(spec.dnsNames).toEqual(['orders-rw', 'orders-headless']);
    expect(spec.issuerRef).toEqual({ group: 'cert-manager.io', kind: 'Issuer', name: 'own-ca' });
  });

  test('is brought, and then nobody issues one', () => {
    const shop = shopOf({ tls: DatabaseTls.required(brought) }, { version: '1.33' });
    expect(shop.mistakes()).toEqual([]);
    expect(shop.objects().filter(({ kind }) => kind === 'Certificate')).toEqual([]);
    expect(shop.orders.certificate).toBeUndefined();
    const pod = podOf(shop);
    expect(filesAt(pod, pod.containers[0], '/run/secrets/tls')).toEqual(['orders-certificate.tls.crt tls.crt', 'orders-certificate.tls.key tls.key']);
  });

  test('is readable for the group of the pod alone', () => {
    const pod = podOf(shopOf());
    expect(pod.securityContext.fsGroup).toBe(10001);
    expect(pod.volumes.find(({ name }: Rendered) => name === 'run-secrets-tls').projected.defaultMode).toBe(0o440);
  });

  test("without TLS there is nothing of it, and the authority's own is the only file that others get", () => {
    expect(JSON.stringify(shopOf({ tls: undefined, readReplicas: 1 }).objects())).not.toMatch(/\b(?:tls|ssl)|authority|reload-certificate/);
    const shop = shopOf({ readReplicas: 1, metrics: true }, { ...CLUSTER, monitoring: Monitoring.kubePrometheusStack(), customResources: [...CERT_MANAGER, 'monitoring.coreos.com/v1/PodMonitor'] });
    const [pod, follower] = [podOf(shop), podOf(shop, 'orders-replica')];
    const job: Rendered = shop.objects().find(({ kind, metadata }) => kind === 'Job' && (metadata.name as string).startsWith('orders-setup'))?.spec.template.spec;
    for (const [of, container] of [[pod, containerOf(pod, 'metrics')], [follower, containerOf(follower, 'clone-primary')], [job, job.containers[0]]] as const) {
      expect(filesAt(of, container, '/run/secrets/authority')).toEqual(['orders-tls.ca.crt ca.crt']);
      expect(filesAt(of, container, '/run/secrets/tls')).toEqual([]);
    }
    expect(filesAt(follower, follower.containers[0], '/run/secrets/authority')).toEqual(['orders-tls.ca.crt ca.crt']);
  });

  test('a sidecar sees the renewal, with no password, and starts before the server', () => {
    const pod = podOf(shopOf());
    const reload = containerOf(pod, 'reload-certificate');
    expect(reload.restartPolicy).toBe('Always');
    expect(reload.image).toBe(pod.containers[0].image);
    expect(reload.volumeMounts.map(({ mountPath, readOnly }: Rendered) => [mountPath, readOnly])).toEqual([['/run/secrets/tls', true], ['/tmp', undefined], ['/var/run/postgresql', true]]);
    expect(containerOf(podOf(shopOf({}, { ...CLUSTER, version: '1.28' })), 'reload-certificate').restartPolicy).toBeUndefined();
  });

  test('TLS that is required has no rule for who comes without', () => {
    const rules = (given: DatabaseTls | undefined) => (shopOf({ tls: given }).object('ConfigMap', 'orders-etc-postgresql').data['pg_hba.conf'] as string).match(/^host\w*/gm);
    expect(rules(tls)).toEqual(['hostssl', 'hostssl', 'hostssl', 'hostssl', 'hostssl']);
    expect(rules(DatabaseTls.offered(issued))).toEqual(['host', 'host', 'host', 'host', 'host']);
    expect(rules(undefined)).toEqual(['host', 'host', 'host', 'host', 'host']);
  });

  test('is the same, byte by byte, each time', () => {
    const text = () => JSON.stringify(shopOf({ readReplicas: 2 }).objects());
    expect(text()).toBe(text());
  });
});

describe('D5 F-D21 clients', () => {
  test("verify the server, by the authority's certificate beside their password", () => {
    const shop = shopOf({ readReplicas: 1 });
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    new Client(shop.chart, 'reports').connections.to(shop.orders.readReplicas ?? shop.orders);
    const [storefront, reports] = ['storefront', 'reports'].map(name => podOf(shop, name, 'Deployment'));
    expect(variablesOf(storefront.containers[0])).toMatchObject({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/run/secrets/orders/ca.crt' });
    expect(filesAt(storefront, storefront.containers[0], '/run/secrets/orders')).toEqual(['orders-app.password password', 'orders-app.uri uri', 'orders-tls.ca.crt ca.crt']);
    expect(variablesOf(reports.containers[0])).toMatchObject({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/run/secrets/orders-ro/ca.crt' });
    expect(filesAt(reports, reports.containers[0], '/run/secrets/orders-ro')).toEqual(['orders-app.password password', 'orders-tls.ca.crt ca.crt']);
    expect(JSON.stringify(shop.object('ConfigMap', 'orders-secrets'))).toContain('/app?sslmode=verify-full&sslrootcert=/run/secrets/orders/ca.crt');
  });

  test('get the certificate, too, where they read no files, and names of their own', () => {
    const shop = shopOf({ passwordsInEnvironment: true, clientVariables: { DB_CA: ConnectionValue.CA_FILE, DB_SSL: ConnectionValue.TLS } });
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    const pod = podOf(shop, 'storefront', 'Deployment');
    expect(variablesOf(pod.containers[0])).toMatchObject({ DB_CA: '/run/secrets/orders/ca.crt', DB_SSL: 'verify-full' });
    expect(filesAt(pod, pod.containers[0], '/run/secrets/orders')).toEqual(['orders-tls.ca.crt ca.crt']);
  });

  test('without TLS these names have no value, and are left out', () => {
    const clientVariables = { DB_HOST: ConnectionValue.HOST, DB_CA: ConnectionValue.CA_FILE, DB_SSL: ConnectionValue.TLS };
    const shop = shopOf({ tls: undefined, clientVariables });
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    expect(Object.keys(variablesOf(podOf(shop, 'storefront', 'Deployment').containers[0]))).toEqual(['DB_HOST']);
  });

  test('trust an authority whose certificate is elsewhere', () => {
    const authority = CertificateAuthority.fromConfigMap(ConfigMap.fromConfigMapName('internal-ca'), 'root.pem');
    const shop = shopOf({ tls: DatabaseTls.required(issued, { authority }) });
    new Client(shop.chart, 'storefront').connections.to(shop.orders);
    const pod = podOf(shop, 'storefront', 'Deployment');
    expect(filesAt(pod, pod.containers[0], '/run/secrets/orders')).toEqual(['orders-app.password password', 'orders-app.uri uri', 'internal-ca.root.pem ca.crt']);
  });

  test("of another namespace can't have the file, as they can't have the password", () => {
    const shop = shopOf();
    const other = new Chart(shop.app, 'office', { namespace: 'office' });
    new Client(other, 'reports').connections.to(shop.orders);
    expect(shop.mistakes()).toEqual([
      "[office/reports] KEELSON1301 'volumes./run/secrets/orders' must be a Secret of namespace 'office', got 'orders-app' of namespace 'shop': pods reach their own namespace only: have the Secret there too",
      "[office/reports] KEELSON1301 'volumes./run/secrets/orders' must be a Secret of namespace 'office', got 'orders-tls' of namespace 'shop': pods reach their own namespace only: have the Secret there too",
    ]);
  });

  const endpoint = (props: Partial<PostgreSqlEndpointProps>) => {
    const shop = new Shop();
    const orders = PostgreSql.fromEndpoint(shop.chart, 'orders', {
      version: PostgreSqlVersion.V17, host: 'orders.example.com', peer: Peer.cidr('10.20.0.0/16'),
      credentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('orders-app')), ...props,
    });
    new Client(shop.chart, 'storefront').connections.to(orders);
    return shop;
  };

  test("of a server elsewhere trust an authority of one's own, or their system's", () => {
    const own = podOf(endpoint({ tls: CertificateAuthority.fromSecret(Secret.fromSecretName('cloud-ca')) }), 'storefront', 'Deployment');
    expect(variablesOf(own.containers[0])).toMatchObject({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: '/run/secrets/orders/ca.crt' });
    expect(filesAt(own, own.containers[0], '/run/secrets/orders')).toEqual(['orders-app.password password', 'cloud-ca.ca.crt ca.crt']);
    const system = podOf(endpoint({ tls: CertificateAuthority.system() }), 'storefront', 'Deployment');
    expect(variablesOf(system.containers[0])).toMatchObject({ PGSSLMODE: 'verify-full', PGSSLROOTCERT: 'system' });
    expect(filesAt(system, system.containers[0], '/run/secrets/orders')).toEqual(['orders-app.password password']);
    expect(Object.keys(variablesOf(podOf(endpoint({}), 'storefront', 'Deployment').containers[0]))).not.toContain('PGSSLMODE');
    expect(endpoint({ tls: {} as CertificateAuthority }).mistakes()).toEqual([
      "[shop/orders] KEELSON3001 'tls' must be a value of CertificateAuthority, got an object of another kind: use CertificateAuthority.fromConfigMap(…)",
    ]);
  });
});

describe('F-D21 mistakes', () => {
  const mistakesOf = (certificate: Certificate, options?: DatabaseTlsOptions, cluster = CLUSTER): string[] =>
    shopOf({ tls: DatabaseTls.required(certificate, options) }, cluster).mistakes().map(line => line.replace('[shop/orders] ', ''));

  test('a cluster without cert-manager issues nothing', () => {
    expect(mistakesOf(issued, {}, { version: '1.33', customResources: [] })).toEqual([
      "KEELSON3130 'tls.certificate' must be one that the cluster can have, got one issued by ClusterIssuer 'internal-ca', but the cluster profile's customResources don't have cert-manager: install cert-manager and add 'cert-manager.io/v1/Certificate' to customResources, or use Certificate.fromSecret(…)",
    ]);
  });

  test('what is no value of its class', () => {
    expect(shopOf({ tls: true as unknown as DatabaseTls }).mistakes()).toEqual([
      "[shop/orders] KEELSON3001 'tls' must be a value of DatabaseTls, got true: use DatabaseTls.required(Certificate.issuedBy('internal-ca'))",
    ]);
    expect(mistakesOf('internal-ca' as unknown as Certificate)).toEqual([
      "KEELSON3001 'tls.certificate' must be a value of Certificate, got 'internal-ca': use Certificate.issuedBy('internal-ca')",
    ]);
    expect(mistakesOf(issued, { authority: 'internal-ca' as unknown as CertificateAuthority })).toEqual([
      "KEELSON3001 'tls.authority' must be a value of CertificateAuthority, got 'internal-ca': use CertificateAuthority.fromConfigMap(…)",
    ]);
    expect(mistakesOf(Certificate.issuedBy('Internal CA'))).toEqual([
      expect.stringMatching(/^KEELSON10\d\d 'tls\.certificate\.issuer' must be /),
    ]);
  });

  test('names of a certificate that nobody issues here, and what is no name', () => {
    expect(mistakesOf(brought, { dnsNames: ['orders.example.com'] })).toEqual([
      "KEELSON3132 'tls.dnsNames' must be left out with a certificate that is brought, got 1 with Certificate.fromSecret(…): have whoever makes the Secret name them, and remove them here",
    ]);
    expect(mistakesOf(brought, { dnsNames: [] })).toEqual([]);
    expect(mistakesOf(issued, { dnsNames: ['*.example.com', 'https://orders'] })).toEqual([expect.stringMatching(/^KEELSON11\d\d 'tls\.dnsNames\.1' must be /)]);
  });

  test('an authority that is a ConfigMap, and one that is a Secret', () => {
    const secret = Secret.fromSecretName('internal-ca');
    const configMap = ConfigMap.fromConfigMapName('internal-ca');
    expect(mistakesOf(issued, { authority: CertificateAuthority.fromConfigMap(secret) })).toEqual([
      "KEELSON3131 'tls.authority.configMap' must be a ConfigMap, got the Secret 'internal-ca': use CertificateAuthority.fromSecret(…) for the other kind",
    ]);
    expect(mistakesOf(issued, { authority: CertificateAuthority.fromSecret(configMap) })).toEqual([
      "KEELSON3131 'tls.authority.secret' must be a Secret, got the ConfigMap 'internal-ca': use CertificateAuthority.fromConfigMap(…) for the other kind",
    ]);
    expect(mistakesOf(issued, { authority: CertificateAuthority.fromSecret('internal-ca' as unknown as Secret) })).toEqual([
      "KEELSON3131 'tls.authority.secret' must be a Secret, got 'internal-ca': use CertificateAuthority.fromConfigMap(…) for the other kind",
    ]);
    expect(mistakesOf(issued, { authority: CertificateAuthority.fromSecret(secret, 'ca crt') })).toEqual([
      "KEELSON3007 'tls.authority.key' must be letters, digits, '-', '_' and '.', got 'ca crt': name the key in the Secret's data",
    ]);
    expect(mistakesOf(issued, { authority: CertificateAuthority.fromSecret(secret, 'ca') })).toEqual([]);
    expect(mistakesOf(issued, { authority: CertificateAuthority.system() })).toEqual([
      "KEELSON3133 'tls.authority' must be one whose certificate is in a Secret or a ConfigMap, got the system's: nobody public issues for names of a cluster: use CertificateAuthority.fromConfigMap(…)",
    ]);
  });

  test('a Secret of another namespace, and one of this app that has no such key', () => {
    expect(mistakesOf(Certificate.fromSecret(Secret.fromSecretName('orders-certificate', 'office')))).toEqual(expect.arrayContaining([
      expect.stringMatching(/^KEELSON1301 .* must be a Secret of namespace 'shop', got 'orders-certificate' of namespace 'office'/),
    ]));
    const shop = new Shop(CLUSTER);
    const secret = Secret.unsafePlaintext(shop.chart, 'own', { stringData: { 'tls.crt': 'x', 'tls.key': 'x' } });
    new PostgreSql(shop.chart, 'orders', { version: PostgreSqlVersion.V17, storage, tls: DatabaseTls.required(Certificate.fromSecret(secret)) });
    expect(shop.mistakes().map(line => line.replace(/^\[[^\]]*\] /, ''))).toEqual(expect.arrayContaining([expect.stringMatching(/^KEELSON1303 .* got 'ca\.crt': add the key/)]));
  });

  test("what TLS is made of can't be set by its name", () => {
    expect(shopOf({ settings: { ssl: 'off', ssl_ciphers: 'HIGH', ssl_key_file: '/tmp/key' } }).mistakes().map(line => line.replace('[shop/orders] ', ''))).toEqual([
      "KEELSON3035 'settings.ssl' must be a setting that nothing else of the database depends on, got 'off': use 'tls'",
      "KEELSON3035 'settings.ssl_key_file' must be a setting that nothing else of the database depends on, got '/tmp/key': use 'tls'",
    ]);
  });
});
