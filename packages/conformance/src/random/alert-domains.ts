import { durations, subdomain, texts, words, type Domain } from './values.js';

const name = texts(/^[A-Z][a-z0-9_]{3,12}$/, ['_a', 'OrdersDown', 'severity_1'], ['', '2Down', 'Orders-Down', 'a b', 'a.b/c', 'ü']);
const template = words(['down', '{{ $labels.pod }} is down', '}} and {', '{{ "{{" }}'], ['', ' ', '{{', '{{ $value', '{{ }}']);

/** The domains of alerts, by key: see `Domains`. */
export const ALERTS: readonly (readonly [Domain, ...string[]])[] = [
  [name, 'Alert.name', 'Alert.labels[key]', 'Alert.annotations[key]'],
  [words(['up == 0', 'sum by (pod) (rate(x_total[5m])) > 1', 'absent(up{job="a"})'], ['', ' ']), 'Alert.expr'],
  [durations(1), 'Alert.for', 'Alert.keepFiringFor', 'PrometheusRuleProps.interval'],
  [template, 'Alert.summary', 'Alert.description', 'Alert.labels[]', 'Alert.annotations[]'],
  [words(['https://runbooks.example.com/a', 'http://a:8080/b?c#d'], ['', 'runbooks/a', 'https://', 'https://a b', 'ftp://a']), 'Alert.runbookUrl'],
  [subdomain, 'PrometheusRuleProps.name'],
];
