// Every code that the sources use is a row of docs/errors.md, written by hand, and is named by a test; every row is a code in use.
// With --write, missing rows are added beside their neighbours, with words that the check refuses until they are replaced.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const PAGE = 'docs/errors.md';
const CODE = /KEELSON\d{4}/;
const ROW = /^\|\s*`?(KEELSON\d{4})`?\s*\|/;
const WARNING = '**Warning.** ';
const TO_BE_WRITTEN = 'to be written';

const textsOf = folder => readdirSync('packages').map(dir => join('packages', dir, folder)).filter(existsSync)
  .flatMap(dir => readdirSync(dir, { recursive: true }).filter(file => file.endsWith('.ts')).map(file => join(dir, file).replaceAll('\\', '/')))
  .map(file => ({ file, text: readFileSync(file, 'utf8') }));

/** A warning is what `Warnings.report` gets, at once or as an object with a text; a fault says what is allowed. */
const isWarning = ({ parent }) => {
  if (ts.isPropertyAssignment(parent)) return parent.parent.properties.some(({ name }) => name?.text === 'text');
  return ts.isCallExpression(parent) && ['Warnings.report', 'Warnings.reportLate'].includes(parent.expression.getText());
};

const used = new Map();
for (const { file, text } of textsOf('src')) {
  const visit = node => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    const code = isText ? CODE.exec(node.text)?.[0] : undefined;
    if (code !== undefined && !used.has(code)) used.set(code, { file, warning: isWarning(node) });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
}

const lines = existsSync(PAGE) ? readFileSync(PAGE, 'utf8').trimEnd().split('\n') : ['# Errors and warnings', '', ...tableHead()];
const codeOf = line => ROW.exec(line)?.[1];
const rows = lines.filter(line => codeOf(line) !== undefined);
const codes = rows.map(codeOf);
const missing = [...used.keys()].filter(code => !codes.includes(code)).sort();
const tested = new Set(textsOf('test').flatMap(({ text }) => text.match(/KEELSON\d{4}/g) ?? []));
const untested = [...used.keys()].filter(code => !tested.has(code)).sort();

/** What every row of a code has: an anchor to link to, and that it is a warning. */
function beginningOf(code) {
  return `| ${code} | <a id="${code.toLowerCase()}"></a>${used.get(code)?.warning === true ? WARNING : ''}`;
}

function tableHead() {
  return ['| Code | You see it when | Do this |', '|---|---|---|'];
}

/** After the row with the next lower code, wherever that stands. */
function place(code) {
  const lower = lines.map(codeOf).filter(other => other !== undefined && other < code).sort().at(-1);
  return 1 + (lower !== undefined ? lines.findIndex(line => codeOf(line) === lower) : lines.findIndex(line => /^\|[-| ]+\|$/.test(line)));
}

function rowFault(row) {
  const code = codeOf(row);
  const [when, fix, ...more] = row.split(/(?<!\\)\|/).slice(2, -1).map(cell => cell.replace(/<a id="[^"]*"><\/a>/, '').replace(WARNING, '').trim());
  if (!row.startsWith(beginningOf(code)) || (used.get(code)?.warning !== true && row.includes(WARNING))) return `must begin with ${beginningOf(code)}`;
  if (!when || !fix || more.length > 0) return 'must say when it comes and what to do, in two cells';
  return row.includes(TO_BE_WRITTEN) || row.includes('…') ? `must be in words of its own, without '${TO_BE_WRITTEN}' and '…'` : undefined;
}

if (process.argv.includes('--write')) {
  missing.forEach(code => lines.splice(place(code), 0, `${beginningOf(code)}${TO_BE_WRITTEN} | ${TO_BE_WRITTEN} |`));
  writeFileSync(PAGE, `${lines.join('\n')}\n`);
  console.log(`error codes: ${missing.length} rows added to ${PAGE}; write when each comes and what to do`);
} else {
  const faults = [
    ...missing.map(code => `${code} (${used.get(code).file}) must be a row of ${PAGE}: node scripts/error-codes.mjs --write adds it`),
    ...untested.map(code => `${code} (${used.get(code).file}) must be named in full by a test, with its whole message`),
    ...codes.filter(code => !used.has(code)).map(code => `${code} in ${PAGE} must be in use, and is in no source: remove the row`),
    ...codes.filter((code, i) => codes.indexOf(code) !== i).map(code => `${code} must be one row of ${PAGE}, got several`),
    ...rows.filter(row => used.has(codeOf(row))).flatMap(row => {
      const fault = rowFault(row);
      return fault === undefined ? [] : [`${codeOf(row)} in ${PAGE} ${fault}`];
    }),
  ];
  faults.forEach(fault => console.error(`error codes: ${fault}`));
  console.log(`error codes: ${used.size} in use, ${faults.length > 0 ? 0 : 1} passed, ${faults.length} failed`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
