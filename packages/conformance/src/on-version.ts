import { KUBERNETES_VERSIONS } from '@keelson/testing';
import type { Binaries } from './control-plane/binaries.js';
import { ControlPlane } from './control-plane/control-plane.js';
import { gatewayApiOf, loadCrds } from './control-plane/crds.js';
import type { Version } from './control-plane/versions.js';
import { randomOnServer } from './dry-run.js';
import { LEVELS } from './levels.js';
import { goldensFor, named, releasedOf, specimensFor, type Manifests } from './manifests.js';
import { negativeControl } from './negative/control.js';
import type { Options } from './options.js';
import type { Outcome, Report } from './report.js';
import type { Summary } from './summary.js';
import { CHECKS, Item } from './wave/item.js';
import { prepareCluster, wave } from './wave/wave.js';

/** Everything that is asked of one Kubernetes version. */
export async function onVersion(
  version: Version, binaries: Binaries, options: Options, goldens: readonly Manifests[], report: Report, summary: Summary,
): Promise<void> {
  const { name } = version;
  let plane: ControlPlane | undefined;
  await report.phase(`${name} control plane started, CRDs loaded${version.name === version.built ? '' : ` (${version.built} emulates it)`}`, async () => {
    plane = await ControlPlane.start(version, binaries);
    await loadCrds(plane);
    await prepareCluster(plane);
    return [];
  });
  if (plane === undefined) return;
  const started = plane;
  const carry = async (what: string, items: readonly Item[]): Promise<void> => {
    for (const [index, apart] of withoutSharedNamespaces(items).entries()) {
      const title = index === 0 ? what : `${what}, in the same namespaces`;
      await report.phase(`${name} ${title}: applied, stored whole, rolled out, unchanged, rights, deleted`, async (progress) => {
        await wave(started, apart, progress);
        return outcome(apart);
      });
    }
    if (items.length > 0) summary.add(name, what, items);
  };
  try {
    if (options.named.length > 0) await carry('named', options.named.map(named).filter((each) => each.version === name).map((each) => new Item(each)));
    else if (options.parts.has('manifests')) await carry('examples and specimens', [...specimens(name), ...goldensFor(name, goldens).map((each) => new Item(each))]);
    if (options.parts.has('upgrade') && options.named.length === 0) {
      await carry('upgrades', goldensFor(name, goldens).flatMap((each) => releasedOf(each).map((before) => new Item(each, {}, before))));
    }
    if (options.parts.has('negative') && version.name === version.built) {
      await report.phase(`${name} wrong manifests are caught`, (progress) => negativeControl(started, progress));
    }
    if (options.parts.has('random') && version.name === version.built) {
      await report.phase(`${name} random apps: what we accept, the API server accepts`, async (progress) => {
        const { row, objectsPerSecond, ...result } = await randomOnServer(started, gatewayApiOf(name), options, progress);
        summary.addRow(row);
        summary.note(`objects a second in dry run, ${name}`, objectsPerSecond);
        return result;
      });
    }
  } finally {
    await report.phase(`${name} control plane stopped`, async () => {
      await started.stop();
      return [];
    });
  }
}

function specimens(version: string): Item[] {
  if (!KUBERNETES_VERSIONS.some((each) => each === version)) throw new Error(`no specimens are made for ${version}`);
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
