import fc from 'fast-check';
import { Arbitraries } from './arbitraries.js';
import { NAMESPACES, type Domains } from './domains.js';
import type { Expression } from './program.js';
import { STAND_INS } from './stand-ins.js';
import { shortName, type Action, type Member, type Surface } from './surface.js';
import { NOT_DRAWN } from './traits.js';

/** An app as it is drawn: who depends on whom is only settled by `resolve`. */
export interface Draft {
  readonly cluster: Expression;
  readonly charts: readonly { readonly namespace: string; readonly cluster: Expression | undefined }[];
  readonly constructs: readonly Drawn[];
  readonly actions: readonly DrawnAction[];
}

/** A construct. */
interface Drawn {
  readonly kind: Kind;
  readonly chart: number;
  readonly id: string;
  readonly args: readonly Expression[];
}

/** A change of a construct, or of a scope. */
export interface DrawnAction {
  readonly target: Target;
  readonly index: number;
  readonly args: readonly Expression[];
}

/** A class of constructs, or a factory of them. */
export interface Kind {
  readonly owner: string;
  readonly factory?: string;
  readonly gives: string;
  readonly parameters: readonly Member[];
}

/** Where an action is found: `web.connections.to`; or what is applied to a scope, `new Metadata(…).applyTo(scope)`. */
export interface Target {
  readonly receiver: string;
  readonly part?: string;
  readonly of?: string;
  readonly action: Action;
}

/** All kinds of constructs of a surface. */
export function kindsOf(surface: Surface): Kind[] {
  const classes = surface.constructs()
    .filter((fqn) => !surface.isAbstract(fqn) && surface.initializer(fqn).length > 0 && shortName(fqn) !== 'Manifest'
      && NOT_DRAWN[`${shortName(fqn)}.new`] === undefined);
  return [
    ...classes.map((fqn) => ({ owner: fqn, gives: fqn, parameters: surface.initializer(fqn) })),
    ...surface.constructFactories().map(({ owner, name, gives, parameters }) => ({ owner, factory: name, gives, parameters })),
    ...Object.entries(STAND_INS).map(([fqn, { parameters }]) => ({ owner: fqn, gives: fqn, parameters: parameters(surface) })),
  ];
}

/** The parts of a construct that have actions: `pods`, `connections`. */
export function partsOf(surface: Surface, fqn: string): readonly { readonly name: string; readonly fqn: string }[] {
  return STAND_INS[fqn]?.parts ?? surface.parts(fqn);
}

/** All actions of a surface that an app may take. */
export function targetsOf(surface: Surface, kinds: readonly Kind[]): Target[] {
  const own = kinds.flatMap(({ gives }) => [
    ...surface.actions(gives).map((action) => ({ receiver: gives, action })),
    ...partsOf(surface, gives).flatMap(({ name, fqn }) =>
      surface.actions(fqn).map((action) => ({ receiver: gives, part: name, action }))),
  ]);
  const scoped = surface.settings().map((fqn): Target => ({
    receiver: 'constructs.IConstruct', of: fqn, action: {
      owner: fqn, name: 'applyTo',
      parameters: [{ name: 'settings', key: `${shortName(fqn)}.applyTo.settings`, type: { kind: 'named', fqn }, optional: false, variadic: false }],
    },
  }));
  return [...own, ...scoped].filter(({ action }) => NOT_DRAWN[`${shortName(action.owner)}.${action.name}`] === undefined);
}

/** Whether constructs of a kind stand for themselves, or are there for others. */
function isWorkload(surface: Surface, { gives }: Kind): boolean {
  return STAND_INS[gives] !== undefined || surface.isA(gives, '@keelson/core.IConnectable');
}

/** Random apps over a whole surface. */
export function drafts(surface: Surface, domains: Domains): fc.Arbitrary<Draft> {
  const arbitraries = new Arbitraries(surface, domains);
  const kinds = kindsOf(surface);
  const id = fc.constantFrom('web', 'api', 'db', 'cache', 'settings', 'jobs', 'a', 'edge-1');
  const construct = (kind: Kind): fc.Arbitrary<Drawn> => fc.tuple(fc.nat({ max: 2 }), id, arbitraries.args(kind.parameters))
    .map(([chart, drawnId, args]) => ({ kind, chart, id: drawnId, args }));
  const ofKind = (wanted: boolean): fc.Arbitrary<Drawn> => {
    // Stand-ins reach what blocks hide; what is published is what counts.
    const weighed = kinds.filter((kind) => isWorkload(surface, kind) === wanted)
      .map((kind) => ({ weight: STAND_INS[kind.gives] === undefined ? 3 : 1, arbitrary: construct(kind) }));
    return fc.oneof(...weighed);
  };
  const action = (target: Target): fc.Arbitrary<DrawnAction> => fc.tuple(fc.nat({ max: 7 }), arbitraries.args(target.action.parameters))
    .map(([index, args]) => ({ target, index, args }));
  const cluster = arbitraries.args([{
    name: 'props', key: 'ClusterProfile.kubernetes.props', type: { kind: 'named', fqn: '@keelson/core.ClusterProfileProps' }, optional: false, variadic: false,
  }]);
  const profile = fc.tuple(fc.constantFrom('kubernetes', 'kubernetes', 'kubernetes', 'kubernetes', 'kind', 'k3s', 'eks', 'gke', 'aks', 'openshift'), cluster)
    .map(([name, args]): Expression => ({ kind: 'static', owner: '@keelson/core.ClusterProfile', name, args }));
  const chart = fc.record({
    namespace: fc.constantFrom(...NAMESPACES),
    cluster: fc.oneof({ withCrossShrink: true }, { weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: profile }),
  });
  return fc.record({
    cluster: profile,
    charts: fc.array(chart, { minLength: 1, maxLength: 3 }),
    constructs: fc.tuple(fc.array(ofKind(false), { maxLength: 3 }), fc.array(ofKind(true), { maxLength: 3 })).map((all) => all.flat()),
    // To connect is what most apps do.
    actions: fc.array(fc.oneof(...targetsOf(surface, kinds).map((each) =>
      ({ weight: each.action.name === 'to' ? 3 : 1, arbitrary: action(each) }))), { maxLength: 4 }),
  });
}
