import { Cpu } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MetricTarget, Scaling, ScalingMetric, ScalingPolicy, ScalingSelectPolicy, WebApp,
  type DescribedObject, type ScalingRules, type WebAppProps,
} from '../src';
import { app, chartOn, mistakesIn, objectsOf, warningsIn } from './shop';

const INT32 = 2147483647;
const ingress: DescribedObject = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'shop' };
const shopWith = (props: Partial<WebAppProps>, version = '1.33') => {
  const chart = chartOn({ version });
  new WebApp(chart, 'web', { ...app, ...props });
  return chart;
};
const by = (...metrics: ScalingMetric[]) => ({ scaling: Scaling.on(metrics, { max: 6 }) });
const up = (scaleUp: ScalingRules) => ({ scaling: Scaling.onCpu({ max: 6, percent: 70, scaleUp }) });
const mistakes = (props: Partial<WebAppProps>, version?: string) => mistakesIn(shopWith(props, version));
const scaler = (props: Partial<WebAppProps>, version?: string) => objectsOf(shopWith(props, version), 'HorizontalPodAutoscaler')[0]?.spec;

describe('W2 the number of pods follows metrics of every kind', () => {
  test('several metrics stand together, and the Deployment says no number', () => {
    const metrics = [ScalingMetric.cpu(70), ScalingMetric.external('queue_messages', MetricTarget.averageValue(30))];
    expect(scaler(by(...metrics))).toMatchObject({
      minReplicas: 2, maxReplicas: 6,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        { type: 'External', external: { metric: { name: 'queue_messages' }, target: { type: 'AverageValue', averageValue: '30' } } },
      ],
    });
    expect(objectsOf(shopWith(by(...metrics)), 'Deployment')[0]?.spec).not.toHaveProperty('replicas');
  });

  test.each<[string, number, string]>([
    ['thousandths', 0.001, '1m'], ['a fraction', 2.5, '2500m'], ['one', 1, '1'], ['a thousand', 1000, '1k'], ['what is no power', 1234, '1234'],
    ['millions', 12_000_000, '12M'], ['the most', 9_000_000_000_000, '9T'],
  ])('amounts are written as API servers store them: %s', (_, amount, text) => {
    expect(scaler(by(ScalingMetric.pods('jobs', amount)))).toMatchObject({ metrics: [{ pods: { target: { averageValue: text } } }] });
  });

  test('an amount of any thousandths is stored as it was meant', () => {
    const milli = { m: 1, '': 1000, k: 1e6, M: 1e9, G: 1e12, T: 1e15 } as const;
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_000_000_000_000 }), (thousandths) => {
      const { averageValue } = MetricTarget.averageValue(thousandths / 1000).resolve() as { averageValue: string };
      const [, digits = '', unit = ''] = /^(\d+)([mkMGT]?)$/.exec(averageValue) ?? [];
      expect(Number(digits) * milli[unit as keyof typeof milli]).toBe(thousandths);
      expect(unit === 'T' || Number(digits) % 1000 !== 0).toBe(true);
    }));
  });

  test('amounts of CPU and memory are written as API servers store them, whoever made them', () => {
    const metrics = [
      ScalingMetric.averageCpu(Cpu.units(2)), ScalingMetric.averageCpu({ amount: '0.5' }), ScalingMetric.averageCpu({ amount: '1500m' }),
      ScalingMetric.averageMemory(Size.mebibytes(1024)), ScalingMetric.averageMemory(Size.kibibytes(1)),
    ];
    const averages = ['2', '500m', '1500m', '1Gi', '1Ki'].map(averageValue => ({ resource: { target: { averageValue } } }));
    expect(metrics.map(metric => scaler(by(metric)))).toMatchObject(averages.map(each => ({ metrics: [each] })));
  });

  test('W2 twice the same gives the same', () => {
    const props = by(ScalingMetric.containerCpu('web', 60));
    expect(scaler(props)).toEqual(scaler(props));
  });

  test.each<[string, Partial<WebAppProps>, string[]]>([
    ['no metric', by(), [
      "[shop/web] KEELSON2082 'scaling.metrics' must be at least one, got none: try ScalingMetric.cpu(70), or set 'replicas' instead",
    ]],
    ['an empty name', by(ScalingMetric.pods('', 5)), [
      "[shop/web] KEELSON2080 'scaling.metrics.pods' must be a name without '/', '%' and white space, neither empty nor '.' nor '..', got '': write it as whoever serves the metric does",
    ]],
    ['a name that is a path', by(ScalingMetric.external('a/b', MetricTarget.value(5))), [
      "[shop/web] KEELSON2080 'scaling.metrics.a/b' must be a name without '/', '%' and white space, neither empty nor '.' nor '..', got 'a/b': write it as whoever serves the metric does",
    ]],
    ['a name in two words', by(ScalingMetric.pods('a b', 5)), [
      "[shop/web] KEELSON2080 'scaling.metrics.a b' must be a name without '/', '%' and white space, neither empty nor '.' nor '..', got 'a b': write it as whoever serves the metric does",
    ]],
    ['the same share twice', by(ScalingMetric.cpu(70), ScalingMetric.cpu(50)), [
      "[shop/web] KEELSON2147 'scaling.metrics' must be measured once each, got cpu twice: remove one of the two: the lower target counts alone",
    ]],
    ['the same metric twice', by(...[5, 6].map(many => ScalingMetric.external('jobs', MetricTarget.value(many), { selector: { target: 'a' } }))), [
      "[shop/web] KEELSON2147 'scaling.metrics' must be measured once each, got jobs twice: remove one of the two: the lower target counts alone",
    ]],
    ['a target of 0', by(ScalingMetric.pods('jobs', 0)), [
      "[shop/web] KEELSON2081 'scaling.metrics.jobs' must be from 0.001 to 9000000000000, with at most three decimal places, got 0: give the amount that one pod, or all, should have",
    ]],
    ['a target finer than a thousandth', by(ScalingMetric.external('jobs', MetricTarget.value(0.0015))), [
      "[shop/web] KEELSON2081 'scaling.metrics.jobs' must be from 0.001 to 9000000000000, with at most three decimal places, got 0.0015: give the amount that one pod, or all, should have",
    ]],
    ['a target above the most', by(ScalingMetric.external('jobs', MetricTarget.value(9_000_000_000_001))), [
      "[shop/web] KEELSON2081 'scaling.metrics.jobs' must be from 0.001 to 9000000000000, with at most three decimal places, got 9000000000001: give the amount that one pod, or all, should have",
    ]],
    ['no memory', by(ScalingMetric.averageMemory(Size.mebibytes(0))), [
      "[shop/web] KEELSON2081 'scaling.metrics.memory' must be a whole number of bytes above 0 and below 8 exbibytes, got 0Mi: try Size.mebibytes(512)",
    ]],
    ['an object without a version', by(ScalingMetric.object({ ...ingress, apiVersion: 'networking.k8s.io' }, 'requests', MetricTarget.value(5))), [
      "[shop/web] KEELSON2085 'scaling.metrics.requests.apiVersion' must be a group and a version, got 'networking.k8s.io': write it like 'networking.k8s.io/v1'",
    ]],
    ['an object without a name', by(ScalingMetric.object({ ...ingress, name: '' }, 'requests', MetricTarget.value(5))), [
      "[shop/web] KEELSON2080 'scaling.metrics.requests.name' must be a name without '/', '%' and white space, neither empty nor '.' nor '..', got '': write it as whoever serves the metric does",
    ]],
    ['a share of 0', by(ScalingMetric.containerCpu('web', 0)), [
      "[shop/web] KEELSON2058 'scaling.metrics.cpu of web' must be an integer from 1 to 2147483647, in percent of the request, got 0: try 70",
    ]],
    ['a container that is not there', by(ScalingMetric.containerMemory('proxy', 70)), [
      "[shop/web] KEELSON2084 'scaling.metrics.memory of proxy' must be a container that runs as long as the pod (web), got 'proxy': name one of them",
    ]],
    ['what is no metric', by('cpu' as unknown as ScalingMetric), [
      "[shop/web] KEELSON2070 'scaling.metrics.0' must be a value of ScalingMetric, got 'cpu': use ScalingMetric.cpu(70)",
    ]],
    ['what is no target', by(ScalingMetric.external('jobs', 5 as unknown as MetricTarget)), [
      "[shop/web] KEELSON2070 'scaling.metrics.jobs' must be a value of MetricTarget, got 5: use MetricTarget.averageValue(100)",
    ]],
  ])('fails on %s', (_, props, messages) => {
    expect(mistakes(props)).toEqual(messages);
  });

  test('takes metrics that differ in the kind of target, in the container, or in what they are about', () => {
    const jobs = (target: MetricTarget, lane: string) => ScalingMetric.external('jobs', target, { selector: { target: lane } });
    expect(mistakes(by(ScalingMetric.cpu(70), ScalingMetric.averageCpu(Cpu.units(1)), ScalingMetric.containerCpu('web', 70), ScalingMetric.memory(70)))).toEqual([]);
    expect(mistakes(by(jobs(MetricTarget.value(5), 'a'), jobs(MetricTarget.averageValue(5), 'a'), jobs(MetricTarget.value(5), 'b')))).toEqual([]);
  });

  test('takes a container that is added later, and a sidecar, and no init container', () => {
    const chart = chartOn();
    const web = new WebApp(chart, 'web', { ...app, ...by(ScalingMetric.containerCpu('proxy', 70)) });
    web.pods.addContainer({ name: 'proxy', image: 'registry.example.com/proxy:1' });
    expect(mistakesIn(chart)).toEqual([]);
    const init = { initContainers: [{ name: 'proxy', image: 'registry.example.com/proxy:1' }] };
    expect(mistakes({ ...init, ...by(ScalingMetric.containerCpu('proxy', 70)) })).toEqual([
      "[shop/web] KEELSON2084 'scaling.metrics.cpu of proxy' must be a container that runs as long as the pod (web), got 'proxy': name one of them",
    ]);
  });
});

describe('W2 how fast the number of pods changes', () => {
  test.each<[string, ScalingRules]>([
    ['one pod a second', { policies: [ScalingPolicy.pods(1, Duration.seconds(1))] }],
    ['the most, in the longest period', { policies: [ScalingPolicy.percent(INT32, Duration.minutes(30))] }],
    ['nothing', { selectPolicy: ScalingSelectPolicy.DISABLED }],
  ])('takes %s', (_, rules) => {
    expect(mistakes(up(rules))).toEqual([]);
  });

  test('a direction that is closed has policies all the same, which the API server asks for', () => {
    expect(scaler(up({ selectPolicy: ScalingSelectPolicy.DISABLED }))).toMatchObject({
      behavior: { scaleUp: { selectPolicy: 'Disabled', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }, { type: 'Pods', value: 4, periodSeconds: 15 }] } },
    });
  });

  test.each<[string, Partial<WebAppProps>, string[]]>([
    ['no pod', up({ policies: [ScalingPolicy.pods(0, Duration.minutes(1))] }), [
      "[shop/web] KEELSON2086 'scaling.scaleUp.policies.0' must be an integer from 1 to 2147483647, got 0: to change nothing, set 'selectPolicy: ScalingSelectPolicy.DISABLED'",
    ]],
    ['no time', up({ policies: [ScalingPolicy.pods(1, Duration.seconds(0))] }), [
      "[shop/web] KEELSON2087 'scaling.scaleUp.policies.0.period' must be whole seconds from 1 to 1800, got 0 s: try Duration.minutes(1)",
    ]],
    ['a second more than half an hour', up({ policies: [ScalingPolicy.percent(1, Duration.seconds(1801))] }), [
      "[shop/web] KEELSON2087 'scaling.scaleUp.policies.0.period' must be whole seconds from 1 to 1800, got 1801 s: try Duration.minutes(1)",
    ]],
    ['no policy', up({ policies: [] }), [
      "[shop/web] KEELSON2088 'scaling.scaleUp.policies' must be at least one, got none: leave it out for the usual ones, or set 'selectPolicy: ScalingSelectPolicy.DISABLED'",
    ]],
    ['what is no policy', up({ policies: [{} as ScalingPolicy] }), [
      "[shop/web] KEELSON2070 'scaling.scaleUp.policies.0' must be a value of ScalingPolicy, got an object of another kind: use ScalingPolicy.pods(…)",
    ]],
    ['what selects nothing', up({ selectPolicy: 'max' as ScalingSelectPolicy }), [
      "[shop/web] KEELSON2070 'scaling.scaleUp.selectPolicy' must be a value of ScalingSelectPolicy, got 'max': use ScalingSelectPolicy.MAX",
    ]],
  ])('fails on %s', (_, props, messages) => {
    expect(mistakes(props)).toEqual(messages);
  });

  test.each([[0, '0'], [0.1, '1m'], [5, '50m'], [100, '1']])('a tolerance of %d %% is %s from Kubernetes 1.35 on', (tolerancePercent, text) => {
    expect(mistakes(up({ tolerancePercent }), '1.35')).toEqual([]);
    expect(scaler(up({ tolerancePercent }), '1.35')).toMatchObject({ behavior: { scaleUp: { tolerance: text } } });
  });

  test('a tolerance is refused where the API server would drop it, and where it is none', () => {
    expect(mistakes(up({ tolerancePercent: 5 }), '1.34')).toEqual([
      "[shop/web] KEELSON2090 'scaling.scaleUp.tolerancePercent' must be left out before Kubernetes 1.35, which drops it, got Kubernetes 1.34: "
      + 'remove it: the cluster has one tolerance for all',
    ]);
    for (const tolerancePercent of [-1, 0.05, NaN]) {
      expect(mistakes(up({ tolerancePercent }), '1.35')).toEqual([
        `[shop/web] KEELSON2089 'scaling.scaleUp.tolerancePercent' must be from 0 on with at most one decimal place, got ${tolerancePercent}: try 5`,
      ]);
    }
  });
});

describe('W2 targets that can be reached', () => {
  const drained = (lines: string[]) => lines.filter(line => !line.includes('KEELSON1214'));
  const unreachable = (member: string, percent: number, most: number, resource: string, who = 'the pods') => `[shop/web] KEELSON2091 'scaling.${member}' of ${percent} % is never passed, `
    + `since ${who} may use at most ${most} % of the ${resource} that is requested, so that no pod is added: lower it, or raise ${resource}Limit`;
  const warned = (props: Partial<WebAppProps>) => drained(warningsIn(shopWith(props)));

  test('warns where limits keep the pods below the target', () => {
    expect(warned({ scaling: Scaling.onMemory({ max: 6, percent: 99 }) })).toEqual([]);
    expect(warned({ scaling: Scaling.onMemory({ max: 6, percent: 100 }) })).toEqual([unreachable('percent', 100, 100, 'memory')]);
    expect(warned({ scaling: Scaling.onCpu({ max: 6, percent: 499 }) })).toEqual([]);
    expect(warned({ scaling: Scaling.onCpu({ max: 6, percent: 600 }) })).toEqual([unreachable('percent', 600, 500, 'cpu')]);
  });

  test('counts all that is measured, and says nothing where there is no limit', () => {
    const sidecars = [{ name: 'proxy', image: 'registry.example.com/proxy:1', resources: { cpuRequest: Cpu.millis(300), cpuLimit: Cpu.millis(300) } }];
    // 500m and 300m of 100m and 300m
    expect(warned({ sidecars, ...by(ScalingMetric.cpu(199)) })).toEqual([]);
    expect(warned({ sidecars, ...by(ScalingMetric.cpu(200)) })).toEqual([unreachable('metrics.cpu', 200, 200, 'cpu')]);
    expect(warned({ sidecars, ...by(ScalingMetric.containerCpu('proxy', 100)) })).toEqual([
      unreachable('metrics.cpu of proxy', 100, 100, 'cpu', "container 'proxy'"),
    ]);
    expect(warned({ resources: { unlimitedCpu: true }, ...by(ScalingMetric.cpu(5000)) })).toEqual([]);
    expect(warned(by(ScalingMetric.averageCpu(Cpu.units(64))))).toEqual([]);
  });

  test('warns where nothing is left to scale', () => {
    expect(warned({ scaling: Scaling.onCpu({ min: 3, max: 3, percent: 70 }) })).toEqual([
      "[shop/web] KEELSON2092 'scaling' never changes the number of pods, since min and max are both 3: raise 'max', or set 'replicas' instead",
    ]);
    expect(warned({ scaling: Scaling.onCpu({ min: 3, max: 4, percent: 70 }) })).toEqual([]);
  });
});
