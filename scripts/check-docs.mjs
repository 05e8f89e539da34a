// The pages of the repository: links point at files that are there, and the root README's programs compile, run and
// give the YAML it shows. (The READMEs of jsii packages are compiled by jsii-rosetta, in each package's `check`.)
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const faults = [];
let passed = 0;
const check = (ok, fault) => {
  if (ok) passed++;
  else faults.push(fault);
};

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { encoding: 'utf8' }).split('\n').filter(existsSync);
const slug = heading => heading.toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').trim().replaceAll(' ', '-');
const anchors = file => readFileSync(file, 'utf8').split('\n').filter(line => /^#+ /.test(line)).map(line => slug(line.replace(/^#+ /, '')));

for (const page of tracked) {
  const text = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '');
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path, anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    check(existsSync(file), `${page} must link to a file that is there, got ${target}`);
    if (anchor !== undefined && existsSync(file) && file.endsWith('.md')) {
      check(anchors(file).includes(anchor), `${page} must link to a heading that is there, got ${target}`);
    }
  }
}

const readme = readFileSync('README.md', 'utf8');
const fences = language => [...readme.matchAll(new RegExp(`^\`\`\`${language}[^\\n]*\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(match => match[1]);
const programs = fences('(?:ts|typescript)');

if (programs.length > 0) {
  const dir = 'node_modules/.cache/keelson-readme';
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  programs.forEach((program, i) => writeFileSync(join(dir, `readme-${i + 1}.mts`), program));
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({
    extends: resolve('tsconfig.base.json'),
    compilerOptions: { noEmit: true, declaration: false, noUnusedLocals: false },
    include: ['*.mts'],
  }));
  const run = (what, file, args, options) => {
    try {
      execFileSync(file, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', ...options });
      passed++;
    } catch (error) {
      faults.push(`README.md: ${what}:\n${error.stdout}${error.stderr}`);
    }
  };
  run('its programs must compile', process.execPath, ['node_modules/typescript/bin/tsc', '-p', dir]);
  programs.forEach((program, i) => {
    if (!program.includes('app.synth()')) return;
    run(`program ${i + 1} must run`, process.execPath, ['--import', 'tsx', join(dir, `readme-${i + 1}.mts`)],
      { env: { ...process.env, CDK8S_OUTDIR: join(dir, 'dist') } });
  });
  const made = [...(existsSync(join(dir, 'dist')) ? yamlIn(join(dir, 'dist')) : []), ...examples()].map(file => readFileSync(file, 'utf8'));
  // An excerpt may leave lines out where it has a line of `# …`; what is between two of them stands in the output as it is.
  const unindented = text => text.split('\n').map(line => line.trim()).filter(line => line !== '').join('\n');
  for (const excerpt of fences('ya?ml')) {
    for (const piece of excerpt.split(/^\s*#? ?(?:…|\.\.\.).*$/m).map(unindented).filter(text => text !== '')) {
      check(made.some(yaml => unindented(yaml).includes(piece)), `README.md shows YAML that neither its programs nor an example give:\n${piece}`);
    }
  }
}

function yamlIn(dir) {
  return readdirSync(dir, { recursive: true }).filter(file => file.endsWith('.yaml')).map(file => join(dir, file));
}

function examples() {
  return readdirSync('examples').map(name => join('examples', name, 'dist')).filter(existsSync).flatMap(yamlIn);
}

faults.forEach(fault => console.error(`docs: ${fault}`));
console.log(`docs: ${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 ? 1 : 0;
