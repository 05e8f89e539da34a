import { Health, HttpScheme, Metrics, Monitoring } from '@keelson/core';
import { Duration } from 'cdk8s';
import { DeploymentStrategy, Worker } from '../../src';
import { mailer, specimen } from './specimen';

export const worker = specimen({
  title: 'web-worker',
  warns: [],
  shows: [
    'Deployment spec.replicas = 2',
    'Deployment metadata.labels has { app.kubernetes.io/component: worker }',
    'Deployment spec.strategy = { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }',
    'Deployment spec.template.spec.containers[0].ports is absent',
    'Deployment spec.template.spec.containers[0].lifecycle is absent',
    'Deployment spec.template.spec.containers[0].livenessProbe.exec = { command: [/app/check, --live] }',
    'Deployment spec.template.spec.terminationGracePeriodSeconds = 300',
    'Deployment spec.template.spec.topologySpreadConstraints[0].matchLabelKeys = [pod-template-hash]',
    'PodDisruptionBudget spec.maxUnavailable = 1',
    'NetworkPolicy spec.policyTypes = [Ingress, Egress]',
    'Service is absent',
    'HorizontalPodAutoscaler is absent',
  ],
  define: (chart) => {
    new Worker(chart, 'mailer', { ...mailer, terminationGracePeriod: Duration.minutes(5) });
  },
});

export const healthPort = specimen({
  title: 'web-worker-health-port',
  warns: [],
  shows: [
    'Deployment spec.template.spec.containers[0].ports = [{ name: health, containerPort: 8081, protocol: TCP }]',
    'Deployment spec.template.spec.containers[0].readinessProbe.httpGet has { path: /readyz, port: health }',
    'NetworkPolicy spec.policyTypes = [Ingress, Egress]',
    'Service is absent',
  ],
  define: (chart) => {
    new Worker(chart, 'mailer', { ...mailer, health: Health.http({ ready: '/readyz', live: '/livez' }), healthPort: 8081 });
  },
});

export const alone = specimen({
  title: 'web-worker-without-health',
  warns: [],
  shows: [
    'Deployment spec.replicas = 1',
    'Deployment spec.strategy = { type: Recreate }',
    'Deployment spec.template.spec.containers[0].livenessProbe is absent',
    'PodDisruptionBudget is absent',
  ],
  define: (chart) => {
    new Worker(chart, 'mailer', { image: mailer.image, replicas: 1, strategy: DeploymentStrategy.recreate() });
  },
});

export const metrics = specimen({
  title: 'web-worker-metrics',
  cluster: { monitoring: Monitoring.kubePrometheusStack() },
  warns: [],
  shows: [
    'Deployment spec.template.spec.containers[0].ports has { name: metrics, containerPort: 9090, protocol: TCP }',
    'PodMonitor spec.podMetricsEndpoints = [{ port: metrics, path: /metrics, scheme: http }]',
    'NetworkPolicy spec.ingress has { ports: [{ protocol: TCP, port: 9090 }] }',
  ],
  define: (chart) => {
    new Worker(chart, 'mailer', { ...mailer, metrics: Metrics.onPort(9090, { scheme: HttpScheme.HTTP }) });
  },
});
