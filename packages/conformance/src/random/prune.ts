import type { Expression, Program, Statement } from './program.js';

/** Takes away what fast-check's steps leave over, as long as the rest still fails: each entry, item, argument and statement by itself. */
export async function prune(program: Program, fails: (smaller: Program) => Promise<boolean>, most = 400): Promise<Program> {
  let smallest = program;
  let tries = 0;
  for (let again = true; again;) {
    again = false;
    for (const smaller of smallerThan(smallest)) {
      if (tries >= most) return smallest;
      tries += 1;
      if (await fails(smaller)) {
        smallest = smaller;
        again = true;
        break;
      }
    }
  }
  return smallest;
}

function *smallerThan({ cluster, statements }: Program): Generator<Program> {
  for (const [index, statement] of statements.entries()) {
    // What is declared and used by others stays: a program without it doesn't compile.
    const isFree = statement.kind === 'do' || !isUsed(statement.variable, statements);
    if (isFree) yield { cluster, statements: statements.filter((_, other) => other !== index) };
  }
  for (const smaller of without(cluster)) yield { cluster: smaller, statements };
  for (const [index, statement] of statements.entries()) {
    const put = (changed: Statement): Program =>
      ({ cluster, statements: statements.map((each, other) => (other === index ? changed : each)) });
    if (statement.kind === 'do') for (const smaller of without(statement.call)) yield put({ ...statement, call: smaller });
    if (statement.kind !== 'new') continue;
    for (const [at, arg] of statement.args.entries()) {
      for (const smaller of without(arg)) {
        yield put({ ...statement, args: statement.args.map((each, other) => (other === at ? smaller : each)) });
      }
    }
  }
}

function isUsed(variable: string, statements: readonly Statement[]): boolean {
  return statements.some((each) => (each.kind === 'new' && each.scope === variable)
    || (each.kind !== 'chart' && JSON.stringify(each).includes(JSON.stringify({ kind: 'variable', name: variable }))));
}

/** An expression with one entry or item less, somewhere in it. */
function *without(expression: Expression): Generator<Expression> {
  switch (expression.kind) {
    case 'list':
      yield* fewer(expression.items, (items) => ({ ...expression, items }));
      return;
    case 'object':
      for (const index of expression.entries.keys()) {
        yield { ...expression, entries: expression.entries.filter((_, other) => other !== index) };
      }
      for (const [index, [key, value]] of expression.entries.entries()) {
        for (const smaller of without(value)) {
          yield { ...expression, entries: expression.entries.map((each, other) => (other === index ? [key, smaller] as const : each)) };
        }
      }
      return;
    case 'static':
      yield* inside(expression.args, (args) => ({ ...expression, args }));
      return;
    case 'method':
      for (const smaller of without(expression.of)) yield { ...expression, of: smaller };
      yield* inside(expression.args, (args) => ({ ...expression, args }));
  }
}

function *fewer(items: readonly Expression[], made: (items: readonly Expression[]) => Expression): Generator<Expression> {
  for (const index of items.keys()) yield made(items.filter((_, other) => other !== index));
  yield* inside(items, made);
}

function *inside(items: readonly Expression[], made: (items: readonly Expression[]) => Expression): Generator<Expression> {
  for (const [index, item] of items.entries()) {
    for (const smaller of without(item)) yield made(items.map((each, other) => (other === index ? smaller : each)));
  }
}
