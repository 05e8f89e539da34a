// npm run conformance: what the project renders, on real API servers and under policy checkers.
import { writeFileSync } from 'node:fs';
import { Asked } from './asked.js';
import { checkPolicies } from './checkers/policy-checks.js';
import { isInterrupted, interruptAll } from './command.js';
import { concurrently } from './concurrently.js';
import { binariesOf, type Binaries } from './control-plane/binaries.js';
import { ControlPlane } from './control-plane/control-plane.js';
import { checkEdge } from './edge/edge-check.js';
import { Stage } from './edge/stage.js';
import { goldens, releasedOf, type Manifests } from './manifests.js';
import { checkReachability } from './network/network-check.js';
import { onVersion } from './on-version.js';
import { optionsOf, USAGE, type Options } from './options.js';
import { publish } from './page.js';
import { compareEvaluators } from './reachability/reachability-check.js';
import { releaseFaults } from './released.js';
import { Report } from './report.js';
import { Summary } from './summary.js';

const NEED_A_CLUSTER = ['manifests', 'upgrade', 'negative', 'growth', 'admission', 'random'] as const;

const report = new Report();
const summary = new Summary();
const asked = new Asked();

async function main(options: Options): Promise<void> {
  if (options.parts.size > 0) await parts(options);
  if (options.edge) await checkEdge({ options, report });
}

async function parts(options: Options): Promise<void> {
  let all: Manifests[] = [];
  await report.phase('the goldens are found', () => {
    all = goldens();
    return Promise.resolve(all.length === 0 ? ["there are none: run 'npm run synth'"] : []);
  });
  if (NEED_A_CLUSTER.some((part) => options.parts.has(part))) await clusters(all, options);
  if (options.parts.has('policies')) await policies(all, options);
  if (options.parts.has('network')) await network(all, options);
  if (options.parts.has('reachability')) await evaluators(all, options);
  if (!options.buildOnly) await report.phase('every part had something to look at', () => Promise.resolve(asked.faults(options)));
}

async function clusters(all: readonly Manifests[], options: Options): Promise<void> {
  let binaries: Map<string, Binaries> | undefined;
  await report.phase('control planes built', async (progress) => {
    binaries = await binariesOf([...new Set(options.versions.map(({ built }) => built))], progress);
    return [];
  });
  const built = binaries;
  if (built === undefined || options.buildOnly) return;
  if (options.parts.has('upgrade')) await report.phase('each golden has an earlier one', () => Promise.resolve(releaseFaults(all, releasedOf)));
  await concurrently(options.versions, options.jobs, async (version) => {
    const programs = built.get(version.built);
    if (programs !== undefined) await onVersion(version, programs, { options, goldens: all, report, summary, asked });
  });
}

async function policies(all: readonly Manifests[], { buildOnly }: Options): Promise<void> {
  for (const { title, install, control, check } of checkPolicies(all)) {
    if (!await installed(title, install) || buildOnly) continue;
    await report.phase(`${title} finds what is wrong in a bad app`, control);
    await report.phase(`${title} on all goldens`, async () => {
      const { findings, allowed, faults } = await check();
      asked.add('policies', all.length);
      summary.addChecker({ title, findings, allowed });
      return faults;
    });
  }
}

async function network(all: readonly Manifests[], { buildOnly, update }: Options): Promise<void> {
  const { title, install, control, check } = checkReachability(all, { update });
  if (!await installed(title, install) || buildOnly) return;
  await report.phase('who may talk to whom is as committed', () => {
    asked.add('network', all.length);
    return check();
  });
  await report.phase('every rule of every policy shows in the tables', control);
}

async function evaluators(all: readonly Manifests[], { buildOnly, policySeed }: Options): Promise<void> {
  const { title, install, control, checkGoldens, check } = compareEvaluators(all, policySeed);
  if (!await installed(title, install) || buildOnly) return;
  await report.phase('random policies show what an evaluator gets wrong', control);
  await report.phase(`@keelson/testing says of all goldens what ${title} says`, async () => {
    const { verdicts, faults } = await checkGoldens();
    return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, faults, note: `${verdicts.toLocaleString('en')} verdicts` };
  });
  await report.phase(`@keelson/testing says of random policies what ${title} says`, async (progress) => {
    const { figure, faults } = await check(progress);
    asked.add('reachability', figure.verdicts);
    summary.addReachability(figure);
    return faults;
  });
}

function installed(title: string, install: () => Promise<void>): Promise<boolean> {
  return report.phase(`${title} installed`, async () => {
    await install();
    return [];
  });
}

async function stop(): Promise<void> {
  interruptAll();
  await Promise.all([ControlPlane.stopAll(), Stage.stopAll()]);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    if (isInterrupted()) return;
    report.print(`${signal}: stopping the control planes`);
    void stop().finally(() => process.exit(130));
  });
}

async function start(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  if (options.docs) {
    publish(options.json);
    return;
  }
  await main(options);
  if (!options.buildOnly && options.parts.size > 0) report.print(summary.table());
  if (options.json !== undefined) writeFileSync(options.json, summary.json(report));
}

try {
  await start();
} catch (error) {
  await report.phase('the run', () => Promise.reject(error as Error));
} finally {
  await stop();
  if (report.passed + report.failed > 0) console.log(`${report.passed} passed, ${report.failed} failed`);
}
process.exitCode = report.failed === 0 ? 0 : 1;
