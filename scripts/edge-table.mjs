// The table of docs/exposure.md: what each target does about each feature, from the code that decides it. With --write, it is written anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const PAGE = 'docs/exposure.md';
const [BEGIN, END] = ['<!-- features: npm run docs -->\n', '<!-- end of features -->'];

const load = createRequire(import.meta.url);
const { FEATURES } = load('../packages/web/lib/private/edge/features.js');
const { FLAVORS } = load('../packages/web/lib/private/edge/flavors.js');

const cell = text => text.replaceAll('|', '\\|');
const notes = [];

/** Why nothing can be said is long, and often the same: a number in the table, a line below it. */
function noteOf(why) {
  const at = notes.indexOf(why);
  return at >= 0 ? at + 1 : notes.push(why);
}

/** As code, whatever backticks are in it. */
const code = text => (text.includes('`') ? `\`\` ${cell(text)} \`\`` : `\`${cell(text)}\``);

/** A form, and from when on; else another one. */
function answerOf({ form, why }) {
  if (form === undefined) return `– <sup>${noteOf(why)}</sup>`;
  return form.split(', else ').map(each => {
    const [, text, condition = ''] = /^(.*?)( \((?:from|experimental channel).*\))?$/.exec(each);
    return code(text) + condition;
  }).join(', else ');
}

const rows = Object.entries(FEATURES).map(([name, { row, text, member }]) => {
  return `| ${row} | ${text}: \`${member}\` | ${FLAVORS.map(({ supports }) => answerOf(supports[name])).join(' | ')} |`;
});
const table = [
  `| | | ${FLAVORS.map(({ text }) => text).join(' | ')} |`, `|---|---|${FLAVORS.map(() => '---').join('|')}|`, ...rows, '',
  ...notes.map((why, at) => `${at + 1}. ${why}`), '',
].join('\n');

const page = readFileSync(PAGE, 'utf8');
const [before, rest] = page.split(BEGIN);
const after = rest?.slice(rest.indexOf(END));
if (after === undefined || !after.startsWith(END)) throw new Error(`${PAGE} has no ${BEGIN.trim()} … ${END}`);
const wanted = `${before}${BEGIN}\n${table}\n${after}`;

if (process.argv.includes('--write')) {
  writeFileSync(PAGE, wanted);
} else if (page !== wanted) {
  console.error(`${PAGE}: the table is not what the code says: npm run build && npm run docs`);
  process.exitCode = 1;
}
