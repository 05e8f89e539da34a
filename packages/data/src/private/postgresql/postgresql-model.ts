import { Fault, Faults, Health, Secret, Volume } from '@keelson/core';
import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { CertificateAuthority } from '../../certificate-authority';
import { DatabaseModel } from '../../database-model';
import { DatabasePrivilege, DatabaseUser } from '../../database-user';
import { CloudNativePgOptions } from '../../postgre-sql-engine';
import { PostgreSqlProps } from '../../postgre-sql-props';
import { PostgreSqlVersion } from '../../postgre-sql-version';
import { defineCluster } from '../cloudnative-pg/cluster';
import { clusterFaults, OPERATORS_OWN } from '../cloudnative-pg/cluster-faults';
import { databaseFaults, replicaStrategyFaults } from '../database-faults';
import { Description, describe, hostOf } from '../description';
import { PropFault } from '../engine';
import { givenFaults, made, shown, sound, valueFaults } from '../made';
import { reasonOf } from '../settings-reasons';
import { POSTGRESQL } from './postgresql-engine';
import { exporterParts } from './postgresql-exporter';
import { primaryParts, replicaParts } from './postgresql-server';
import { OURS } from './postgresql-settings';
import { sizeFaults } from './postgresql-sizes';
import { setupParts } from './postgresql-setup';

const MOST_REPLICAS = 20;

/** Roles and databases that PostgreSQL has by itself; those that begin with `pg_` are refused with them. */
const RESERVED = new Set(['postgres', 'template0', 'template1', 'public', 'none', 'all', 'replication', 'sameuser', 'samerole', 'samegroup']);

/** What the props of a PostgreSQL server come to. */
export function postgreSqlModel(scope: Construct, id: string, props: PostgreSqlProps): DatabaseModel {
  const options = sound(props.engine)?._operator;
  return options === undefined ? officialModel(scope, id, props) : cloudNativePgModel(scope, id, props, options);
}

function officialModel(scope: Construct, id: string, props: PostgreSqlProps): DatabaseModel {
  const version = made(props.version) ?? PostgreSqlVersion.V17;
  const usual = { image: version.image, memory: Size.gibibytes(1), replicas: replicasOf(props) };
  const description = describe(scope, id, props, POSTGRESQL, usual);
  return DatabaseModel._of({
    description,
    engineVersion: version.major,
    server: primaryParts(description, props),
    setup: setupParts(description, props.users ?? [], hostOf(scope, description, 'rw')),
    exporter: props.metrics === true ? exporterParts(description) : undefined,
    faults: [
      ...databaseFaults(props, POSTGRESQL, RESERVED, replicasOf(props)), ...ownFaults(props),
      ...sizeFaults(description, props.settings ?? {}),
    ],
  });
}

/** The same, run by CloudNativePG. */
function cloudNativePgModel(scope: Construct, id: string, props: PostgreSqlProps, options: CloudNativePgOptions): DatabaseModel {
  const version = made(props.version) ?? PostgreSqlVersion.V17;
  const usual = { image: version.cloudNativePgImage ?? version.image, memory: Size.gibibytes(1), replicas: 0 };
  const common = describe(scope, id, { ...props, metrics: false, previousRootCredentials: undefined, tls: undefined }, POSTGRESQL, usual);
  const authority = CertificateAuthority.fromSecret(Secret.fromSecretName(`${common.name}-ca`, common.namespace)).volume ?? Volume.emptyDir();
  const description: Description = {
    ...common,
    // the operator copies a program of its own there, and writes logs
    resources: { ephemeralStorageRequest: Size.mebibytes(512), ephemeralStorageLimit: Size.gibibytes(2), ...common.resources },
    isReplicated: replicasOf(props) > 0,
    replicas: replicasOf(props),
    tls: { certificate: authority, authority, isRequired: options.unsafePlaintextClients !== true, issued: undefined },
    // the label has the operator take a password that was changed
    secretOptions: { type: 'kubernetes.io/basic-auth', labels: { 'cnpg.io/reload': 'true' } },
  };
  return DatabaseModel._of({
    description,
    engineVersion: version.major,
    server: { writablePaths: {}, health: Health.tcp() },
    operated: database => defineCluster(database, description, props, options),
    faults: [
      ...databaseFaults(props, POSTGRESQL, new Set([...RESERVED, ...OPERATORS_OWN])),
      ...ownFaults(props), ...clusterFaults(props, description),
      // the operator has a rule of its own for shared_buffers
      ...sizeFaults(description, { ...props.settings, shared_buffers: '1MB' }, 128),
    ],
  });
}

/** How many servers follow; none where that is no number. */
export function replicasOf({ readReplicas = 0 }: PostgreSqlProps): number {
  return Number.isInteger(readReplicas) && readReplicas <= MOST_REPLICAS ? Math.max(0, readReplicas) : 0;
}

function ownFaults(props: PostgreSqlProps): PropFault[] {
  const { storage, readReplicas = 0, maxConnections = 100, settings = {}, initScripts = {}, database = 'app', databases = [], users = [] } = props;
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  const isOneVolume = made(storage)?.existingClaim !== undefined;
  return [
    ...of('engine', valueFaults(props.engine, 'PostgreSqlEngine', 'cloudNativePg()')),
    ...of('version', givenFaults(props.version, 'PostgreSqlVersion', 'V17')),
    ...of('replicaUpdateStrategy', replicaStrategyFaults(props.replicaUpdateStrategy, replicasOf(props))),
    ...of('readReplicas', [
      ...Number.isInteger(readReplicas) && readReplicas >= 0 && readReplicas <= MOST_REPLICAS ? [] : [{
        code: 'KEELSON3030', got: shown(readReplicas), allowed: `an integer from 0 to ${MOST_REPLICAS}`, fix: 'leave it out for none',
      }],
      ...isOneVolume && readReplicas > 0 ? [{
        code: 'KEELSON3031', got: `${readReplicas} with one claim`, allowed: 'left out with Storage.claim(…), which is a volume for one server', fix: 'use Storage.dynamic(…)',
      }] : [],
    ]),
    ...of('maxConnections', Number.isInteger(maxConnections) && maxConnections >= 10 && maxConnections <= 10_000 ? [] : [{
      code: 'KEELSON3032', got: shown(maxConnections), allowed: 'an integer from 10 to 10000', fix: 'leave it out for 100',
    }]),
    ...users.flatMap((each, at) => of('users', Faults.within(String(at), ownerFaults(each, [database, ...databases])))),
    ...Object.entries(settings).flatMap(([name, value]) => of('settings', settingFaults(name, value))),
    ...Object.keys(initScripts).flatMap(file => of('initScripts', /^[0-9A-Za-y][-\w.]*\.(?:sql|sh)$/.test(file) ? [] : [{
      code: 'KEELSON3034', got: Faults.quoted(file), allowed: "a name that ends in '.sql' or '.sh', and doesn't begin with 'z', '_', '-' or '.'", fix: "write it like '10-tables.sql'",
    }])),
  ];
}

/** All databases have one owner, and who may do what that may, may do it in each. */
function ownerFaults({ privileges = {} }: DatabaseUser, databases: readonly string[]): Fault[] {
  const others = databases.filter(each => privileges[each] !== DatabasePrivilege.OWN);
  return others.length === 0 || !Object.values(privileges).includes(DatabasePrivilege.OWN) ? [] : [{
    code: 'KEELSON3036', member: 'privileges', got: `OWN, but not in ${others.map(each => Faults.quoted(each)).join(', ')}`,
    allowed: 'OWN in all databases of a PostgreSQL server, which have one owner, or in none',
    fix: 'give DatabasePrivilege.OWN in these too, give WRITE instead, or make another server',
  }];
}

function settingFaults(name: string, value: string): Fault[] {
  const isNamed = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/.test(name);
  if (!isNamed || typeof value !== 'string' || /[\0\n\r]/.test(value)) {
    return [{ code: 'KEELSON3033', member: name, got: shown(value), allowed: "a setting's name of lower-case letters, digits and '_', and a value on one line", fix: "write it like work_mem: '8MB'" }];
  }
  return OURS.has(name) ? [{
    code: 'KEELSON3035', member: name, got: Faults.quoted(value), allowed: 'a setting that nothing else of the database depends on',
    fix: name === 'max_connections' ? "use 'maxConnections'" : name.startsWith('ssl') ? "use 'tls'" : reasonOf(name),
  }] : [];
}

/** What the servers that follow it come to. */
export function replicaModel(model: DatabaseModel, props: PostgreSqlProps, primary: string): DatabaseModel {
  const { description, operated } = model._parts;
  if (operated !== undefined) {
    return model;
  }
  const server = replicaParts(description, props, primary);
  return DatabaseModel._of({ ...model._parts, server, setup: undefined, faults: [] });
}
