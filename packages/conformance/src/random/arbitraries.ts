import fc from 'fast-check';
import type { Domains } from './domains.js';
import { entryOf, type Expression, type ObjectLiteral } from './program.js';
import { shortName, type Member, type Producer, type Surface, type TypeRef } from './surface.js';
import { NOT_DRAWN, NOT_EMPTY, PRESENCE, RULES, STANDING_IN, UNSUITED, USUAL_PRESENCE } from './traits.js';

const DEEPEST = 1;
const LONGEST = 3;

/** Random expressions for the types of a surface. Simpler ways come first, which is where shrinking goes. */
export class Arbitraries {
  private readonly known = new Map<string, fc.Arbitrary<Expression>>();
  private readonly open: string[] = [];

  public constructor(private readonly surface: Surface, private readonly domains: Domains) {}

  /** Arguments of a call; those that may be left out stand at the end. */
  public args(parameters: readonly Member[]): fc.Arbitrary<Expression[]> {
    const each = parameters.map((parameter) =>
      (parameter.optional && !parameter.variadic ? this.sometimes(parameter, 50) : this.member(parameter)));
    return fc.tuple(...each).map((values) => {
      const end = values.indexOf(undefined);
      const given = (end < 0 ? values : values.slice(0, end)).flatMap((value) => value ?? []);
      const last = parameters.at(-1);
      const rest = given.at(-1);
      return last?.variadic === true && rest?.kind === 'list' && given.length === parameters.length ? [...given.slice(0, -1), ...rest.items] : given;
    });
  }

  /** A value of a member's type. */
  public member({ type, key, variadic }: Member): fc.Arbitrary<Expression> {
    return variadic ? this.list(type, key) : this.value(type, key);
  }

  /** The members of a struct. */
  public struct(fqn: string, unsuited: readonly string[] = []): fc.Arbitrary<ObjectLiteral> {
    const members = (this.surface.struct(fqn) ?? []).filter(({ name }) => !unsuited.includes(name));
    // One or two of them, of whatever number there are.
    const usual = Math.max(USUAL_PRESENCE, Math.min(50, 150 / members.filter(({ optional }) => optional).length));
    const entries = members.map((member) => (member.optional ? this.sometimes(member, Math.round(usual)) : this.member(member)));
    const name = shortName(fqn);
    const rules = this.surface.extended(fqn).flatMap((each) => RULES[shortName(each)] ?? []);
    return fc.tuple(...entries).map((values) => {
      const object: ObjectLiteral = {
        kind: 'object', struct: name,
        entries: members.flatMap((member, index) => {
          const value = values[index];
          return value === undefined ? [] : [[member.name, value] as const];
        }),
      };
      return rules.reduce((made, rule) => rule(made), object);
    });
  }

  private sometimes(member: Member, usual: number): fc.Arbitrary<Expression | undefined> {
    const weight = PRESENCE[member.key] ?? usual;
    const absent = { weight: Math.max(100 - weight, 0), arbitrary: fc.constant(undefined) };
    return fc.oneof({ withCrossShrink: true }, absent, { weight, arbitrary: this.member(member) });
  }

  private value(type: TypeRef, key: string): fc.Arbitrary<Expression> {
    switch (type.kind) {
      case 'boolean': return fc.boolean().map((value) => ({ kind: 'boolean', value }));
      case 'string': case 'number': case 'any': return this.domains.of(key).inside;
      case 'list': return this.list(type.of, key);
      case 'map': return this.map(type.of, key);
      case 'named': return type.fqn.startsWith('cdk8s.') ? this.domains.of(key).inside : this.named(type.fqn, UNSUITED[key]);
    }
  }

  private list(of: TypeRef, key: string): fc.Arbitrary<Expression> {
    const items = this.value(of, of.kind === 'named' && !of.fqn.startsWith('cdk8s.') ? key : `${key}[]`);
    return fc.uniqueArray(items, { minLength: NOT_EMPTY.has(key) ? 1 : 0, maxLength: LONGEST, selector: (each) => nameOf(each) })
      .map((values) => ({ kind: 'list', items: values }));
  }

  private map(of: TypeRef, key: string): fc.Arbitrary<Expression> {
    const keys = this.domains.of(`${key}[key]`).inside;
    const entry = fc.tuple(keys, this.value(of, `${key}[]`));
    const minLength = NOT_EMPTY.has(key) ? 1 : 0;
    return fc.uniqueArray(entry, { minLength, maxLength: LONGEST, selector: ([name]) => textOf(name) }).map((entries) => ({
      kind: 'object',
      keyed: entries.some(([name]) => name.kind === 'choice'),
      entries: entries.map(([name, value]) => [textOf(name), value] as const),
    }));
  }

  private named(fqn: string, unsuited?: readonly string[]): fc.Arbitrary<Expression> {
    const depth = this.open.filter((each) => each === fqn).length;
    const id = `${fqn}#${depth}#${unsuited?.join() ?? ''}`;
    let found = this.known.get(id);
    if (found === undefined) {
      this.open.push(fqn);
      found = this.surface.struct(fqn) === undefined ? this.produced(fqn, depth >= DEEPEST) : this.struct(fqn, unsuited);
      this.open.pop();
      this.known.set(id, found);
    }
    return found;
  }

  private produced(fqn: string, deepest: boolean): fc.Arbitrary<Expression> {
    const producers = this.surface.producers(fqn)
      .filter((each) => NOT_DRAWN[`${shortName(each.owner)}.${each.name}`] === undefined && (!deepest || !needs(each, fqn)));
    const ways = producers.sort((a, b) => costOf(a) - costOf(b)).map((each) => this.byProducer(each));
    const isMade = this.surface.constructs().some((each) => this.surface.isA(each, fqn));
    const standIn = STANDING_IN[fqn];
    const [first = standIn === undefined ? undefined : fc.constant(standIn), ...others] = ways;
    if (first === undefined) throw new Error(`no way is known to make a ${fqn}: add a factory, or a stand-in`);
    const plain = fc.oneof({ withCrossShrink: true }, first, ...others);
    if (!isMade) return plain;
    const choice = fc.tuple(plain, fc.nat({ max: 7 }))
      .map(([otherwise, index]): Expression => ({ kind: 'choice', among: 'construct', of: fqn, index, otherwise }));
    // What only stands in is refused where it is used.
    if (ways.length === 0) return choice;
    return fc.oneof({ withCrossShrink: true }, { weight: 1, arbitrary: plain }, { weight: 2, arbitrary: choice });
  }

  private byProducer({ kind, owner, name, parameters }: Producer): fc.Arbitrary<Expression> {
    if (kind === 'constant') return fc.constant({ kind: 'constant', owner, name });
    const args = this.args(parameters);
    if (kind === 'static') return args.map((each) => ({ kind: 'static', owner, name, args: each }));
    return fc.tuple(this.named(owner), args).map(([of, each]) => ({ kind: 'method', of, name, args: each }));
  }
}

/** Whether a way to a type goes through that type again. */
function needs({ kind, owner, parameters }: Producer, fqn: string): boolean {
  const through = (type: TypeRef): boolean => (type.kind === 'named' ? type.fqn === fqn : (type.kind === 'list' || type.kind === 'map') && through(type.of));
  return (kind === 'method' && owner === fqn) || parameters.some(({ type, optional }) => !optional && through(type));
}

function costOf({ kind, parameters }: Producer): number {
  return kind === 'constant' ? 0 : 1 + parameters.filter(({ optional }) => !optional).length + (kind === 'method' ? 5 : 0);
}

/** What must not be twice in a list: the name of a thing that has one, else the whole. */
function nameOf(expression: Expression): string {
  const name = expression.kind === 'object' ? entryOf(expression, 'name') ?? entryOf(expression, 'registry') ?? entryOf(expression, 'number') : undefined;
  return JSON.stringify(name ?? expression);
}

function textOf(expression: Expression): string {
  if (expression.kind === 'choice') return textOf(expression.otherwise);
  if (expression.kind !== 'text') throw new Error(`keys of maps are texts, not ${expression.kind}`);
  return expression.value;
}
