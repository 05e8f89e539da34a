import { ApiObject, JsonPatch, Lazy, Testing, Yaml } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Manifest } from '../src';
import { accepted, charted, mistakes, named, Server } from './server';

/** The fields below `data` of an object after a patch. */
function patched(data: object, ...patches: object[]): unknown {
  const manifest = new Manifest(charted(), 'x', { apiVersion: 'example.com/v1', kind: 'Example', data });
  patches.forEach(patch => manifest.addMergePatch({ data: patch }));
  return (manifest.toJson() as { data: unknown }).data;
}

describe('a merge patch', () => {
  // Appendix A of RFC 7396, of those cases in which both sides are maps.
  test.each<[object, object, object]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: 'x' }, { a: { bb: { cc: 'd', ccc: null } } }, { a: { bb: { cc: 'd' } }, e: 'x' }],
  ])('of %j by %j gives %j', (data, patch, result) => {
    expect(patched(data, patch)).toEqual(result);
  });

  test('sets a field that no prop has, of a part of a construct', () => {
    const chart = charted();
    const server = new Server(chart, 'web');
    const hostAliases = [{ ip: '192.0.2.1', hostnames: ['smtp.example.com'] }];
    server.deployment.addMergePatch({ spec: { minReadySeconds: 5, template: { spec: { hostAliases, enableServiceLinks: null } } } });
    const { spec } = named(accepted(chart), 'Deployment', 'web');
    expect([spec.minReadySeconds, spec.template.spec.hostAliases]).toEqual([5, hostAliases]);
    expect(spec.template.spec).not.toHaveProperty('enableServiceLinks');
    expect(spec.template.spec.containers).toHaveLength(1);
  });

  test('is applied in its order among JSON patches, and to what they left', () => {
    const manifest = new Manifest(charted(), 'x', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } });
    manifest.addMergePatch({ data: { a: '2', b: '2' } });
    manifest.addJsonPatch(JsonPatch.replace('/data/b', '3'));
    manifest.addMergePatch({ data: { c: Lazy.any({ produce: () => '4' }) } });
    expect(manifest.toJson()).toMatchObject({ data: { a: '2', b: '3', c: '4' } });
  });

  test('keeps what it was given, and the object it is of, as they were', () => {
    const patch = { data: { list: [{ a: 1 }] } };
    const manifest = new Manifest(charted(), 'x', { apiVersion: 'example.com/v1', kind: 'Example' });
    manifest.addMergePatch(patch);
    manifest.addJsonPatch(JsonPatch.replace('/data/list/0/a', 2));
    expect([manifest.toJson(), manifest.toJson()]).toMatchObject([{ data: { list: [{ a: 2 }] } }, { data: { list: [{ a: 2 }] } }]);
    expect(patch).toEqual({ data: { list: [{ a: 1 }] } });
  });

  test('is judged by the final checks, as a JSON patch is', () => {
    const chart = charted();
    new Server(chart, 'web').deployment.addMergePatch({ spec: { selector: { matchLabels: { app: 'other' } } } });
    expect(mistakes(chart)).toEqual(["[shop/web/Deployment] KEELSON1411 'spec.selector' must be labels that the object's own pod template carries, app=web, "
      + 'app.kubernetes.io/instance=web, app.kubernetes.io/managed-by=keelson, app.kubernetes.io/name=web, app.kubernetes.io/part-of=shop, '
      + 'app.kubernetes.io/version=1.8.2, got app.kubernetes.io/instance=web, app=other: give selector and template the same label']);
  });

  test('survives rendering as YAML: the second synth gives the same', () => {
    const chart = charted();
    new Server(chart, 'web').deployment.addMergePatch({ metadata: { annotations: { note: 'a: b' } } });
    expect(Yaml.stringify(...Testing.synth(chart) as never[])).toBe(Yaml.stringify(...Testing.synth(chart) as never[]));
  });

  test('merges as twice what it merges once', () => {
    const list = fc.array(fc.integer(), { minLength: 1, maxLength: 2 });
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), list);
    const tree = fc.letrec<{ map: object }>(tie => ({
      map: fc.dictionary(fc.stringMatching(/^[a-d]$/), fc.oneof({ depthSize: 'small' }, leaf, tie('map')), { maxKeys: 3 }),
    })).map;
    fc.assert(fc.property(tree, tree, (data, patch) => {
      expect(patched(data, patch, patch)).toEqual(patched(data, patch));
    }));
  });

  test('takes a field whatever it is called', () => {
    expect(patched({}, JSON.parse('{"__proto__": {"polluted": "yes"}}') as object)).toEqual(JSON.parse('{"__proto__": {"polluted": "yes"}}'));
    expect({}).not.toHaveProperty('polluted');
  });

  test.each<[unknown, string]>([
    [[], 'a list'], [null, "'null'"], ['spec', "'spec'"], [JsonPatch.remove('/spec'), 'an object of a class'],
  ])('fails for %j', (patch, got) => {
    const chart = charted();
    new Manifest(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap' }).addMergePatch(patch as never);
    expect(mistakes(chart)).toEqual([`[shop/x] KEELSON1468 'addMergePatch' must be a map of fields, got ${got}: `
      + "write it from the top of the object, such as { spec: { … } }; a list of operations is for 'addJsonPatch'"]);
  });

  test('is of ours alone: an ApiObject of cdk8s has JSON patches', () => {
    expect(ApiObject.prototype).not.toHaveProperty('addMergePatch');
  });
});
