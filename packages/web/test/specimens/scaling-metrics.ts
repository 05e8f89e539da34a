import { Cpu } from '@keelson/core';
import { before, since } from '@keelson/testing/specimen';
import { Duration, Size } from 'cdk8s';
import { MetricTarget, Scaling, ScalingMetric, ScalingPolicy, ScalingSelectPolicy, WebApp } from '../../src';
import { specimen, storefront, UNDRAINED } from './specimen';

export const resources = specimen({
  title: 'web-scaling-resource-metrics',
  shows: [
    'HorizontalPodAutoscaler spec.metrics = [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } },'
    + ' { type: Resource, resource: { name: memory, target: { type: Utilization, averageUtilization: 80 } } },'
    + ' { type: Resource, resource: { name: cpu, target: { type: AverageValue, averageValue: 250m } } },'
    + ' { type: Resource, resource: { name: memory, target: { type: AverageValue, averageValue: 96Mi } } }]',
    'Deployment spec.replicas is absent',
  ],
  define: (chart) => {
    const metrics = [
      ScalingMetric.cpu(70), ScalingMetric.memory(80),
      ScalingMetric.averageCpu(Cpu.millis(250)), ScalingMetric.averageMemory(Size.mebibytes(96)),
    ];
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.on(metrics, { max: 6 }) });
  },
});

export const containers = specimen({
  title: 'web-scaling-container-metrics',
  shows: [
    'HorizontalPodAutoscaler spec.metrics = [{ type: ContainerResource, containerResource: { name: cpu, container: storefront, target: { type: Utilization, averageUtilization: 60 } } },'
    + ' { type: ContainerResource, containerResource: { name: memory, container: proxy, target: { type: Utilization, averageUtilization: 75 } } }]',
  ],
  warns: [before('1.29', 'KEELSON1212'), UNDRAINED],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront,
      sidecars: [{ name: 'proxy', image: 'registry.example.com/tools/proxy:1.4.2' }],
      scaling: Scaling.on([ScalingMetric.containerCpu('storefront', 60), ScalingMetric.containerMemory('proxy', 75)], { max: 6 }),
    });
  },
});

export const custom = specimen({
  title: 'web-scaling-custom-metrics',
  shows: [
    'HorizontalPodAutoscaler spec.metrics has { type: Pods, pods: { metric: { name: http_requests_per_second }, target: { type: AverageValue, averageValue: 1500m } } }',
    'HorizontalPodAutoscaler spec.metrics has { type: Pods, pods: { metric: { name: jobs, selector: { matchLabels: { kind: mail } } }, target: { type: AverageValue, averageValue: "20" } } }',
    'HorizontalPodAutoscaler spec.metrics has { type: Object, object: { describedObject: { apiVersion: networking.k8s.io/v1, kind: Ingress, name: shop },'
    + ' metric: { name: requests-per-second, selector: { matchLabels: { verb: GET } } }, target: { type: Value, value: 2k } } }',
    'HorizontalPodAutoscaler spec.metrics has { type: External, external: { metric: { name: queue_messages_ready, selector: { matchLabels: { queue: orders } } },'
    + ' target: { type: AverageValue, averageValue: "30" } } }',
  ],
  define: (chart) => {
    const metrics = [
      ScalingMetric.pods('http_requests_per_second', 1.5),
      ScalingMetric.pods('jobs', 20, { selector: { kind: 'mail' } }),
      ScalingMetric.object(
        { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' }, 'requests-per-second', MetricTarget.value(2000),
        { selector: { verb: 'GET' } },
      ),
      ScalingMetric.external('queue_messages_ready', MetricTarget.averageValue(30), { selector: { queue: 'orders' } }),
    ];
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.on(metrics, { max: 6 }) });
  },
});

export const behavior = specimen({
  title: 'web-scaling-behavior',
  shows: [
    'HorizontalPodAutoscaler spec.behavior.scaleUp = { stabilizationWindowSeconds: 0, selectPolicy: Min, policies: [{ type: Pods, value: 2, periodSeconds: 60 },'
    + ' { type: Percent, value: 10, periodSeconds: 1800 }] }',
    'HorizontalPodAutoscaler spec.behavior.scaleDown has { selectPolicy: Disabled }',
  ],
  define: (chart) => {
    const policies = [ScalingPolicy.pods(2, Duration.minutes(1)), ScalingPolicy.percent(10, Duration.minutes(30))];
    new WebApp(chart, 'storefront', {
      ...storefront,
      scaling: Scaling.onCpu({
        max: 8, percent: 60,
        scaleUp: { policies, selectPolicy: ScalingSelectPolicy.MIN }, scaleDown: { selectPolicy: ScalingSelectPolicy.DISABLED },
      }),
    });
  },
});

export const tolerance = specimen({
  title: 'web-scaling-tolerance',
  refused: [before('1.35', 'KEELSON2090')],
  shows: [
    since('1.35', 'HorizontalPodAutoscaler spec.behavior.scaleUp has { tolerance: "0", selectPolicy: Max }'),
    since('1.35', 'HorizontalPodAutoscaler spec.behavior.scaleDown has { tolerance: 25m }'),
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront,
      scaling: Scaling.onCpu({
        max: 8, percent: 60, scaleUp: { tolerancePercent: 0, selectPolicy: ScalingSelectPolicy.MAX }, scaleDown: { tolerancePercent: 2.5 },
      }),
    });
  },
});

export const senseless = specimen({
  title: 'web-scaling-senseless',
  warns: ['KEELSON2091', 'KEELSON2092', UNDRAINED],
  shows: ['HorizontalPodAutoscaler spec.minReplicas = 4', 'HorizontalPodAutoscaler spec.maxReplicas = 4'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, scaling: Scaling.onMemory({ min: 4, max: 4, percent: 120 }) });
  },
});
