// Changesets name packages that are released, and before 1.0 are all `patch` (see .changeset/README.md).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifests = readdirSync('packages').map(dir => JSON.parse(readFileSync(join('packages', dir, 'package.json'), 'utf8')));
const released = new Map(manifests.filter(p => p.private !== true).map(p => [p.name, p.version]));
const faults = [];

const fixed = JSON.parse(readFileSync('.changeset/config.json', 'utf8')).fixed;
if (JSON.stringify(fixed) !== JSON.stringify([[...released.keys()].sort()])) {
  faults.push(`.changeset/config.json 'fixed' must be one group of every released package: ${[...released.keys()].sort().join(', ')}`);
}
if (new Set(released.values()).size > 1) faults.push(`released packages must have one version, got ${[...released.values()].join(', ')}`);

for (const file of readdirSync('.changeset').filter(f => f.endsWith('.md') && f !== 'README.md')) {
  const [, head, text] = /^---\n([\s\S]*?)---\n([\s\S]*)$/.exec(readFileSync(join('.changeset', file), 'utf8')) ?? [];
  if (head === undefined) {
    faults.push(`${file} must start with a --- block that names packages`);
    continue;
  }
  if (text.trim() === '') faults.push(`${file} must say what a user gains`);
  for (const line of head.trim().split('\n').filter(l => l !== '')) {
    const [, name, bump] = /^['"]?(@?[\w/-]+)['"]?: (\w+)$/.exec(line) ?? [];
    const version = released.get(name);
    if (version === undefined) faults.push(`${file} must name released packages, got ${line}`);
    else if (version.startsWith('0.') && bump !== 'patch') faults.push(`${file} must be a patch before 1.0, got ${line}`);
    else if (!['patch', 'minor', 'major'].includes(bump)) faults.push(`${file} must be a patch, minor or major, got ${line}`);
  }
}
faults.forEach(fault => console.error(`changesets: ${fault}`));
console.log(`changesets: ${faults.length > 0 ? 0 : 1} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 ? 1 : 0;
