import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Faults, KubernetesVersion, PreStop } from '../src';

const seconds = (amount: number) => Duration.seconds(amount);
const target = (version: string, drain = 15) => ({ version: KubernetesVersion.of(version), loadBalancerDrain: seconds(drain) });
const faultsOf = (preStop: PreStop, version = '1.33', grace = 30, drain = 15) =>
  preStop._render(target(version, drain), grace).faults.map(fault => Faults.describe('preStop', fault));

describe('F-W9 drain before stop', () => {
  test.each(['1.30', '1.36'])("on %s waits the profile's time, without a program in the image", (version) => {
    for (const preStop of [PreStop.drain(), PreStop.drain({ fallbackCommand: ['sleep', '9'] })]) {
      expect(preStop._render(target(version), 45)).toEqual({ handler: { sleep: { seconds: 15 } }, seconds: 15, faults: [] });
    }
  });

  test.each(['1.27', '1.29'])('on %s runs the command that was named for it', (version) => {
    expect(PreStop.drain({ fallbackCommand: ['sleep', '15'] })._render(target(version), 45))
      .toEqual({ handler: { exec: { command: ['sleep', '15'] } }, seconds: 15, faults: [], warning: undefined });
  });

  test.each(['1.27', '1.29'])('on %s without a command does nothing, and says so', (version) => {
    expect(PreStop.drain()._render(target(version), 45)).toEqual({
      handler: undefined, seconds: 15, faults: [],
      warning: `pods stop without waiting for load balancers: Kubernetes ${version} has no sleep of its own (1.30 has), `
        + "so name a program of the image in 'fallbackCommand' of PreStop.drain, such as ['sleep', '15']",
    });
  });

  test('needs no hook where load balancers need no time', () => {
    expect(PreStop.drain()._render(target('1.27', 0), 30)).toEqual({ faults: [] });
    expect(PreStop.drain()._render(target('1.33', 0), 30)).toEqual({ faults: [] });
  });

  test('asks for time in the grace period on every version', () => {
    const all = [PreStop.drain(), PreStop.sleep(seconds(7)), PreStop.exec(['a']), PreStop.none()];
    expect(['1.27', '1.33'].map(version => all.map(preStop => preStop._delaySeconds(target(version))))).toEqual([[15, 7, 0, 0], [15, 7, 0, 0]]);
  });

  test('sleep, a command, and nothing', () => {
    expect(PreStop.sleep(seconds(5))._render(target('1.30'), 30)).toEqual({ handler: { sleep: { seconds: 5 } }, seconds: 5, faults: [] });
    expect(PreStop.exec(['nginx', '-s', 'quit'])._render(target('1.27'), 30)).toEqual({ handler: { exec: { command: ['nginx', '-s', 'quit'] } }, faults: [] });
    expect(PreStop.none()._render(target('1.33'), 30)).toEqual({ faults: [] });
  });

  test.each([[29, 30, []], [30, 30, [30]], [31, 30, [31]]])('a sleep of %d s in %d s of grace', (sleep, grace, refused) => {
    expect(faultsOf(PreStop.sleep(seconds(sleep)), '1.33', grace)).toEqual(refused.map(got =>
      `KEELSON1260 'preStop' must be shorter than 'terminationGracePeriod', 30 s, got ${got} s: lengthen 'terminationGracePeriod' to ${got + 30} s, or wait for less`));
  });

  test('fails for a drain that takes all of the grace period, where it sleeps', () => {
    expect(faultsOf(PreStop.drain(), '1.33', 15)).toEqual([
      "KEELSON1260 'preStop' must be shorter than 'terminationGracePeriod', 15 s, got 15 s (the cluster profile's drain time): "
        + "lengthen 'terminationGracePeriod' to 45 s, or wait for less",
    ]);
    expect(faultsOf(PreStop.drain(), '1.33', 16)).toEqual([]);
    expect(faultsOf(PreStop.drain(), '1.27', 15)).toHaveLength(1);
    expect(faultsOf(PreStop.drain(), '1.27', 16)).toEqual([]);
  });

  test('fails for a command that sleeps all of it, as far as that can be seen', () => {
    expect(faultsOf(PreStop.exec(['sleep', '30']), '1.33', 30)).toEqual([
      "KEELSON1260 'preStop' must be shorter than 'terminationGracePeriod', 30 s, got 30 s: lengthen 'terminationGracePeriod' to 60 s, or wait for less",
    ]);
    expect(faultsOf(PreStop.exec(['sleep', '29']), '1.33', 30)).toEqual([]);
    expect(faultsOf(PreStop.exec(['/app/stop', '60']), '1.33', 30)).toEqual([]);
  });

  test.each([['1.29', 1], ['1.30', 0]])('on %s a sleep of its own has %d faults', (version, count) => {
    expect(faultsOf(PreStop.sleep(seconds(5)), version)).toEqual(count === 0 ? [] : [
      "KEELSON1261 'preStop' must be a sleep on Kubernetes 1.30 or newer only, got a sleep on Kubernetes 1.29: "
        + "use PreStop.exec(['sleep', '5']) where the image has that program",
    ]);
  });

  test.each([
    [PreStop.sleep(seconds(0)), "KEELSON1121 'preStop' must be at least 1 s, got 0 s: try Duration.seconds(1)"],
    [PreStop.sleep(Duration.millis(1500)), "KEELSON1123 'preStop' must be whole seconds, got 1.5 s: try Duration.seconds(2)"],
    [PreStop.exec([]), "KEELSON1233 'preStop' must be a command, got no words: write it like ['/app/check', '--fast']"],
    [PreStop.drain({ fallbackCommand: ['sleep 5'] }),
      "KEELSON1235 'preStop.fallbackCommand' must be a command with one word an entry, as no shell splits it, got one word 'sleep 5': try ['sleep', '5']"],
  ])('fails for what no cluster takes (%#)', (preStop, message) => {
    expect([faultsOf(preStop, '1.33'), preStop.faults.map(fault => Faults.describe('preStop', fault))]).toEqual([[message], [message]]);
  });
});
