import { Monitoring, Warnings, type ClusterProfileProps } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DatabaseAlerts, PostgreSql, PostgreSqlVersion, Storage, type DatabaseAlertOptions, type PostgreSqlProps } from '../src';
import { Shop, type Rendered } from './rendered';

const OPERATOR: ClusterProfileProps = { version: '1.33', monitoring: Monitoring.kubePrometheusStack({ release: 'stack' }) };
const ANNOTATED: ClusterProfileProps = { version: '1.33', monitoring: Monitoring.of({ pods: { namespace: 'observability', labels: { app: 'prometheus' } }, scrapeAnnotations: true }) };

function shopOf(props: Partial<PostgreSqlProps> = {}, cluster = OPERATOR): Shop & { readonly orders: PostgreSql } {
  const shop = new Shop(cluster);
  const orders = new PostgreSql(shop.chart, 'orders', { version: PostgreSqlVersion.V17, storage: Storage.dynamic(Size.gibibytes(20)), metrics: true, ...props });
  return Object.assign(shop, { orders });
}

const rulesOf = (props: Partial<PostgreSqlProps> = {}): Rendered[] => shopOf(props).object('PrometheusRule', 'orders').spec.groups[0].rules;
const namesOf = (props: Partial<PostgreSqlProps> = {}) => rulesOf(props).map(({ alert }) => alert as string);
const kinds = (shop: Shop) => shop.objects().map(({ kind }) => kind as string);
const mistakesOf = (props: Partial<PostgreSqlProps>, cluster?: ClusterProfileProps) =>
  shopOf(props, cluster).mistakes().map(line => line.slice(line.indexOf('KEELSON')));
const mistakesIn = (options: DatabaseAlertOptions) => mistakesOf({ alerts: DatabaseAlerts.of(options), readReplicas: 1 });

describe('D6 alerts of databases', () => {
  test('are there with metrics, by the labels that monitoring finds them by', () => {
    const shop = shopOf();
    const { metadata } = shop.object('PrometheusRule', 'orders');
    expect(metadata.labels).toMatchObject({ 'release': 'stack', 'app.kubernetes.io/instance': 'orders' });
    expect(shop.orders.alerts?.name).toBe('orders');
    expect(namesOf()).toEqual(['DatabaseDown', 'DatabaseVolumeFilling', 'DatabaseConnectionsExhausting']);
    expect(namesOf({ readReplicas: 1 })).toEqual(['DatabaseDown', 'DatabaseReplicasMissing', 'DatabaseReplicationLag', 'DatabaseVolumeFilling', 'DatabaseConnectionsExhausting']);
    expect(rulesOf()[0]).toEqual({
      alert: 'DatabaseDown', expr: 'absent(pg_up{namespace="shop", pod=~"orders-[0-9]+"} == 1)', for: '300s',
      labels: { severity: 'critical', database: 'orders', namespace: 'shop' },
      annotations: {
        summary: 'PostgreSQL shop/orders: no server answers',
        description: "The pod orders-0 is missing, or its server doesn't answer the exporter beside it: see the pod's events, and the logs of its containers.",
      },
    });
  });

  test('are there neither without metrics, nor where they are not wanted, nor where nobody reads them', () => {
    expect([shopOf({ metrics: false }), shopOf({ alerts: DatabaseAlerts.none() }), shopOf({}, ANNOTATED), shopOf({}, { version: '1.33' })].map(shop => kinds(shop).includes('PrometheusRule')))
      .toEqual([false, false, false, false]);
    expect(shopOf({ alerts: DatabaseAlerts.none() }).orders.alerts).toBeUndefined();
    const podMonitors = { ...OPERATOR, customResources: ['monitoring.coreos.com/v1/PodMonitor'] };
    expect(kinds(shopOf({}, podMonitors))).not.toContain('PrometheusRule');
    expect(mistakesOf({ alerts: DatabaseAlerts.of() }, podMonitors)).toEqual([
      "KEELSON1685 'PrometheusRule' must be on a cluster with the Prometheus operator, got one, with a cluster profile that has no PrometheusRules: "
      + "add 'monitoring.coreos.com/v1/PrometheusRule' to the profile's 'customResources'",
    ]);
    expect(mistakesOf({ metrics: false, alerts: DatabaseAlerts.none() })).toEqual([]);
    expect(Warnings.of(shopOf({}, ANNOTATED).app)).toEqual([]);
    expect(Warnings.of(shopOf({ alerts: DatabaseAlerts.of() }, ANNOTATED).app)).toEqual([
      "[shop/orders] KEELSON3173 it has 'alerts', and the cluster profile's monitoring finds pods by annotations, as a Prometheus without the operator does, "
      + "which reads no PrometheusRules: write them into Prometheus' own configuration",
    ]);
  });

  test('say what is said, of all of them', () => {
    const rules = rulesOf({
      readReplicas: 3,
      alerts: DatabaseAlerts.of({
        for: Duration.minutes(1), replicationLag: Duration.minutes(2), volumePercent: 70, connectionsPercent: 60, runbooks: 'https://runbooks.example.com/databases#',
        labels: { team: 'shop' },
      }),
    });
    expect(rules.map(each => [each.for, each.labels.team, each.annotations.runbook_url])).toEqual(
      ['DatabaseDown', 'DatabaseReplicasMissing', 'DatabaseReplicationLag', 'DatabaseVolumeFilling', 'DatabaseConnectionsExhausting']
        .map(name => ['60s', 'shop', `https://runbooks.example.com/databases#${name}`]),
    );
    expect(rules.slice(1).map(({ expr }) => /[<>] \d+/.exec(expr as string)?.[0])).toEqual(['< 3', '> 120', '> 70', '> 60']);
  });

  test('measure the claim that there is, and no volume that is not kept', () => {
    expect(rulesOf({ storage: Storage.claim({ name: 'old.data', kind: 'PersistentVolumeClaim' }) })[1]?.expr)
      .toBe('100 * (1 - kubelet_volume_stats_available_bytes{namespace="shop", persistentvolumeclaim="old.data"} / kubelet_volume_stats_capacity_bytes{namespace="shop", persistentvolumeclaim="old.data"}) > 80');
    expect(namesOf({ storage: Storage.unsafeEphemeral(Size.gibibytes(1)) })).toEqual(['DatabaseDown', 'DatabaseConnectionsExhausting']);
  });

  test('ask each server that follows, which has an exporter too', () => {
    const { initContainers } = shopOf({ readReplicas: 1 }).object('StatefulSet', 'orders-replica').spec.template.spec;
    expect(initContainers.map(({ name }: Rendered) => name)).toEqual(['check-version', 'clone-primary', 'metrics']);
    expect(shopOf({ readReplicas: 1 }).object('PodMonitor', 'orders-replica').spec.selector.matchLabels).toEqual({ 'app.kubernetes.io/instance': 'orders-replica' });
  });

  test('synth twice gives the same', () => {
    const shop = shopOf({ readReplicas: 1 });
    expect(shop.objects()).toEqual(shop.objects());
  });
});

describe('mistakes in alerts of databases', () => {
  test.each([1, 80, 99])('%d %% is a limit', (percent) => {
    expect(mistakesIn({ volumePercent: percent, connectionsPercent: percent })).toEqual([]);
  });

  test.each([[0, '0'], [100, '100'], [0.8, '0.8'], [NaN, 'NaN'], ['80' as unknown as number, "'80'"]])('%s %% is none', (percent, got) => {
    const line = (member: string) => `KEELSON3171 'alerts.${member}' must be an integer from 1 to 99, got ${got}: write 80 for 80 %`;
    expect(mistakesIn({ volumePercent: percent, connectionsPercent: percent })).toEqual(['connectionsPercent', 'volumePercent'].map(line));
  });

  test('times', () => {
    expect(mistakesIn({ for: Duration.seconds(1), replicationLag: Duration.seconds(1) })).toEqual([]);
    expect(mistakesIn({ for: Duration.seconds(0), replicationLag: Duration.millis(1500) })).toEqual([
      "KEELSON3176 'alerts.for' must be whole seconds, from 1 on, got 0 s: try Duration.seconds(30)",
      "KEELSON3176 'alerts.replicationLag' must be whole seconds, from 1 on, got 1.5 s: try Duration.seconds(30)",
    ]);
    expect(mistakesIn({ for: 300 as unknown as Duration })).toEqual(["KEELSON3176 'alerts.for' must be whole seconds, from 1 on, got 300: try Duration.seconds(30)"]);
  });

  test('labels and runbooks', () => {
    expect(mistakesIn({ labels: { database: 'x', 'example.com/team': 'y' }, runbooks: 'runbooks/' })).toEqual([
      "KEELSON3174 'alerts.labels' must be named by letters, digits and '_', without a digit at the beginning, got 'example.com/team': write it like 'team'",
      "KEELSON3174 'alerts.labels' must be others than severity, database, namespace, alertname, which the alerts have, got 'database': choose another name",
      "KEELSON3175 'alerts.runbooks' must be an address of HTTP or HTTPS, got 'runbooks/': write it like 'https://runbooks.example.com/databases/'",
    ]);
  });

  test('of what is not there', () => {
    expect(mistakesOf({ metrics: false, alerts: DatabaseAlerts.of() })).toEqual([
      "KEELSON3170 'alerts' must be left out without 'metrics', which they ask, got some: add metrics: true, or remove it",
    ]);
    expect(mistakesOf({ alerts: DatabaseAlerts.of({ replicationLag: Duration.seconds(5) }) })).toEqual([
      "KEELSON3172 'alerts.replicationLag' must be left out without 'readReplicas', got one: remove it",
    ]);
    expect(mistakesOf({ storage: Storage.unsafeEphemeral(Size.gibibytes(1)), alerts: DatabaseAlerts.of({ volumePercent: 50 }) })).toEqual([
      "KEELSON3172 'alerts.volumePercent' must be left out where nothing is kept: only claims are measured, got one: remove it",
    ]);
    expect(mistakesOf({ alerts: 'all' as unknown as DatabaseAlerts })).toEqual(["KEELSON3001 'alerts' must be a value of DatabaseAlerts, got 'all': use DatabaseAlerts.of()"]);
  });
});
