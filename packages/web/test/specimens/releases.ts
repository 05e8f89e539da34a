import { Peer, PersistentVolumeClaim, PreStop, Volume, WaitFor } from '@keelson/core';
import { before, since } from '@keelson/testing/specimen';
import { Duration, Size } from 'cdk8s';
import { DeploymentStrategy, PercentOrAbsolute, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

export const defaults = specimen({
  title: 'web-defaults',
  shows: [
    'Deployment spec.replicas = 2',
    'Deployment spec.minReadySeconds = 10',
    'Deployment spec.progressDeadlineSeconds = 600',
    'Deployment spec.revisionHistoryLimit = 3',
    'Deployment spec.strategy = { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }',
    'Deployment spec.selector.matchLabels = { app.kubernetes.io/instance: storefront }',
    'Deployment spec.template.spec.terminationGracePeriodSeconds = 45',
    since('1.30', 'Deployment spec.template.spec.containers[0].lifecycle = { preStop: { sleep: { seconds: 15 } } }'),
    before('1.30', 'Deployment spec.template.spec.containers[0].lifecycle is absent'),
    'PodDisruptionBudget spec = { maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: { app.kubernetes.io/instance: storefront } } }',
    'Service spec = { type: ClusterIP, selector: { app.kubernetes.io/instance: storefront }, ports: [{ name: http, port: 80, targetPort: http, protocol: TCP, appProtocol: http }] }',
    'HorizontalPodAutoscaler is absent',
    'HTTPRoute is absent',
    'Ingress is absent',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', storefront);
  },
});

export const replicas = specimen({
  title: 'web-replicas',
  shows: ['Deployment spec.replicas = 4'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, replicas: 4 });
  },
});

export const noReplicas = specimen({
  title: 'web-replicas-none',
  shows: ['Deployment spec.replicas = 0', 'PodDisruptionBudget is absent'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, replicas: 0 });
  },
});

export const times = specimen({
  title: 'web-release-times',
  shows: [
    'Deployment spec.minReadySeconds = 20',
    'Deployment spec.progressDeadlineSeconds = 1200',
    'Deployment spec.revisionHistoryLimit = 0',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront, minReady: Duration.seconds(20), progressDeadline: Duration.minutes(20), revisionHistoryLimit: 0,
    });
  },
});

export const waits = specimen({
  title: 'web-release-waits',
  shows: ['Deployment spec.progressDeadlineSeconds = 1120', 'Deployment spec.template.spec.initContainers[1].args = [wait, 192.0.2.10, "6432", "600"]'],
  define: (chart) => {
    const database = Peer.cidr('192.0.2.10/32');
    const waitFor = [WaitFor.host('192.0.2.10', 5432, database), WaitFor.host('192.0.2.10', 6432, database, { timeout: Duration.minutes(10) })];
    new WebApp(chart, 'storefront', { ...storefront, waitFor });
  },
});

export const rollingUpdate = specimen({
  title: 'web-strategy-rolling-update',
  shows: ['Deployment spec.strategy = { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 20% } }'],
  define: (chart) => {
    const strategy = DeploymentStrategy.rollingUpdate({
      maxSurge: PercentOrAbsolute.absolute(1), maxUnavailable: PercentOrAbsolute.percent(20),
    });
    new WebApp(chart, 'storefront', { ...storefront, replicas: 5, strategy });
  },
});

export const recreate = specimen({
  title: 'web-strategy-recreate',
  shows: [
    'Deployment spec.strategy = { type: Recreate }',
    'Deployment spec.template.spec.volumes has { persistentVolumeClaim: { claimName: pictures } }',
    'PodDisruptionBudget is absent',
  ],
  define: (chart) => {
    const pictures = new PersistentVolumeClaim(chart, 'pictures', { size: Size.gibibytes(10) });
    new WebApp(chart, 'gallery', {
      ...storefront, replicas: 1, strategy: DeploymentStrategy.recreate(), volumes: { '/var/lib/pictures': Volume.fromClaim(pictures) },
    });
  },
});

export const drained = specimen({
  title: 'web-drain-by-command',
  shows: [
    before('1.30', 'Deployment spec.template.spec.containers[0].lifecycle = { preStop: { exec: { command: [sleep, "15"] } } }'),
    since('1.30', 'Deployment spec.template.spec.containers[0].lifecycle = { preStop: { sleep: { seconds: 15 } } }'),
  ],
  warns: [],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, preStop: PreStop.drain({ fallbackCommand: ['sleep', '15'] }) });
  },
});
