import { Duration } from 'cdk8s';
import { HttpScheme, Metrics, Monitoring, Secret } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const monitoring = Monitoring.kubePrometheusStack({ release: 'stack' });
const PROMETHEUS = 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }, podSelector: { matchLabels: { app.kubernetes.io/name: prometheus } }';

export const port = specimen({
  title: 'core-metrics',
  cluster: { monitoring },
  shows: [
    'PodMonitor/checkout metadata.labels has { release: stack }',
    'PodMonitor/checkout spec = { jobLabel: app.kubernetes.io/name, selector: { matchLabels: { app.kubernetes.io/instance: checkout } }, podMetricsEndpoints: [{ port: metrics, path: /metrics }] }',
    'Deployment/checkout spec.template.spec.containers[0].ports has { name: metrics, containerPort: 9090, protocol: TCP }',
    `NetworkPolicy/checkout spec.ingress has { from: [{ ${PROMETHEUS} }], ports: [{ protocol: TCP, port: 9090 }] }`,
    'NetworkPolicy/checkout spec.ingress has { from: [{ podSelector: { matchLabels: { app.kubernetes.io/instance: storefront } } }], ports: [{ protocol: TCP, port: 8080 }] }',
  ],
  define: (chart) => {
    const checkout = new Server(chart, 'checkout', { metrics: Metrics.onPort(9090) });
    new Server(chart, 'storefront').connections.to(checkout);
  },
});

export const options = specimen({
  title: 'core-metrics-options',
  cluster: { monitoring },
  shows: [
    'PodMonitor/checkout spec.podMetricsEndpoints = [{ port: http, path: /internal/metrics, scheme: https, interval: 30s, scrapeTimeout: 10s,'
    + ' tlsConfig: { ca: { secret: { name: checkout-ca, key: ca.crt } }, serverName: checkout.example.com },'
    + ' authorization: { type: Bearer, credentials: { name: scrape, key: token } } }]',
    'PodMonitor/legacy spec.podMetricsEndpoints = [{ port: exporter, path: /metrics, scheme: https, tlsConfig: { insecureSkipVerify: true } }]',
    'NetworkPolicy/checkout spec.ingress has { ports: [{ protocol: TCP, port: 8080 }] }',
  ],
  define: (chart) => {
    new Server(chart, 'checkout', { metrics: Metrics.onPort(8080, {
      path: '/internal/metrics', scheme: HttpScheme.HTTPS, interval: Duration.seconds(30), scrapeTimeout: Duration.seconds(10),
      ca: { secret: Secret.fromSecretName('checkout-ca'), key: 'ca.crt' }, serverName: 'checkout.example.com',
      bearerToken: { secret: Secret.fromSecretName('scrape'), key: 'token' },
    }) });
    new Server(chart, 'legacy', {
      metrics: Metrics.onPort(9187, { scheme: HttpScheme.HTTPS, unsafeSkipTlsVerify: true }),
      containers: [{ name: 'exporter', image: 'registry.example.com/tools/exporter:1.4.2', ports: [{ number: 9187, name: 'exporter' }] }],
    });
  },
});

export const annotations = specimen({
  title: 'core-metrics-annotations',
  cluster: { monitoring: Monitoring.of({ pods: { namespace: 'observability', labels: { app: 'prometheus' } }, scrapeAnnotations: true }) },
  shows: [
    'PodMonitor is absent',
    'Deployment spec.template.metadata.annotations = { prometheus.io/path: /metrics, prometheus.io/port: "9090", prometheus.io/scheme: https, prometheus.io/scrape: "true" }',
    'NetworkPolicy spec.ingress = [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: observability } }, podSelector: { matchLabels: { app: prometheus } } }], ports: [{ protocol: TCP, port: 9090 }] }]',
  ],
  define: (chart) => {
    new Server(chart, 'checkout', { metrics: Metrics.onPort(9090, { scheme: HttpScheme.HTTPS }) });
  },
});
