// npm run conformance [-- FOLDER=VERSION …]: the examples' goldens on real API servers, and under policy checkers.
import { applySpecimen } from './apply.js';
import { ClusterKit } from './control-plane.js';
import { POLICY_CHECKERS } from './policy-checkers.js';
import { Report } from './report.js';
import { specimens, type Specimen } from './specimens.js';

const report = new Report();
let kit: ClusterKit | undefined;

async function onVersion(version: string, each: Specimen[]): Promise<void> {
  if (kit === undefined) return;
  const using = kit;
  let plane: Awaited<ReturnType<ClusterKit['start']>> | undefined;
  await report.phase(`${version} control plane started, CRDs loaded`, async () => {
    plane = await using.start(version);
    await using.loadCrds(plane);
    return [];
  });
  if (plane === undefined) return;
  const started = plane;
  for (const specimen of each) {
    try {
      await applySpecimen(started, specimen, report);
    } catch (error) {
      await report.phase(`${version} ${specimen.title}: carried through`, () => Promise.reject(error as Error));
    }
  }
  await report.phase(`${version} control plane stopped`, async () => {
    await using.stop(started);
    return [];
  });
}

async function main(): Promise<void> {
  let all: Specimen[] = [];
  const ready = await report.phase('the goldens and the cluster kit are found', () => {
    kit = new ClusterKit();
    all = specimens(process.argv.slice(2));
    return Promise.resolve([]);
  });
  if (!ready) return;
  const versions = [...new Set(all.map((specimen) => specimen.version))];
  const built = await report.phase(`control planes ${versions.join(' and ')} built`, async () => {
    await kit?.build(versions);
    return [];
  });
  for (const version of built ? versions : []) await onVersion(version, all.filter((specimen) => specimen.version === version));
  for (const checker of POLICY_CHECKERS) {
    const installed = await report.phase(`${checker.title} installed`, async () => {
      await checker.install();
      return [];
    });
    for (const specimen of installed ? all : []) await report.phase(`${checker.title} on ${specimen.title}`, () => checker.check(specimen));
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    console.log(`${signal}: stopping the control planes`);
    void (kit?.stopAll() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}

try {
  await main();
} finally {
  await kit?.stopAll();
  console.log(`${report.passed} passed, ${report.failed} failed`);
}
process.exitCode = report.failed === 0 ? 0 : 1;
