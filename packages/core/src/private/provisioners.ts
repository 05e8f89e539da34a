import { Size } from 'cdk8s';
import { Fault } from '../faults';
import { Labels } from '../labels';
import { INT32, integerFaults } from './integer';
import { sizeBytes } from './quantity';
import { quoted } from './quoted';

/** What is known of a provisioner by its name. */
export interface KnownProvisioner {
  /** Whether its volumes grow; undefined where it isn't known. */
  readonly grows?: boolean;
  /** Whether its volumes are made on the pod's node, so that the pod has to be scheduled before. */
  readonly waits?: boolean;
  /** Whether pods on several nodes may write to one volume; undefined where it isn't known. */
  readonly shares?: boolean;
  /** What took its place. */
  readonly replacement?: string;
}

const RETIRED = { replacement: 'Provisioner.openEbsReplicated()' };

const KNOWN: ReadonlyMap<string, KnownProvisioner> = new Map<string, KnownProvisioner>([
  ['kubernetes.io/no-provisioner', { grows: false }],
  ['openebs.io/local', { grows: false, waits: true, shares: false }],
  ['rancher.io/local-path', { grows: false, shares: false }],
  ['local.csi.openebs.io', { grows: true, shares: false }],
  ['zfs.csi.openebs.io', { grows: true, shares: false }],
  ['io.openebs.csi-mayastor', { grows: true, shares: false }],
  ['nfs.csi.k8s.io', { grows: true, shares: true }],
  // OpenEBS 4 has neither: https://github.com/openebs/openebs/issues/3709
  ['jiva.csi.openebs.io', RETIRED],
  ['cstor.csi.openebs.io', RETIRED],
  ['openebs.io/provisioner-iscsi', RETIRED],
]);
const NOTHING: KnownProvisioner = {};

const COMPRESSIONS = /^(?:on|off|lzjb|lz4|zle|gzip(?:-[1-9])?|zstd(?:-(?:[1-9]|1[0-9]))?)$/;
const MOST_PARAMETERS = 512;
const LARGEST_PARAMETERS = 256 * 1024;
const SMALLEST_BLOCK = 512;
const LARGEST_BLOCK = 128 * 1024;

export function knownOf(name: string): KnownProvisioner {
  return KNOWN.get(name) ?? NOTHING;
}

/** What is wrong with the name: engines of OpenEBS that are gone, and what the API server doesn't take. */
export function provisionerNameFaults(name: string): Fault[] {
  const { replacement } = knownOf(name);
  if (replacement !== undefined) {
    return [{ code: 'KEELSON1800', got: `${quoted(name)}, which OpenEBS has retired`, allowed: 'a provisioner that is maintained', fix: `use ${replacement}` }];
  }
  return typeof name === 'string' && Labels.faultsOf(name.toLowerCase(), '').length === 0 ? [] : [{
    code: 'KEELSON1801', got: quoted(name), allowed: 'the name of a provisioner', fix: "write it as `kubectl get csidrivers` has it, such as 'ebs.csi.aws.com'",
  }];
}

/** The same of what an annotation says, as classes for Jiva and cStor do. */
export function annotatedEngineFaults(annotations: { [key: string]: string } = {}): Fault[] {
  const engine = annotations['openebs.io/cas-type'];
  return engine !== 'jiva' && engine !== 'cstor' ? [] : [{
    code: 'KEELSON1800', got: `'openebs.io/cas-type: ${engine}', which OpenEBS has retired`, allowed: 'of an engine that is maintained',
    fix: `use ${RETIRED.replacement}`,
  }];
}

export function parameterFaults(parameters: { [name: string]: string }): Fault[] {
  const entries = Object.entries(parameters);
  const fault = (got: string, allowed: string, fix: string, member?: string): Fault => ({ code: 'KEELSON1802', ...(member === undefined ? {} : { member }), got, allowed, fix });
  const texts = entries.filter(([, value]) => typeof value !== 'string')
    .map(([key, value]) => fault(quoted(value), 'a text', `write '${String(value)}'`, key));
  const bytes = entries.reduce((all, [key, value]) => all + Buffer.byteLength(key) + Buffer.byteLength(String(value)), 0);
  return [
    ...texts,
    ...(entries.some(([key]) => key === '') ? [fault("''", 'called by names', 'name it as the provisioner does')] : []),
    ...(entries.length > MOST_PARAMETERS ? [fault(`${entries.length}`, `at most ${MOST_PARAMETERS} parameters`, 'leave some out')] : []),
    ...(bytes > LARGEST_PARAMETERS ? [fault(`${bytes} bytes`, `at most ${LARGEST_PARAMETERS} bytes together`, 'leave some out')] : []),
  ];
}

/** What has to be there and is none of our business otherwise. */
export function requiredTextFaults(value: unknown, allowed: string, example: string): Fault[] {
  return typeof value === 'string' && value.trim() === value && value !== '' ? [] : [{
    code: 'KEELSON1803', got: quoted(value), allowed, fix: `write it like '${example}'`,
  }];
}

/** An absolute path of a node or a server. */
export function absolutePathFaults(path: unknown): Fault[] {
  return typeof path === 'string' && path.startsWith('/') && !path.split('/').includes('..') ? [] : [{
    code: 'KEELSON1326', got: quoted(path), allowed: "an absolute path without '..'", fix: "write it like '/srv/data'",
  }];
}

export function nodeLabelFaults(keys: string[] | undefined): Fault[] {
  return keys === undefined ? [] : keys.length === 0
    ? [{ code: 'KEELSON1804', got: 'none', allowed: 'the key of one label or more', fix: "leave it out for 'kubernetes.io/hostname'" }]
    : keys.flatMap(key => Labels.faultsOf(key, ''));
}

export function recordSizeFaults(size: Size): Fault[] {
  const bytes = sizeBytes(size);
  return bytes >= SMALLEST_BLOCK && bytes <= LARGEST_BLOCK && Number.isInteger(Math.log2(bytes)) ? [] : [{
    code: 'KEELSON1805', got: quoted(Number.isNaN(bytes) ? size : size.asString()), allowed: 'a power of 2 from 512 bytes to 128 KiB', fix: 'try Size.kibibytes(16)',
  }];
}

/** As ZFS writes it: `16k`. */
export function blockText(size: Size): string {
  const bytes = sizeBytes(size);
  return bytes % 1024 === 0 ? `${bytes / 1024}k` : `${bytes}`;
}

export function compressionFaults(compression: string): Fault[] {
  return COMPRESSIONS.test(compression) ? [] : [{
    code: 'KEELSON1806', got: quoted(compression), allowed: 'on, off, lzjb, lz4, zle, gzip, gzip-1 to gzip-9, zstd or zstd-1 to zstd-19', fix: "try 'zstd'",
  }];
}

export function replicaFaults(replicas: number): Fault[] {
  return integerFaults('KEELSON1807', undefined, replicas, 1, INT32, 'take 3 to lose no data with two nodes');
}

/** Permission bits as `chmod` takes them. */
export function octal(mode: number): string {
  return Number(mode).toString(8).padStart(4, '0');
}
