import { Duration } from 'cdk8s';
import { Scaling, WebApp } from '../../src';
import { specimen, storefront } from './specimen';

export const onCpu = specimen({
  title: 'web-scaling-on-cpu',
  shows: [
    'HorizontalPodAutoscaler spec.scaleTargetRef = { apiVersion: apps/v1, kind: Deployment, name: storefront }',
    'HorizontalPodAutoscaler spec.minReplicas = 3',
    'HorizontalPodAutoscaler spec.maxReplicas = 12',
    'HorizontalPodAutoscaler spec.behavior.scaleUp = { stabilizationWindowSeconds: 0, selectPolicy: Max, policies: [{ type: Percent, value: 100, periodSeconds: 15 }, { type: Pods, value: 4, periodSeconds: 15 }] }',
    'HorizontalPodAutoscaler spec.behavior.scaleDown = { stabilizationWindowSeconds: 300, selectPolicy: Max, policies: [{ type: Percent, value: 50, periodSeconds: 60 }] }',
    'HorizontalPodAutoscaler spec.metrics = [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]',
    'Deployment spec.replicas is absent',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.onCpu({ min: 3, max: 12, percent: 70 }) });
  },
});

export const onMemory = specimen({
  title: 'web-scaling-on-memory',
  shows: [
    'HorizontalPodAutoscaler spec.minReplicas = 2',
    'HorizontalPodAutoscaler spec.metrics = [{ type: Resource, resource: { name: memory, target: { type: Utilization, averageUtilization: 80 } } }]',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.onMemory({ max: 4, percent: 80 }) });
  },
});

export const onResources = specimen({
  title: 'web-scaling-on-resources',
  shows: [
    'HorizontalPodAutoscaler spec.metrics has { resource: { name: cpu, target: { averageUtilization: 70 } } }',
    'HorizontalPodAutoscaler spec.metrics has { resource: { name: memory, target: { averageUtilization: 80 } } }',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.onResources({ max: 6, cpuPercent: 70, memoryPercent: 80 }) });
  },
});

export const patiently = specimen({
  title: 'web-scaling-patiently',
  shows: [
    'HorizontalPodAutoscaler spec.behavior.scaleUp.stabilizationWindowSeconds = 60',
    'HorizontalPodAutoscaler spec.behavior.scaleDown.stabilizationWindowSeconds = 3600',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront,
      scaling: Scaling.onCpu({ max: 8, percent: 60, scaleUpStabilization: Duration.minutes(1), scaleDownStabilization: Duration.hours(1) }),
    });
  },
});
