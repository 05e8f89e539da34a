// Runs in an example: `cdk8s synth` into a scratch folder must give the committed dist/, byte for byte, twice.
// `npm run synth` writes dist/ anew; read its diff as you read code.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const example = basename(process.cwd());
const scratch = mkdtempSync(join(tmpdir(), `golden-${example}-`));
const filesOf = dir => readdirSync(dir, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)).sort();
const contents = dir => filesOf(dir).map(file => [file.slice(dir.length), readFileSync(file, 'utf8')]);
const synth = name => {
  const out = join(scratch, name);
  execFileSync('cdk8s', ['synth', '--check-upgrade=false', '--output', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  return out;
};

let failed = 0;
try {
  const first = synth('first');
  if (JSON.stringify(contents(first)) !== JSON.stringify(contents(synth('second')))) {
    failed++;
    console.error(`golden ${example}: two runs of synth differ`);
  }
  if (JSON.stringify(contents(first)) !== JSON.stringify(contents('dist'))) {
    failed++;
    console.error(`golden ${example}: dist/ is not what synth gives now; run npm run synth and read the diff`);
    spawnSync('git', ['--no-pager', 'diff', '--no-index', '--stat', '-p', 'dist', first], { stdio: 'inherit' });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`golden ${example}: ${2 - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
