import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { concurrently } from '../concurrently.js';
import { binariesOf, type Binaries } from '../control-plane/binaries.js';
import { ControlPlane } from '../control-plane/control-plane.js';
import { loadCrds } from '../control-plane/crds.js';
import { VERSIONS } from '../control-plane/versions.js';
import { ROOT } from '../manifests.js';
import type { Options } from '../options.js';
import type { Report } from '../report.js';
import { applyAll, groupsOf, readyHosts, slugsTwice, startSignIn, type Group } from './applied.js';
import { CASES } from './cases/index.js';
import { edgePage } from './edge-page.js';
import { Journey, type Observed } from './journey.js';
import { render, type Rendered } from './rendered.js';
import { installSignInProxy, signInProxyVersion } from './sign-in-proxies.js';
import { Stage, type Proxy } from './stage.js';
import { TARGETS, type Target } from './targets.js';
import { installTraefik, traefikVersion } from './traefik.js';
import { expectedAt, judge, type Verdict } from './verdict.js';

const PAGE = 'docs/edge-requests.md';
const NEWEST = '1.36';
const CASES_AT_ONCE = 4;

/** What a run has in common. */
interface Run {
  readonly options: Options;
  readonly report: Report;
}

/** Real requests to a real proxy, which reads what the cases are rendered as for each target. */
export async function checkEdge({ options, report }: Run): Promise<void> {
  let built: { readonly traefik: string; readonly signIn: string; readonly binaries: Binaries } | undefined;
  await report.phase(`Traefik ${traefikVersion()}, oauth2-proxy ${signInProxyVersion()} and a control plane built`, async (progress) => {
    const binaries = (await binariesOf([NEWEST], progress)).get(NEWEST);
    if (binaries !== undefined) built = { binaries, traefik: await installTraefik(progress), signIn: await installSignInProxy(progress) };
    return [];
  });
  if (built === undefined || options.buildOnly) return;
  const { traefik, signIn, binaries } = built;
  let all: Rendered[] = [];
  await report.phase('edge: apps are described to the library', () => {
    all = CASES.flatMap((edgeCase) => TARGETS.map((target) => render(edgeCase, target)));
    return Promise.resolve([...slugsTwice(CASES), ...all.length === 0 ? ['there are no cases'] : []]);
  });
  let set: { readonly plane: ControlPlane; readonly stage: Stage } | undefined;
  await report.phase(`edge: ${NEWEST} control plane, CRDs, back end in a network of its own`, async () => {
    const version = VERSIONS.find(({ name }) => name === NEWEST);
    if (version === undefined) throw new Error(`there is no ${NEWEST}`);
    const stage = await Stage.set();
    const plane = await ControlPlane.start(version, binaries);
    await loadCrds(plane);
    set = { plane, stage };
    return [];
  });
  if (set === undefined) return;
  const { plane, stage } = set;
  const groups = TARGETS.flatMap((target) => groupsOf(target, all));
  await report.phase('edge: every object is taken by the API server', () => applyAll(plane, stage, groups));
  await report.phase('edge: oauth2-proxy runs as rendered', async () => {
    await startSignIn(plane, stage, signIn, groups);
    return [];
  });
  const running = { plane, stage, traefik, report };
  const verdicts = await Promise.all(TARGETS.map((target) => onTarget(target, groups.filter((each) => each.target === target), running)));
  if (verdicts.every((each) => each !== undefined)) {
    const page = edgePage(CASES, TARGETS, verdicts.flatMap((each) => each ?? []), { traefik: traefikVersion(), kubernetes: NEWEST });
    await report.phase(`edge: ${PAGE} is as observed`, () => Promise.resolve(pageFaults(page, options)));
  }
  await report.phase('edge: all stopped', async () => {
    await stage.stop();
    await plane.stop();
    return [];
  });
}

interface Running {
  readonly plane: ControlPlane;
  readonly stage: Stage;
  readonly traefik: string;
  readonly report: Report;
}

async function onTarget(target: Target, groups: readonly Group[], running: Running): Promise<Verdict[] | undefined> {
  const { plane, stage, traefik, report } = running;
  const proxies = new Map<Group, Proxy>();
  const ready = await report.phase(`edge: Traefik reads ${target.title}`, async () => {
    const kubeconfig = join(plane.folder, 'kubeconfig');
    for (const group of groups) {
      const { share } = group;
      proxies.set(group, stage.startProxy(`traefik-${share.label}`, traefik, kubeconfig, target.flags(share)));
    }
    for (const [group, proxy] of proxies) await stage.untilReady(target.title, proxy, readyHosts(group));
    return [];
  });
  if (!ready) return undefined;
  let verdicts: Verdict[] | undefined;
  await report.phase(`edge: answers through ${target.title}`, async (progress) => {
    const own = groups.flatMap((group) => group.apps.map((rendered) => ({ rendered, proxy: proxies.get(group) })));
    verdicts = await concurrently(own, CASES_AT_ONCE, async ({ rendered, proxy }, index) => {
      progress(`${index + 1} of ${own.length}`);
      return judge(rendered, rendered.refusal === undefined && proxy !== undefined ? await observe(rendered, proxy, stage) : []);
    });
    const failed = verdicts.filter(({ faults }) => faults.length > 0);
    const faults = failed.flatMap((each) => each.faults);
    return { passed: verdicts.length - failed.length, failed: failed.length, faults, note: `${verdicts.length} cases` };
  });
  return verdicts;
}

async function observe(rendered: Rendered, proxy: Proxy, stage: Stage): Promise<Observed[]> {
  const journey = new Journey(stage, proxy, rendered.namespace);
  const observed: Observed[] = [];
  for (const request of rendered.edgeCase.requests) {
    observed.push(await journey.go(request, [request.expect, expectedAt(request, rendered)]));
  }
  return observed;
}

function pageFaults(text: string, { update }: Options): string[] {
  const path = join(ROOT, PAGE);
  if (update) {
    writeFileSync(path, text);
    return [];
  }
  const [before, now] = [existsSync(path) ? readFileSync(path, 'utf8') : '', text].map((each) => each.split('\n'));
  const other = (now ?? []).filter((line) => before?.includes(line) !== true);
  const gone = (before ?? []).filter((line) => now?.includes(line) !== true);
  return text === before?.join('\n') ? [] : [`it isn't: look at the difference, then 'npm run conformance -- --edge --update'`, ...gone.map((line) => `- ${line}`), ...other.map((line) => `+ ${line}`)];
}
