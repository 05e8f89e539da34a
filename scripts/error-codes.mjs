// Every code that the sources use is a row of docs/errors.md, and every row is a code in use.
// With --write, missing rows are added from what the sources say beside the code; edit their words by hand afterwards.
// With --untested, the codes that no test names.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const PAGE = 'docs/errors.md';
const CODE = /KEELSON\d{4}/;
const ROW = /^\|\s*`?(KEELSON\d{4})`?\s*\|/;

const sources = readdirSync('packages').map(dir => join('packages', dir, 'src')).filter(existsSync)
  .flatMap(dir => readdirSync(dir, { recursive: true }).filter(file => file.endsWith('.ts')).map(file => join(dir, file).replaceAll('\\', '/')));

/** An expression as prose: what is filled in at run time is an ellipsis. */
const prose = node => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(span => `…${span.literal.text}`).join('');
  if (ts.isBinaryExpression(node)) return `${prose(node.left)}${prose(node.right)}`;
  if (ts.isConditionalExpression(node)) return prose(node.whenTrue);
  return '…';
};
const PROSE = [ts.isStringLiteralLike, ts.isTemplateExpression, ts.isBinaryExpression, ts.isConditionalExpression];
const isProse = node => PROSE.some(is => is(node));

/** What stands beside the code: the members of a fault, or the arguments after it. */
const rowOf = (literal, file) => {
  const { parent } = literal;
  if (ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent)) {
    const member = name => parent.parent.properties.find(p => p.name?.text === name)?.initializer;
    const [allowed, fix] = [member('allowed'), member('fix')];
    return { file, allowed: allowed === undefined ? '…' : prose(allowed), fix: fix === undefined ? '…' : prose(fix) };
  }
  if (ts.isCallExpression(parent)) {
    const after = parent.arguments.slice(parent.arguments.indexOf(literal) + 1).filter(isProse).map(prose);
    if (parent.expression.getText() === 'Warnings.report') return { file, allowed: '(warning)', fix: after[0] ?? '…' };
    return { file, allowed: after[0] ?? '…', fix: after.length > 1 ? after.at(-1) : '…' };
  }
  return { file, allowed: '…', fix: prose(literal) };
};

const used = new Map();
for (const file of sources) {
  const visit = node => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const code = CODE.exec(prose(node))?.[0];
      if (code !== undefined && !used.has(code)) used.set(code, rowOf(node, file));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
}

const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
const rows = page.split('\n').map(line => ROW.exec(line)?.[1]).filter(code => code !== undefined);
const missing = [...used.keys()].filter(code => !rows.includes(code)).sort();

if (process.argv.includes('--untested')) {
  const tests = readdirSync('packages').map(dir => join('packages', dir, 'test')).filter(existsSync)
    .flatMap(dir => readdirSync(dir, { recursive: true }).filter(file => file.endsWith('.ts')).map(file => readFileSync(join(dir, file), 'utf8'))).join('\n');
  const untested = [...used.keys()].filter(code => !tests.includes(code)).sort();
  untested.forEach(code => console.log(`${code} ${used.get(code).file}`));
  console.log(`error codes: ${untested.length} of ${used.size} are named by no test`);
} else if (process.argv.includes('--write')) {
  const cell = text => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const lines = page === '' ? ['# Errors and warnings', '', '| Code | Must be | What to change | Where |', '|---|---|---|---|'] : page.trimEnd().split('\n');
  for (const code of missing) {
    const { file, allowed, fix } = used.get(code);
    const row = `| ${code} | ${cell(allowed)} | ${cell(fix)} | \`${file}\` |`;
    const after = lines.findLastIndex(line => (ROW.exec(line)?.[1] ?? '~') < code);
    const head = lines.findLastIndex(line => /^\|[-| ]+\|$/.test(line));
    lines.splice((after !== -1 ? after : head !== -1 ? head : lines.length - 1) + 1, 0, row);
  }
  writeFileSync(PAGE, `${lines.join('\n')}\n`);
  console.log(`error codes: ${missing.length} rows added to ${PAGE}`);
} else {
  const faults = [
    ...missing.map(code => `${code} (${used.get(code).file}) must be a row of ${PAGE}: node scripts/error-codes.mjs --write adds it`),
    ...rows.filter(code => !used.has(code)).map(code => `${code} in ${PAGE} must be in use, and is in no source: remove the row`),
    ...rows.filter((code, i) => rows.indexOf(code) !== i).map(code => `${code} must be one row of ${PAGE}, got several`),
  ];
  faults.forEach(fault => console.error(`error codes: ${fault}`));
  console.log(`error codes: ${used.size} in use, ${faults.length > 0 ? 0 : 1} passed, ${faults.length} failed`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
