import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

// Starts a bundle with V8's code cache: `node cached.cjs BUNDLE …`. Where there is no cache yet it is written at the end, when all
// functions that were needed have been compiled.
process.argv.splice(1, 1);
const bundle = process.argv[1] ?? '';
const cache = `${bundle}.cache`;
const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'utf8')}\n})`;
const script = new Script(source, { filename: bundle, cachedData });
if (script.cachedDataRejected === true) throw new Error('the code cache is of another Node');
const program = { exports: {} };
(script.runInThisContext() as (...args: unknown[]) => void)(program.exports, createRequire(bundle), program, bundle, dirname(bundle));
if (cachedData === undefined) process.on('exit', () => writeFileSync(cache, script.createCachedData()));
