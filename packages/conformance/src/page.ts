import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSIONS } from './control-plane/versions.js';
import { ROOT } from './manifests.js';
import type { Figures, ReachabilityFigure } from './summary.js';

const DOCS = join(ROOT, 'docs');

/** Writes docs/conformance.* from the figures of a run; without, the page anew from those there are. */
export function publish(json = join(DOCS, 'conformance.json')): void {
  const figures = JSON.parse(readFileSync(json, 'utf8')) as Figures;
  const text = page(figures);
  writeFileSync(join(DOCS, 'conformance.json'), `${JSON.stringify(figures, null, 2)}\n`);
  writeFileSync(join(DOCS, 'conformance.md'), text);
  console.log('docs/conformance.md and docs/conformance.json written');
}

/** docs/conformance.md, all of it from the figures of one run of everything. */
export function page(figures: Figures): string {
  const { measured, seconds, passed, failed, remarks, machine, programs, versions, random, checkers, reachability } = figures;
  const missing = VERSIONS.filter(({ name }) => versions.every((row) => row.version !== name)).map(({ name }) => name);
  if (missing.length > 0 || random.length === 0 || checkers.length === 0) {
    throw new Error(`the documentation shows whole runs only, and this one has ${missing.length > 0 ? `nothing on ${missing.join(', ')}` : 'no random apps or no checkers'}`);
  }
  return `# Conformance

<!-- Written by \`npm run conformance -- --docs\` from conformance.json: don't edit. -->

What the packages render, on real API servers and under policy checkers: ${passed.toLocaleString('en')} passed, ${failed.toLocaleString('en')} failed, on
${measured.slice(0, 10)}, in ${Math.round(seconds / 60)} minutes. [The package](../packages/conformance/README.md) says what is asked of each app.
${remarks.map((each) => `\n${each}\n`).join('')}
## On each Kubernetes version

${table(['version', 'what', 'apps', 'objects', 'rejected', 'warnings', 'drift'], versions.map((row) => [
  row.version, row.what, ...[row.apps, row.objects, row.rejected, row.warnings, row.drift].map((each) => each.toLocaleString('en')),
]))}

*rejected*: objects that the API server refuses. *drift*: objects that a second apply changes, or that \`kubectl diff\` shows once the
controllers have had their turn. Random apps are applied in dry run, the others run on simulated nodes.

## Random apps

${table(['version', 'seed', 'apps', 'objects', 'objects a second', 'more that we refuse', 'findings'], random.map((each) => [
  each.version, String(each.seed), ...[each.apps, each.objects, each.objectsPerSecond, each.refused, each.findings].map((count) => count.toLocaleString('en')),
]))}

Objects a second: drawing, synthesis and the API server's dry run together, beside whatever else runs on the machine. A finding is an app
that we accept and the API server doesn't.

## Policy checkers

${table(['checker', 'findings', 'allowed'], checkers.map(({ title, findings, allowed }) => [title, String(findings), String(allowed)]))}

What is allowed, and why, is in \`packages/conformance/src/allowed-findings.ts\`.

${reachability === undefined ? '' : networkPolicies(reachability)}## Machine and versions

${table(['what', 'which'], [
  ['machine', `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}`], ['when', measured], ...Object.entries(programs),
])}

## How to repeat it

\`\`\`sh
npm ci && npm run build
npm run conformance -- --apps 10000 --seed ${random[0]?.seed ?? 0} --json conformance.json
npm run conformance -- --docs --json conformance.json   # this page
\`\`\`
`;
}

function networkPolicies({ seed, verdicts, allowed, different }: ReachabilityFigure): string {
  return `## Random network policies

${table(['seed', 'verdicts', 'of them allowed', 'different'], [[String(seed), ...[verdicts, allowed, different].map((count) => count.toLocaleString('en'))]])}

By \`reachability\` of [@keelson/testing](../packages/testing/README.md) and by cyclonus.

`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
