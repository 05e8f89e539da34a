import { expect, test } from 'vitest';
import { VERSIONS } from '../src/control-plane/versions.js';
import { page } from '../src/page.js';
import { Summary, type Figures } from '../src/summary.js';
import { Item } from '../src/wave/item.js';

function filled(): Summary {
  const summary = new Summary();
  const item = new Item({ title: 'shop', version: '1.36', files: [], objects: [{}, {}] });
  item.rejected = 1;
  summary.addRow({ version: '1.36', what: 'random apps', apps: 300, objects: 1800, rejected: 0, warnings: 2, drift: 0 });
  summary.add('1.27', 'examples', [item]);
  summary.addRandom({ version: '1.36', seed: 7, apps: 300, objects: 1800, objectsPerSecond: 150, refused: 100, findings: 1 });
  summary.addChecker({ title: 'checkov', findings: 3, allowed: 2 });
  summary.addReachability({ seed: 1, verdicts: 100_000, allowed: 60_642, different: 2 });
  summary.addProgram('Kubernetes 1.36', 'v1.36.3');
  return summary;
}

const figuresOf = (summary: Summary): Figures => JSON.parse(summary.json({ passed: 1234, failed: 1 })) as Figures;

test('the table has a line for each version, in order, and the figures beside them', () => {
  expect(filled().table()).toBe([
    'version  what         apps  objects  rejected  warnings  drift',
    '1.27     examples        1        2         1         0      0',
    '1.36     random apps   300     1800         0         2      0',
    '1.36: 150 objects a second in dry run, seed 7',
    'checkov: 3 findings, 2 of them allowed',
    'random policies: 100,000 verdicts, 60,642 of them allowed, 2 other than cyclonus\', seed 1',
  ].join('\n'));
  expect(figuresOf(filled())).toMatchObject({
    passed: 1234, failed: 1, versions: [{ version: '1.27', rejected: 1 }, { version: '1.36', apps: 300 }],
    random: [{ version: '1.36', seed: 7 }], checkers: [{ title: 'checkov' }], reachability: { verdicts: 100_000, different: 2 }, programs: { 'Kubernetes 1.36': 'v1.36.3' },
  });
});

test('the page shows every figure of a whole run, and how to repeat it', () => {
  const summary = filled();
  for (const { name } of VERSIONS) summary.add(name, 'upgrades', []);
  const text = page({ ...figuresOf(summary), remarks: ['A remark.'] });
  for (const line of [
    '1,234 passed, 1 failed', '\nA remark.\n', '| 1.27 | examples | 1 | 2 | 1 | 0 | 0 |', '| 1.36 | random apps | 300 | 1,800 | 0 | 2 | 0 |',
    '| 1.36 | 7 | 300 | 1,800 | 150 | 100 | 1 |', '| checkov | 3 | 2 |', '| 1 | 100,000 | 60,642 | 2 |', '| Kubernetes 1.36 | v1.36.3 |', '--apps 10000 --seed 7',
  ]) expect(text).toContain(line);
});

test('the page shows no part of a run', () => {
  expect(() => page(figuresOf(filled()))).toThrow('the documentation shows whole runs only, and this one has nothing on 1.33, 1.34, 1.35');
});
