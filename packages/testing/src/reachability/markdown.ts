import type { Matrix, MatrixCell } from './matrix.js';
import type { Verdict } from './verdict.js';

/** A matrix as a Markdown table. */
export function markdownOf({ sources, columns, unjudged }: Matrix): string {
  const head = ['from', ...columns.map(({ destination, port }) => `${destination} ${port}`)];
  const rows = sources.map((source, index) => [source, ...columns.map(({ cells }) => answerOf(cells[index]?.verdict))]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [...lines, ...(unjudged.length === 0 ? [] : ['', `Not judged: ${unjudged.join(', ')}.`]), ''].join('\n');
}

/** `yes`, or who refuses. */
function answerOf(verdict: Verdict | undefined): string {
  if (verdict === undefined) return '–';
  if (verdict.allowed) return 'yes';
  return verdict.egress.allowed ? 'no (in)' : verdict.ingress.allowed ? 'no (out)' : 'no';
}

/** What a table says otherwise than a matrix: a cell each, and rows and columns that only one of them has. */
export function differences(table: string, matrix: Matrix): string[] {
  const expected = cellsOf(table);
  const actual = new Map(matrix.cells.map((cell) => [titleOf(cell), cell]));
  const missing = [...actual].filter(([title]) => !expected.has(title)).map(([title, { verdict }]) => `${title}: ${answerOf(verdict)}, and isn't in the table`);
  const changed = [...expected].flatMap(([title, answer]) => {
    const cell = actual.get(title);
    if (cell === undefined) return [`${title}: ${answer} in the table, and there is no such connection`];
    const current = answerOf(cell.verdict);
    const isMeant = answer === current || (answer === 'no' && current.startsWith('no'));
    return isMeant ? [] : [`${title}: ${answer} in the table, is ${current}${cell.verdict === undefined ? '' : `: ${cell.verdict.why}`}`];
  });
  return [...changed, ...missing];
}

/** Answers by `shop/web → data/orders 5432`. */
function cellsOf(table: string): Map<string, string> {
  const [head = [], , ...rows] = table.split('\n').map((line) => line.trim()).filter((line) => line.startsWith('|'))
    .map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
  return new Map(rows.flatMap(([source = '', ...answers]) => answers.map((answer, index): [string, string] => [`${source} → ${head[index + 1] ?? ''}`, answer])));
}

function titleOf({ source, destination, port }: MatrixCell): string {
  return `${source} → ${destination} ${port}`;
}
