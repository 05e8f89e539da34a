import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from '../cache.js';
import { output } from '../command.js';
import { goProgram, needsGo } from '../go-program.js';

const KIT = fileURLToPath(new URL('../../kit', import.meta.url));
const NEWEST = 'v1.36';

/** Where each program of a control plane is. */
export interface Binaries {
  readonly etcd: string;
  readonly apiServer: string;
  readonly controllerManager: string;
  readonly scheduler: string;
  readonly kubectl: string;
  readonly kwok: string;
  /** kwok's rules of how simulated nodes and pods live. */
  readonly stages: string;
}

/** How pods and nodes live: they become ready, finish, end; at once. */
const STAGES = ['node/fast/node-initialize', 'node/heartbeat-with-lease/node-heartbeat-with-lease', 'pod/fast/pod-ready', 'pod/fast/pod-complete', 'pod/fast/pod-delete'];

/**
 * The programs of each release: from the folders of `KUBEBUILDER_ASSETS`, and what isn't there compiled from pinned Go modules.
 *
 * @param releases such as `1.36`.
 * @param onBuild is told what is being compiled.
 */
export async function binariesOf(releases: readonly string[], onBuild: (what: string) => void): Promise<Map<string, Binaries>> {
  const assets = await assetsByRelease();
  const found = new Map<string, Binaries>();
  for (const release of releases) {
    const folder = assets.get(release);
    const program = async (name: string, module: string, source: string, flags = ''): Promise<string> => {
      const given = folder === undefined ? undefined : join(folder, name);
      return given !== undefined && existsSync(given) ? given : compiled(name, module, source, flags, onBuild);
    };
    const kubernetes = (name: string, module = `v${release}`): Promise<string> =>
      program(name, module, `k8s.io/kubernetes/cmd/${name}`, versionFlags(module));
    found.set(release, {
      etcd: await program('etcd', 'etcd', 'go.etcd.io/etcd/server/v3'),
      kwok: await program('kwok', 'kwok', 'sigs.k8s.io/kwok/cmd/kwok'),
      stages: await stages(),
      kubectl: await kubernetes('kubectl', NEWEST),
      apiServer: await kubernetes('kube-apiserver'),
      controllerManager: await kubernetes('kube-controller-manager'),
      scheduler: await kubernetes('kube-scheduler'),
    });
  }
  return found;
}

/** The folders of `KUBEBUILDER_ASSETS` by the release of the API server in them. */
async function assetsByRelease(): Promise<Map<string, string>> {
  const folders = (process.env.KUBEBUILDER_ASSETS ?? '').split(delimiter).filter((each) => each !== '');
  const releases = await Promise.all(folders.map(async (folder): Promise<[string, string]> => {
    const said = await output(join(folder, 'kube-apiserver'), ['--version']);
    const release = /v(\d+\.\d+)\./.exec(said)?.[1];
    if (release === undefined) throw new Error(`KUBEBUILDER_ASSETS: ${folder}/kube-apiserver says no version: ${said}`);
    return [release, folder];
  }));
  return new Map(releases);
}

/** Compiles a program from the module of a folder in `kit/` and the hashes in its `go.sum`. */
function compiled(name: string, module: string, source: string, flags: string, onBuild: (what: string) => void): Promise<string> {
  const title = `${name} ${pinned(module, source)}`;
  return goProgram({
    title, module: join(KIT, module), source, path: join(CACHE, 'bin', title.replace(' ', '-')),
    flags: ['-ldflags', `-s -w ${flags}`], env: { CGO_ENABLED: '0' }, onBuild: () => { onBuild(title); },
  });
}

/** The version that a `go.mod` pins for the module that a package is of. */
function pinned(module: string, source: string): string {
  const lines = readFileSync(join(KIT, module, 'go.mod'), 'utf8').split('\n');
  const required = lines.flatMap((line) => {
    const [, path = '', version = ''] = /^(?:require)?\s*(\S+) (v\S+)/.exec(line) ?? [];
    return path !== '' && (source === path || source.startsWith(`${path}/`)) ? [{ path, version }] : [];
  });
  const [nearest] = required.sort((a, b) => b.path.length - a.path.length);
  if (nearest === undefined) throw new Error(`kit/${module}/go.mod requires no module of ${source}`);
  return nearest.version;
}

/** What the programs say their version is; the aggregator of older servers reports the client's. */
function versionFlags(module: string): string {
  const version = pinned(module, 'k8s.io/kubernetes/cmd/kube-apiserver');
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].map((path) => [
    `gitVersion=${version}`, `gitMajor=${major}`, `gitMinor=${minor}`, 'gitTreeState=archive', 'buildDate=2020-01-01T00:00:00Z',
  ].map((value) => `-X ${path}.${value}`).join(' ')).join(' ');
}

async function stages(): Promise<string> {
  const path = join(CACHE, `kwok-stages-${pinned('kwok', 'sigs.k8s.io/kwok/cmd/kwok')}.yaml`);
  if (existsSync(path)) return path;
  await needsGo('kwok with its stages');
  await output('go', ['mod', 'download', 'sigs.k8s.io/kwok'], { cwd: join(KIT, 'kwok') });
  const folder = (await output('go', ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kwok'], { cwd: join(KIT, 'kwok') })).trim();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, STAGES.map((each) => readFileSync(join(folder, 'kustomize/stage', `${each}.yaml`), 'utf8')).join('\n---\n'));
  renameSync(`${path}.${process.pid}`, path);
  return path;
}
