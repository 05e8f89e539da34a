import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import { beyondLoud } from '../src/loud-options.js';
import { deployment } from '../src/negative/objects.js';

const head = 'would violate PodSecurity "restricted:latest": ';
const namespaces = 'host namespaces (hostNetwork=true)';
const port = 'hostPort (container "app" uses hostPort 8080)';
const path = 'hostPath volumes (volume "a"), restricted volume types (volume "a" uses restricted volume type "hostPath")';
const escalation = 'allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false)';
const seccomp = 'seccompProfile (pod or container "app" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

const pod = (spec: JsonObject): JsonObject => deployment({ spec: { template: { spec } } });
const inNetwork = pod({ hostNetwork: true });
const onPort = pod({ containers: [{ name: 'app', ports: [{ containerPort: 8080, hostPort: 8080 }] }] });
const onPath = pod({ volumes: [{ name: 'a', hostPath: { path: '/a' } }] });

test.each<[string, JsonObject, string]>([
  ['hostNetwork', inNetwork, `${namespaces}, ${port}`],
  ['hostPort', onPort, port],
  ['hostPath', onPath, path],
])('what %s gives reason for is no fault of a pod that has it', (_title, object, reasons) => {
  expect(beyondLoud(head + reasons, object)).toBeUndefined();
});

test.each<[string, JsonObject, string, string]>([
  ['another reason beside', inNetwork, `${namespaces}, ${port}, ${escalation}, ${seccomp}`, `${escalation}, ${seccomp}`],
  ['another reason before', onPath, `${escalation}, ${path}`, escalation],
  ['another namespace of the node', inNetwork, 'host namespaces (hostNetwork=true, hostPID=true)', 'host namespaces (hostNetwork=true, hostPID=true)'],
  ['another volume', onPath, 'restricted volume types (volumes "a", "b" use restricted volume types "hostPath", "nfs")', 'restricted volume types (volumes "a", "b" use restricted volume types "hostPath", "nfs")'],
  ['a reason that another option would give', onPort, `${namespaces}, ${port}`, namespaces],
  ['a pod without any', deployment(), port, port],
])('%s stays', (_title, object, reasons, rest) => {
  expect(beyondLoud(head + reasons, object)).toBe(head + rest);
});

test('a warning of another kind stays as it is', () => {
  expect(beyondLoud('spec.template.spec.hostNetwork: hostPort (unknown)', inNetwork)).toBe('spec.template.spec.hostNetwork: hostPort (unknown)');
});
