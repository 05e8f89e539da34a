import { Cpu } from '@keelson/core';
import { before, since } from '@keelson/testing/specimen';
import { Size } from 'cdk8s';
import { Scaling, ScalingMetric, VerticalControlledValues, VerticalResource, VerticalScaling, WebApp, Worker } from '../../src';
import { mailer, specimen, storefront, UNDRAINED } from './specimen';

export const recommend = specimen({
  title: 'web-vertical-recommend-only',
  shows: [
    'VerticalPodAutoscaler spec = { targetRef: { apiVersion: apps/v1, kind: Deployment, name: storefront }, updatePolicy: { updateMode: Off } }',
    'HorizontalPodAutoscaler spec.maxReplicas = 6',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront, scaling: Scaling.onCpu({ max: 6, percent: 70 }), verticalScaling: VerticalScaling.recommendOnly(),
    });
  },
});

export const recreate = specimen({
  title: 'web-vertical-recreate',
  warns: [],
  shows: [
    'VerticalPodAutoscaler spec.updatePolicy = { updateMode: Recreate, minReplicas: 1 }',
    'VerticalPodAutoscaler spec.resourcePolicy.containerPolicies = [{ containerName: mailer, controlledResources: [cpu, memory], controlledValues: RequestsAndLimits,'
    + ' minAllowed: { cpu: 50m, memory: 64Mi }, maxAllowed: { cpu: "2", memory: 1Gi } }, { containerName: "*", mode: Off }]',
    'Deployment spec.replicas = 1',
  ],
  define: (chart) => {
    new Worker(chart, 'mailer', {
      ...mailer,
      replicas: 1,
      verticalScaling: VerticalScaling.recreate({
        minReplicas: 1,
        containers: {
          'mailer': {
            controlledResources: [VerticalResource.CPU, VerticalResource.MEMORY],
            controlledValues: VerticalControlledValues.REQUESTS_AND_LIMITS,
            minCpu: Cpu.millis(50), maxCpu: Cpu.units(2), minMemory: Size.mebibytes(64), maxMemory: Size.gibibytes(1),
          },
          '*': { controlledResources: [] },
        },
      }),
    });
  },
});

export const apart = specimen({
  title: 'web-vertical-beside-horizontal',
  shows: [
    'VerticalPodAutoscaler spec.resourcePolicy.containerPolicies = [{ containerName: "*", controlledResources: [memory], controlledValues: RequestsOnly }]',
    'HorizontalPodAutoscaler spec.metrics[0].resource.name = cpu',
  ],
  define: (chart) => {
    new WebApp(chart, 'storefront', {
      ...storefront,
      scaling: Scaling.on([ScalingMetric.cpu(70)], { max: 6 }),
      verticalScaling: VerticalScaling.initial({
        containers: { '*': { controlledResources: [VerticalResource.MEMORY], controlledValues: VerticalControlledValues.REQUESTS_ONLY } },
      }),
    });
  },
});

export const inPlace = specimen({
  title: 'web-vertical-in-place',
  refused: [before('1.33', 'KEELSON2108')],
  shows: [since('1.33', 'VerticalPodAutoscaler spec.updatePolicy = { updateMode: InPlaceOrRecreate }')],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, verticalScaling: VerticalScaling.inPlaceOrRecreate() });
  },
});

export const oneOnly = specimen({
  title: 'web-vertical-one-pod',
  warns: ['KEELSON2119', UNDRAINED],
  shows: ['VerticalPodAutoscaler spec.updatePolicy = { updateMode: Recreate }'],
  define: (chart) => {
    new WebApp(chart, 'storefront', { ...storefront, replicas: 1, verticalScaling: VerticalScaling.recreate() });
  },
});
