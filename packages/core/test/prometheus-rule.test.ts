import { Duration, JsonPatch } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type Alert, AlertSeverity, type ClusterProfileProps, Monitoring, PrometheusRule, type PrometheusRuleProps, Warnings } from '../src';
import { accepted, charted, mistakes, type Rendered } from './server';

const OPERATOR: ClusterProfileProps = { version: '1.33', monitoring: Monitoring.kubePrometheusStack({ release: 'stack' }) };
const ANNOTATED = Monitoring.of({ pods: { namespace: 'observability', labels: { app: 'prometheus' } }, scrapeAnnotations: true });
const RULE = 'monitoring.coreos.com/v1/PrometheusRule';

const alert: Alert = { name: 'OrdersDown', expr: 'up == 0', severity: AlertSeverity.CRITICAL, summary: 'orders are down', description: '{{ $labels.pod }} is down' };

function rendered(props: Partial<PrometheusRuleProps>, profile = OPERATOR): Rendered {
  const chart = charted(profile);
  new PrometheusRule(chart, 'orders', { alerts: [alert], ...props });
  const [rule] = accepted(chart);
  return rule as Rendered;
}

function mistakesOf(props: Partial<PrometheusRuleProps>, profile = OPERATOR): string[] {
  const chart = charted(profile);
  new PrometheusRule(chart, 'orders', { alerts: [alert], ...props });
  return mistakes(chart).map(line => line.slice('[shop/orders] '.length));
}

const mistakesOfAlert = (other: Partial<Record<keyof Alert, unknown>>) => mistakesOf({ alerts: [{ ...alert, ...other } as Alert] });

describe('O1 alerts by a PrometheusRule', () => {
  test('it is found by the labels of the profile, and says what it must', () => {
    expect(rendered({})).toEqual({
      apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule',
      metadata: {
        name: 'orders', namespace: 'shop',
        labels: { 'app.kubernetes.io/name': 'orders', 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'keelson', 'release': 'stack' },
      },
      spec: { groups: [{ name: 'orders', rules: [{
        alert: 'OrdersDown', expr: 'up == 0', labels: { severity: 'critical' }, annotations: { summary: 'orders are down', description: '{{ $labels.pod }} is down' },
      }] }] },
    });
  });

  test('all that can be said', () => {
    const rule = rendered({
      name: 'shop-orders', labels: { team: 'shop' }, interval: Duration.minutes(1),
      alerts: [{
        ...alert, severity: AlertSeverity.INFO, for: Duration.minutes(5), keepFiringFor: Duration.seconds(1), runbookUrl: 'https://runbooks.example.com/orders',
        labels: { team: '{{ $labels.team }}' }, annotations: { dashboard_url: 'https://grafana.example.com' },
      }],
    });
    expect([rule.metadata.name, rule.metadata.labels.team, rule.metadata.labels.release]).toEqual(['shop-orders', 'shop', 'stack']);
    expect(rule.spec.groups).toEqual([{ name: 'shop-orders', interval: '60s', rules: [{
      alert: 'OrdersDown', expr: 'up == 0', for: '300s', keep_firing_for: '1s', labels: { severity: 'info', team: '{{ $labels.team }}' },
      annotations: {
        summary: 'orders are down', description: '{{ $labels.pod }} is down', runbook_url: 'https://runbooks.example.com/orders', dashboard_url: 'https://grafana.example.com',
      },
    }] }]);
  });

  test('patches reach what it does not say', () => {
    const chart = charted(OPERATOR);
    const { manifest } = new PrometheusRule(chart, 'orders', { alerts: [alert] });
    manifest.addJsonPatch(JsonPatch.add('/spec/groups/0/rules/-', { record: 'shop:up', expr: 'sum(up)' }));
    expect(accepted(chart)[0]?.spec.groups[0].rules[1]).toEqual({ record: 'shop:up', expr: 'sum(up)' });
  });

  test('synth twice gives the same', () => {
    const chart = charted(OPERATOR);
    new PrometheusRule(chart, 'orders', { alerts: [alert] });
    expect(accepted(chart)).toEqual(accepted(chart));
  });
});

describe('mistakes in alerts', () => {
  test('a rule without alerts', () => {
    expect(mistakesOf({ alerts: [] })).toEqual(["KEELSON1678 'alerts' must be one alert or more, got none: add one, or leave the PrometheusRule out"]);
    expect(mistakesOf({ alerts: undefined as unknown as Alert[] })).toEqual(["KEELSON1587 'alerts' must be a list of alerts, got null: write it in brackets"]);
    expect(mistakesOf({ alerts: ['down' as unknown as Alert] })).toEqual(["KEELSON1587 'alerts.0' must be an alert, got 'down': write it like { name: 'OrdersDown', … }"]);
  });

  test.each(['A', '_a', 'Orders_Down2'])('%s is a name', (name) => {
    expect(mistakesOfAlert({ name })).toEqual([]);
  });

  test.each([['', "''"], ['2Down', "'2Down'"], ['Orders-Down', "'Orders-Down'"], ['Orders down', "'Orders down'"], [7, '7']])('%s is none', (name, got) => {
    expect(mistakesOfAlert({ name })).toEqual([
      `KEELSON1679 'alerts.0.name' must be letters, digits and '_', without a digit at the beginning, got ${got}: write it like 'OrdersDown'`,
    ]);
  });

  test('two that Prometheus could not tell apart', () => {
    expect(mistakesOf({ alerts: [alert, { ...alert, expr: 'up < 1' }] })).toEqual([
      "KEELSON1680 'alerts.1.name' must be one of its name, severity and labels, got 'OrdersDown' twice: rename one of the two",
    ]);
    expect(mistakesOf({ alerts: [alert, { ...alert, severity: AlertSeverity.WARNING }, { ...alert, labels: { team: 'a' } }] })).toEqual([]);
  });

  test.each(['summary', 'description'])('%s that says nothing', (member) => {
    const line = (got: string) => [`KEELSON1681 'alerts.0.${member}' must be a text that says something, got ${got}: say it in words`];
    expect([mistakesOfAlert({ [member]: ' ' }), mistakesOfAlert({ [member]: undefined })]).toEqual([line("' '"), line('undefined')]);
  });

  test('an expression that says nothing', () => {
    expect(mistakesOfAlert({ expr: '' })).toEqual(["KEELSON1681 'alerts.0.expr' must be a text that says something, got '': write PromQL, such as 'up == 0'"]);
  });

  test.each(['https://a', 'http://runbooks.example.com:8080/a?b#c'])('%s is where a runbook may be', (runbookUrl) => {
    expect(mistakesOfAlert({ runbookUrl })).toEqual([]);
  });

  test.each(['runbooks/orders', 'https://', 'ftp://a', 'https://a b', ''])("'%s' is not", (runbookUrl) => {
    expect(mistakesOfAlert({ runbookUrl })).toEqual([
      `KEELSON1682 'alerts.0.runbookUrl' must be an address of HTTP or HTTPS, got '${runbookUrl}': write it like 'https://runbooks.example.com/orders'`,
    ]);
  });

  test.each(['{{ $labels.pod', '{{ }}', '{{ $value }} of {{', 'x {{ "{{" '])('%s is no template', (text) => {
    const line = (member: string) => `KEELSON1683 'alerts.0.${member}' must be a Go template, whose actions are closed and not empty, such as '{{ $labels.pod }}', got '${text}': close each '{{' by '}}'`;
    expect(mistakesOfAlert({ summary: text, annotations: { note: text }, labels: { team: text } })).toEqual(['annotations.note', 'labels.team', 'summary'].map(line));
  });

  test.each(['{{ $labels.pod }}', '}} and }', '{{ "{{" }}', '{{ $value | humanize }}{{- if 1 }}x{{ end -}}'])('%s is one', (text) => {
    expect(mistakesOfAlert({ description: text })).toEqual([]);
  });

  test('labels and annotations that props say, or that have no name', () => {
    const other = (member: string, name: string, prop: string) => `KEELSON1684 'alerts.0.${member}' must be others than what '${prop}' says, got '${name}': say it by '${prop}'`;
    expect(mistakesOfAlert({ labels: { severity: 'page', alertname: 'x' }, annotations: { summary: 'x', description: 'y', runbook_url: 'z' } }).sort()).toEqual([
      other('annotations', 'description', 'description'), other('annotations', 'runbook_url', 'runbookUrl'), other('annotations', 'summary', 'summary'),
      other('labels', 'alertname', 'name'), other('labels', 'severity', 'severity'),
    ]);
    expect(mistakesOfAlert({ labels: { 'example.com/team': 'a' } })).toEqual([
      "KEELSON1679 'alerts.0.labels' must be letters, digits and '_', without a digit at the beginning, got 'example.com/team': write it like 'team'",
    ]);
  });

  test('times and severities', () => {
    expect(mistakesOfAlert({ for: Duration.seconds(1), keepFiringFor: Duration.seconds(2) })).toEqual([]);
    expect(mistakesOfAlert({ for: Duration.seconds(0), keepFiringFor: Duration.millis(1500), severity: 'page' })).toEqual([
      "KEELSON1121 'alerts.0.for' must be at least 1 s, got 0 s: try Duration.seconds(1)",
      "KEELSON1123 'alerts.0.keepFiringFor' must be whole seconds, got 1.5 s: try Duration.seconds(2)",
      "KEELSON1585 'alerts.0.severity' must be one of critical, warning, info, got 'page': choose a member of AlertSeverity, such as AlertSeverity.CRITICAL",
    ]);
    expect(mistakesOf({ interval: Duration.seconds(0) })).toEqual(["KEELSON1121 'interval' must be at least 1 s, got 0 s: try Duration.seconds(1)"]);
  });
});

describe('PrometheusRules on a cluster', () => {
  test('that has none', () => {
    expect(mistakesOf({}, { ...OPERATOR, customResources: ['monitoring.coreos.com/v1/PodMonitor'] })).toEqual([
      `KEELSON1685 'PrometheusRule' must be on a cluster with the Prometheus operator, got one, with a cluster profile that has no PrometheusRules: add '${RULE}' to the profile's 'customResources'`,
    ]);
    expect(mistakesOf({}, { ...OPERATOR, customResources: [RULE] })).toEqual([]);
  });

  test('whose monitoring reads annotations', () => {
    expect(mistakesOf({}, { monitoring: ANNOTATED })).toEqual([
      "KEELSON1686 'PrometheusRule' must be on a cluster with the Prometheus operator, got one, with a cluster profile whose monitoring finds pods by annotations: "
      + `write the rules into Prometheus' own configuration, or add '${RULE}' to the profile's 'customResources'`,
    ]);
    expect(mistakesOf({}, { monitoring: ANNOTATED, customResources: [RULE] })).toEqual([]);
  });

  test('whose profile names no monitoring', () => {
    const chart = charted({ version: '1.33' });
    new PrometheusRule(chart, 'orders', { alerts: [alert] });
    new PrometheusRule(chart, 'carts', { alerts: [alert] });
    expect(accepted(chart).map(({ kind }) => kind)).toEqual(['PrometheusRule', 'PrometheusRule']);
    expect(Warnings.of(chart)).toEqual([
      '[shop] KEELSON1687 it has PrometheusRules, and the cluster profile names no monitoring, whose labels they would be found by: '
      + "set the profile's 'monitoring', such as Monitoring.kubePrometheusStack()",
    ]);
  });
});
