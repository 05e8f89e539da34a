import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { countKinds, kindsOf, textsOf } from '../measure/our-documents.js';
import { writeKustomization } from '../measure/kustomization.js';
import { versionOf } from '../measure/toolchain.js';
import type { Workbench } from '../measure/workbench.js';
import { compare, type Goal, type Row } from '../report/row.js';
import { cachedBundles } from './cached-bundle.js';
import type { Figure } from './figure.js';

const KUBECTL = process.env.KUBECTL ?? 'kubectl';

/** The version of kubectl, or undefined where there is none. */
export function kubectlVersion(): string | undefined {
  const { status, stdout } = spawnSync(KUBECTL, ['version', '--client', '-o', 'json'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const { clientVersion, kustomizeVersion } = JSON.parse(stdout) as { clientVersion: { gitVersion: string }; kustomizeVersion: string };
  return `${clientVersion.gitVersion} (kustomize ${kustomizeVersion})`;
}

/** One build by kustomize. */
async function kustomization(bench: Workbench, apps: number): Promise<string> {
  const [folder, first] = [bench.path(`kustomize-${apps}`), bench.path('out', 'first')];
  await bench.mustRun(await bench.workload('ours', 1, 'chart-per-app', first));
  const yaml = [...textsOf(first).values()].join('');
  writeKustomization(folder, apps, yaml);
  return folder;
}

/** As many objects of each kind as ours. */
function assertSameKinds(bench: Workbench): void {
  const [kinds, wanted] = [countKinds(readFileSync(bench.path('kustomized.yaml'), 'utf8')), kindsOf(bench.path('out', 'ours'))];
  if (!isDeepStrictEqual(kinds, wanted)) throw new Error(`kustomize built other kinds: ${JSON.stringify(kinds)}, ours ${JSON.stringify(wanted)}`);
}

async function against(bench: Workbench, apps: number, goal: Goal): Promise<Row[]> {
  const folder = await kustomization(bench, apps);
  const { oursOn22 } = await cachedBundles(bench);
  const bundled = apps === 1 && oursOn22 !== undefined ? [bench.contender('bundled', oursOn22)] : [];
  const results = await bench.inTurn([
    bench.contender('ours', await bench.workload('ours', apps, 'chart-per-app')),
    bench.contender('kustomize', { args: [KUBECTL, 'kustomize', folder, '--output', bench.path('kustomized.yaml')] }),
    ...bundled,
  ]);
  const of = (name: string) => results.get(name) ?? [];
  if (of('kustomize').length > 0) assertSameKinds(bench);
  const kustomize = 'kubectl kustomize, overlays';
  return [
    { ...compare(of('ours'), of('kustomize'), { what: 'a chart each', against: kustomize, goal }), apps },
    ...(bundled.length === 0 || bench.node22 === undefined ? [] : [
      compare(of('bundled'), of('kustomize'), {
        what: 'one app, bundled, with a code cache', against: kustomize, goal: { atMost: 0.9 }, note: `Node ${versionOf(bench.node22)}`,
      }),
    ]),
  ];
}

export const kustomize: Figure = {
  id: 'G11',
  title: 'kustomize',
  measure: async bench => {
    if (kubectlVersion() === undefined) {
      return [{ what: 'a chart each', against: 'kubectl kustomize', goal: { atLeast: 80 }, note: 'no kubectl on the PATH or in KUBECTL' }];
    }
    return [
      ...await against(bench, 1, { atMost: 2.1 }),
      ...await against(bench, 10, { atMost: 1 }),
      ...(bench.quick ? [] : [...await against(bench, 100, { atLeast: 15 }), ...await against(bench, 300, { atLeast: 80 })]),
    ];
  },
};
