import { ClusterProfile, IngressController } from '@keelson/core';
import { ApiObject, Chart } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IngressClass, type IngressClassProps } from '../src';
import { Cluster } from './exposed-app';

const controller = 'k8s.io/ingress-nginx';

const cluster = () => {
  const made = new Cluster();
  return { made, chart: new Chart(made.app, 'edge', { namespace: 'edge' }) };
};
const mistakes = (props: Partial<IngressClassProps>) => {
  const { made, chart } = cluster();
  new IngressClass(chart, 'nginx', { controller, ...props });
  return made.mistakes().map(line => line.replace('[edge/nginx] ', ''));
};

describe('X8 IngressClass', () => {
  test('has a controller, and no namespace', () => {
    const { made, chart } = cluster();
    const { name, kind } = new IngressClass(chart, 'nginx', { controller });
    expect(made.objects()).toEqual([{ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller } }]);
    expect({ name, kind }).toEqual(IngressClass.fromIngressClassName('nginx'));
    expect(IngressController.named(name, { namespace: 'edge' }).faults).toEqual([]);
  });

  test('is the default where that is asked for, under a name and with labels of its own', () => {
    const { made, chart } = cluster();
    new IngressClass(chart, 'nginx', { controller, isDefault: true, name: 'outer', labels: { team: 'edge' } });
    expect(made.objects()[0].metadata).toEqual({ name: 'outer', labels: { team: 'edge' }, annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } });
    expect(made.mistakes()).toEqual([]);
  });

  test.each<[IngressClassProps['parameters'], object]>([
    [{ apiGroup: 'k8s.example.com', kind: 'IngressParameters', name: 'outer' }, { apiGroup: 'k8s.example.com', kind: 'IngressParameters', name: 'outer', scope: 'Cluster' }],
    [{ kind: 'ConfigMap', name: 'outer', namespace: 'edge' }, { kind: 'ConfigMap', name: 'outer', namespace: 'edge', scope: 'Namespace' }],
  ])('has more settings (%#)', (parameters, rendered) => {
    const { made, chart } = cluster();
    new IngressClass(chart, 'nginx', { controller, parameters });
    expect(made.specs('IngressClass').nginx).toEqual({ controller, parameters: rendered });
  });

  test('can be patched', () => {
    const { made, chart } = cluster();
    new IngressClass(chart, 'nginx', { controller }).manifest.addMergePatch({ metadata: { annotations: { note: 'ours' } } });
    expect(made.objects()[0].metadata.annotations).toEqual({ note: 'ours' });
  });
});

describe('X8 a controller is a domain and a path', () => {
  test.each(['nginx', '', '/nginx', 'k8s.io/', 'K8s.io/nginx', 'k8s.io/ nginx', 'k8s.io/é', `k8s.io/${'a'.repeat(244)}`])('fails on %j', (name) => {
    const got = name.length > 80 ? `'${name.slice(0, 60)}…' (${name.length} characters)` : `'${name}'`;
    expect(mistakes({ controller: name })).toEqual([
      `KEELSON2380 'controller' must be a domain, '/' and a path, of at most 250 characters, got ${got}: write it as the controller calls itself, such as 'k8s.io/ingress-nginx'`,
    ]);
  });

  test('takes 250 characters', () => {
    expect(mistakes({ controller: `k8s.io/${'a'.repeat(243)}` })).toEqual([]);
  });

  test('as the API server says it', () => {
    // IsDomainPrefixedPath of k8s.io/apimachinery
    const fits = (text: string) => text.length <= 250 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(text);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z.-]{0,6}\/[A-Za-z%/ ]{0,6}$/)), text => {
      expect(fits(text) || mistakes({ controller: text }).length > 0).toBe(true);
    }));
  });
});

describe('X8 more settings', () => {
  const parameters = { kind: 'IngressParameters', name: 'outer' };
  test.each<[IngressClassProps['parameters'], string]>([
    [{ ...parameters, kind: '' }, "KEELSON2381 'parameters.kind' must be a name without '/' and '%', got '': write it like 'IngressParameters'"],
    [{ ...parameters, name: 'a/b' }, "KEELSON2381 'parameters.name' must be a name without '/' and '%', got 'a/b': give its metadata.name"],
    [{ ...parameters, name: '..' }, "KEELSON2381 'parameters.name' must be a name without '/' and '%', got '..': give its metadata.name"],
    [{ ...parameters, namespace: 'Edge' }, "KEELSON1062 'parameters.namespace' must be lower-case letters, digits and '-' for a Namespace, got 'Edge': try 'edge'"],
  ])('fail on %j', (given, message) => {
    expect(mistakes({ parameters: given })).toEqual([message]);
  });

  test('fail on a group that is none', () => {
    expect(mistakes({ parameters: { ...parameters, apiGroup: 'A b' } })).toEqual([expect.stringContaining("'parameters.apiGroup' must be")]);
  });
});

describe('X8 two defaults in one app', () => {
  const says = (of: string, other: string) => `[${of}] KEELSON2382 'isDefault' must be set on one IngressClass of the cluster, got true, as [${other}] has it: remove it from one of the two`;
  const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };

  test('are refused, both named', () => {
    const { made, chart } = cluster();
    new IngressClass(chart, 'nginx', { controller, isDefault: true });
    new IngressClass(new Chart(made.app, 'other'), 'traefik', { controller: 'traefik.io/ingress-controller', isDefault: true });
    new IngressClass(chart, 'inner', { controller });
    expect(made.mistakes()).toEqual([says('other/traefik', 'edge/nginx')]);
  });

  test('are refused where one is an object of cdk8s, whichever comes first', () => {
    const { made, chart } = cluster();
    const raw = (id: string, value: string) => new ApiObject(chart, id, {
      apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: id, annotations: { ...annotations, 'ingressclass.kubernetes.io/is-default-class': value } }, spec: { controller },
    });
    raw('before', 'true');
    new IngressClass(chart, 'nginx', { controller, isDefault: true });
    raw('after', 'true');
    raw('no-default', 'false');
    expect(made.mistakes()).toEqual([says('edge/nginx', 'edge/after'), says('edge/nginx', 'edge/before')]);
  });

  test('are fine in two clusters', () => {
    const { made, chart } = cluster();
    const other = new Chart(made.app, 'other');
    ClusterProfile.kubernetes({ version: '1.34' }).applyTo(other);
    [chart, other].forEach(each => new IngressClass(each, 'nginx', { controller, isDefault: true }));
    expect(made.mistakes().filter(line => line.includes('KEELSON2382'))).toEqual([]);
  });
});
