import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const GUIDE = readFileSync(join(import.meta.dirname, '../../../docs/from-cdk8s-plus.md'), 'utf8');
const require = createRequire(import.meta.url);

interface Assembly {
  readonly types: Record<string, { readonly kind: string; readonly name: string; readonly namespace?: string }>;
}

/** What nobody writes: what their docstrings call internal, or return and never take. */
const NOT_WRITTEN = ['AbstractPod', 'Action', 'Resource'];

test('the guide says of every class of cdk8s-plus-27 what stands for it', () => {
  const { types } = JSON.parse(readFileSync(require.resolve('cdk8s-plus-27/.jsii'), 'utf8')) as Assembly;
  const classes = Object.values(types).filter(({ kind, namespace }) => kind === 'class' && namespace === undefined).map(({ name }) => name);
  expect(classes.length).toBeGreaterThan(60);
  const firstColumn = GUIDE.split('\n').filter(line => line.startsWith('|')).map(line => line.split('|')[1]).join(' ');
  const named = new Set(firstColumn.match(/\w+/g));
  expect(classes.filter(name => !named.has(name) && !NOT_WRITTEN.includes(name))).toEqual([]);
});
