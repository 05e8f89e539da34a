import { basename, join } from 'node:path';
import { checkAdmission } from './admission/admission-check.js';
import type { Asked } from './asked.js';
import type { Binaries } from './control-plane/binaries.js';
import { ControlPlane } from './control-plane/control-plane.js';
import { gatewayApiOf, loadCrds } from './control-plane/crds.js';
import { isAtLeast, isEmulated, type Version } from './control-plane/versions.js';
import { randomOnServer } from './dry-run.js';
import { examplesFor, synthesizeInto } from './examples.js';
import { growth } from './growth/growth.js';
import { LEVELS, needlessLevels, staleLevels } from './levels.js';
import { manifestsIn, releasedOf, specimensFor, type Manifests } from './manifests.js';
import { negativeControl } from './negative/control.js';
import type { Options } from './options.js';
import { podSecurityAgreement } from './pod-security/agreement.js';
import type { Outcome, Report } from './report.js';
import type { Summary } from './summary.js';
import { servedFaults } from './served/check.js';
import { CHECKS, Item } from './wave/item.js';
import { prepareCluster, wave } from './wave/wave.js';

/** More of them say nothing new. */
const MOST_PODS = 3000;

/** What all versions of a run have in common. */
export interface Run {
  readonly options: Options;
  readonly goldens: readonly Manifests[];
  readonly report: Report;
  readonly summary: Summary;
  readonly asked: Asked;
}

/** Everything that is asked of one Kubernetes version. */
export async function onVersion(version: Version, binaries: Binaries, run: Run): Promise<void> {
  const { options: { parts, folders }, report } = run;
  const { name } = version;
  let plane: ControlPlane | undefined;
  await report.phase(`${name} control plane started, CRDs loaded${isEmulated(version) ? ` (${version.built} emulates it)` : ''}`, async () => {
    plane = await ControlPlane.start(version, binaries);
    await loadCrds(plane);
    await prepareCluster(plane);
    if (!isEmulated(version)) run.summary.addProgram(`Kubernetes ${name}`, String((await plane.client.send('GET', '/version')).object.gitVersion));
    return [];
  });
  if (plane === undefined) return;
  const started = plane;
  try {
    const given = folders.filter((each) => each.version === name).map(({ path }) => new Item(manifestsIn(path, basename(path), name)));
    if (folders.length > 0) await carry(started, 'named', given, run);
    else if (parts.has('manifests') || parts.has('upgrade')) await examples(started, run);
    if (parts.has('negative') && !isEmulated(version)) {
      await report.phase(`${name} wrong manifests are caught`, async (progress) => {
        const outcome = await negativeControl(started, progress);
        run.asked.add('negative', outcome.passed + outcome.failed);
        return outcome;
      });
    }
    if (parts.has('growth') && !isEmulated(version)) {
      await report.phase(`${name} volumes of a database grow by the recipe, and its pods stay`, async (progress) => {
        run.asked.add('growth', 1);
        return growth(started, progress);
      });
    }
    if (parts.has('admission') && isAtLeast(name, '1.30')) {
      await report.phase(`${name} a tenant's admission refuses and admits what it should`, async (progress) => {
        const outcome = await checkAdmission(started, run.options.update, progress);
        run.asked.add('admission', outcome.passed + outcome.failed);
        return outcome;
      });
    }
    if (parts.has('random')) await random(started, version, run);
  } finally {
    await report.phase(`${name} control plane stopped`, async () => {
      await started.stop();
      return [];
    });
  }
}

/** Takes apps through the cluster, those of one namespace one after the other. */
async function carry(plane: ControlPlane, what: string, items: readonly Item[], { report, summary, asked }: Run): Promise<void> {
  const { version } = plane;
  for (const [index, apart] of withoutSharedNamespaces(items).entries()) {
    const title = index === 0 ? what : `${what}, in the same namespaces`;
    await report.phase(`${version} ${title}: applied, stored whole, rolled out, unchanged, rights, deleted`, async (progress) => {
      await wave(plane, apart, progress);
      return outcome(apart);
    });
  }
  if (items.length > 0) summary.add(version, what, items);
  asked.add(what === 'upgrades' ? 'upgrade' : 'manifests', items.length);
}

async function examples(plane: ControlPlane, run: Run): Promise<void> {
  const { version } = plane;
  const { options: { parts }, goldens, report } = run;
  let apps: Manifests[] = [];
  let shown: Item[] = [];
  await report.phase(`${version} examples and specimens are there`, async () => {
    apps = await examplesFor(version, goldens, synthesizeInto(join(plane.folder, 'examples')));
    shown = parts.has('manifests') ? specimens(version) : [];
    return parts.has('manifests') ? staleLevels(shown.map(({ title }) => title)) : [];
  });
  if (parts.has('manifests')) {
    await report.phase(`${version} rules of roles name what is served`, () => servedFaults(plane.client, version));
    await report.phase(`${version} specimens have the lowest level that admits them`, () => needlessLevels(plane.client, shown));
    await carry(plane, 'examples and specimens', [...shown, ...apps.map((each) => new Item(each))], run);
  }
  if (parts.has('upgrade')) {
    await carry(plane, 'upgrades', apps.flatMap((each) => releasedOf(each).map((before) => new Item(each, {}, before))), run);
  }
}

async function random(plane: ControlPlane, version: Version, { options, report, summary, asked }: Run): Promise<void> {
  const { name } = version;
  // What an emulated version drops without a word shows in few; its validation is the newest's, which has them all.
  const apps = isEmulated(version) ? Math.min(options.apps, Math.max(50, Math.round(options.apps / 10))) : options.apps;
  await report.phase(`${name} random apps: what we accept, the API server accepts`, async (progress) => {
    const { row, figure, ...result } = await randomOnServer(plane, gatewayApiOf(name), { ...options, apps }, progress);
    asked.add('random', row.apps);
    summary.addRow(row);
    summary.addRandom(figure);
    return result;
  });
  // An emulated version has the rules of the one that emulates it.
  if (isEmulated(version)) return;
  await report.phase(`${name} pods that we say their Namespace refuses, it refuses`, () => podSecurityAgreement(plane, Math.min(10 * apps, MOST_PODS), options.seed));
}

function specimens(version: string): Item[] {
  return specimensFor(version).map((each) => {
    const level = LEVELS.get(each.title)?.level;
    return new Item(each, level === undefined ? {} : { level });
  });
}

/** In as few groups as it takes. */
function withoutSharedNamespaces(items: readonly Item[]): Item[][] {
  const groups: { readonly items: Item[]; readonly namespaces: Set<string> }[] = [];
  for (const item of items) {
    const own = item.objects.map(({ metadata }) => String((metadata as { namespace?: string }).namespace));
    const free = groups.find(({ namespaces }) => !own.some((each) => namespaces.has(each)));
    const group = free ?? { items: [], namespaces: new Set<string>() };
    if (group.items.length === 0) groups.push(group);
    group.items.push(item);
    own.forEach((each) => group.namespaces.add(each));
  }
  return groups.map((group) => group.items);
}

function outcome(items: readonly Item[]): Outcome {
  const failed = items.filter(({ faults }) => faults.length > 0);
  const objects = items.reduce((total, { objects: { length } }) => total + length, 0);
  return {
    passed: items.length - failed.length,
    failed: failed.length,
    faults: failed.flatMap((item) => [...item.faults].sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check)).map(({ check, text }) => `${item.title}: ${check}: ${text}`)),
    note: `${items.length} apps, ${objects} objects`,
  };
}
