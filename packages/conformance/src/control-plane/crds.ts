import { readFileSync } from 'node:fs';
import { isObject, objectAt, parseManifests, type JsonObject } from '@keelson/testing';
import { unzipSync } from 'fflate';
import { run } from '../command.js';
import type { ControlPlane } from './control-plane.js';
import { isAtLeast } from './versions.js';

/** A Go module that carries the CRDs of its API. */
interface CrdModule {
  /** With its version. */
  readonly module: string;
  /** Its hash, as in a `go.sum`. */
  readonly sum: string;
  readonly folder: string;
  /** The files that are loaded, where not all of the folder are. */
  readonly only?: readonly string[];
  /** The first Kubernetes version it is loaded into. */
  readonly since?: string;
  /** The last Kubernetes version it is loaded into. */
  readonly until?: string;
}

/** A file of `kit/` with CRDs that no Go module has. */
interface CrdFile {
  readonly file: string;
}

const ENTRIES = JSON.parse(readFileSync(new URL('../../kit/crds.json', import.meta.url), 'utf8')) as (CrdModule | CrdFile)[];
const MODULES = ENTRIES.filter((each): each is CrdModule => 'module' in each);
const FILES = ENTRIES.filter((each): each is CrdFile => 'file' in each);
const READ = new Map<string, Promise<JsonObject[]>>();

/** Creates the CRDs of the kinds that constructs write, and waits until they are served. */
export async function loadCrds(plane: ControlPlane): Promise<void> {
  const modules = modulesFor(plane.version);
  const objects = [...(await Promise.all(modules.map(crdsOf))).flat(), ...FILES.flatMap(crdsIn)];
  const wrong = (await Promise.all(objects.map(async (object) => {
    // Not strict: a CRD may say more than an older server knows.
    const { plural = 'customresourcedefinitions', group = 'apiextensions.k8s.io/v1' } = pathOf(object);
    const { error, status } = await plane.client.create(`/apis/${group}/${plural}`, object);
    return error === undefined || status === 409 ? [] : [`${String(objectAt(object, 'metadata').name)}: ${error}`];
  }))).flat();
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const names = objects.filter(({ kind }) => kind === 'CustomResourceDefinition').map((object) => `crd/${String(objectAt(object, 'metadata').name)}`);
  const { code, stderr } = await plane.kubectl(['wait', '--for=condition=Established', ...names, '--timeout=60s']);
  if (code !== 0) throw new Error(stderr);
  plane.client.forgetKinds();
}

/** The version of the Gateway API that a Kubernetes version is given here, such as `1.7`. */
export function gatewayApiOf(version: string): string {
  const found = modulesFor(version).map(({ module }) => /gateway-api@v(\d+\.\d+)\./.exec(module)?.[1]).find((each) => each !== undefined);
  if (found === undefined) throw new Error(`kit/crds.json has no Gateway API for ${version}`);
  return found;
}

function modulesFor(version: string): CrdModule[] {
  return MODULES.filter(({ since = '1.0', until = '1.999' }) => isAtLeast(version, since) && isAtLeast(until, version));
}

function pathOf({ kind }: JsonObject): { group?: string; plural?: string } {
  const group = 'admissionregistration.k8s.io/v1';
  if (kind === 'ValidatingAdmissionPolicy') return { group, plural: 'validatingadmissionpolicies' };
  if (kind === 'ValidatingAdmissionPolicyBinding') return { group, plural: 'validatingadmissionpolicybindings' };
  return {};
}

function crdsIn({ file }: CrdFile): JsonObject[] {
  return parseManifests(readFileSync(new URL(`../../kit/${file}`, import.meta.url), 'utf8'));
}

function crdsOf(module: CrdModule): Promise<JsonObject[]> {
  const read = READ.get(module.module) ?? readModule(module);
  READ.set(module.module, read);
  return read;
}

async function readModule({ module, sum, folder, only }: CrdModule): Promise<JsonObject[]> {
  // The archive is there even where the module asks for a newer Go than this one, which `go` ends with an error for.
  const { stdout, stderr } = await run('go', ['mod', 'download', '-json', module], { cwd: '/' });
  const answer: unknown = stdout.trim() === '' ? {} : JSON.parse(stdout);
  if (!isObject(answer) || typeof answer.Zip !== 'string') throw new Error(`${module} can't be downloaded: ${stderr}${stdout}`);
  if (answer.Sum !== sum) throw new Error(`${module} has the hash ${String(answer.Sum)}, not the pinned ${sum}`);
  const files = unzipSync(readFileSync(answer.Zip), {
    filter: ({ name }) => name.startsWith(`${module}/${folder}/`) && /\.ya?ml$/.test(name) && !name.endsWith('/kustomization.yaml')
      && (only === undefined || only.some((file) => name === `${module}/${folder}/${file}`)),
  });
  const objects = Object.keys(files).sort().flatMap((name) => parseManifests(new TextDecoder().decode(files[name])));
  if (objects.length === 0) throw new Error(`${module} has no manifests in ${folder}`);
  return objects;
}
