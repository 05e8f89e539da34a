// The lockfile names no registry and no machine: it must hold wherever it is installed (.npmrc keeps it so).
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const faults = Object.entries(packages)
  .filter(([path, { resolved, link }]) => resolved !== undefined && !(link === true && path === `node_modules/${packages[resolved]?.name}`))
  .map(([path, { resolved }]) => `${path} must not be resolved to an address, got ${resolved}: npm install with the committed .npmrc`);
const unpinned = Object.entries(packages)
  .filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true && entry.integrity === undefined && entry.inBundle !== true)
  .map(([path]) => `${path} must have an integrity`);
faults.push(...unpinned);
// A registry that lags behind on one platform's binary leaves it out of the lockfile, and `npm ci` refuses the whole of it.
const locked = new Set(Object.keys(packages).map(path => path.replace(/^.*node_modules\//, '')));
for (const [path, { optionalDependencies }] of Object.entries(packages)) {
  const lost = Object.keys(optionalDependencies ?? {}).filter(name => !locked.has(name));
  if (lost.length > 0) faults.push(`${path} must have all its optional dependencies, lacks ${lost.join(', ')}: take a version that has them`);
}
for (const name of Object.keys(packages).filter(path => path.endsWith('node_modules/backport'))) {
  if (packages[name].name !== 'empty-npm-package') faults.push(`${name} must be overridden away (root package.json, overrides)`);
}
faults.forEach(fault => console.error(`lockfile: ${fault}`));
console.log(`lockfile: ${faults.length > 0 ? 0 : 1} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 ? 1 : 0;
