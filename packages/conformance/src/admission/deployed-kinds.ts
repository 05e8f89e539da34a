import { join } from 'node:path';
import { objectAt, type JsonObject } from '@keelson/testing';
import type { ControlPlane } from '../control-plane/control-plane.js';
import { foldersIn, manifestsIn, ROOT } from '../manifests.js';
import { PIPELINE } from './network-cases.js';
import { DEPLOYED } from './tenant.js';

/** Whose specimens are apps, with all that these render. */
const OF_APPS = ['core', 'web', 'data'];
/** What those who apply apps do with it. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

/** Kinds that apps can have and that the platform applies for them, each with the reason. */
const OF_THE_PLATFORM: Readonly<Record<string, string>> = {
  'EndpointSlice': "it sends a Service's traffic anywhere", 'ResourceQuota': 'it is a limit', 'Gateway': 'it is a load balancer of its own, with all ports and host names',
  'ClientTrafficPolicy': 'it is about a Gateway', 'CiliumNetworkPolicy': 'nothing holds it to what the tenant opens',
};

/** Which kinds that the specimens of apps render a deployer can't apply, and isn't said not to. */
export async function kindsOfDeployers({ client, version }: ControlPlane): Promise<{ faults: string[]; tried: number }> {
  const served = await client.served();
  const rendered = new Set(specimensOf(version).map(({ apiVersion, kind }) => `${groupOf(String(apiVersion))} ${String(kind)}`));
  const kinds = served.filter(({ apiVersion, kind, namespaced }) => namespaced && rendered.has(`${groupOf(apiVersion)} ${kind}`));
  const faults = await Promise.all(kinds.map(async ({ apiVersion, kind, plural }) => {
    const group = groupOf(apiVersion);
    const lacks = (await Promise.all(VERBS.map(async (verb) => ((await mayDo(verb, group, plural)) ? [] : [verb])))).flat();
    const reason = OF_THE_PLATFORM[kind];
    if (reason !== undefined) return lacks.includes('create') ? [] : [`a deployer may create ${kind}, which is the platform's: ${reason}`];
    return lacks.length === 0 ? [] : [`a deployer can't ${lacks.join(', ')} ${kind} of ${apiVersion}, which apps render: add it to the role, or say why the platform applies it`];
  }));
  return { faults: faults.flat(), tried: kinds.length };

  async function mayDo(verb: string, group: string, resource: string): Promise<boolean> {
    const { object, error } = await client.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: { namespace: DEPLOYED, verb, group, resource } },
    }, { 'impersonate-user': PIPELINE.user, 'impersonate-group': [...PIPELINE.groups] });
    if (error !== undefined) throw new Error(error);
    return objectAt(object, 'status').allowed === true;
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function specimensOf(version: string): JsonObject[] {
  const folders = OF_APPS.flatMap((workspace) => foldersIn(join(ROOT, 'packages', workspace, '.specimens', version)));
  if (folders.length === 0) throw new Error(`no specimens for ${version}: run 'npm run specimens'`);
  return folders.flatMap((folder) => [...manifestsIn(folder, folder, version).objects]);
}
