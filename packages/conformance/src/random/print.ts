import type { Expression, Program, Statement } from './program.js';
import { STAND_INS } from './stand-ins.js';
import { packageOf, shortName } from './surface.js';

const WIDTH = 120;

/** A program as TypeScript that runs: imports, what it defines itself, statements, and its YAML on standard output. */
export function print(program: Program): string {
  const used = new Set<string>(['@keelson/core.App']);
  const statements = program.statements.map((each) => statementText(each, used));
  const cluster = textOf(program.cluster, used);
  const standIns = Object.entries(STAND_INS).filter(([name]) => used.has(name));
  const imports = new Set([...used].filter((name) => STAND_INS[name] === undefined));
  for (const [, { imports: more }] of standIns) more.forEach((each) => imports.add(each));
  return [
    ...importLines(imports),
    '',
    ...standIns.map(([, { source }]) => `${source}\n`),
    `const app = new App({ cluster: ${cluster} });`,
    ...statements,
    'process.stdout.write(app.synthYaml());',
    '',
  ].join('\n');
}

function importLines(used: ReadonlySet<string>): string[] {
  const packages = [...new Set([...used].map((each) => packageOf(each.replace(/^type /, ''))))].sort();
  return packages.map((name) => {
    // what is used as a value is a type, too
    const names = [...used].filter((each) => packageOf(each.replace(/^type /, '')) === name && !(each.startsWith('type ') && used.has(each.slice(5))))
      .map((each) => (each.startsWith('type ') ? `type ${shortName(each)}` : shortName(each)));
    return `import { ${[...new Set(names)].sort().join(', ')} } from '${name}';`;
  });
}

function statementText(statement: Statement, used: Set<string>): string {
  switch (statement.kind) {
    case 'chart': {
      used.add('cdk8s.Chart');
      return `const ${statement.variable} = new Chart(app, ${quote(statement.id)}, { namespace: ${quote(statement.namespace)} });`;
    }
    case 'new': {
      const { variable, owner, factory, scope, id, args } = statement;
      used.add(owner);
      const name = shortName(owner);
      const made = factory === undefined ? `new ${name}` : `${name}.${factory}`;
      return `const ${variable} = ${made}(${[scope, quote(id), ...args.map((each) => textOf(each, used))].join(', ')});`;
    }
    case 'do': return `${textOf(statement.call, used)};`;
  }
}

function textOf(expression: Expression, used: Set<string>, indent = ''): string {
  const inner = (each: Expression): string => textOf(each, used, `${indent}  `);
  switch (expression.kind) {
    case 'text': return quote(expression.value);
    case 'number': return Object.is(expression.value, -0) ? '-0' : String(expression.value);
    case 'boolean': return String(expression.value);
    case 'list': return wrapped('[', expression.items.map(inner), ']', indent);
    case 'object': return wrapped('{', expression.entries.map(([key, value]) => `${keyText(key)}: ${inner(value)}`), '}', indent);
    case 'constant': case 'static': {
      used.add(expression.owner);
      const name = `${shortName(expression.owner)}.${expression.name}`;
      if (expression.kind === 'constant') return name;
      const args = expression.args.map((each) => textOf(each, used, indent)).join(', ');
      return expression.name === 'new' ? `new ${shortName(expression.owner)}(${args})` : `${name}(${args})`;
    }
    case 'method': return `${textOf(expression.of, used, indent)}.${expression.name}(${expression.args.map((each) => textOf(each, used, indent)).join(', ')})`;
    case 'variable': return expression.name;
    case 'property': {
      const told = `${textOf(expression.of, used, indent)}.${expression.name}`;
      if (expression.otherwise === undefined) return expression.optional === true ? `${told}!` : told;
      return `(${told} ?? ${textOf(expression.otherwise, used, indent)})`;
    }
    case 'choice': throw new Error(`a program is resolved before it is printed: ${expression.among}`);
  }
}

function wrapped(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return `${open}${close}`;
  const line = open === '{' ? `{ ${items.join(', ')} }` : `${open}${items.join(', ')}${close}`;
  if (!line.includes('\n') && indent.length + line.length <= WIDTH) return line;
  return `${open}\n${items.map((each) => `${indent}  ${each},`).join('\n')}\n${indent}${close}`;
}

function keyText(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

function quote(value: string): string {
  // As JSON, which TypeScript reads alike, in single quotes.
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
