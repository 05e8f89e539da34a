import {
  App, Certificate, ClusterProfile, Cpu, Gateway, GatewayApi, Health, Mesh, MeshDataPlane, Metrics, Monitoring, Peer, Port, Schedule,
  ScheduledTask, ServiceAccount, Subject, Task,
} from '@keelson/core';
import { MySql, MySqlVersion, PostgreSql, PostgreSqlVersion, Redis, RedisVersion, Storage } from '@keelson/data';
import { Admission, Quota, ServiceTypeName, Tenant } from '@keelson/tenancy';
import { isObject, parseManifests, type JsonObject } from '@keelson/testing';
import { Exposure, Scaling, WebApp, Worker } from '@keelson/web';
import { Size } from 'cdk8s';

/** The tenant that is held to rules of its own, one that says nothing of them, and one whose rules are taken away. */
export const [HELD, PLAIN, FREE] = ['shop', 'plain', 'free'];
/** The tenant in which nothing is changed, and that isn't deleted. */
export const CORDONED = 'cordoned';
/** The tenant that a pipeline applies an app to. */
export const DEPLOYED = 'apps';

const cluster = (version: string, mesh?: Mesh): ClusterProfile => ClusterProfile.kubernetes({
  version, mesh, gateway: Gateway.named('edge', 'gateway-system', { admitsListenerSets: true }), monitoring: Monitoring.kubePrometheusStack(),
  gatewayApi: GatewayApi.standard('1.7'), nodeCidrs: ['192.0.2.0/24'],
});

const quota = Quota.of({ cpu: Cpu.units(16), memory: Size.gibibytes(32), loadBalancers: 5, nodePorts: 5 });

/** The tenants of a cluster, all objects of them. */
export function tenants(version: string): JsonObject[] {
  const app = new App({ cluster: cluster(version) });
  const shop = new Tenant(app, HELD, {
    // without node ports but those of challenges
    quota: Quota.of({ cpu: Cpu.units(16), memory: Size.gibibytes(32), loadBalancers: 5, nodePorts: 0 }),
    deployers: [Subject.user('pipeline')],
    admins: [Subject.user('lead')],
    admission: Admission.of({
      hostNames: ['shop.example.com', '*.shop.example.com'],
      registries: ['registry.example.com/shop', 'quay.io', 'docker.io/library'],
      serviceTypes: [ServiceTypeName.CLUSTER_IP],
      externalIps: ['192.0.2.77'],
      storageClasses: ['standard'],
      priorityClasses: ['batch'],
      runtimeClasses: ['gvisor'],
      volumeNames: ['shop-disk'],
      ingressClasses: ['public'],
      ingressAnnotations: ['example.com/owner', 'shop.example.com/*'],
      clusterIssuers: ['public'],
      gatewayClasses: ['public'],
      gateways: [Gateway.named('edge', 'gateway-system')],
      nodeSelector: { pool: 'shop' },
      tolerations: ['example.com/shop'],
    }),
  });
  shop.connections.to(Peer.cidr('198.51.100.0/24', { except: ['198.51.100.128/25'] }), { ports: [Port.tcp(5432)] });
  shop.connections.from(Peer.namespace('orders'), { ports: [Port.tcp(8080)] });
  new Tenant(app, PLAIN, { quota: Quota.large(), deployers: [Subject.user('pipeline')] });
  new Tenant(app, CORDONED, {
    quota, cordoned: true, preventDeletion: true, admins: [Subject.user('lead')], deployers: [Subject.user('pipeline'), Subject.serviceAccount(ServiceAccount.fromServiceAccountName('argo', 'pipelines'))],
  });
  new Tenant(app, FREE, { quota, admins: [Subject.user('free-lead')], deployers: [Subject.user('free-pipeline')] });
  // What apps render in a mesh, too.
  const meshed = new App({ cluster: cluster(version, Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT })) });
  const apps = new Tenant(meshed, DEPLOYED, { quota, deployers: [Subject.user('pipeline')], admission: Admission.of({ hostNames: ['*.shop.example.com'] }) });
  apps.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
  const isFree = ({ kind, metadata }: JsonObject): boolean => String(kind).startsWith('ValidatingAdmissionPolicy') && isObject(metadata) && String(metadata.name).startsWith(`${FREE}.`);
  return parseManifests([app, meshed].map((each) => each.synthYaml() as string).join('---\n')).filter((each) => !isFree(each));
}

/** What the repository of an app renders for it: apps of all kinds, with databases. */
export function deployedApp(version: string): JsonObject[] {
  const app = new App({ cluster: cluster(version, Mesh.istio({ dataPlane: MeshDataPlane.AMBIENT })) });
  const chart = Tenant.fromTenantName(app, DEPLOYED);
  const storefront = new WebApp(chart, 'storefront', {
    image: 'registry.example.com/shop/storefront:1.8.2', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }),
    scaling: Scaling.onCpu({ min: 2, max: 4, percent: 70 }),
    exposure: Exposure.https('eu.shop.example.com', { certificate: Certificate.issuedBy('public') }),
    metrics: Metrics.onPort(9090),
  });
  const mailer = new Worker(chart, 'mailer', { image: 'registry.example.com/shop/mailer:2.1.0', health: Health.exec({ ready: ['/app/check', '--ready'], live: ['/app/check'] }) });
  const storage = Storage.dynamic(Size.gibibytes(1));
  const orders = new PostgreSql(chart, 'orders', { version: PostgreSqlVersion.V17, storage, readReplicas: 1, metrics: true });
  storefront.connections.to(orders);
  storefront.connections.to(new Redis(chart, 'cache', { version: RedisVersion.V7_4, storage }));
  mailer.connections.to(new MySql(chart, 'mails', { version: MySqlVersion.V8_4, storage }));
  mailer.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
  new Task(chart, 'report', { image: 'registry.example.com/shop/report:1.4.0' }).connections.to(orders);
  new ScheduledTask(chart, 'nightly', { image: 'registry.example.com/shop/report:1.4.0', schedule: Schedule.daily({ hour: 4 }) });
  return parseManifests(app.synthYaml() as string);
}
