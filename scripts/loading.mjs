// Runs in a jsii package: what only plain node can show of the compiled files (see lazy-index.mjs).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
const root = realpathSync(process.cwd());

/** What requiring the package, or one of its files, and then running `code` on it (`lib`) loads: own files, and foreign packages. */
const loaded = (code, from = name) => {
  const script = `const lib = require(${JSON.stringify(from)}); ${code}; console.log(JSON.stringify(Object.keys(require.cache)))`;
  const files = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
  return {
    own: files.filter(f => f.startsWith(root + sep)).map(f => f.slice(root.length + 1).replaceAll('\\', '/')),
    foreign: new Set(files.flatMap(f => f.replaceAll('\\', '/').match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [])),
  };
};

/** Classes and enums by the compiled file they are in, as jsii saw them. */
const files = new Map();
for (const type of Object.values(assembly.types ?? {})) {
  if (type.kind === 'interface') continue;
  const file = type.locationInModule.filename.replace(/^src\/(.*)\.ts$/, 'lib/$1.js');
  files.set(file, [...(files.get(file) ?? []), type.name]);
}

let passed = 0;
const check = (what, run) => {
  try {
    run();
    passed++;
  } catch (error) {
    process.exitCode = 1;
    console.error(`loading ${name}: ${what}: ${error.message}`);
  }
};
const checks = [
  ['require() loads the index only', () => {
    const { own, foreign } = loaded('');
    assert.deepEqual(own, ['lib/index.js']);
    assert.deepEqual([...foreign], []);
  }],
  ['a name loads the bundle, and nothing beside it', () => {
    if (files.size === 0) return;
    const [[first]] = files.values();
    assert.deepEqual(loaded(`lib.${first}`).own, ['lib/index.js', 'lib/bundle.js']);
  }],
  ['a file of the bundle needs itself and a few others, never all', () => {
    // The bundle runs what these files, which it is made of, require.
    const counts = [...files].map(([file, [first]]) => {
      const { own } = loaded(`if (lib.${first} === undefined) throw new Error('${first} is not in ${file}')`, join(root, file));
      return own.length;
    });
    assert.ok(files.size < 5 || Math.min(...counts) <= 2, `the smallest file must need at most one other, needs ${Math.min(...counts) - 1}`);
  }],
  ['all names together load cdk8s, constructs and our own only', () => {
    const { foreign } = loaded('Object.values(lib)');
    const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    const allowed = new Set(Object.keys(peerDependencies));
    // What cdk8s itself loads is cdk8s' own affair; cdk8s-plus-27 is what must never come.
    const cdk8s = new Set(JSON.parse(execFileSync(process.execPath, ['-e',
      "require('cdk8s'); console.log(JSON.stringify(Object.keys(require.cache)))"], { encoding: 'utf8' }))
      .flatMap(f => f.replaceAll('\\', '/').match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
    assert.deepEqual([...foreign].filter(p => !allowed.has(p) && !cdk8s.has(p)), []);
    assert.ok(![...foreign].some(p => p.startsWith('cdk8s-plus')));
  }],
  ['import { X } works from an ES module for every class and enum', () => {
    const names = [...files.values()].flat();
    if (names.length === 0) return;
    const code = `import { ${names.join(', ')} } from ${JSON.stringify(name)}; console.log([${names.join(', ')}].every(x => x !== undefined))`;
    assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }), 'true\n');
  }],
];
checks.forEach(([what, run]) => check(what, run));
console.log(`loading ${name}: ${passed} passed, ${checks.length - passed} failed`);
