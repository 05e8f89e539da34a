import { Port } from '@keelson/core';
import { validateManifests } from '@keelson/testing';
import { mistakesOf } from '@keelson/testing/mistakes';
import { Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { FromPlus, ToPlus } from '../src';
import { openPorts, podOf } from './reach';
import { objectsOf, shop } from './shop';
import { legacy } from './specimens/specimen';
import { Web } from './web';

describe.each([['under our App', false], ['under a plain cdk8s.App', true]])('N1 connections %s', (_, plain) => {
  test('a workload of ours reaches one of cdk8s-plus on its ports and no other, in its namespace', () => {
    const { app, here } = shop(plain);
    const orders = legacy(here, 'orders');
    const web = new Web(here, 'web');
    new Web(here, 'stranger');
    web.connections.to(FromPlus.workload(orders));
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, 'orders'))).toEqual(['9090/TCP']);
    expect(openPorts(objects, podOf(objects, 'stranger'), podOf(objects, 'orders'))).toEqual([]);
    expect(openPorts(objects, podOf(objects, 'orders'), podOf(objects, 'web'))).toEqual([]);
    expect(validateManifests(objects)).toEqual([]);
  });

  test('a workload of ours reaches one of cdk8s-plus in another namespace', () => {
    const { app, here, there } = shop(plain);
    new Web(here, 'web').connections.to(FromPlus.workload(legacy(there, 'orders')));
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, 'orders'))).toEqual(['9090/TCP']);
    expect(openPorts(objects, { ...podOf(objects, 'web'), namespace: 'data' }, podOf(objects, 'orders'))).toEqual([]);
  });

  test('a workload of cdk8s-plus reaches one of ours, whichever end says so', () => {
    const { app, here, there } = shop(plain);
    const reports = legacy(there, 'reports');
    const [a, b] = [new Web(here, 'a'), new Web(here, 'b')];
    a.connections.from(FromPlus.workload(reports));
    FromPlus.workload(reports).connections.to(b);
    const objects = objectsOf(app);
    for (const name of ['a', 'b']) {
      expect(openPorts(objects, podOf(objects, 'reports'), podOf(objects, name))).toEqual(['8080/TCP']);
    }
  });

  test('allowTo of cdk8s-plus opens the ports that our workload offers, and not all', () => {
    const { app, here, there } = shop(plain);
    const reports = legacy(there, 'reports', { isolate: true });
    reports.connections.allowTo(ToPlus.pods(new Web(here, 'web')));
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'reports'), podOf(objects, 'web'))).toEqual(['8080/TCP']);
  });

  test('allowFrom of cdk8s-plus lets our workload in, on the ports of cdk8s-plus', () => {
    const { app, here, there } = shop(plain);
    const [orders, near] = [legacy(there, 'orders', { isolate: true }), legacy(here, 'near', { isolate: true })];
    const web = ToPlus.pods(new Web(here, 'web'));
    orders.connections.allowFrom(web);
    near.connections.allowFrom(web);
    const objects = objectsOf(app);
    for (const name of ['orders', 'near']) {
      expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, name))).toEqual(['9090/TCP']);
    }
  });
});

describe('N2 both libraries say who may connect', () => {
  test('rules of cdk8s-plus stay in force beside ours', () => {
    const { app, here } = shop();
    const [orders, reports] = [legacy(here, 'orders', { isolate: true }), legacy(here, 'reports')];
    new Web(here, 'web').connections.to(FromPlus.workload(orders));
    orders.connections.allowFrom(reports);
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, 'orders'))).toEqual(['9090/TCP']);
    expect(openPorts(objects, podOf(objects, 'reports'), podOf(objects, 'orders'))).toEqual(['9090/TCP']);
  });

  test('pods that cdk8s-plus isolated find names again once they are among ours', () => {
    const dns = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
    const openDns = (bridged: boolean) => {
      const { app, here } = shop();
      const orders = legacy(here, 'orders', { isolate: true });
      if (bridged) FromPlus.workload(orders);
      const objects = objectsOf(app);
      return openPorts(objects, podOf(objects, 'orders'), dns);
    };
    expect(openDns(false)).toEqual([]);
    expect(openDns(true)).toEqual(['53/TCP', '53/UDP']);
  });

  test('a peer leaves the pods of cdk8s-plus without a policy of ours', () => {
    const { app, here, there } = shop();
    new Web(here, 'web').connections.to(FromPlus.peer(legacy(there, 'orders')));
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, 'orders'))).toEqual(['9090/TCP']);
    expect(openPorts(objects, podOf(objects, 'orders'), podOf(objects, 'orders'))).toHaveLength(14);
    expect(objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && (metadata as { namespace: string }).namespace === 'data')).toEqual([]);
  });

  test('a UDP port of cdk8s-plus is opened as UDP, with which cdk8s-plus itself has trouble', () => {
    const { app, here } = shop();
    const cache = legacy(here, 'cache', { containers: [{ image: 'registry.example.com/dns:1.0.0', ports: [{ number: 53, protocol: kplus.Protocol.UDP }] }] });
    new Web(here, 'web').connections.to(FromPlus.workload(cache));
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, 'cache'))).toEqual(['53/UDP']);
  });

  test('allowTo never opens ports that are for others only, such as the metrics', () => {
    const { app, here } = shop();
    legacy(here, 'reports').connections.allowTo(ToPlus.pods(new Web(here, 'web', [8080, 9090], [Port.tcp(8080)])));
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'reports'), podOf(objects, 'web'))).toEqual(['8080/TCP']);
  });

  test('allowTo opens each port of a range, since it knows single ports alone', () => {
    const { here } = shop();
    expect(ToPlus.pods(new Web(here, 'web', [8080], [Port.range(Port.tcp(1).protocol, 30000, 30002)])).containers).toEqual([
      { ports: [{ number: 30000 }, { number: 30001 }, { number: 30002 }] }]);
  });

  test('all kinds of cdk8s-plus that run pods can be connected', () => {
    const { app, here } = shop();
    const web = new Web(here, 'web');
    const containers = [{ image: 'registry.example.com/shop/a:1.0.0', portNumber: 9090 }];
    const service = new kplus.Service(here, 'members', { ports: [{ port: 9090 }], selector: ToPlus.pods(web) });
    const all: kplus.AbstractPod[] = [
      new kplus.StatefulSet(here, 'set', { containers, service, metadata: { name: 'set' } }), new kplus.DaemonSet(here, 'agent', { containers, metadata: { name: 'agent' } }),
      new kplus.Job(here, 'job', { containers, metadata: { name: 'job' } }), new kplus.Pod(here, 'pod', { containers, metadata: { name: 'pod' } }),
      new kplus.CronJob(here, 'cron', { containers, schedule: Cron.daily(), metadata: { name: 'cron' } }),
    ];
    all.forEach(pods => web.connections.to(FromPlus.workload(pods)));
    const objects = objectsOf(app);
    for (const name of ['set', 'agent', 'job']) {
      expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, name))).toEqual(['9090/TCP']);
    }
    expect(objects.filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(6);
  });
});

describe('mistakes', () => {
  test('fails where allowTo would open every port of a workload that offers none', () => {
    const { app, here } = shop();
    legacy(here, 'reports').connections.allowTo(ToPlus.pods(new Web(here, 'worker', [])));
    expect(mistakesOf(() => app.synthYaml())).toEqual([
      "[shop/worker/PlusPods] KEELSON2203 'ports' must be named in allowTo, since the workload offers no TCP port, and none is every port, got none from 'shop/reports': "
      + "write allowTo(…, { ports: [NetworkPolicyPort.udp(53)] }) with the port meant, or have the workload offer it by 'connections.offer'"]);
  });

  test('takes the ports that allowTo was given for such a workload', () => {
    const { app, here } = shop();
    legacy(here, 'reports').connections.allowTo(ToPlus.pods(new Web(here, 'resolver', [])), { ports: [kplus.NetworkPolicyPort.udp(53)] });
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'reports'), podOf(objects, 'resolver'))).toEqual(['53/UDP']);
  });

  test('fails for pods in another namespace than their chart, where the policy would be', () => {
    const { app, here } = shop();
    new Web(here, 'web').connections.to(FromPlus.workload(legacy(here, 'orders', { metadata: { name: 'orders', namespace: 'billing' } })));
    expect(mistakesOf(() => app.synthYaml())).toEqual([
      "[shop/orders] KEELSON2202 'metadata.namespace' must be that of its chart, 'shop', got 'billing': its policy is the chart's: give the chart the namespace, or use FromPlus.peer"]);
  });

  test('fails for a container whose port came too late to be opened', () => {
    const { app, here } = shop();
    const orders = legacy(here, 'orders');
    new Web(here, 'web').connections.to(FromPlus.workload(orders));
    orders.addContainer({ name: 'admin', image: 'registry.example.com/shop/admin:1.0.0', portNumber: 8081 });
    expect(mistakesOf(() => app.synthYaml())).toEqual([
      "[shop/orders] KEELSON2205 'containers' must be added before it is connected, got 8081/TCP after it was connected: add the containers first, so that their ports are opened"]);
  });

  test('a container that came before the next connection is no mistake', () => {
    const { app, here } = shop();
    const orders = legacy(here, 'orders');
    new Web(here, 'a').connections.to(FromPlus.workload(orders));
    orders.addContainer({ name: 'admin', image: 'registry.example.com/shop/admin:1.0.0', portNumber: 8080 });
    new Web(here, 'b').connections.to(FromPlus.workload(orders));
    const objects = objectsOf(app);
    expect(openPorts(objects, podOf(objects, 'a'), podOf(objects, 'orders'))).toEqual(['8080/TCP', '9090/TCP']);
  });
});
