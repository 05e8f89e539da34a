import { Cpu } from '@keelson/core';
import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  Scaling, ScalingMetric, ScalingTrigger, VerticalResource, VerticalScaling, WebApp, Worker, type VerticalPolicy, type WebAppProps,
} from '../src';
import { app, chartOn, mistakesIn, objectsOf, warningsIn, worker } from './shop';

const shopWith = (props: Partial<WebAppProps>, cluster = {}) => {
  const chart = chartOn(cluster);
  new WebApp(chart, 'web', { ...app, ...props });
  return chart;
};
const mistakes = (props: Partial<WebAppProps>, cluster?: object) => mistakesIn(shopWith(props, cluster));
const onlyOf = (...controlledResources: VerticalResource[]) => VerticalScaling.recreate({ containers: { '*': { controlledResources } } });
const limited = (policy: VerticalPolicy) => ({ verticalScaling: VerticalScaling.initial({ containers: { web: policy } }) });
const conflict = (resource: string, member: string, container = 'web') =>
  `[shop/web] KEELSON2107 'verticalScaling' must be of resources that 'scaling' doesn't measure, got ${resource} of container '${container}', which 'scaling.${member}' measures: `
  + `leave ${resource} to one of the two: by controlledResources of that container, or by VerticalScaling.recommendOnly()`;

describe('W3 a VerticalPodAutoscaler', () => {
  test('targets the Deployment, which goes on saying its number of pods', () => {
    const chart = shopWith({ verticalScaling: VerticalScaling.recreate() });
    expect(objectsOf(chart, 'VerticalPodAutoscaler')[0]?.spec).toEqual({
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, updatePolicy: { updateMode: 'Recreate' },
    });
    expect(objectsOf(chart, 'Deployment')[0]?.spec.replicas).toBe(2);
    expect(mistakesIn(chart)).toEqual([]);
  });

  test('is a member of workers too', () => {
    expect(new Worker(chartOn(), 'mailer', { ...worker, verticalScaling: VerticalScaling.initial() }).verticalPodAutoscaler?.name).toBe('mailer');
  });

  test('is refused where the profile does not have it', () => {
    expect(mistakes({ verticalScaling: VerticalScaling.initial() }, { customResources: ['autoscaling.k8s.io/v1/VerticalPodAutoscaler'] })).toEqual([]);
    expect(mistakes({ verticalScaling: VerticalScaling.initial() }, { customResources: [] })).toEqual([
      "[shop/web] KEELSON2093 'verticalScaling' must be of a kind that the cluster has, got VerticalPodAutoscaler, which isn't among the cluster profile's customResources: "
      + "install the Vertical Pod Autoscaler and add 'autoscaling.k8s.io/v1/VerticalPodAutoscaler' to customResources",
    ]);
  });

  test('changes pods in place from Kubernetes 1.33 on', () => {
    const verticalScaling = VerticalScaling.inPlaceOrRecreate();
    expect(mistakes({ verticalScaling })).toEqual([]);
    expect(mistakes({ verticalScaling }, { version: '1.32' })).toEqual([
      "[shop/web] KEELSON2108 'verticalScaling' must be one that the cluster can carry out: pods are changed in place from 1.33 on, got InPlaceOrRecreate on Kubernetes 1.32: "
      + 'use VerticalScaling.recreate(…)',
    ]);
  });

  test('warns where it would replace no pod', () => {
    const warned = (props: Partial<WebAppProps>) => warningsIn(shopWith(props));
    expect(warned({ replicas: 2, verticalScaling: VerticalScaling.recreate() })).toEqual([]);
    expect(warned({ replicas: 1, verticalScaling: VerticalScaling.initial() })).toEqual([]);
    expect(warned({ replicas: 1, verticalScaling: VerticalScaling.recreate({ minReplicas: 1 }) })).toEqual([]);
    expect(warned({ replicas: 1, verticalScaling: VerticalScaling.recreate() })).toEqual([
      "[shop/web] KEELSON2119 'verticalScaling' replaces no pod, since there are at most 1, and it leaves fewer than 2 alone: set its 'minReplicas' to 1, or run more pods",
    ]);
  });
});

describe('W3 a resource is not scaled in two ways', () => {
  const scaling = Scaling.onCpu({ max: 6, percent: 70 });

  test('fails where both look at CPU, or at memory', () => {
    expect(mistakes({ scaling, verticalScaling: VerticalScaling.recreate() })).toEqual([conflict('cpu', 'percent')]);
    const both = Scaling.onResources({ max: 6, cpuPercent: 70, memoryPercent: 70 });
    expect(mistakes({ scaling: both, verticalScaling: VerticalScaling.initial() })).toEqual([
      conflict('cpu', 'cpuPercent'), conflict('memory', 'memoryPercent'),
    ]);
    const triggers = [ScalingTrigger.memory(70)];
    expect(mistakes({ scaling: Scaling.onTriggers(triggers, { min: 1, max: 6 }), verticalScaling: VerticalScaling.recreate() })).toEqual([
      conflict('memory', 'triggers.memory'),
    ]);
  });

  test('takes one for CPU and the other for memory, recommendations alone, and metrics of something else', () => {
    expect(mistakes({ scaling, verticalScaling: onlyOf(VerticalResource.MEMORY) })).toEqual([]);
    expect(mistakes({ scaling, verticalScaling: VerticalScaling.recommendOnly() })).toEqual([]);
    expect(mistakes({ scaling, verticalScaling: onlyOf() })).toEqual([]);
    expect(mistakes({ scaling: Scaling.on([ScalingMetric.pods('requests', 5)], { max: 6 }), verticalScaling: VerticalScaling.recreate() })).toEqual([]);
    expect(mistakes({ scaling, verticalScaling: onlyOf(VerticalResource.CPU) })).toEqual([conflict('cpu', 'percent')]);
    const byMemory = Scaling.onMemory({ max: 6, percent: 70 });
    expect(mistakes({ scaling: byMemory, verticalScaling: onlyOf(VerticalResource.CPU) })).toEqual([]);
    expect(mistakes({ scaling: byMemory, verticalScaling: onlyOf(VerticalResource.MEMORY) })).toEqual([conflict('memory', 'percent')]);
  });

  test('tells containers apart', () => {
    const sidecars = [{ name: 'proxy', image: 'registry.example.com/proxy:1' }];
    const byContainer = { sidecars, scaling: Scaling.on([ScalingMetric.containerCpu('web', 70)], { max: 6 }) };
    const proxyOnly = VerticalScaling.recreate({ containers: { 'proxy': {}, '*': { controlledResources: [] } } });
    expect(mistakes({ ...byContainer, verticalScaling: proxyOnly })).toEqual([]);
    expect(mistakes({ ...byContainer, verticalScaling: VerticalScaling.recreate() })).toEqual([conflict('cpu', 'metrics.cpu of web')]);
    expect(mistakes({ sidecars, scaling, verticalScaling: proxyOnly })).toEqual([conflict('cpu', 'percent', 'proxy')]);
  });
});

describe('W3 limits of what is set', () => {
  test.each<[string, VerticalPolicy]>([
    ['the same least and most', { minCpu: Cpu.millis(100), maxCpu: Cpu.units(0.1), minMemory: Size.gibibytes(1), maxMemory: Size.mebibytes(1024) }],
    ['a least alone', { minCpu: Cpu.units(1) }],
    ['nothing', { controlledResources: [] }],
  ])('takes %s', (_, policy) => {
    expect(mistakes(limited(policy))).toEqual([]);
  });

  test.each<[string, Partial<WebAppProps>, string]>([
    ['less CPU at most than at least', limited({ minCpu: Cpu.units(2), maxCpu: Cpu.millis(1999) }),
      "KEELSON2110 'verticalScaling.containers.web.maxCpu' must be at least the least, got 1999m, below 2: swap the two"],
    ['less memory at most than at least', limited({ minMemory: Size.gibibytes(1), maxMemory: Size.mebibytes(1023) }),
      "KEELSON2110 'verticalScaling.containers.web.maxMemory' must be at least the least, got 1023Mi, below 1Gi: swap the two"],
    ['no CPU', limited({ minCpu: Cpu.millis(0) }), "KEELSON1070 'verticalScaling.containers.web.minCpu' must be more than 0 CPUs, got '0': try Cpu.millis(250)"],
    ['no memory', limited({ maxMemory: Size.mebibytes(0) }),
      "KEELSON2081 'verticalScaling.containers.web.maxMemory' must be a whole number of bytes above 0 and below 8 exbibytes, got 0Mi: try Size.mebibytes(512)"],
    ['limits for what is left alone', limited({ controlledResources: [], maxCpu: Cpu.units(1) }),
      "KEELSON2112 'verticalScaling.containers.web.controlledResources' must be at least one where limits are given, got none, with limits: leave it out for both, or remove the limits"],
    ['no pod', { verticalScaling: VerticalScaling.recreate({ minReplicas: 0 }) },
      "KEELSON2111 'verticalScaling.minReplicas' must be an integer from 1 to 2147483647, got 0: give a number of pods"],
    ['a container that is not there', { verticalScaling: VerticalScaling.recreate({ containers: { proxy: {} } }) },
      "KEELSON2109 'verticalScaling.containers' must be a container that runs as long as the pod (web), got 'proxy': name one of them"],
    ['what is none', { verticalScaling: 'recreate' as unknown as VerticalScaling },
      "KEELSON2070 'verticalScaling' must be a value of VerticalScaling, got 'recreate': use VerticalScaling.recreate(…)"],
  ])('fails on %s', (_, props, message) => {
    expect(mistakes(props)).toEqual([`[shop/web] ${message}`]);
  });
});
