import type { Verdict } from './evaluator.js';
import type { Grid } from './grids.js';

const HEAD = [
  'Judged by cyclonus from the NetworkPolicies in `dist`. Written by `npm run conformance -- --update`; read its diff as you read code.',
  '',
  '`yes`: allowed. `no`: refused by the policies of both ends; `no (out)`: by the source\'s alone, `no (in)`: by the destination\'s alone.',
  '`any other`: a port that neither a container nor a rule names.',
];

/** The Markdown file of a golden's tables. */
export function renderTables(title: string, grids: readonly Grid[], verdicts: readonly Verdict[], unjudged: readonly string[]): string {
  let next = 0;
  const take = (count: number): readonly Verdict[] => verdicts.slice(next, next += count);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const tables = grids.flatMap(({ title: heading, corner, columns, rows }) => [
    '', `## ${heading}`, '',
    row([corner, ...columns]),
    row([corner, ...columns].map(() => '---')),
    ...rows.map(({ name, cells }) => row([name, ...cells.map((traffic) => answer(take(traffic.length)))])),
  ]);
  const others = unjudged.length === 0 ? [] : ['', `Not judged, cyclonus knows NetworkPolicies only: ${unjudged.join(', ')}.`];
  return [`# Network of ${title}`, '', ...HEAD, ...others, ...tables, ''].join('\n');
}

function answer(verdicts: readonly Verdict[]): string {
  const answers = verdicts.map(({ out, in: into }): string => (out && into ? 'yes' : out ? 'no (in)' : into ? 'no (out)' : 'no'));
  return ['yes', 'no (in)', 'no (out)'].find((each) => answers.includes(each)) ?? 'no';
}

/** What differs between two files, cell by cell. */
export function differences(committed: string, current: string): string[] {
  const [before, after] = [cellsOf(committed), cellsOf(current)];
  const changed = [...after].flatMap(([place, value]) => {
    const old = before.get(place);
    return old === value ? [] : [`${place}: ${old === undefined ? 'is new' : `was ${old}, is`} ${value}`];
  });
  const gone = [...before].filter(([place]) => !after.has(place)).map(([place, value]) => `${place}: was ${value}, is gone`);
  return changed.length + gone.length === 0 && committed !== current ? ['the text around the tables is another'] : [...changed, ...gone];
}

/** Cells by `from storefront → catalogue 8080`. */
function cellsOf(markdown: string): Map<string, string> {
  const cells = new Map<string, string>();
  let head: string[] = [];
  for (const line of markdown.split('\n')) {
    const [name = '', ...values] = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : [];
    if (name === '') head = [];
    else if (head.length === 0) head = [name, ...values];
    else if (name !== '---') {
      values.forEach((value, index) => {
        const column = head[index + 1] ?? '';
        cells.set(head[0] === 'to' ? `${column} → ${name}` : `${name} → ${column}`, value);
      });
    }
  }
  return cells;
}
