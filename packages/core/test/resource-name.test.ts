import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Faults, ResourceName } from '../src';

const faultsOf = (kind: string, name: string) => ResourceName.faultsOf(kind, name).map(fault => Faults.describe('metadata.name', fault));
const a = (length: number) => 'a'.repeat(length);
const suggested = (message: string | undefined) => /: try '([^']*)'$/.exec(message ?? '')?.[1];

describe('ResourceName: length per kind', () => {
  const noPods = " (its pods' label controller-revision-hash adds 11, and no pod comes where that is over 63)";
  test.each([
    ['StatefulSet', 52, noPods],
    ['CronJob', 52, ' (its Jobs add 11)'],
    ['Job', 63, " (the name is its pods' label too)"],
    ['Deployment', 63, " (the name is its pods' label and host name too)"],
    ['DaemonSet', 63, " (the name is its pods' label and host name too)"],
    ['Service', 63, ''],
    ['Namespace', 63, ''],
    ['ConfigMap', 253, ''],
    ['Pod', 253, ''],
    ['SomeCustomKind', 253, ''],
  ])('takes a %s of %d characters, fails for one more', (kind, longest, because) => {
    const got = longest > 80 ? `'${a(60)}…' (${longest + 1} characters)` : `'${a(longest + 1)}'`;
    const better = longest > 80 ? `'${a(60)}…' (${longest} characters)` : `'${a(longest)}'`;
    expect(faultsOf(kind, a(longest))).toEqual([]);
    expect(faultsOf(kind, a(longest + 1))).toEqual([
      `KEELSON1061 'metadata.name' must be at most ${longest} characters long for a ${kind}${because}, got ${got}: try ${better}`]);
  });
});

describe('ResourceName: what is no text', () => {
  const given = [[undefined, 'undefined'], [null, 'null'], [5, '5'], [true, 'true'], [{}, 'an object'], [[], 'a list'], [() => '', 'a function']] as const;
  test.each(given)('fails for %j, which programs without types may pass', (name, got) => {
    for (const kind of ['Deployment', 'ConfigMap', 'Role']) {
      expect(faultsOf(kind, name as unknown as string)).toEqual([`KEELSON1060 'metadata.name' must be a name for the ${kind}, got ${got}: name it like 'storefront'`]);
    }
    expect(ResourceName.labelFaultsOf('container', name as unknown as string).map(fault => Faults.describe('name', fault))).toEqual([
      `KEELSON1060 'name' must be a name for the container, got ${got}: name it like 'storefront'`]);
  });
});

describe('ResourceName: characters per kind', () => {
  test.each([
    ['Deployment', 'web'], ['Deployment', '1web'], ['Deployment', 'a'], ['Service', 'w-1'], ['ConfigMap', 'a.b-c.1'], ['Secret', '0'],
    ['Role', 'system:node_Reader'], ['ClusterRole', 'system:aggregate-to-view'], ['RoleBinding', 'A b'], ['IPAddress', '2001:db8::1'],
    ['CustomResourceDefinition', 'apps.example.com'],
  ])('takes the %s %s', (kind, name) => {
    expect(faultsOf(kind, name)).toEqual([]);
  });

  test.each([
    ['Deployment', '', "KEELSON1060 'metadata.name' must be a name for the Deployment, got '': name it like 'storefront'"],
    ['Role', '', "KEELSON1060 'metadata.name' must be a name for the Role, got '': name it like 'storefront'"],
    ['Deployment', 'Bad_Name', "KEELSON1062 'metadata.name' must be lower-case letters, digits and '-' for a Deployment, got 'Bad_Name': try 'bad-name'"],
    ['ConfigMap', 'myApp', "KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for a ConfigMap, got 'myApp': try 'my-app'"],
    ['IngressClass', 'myApp', "KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for an IngressClass, got 'myApp': try 'my-app'"],
    ['HTTPRoute', 'myApp', "KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for an HTTPRoute, got 'myApp': try 'my-app'"],
    ['UDPRoute', 'myApp', "KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for a UDPRoute, got 'myApp': try 'my-app'"],
    ['Secret', 'ümlaut', "KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for a Secret, got 'ümlaut': try 'mlaut'"],
    ['Secret', '__', "KEELSON1062 'metadata.name' must be lower-case letters, digits, '-' and '.' for a Secret, got '__': name it like 'storefront'"],
    ['Deployment', 'web\n', "KEELSON1062 'metadata.name' must be lower-case letters, digits and '-' for a Deployment, got 'web\\n': try 'web'"],
    ['Deployment', 'shop.web', "KEELSON1063 'metadata.name' must be without dots for a Deployment, got 'shop.web': try 'shop-web'"],
    ['Namespace', 'a.b', "KEELSON1063 'metadata.name' must be without dots for a Namespace, got 'a.b': try 'a-b'"],
    ['Deployment', '-web', "KEELSON1064 'metadata.name' must be a name with a letter or digit at both ends, got '-web': try 'web'"],
    ['Deployment', 'web-', "KEELSON1064 'metadata.name' must be a name with a letter or digit at both ends, got 'web-': try 'web'"],
    ['ConfigMap', 'a..b', "KEELSON1064 'metadata.name' must be a name with a letter or digit at both ends and on both sides of each '.', got 'a..b': try 'a.b'"],
    ['ConfigMap', 'a.-b', "KEELSON1064 'metadata.name' must be a name with a letter or digit at both ends and on both sides of each '.', got 'a.-b': try 'a.b'"],
    ['Service', '1web', "KEELSON1065 'metadata.name' must be a name that begins with a letter for a Service, got '1web': try 'web'"],
    ['Service', '123', "KEELSON1065 'metadata.name' must be a name that begins with a letter for a Service, got '123': name it like 'storefront'"],
    ['Role', 'a/b', "KEELSON1066 'metadata.name' must be a name other than '.' and '..', without '/' and '%', for a Role, got 'a/b': try 'a-b'"],
    ['ClusterRoleBinding', '..', "KEELSON1066 'metadata.name' must be a name other than '.' and '..', without '/' and '%', for a ClusterRoleBinding, got '..': name it like 'storefront'"],
    ['Role', '50%', "KEELSON1066 'metadata.name' must be a name other than '.' and '..', without '/' and '%', for a Role, got '50%': try '50-'"],
  ])("fails for the %s '%s'", (kind, name, message) => {
    expect(faultsOf(kind, name)).toEqual([message]);
  });

  test('fails twice for a name that is both too long and of wrong characters', () => {
    expect(ResourceName.faultsOf('StatefulSet', 'A'.repeat(53)).map(fault => fault.code)).toEqual(['KEELSON1062', 'KEELSON1061']);
  });
});

describe('ResourceName: names inside pods', () => {
  const named = (name: string) => ResourceName.labelFaultsOf('container', name).map(fault => Faults.describe('name', fault));

  test('takes a DNS label', () => {
    expect([...named('web-1'), ...named(a(63)), ...named('0')]).toEqual([]);
  });

  test.each([
    ['', "KEELSON1060 'name' must be a name for the container, got '': name it like 'storefront'"],
    ['Web', "KEELSON1062 'name' must be lower-case letters, digits and '-' for a container, got 'Web': try 'web'"],
    ['a.b', "KEELSON1063 'name' must be without dots for a container, got 'a.b': try 'a-b'"],
    [a(64), `KEELSON1061 'name' must be at most 63 characters long for a container, got '${a(64)}': try '${a(63)}'`],
  ])("fails for '%s'", (name, message) => {
    expect(named(name)).toEqual([message]);
  });
});

describe('ResourceName: any text', () => {
  const kinds = fc.constantFrom('Deployment', 'StatefulSet', 'Service', 'ConfigMap', 'Role');
  const names = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.stringMatching(/^[-a-zA-Z0-9_./%]{0,80}$/));

  test('what a message suggests is taken, in one step', () => {
    fc.assert(fc.property(kinds, names, (kind, name) => {
      const [message] = faultsOf(kind, name);
      const better = suggested(message);
      expect(better === undefined ? [] : faultsOf(kind, better)).toEqual([]);
    }));
  });

  test('what is taken is what the syntax of Kubernetes takes', () => {
    const dns1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
    fc.assert(fc.property(names, (name) => {
      expect(faultsOf('Deployment', name).length === 0).toBe(dns1123.test(name) && name.length <= 63);
    }));
  });
});
