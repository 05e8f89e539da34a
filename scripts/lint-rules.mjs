// Shows that each lint rule we lean on fires, and leaves the right form alone: a rule that was
// switched off by a bad selector is silent otherwise. Needs no fixtures: it lints texts under the names of real files.
import { ESLint } from 'eslint';

const API = 'packages/core/src/faults.ts';
const BRIDGE = 'packages/plus/src/to-plus.ts';
const PRIVATE = 'packages/core/src/private/render.ts';
const TEST = 'packages/core/test/labels.test.ts';
const SCRIPT = 'scripts/golden.mjs';
const inClass = member => `/** A thing. */\nexport class Thing {\n  /** A member. */\n  ${member}\n}\n`;
const inStruct = member => `/** A thing. */\nexport interface ThingProps {\n  /** A member. */\n  ${member}\n}\n`;
const inTest = text => `import { expect, test } from 'vitest';\n${text}\n`;

/** Rule, file, a text it refuses, a text it takes. */
const CASES = [
  ['no-restricted-syntax', API, '/** F. */\nexport function f(): void {}\n', inClass('public static f(): void {}')],
  ['no-restricted-syntax', API, '/** A. */\nexport const A = 1;\n', inClass('public static readonly A = 1;')],
  ['no-restricted-syntax', API, "/** A. */\nexport type A = 'a';\n", "/** A. */\nexport enum A {\n  /** A. */\n  ONE = 'one',\n}\n"],
  ['no-restricted-syntax', API, inStruct("readonly a: 'x' | 'y';"), inStruct('readonly a?: string;')],
  ['no-restricted-syntax', API, inClass('public f(a: string | number): string { return `${a}`; }'), inClass('public f(a: string | undefined): string { return a ?? ""; }')],
  ['no-restricted-syntax', API, inClass("public f(): 'x' | 'y' { return 'x'; }"), inClass('public f(): string | undefined { return undefined; }')],
  ['no-restricted-syntax', API, inClass('public readonly a: string | number = 1;'), inClass('public readonly a: string | undefined;')],
  ['no-restricted-syntax', API, inClass('public f(a: string): void;\n  public f(a: number): void;\n  public f(a: unknown): void { void a; }'), inClass('public f(a: string): void { void a; }')],
  ['no-restricted-syntax', API, inClass('public f<T>(a: T): T { return a; }'), inClass('private f<T>(a: T): T { return a; }')],
  ['no-restricted-syntax', API, inClass('public equals(): boolean { return true; }'), inClass('public sameAs(): boolean { return true; }')],
  ['no-restricted-syntax', API, 'let count = 0;\n/** C. */\nexport class C {\n  private n = count++;\n}\n', 'const seen = new WeakMap<object, string>();\nvoid seen;\n'],
  ['no-restricted-syntax', PRIVATE, 'export const f = (props: { a?: number }) => ({ a: 1, ...props });\n', 'export const f = (props: { a?: number }) => ({ ...props, a: props.a ?? 1 });\n'],
  ['no-restricted-imports', API, "import * as kplus from 'cdk8s-plus-27';\nvoid kplus;\n", "import { Construct } from 'constructs';\nvoid Construct;\n"],
  ['no-restricted-imports', PRIVATE, "import { findings } from '@keelson/testing';\nvoid findings;\n", "import { sep } from 'node:path';\nvoid sep;\n"],
  ['ts/no-restricted-imports', BRIDGE, "import { Pod } from 'cdk8s-plus-27';\nvoid Pod;\n", "import type { Pod } from 'cdk8s-plus-27';\nexport type { Pod };\n"],
  ['ts/no-restricted-imports', BRIDGE, "import { WebApp } from '@keelson/web';\nvoid WebApp;\n", "import { Port } from '@keelson/core';\nvoid Port;\n"],
  ['jsdoc/require-jsdoc', API, 'export class C {}\n', '/** C. */\nexport class C {}\n'],
  ['jsdoc/require-jsdoc', API, '/** P. */\nexport interface P {\n  readonly a: string;\n}\n', inStruct('readonly a: string;')],
  ['jsdoc/require-jsdoc', API, '/** C. */\nexport class C {\n  public f(): void {}\n}\n', inClass('public f(): void {}')],
  ['ts/no-explicit-any', PRIVATE, 'export const f = (a: any): string => `${a}`;\n', 'export const f = (a: string): string => a;\n'],
  ['ts/prefer-nullish-coalescing', PRIVATE, 'export const f = (a?: { b: string }) => a || { b: "" };\n', 'export const f = (a?: { b: string }) => a ?? { b: "" };\n'],
  ['ts/strict-boolean-expressions', PRIVATE, 'export const f = (a?: number) => (a ? 1 : 2);\n', 'export const f = (a?: number) => (a !== undefined ? 1 : 2);\n'],
  ['ts/strict-boolean-expressions', PRIVATE, 'export const f = (a: string) => (a ? 1 : 2);\n', "export const f = (a: string) => (a !== '' ? 1 : 2);\n"],
  ['ts/no-floating-promises', PRIVATE, 'export const f = (a: Promise<void>): void => { a; };\n', 'export const f = async (a: Promise<void>): Promise<void> => { await a; };\n'],
  ['max-lines', PRIVATE, '// line\n'.repeat(301), '// line\n'.repeat(300)],
  ['vitest/expect-expect', TEST, inTest("test('adds', () => {});"), inTest("test('adds', () => { expect(1).toBe(1); });")],
  ['vitest/valid-expect', TEST, inTest("test('adds', () => { expect(1); });"), inTest("test('adds', () => { expect(1).toBe(1); });")],
  ['vitest/valid-expect', TEST, inTest("test('adds', () => { expect(1).toBeDefined; });"), inTest("test('adds', () => { expect(1).toBeDefined(); });")],
  ['vitest/no-focused-tests', TEST, inTest("test.only('adds', () => { expect(1).toBe(1); });"), inTest("test('adds', () => { expect(1).toBe(1); });")],
  ['keelson/file-name', 'scripts/golden_check.mjs', '\n', '\n', SCRIPT],
  ['keelson/file-name', 'scripts/utils.mjs', '\n', '\n', SCRIPT],
  ['keelson/file-name', 'scripts/helpers/dates.mjs', '\n', '\n', SCRIPT],
  ['no-undef', SCRIPT, 'consol.log(1);\n', 'console.log(1);\n'],
];

const eslint = new ESLint();
const rulesIn = async (text, filePath) => (await eslint.lintText(text, { filePath }))[0].messages;
let failed = 0;
const expectThat = (ok, what, messages) => {
  if (ok) return;
  failed++;
  console.error(`lint-rules: ${what}${messages.map(m => `\n    ${m.ruleId ?? 'error'}: ${m.message}`).join('')}`);
};

for (const [rule, file, bad, good, goodFile = file] of CASES) {
  const refused = await rulesIn(bad, file);
  expectThat(refused.some(m => m.ruleId === rule), `${rule} must refuse in ${file}:\n${bad}`, refused);
  const taken = await rulesIn(good, goodFile);
  expectThat(!taken.some(m => m.ruleId === rule || m.fatal), `${rule} must take in ${goodFile}:\n${good}`, taken);
}
console.log(`lint rules: ${CASES.length * 2 - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
