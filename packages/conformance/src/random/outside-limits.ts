import fc from 'fast-check';
import { kindsOf, targetsOf, type Draft, type Kind } from './apps.js';
import { Domains } from './domains.js';
import { evaluate } from './evaluate.js';
import { print } from './print.js';
import { call, list, map, number, text, type Expression, type ObjectLiteral } from './program.js';
import { resolve } from './resolve.js';
import { shortName, Surface, type Member, type Producer, type TypeRef } from './surface.js';
import { BESIDE, NOT_DRAWN, NOT_EMPTY, NOT_TRIED, STANDING_IN, UNSUITED } from './traits.js';

/** A value that should have been refused with a code, and wasn't; or one that should have been taken, and wasn't. */
interface LimitFinding {
  readonly key: string;
  readonly complaint: string;
  readonly program: string;
}

export interface LimitResult {
  readonly leaves: number;
  readonly values: number;
  readonly findings: readonly LimitFinding[];
}

/** A place in an app, and the smallest app with something in it. */
interface Place {
  readonly type: TypeRef;
  readonly key: string;
  readonly fill: (value: Expression) => Draft;
  readonly unsuited?: readonly string[];
}

interface Leaf {
  readonly fill: (value: Expression) => Draft;
  /** The values of a list or map must not be none. */
  readonly empty?: Expression;
}

/** How many ways to a type are kept: not every place takes each of its members. */
const WAYS = 24;
const TRIES = 8;
const CLUSTER = '@keelson/core.ClusterProfile';

/** Puts values just outside of each limit into the smallest app that has a place for them: each has to be refused with a code. */
export function outsideLimits(version: string, gatewayApi = '1.4'): LimitResult {
  return new Limits(version, gatewayApi).result();
}

class Limits {
  private readonly surface = Surface.built();
  private readonly domains: Domains;
  private readonly leaves = new Map<string, Leaf[]>();
  private readonly ways = new Map<string, number>();
  private readonly places: Place[] = [];
  private readonly kinds: readonly Kind[];

  public constructor(private readonly version: string, private readonly gatewayApi: string) {
    this.domains = new Domains(version, gatewayApi);
    this.kinds = kindsOf(this.surface);
    this.addRoots();
    for (let place = this.places.shift(); place !== undefined; place = this.places.shift()) this.visit(place);
  }

  public result(): LimitResult {
    const findings: LimitFinding[] = [];
    let values = 0;
    for (const [key, ways] of this.leaves) {
      const [outside, taken] = this.valuesOf(key, ways);
      const complaint = taken.reason;
      if (taken.leaf === undefined) {
        findings.push({ key, complaint: `no app takes a value inside of its limits: ${complaint}`, program: taken.program });
        continue;
      }
      for (const value of outside) {
        values += 1;
        const program = resolve(taken.leaf.fill(value), this.surface);
        const outcome = evaluate(program);
        if (outcome.kind === 'accepted') findings.push({ key, complaint: 'a value outside of its limits is accepted', program: print(program) });
        if (outcome.kind === 'thrown') findings.push({ key, complaint: `refused without a code: ${outcome.message}`, program: print(program) });
      }
    }
    return { leaves: this.leaves.size, values, findings };
  }

  /** The values to refuse, and the first place that takes one inside: what is refused there is refused for its value. */
  private valuesOf(key: string, ways: readonly Leaf[]): [readonly Expression[], { leaf?: Leaf; reason: string; program: string }] {
    const empty = ways.flatMap(({ empty: none }) => none ?? []).slice(0, 1);
    const [outside, inside] = key.endsWith('#') ? [empty, []] : [this.domains.of(key).outside, this.samples(key)];
    if (key.endsWith('#') || outside.length === 0) return [outside, { leaf: ways[0], reason: '', program: '' }];
    let reason = '';
    let program = '';
    for (const leaf of ways) {
      for (const value of inside) {
        const tried = resolve(leaf.fill(value), this.surface);
        const outcome = evaluate(tried);
        if (outcome.kind === 'accepted') return [outside, { leaf, reason, program }];
        if (reason === '') [reason, program] = [outcome.message, print(tried)];
      }
    }
    return [outside, { reason, program }];
  }

  private samples(key: string): Expression[] {
    return fc.sample(this.domains.of(key).inside, { seed: seedOf(key), numRuns: TRIES });
  }

  private addRoots(): void {
    const props: TypeRef = { kind: 'named', fqn: '@keelson/core.ClusterProfileProps' };
    this.places.push({ type: props, key: 'ClusterProfile.kubernetes.props', fill: (value) => ({ ...this.app([]), cluster: this.profile(value) }) });
    for (const kind of this.kinds) {
      this.intoArgs(kind.parameters, (args) => this.app([{ kind, chart: 0, id: 'web', args }]));
    }
    for (const target of targetsOf(this.surface, this.kinds)) {
      const kind = this.kinds.find(({ gives }) => gives === target.receiver) ?? this.kinds.find(({ gives }) => gives === '@keelson/web.WebApp');
      const constructs = kind === undefined ? [] : [{ kind, chart: 0, id: 'web', args: this.least(kind.parameters) }];
      this.intoArgs(target.action.parameters, (args) => ({ ...this.app(constructs), actions: [{ target, index: 0, args }] }));
    }
  }

  private app(constructs: Draft['constructs']): Draft {
    const cluster = this.profile(map([]));
    return { cluster, charts: [{ namespace: 'random-0', cluster: undefined }], constructs, actions: [] };
  }

  /** A cluster that can do what apps ask for. */
  private profile(props: Expression): Expression {
    const usual: [string, Expression][] = [
      ['version', text(this.version)],
      ['gatewayApi', call('@keelson/core.GatewayApi', 'standard', text(this.gatewayApi))],
      ['cni', { kind: 'constant', owner: '@keelson/core.Cni', name: 'CILIUM' }],
      ['gateway', call('@keelson/core.Gateway', 'named', text('edge'), text('edge'))],
      ['ingress', call('@keelson/core.IngressController', 'traefik')],
      ['traefik', call('@keelson/core.Traefik', 'inNamespace', text('traefik'))],
      ['loadBalancers', { kind: 'constant', owner: '@keelson/core.LoadBalancerController', name: 'METALLB' }],
      ['monitoring', call('@keelson/core.Monitoring', 'kubePrometheusStack')],
    ];
    const given = props.kind === 'object' ? props.entries : [];
    return call(CLUSTER, 'kubernetes', map([...usual.filter(([name]) => given.every(([other]) => other !== name)), ...given]));
  }

  private visit({ type, key, fill, unsuited }: Place): void {
    switch (type.kind) {
      case 'boolean': return;
      case 'list':
        if (NOT_EMPTY.has(key)) this.addLeaf(`${key}#`, { fill, empty: list([]) });
        this.places.push({ type: type.of, key: isLeaf(type.of) ? `${key}[]` : key, fill: (value) => fill(list([value])), unsuited: UNSUITED[key] });
        return;
      case 'map':
        if (NOT_EMPTY.has(key)) this.addLeaf(`${key}#`, { fill, empty: map([]) });
        this.addLeaf(`${key}[key]`, { fill: (name) => fill(map([[name.kind === 'text' ? name.value : plain(name), this.simplest(type.of, `${key}[]`)]])) });
        this.places.push({ type: type.of, key: `${key}[]`, fill: (value) => fill(map([[plain(this.samples(`${key}[key]`)[0]), value]])) });
        return;
      case 'named':
        if (!type.fqn.startsWith('cdk8s.')) {
          this.visitNamed(type.fqn, fill, unsuited ?? UNSUITED[key] ?? []);
          return;
        }
    }
    this.addLeaf(key, { fill });
  }

  private visitNamed(fqn: string, fill: (value: Expression) => Draft, unsuited: readonly string[]): void {
    const ways = this.ways.get(fqn) ?? 0;
    if (ways >= WAYS || NOT_TRIED.has(shortName(fqn))) return;
    this.ways.set(fqn, ways + 1);
    const members = this.surface.struct(fqn);
    for (const member of members ?? []) {
      if (unsuited.includes(member.name)) continue;
      this.places.push({ type: member.type, key: member.key, fill: (value) => fill(this.object(fqn, [member.name, value], member.key)) });
    }
    if (members !== undefined) return;
    for (const { kind, owner, name, parameters } of this.producers(fqn)) {
      this.intoArgs(parameters, (args) => fill(kind === 'method' ? { kind, of: this.named(owner), name, args } : { kind: 'static', owner, name, args }));
    }
  }

  /** A place for each parameter, the others as simple as can be. */
  private intoArgs(parameters: readonly Member[], fill: (args: Expression[]) => Draft): void {
    parameters.forEach(({ type, key, variadic }, at) => {
      const before = parameters.slice(0, at).map((each) => this.simplest(each.type, each.key));
      const after = this.least(parameters.slice(at + 1));
      const one = (value: Expression): Draft => fill([...before, value, ...after]);
      this.places.push({ type: variadic && isLeaf(type) ? type : type, key: variadic && isLeaf(type) ? `${key}[]` : key, fill: one });
      if (variadic && NOT_EMPTY.has(key)) this.addLeaf(`${key}#`, { fill: () => fill(before), empty: list([]) });
    });
  }

  private addLeaf(key: string, leaf: Leaf): void {
    const ways = this.leaves.get(key) ?? [];
    if (ways.length < WAYS) this.leaves.set(key, [...ways, leaf]);
  }

  private least(parameters: readonly Member[]): Expression[] {
    return parameters.filter(({ optional }) => !optional).map(({ type, key }) => this.simplest(type, key));
  }

  private simplest(type: TypeRef, key: string): Expression {
    switch (type.kind) {
      case 'boolean': return { kind: 'boolean', value: true };
      case 'list': return list(NOT_EMPTY.has(key) ? [this.simplest(type.of, isLeaf(type.of) ? `${key}[]` : key)] : []);
      case 'map': return map(NOT_EMPTY.has(key) ? [[plain(this.samples(`${key}[key]`)[0]), this.simplest(type.of, `${key}[]`)]] : []);
      case 'named': if (!type.fqn.startsWith('cdk8s.')) return this.named(type.fqn);
    }
    return this.samples(key)[0] ?? number(0);
  }

  private producers(fqn: string): Producer[] {
    return this.surface.producers(fqn).filter(({ owner, name }) => NOT_DRAWN[`${shortName(owner)}.${name}`] === undefined);
  }

  private named(fqn: string): Expression {
    if (this.surface.struct(fqn) !== undefined) return this.object(fqn);
    const [way] = this.producers(fqn).filter(({ kind }) => kind !== 'method')
      .sort((a, b) => requiredOf(a.parameters) - requiredOf(b.parameters));
    const standIn = STANDING_IN[fqn];
    if (way === undefined && standIn !== undefined) return standIn;
    if (way === undefined) throw new Error(`no way is known to make a ${fqn}: add a factory`);
    if (way.kind === 'constant') return { kind: 'constant', owner: way.owner, name: way.name };
    return { kind: 'static', owner: way.owner, name: way.name, args: this.least(way.parameters) };
  }

  /** A struct with what it needs, what has to stand beside, and one entry. */
  private object(fqn: string, entry?: readonly [string, Expression], key = ''): ObjectLiteral {
    const name = shortName(fqn);
    const structs = this.surface.extended(fqn).map(shortName).reverse();
    const beside = [key, ...structs].flatMap((each) => Object.entries(BESIDE[each] ?? {}));
    const told = new Map([...beside, ...(entry === undefined ? [] : [entry])]);
    const needed = (this.surface.struct(fqn) ?? []).filter(({ optional }) => !optional)
      .map((each) => [each.name, told.get(each.name) ?? this.simplest(each.type, each.key)] as const);
    const more = [...(entry === undefined ? [] : [entry]), ...beside].filter(([each], index, all) =>
      needed.every(([other]) => other !== each) && all.findIndex(([other]) => other === each) === index);
    return { kind: 'object', struct: name, entries: [...needed, ...more] };
  }
}

/** Another one for each key, so that two that have to differ do. */
function seedOf(key: string): number {
  return [...key].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7);
}

function requiredOf(parameters: readonly Member[]): number {
  return parameters.filter(({ optional }) => !optional).length;
}

function isLeaf(type: TypeRef): boolean {
  return type.kind !== 'list' && type.kind !== 'map' && (type.kind !== 'named' || type.fqn.startsWith('cdk8s.'));
}

function plain(expression: Expression | undefined): string {
  if (expression?.kind === 'choice') return plain(expression.otherwise);
  return expression?.kind === 'text' ? expression.value : '';
}
