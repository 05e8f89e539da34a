import { ApiObject, App, Chart, IResolver, JsonPatch, Lazy, ResolutionContext, Testing } from 'cdk8s';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Manifest } from '../src';
import { render } from '../src/private/render';
import { YamlEmitter } from '../src/private/yaml-emitter';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What `cdk8s import` makes of a field that takes a number or a string. */
class IntOrString {
  public constructor(public readonly value: number | string) {}
}

const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'value' },
    { weight: 4, arbitrary: fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, '', 0, NaN)) },
    { weight: 1, arbitrary: fc.oneof(fc.string(), fc.integer()).map(either => new IntOrString(either)) },
    { weight: 2, arbitrary: tie('value').map(later => Lazy.any({ produce: () => later })) },
    { weight: 1, arbitrary: tie('value').map(later => ({ resolve: () => later })) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'value' }) },
    {
      weight: 4,
      arbitrary: fc.array(fc.tuple(fc.oneof(fc.constantFrom('b', 'a', '10', '9', 'value', 'Z'), fc.string({ maxLength: 4 })), tie('value')),
        { maxLength: 5, depthIdentifier: 'value' }).map(entries => Object.fromEntries(entries.filter(([key]) => key !== '__proto__'))),
    },
  ),
}));

function stockAndOurs(app: App, data: object, ...patches: JsonPatch[]): [unknown, unknown] {
  const props = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, ...data };
  const object = new ApiObject(new Chart(app, 'chart'), 'object', props);
  object.addJsonPatch(...patches);
  return [object.toJson(), render(object, { ...props, metadata: object.metadata.toJson() }, patches)];
}

describe('a rendered manifest', () => {
  test('is what cdk8s renders, for random data with tokens', () => {
    fc.assert(fc.property(value, fc.boolean(), (data, sort) => {
      vi.stubEnv('CDK8S_DISABLE_SORT', sort ? '' : '1');
      const [stock, ours] = stockAndOurs(new App(), { spec: data, data: { z: 1, a: data } });
      expect(ours).toStrictEqual(stock);
      expect(JSON.stringify(ours)).toBe(JSON.stringify(stock));
    }), { numRuns: 1000 });
  });

  test('is written the same whether it was copied to be read or not', () => {
    const keys = fc.constantFrom('b', 'a', '10', '9', '4294967294', '4294967295', 'kind', 'metadata', '<<', 'Z', '');
    const more = fc.array(fc.tuple(keys, value), { maxLength: 40 }).map(entries => Object.fromEntries(entries));
    fc.assert(fc.property(value, more, fc.boolean(), (data, others, sort) => {
      const object = new ApiObject(new Chart(new App(), 'chart'), 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
      const props = { spec: data, kind: 'ConfigMap', others, metadata: { name: 'a', labels: undefined }, apiVersion: 'v1' };
      const [copied, read] = [render(object, props, [], { sort, fresh: true }), render(object, props, [], { sort, fresh: false })];
      const before = JSON.stringify(props);
      expect(new YamlEmitter().manifest(read, sort)).toBe(new YamlEmitter().document(copied, true));
      expect(JSON.stringify(props)).toBe(before);
    }), { numRuns: 1000 });
  });

  test('is what cdk8s renders with resolvers of the user', () => {
    const shout: IResolver = {
      resolve: (context: ResolutionContext) => {
        if (typeof context.value === 'string' && context.key.includes('loud') && context.value !== context.value.toUpperCase()) {
          context.replaceValue(`${context.obj.kind} ${context.value}`.toUpperCase());
        }
      },
    };
    fc.assert(fc.property(value, data => {
      const [stock, ours] = stockAndOurs(new App({ resolvers: [shout] }), { spec: { loud: [{ a: 'text' }, data], quiet: data } });
      expect(JSON.stringify(ours)).toBe(JSON.stringify(stock));
      expect(ours).toHaveProperty('spec.loud.0.a', 'CONFIGMAP TEXT');
    }), { numRuns: 200 });
  });

  test('is what cdk8s renders with patches, which come last and keep their own order', () => {
    const patches = [
      JsonPatch.add('/spec', { z: 1, a: { y: null } }),
      JsonPatch.copy('/spec/a', '/spec/b'),
      JsonPatch.add('/a-new-field', 1),
      JsonPatch.remove('/data'),
    ];
    const [stock, ours] = stockAndOurs(new App(), { data: { a: 'b' } }, ...patches);
    expect(JSON.stringify(ours)).toBe(JSON.stringify(stock));
    expect(Object.keys(ours as object)).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'a-new-field']);
  });

  test('asks each token once, in the order the fields were written', () => {
    const asked: string[] = [];
    const token = (name: string) => Lazy.any({ produce: () => {
      asked.push(name);
      return name;
    } });
    new Manifest(Testing.chart(), 'm', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, spec: { z: token('z'), a: [token('a')] } } as never)
      .toJson();
    expect(asked).toEqual(['z', 'a']);
  });

  test.each([
    ['a class', new Map([['a', 1]]), "Error: can't render non-simple object of type 'Map'"],
    ['a token that throws', Lazy.any({ produce: () => { throw new Error('not yet'); } }), 'Error: not yet'],
  ])('fails as in cdk8s for %s', (_, spec, cause) => {
    const object = new ApiObject(Testing.chart(), 'object', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec } as never);
    const message = `Failed serializing construct at path 'test/object' with name 'a': ${cause}`;
    expect(() => object.toJson()).toThrow(new Error(message));
    expect(() => render(object, { spec }, [])).toThrow(new Error(message));
  });
});
