import { Size } from 'cdk8s';
import { AccessMode } from '../access-mode';
import type { CsiVolumeOptions, EmptyDirOptions, EphemeralClaimOptions } from '../volume-options';
import { Fault } from '../faults';
import { Labels } from '../labels';
import { classReferenceFaults } from './claim-faults';
import { oneOfFaults } from './one-of';
import { renderSize, sizeBytes, sizeFaults } from './quantity';
import { quoted } from './quoted';
import { Reference, referenceFaults } from './references';
import { described, VolumeSource } from './volume-source';
import { within } from './within';

const DEFAULT_EMPTY_DIR = Size.mebibytes(64);
const LONGEST_DRIVER = 63;
const DRIVER = /^[a-z0-9A-Z](?:[-a-z0-9A-Z]*[a-z0-9A-Z])?(?:\.[a-z0-9A-Z](?:[-a-z0-9A-Z]*[a-z0-9A-Z])?)*$/;

/** A directory of the node, or of memory, that is the pod's. */
export function emptyDirSource({ sizeLimit: size = DEFAULT_EMPTY_DIR, memory = false }: EmptyDirOptions): VolumeSource {
  return {
    faults: sizeFaults(size).map(fault => ({ ...fault, member: 'sizeLimit' })),
    rendered: { emptyDir: { sizeLimit: renderSize(size), medium: memory ? 'Memory' : undefined } },
    diskBytes: memory ? 0 : sizeBytes(size),
    memoryBytes: memory ? sizeBytes(size) : 0,
  };
}

/** A volume that a CSI driver makes for the pod alone. */
export function csiSource(driver: string, options: CsiVolumeOptions): VolumeSource {
  const { attributes, fsType, nodePublishSecret: secret, readOnly = true } = options;
  const references: Reference[] = secret === undefined ? [] : [{ object: secret, keys: [] }];
  const faults = [
    ...driverFaults(driver), ...attributeFaults(attributes),
    ...(secret === undefined ? [] : referenceFaults(secret, 'Secret').map(fault => ({ ...fault, member: 'nodePublishSecret' }))),
  ];
  const csi = {
    driver, fsType, readOnly: readOnly ? true : undefined, volumeAttributes: given(attributes),
    nodePublishSecretRef: secret === undefined ? undefined : { name: secret.name },
  };
  return described({ csi }, faults, { references, readOnly: readOnly ? true : undefined });
}

/** A claim that is made with the pod and deleted with it. */
export function ephemeralClaimSource(options: EphemeralClaimOptions): VolumeSource {
  const { size, storageClass, accessMode = AccessMode.READ_WRITE_ONCE, labels } = options;
  const faults = [
    ...sizeFaults(size).map(fault => ({ ...fault, member: 'size' })),
    ...oneOfFaults('AccessMode', AccessMode, accessMode, 'accessMode'),
    ...within('storageClass', classReferenceFaults(storageClass)),
    ...(accessMode !== AccessMode.READ_ONLY_MANY ? [] : [{
      code: 'KEELSON1586', member: 'accessMode', got: accessMode, allowed: 'a mode that lets the pod write: the volume is made with the pod, and empty',
      fix: 'leave it out, or mount a claim that has been filled by Volume.fromClaim(…)',
    }]),
    ...Object.entries(labels ?? {}).flatMap(([key, value]) => Labels.faultsOf(key, value).map(fault => ({ ...fault, member: 'labels' }))),
  ];
  const spec = { accessModes: [accessMode], resources: { requests: { storage: renderSize(size) } }, storageClassName: storageClass?.name };
  const rendered = { ephemeral: { volumeClaimTemplate: { metadata: given(labels) === undefined ? undefined : { labels }, spec } } };
  return described(rendered, faults, { claim: { accessMode, storageClass } });
}

/** An empty map is stored as nothing. */
export function given(texts: { [key: string]: string } = {}): { [key: string]: string } | undefined {
  return Object.keys(texts).length > 0 ? texts : undefined;
}

export function driverFaults(driver: string): Fault[] {
  return typeof driver === 'string' && driver.length <= LONGEST_DRIVER && DRIVER.test(driver) ? [] : [{
    code: 'KEELSON1582', member: 'driver', got: quoted(driver), allowed: `the name of a CSI driver: at most ${LONGEST_DRIVER} letters, digits, '-' and '.'`,
    fix: "write it as `kubectl get csidrivers` has it, such as 'secrets-store.csi.k8s.io'",
  }];
}

export function attributeFaults(attributes: { [key: string]: string } = {}): Fault[] {
  return Object.entries(attributes).filter(([, value]) => typeof value !== 'string').map(([key, value]) => ({
    code: 'KEELSON1583', member: `attributes.${key}`, got: quoted(value), allowed: 'a text', fix: `write '${String(value)}'`,
  }));
}
