import { expect, test } from 'vitest';
import { Summary } from '../src/summary.js';
import { Item } from '../src/wave/item.js';

test('the table has a line for each version, in order, and the figures beside them', () => {
  const summary = new Summary();
  const item = new Item({ title: 'shop', version: '1.36', files: [], objects: [{}, {}] });
  item.rejected = 1;
  summary.addRow({ version: '1.36', what: 'random apps', apps: 300, objects: 1800, rejected: 0, warnings: 2, drift: 0 });
  summary.add('1.27', 'examples', [item]);
  summary.note('checkov', '0 findings');
  expect(summary.table()).toBe([
    'version  what         apps  objects  rejected  warnings  drift',
    '1.27     examples        1        2         1         0      0',
    '1.36     random apps   300     1800         0         2      0',
    'checkov: 0 findings',
  ].join('\n'));
  expect(JSON.parse(summary.json())).toMatchObject({ versions: [{ version: '1.27', rejected: 1 }, { version: '1.36', apps: 300 }], checkov: '0 findings' });
});
