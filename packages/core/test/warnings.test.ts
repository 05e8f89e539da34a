import { App, Chart, Testing } from 'cdk8s';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Cni, EnvValue, Peer, Warnings } from '../src';
import { charted, mistakes, Server } from './server';

afterEach(() => vi.restoreAllMocks());

const shop = () => {
  const app: App = Testing.app();
  return { app, chart: new Chart(app, 'shop') };
};

describe('Warnings', () => {
  test('are printed on standard error at synth, each once, and stop nothing', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { app, chart } = shop();
    Warnings.report(chart, 'KEELSON1998', 'a thing');
    Warnings.report(chart, 'KEELSON1998', 'a thing');
    Warnings.report(chart, 'KEELSON1999', 'another');
    expect(write).not.toHaveBeenCalled();
    app.synthYaml();
    app.synth();
    expect(write.mock.calls.map(([line]) => line)).toEqual(['warning: [shop] KEELSON1998 a thing\n', 'warning: [shop] KEELSON1999 another\n']);
  });

  test('that come after the first synth are printed at the next', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { app, chart } = shop();
    Warnings.report(chart, 'KEELSON1998', 'a thing');
    app.synthYaml();
    Warnings.report(chart, 'KEELSON1999', 'another');
    app.synthYaml();
    expect(write).toHaveBeenCalledTimes(2);
  });

  test('are listed for a construct and all below it, sorted', () => {
    const { app, chart } = shop();
    const other = new Chart(app, 'billing');
    Warnings.report(chart, 'KEELSON1999', 'b');
    Warnings.report(chart, 'KEELSON1998', 'a');
    Warnings.report(other, 'KEELSON1998', 'c');
    expect(Warnings.of(app)).toEqual(['[billing] KEELSON1998 c', '[shop] KEELSON1998 a', '[shop] KEELSON1999 b']);
    expect(Warnings.of(other)).toEqual(['[billing] KEELSON1998 c']);
  });
});

describe('KEELSON1370 an address without a connection', () => {
  const warningsOf = (connect: boolean) => {
    const chart = charted();
    const api = new Server(chart, 'api');
    const web = new Server(chart, 'web', { env: { API_URL: EnvValue.fromValue('http://api.shop.svc.cluster.local/v1'), OWN: EnvValue.fromValue('web.shop.svc') } });
    if (connect) {
      web.connections.to(api);
    }
    mistakes(chart);
    return Warnings.of(chart);
  };

  test('is warned of, since the policy of the other lets nobody in who is not connected', () => {
    expect(warningsOf(false)).toEqual(["[shop/web] KEELSON1370 'env.API_URL' has the address of 'shop/api', whose network policy doesn't let these pods in: "
      + 'connect them by connections.to(…)']);
  });

  test('is fine with one', () => {
    expect(warningsOf(true)).toEqual([]);
  });
});

describe('KEELSON1368 the API server on a network plugin whose CIDRs match no node', () => {
  const own = Cni.of({ name: 'Own', enforcesNetworkPolicies: true, matchesNodeAddresses: false });

  test.each([[own, 1], [Cni.CALICO, 0], [Cni.CILIUM, 0]])('%#: is warned of where the rule has no effect', (cni, count) => {
    const chart = charted({ cni });
    new Server(chart, 'web').connections.to(Peer.apiServer());
    expect(Warnings.of(chart)).toEqual(count === 0 ? [] : ['[shop/web] KEELSON1368 its pods don\'t reach the API server on Own, where no CIDR matches nodes, and so don\'t do their work: '
      + "have a policy of its own let them out, such as a CiliumNetworkPolicy from their labels to the entity 'kube-apiserver'"]);
  });
});
