import { createRequire } from 'node:module';
import { parseManifests, type JsonObject } from '@keelson/testing';
import { quietly } from '@keelson/testing/quiet';
import type { Expression, Program } from './program.js';
import { packageOf, shortName } from './surface.js';
import { STAND_INS } from './stand-ins.js';

const load = createRequire(import.meta.url);

/** What became of a program. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly objects: readonly JsonObject[]; readonly yaml: string }
  | { readonly kind: 'refused'; readonly codes: readonly string[]; readonly message: string }
  | { readonly kind: 'thrown'; readonly message: string };

type Callable = (...args: readonly unknown[]) => unknown;
type Constructor = new (...args: readonly unknown[]) => unknown;

/** Runs a program in this process, by the packages as they are built. */
export function evaluate(program: Program): Outcome {
  try {
    const yaml = quietly(() => synthesize(program));
    return { kind: 'accepted', yaml, objects: parseManifests(yaml) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === 'SynthesisError') {
      const lines = message.split('\n').slice(1);
      const codes = lines.map((line) => /^ {2}\[[^\]]*\] (KEELSON\d+) /.exec(line)?.[1]);
      // A line without a code, and what an object threw while it was rendered, are no answer to a user.
      const bare = lines.findIndex((_, index) => codes[index] === undefined || ['KEELSON1400', 'KEELSON1404'].includes(codes[index]));
      if (bare < 0) return { kind: 'refused', codes: [...new Set(codes.flatMap((code) => code ?? []))], message };
      return { kind: 'thrown', message };
    }
    return { kind: 'thrown', message: error instanceof Error ? error.stack ?? message : message };
  }
}

function synthesize({ cluster, statements }: Program): string {
  const variables = new Map<string, unknown>();
  const value = (expression: Expression): unknown => valueOf(expression, variables);
  const app = construct('@keelson/core.App', { cluster: value(cluster) });
  const scope = (name: string): unknown => variables.get(name);
  for (const statement of statements) {
    switch (statement.kind) {
      case 'chart':
        variables.set(statement.variable, construct('cdk8s.Chart', app, statement.id, { namespace: statement.namespace }));
        break;
      case 'new': {
        const { owner, factory, id, args } = statement;
        const given = [scope(statement.scope), id, ...args.map(value)];
        const made = factory === undefined ? construct(owner, ...given) : method(typeNamed(owner), factory)(...given);
        variables.set(statement.variable, made);
        break;
      }
      case 'do': value(statement.call);
    }
  }
  return String(method(app, 'synthYaml')());
}

function valueOf(expression: Expression, variables: ReadonlyMap<string, unknown>): unknown {
  const value = (each: Expression): unknown => valueOf(each, variables);
  switch (expression.kind) {
    case 'text': case 'number': case 'boolean': return expression.value;
    case 'list': return expression.items.map(value);
    case 'object': return Object.fromEntries(expression.entries.map(([key, each]) => [key, value(each)]));
    case 'constant': return memberOf(typeNamed(expression.owner), expression.name);
    case 'static': {
      const args = expression.args.map(value);
      return expression.name === 'new' ? construct(expression.owner, ...args) : method(typeNamed(expression.owner), expression.name)(...args);
    }
    case 'method': return method(value(expression.of), expression.name)(...expression.args.map(value));
    case 'variable': return variables.get(expression.name);
    case 'property': return memberOf(value(expression.of), expression.name) ?? (expression.otherwise && value(expression.otherwise));
    case 'choice': throw new Error(`a program is resolved before it runs: ${expression.among}`);
  }
}

function construct(fqn: string, ...args: readonly unknown[]): unknown {
  return new (typeNamed(fqn) as unknown as Constructor)(...args);
}

function typeNamed(fqn: string): object {
  const standIn = STAND_INS[fqn];
  if (standIn !== undefined) return standIn.made;
  const type = memberOf(load(packageOf(fqn)) as object, shortName(fqn));
  if (typeof type !== 'function' && typeof type !== 'object') throw new Error(`${fqn} is not exported`);
  return type as object;
}

function memberOf(value: unknown, name: string): unknown {
  return (value as Record<string, unknown>)[name];
}

function method(of: unknown, name: string): Callable {
  const found = memberOf(of, name);
  if (typeof found !== 'function') throw new Error(`${name} is no method`);
  return (...args) => (found as Callable).call(of, ...args);
}
