import {
  ApiResource, ClusterProfile, ClusterRole, Cni, EnvValue, PolicyRule, Role, RoleBinding, Service, ServiceAccount, Subject, Volume, WaitFor,
  Warnings,
} from '@keelson/core';
import { objectAt, validateManifests, type JsonObject } from '@keelson/testing';
import { mistakesOf } from '@keelson/testing/mistakes';
import { Chart, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { FromPlus, ToPlus } from '../src';
import { openPorts, podOf } from './reach';
import { objectsOf, shop } from './shop';
import { legacy } from './specimens/specimen';
import { Web } from './web';

const PODS = { rules: [PolicyRule.read([ApiResource.PODS])] };
const find = (objects: readonly JsonObject[], kind: string, name?: string) =>
  objects.find(object => object.kind === kind && (name === undefined || objectAt(object, 'metadata').name === name)) ?? {};
const specOf = (objects: readonly JsonObject[], name: string) => objectAt(find(objects, 'Deployment', name), 'spec', 'template', 'spec');

describe('R2 rights across both libraries', () => {
  test('a role of ours is granted to a workload of cdk8s-plus, whose pods may then reach the API server', () => {
    const { app, here } = shop();
    const serviceAccount = new kplus.ServiceAccount(here, 'account', { metadata: { name: 'reports' } });
    const reports = legacy(here, 'reports', { serviceAccount, automountServiceAccountToken: true });
    new Role(here, 'reader', PODS).grantTo(FromPlus.workload(reports));
    const objects = objectsOf(app);
    expect(find(objects, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'reports', namespace: 'shop' }]);
    expect(JSON.stringify(find(objects, 'NetworkPolicy', 'reports'))).toContain('6443');
    expect(validateManifests(objects)).toEqual([]);
  });

  test('a role of ours is granted to an account of cdk8s-plus in another namespace', () => {
    const { app, here, there } = shop();
    new Role(here, 'reader', PODS).grantTo(Subject.serviceAccount(new kplus.ServiceAccount(there, 'account', { metadata: { name: 'reports' } })));
    expect(find(objectsOf(app), 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'reports', namespace: 'data' }]);
  });

  test('a role of cdk8s-plus is bound to a workload of ours, which gets a token and the way to the API server', () => {
    const { app, here } = shop();
    const role = new kplus.Role(here, 'role', { metadata: { name: 'reader' } });
    role.allowRead(kplus.ApiResource.PODS);
    role.bind(ToPlus.subject(new Web(here, 'web')));
    const objects = objectsOf(app);
    expect(find(objects, 'RoleBinding').subjects).toEqual([{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }]);
    expect(JSON.stringify(specOf(objects, 'web').volumes)).toContain('serviceAccountToken');
    expect(JSON.stringify(find(objects, 'NetworkPolicy', 'web'))).toContain('6443');
    expect(validateManifests(objects)).toEqual([]);
  });

  test('a cluster role of cdk8s-plus names the namespace of our account, which it leaves out for its own workloads', () => {
    const { app, here } = shop();
    const role = new kplus.ClusterRole(here, 'role', { metadata: { name: 'reader' } });
    role.allowRead(kplus.ApiResource.NODES);
    role.bind(ToPlus.subject(new Web(here, 'web')), ToPlus.serviceAccount(new ServiceAccount(here, 'robot')));
    expect(find(objectsOf(app), 'ClusterRoleBinding').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'web', namespace: 'shop' }, { kind: 'ServiceAccount', name: 'robot', namespace: 'shop' }]);
  });

  test('a role of cdk8s-plus is what a binding of ours is about', () => {
    const { app, here } = shop();
    const role: ClusterRole | kplus.ClusterRole = new kplus.ClusterRole(here, 'role', { metadata: { name: 'reader' } });
    role.allowRead(kplus.ApiResource.PODS);
    new RoleBinding(here, 'readers', { role, subjects: [new Web(here, 'web')] });
    expect(find(objectsOf(app), 'RoleBinding').roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'reader' });
  });

  test('fails for a workload that runs as the account of the whole namespace', () => {
    const { app, here } = shop();
    new Role(here, 'reader', PODS).grantTo(FromPlus.workload(legacy(here, 'reports')));
    expect(mistakesOf(() => app.synthYaml())).toEqual([
      "[shop/reader/Binding] KEELSON2200 'subjects' must be a workload with an account of its own, got the Deployment 'shop/reports', which runs as 'default': "
      + "give it a 'serviceAccount': 'default' is every other pod of the namespace, too"]);
  });

  test('fails for a workload that mounts no token, so that its rights are of no use', () => {
    const { app, here } = shop();
    const serviceAccount = new kplus.ServiceAccount(here, 'account', { metadata: { name: 'reports' } });
    new Role(here, 'reader', PODS).grantTo(FromPlus.workload(legacy(here, 'reports', { serviceAccount })));
    expect(mistakesOf(() => app.synthYaml())).toEqual([
      "[shop/reader/Binding] KEELSON2201 'subjects' must be a workload that mounts the token of its account, got the Deployment 'shop/reports', which mounts none: "
      + "set its 'automountServiceAccountToken', or grant to Subject.serviceAccount(account)"]);
  });

  test('fails for an account whose namespace no binding could name', () => {
    const { app } = shop();
    ToPlus.serviceAccount(new ServiceAccount(new Chart(app, 'nowhere'), 'robot'));
    expect(mistakesOf(() => app.synthYaml())).toEqual([
      "[nowhere/robot] KEELSON2204 'namespace' must be known, since a binding has to name the namespace of an account, got none: give the chart a 'namespace'"]);
  });
});

describe('S1 Services across both libraries', () => {
  test('a Service of cdk8s-plus finds the pods of our workload', () => {
    const { app, here } = shop();
    const service = new kplus.Service(here, 'front', { selector: ToPlus.pods(new Web(here, 'web')), ports: [{ port: 80, targetPort: 8080 }] });
    expect(objectAt(find(objectsOf(app), 'Service', service.name), 'spec', 'selector')).toEqual({ 'app.kubernetes.io/instance': 'web' });
  });

  test('a Service of ours finds the pods of cdk8s-plus, on the ports that they declare', () => {
    const { app, here } = shop();
    new Service(here, 'orders-front', { backends: [FromPlus.workload(legacy(here, 'orders'))] });
    const objects = objectsOf(app);
    const { selector, ports } = objectAt(find(objects, 'Service', 'orders-front'), 'spec');
    expect(podOf(objects, 'orders').labels).toMatchObject(selector as object);
    expect(ports).toEqual([{ name: 'tcp-9090', port: 9090, targetPort: 9090, protocol: 'TCP' }]);
    expect(validateManifests(objects)).toEqual([]);
  });

  test('a Service of cdk8s-plus is waited for and connected to by its full name', () => {
    const { app, here, there } = shop();
    const orders = legacy(there, 'orders');
    const service = FromPlus.service(new kplus.Service(there, 'front', { selector: orders, ports: [{ port: 80, targetPort: 9090 }], metadata: { name: 'front' } }), orders);
    const web = new Web(here, 'web');
    web.waitFor(WaitFor.service(service));
    const objects = objectsOf(app);
    expect([service.dnsName, service.servicePort, service.targetPort]).toEqual(['front.data.svc.cluster.local', 80, 9090]);
    expect(JSON.stringify(specOf(objects, 'web').initContainers)).toContain('front.data.svc.cluster.local');
    expect(openPorts(objects, podOf(objects, 'web'), podOf(objects, 'orders'))).toEqual(['9090/TCP']);
  });

  test.each([
    [Cni.AWS_VPC, [9090, 80], ["[shop/front] KEELSON1727 port 80 is closed by network policies on AWS VPC CNI, which judges by the Service's port: give it the container's, 9090"]],
    [Cni.AWS_VPC, [9090, 9090], []], [Cni.CALICO, [9090, 80], []],
  ] as const)('a Service of cdk8s-plus whose port policies close is warned of, on %o, %o', (cni, [targetPort, port], warnings) => {
    const { here } = shop();
    ClusterProfile.kubernetes({ version: '1.33', cni }).applyTo(here);
    const orders = legacy(here, 'orders');
    FromPlus.service(new kplus.Service(here, 'front', { selector: orders, ports: [{ port, targetPort }] }), orders);
    expect(Warnings.of(here)).toEqual(warnings);
  });

  describe('a Service of cdk8s-plus with its pods', () => {
    const ports = [{ port: 80, targetPort: 9090 }];
    const front = (scope: Chart, props: kplus.ServiceProps) => new kplus.Service(scope, 'front', { metadata: { name: 'front' }, ports, ...props });
    const said = (define: (here: Chart, there: Chart) => void) => {
      const { app, here, there } = shop();
      define(here, there);
      return mistakesOf(() => app.synthYaml());
    };

    test('fails where it leads to others, once for each pair', () => {
      expect(said(here => {
        const [orders, search] = [legacy(here, 'orders'), legacy(here, 'search')];
        const service = front(here, { selector: orders });
        [search, search].forEach(pods => new Web(here, `web-${Object.keys(here.node.children).length}`).connections.to(FromPlus.service(service, pods)));
      })).toEqual([expect.stringMatching(new RegExp(
        "^\\[shop/front\\] KEELSON2206 'selector' must be of the pods given to FromPlus\\.service, 'shop/search', got 'cdk8s\\.io/metadata\\.addr=shop-orders-[0-9a-z]+': "
        + 'give the pods that the Service selects: nobody else is let in to them$'))]);
    });

    test('fails where it selects nothing', () => {
      expect(said(here => FromPlus.service(front(here, { type: kplus.ServiceType.EXTERNAL_NAME, externalName: 'orders.example.com' }), legacy(here, 'orders')))).toEqual([
        "[shop/front] KEELSON2206 'selector' must be of the pods given to FromPlus.service, 'shop/orders', got none: give the pods that the Service selects: nobody else is let in to them",
      ]);
    });

    test('fails where it is in another namespace', () => {
      expect(said((here, there) => {
        const orders = legacy(there, 'orders');
        FromPlus.service(front(here, { selector: orders }), orders);
      })).toEqual([
        "[shop/front] KEELSON2207 'metadata.namespace' must be that of the pods given to FromPlus.service, 'data', got 'shop': a Service leads to pods of its own namespace only: define both in one",
      ]);
    });

    test('is taken with pods of every kind that it selects, by labels of theirs too', () => {
      const containers = [{ image: 'registry.example.com/shop/orders:1.0.0', portNumber: 9090 }];
      const podMetadata = { labels: { app: 'orders' } };
      const kinds: ((scope: Chart) => kplus.AbstractPod)[] = [
        scope => legacy(scope, 'orders', { podMetadata }),
        scope => new kplus.DaemonSet(scope, 'orders', { containers, podMetadata }),
        scope => new kplus.CronJob(scope, 'orders', { containers, podMetadata, schedule: Cron.daily(), restartPolicy: kplus.RestartPolicy.NEVER }),
        scope => new kplus.Pod(scope, 'orders', { containers, metadata: podMetadata }),
      ];
      for (const kind of kinds) {
        for (const labels of [undefined, { app: 'orders' }]) {
          expect(said(here => {
            const pods = kind(here);
            const service = front(here, labels === undefined ? { selector: pods } : {});
            Object.entries(labels ?? {}).forEach(([key, value]) => service.selectLabel(key, value));
            FromPlus.service(service, pods);
          })).toEqual([]);
        }
      }
    });

    test('is judged as it is at synth', () => {
      expect(said(here => {
        const orders = legacy(here, 'orders');
        const service = front(here, {});
        FromPlus.service(service, orders);
        service.selectLabel('app', 'orders');
        orders.podMetadata.addLabel('app', 'orders');
      })).toEqual([]);
    });
  });

  test('fails for a Service before workloads of both, since no label of ours reaches the pods of cdk8s-plus', () => {
    const { app, here } = shop();
    new Service(here, 'both', { backends: [new Web(here, 'web'), FromPlus.workload(legacy(here, 'orders'))] });
    expect(mistakesOf(() => app.synthYaml()).join('\n')).toContain('[shop/both] KEELSON1700');
  });
});

describe('C1 values across both libraries', () => {
  test('Secrets, ConfigMaps and variables of cdk8s-plus stand where ours do', () => {
    const { app, here } = shop();
    const secret = new kplus.Secret(here, 'secret', { metadata: { name: 'db' }, stringData: { password: 'x' } });
    const settings = new kplus.ConfigMap(here, 'settings', { metadata: { name: 'settings' }, data: { level: 'info' } });
    const web = new Web(here, 'web');
    web.pods.addEnv('PASSWORD', EnvValue.fromSecretValue({ secret, key: 'password' }));
    web.pods.addEnv('LEVEL', EnvValue.fromConfigMap(settings, 'level'));
    web.pods.addEnv('POD', kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME));
    web.pods.addVolume('/etc/shop', Volume.fromConfigMap(settings));
    const objects = objectsOf(app);
    const pod = JSON.stringify(specOf(objects, 'web'));
    for (const part of ['{"name":"PASSWORD","valueFrom":{"secretKeyRef":{"key":"password","name":"db"}}}', '"fieldPath":"metadata.name"']) {
      expect(pod).toContain(part);
    }
    expect(validateManifests(objects)).toEqual([]);
  });

  test('fails for a key that a ConfigMap of cdk8s-plus lacks', () => {
    const { app, here } = shop();
    const settings = new kplus.ConfigMap(here, 'settings', { metadata: { name: 'settings' }, data: { level: 'info' } });
    new Web(here, 'web').pods.addEnv('LEVEL', EnvValue.fromConfigMap(settings, 'levle'));
    expect(mistakesOf(() => app.synthYaml()).join('\n')).toMatch(/\[shop\/web\] KEELSON\d+ .*levle/);
  });
});

describe('L1 a chart of both libraries', () => {
  test.each([false, true])('gives the same bytes twice, also under a plain cdk8s.App (%s)', plain => {
    const { app, here } = shop(plain);
    const orders = legacy(here, 'orders');
    const web = new Web(here, 'web');
    web.connections.to(FromPlus.workload(orders));
    orders.connections.allowTo(ToPlus.pods(web));
    expect(app.synthYaml()).toBe(app.synthYaml());
  });

  test('what is used by others comes first in it, whoever made it', () => {
    const { app, here } = shop();
    const orders = legacy(here, 'orders');
    new kplus.ConfigMap(here, 'settings', { metadata: { name: 'settings' }, data: { level: 'info' } });
    new Web(here, 'web').connections.to(FromPlus.workload(orders));
    const kinds = objectsOf(app).map(({ kind }) => String(kind));
    expect(kinds).toEqual(['ServiceAccount', 'ConfigMap', 'NetworkPolicy', 'NetworkPolicy', 'Deployment', 'Deployment']);
  });

  test('under a plain cdk8s.App the order stays that of the tree', () => {
    const { app, here } = shop(true);
    legacy(here, 'orders');
    new Web(here, 'web');
    new kplus.ConfigMap(here, 'settings', { metadata: { name: 'settings' }, data: { level: 'info' } });
    expect(objectsOf(app).map(({ kind }) => kind)).toEqual(['Deployment', 'ServiceAccount', 'NetworkPolicy', 'Deployment', 'ConfigMap']);
  });

  test('fails for an object of cdk8s-plus with the name of one of ours', () => {
    const { app, here } = shop();
    new Web(here, 'web');
    legacy(here, 'old', { metadata: { name: 'web' } });
    expect(mistakesOf(() => app.synthYaml()).join('\n')).toMatch(/KEELSON\d+ 'metadata.name' .*Deployment/);
  });

  test('fails where a workload of cdk8s-plus selects the pods of ours', () => {
    const { app, here } = shop();
    const web = new Web(here, 'web');
    const thief = legacy(here, 'thief', { select: false, podMetadata: { labels: web.selector } });
    thief.select(kplus.LabelSelector.of({ labels: web.selector }));
    expect(mistakesOf(() => app.synthYaml()).join('\n')).toContain('KEELSON1412');
  });

  test('pods of cdk8s-plus are told once, however often they are asked for', () => {
    const { app, here } = shop();
    const orders = legacy(here, 'orders');
    expect(FromPlus.workload(orders)).toBe(FromPlus.workload(orders));
    const web = new Web(here, 'web');
    expect([ToPlus.pods(web), ToPlus.subject(web)]).toEqual([ToPlus.pods(web), ToPlus.subject(web)]);
    expect(objectsOf(app).filter(({ kind }) => kind === 'NetworkPolicy')).toHaveLength(2);
  });
});
