// Compares the YAML of core's emitter with cdk8s' own on random documents: node scripts/fuzz-yaml.mjs [documents] [seed]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [documents = '100000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`${documents} documents, seed ${seed}`);
const { status } = spawnSync('npx', ['vitest', 'run', 'test/yaml-emitter.test.ts'], {
  cwd: fileURLToPath(new URL('../packages/core', import.meta.url)),
  env: { ...process.env, KEELSON_FUZZ_RUNS: documents, KEELSON_FUZZ_SEED: seed },
  stdio: 'inherit',
});
process.exit(status ?? 1);
