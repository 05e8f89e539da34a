import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itemsAt, objectAt, type JsonObject } from '@keelson/testing';
import { CACHE } from '../cache.js';
import { goProgram } from '../go-program.js';
import type { Stage } from './stage.js';

const KIT = fileURLToPath(new URL('../../kit/oauth2-proxy', import.meta.url));
const MODULE = 'github.com/oauth2-proxy/oauth2-proxy/v7';

/** The version of oauth2-proxy that is pinned in `kit/`, such as `7.15.4`. */
export function signInProxyVersion(): string {
  const found = new RegExp(`^\\s*(?:require )?${MODULE} v(\\S+)`, 'm').exec(readFileSync(join(KIT, 'go.mod'), 'utf8'))?.[1];
  if (found === undefined) throw new Error(`kit/oauth2-proxy/go.mod requires no ${MODULE}`);
  return found;
}

/** Compiles oauth2-proxy unless it is there, and gives its path. */
export function installSignInProxy(onBuild: (what: string) => void): Promise<string> {
  const title = `oauth2-proxy ${signInProxyVersion()}`;
  return goProgram({
    title, module: KIT, source: MODULE, path: join(CACHE, 'bin', `oauth2-proxy-v${signInProxyVersion()}`),
    flags: ['-ldflags', '-s -w'], env: { CGO_ENABLED: '0' }, onBuild: () => { onBuild(title); },
  });
}

/** A container of oauth2-proxy as it is rendered: its arguments, and the files that it finds. */
export interface SignInProxy {
  /** Name of its Service. */
  readonly service: string;
  readonly args: readonly string[];
  /** By the path in the container. */
  readonly files: Readonly<Record<string, string>>;
}

/** The containers of oauth2-proxy among an app's objects; their Secrets and ConfigMaps may be beside them. */
export function signInProxies(objects: readonly JsonObject[]): SignInProxy[] {
  return objects.filter(({ kind }) => kind === 'Deployment').flatMap((deployment) => {
    const pod = objectAt(deployment, 'spec', 'template', 'spec');
    return itemsAt(pod, 'containers').map(([, container]) => container).filter(({ image }) => String(image).includes('/oauth2-proxy:')).map((container) => ({
      service: String(objectAt(deployment, 'metadata').name),
      args: (Array.isArray(container.args) ? container.args : []).map((arg) => String(arg).replaceAll('$$', '$')),
      files: Object.assign({}, ...itemsAt(container, 'volumeMounts').map(([, mount]) => filesOf(mount, pod, objects))) as Record<string, string>,
    }));
  });
}

function filesOf(mount: JsonObject, pod: JsonObject, objects: readonly JsonObject[]): Record<string, string> {
  const [, volume] = itemsAt(pod, 'volumes').find(([, { name }]) => name === mount.name) ?? [];
  const sources = [...volume === undefined ? [] : [volume], ...itemsAt(objectAt(volume, 'projected'), 'sources').map(([, source]) => source)];
  return Object.fromEntries(sources.flatMap((source) => {
    const [kind, reference] = 'secret' in source ? ['Secret', objectAt(source, 'secret')] as const : ['ConfigMap', objectAt(source, 'configMap')] as const;
    const name = reference.name ?? reference.secretName;
    const found = objects.find((object) => object.kind === kind && objectAt(object, 'metadata').name === name);
    const texts = { ...objectAt(found, 'data'), ...objectAt(found, 'stringData') };
    const items = itemsAt(reference, 'items').map(([, { key, path }]) => [String(key), String(path)] as const);
    const chosen = items.length > 0 ? items : Object.keys(texts).map((key) => [key, key] as const);
    return chosen.map(([key, path]) => [`${String(mount.mountPath)}/${path}`, String(texts[key] ?? '')] as const);
  }));
}

/** Runs oauth2-proxy as its pods would, at the addresses that its Service leads to. */
export async function startSignInProxy(
  stage: Stage, binary: string, namespace: string, { service, args, files }: SignInProxy, addresses: readonly string[],
): Promise<void> {
  const known = Object.entries(files).map(([path, text]) => [path, stage.file(join(namespace, path), text)] as const);
  const found = args.map((arg) => known.reduce((changed, [path, own]) => changed.replaceAll(path, own), arg));
  for (const [index, address] of addresses.entries()) {
    stage.startBehind(`${service}-${namespace}-${index}`, binary, [...found, `--http-address=${address}:4180`]);
  }
  await stage.untilServed(`${service} of ${namespace} is ready`, addresses.map((address) => `http://${address}:4180/oauth2/ready`));
}
