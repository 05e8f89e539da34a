import { Duration } from 'cdk8s';
import { keyFaults, sizeFaults, textFaults } from './config-data';
import { durationFaults, wholeSeconds } from './duration';
import { NamedObject, Reference, referenceFaults } from './references';
import { itemFaults, keyItems, modeFaults, pathFaults, projected, VolumeSource } from './volume-source';
import type { ConfigVolumeOptions, ServiceAccountTokenOptions } from '../volume-options';

/** What the API server takes, and what the kubelet asks for unless told. */
const SHORTEST_TOKEN = 600;
const LONGEST_TOKEN = 2 ** 32;

/** The files of a ConfigMap or Secret. */
export function configSource(field: string, object: NamedObject, kind: string, mode: number, options: ConfigVolumeOptions): VolumeSource {
  const { items, optional } = options;
  const reference: Reference = { object, optional, keys: items === undefined ? undefined : Object.keys(items) };
  const faults = [...referenceFaults(object, kind), ...itemFaults(items), ...modeFaults(mode)];
  const projection = { field, body: { name: object?.name, optional }, items: keyItems(items), mode };
  return projected([projection], faults, [reference]);
}

/** One file of a whole ConfigMap or Secret is one of its keys: it has to be there, and only its change rolls the pods. */
export function referencesOfMount({ references = [] }: VolumeSource, subPath: string | undefined): Reference[] {
  return subPath === undefined || subPath.includes('/') || references.length !== 1 ? references
    : references.map(reference => (reference.keys === undefined ? { ...reference, keys: [subPath] } : reference));
}

/** Files with the content given in place. */
export function inlineSource(files: { [file: string]: string }): VolumeSource {
  const entries = Object.entries(files);
  const faults = [
    ...entries.flatMap(([file, text]) => [...keyFaults(file), ...textFaults(file, text)]),
    ...sizeFaults('volume', new Map(entries.map(([file, text]) => [file, String(text)])), new Map()),
  ];
  return { faults, inlineData: { ...files }, identity: JSON.stringify({ inline: files }), readOnly: true };
}

/** A token of the pod's account. */
export function tokenSource({ audience, expiration = Duration.hours(1), path = 'token' }: ServiceAccountTokenOptions, mode: number): VolumeSource {
  const faults = [
    ...durationFaults(expiration, { from: SHORTEST_TOKEN, to: LONGEST_TOKEN }).map(fault => ({ ...fault, member: 'expiration' })),
    ...pathFaults(path).map(fault => ({ ...fault, member: 'path' })),
  ];
  const body = { audience, expirationSeconds: wholeSeconds(expiration), path };
  return projected([{ field: 'serviceAccountToken', body, mode, path }], faults);
}
