import { ClusterProfile, Cpu, GeneratedSecretOptions, Resources, Volume } from '@keelson/core';
import { Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DatabaseCredentials } from '../database-credentials';
import { DatabaseProps } from '../database-props';
import { DatabaseUser } from '../database-user';
import { Storage } from '../storage';
import { Engine } from './engine';
import { sound } from './made';
import { claimTemplateOf } from './claim-template';
import { memoryOf } from './memory';
import { Password, passwordOf } from './passwords';
import { ServerTls, serverTls } from './server-tls';

/** Reads statistics, and nothing else. */
export const METRICS_USER = 'keelson_metrics';
/** Copies what is written. */
export const REPLICATION_USER = 'keelson_replication';

/** A database as its props say it, the same for all engines: known before anything of it is defined. */
export interface Description {
  readonly engine: Engine;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly image: string;
  readonly database: string;
  readonly databases: readonly string[];
  readonly user: string;
  /** Those beside `user`. */
  readonly users: readonly DatabaseUser[];
  readonly resources: Resources;
  readonly memory: Size;
  /** Whether other servers copy it. */
  readonly isReplicated: boolean;
  /** How many servers copy it. */
  readonly replicas: number;
  /** Where the data is: the volume, and what it is. */
  readonly data: Volume;
  readonly storage: Storage;
  readonly storageSize: Size | undefined;
  readonly tls: ServerTls | undefined;
  /** What generated Secrets are beside what is in them. */
  readonly secretOptions?: GeneratedSecretOptions;
  /** By role: `root`, `app`, `metrics`, `replication`, and the names of further users. */
  readonly passwords: ReadonlyMap<string, Password>;
}

/** What an engine has where nothing is said. */
interface Usual {
  /** The official one of the version. */
  readonly image: string;
  readonly memory: Size;
  /** How many servers copy it. */
  readonly replicas: number;
}

/** What props come to. */
export function describe(
  scope: Construct, id: string, props: DatabaseProps, engine: Engine, { image, memory, replicas }: Usual,
): Description {
  const name = props.name ?? id;
  const { namespace } = Chart.of(scope);
  const isReplicated = replicas > 0;
  const { database = 'app', databases = [], user = 'app', users = [] } = props;
  const resources: Resources = { cpuRequest: Cpu.millis(250), memoryRequest: memory, ...props.resources };
  const storage = sound(props.storage) ?? Storage.unsafeEphemeral(Size.gibibytes(1));
  const tls = sound(props.tls);
  const password = (role: string, of: string, credentials?: DatabaseCredentials): [string, Password] =>
    [role, passwordOf(of, sound(credentials), `${name}-${ending(role)}`, namespace)];
  return {
    engine, name, namespace, image: props.image ?? image, database, databases, user, users, resources, memory: memoryOf(resources), storage,
    data: volumeOf(storage),
    isReplicated, replicas,
    tls: tls === undefined ? undefined : serverTls(tls, name, namespace),
    storageSize: storage.size,
    passwords: new Map([
      password('root', engine.rootUser, props.rootCredentials),
      password('app', user, props.credentials),
      // a generated one is the one that was the superuser's, not another
      ...props.previousRootCredentials === undefined ? [] : [
        ['previous-root', passwordOf(engine.rootUser, sound(props.previousRootCredentials), `${name}-root`, namespace)] as const,
      ],
      ...props.metrics === true ? [password('metrics', METRICS_USER)] : [],
      ...isReplicated ? [password('replication', REPLICATION_USER)] : [],
      ...users.map(each => password(`user-${each.name}`, each.name, each.credentials)),
    ]),
  };
}

/** A role as the end of a name: no two of them give the same, and a name ends in no `-`. Of a user who can't be, any name is good. */
function ending(role: string): string {
  return role.toLowerCase().replace(/[^-_a-z0-9]/g, '0').slice(0, 40).replace(/-?_+$/, end => `.${end.length}`).replaceAll('_', '-');
}

function volumeOf(storage: Storage): Volume {
  const { existingClaim, size } = storage;
  const template = claimTemplateOf(storage, {});
  if (template !== undefined) {
    return template.volume;
  }
  return existingClaim === undefined ? Volume.emptyDir({ sizeLimit: size }) : Volume.fromClaim(existingClaim);
}

/** Where a database takes changes (`rw`), or is only read (`ro`). */
export function hostOf(scope: Construct, { name, namespace }: Description, role: string): string {
  return namespace === undefined ? `${name}-${role}` : `${name}-${role}.${namespace}.svc.${ClusterProfile.of(scope).clusterDomain}`;
}
