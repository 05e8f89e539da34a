import { PodTemplate } from '@keelson/core';
import { PostgreSqlProps } from '../../postgre-sql-props';
import { DatabasePrivilege, DatabaseUser } from '../../database-user';
import { Description } from '../description';
import { shareOf } from '../memory';
import { parameters } from './cluster-parameters';

/** What core makes of where pods run, and of their image. */
interface Pod {
  readonly metadata: { readonly labels?: Strings; readonly annotations?: Strings };
  readonly spec: {
    readonly imagePullSecrets?: object[];
    readonly nodeSelector?: object;
    readonly tolerations?: object[];
    readonly affinity?: { readonly nodeAffinity?: object; readonly podAffinity?: object; readonly podAntiAffinity?: object };
    readonly topologySpreadConstraints?: object[];
    readonly priorityClassName?: string;
    readonly containers: readonly { readonly image: string; readonly resources: object }[];
  };
}

interface Strings { readonly [key: string]: string }

/** What a Cluster follows from. */
export interface ClusterAsk {
  readonly description: Description;
  readonly props: PostgreSqlProps;
  readonly instances: number;
  readonly pods: PodTemplate;
  /** Labels that the operator's objects take over. */
  readonly labels: Strings;
  readonly annotations: Strings;
  /** Names by which clients know the servers. */
  readonly hosts: readonly string[];
  readonly takesPlaintext: boolean;
  /** ConfigMap with the scripts of a first start. */
  readonly scripts: string | undefined;
}

/** Set by the operator on what it makes. */
const OPERATORS = /^(?:app\.kubernetes\.io\/(?:name|instance|version|component|managed-by)$|cnpg\.io\/|checksum\/)/;
/** The operator's own share of the time that a server has to stop. */
const SMART = 180;

/**
 * The spec of a Cluster.
 *
 * @see https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1#clusterspec
 */
export function clusterSpec(ask: ClusterAsk): object {
  const { description, props, instances, hosts, takesPlaintext } = ask;
  const { passwords } = description;
  const pod = ask.pods.resolve() as Pod;
  const { topologySpreadConstraints, priorityClassName, imagePullSecrets, containers: [server] } = pod.spec;
  const stop = props.terminationGracePeriod?.toSeconds?.({ integral: false });
  return {
    instances,
    imageName: server?.image,
    imagePullSecrets,
    // of one server it would have nodes wait for ever that are to be drained
    enablePDB: instances > 1,
    enableSuperuserAccess: true,
    superuserSecret: { name: passwords.get('root')?.secret.name },
    bootstrap: { initdb: initdb(ask) },
    storage: { size: description.storageSize?.asString(), storageClass: props.storage?.storageClass?.name },
    postgresql: {
      parameters: parameters(description, props),
      pg_hba: takesPlaintext ? undefined : ['hostnossl all all all reject'],
    },
    managed: rolesOf(description, props.users ?? []),
    certificates: { serverAltDNSNames: hosts },
    resources: server?.resources,
    // queries that several processes answer together need more than the 64 MiB that containers have, and not all there is
    ephemeralVolumesSizeLimit: { shm: `${Math.max(64, shareOf(description.memory, 1 / 4))}Mi` },
    affinity: affinity(pod),
    topologySpreadConstraints, priorityClassName,
    inheritedMetadata: {
      labels: inherited({ ...ask.labels, ...pod.metadata.labels }),
      annotations: inherited({ ...pod.metadata.annotations, ...ask.annotations }),
    },
    postgresUID: props.runAsUser,
    postgresGID: props.runAsGroup,
    startDelay: props.startupTimeout === undefined ? undefined : Math.ceil(props.startupTimeout.toSeconds({ integral: false })),
    stopDelay: stop === undefined ? undefined : Math.ceil(stop),
    smartShutdownTimeout: stop === undefined ? undefined : Math.min(SMART, Math.floor(stop / 10)),
  };
}

function initdb({ description, props, scripts }: ClusterAsk): object {
  const { database, user, passwords } = description;
  return {
    database, owner: user, secret: { name: passwords.get('app')?.secret.name }, encoding: 'UTF8', dataChecksums: true,
    postInitSQLRefs: scripts === undefined ? undefined : {
      configMapRefs: Object.keys(props.initScripts ?? {}).sort().map(key => ({ name: scripts, key })),
    },
  };
}

/** A member of the owner may do what that may. */
function rolesOf({ passwords, user }: Description, users: readonly DatabaseUser[]): object | undefined {
  return users.length === 0 ? undefined : {
    roles: users.map(({ name, privileges = {} }) => ({
      name, ensure: 'present', login: true, passwordSecret: { name: passwords.get(`user-${name}`)?.secret.name },
      inRoles: Object.values(privileges).includes(DatabasePrivilege.OWN) ? [user] : undefined,
    })),
  };
}

/** The operator's own rule that keeps servers apart is for where there is no other. */
function affinity({ spec: { nodeSelector, tolerations, affinity: { nodeAffinity, podAffinity, podAntiAffinity } = {} } }: Pod): object {
  return {
    enablePodAntiAffinity: podAntiAffinity === undefined,
    nodeSelector, tolerations, nodeAffinity, additionalPodAffinity: podAffinity, additionalPodAntiAffinity: podAntiAffinity,
  };
}

function inherited(all: Strings): Strings | undefined {
  const some = Object.entries(all).filter(([key]) => !OPERATORS.test(key));
  return some.length === 0 ? undefined : Object.fromEntries(some);
}
