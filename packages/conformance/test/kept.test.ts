import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import { lost } from '../src/wave/kept.js';

const pod = (container: JsonObject, rest: JsonObject = {}): JsonObject => ({ kind: 'Pod', spec: { containers: [{ name: 'a', ...container }], ...rest } });

test.each<[string, JsonObject, JsonObject]>([
  ['defaults', pod({}), pod({ imagePullPolicy: 'Always' }, { dnsPolicy: 'ClusterFirst' })],
  ['another order of keyed entries, and more of them', pod({}, { volumes: [{ name: 'a', emptyDir: {} }, { name: 'b' }] }), pod({}, { volumes: [{ name: 'b' }, { name: 'c' }, { name: 'a', emptyDir: {} }] })],
  ['entries between those of an ordered list', pod({ env: [{ name: 'A' }, { name: 'B' }] }), pod({ env: [{ name: 'A' }, { name: 'C' }, { name: 'B' }] })],
  ['the protocol of a port', pod({ ports: [{ containerPort: 80 }] }), pod({ ports: [{ containerPort: 80, protocol: 'TCP' }] })],
  ['one port for two protocols', { spec: { ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] } }, { spec: { ports: [{ port: 53, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] } }],
  ['canonical amounts', pod({ resources: { limits: { cpu: '0.5', memory: '1024Mi' } } }), pod({ resources: { limits: { cpu: '500m', memory: '1Gi' } } })],
  ['an empty list', { spec: { ingress: [] } }, { spec: {} }],
  ['an empty value of an environment variable', pod({ env: [{ name: 'A', value: '' }] }), pod({ env: [{ name: 'A' }] })],
  ['zeros that say nothing', pod({ readinessProbe: { initialDelaySeconds: 0 } }, { tolerations: [{ value: '' }] }), pod({ readinessProbe: {} }, { tolerations: [{}] })],
  ['empty maps that say nothing', { data: {}, spec: { podSelector: { matchLabels: {} } } }, { spec: { podSelector: {} } }],
  ['encoded data', { kind: 'Secret', stringData: { a: 'x' } }, { kind: 'Secret', data: { a: 'eA==' } }],
  ['more finalizers', { metadata: { finalizers: ['a'] } }, { metadata: { finalizers: ['b', 'a'] } }],
])('%s are no loss', (_title, sent, stored) => {
  expect(lost(sent, stored)).toEqual([]);
});

test.each<[string, JsonObject, JsonObject, string[]]>([
  ['a dropped field', pod({}, { hostUsers: false }), pod({}), ['spec.hostUsers: sent false, stored nothing']],
  ['a dropped object', pod({}, { securityContext: {} }), pod({}), ['spec.securityContext: sent an object, stored nothing']],
  ['a changed value', pod({ image: 'a:1' }), pod({ image: 'a:2' }), ['spec.containers[0].image: sent "a:1", stored "a:2"']],
  ['a dropped keyed entry', pod({ env: [{ name: 'A', value: '1' }] }), pod({ env: [{ name: 'B' }] }), ['spec.containers[0].env[0]: sent {"name":"A","value":"1"}, not stored']],
  ['a shorter list', pod({ args: ['a', 'b'] }), pod({ args: ['a'] }), ['spec.containers[0].args: sent 2 entries, stored 1']],
  ['another order of a plain list', pod({ args: ['a', 'b'] }), pod({ args: ['b', 'a'] }), ['spec.containers[0].args[0]: sent "a", stored "b"', 'spec.containers[0].args[1]: sent "b", stored "a"']],
  ['another amount', pod({ resources: { limits: { cpu: '0.5' } } }), pod({ resources: { limits: { cpu: '5' } } }), ['spec.containers[0].resources.limits.cpu: sent "0.5", stored "5"']],
  ['another order of variables', pod({ env: [{ name: 'A' }, { name: 'B' }] }), pod({ env: [{ name: 'B' }, { name: 'A' }] }), ['spec.containers[0].env: stored in another order']],
  ['another order of containers', { spec: { containers: [{ name: 'a' }, { name: 'b' }] } }, { spec: { containers: [{ name: 'b' }, { name: 'c' }, { name: 'a' }] } }, ['spec.containers: stored in another order']],
  ['another order of init containers', { spec: { initContainers: [{ name: 'a' }, { name: 'b' }] } }, { spec: { initContainers: [{ name: 'b' }, { name: 'a' }] } }, ['spec.initContainers: stored in another order']],
  ['two ports that have become one', pod({ ports: [{ name: 'a', containerPort: 80 }, { name: 'b', containerPort: 80 }] }), pod({ ports: [{ name: 'a', containerPort: 80 }] }), ['spec.containers[0].ports[1]: sent {"name":"b","containerPort":80}, not stored']],
  ['a weight of none, which would be 1', { spec: { rules: [{ backendRefs: [{ name: 'a', weight: 0 }] }] } }, { spec: { rules: [{ backendRefs: [{ name: 'a' }] }] } }, ['spec.rules[0].backendRefs[0].weight: sent 0, stored nothing']],
  ['a number for a text', { data: { a: '1' } }, { data: { a: 1 } }, ['data.a: sent "1", stored 1']],
])('fails on %s', (_title, sent, stored, losses) => {
  expect(lost(sent, stored)).toEqual(losses);
});
