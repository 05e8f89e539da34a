import { Size } from 'cdk8s';
import { Description } from '../description';
import { PropFault } from '../engine';
import { shareOf } from '../memory';
import { AUTHORITY_FILE, ServerTls } from '../server-tls';
import { bytesOf, cacheFaults, MEBI, volumeFaults } from '../sizes';
import { DIRECTORY, PEM_FILE } from './mongodb-engine';

/** Settings that belong to what is rendered, and what is below them. */
const OURS: readonly string[] = [
  'net.bindIp', 'net.bindIpAll', 'net.port', 'net.ssl', 'net.tls', 'processManagement', 'replication', 'security.authorization', 'security.clusterAuthMode', 'security.keyFile', 'sharding',
  'storage.dbPath', 'storage.engine', 'systemLog.destination', 'systemLog.path',
];

/** Whether something else of the database depends on it. */
export function isOurs(name: string): boolean {
  return OURS.some(ours => name === ours || name.startsWith(`${ours}.`));
}

const CACHE = 'storage.wiredTiger.engineConfig.cacheSizeGB';

/** Whether it and another one can't both be said: one is a section, and the other a value of the same name. */
export function clashes(name: string, names: readonly string[]): boolean {
  return [CACHE, ...names].some(other => other.startsWith(`${name}.`) || name.startsWith(`${other}.`));
}

/** What is said of the parts of a setting's name. */
interface Section extends Map<string, Section | string> {}

/**
 * `mongod.conf`. WiredTiger's cache has half of the memory above 1 GiB, as MongoDB's documentation has it, and 0.25 GiB at least: the rest
 * is for connections, sorting, and the file system's cache.
 *
 * @see https://www.mongodb.com/docs/manual/reference/configuration-options/
 */
export function configuration(memory: Size, tls: ServerTls | undefined, given: { readonly [name: string]: string }): string {
  const gibibytes = shareOf(memory, 1) / 1024;
  const settings: { [name: string]: string } = {
    'storage.dbPath': DIRECTORY,
    [CACHE]: String(Math.max(0.25, Math.floor((gibibytes - 1) * 50) / 100)),
    'net.port': '27017',
    'net.bindIpAll': 'true',
    ...tls === undefined ? {} : {
      'net.tls.mode': tls.isRequired ? 'requireTLS' : 'preferTLS',
      'net.tls.certificateKeyFile': PEM_FILE,
      'net.tls.CAFile': AUTHORITY_FILE,
      // clients sign in by passwords
      'net.tls.allowConnectionsWithoutCertificates': 'true',
      'net.tls.disabledProtocols': 'TLS1_0,TLS1_1',
    },
    'security.authorization': 'enabled',
    ...given,
  };
  const root: Section = new Map();
  for (const [name, value] of Object.entries(settings)) {
    const parts = name.split('.');
    const last = parts.pop() ?? '';
    parts.reduce(sectionIn, root).set(last, value);
  }
  return linesOf(root, '').join('\n').concat('\n');
}

function sectionIn(section: Section, part: string): Section {
  const there = section.get(part);
  const made: Section = there instanceof Map ? there : new Map();
  section.set(part, made);
  return made;
}

function linesOf(section: Section, indent: string): string[] {
  return [...section].flatMap(([key, value]) => value instanceof Map
    ? [`${indent}${key}:`, ...linesOf(value, `${indent}  `)]
    : [`${indent}${key}: ${/^(?:-?\d+(?:\.\d+)?|true|false)$/.test(value) ? value : JSON.stringify(value)}`]);
}

/** What a journal begins with: a file of 100 MiB, and two that are ready for what comes. */
const JOURNAL = 3 * 100 * MEBI;

/**
 * What of its sizes can't work: a cache has 0.25 GiB at least.
 *
 * @see https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-storage.wiredTiger.engineConfig.cacheSizeGB
 */
export function sizeFaults(description: Description, { [CACHE]: cache }: { readonly [name: string]: string }): PropFault[] {
  const { memory, resources } = description;
  const isTooSmall = shareOf(memory, 1) <= 256;
  return [
    ...isTooSmall ? [{ prop: 'resources', fault: {
      code: 'KEELSON3195', member: resources.memoryLimit === undefined ? 'memoryRequest' : 'memoryLimit', got: memory.asString(),
      allowed: "more than 256Mi, which is the least of MongoDB's cache alone", fix: 'leave it out for 1 GiB',
    } }] : cacheFaults(description, CACHE, cache, bytesOf(cache, { '': 1024 * MEBI })),
    ...volumeFaults(description, JOURNAL + 20 * MEBI),
  ];
}
