import { itemsAt, objectAt, titleOf, type JsonObject } from '@keelson/testing';
import { concurrently } from '../concurrently.js';
import type { ControlPlane } from '../control-plane/control-plane.js';
import { slugOf } from './edge-case.js';
import { certificatesOf, endpointSlices, hostsOf, isBroken, namespaceNamed, readyService, routed, tlsSecret } from './placed.js';
import { shareOf, type Rendered } from './rendered.js';
import { signInProxies, startSignInProxy } from './sign-in-proxies.js';
import type { Stage } from './stage.js';
import { GATEWAY, type Share, type Target } from './targets.js';

/** At once, objects of one app in order. */
const APPS_AT_ONCE = 16;

/** What one proxy reads. */
export interface Group {
  readonly target: Target;
  readonly share: Share;
  /** With those that the library refuses. */
  readonly apps: readonly Rendered[];
}

/** All apps of a target that share a proxy, and each that has one of its own. */
export function groupsOf(target: Target, all: readonly Rendered[]): Group[] {
  const groups = new Map<string, Rendered[]>();
  for (const each of all.filter((rendered) => rendered.target === target)) {
    const { label } = shareOf(each.refusal === undefined ? each.edgeCase : { ...each.edgeCase, alone: false }, target);
    groups.set(label, [...groups.get(label) ?? [], each]);
  }
  return [...groups.values()].map((apps) => {
    const placed = apps.filter(({ refusal }) => refusal === undefined);
    const [{ edgeCase }] = placed as [Rendered];
    const namespaces = [...placed.map(({ namespace }) => namespace), readyNamespace(target)];
    return { target, apps, share: { ...shareOf(edgeCase, target), namespaces } };
  });
}

/** Where routes lead that show that a proxy has read everything. */
function readyNamespace({ id }: Pick<Target, 'id'>): string {
  return `${id}-ready`;
}

/** The hosts of such routes. */
export function readyHosts({ target, share }: Group): string[] {
  return Object.keys(target.ready(share, readyNamespace(target)));
}

/** Puts everything into the cluster before a proxy reads it, which then reads the whole at first; gives what the API server refused. */
export async function applyAll(plane: ControlPlane, stage: Stage, groups: readonly Group[]): Promise<string[]> {
  const apply = async (objects: readonly JsonObject[]): Promise<string[]> => {
    const faults: string[] = [];
    for (const object of objects) {
      const { error } = await plane.client.apply(object);
      if (error !== undefined) faults.push(`${titleOf(object)}: ${error}`);
    }
    return faults;
  };
  const placed = groups.flatMap(({ apps }) => apps).filter(({ refusal }) => refusal === undefined);
  const namespaces = new Set([GATEWAY.namespace, ...groups.flatMap(({ share }) => share.namespaces)]);
  const platform = await platformOf(stage, groups, placed);
  const faults = await apply([...[...namespaces].map(namespaceNamed), ...platform]);
  const ofApps = await concurrently(placed, APPS_AT_ONCE, async (each) => apply(await objectsOf(each, stage)));
  return [...faults, ...ofApps.flat()];
}

async function platformOf(stage: Stage, groups: readonly Group[], all: readonly Rendered[]): Promise<JsonObject[]> {
  const hosts = hostsOf(all.flatMap(({ objects }) => objects));
  const { namespace: place, secretName } = GATEWAY;
  const shown = await tlsSecret({ namespace: place, secretName, hosts: hosts.length > 0 ? hosts : ['none.example.com'] }, stage.authority);
  const ofTargets = [...new Set(groups.map(({ target }) => target))].flatMap((target) => {
    const service = readyService(readyNamespace(target));
    return [...target.platform, service, ...endpointSlices([service], () => stage.nextAddress('ready'))];
  });
  const ofShares = groups.flatMap(({ target, share }) => {
    const routes = Object.values(target.ready(share, readyNamespace(target)));
    return [...target.classes(share.className), ...routes];
  });
  return [shown, ...ofTargets, ...ofShares];
}

async function objectsOf({ edgeCase, target, namespace, objects }: Rendered, stage: Stage): Promise<JsonObject[]> {
  const { beside, tlsSecrets = {}, brokenEndpoint, kept = (object) => object } = edgeCase;
  const others = beside?.({ namespace, target: target.id, ca: stage.authority.certificate }) ?? [];
  const renewed = Object.entries(tlsSecrets).map(([secretName, hosts]) => ({ namespace, secretName, hosts }));
  const wanted = [...certificatesOf(objects), ...renewed];
  const secrets = await Promise.all(wanted.map((each) => tlsSecret(each, stage.authority)));
  const all = [...others, ...objects];
  const slices = endpointSlices(all, (app) => stage.nextAddress(app), { broken: brokenEndpoint === true });
  await nameServices(slices, stage, namespace);
  return [...secrets, ...routed(all).map(kept), ...slices];
}

/** What cluster DNS and the nodes do for callers by the name of a Service. */
async function nameServices(slices: readonly JsonObject[], stage: Stage, namespace: string): Promise<void> {
  const ports: Record<string, number> = {};
  for (const slice of slices.filter((each) => !isBroken(each))) {
    const [, port] = itemsAt(slice, 'ports')[0] ?? [];
    const addresses = addressesOf(slice);
    for (const address of addresses) ports[address] = Number(port?.port);
    const service = String(objectAt(slice, 'metadata', 'labels')['kubernetes.io/service-name']);
    if (addresses[0] !== undefined) stage.name(`${service}.${namespace}.svc.cluster.local`, addresses[0]);
  }
  await stage.tellPorts(ports);
}

/** Runs what oauth2-proxy is rendered, where its Service leads to. */
export async function startSignIn(plane: ControlPlane, stage: Stage, binary: string, groups: readonly Group[]): Promise<void> {
  for (const { edgeCase, target, namespace, objects } of groups.flatMap(({ apps }) => apps)) {
    const others = edgeCase.beside?.({ namespace, target: target.id, ca: stage.authority.certificate }) ?? [];
    for (const proxy of signInProxies([...others, ...objects])) {
      const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name: `${proxy.service}-back-end`, namespace } };
      await startSignInProxy(stage, binary, namespace, proxy, addressesOf((await plane.client.read(slice)).object));
    }
  }
}

function addressesOf(slice: JsonObject): string[] {
  return itemsAt(slice, 'endpoints').flatMap(([, { addresses }]) => (Array.isArray(addresses) ? addresses.map(String) : []));
}

/** For messages of what is wrong before a request is sent. */
export function slugsTwice(all: readonly { readonly id: string }[]): string[] {
  const slugs = all.map(slugOf);
  return [...new Set(slugs.filter((slug, at) => slugs.indexOf(slug) !== at))].map((slug) => `two cases have the name '${slug}'`);
}
