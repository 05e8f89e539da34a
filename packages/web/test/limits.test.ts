import { App, ClusterProfile, Health, Probe } from '@keelson/core';
import { Chart, Duration, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DeploymentStrategy, DisruptionBudget, PercentOrAbsolute, Scaling, WebApp, type WebAppProps } from '../src';

const INT32 = 2147483647;

const mistakes = (props: Partial<WebAppProps>) => {
  const app = Testing.app();
  ClusterProfile.kubernetes({ version: '1.33' }).applyTo(app);
  const web = new WebApp(new Chart(app, 'shop'), 'web', {
    image: 'registry.example.com/shop/web:1.8.2', port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }), ...props,
  });
  return web.node.validate();
};

const surge = (maxSurge: PercentOrAbsolute) => ({ strategy: DeploymentStrategy.rollingUpdate({ maxSurge }) });
const counted = 'got 2147483648: give a number of pods';

describe('numbers of a Deployment and its autoscaler are what an int32 holds', () => {
  test.each<[string, Partial<WebAppProps>]>([
    ['replicas', { replicas: INT32 }],
    ['no replicas', { replicas: 0 }],
    ['revisionHistoryLimit', { revisionHistoryLimit: INT32 }],
    ['no history', { revisionHistoryLimit: 0 }],
    ['minReady and progressDeadline', { minReady: Duration.seconds(INT32 - 151), progressDeadline: Duration.seconds(INT32) }],
    ['the longest minReady', { minReady: Duration.seconds(INT32 - 1) }],
    ['the shortest', { minReady: Duration.seconds(0), progressDeadline: Duration.seconds(151) }],
    ['min and max', { scaling: Scaling.onCpu({ min: INT32, max: INT32, percent: 1 }) }],
    ['percent', { scaling: Scaling.onResources({ min: 1, max: 1, cpuPercent: INT32, memoryPercent: INT32 }) }],
    ['windows', { scaling: Scaling.onCpu({ max: 3, percent: 1, scaleUpStabilization: Duration.seconds(3600), scaleDownStabilization: Duration.seconds(0) }) }],
    ['a number of pods', surge(PercentOrAbsolute.absolute(INT32))],
    ['all pods', surge(PercentOrAbsolute.percent(100))],
    ['no pod, where others are taken away', { strategy: DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.percent(0), maxUnavailable: PercentOrAbsolute.percent(1) }) }],
  ])('takes %s', (_, props) => {
    expect(mistakes(props)).toEqual([]);
  });

  test.each<[string, Partial<WebAppProps>, string[]]>([
    ['replicas', { replicas: INT32 + 1 }, ["KEELSON2061 'replicas' must be an integer from 0 to 2147483647, got 2147483648: give a whole number"]],
    ['revisionHistoryLimit', { revisionHistoryLimit: INT32 + 1 },
      ["KEELSON2061 'revisionHistoryLimit' must be an integer from 0 to 2147483647, got 2147483648: give a whole number"]],
    ['revisionHistoryLimit below 0', { revisionHistoryLimit: -1 },
      ["KEELSON2061 'revisionHistoryLimit' must be an integer from 0 to 2147483647, got -1: give a whole number"]],
    ['minReady', { minReady: Duration.seconds(INT32) },
      ["KEELSON2066 'minReady' must be whole seconds from 0 to 2147483646, got 2147483647 s: try Duration.seconds(10)"]],
    ['half a second of minReady', { minReady: Duration.millis(500) },
      ["KEELSON2066 'minReady' must be whole seconds from 0 to 2147483646, got 0.5 s: try Duration.seconds(10)"]],
    ['progressDeadline', { progressDeadline: Duration.seconds(INT32 + 1) },
      ["KEELSON2066 'progressDeadline' must be whole seconds from 1 to 2147483647, got 2147483648 s: try Duration.seconds(10)"]],
    ['no progressDeadline', { progressDeadline: Duration.seconds(0) },
      ["KEELSON2066 'progressDeadline' must be whole seconds from 1 to 2147483647, got 0 s: try Duration.seconds(10)"]],
    ['min and max', { scaling: Scaling.onCpu({ min: INT32 + 1, max: INT32 + 1, percent: 70 }) },
      ['max', 'min'].map(member => `KEELSON2056 'scaling.${member}' must be an integer from 1 to 2147483647, ${counted}`)],
    ['percent', { scaling: Scaling.onCpu({ max: 3, percent: INT32 + 1 }) },
      ["KEELSON2058 'scaling.percent' must be an integer from 1 to 2147483647, in percent of the request, got 2147483648: try 70"]],
    ['a window', { scaling: Scaling.onCpu({ max: 3, percent: 70, scaleUpStabilization: Duration.seconds(3601) }) },
      ["KEELSON2059 'scaling.scaleUpStabilization' must be whole seconds up to 3600, got 3601 s: try Duration.minutes(5)"]],
    ['a number of pods', surge(PercentOrAbsolute.absolute(INT32 + 1)),
      ["KEELSON2051 'strategy.maxSurge' must be an integer from 0 to 2147483647, got 2147483648: try PercentOrAbsolute.absolute(1)"]],
    ['a number of pods below 0', surge(PercentOrAbsolute.absolute(-1)),
      ["KEELSON2051 'strategy.maxSurge' must be an integer from 0 to 2147483647, got -1: try PercentOrAbsolute.absolute(1)"]],
    ['a share of pods', surge(PercentOrAbsolute.percent(101)),
      ["KEELSON2050 'strategy.maxSurge' must be an integer from 0 to 100 percent, got 101%: try PercentOrAbsolute.percent(25)"]],
  ])('fails on %s', (_, props, messages) => {
    expect(mistakes(props)).toEqual(messages);
  });
});

describe('a release is longer under way than a pod takes to be ready', () => {
  test('takes one second more', () => {
    expect(mistakes({ minReady: Duration.seconds(600), progressDeadline: Duration.seconds(751) })).toEqual([]);
  });

  test('has the longest deadline there is where a start may take longer', () => {
    const health = Health.probes({ readiness: Probe.grpc(), startup: Probe.tcp({ failureThreshold: INT32 }) });
    const app = new App();
    new WebApp(new Chart(app, 'shop'), 'web', { image: 'registry.example.com/web:1', port: 8080, health });
    expect(app.synthYaml()).toContain('  progressDeadlineSeconds: 2147483647\n');
  });

  test('fails on the same time', () => {
    expect(mistakes({ minReady: Duration.seconds(600), progressDeadline: Duration.seconds(750) })).toEqual([
      "KEELSON2064 'progressDeadline' must be longer than a start and minReady may take, 750 s, got 750 s: raise it: else every release counts as failed",
    ]);
  });
});

describe('a disruption budget lets a pod go', () => {
  const { absolute, percent } = PercentOrAbsolute;
  const keeping = (disruptionBudget: DisruptionBudget, replicas: number) => mistakes({ disruptionBudget, replicas });

  test.each([
    [DisruptionBudget.minAvailable(percent(50)), 2], [DisruptionBudget.minAvailable(percent(66)), 3],
    [DisruptionBudget.minAvailable(percent(90)), 10], [DisruptionBudget.minAvailable(percent(99)), 100],
    [DisruptionBudget.minAvailable(absolute(1)), 2],
    [DisruptionBudget.maxUnavailable(percent(1)), 2], [DisruptionBudget.maxUnavailable(percent(100)), 2],
  ])('takes %#', (budget, replicas) => {
    expect(keeping(budget, replicas)).toEqual([]);
  });

  test.each([
    [51, 2, 2, 50], [67, 3, 3, 66], [91, 10, 10, 90], [99, 99, 99, 98],
  ])('fails on %d %% of %d pods, which is rounded up to %d', (share, replicas, kept, most) => {
    expect(keeping(DisruptionBudget.minAvailable(percent(share)), replicas)).toEqual([
      `KEELSON2055 'disruptionBudget.minAvailable' must be fewer than the fewest pods there may be, ${replicas}, got ${share}%, rounded up to ${kept}: `
      + `try PercentOrAbsolute.percent(${most})`,
    ]);
    expect(keeping(DisruptionBudget.minAvailable(percent(most)), replicas)).toEqual([]);
  });

  test('fails on as many as there are, and counts the fewest that an autoscaler may leave', () => {
    const message = (max: string) => `KEELSON2055 'disruptionBudget.minAvailable' must be fewer than the fewest pods there may be, 3, got ${max}`;
    expect(keeping(DisruptionBudget.minAvailable(absolute(3)), 3)).toEqual([`${message('3')}: try PercentOrAbsolute.absolute(2)`]);
    const scaling = Scaling.onCpu({ min: 3, max: 100, percent: 70 });
    expect(mistakes({ disruptionBudget: DisruptionBudget.minAvailable(percent(80)), scaling })).toEqual([`${message('80%, rounded up to 3')}: try PercentOrAbsolute.percent(66)`]);
  });

  test('fails on all of them, and on none that may be down, however many there are', () => {
    expect(keeping(DisruptionBudget.minAvailable(percent(100)), 2)).toEqual([
      "KEELSON2053 'disruptionBudget.minAvailable' must be fewer than all pods, got 100%: leave one out: else no node with such a pod can be drained",
    ]);
    const none = ["KEELSON2053 'disruptionBudget.maxUnavailable' must be at least one pod, got none: allow one: else no node with such a pod can be drained"];
    expect(keeping(DisruptionBudget.maxUnavailable(absolute(0)), 2)).toEqual(none);
    expect(keeping(DisruptionBudget.maxUnavailable(percent(0)), 2)).toEqual(none);
  });

  test('fails on a share and a number that can\'t be', () => {
    expect(keeping(DisruptionBudget.minAvailable(percent(101)), 2)).toEqual([
      "KEELSON2050 'disruptionBudget.minAvailable' must be an integer from 0 to 100 percent, got 101%: try PercentOrAbsolute.percent(25)",
    ]);
    expect(keeping(DisruptionBudget.maxUnavailable(absolute(0.5)), 2)).toEqual([
      "KEELSON2051 'disruptionBudget.maxUnavailable' must be an integer from 0 to 2147483647, got 0.5: try PercentOrAbsolute.absolute(1)",
    ]);
  });
});
