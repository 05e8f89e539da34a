import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drafts, kindsOf, targetsOf } from '../src/random/apps.js';
import { Domains } from '../src/random/domains.js';
import { outsideLimits } from '../src/random/outside-limits.js';
import { rewrite, type Expression } from '../src/random/program.js';
import { resolve } from '../src/random/resolve.js';
import { shortName, Surface } from '../src/random/surface.js';
import { NOT_DRAWN } from '../src/random/traits.js';

const surface = Surface.built();

/** Types that no app is made of, each with its reason. */
const NO_PART_OF_AN_APP: Readonly<Record<string, string>> = {
  App: 'every program has one', AppProps: 'the profile is its only prop of ours',
  Cidr: 'answers questions', HostName: 'answers questions', HostNameOptions: 'answers questions', Image: 'answers questions', KubernetesVersion: 'answers questions',
  Labels: 'answers questions', ResourceName: 'answers questions', Fault: 'what is wrong', Faults: 'for makers of constructs', ConstructId: 'for makers of constructs', OtherEndpoint: 'for makers of constructs',
  NamespaceConnectionsProps: 'for makers of constructs', Quantity: 'for makers of constructs', Warnings: 'for makers of constructs',
  RunningContainer: 'only read', GatewayApiChannel: 'only read', ListenerProtocol: 'only read',
  AuthService: 'only read', AuthUrl: 'only read', BasicAuthUsers: 'only read', PathRewriteType: 'only read', ServedPort: 'only read', BackupCredentials: 'only read',
  ClusterProfile: 'drawn for the app and for charts', UnsafePlaintextSecret: 'made by Secret.unsafePlaintext',
};

describe('random apps', () => {
  test('use every prop, factory, constant, construct and action of the public surface', () => {
    const used = new Set<string>();
    const look = (expression: Expression): Expression => {
      if (expression.kind === 'static' || expression.kind === 'constant') used.add(`${shortName(expression.owner)}.${expression.name}`);
      if (expression.kind === 'method') used.add(`.${expression.name}`);
      if (expression.kind === 'object' && expression.struct !== undefined) {
        const fqn = surface.names.find((each) => shortName(each) === expression.struct) ?? '';
        const keys = new Map((surface.struct(fqn) ?? []).map(({ name, key }) => [name, key]));
        for (const [name] of expression.entries) used.add(keys.get(name) ?? name);
      }
      return expression;
    };
    // One of very many: each is compared with what API servers serve.
    const isResource = (owner: string, name: string): boolean => shortName(owner) === 'ApiResource' && name === name.toUpperCase();
    const isDrawn = (owner: string, name: string): boolean => NO_PART_OF_AN_APP[shortName(owner)] === undefined && !isResource(owner, name)
      && NOT_DRAWN[`${shortName(owner)}.${name}`] === undefined;
    const kinds = kindsOf(surface);
    const wanted = new Set([
      ...surface.names.filter((fqn) => NO_PART_OF_AN_APP[shortName(fqn)] === undefined)
        .flatMap((fqn) => (surface.struct(fqn) ?? []).map(({ key }) => key)),
      ...surface.names.flatMap((fqn) => surface.producers(fqn)).filter(({ owner, name }) => isDrawn(owner, name))
        .map(({ kind, owner, name }) => (kind === 'method' ? `.${name}` : `${shortName(owner)}.${name}`)),
      ...kinds.map(({ owner, factory }) => `${shortName(owner)}.${factory ?? 'new'}`),
      ...targetsOf(surface, kinds).map(({ action }) => `.${action.name}`),
    ]);
    const missing = (): string[] => [...wanted].filter((each) => !used.has(each) && !each.startsWith('AppProps.') && each !== '.mirroredTo').sort();
    // Enough of them is when nothing is missing; what is still missing after so many is drawn too seldom, or never.
    const all = drafts(surface, new Domains('1.36', '1.5'));
    for (let seed = 0; seed < 32 && missing().length > 0; seed++) for (const draft of fc.sample(all, { seed, numRuns: 1000 })) {
      for (const { kind } of draft.constructs) used.add(`new ${shortName(kind.owner)}`).add(`${shortName(kind.owner)}.${kind.factory ?? 'new'}`);
      const { cluster, statements } = resolve(draft, surface);
      rewrite(cluster, look);
      for (const statement of statements) {
        if (statement.kind === 'new') statement.args.forEach((each) => rewrite(each, look));
        if (statement.kind === 'do') rewrite(statement.call, look);
      }
    }
    expect(missing()).toEqual([]);
    expect(wanted.size).toBeGreaterThan(350);
  }, 900_000);

  test('need a domain for each text and number, and have none for what is gone', () => {
    expect(() => new Domains('1.36', '1.5').of('WebAppProps.foo')).toThrow('no values are known for WebAppProps.foo: add them to domains');
    const missing = new Surface([{
      kind: 'interface', fqn: '@keelson/core.ClusterProfileProps', datatype: true, properties: [{ name: 'color', type: { primitive: 'string' } }],
    }]);
    expect(() => drafts(missing, new Domains('1.36', '1.5'))).toThrow('no values are known for ClusterProfileProps.color: add them to domains');
  });
});

describe('values just outside of a limit', () => {
  // 1.27 has neither a sleep of its own, nor sidecars for a mesh, nor these options of Jobs, nor a tolerance of each autoscaler, nor
  // ClusterNetworkPolicies: none is inside of the limits there.
  const tooNew = [
    'IstioMeshProps.outsideNamespaces[]', 'IstioMeshProps.revision', 'IstioMeshProps.trustDomain',
    'JobProps.backoffLimitPerIndex', 'JobProps.maxFailedIndexes', 'NetworkPolicyApi.of.version', 'PreStop.sleep.duration',
    'ScalingRules.tolerancePercent', 'SuccessIndexesOptions.count', 'SuccessRule.count.count', 'SuccessRule.indexes.indexes',
  ];
  test.each([['1.27', '1.4', tooNew], ['1.36', '1.5', []]])('are refused with a code on %s, wherever one can stand', (version, gatewayApi, none) => {
    const { leaves, values, findings } = outsideLimits(version, gatewayApi);
    console.log(`${version}: ${values} values outside of the limits of ${leaves} places`);
    const unexpected = findings.filter(({ key }) => !none.some((each) => each === key));
    expect(unexpected.map(({ key, complaint, program }) => `${key}: ${complaint}\n${program}`)).toEqual([]);
    expect(findings.map(({ key }) => key).sort()).toEqual(none);
    expect(values).toBeGreaterThan(1500);
  }, 900_000);
});
