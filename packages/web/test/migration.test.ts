import { App, ClusterProfile, Gateway, Health, Listener, ReleaseOrder, Task } from '@keelson/core';
import { Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Exposure, Scaling, WebApp } from '../src';

const image = 'registry.example.com/shop/web:1.8.2';

/** A scaled, exposed app, and a migration before each of its releases. */
const shop = (releaseOrder?: ReleaseOrder): { app: App; chart: Chart } => {
  const gateway = Gateway.named('edge', 'gateway-system', { listeners: [Listener.http()] });
  const app = new App({ cluster: ClusterProfile.kubernetes({ version: '1.33', gateway }) });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const web = new WebApp(chart, 'web', {
    image, port: 8080, health: Health.http({ ready: '/readyz', live: '/livez' }), scaling: Scaling.onCpu({ min: 2, max: 6, percent: 70 }),
    exposure: Exposure.insecureHttp('shop.example.com'),
  });
  new Task(chart, 'web-migrate', { image, args: ['migrate'], releaseOrder }).runBefore(web);
  return { app, chart };
};

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
}

/** The annotation of all objects that have it, the Job's hash left out. */
const annotated = (chart: Chart, key: string): Record<string, string> =>
  Object.fromEntries((Testing.synth(chart) as Written[]).flatMap(({ kind, metadata: { name, annotations } }) => {
    const value = annotations?.[key];
    return value === undefined ? [] : [[`${kind}/${name.replace(/-[0-9a-f]{10}$/, '')}`, value]];
  }));

describe('F-W27 a migration before a web app', () => {
  test('is written before all that runs its pods or leads to them', () => {
    const kinds = shop().app.synthYaml().split('---').flatMap(text => /^kind: (\w+)/m.exec(text)?.[1] ?? []);
    expect(kinds.slice(kinds.indexOf('Job'))).toEqual(['Job', 'Deployment', 'HorizontalPodAutoscaler', 'HTTPRoute']);
  });

  test('in sync waves is followed by the Deployment, its autoscaler and its route, which Argo CD finds healthy only then', () => {
    expect(annotated(shop(ReleaseOrder.argoCdSyncWave()).chart, 'argocd.argoproj.io/sync-wave')).toEqual({
      'Job/web-migrate': '1', 'Deployment/web': '2', 'HorizontalPodAutoscaler/web': '2', 'HTTPRoute/web': '2',
    });
  });

  test('as a hook of Helm leaves the web app alone', () => {
    expect(Object.keys(annotated(shop(ReleaseOrder.helmHook()).chart, 'helm.sh/hook'))).toEqual(
      expect.arrayContaining(['Job/web-migrate', 'ServiceAccount/web-migrate', 'NetworkPolicy/web-migrate']));
    expect(Object.keys(annotated(shop(ReleaseOrder.helmHook()).chart, 'helm.sh/hook'))).toHaveLength(3);
  });
});
