import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { type Fault, Faults } from '../src';

const fault: Fault = { code: 'KEELSON1999', got: '0', allowed: 'at least 1', fix: 'raise it' };
const scopes = () => {
  const chart = new Chart(new App(), 'shop');
  const outer = new Construct(chart, 'web');
  return { outer, inner: new Construct(outer, 'Service') };
};

describe('Faults', () => {
  test('are lines with code, prop, value, allowed values and fix', () => {
    expect(Faults.describe('port', fault)).toBe("KEELSON1999 'port' must be at least 1, got 0: raise it");
    expect(Faults.describe('health', { ...fault, member: 'live.port' })).toBe("KEELSON1999 'health.live.port' must be at least 1, got 0: raise it");
  });

  test('stop synth of any app, with the path, all together', () => {
    const { outer, inner } = scopes();
    Faults.report(outer, 'b', [fault]);
    Faults.report(outer, 'a', [{ ...fault, got: '-1' }]);
    Faults.report(inner, 'c', [{ ...fault, got: '-2' }]);
    expect(() => (outer.node.root as App).synthYaml()).toThrow(/\[shop\/web\] KEELSON1999 'a' .*\n.*\[shop\/web\] KEELSON1999 'b' .*\n.*\[shop\/web\/Service\] KEELSON1999 'c' /s);
  });

  test('are sorted, whoever finds them first', () => {
    const { outer } = scopes();
    Faults.report(outer, 'b', [fault]);
    Faults.report(outer, 'a', [fault]);
    expect(outer.node.validate().map(line => line.slice(12, 15))).toEqual(["'a'", "'b'"]);
  });

  test('twice are said once, also by two checks that put it differently', () => {
    const { outer } = scopes();
    Faults.report(outer, 'name', [fault, fault]);
    Faults.report(outer, 'name', [{ ...fault, allowed: 'at least 1 for a container' }]);
    expect(outer.node.validate()).toEqual(["KEELSON1999 'name' must be at least 1, got 0: raise it"]);
  });

  test('of one value in two places are two', () => {
    const { outer } = scopes();
    Faults.report(outer, 'a', [fault, { ...fault, member: 'x' }, { ...fault, got: '-1' }]);
    expect(outer.node.validate()).toHaveLength(3);
  });

  test('that a construct has reported are not reported again by the objects it is made of; others are', () => {
    const { outer } = scopes();
    Faults.report(outer, 'name', [fault]);
    const object = new ApiObject(outer, 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
    Faults.report(object, 'metadata.name', [fault, { ...fault, got: '-1' }]);
    expect(object.node.validate()).toEqual(["KEELSON1999 'metadata.name' must be at least 1, got -1: raise it"]);
  });

  test('of one value that two constructs got are said of both, also where one is in the other', () => {
    const { outer, inner } = scopes();
    Faults.report(outer, 'port', [fault]);
    Faults.report(inner, 'port', [fault]);
    expect([outer, inner].map(({ node }) => node.validate().length)).toEqual([1, 1]);
  });

  test('of a chart are not those of its objects', () => {
    const chart = new Chart(new App(), 'chart');
    Faults.report(chart, 'labels', [fault]);
    const object = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
    Faults.report(object, 'labels', [fault]);
    expect(object.node.validate()).toHaveLength(1);
  });

  test('none are no mistake', () => {
    const { outer } = scopes();
    Faults.report(outer, 'name', []);
    expect(outer.node.validate()).toEqual([]);
  });

  test('of a part are said of the whole', () => {
    expect(Faults.within('ready', [{ ...fault, member: 'path' }, fault]).map(({ member }) => member)).toEqual(['ready.path', 'ready']);
  });

  test('show what was given on one line, and nothing that may be a secret', () => {
    expect(['a\nb', 7, null, undefined, { password: 'hush' }, ['hush']].map(given => Faults.quoted(given)).join(' | '))
      .toMatchInlineSnapshot(`"'a\\nb' | 7 | null | undefined | an object | a list"`);
  });
});
