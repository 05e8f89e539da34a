import { Size } from 'cdk8s';
import { RedisEviction } from '../../redis-eviction';
import { RedisPersistence } from '../../redis-persistence';
import { Description } from '../description';
import { PropFault } from '../engine';
import { shareOf } from '../memory';
import { CERTIFICATE_FILE, KEY_FILE, ServerTls } from '../server-tls';
import { bytesOf, cacheFaults } from '../sizes';
import { DIRECTORY } from './redis-engine';
import { USERS_FILE } from './redis-users';

/** What settings follow from. */
export interface SettingsAsk {
  readonly memory: Size;
  readonly eviction: RedisEviction;
  readonly persistence: RedisPersistence;
  readonly tls: ServerTls | undefined;
  readonly given: { readonly [name: string]: string };
}

/** Settings that belong to what is rendered, and the props that are for them. */
export const OURS: ReadonlyMap<string, string | undefined> = new Map([
  ...['aclfile', 'appenddirname', 'appendfilename', 'bind', 'cluster-enabled', 'daemonize', 'dbfilename', 'dir', 'include', 'logfile', 'masterauth',
    'masteruser', 'pidfile', 'port', 'primaryauth', 'primaryuser', 'protected-mode', 'replicaof', 'requirepass', 'slaveof', 'supervised',
    'unixsocket', 'user'].map(name => [name, undefined] as const),
  ...['tls-auth-clients', 'tls-cert-file', 'tls-key-file', 'tls-port'].map(name => [name, 'tls'] as const),
  ['appendonly', 'persistence'], ['save', 'persistence'], ['maxmemory-policy', 'eviction'],
]);

/** How each way to keep data is written. Where there is an append-only file, snapshots would only fork once more. */
const KEPT: { readonly [persistence in RedisPersistence]: { readonly [name: string]: string } } = {
  [RedisPersistence.APPEND_ONLY]: { appendonly: 'yes', appendfsync: 'everysec', save: '' },
  [RedisPersistence.SNAPSHOTS]: { appendonly: 'no', save: '3600 1 300 100 60 10000' },
  [RedisPersistence.NONE]: { appendonly: 'no', save: '' },
};

/**
 * The server's configuration. While it writes its data out, a server has forked, and pages that change meanwhile are there twice: it gets
 * 0.6 of the memory limit for data then, else 0.8.
 *
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/config-file/
 */
export function configuration({ memory, eviction, persistence, tls, given }: SettingsAsk): string {
  const settings: { [name: string]: string } = {
    ...tls === undefined ? { port: '6379' } : {
      'port': '0', 'tls-port': '6379', 'tls-cert-file': CERTIFICATE_FILE, 'tls-key-file': KEY_FILE, 'tls-auth-clients': 'no',
      'tls-protocols': '"TLSv1.2 TLSv1.3"',
    },
    bind: '* -::*',
    'protected-mode': 'yes',
    aclfile: USERS_FILE,
    dir: DIRECTORY,
    maxmemory: `${shareOf(memory, persistence === RedisPersistence.NONE ? 0.8 : 0.6)}mb`,
    'maxmemory-policy': eviction,
    ...KEPT[persistence],
    ...given,
  };
  return Object.entries(settings).map(([name, value]) => `${name} ${value === '' ? '""' : value}\n`).join('');
}

const UNITS = { '': 1, b: 1, k: 1000, kb: 1024, m: 1000 ** 2, mb: 1024 ** 2, g: 1000 ** 3, gb: 1024 ** 3 };

/** What of its sizes can't work: `0` is no limit, until memory has one. */
export function sizeFaults(description: Description, { maxmemory }: { readonly [name: string]: string }): PropFault[] {
  return cacheFaults(description, 'maxmemory', maxmemory, bytesOf(typeof maxmemory === 'string' ? maxmemory.toLowerCase() : maxmemory, UNITS));
}
