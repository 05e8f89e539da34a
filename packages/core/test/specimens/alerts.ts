import { Duration } from 'cdk8s';
import { AlertSeverity, Monitoring, PrometheusRule } from '../../src';
import { specimen } from './specimen';

const monitoring = Monitoring.kubePrometheusStack({ release: 'stack' });

export const plain = specimen({
  title: 'core-alerts',
  cluster: { monitoring },
  shows: [
    'PrometheusRule/orders metadata.labels has { release: stack }',
    'PrometheusRule/orders spec.groups[0].name = orders',
    'PrometheusRule/orders spec.groups[0].rules[0] = { alert: OrdersDown, expr: up == 0, labels: { severity: critical }, annotations: { summary: orders are down, description: look at the pods } }',
  ],
  define: (chart) => {
    new PrometheusRule(chart, 'orders', {
      alerts: [{ name: 'OrdersDown', expr: 'up == 0', severity: AlertSeverity.CRITICAL, summary: 'orders are down', description: 'look at the pods' }],
    });
  },
});

export const options = specimen({
  title: 'core-alerts-options',
  cluster: { monitoring },
  shows: [
    'PrometheusRule/shop-orders metadata.labels has { team: shop }',
    'PrometheusRule/shop-orders spec.groups[0].interval = 60s',
    'PrometheusRule/shop-orders spec.groups[0].rules[0] has { for: 300s, keep_firing_for: 600s }',
    'PrometheusRule/shop-orders spec.groups[0].rules[0].labels = { severity: warning, team: shop }',
    'PrometheusRule/shop-orders spec.groups[0].rules[0].annotations has { runbook_url: https://runbooks.example.com/orders, dashboard_url: https://grafana.example.com }',
    'PrometheusRule/shop-orders spec.groups[0].rules[1].labels = { severity: info }',
  ],
  define: (chart) => {
    const alert = { name: 'OrdersSlow', expr: 'orders_seconds > 1', summary: 'orders are slow', description: '{{ $labels.pod }} takes {{ $value }} s' };
    new PrometheusRule(chart, 'orders', {
      name: 'shop-orders', labels: { team: 'shop' }, interval: Duration.minutes(1),
      alerts: [
        {
          ...alert, severity: AlertSeverity.WARNING, for: Duration.minutes(5), keepFiringFor: Duration.minutes(10),
          runbookUrl: 'https://runbooks.example.com/orders', labels: { team: 'shop' }, annotations: { dashboard_url: 'https://grafana.example.com' },
        },
        { ...alert, severity: AlertSeverity.INFO },
      ],
    });
  },
});
