// The pages of the repository: links point at files that are there, and the programs of the root README, of packages/testing and of
// the pages in docs/ compile, run and give what the pages show. (The READMEs of jsii packages and the docstrings behind docs/api are
// compiled by jsii-rosetta, in each package's `check`.)
//
// In a page, each fence of TypeScript is a program of its own, one that ends in `app.synth()` runs, and so do
//   ```ts main.ts       a file that other programs of the page import, or read: any language, if a name with an ending follows
//   ```ts fails         a program that must fail
//   ```ts main.test.ts  tests, which must pass
// A fence of YAML without a name must be in what the programs, or an example, give; a line of text with an error code in it, among
// what the programs of its page print.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

// What is written for whoever calls it, and isn't a jsii package.
const PAGES = ['README.md', 'packages/testing/README.md'];
const SCRATCH = 'node_modules/.cache/keelson-pages';
const run = promisify(execFile);
const faults = [];
let passed = 0;
const check = (ok, fault) => {
  if (ok) passed++;
  else faults.push(fault);
};

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' }).split('\n').filter(existsSync);
tracked.forEach(checkLinks);

rmSync(SCRATCH, { recursive: true, force: true });
const pages = tracked.filter(page => PAGES.includes(page) || (page.startsWith('docs/') && !page.startsWith('docs/api/'))).map(read).filter(hasPrograms);
if (pages.length > 0) {
  pages.forEach(write);
  await must('the programs of the pages must compile', ['node_modules/typescript/bin/tsc', '-p', SCRATCH]);
  await Promise.all(pages.map(checkPage));
}

faults.forEach(fault => console.error(`docs: ${fault}`));
console.log(`docs: ${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 ? 1 : 0;

function checkLinks(page) {
  const slug = heading => heading.toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').trim().replaceAll(' ', '-');
  const anchorsIn = text => [
    ...text.split('\n').filter(line => /^#+ /.test(line)).map(line => slug(line.replace(/^#+ /, ''))),
    ...[...text.matchAll(/<a id="([^"]*)"><\/a>/g)].map(match => match[1]),
  ];
  const text = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '');
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path, anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    check(existsSync(file), `${page} must link to a file that is there, got ${target}`);
    if (anchor !== undefined && existsSync(file) && file.endsWith('.md')) {
      check(anchorsIn(readFileSync(file, 'utf8')).includes(anchor), `${page} must link to a heading that is there, got ${target}`);
    }
  }
}

/** The fences of a page; those without a name that are TypeScript are called by their number. */
function read(page) {
  const fences = [...readFileSync(page, 'utf8').matchAll(/^( *)```(\w*) ?([^\n]*)\n([\s\S]*?)^\1```/gm)]
    .map(([, indent, language, info, indented], i) => {
      const text = indented.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
      const words = info.split(' ');
      const isTs = language === 'ts' || language === 'typescript';
      const named = words.find(word => /^[\w./-]+\.\w+$/.test(word));
      return { language, isTs, text, named: named !== undefined, file: named ?? (isTs ? `fence-${i + 1}.ts` : undefined), fails: words.includes('fails') };
    });
  return { page, dir: join(SCRATCH, page.replace(/\.md$/, '')), fences };
}

function hasPrograms({ fences }) {
  return fences.some(({ isTs }) => isTs);
}

function write({ dir, fences }) {
  // As `cdk8s init` makes a repository.
  writeIn(SCRATCH, 'package.json', JSON.stringify({ type: 'commonjs' }));
  writeIn(SCRATCH, 'tsconfig.json', JSON.stringify({
    extends: resolve('tsconfig.base.json'),
    compilerOptions: { noEmit: true, declaration: false, noUnusedLocals: false, module: 'es2022', moduleResolution: 'bundler' },
    include: ['**/*.ts'],
  }));
  fences.filter(({ file }) => file !== undefined).forEach(({ file, text }) => writeIn(dir, file, text));
}

async function checkPage({ page, dir, fences }) {
  const programs = fences.filter(({ isTs, text }) => isTs && text.includes('app.synth()'));
  if (fences.some(({ file }) => file?.endsWith('.test.ts'))) {
    await must(`${page}: its tests must pass`, ['node_modules/vitest/vitest.mjs', 'run', '--root', dir]);
  }
  const said = await Promise.all(programs.map(({ file, fails }, i) => must(`${page}: ${file} must ${fails ? 'fail' : 'run'}`, ['--import', 'tsx', file], {
    cwd: dir, env: { ...process.env, CDK8S_OUTDIR: `dist/${i + 1}` },
  }, fails)));
  const yaml = [...yamlIn(dir), ...examples()].map(file => unindented(readFileSync(file, 'utf8')));
  for (const { text } of fences.filter(({ language, named }) => /^ya?ml$/.test(language) && !named)) {
    // An excerpt may leave lines out where it has a line of `# …`; what is between two of them stands in the output as it is.
    for (const piece of text.split(/^\s*#? ?(?:…|\.\.\.).*$/m).map(unindented).filter(lines => lines !== '')) {
      check(yaml.some(made => made.includes(piece)), `${page} shows YAML that neither its programs nor an example give:\n${piece}`);
    }
  }
  // The front page shows mistakes that its program, which is right, doesn't make.
  const shown = page === 'README.md' ? [] : fences.filter(({ language }) => language === 'text').flatMap(({ text }) => text.split('\n'));
  for (const line of shown.filter(text => /\b[A-Z]{3,}\d{4}\b/.test(text))) {
    check(said.some(text => text.includes(line.trim())), `${page} shows what none of its programs prints:\n${line}`);
  }
}

/** Runs Node and gives what it printed on standard error. */
async function must(what, args, options = {}, fail = false) {
  const { error, stdout, stderr } = await run(process.execPath, args, options).catch(error => ({ error, ...error }));
  check((error !== undefined) === fail, `${what}:\n${stdout}${stderr}`);
  return stderr;
}

function unindented(text) {
  return text.split('\n').map(line => line.trim()).filter(line => line !== '').join('\n');
}

function writeIn(dir, file, text) {
  mkdirSync(dirname(join(dir, file)), { recursive: true });
  writeFileSync(join(dir, file), text);
}

function yamlIn(dir) {
  return readdirSync(dir, { recursive: true }).filter(file => file.endsWith('.k8s.yaml')).map(file => join(dir, file));
}

function examples() {
  return readdirSync('examples').map(name => join('examples', name, 'dist')).filter(existsSync).flatMap(yamlIn);
}
