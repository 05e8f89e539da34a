import { Fault, Faults } from '@keelson/core';
import { Duration } from 'cdk8s';
import { DatabaseCredentials } from '../database-credentials';
import { DatabaseProps } from '../database-props';
import { DatabasePrivilege, DatabaseUser } from '../database-user';
import { StatefulSetStrategy } from '../stateful-set-strategy';
import { alertsFaults } from './alerts-faults';
import { clientVariableFaults } from './client-variables';
import { Engine, PropFault } from './engine';
import { givenFaults, shown, valueFaults } from './made';
import { placeFaults } from './storage-faults';

/** What all engines take as a name without quotes, and as short as the strictest has it. */
const NAME = /^[a-z_][a-z0-9_]{0,31}$/;
const WORDS = "a lower-case letter or '_', then up to 31 of these and digits";

/** What is wrong with what all databases can be told, of which `replicas` others follow. */
export function databaseFaults(
  props: DatabaseProps, engine: Engine, reserved: ReadonlySet<string>, replicas = 0,
): PropFault[] {
  const { user = 'app', database = 'app', databases = [], users = [] } = props;
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  const taken = new Set([engine.rootUser, ...reserved]);
  return [
    ...of('storage', givenFaults(props.storage, 'Storage', 'dynamic(Size.gibibytes(20))')),
    ...of('storage', placeFaults(props.storage, replicas)),
    ...of('updateStrategy', strategyFaults(props.updateStrategy, 0)),
    ...(['credentials', 'rootCredentials', 'previousRootCredentials'] as const).flatMap(prop => of(prop, credentialsFaults(props[prop]))),
    ...of('tls', valueFaults(props.tls, 'DatabaseTls', "required(Certificate.issuedBy('internal-ca'))")),
    ...of('user', freeNameFaults(user, taken, engine)),
    ...of('database', freeNameFaults(database, reserved, engine)),
    ...databases.flatMap((each, at) => of('databases', Faults.within(String(at), [
      ...freeNameFaults(each, reserved, engine), ...[database, ...databases.slice(0, at)].includes(each) ? [twiceFault(each)] : [],
    ]))),
    ...users.flatMap((each, at) => of('users', Faults.within(String(at), userFaults(each, new Set([database, ...databases]),
      [user, ...users.slice(0, at).map(({ name }) => name)], taken, engine)))),
    ...startupFaults(props),
    ...of('alerts', alertsFaults(props, replicas)),
    ...of('clientVariables', clientVariableFaults(props.clientVariables)),
  ];
}

/** A partition beyond the pods would keep all of them as they are. */
function strategyFaults(strategy: StatefulSetStrategy | undefined, most: number): Fault[] {
  const faults = valueFaults(strategy, 'StatefulSetStrategy', 'rollingUpdate(…)');
  const partition = strategy?.partition ?? 0;
  return strategy === undefined || faults.length > 0 || partition <= most ? faults : [{
    code: 'KEELSON3158', member: 'partition', got: String(partition), allowed: most === 0 ? '0 for one pod' : `0 to ${most}, for ${most + 1} pods`,
    fix: 'use StatefulSetStrategy.onDelete() where no pod is to be replaced by itself',
  }];
}

/** How replicas are replaced, where there are some. */
export function replicaStrategyFaults(strategy: StatefulSetStrategy | undefined, replicas: number): Fault[] {
  return strategy !== undefined && replicas === 0 ? [{
    code: 'KEELSON3159', got: 'one', allowed: 'left out without readReplicas', fix: "use 'updateStrategy', or ask for readReplicas",
  }] : strategyFaults(strategy, replicas - 1);
}

function credentialsFaults(credentials: DatabaseCredentials | undefined): Fault[] {
  return valueFaults(credentials, 'DatabaseCredentials', 'generated()');
}

function nameFaults(name: string): Fault[] {
  return typeof name === 'string' && NAME.test(name) ? [] : [{ code: 'KEELSON3020', got: shown(name), allowed: WORDS, fix: "write it like 'orders'" }];
}

function freeNameFaults(name: string, taken: ReadonlySet<string>, engine: Engine): Fault[] {
  return [...nameFaults(name), ...taken.has(name) || /^(?:keelson|pg)_/.test(name) ? [reservedFault(name, engine)] : []];
}

function reservedFault(name: string, { title }: Engine): Fault {
  return { code: 'KEELSON3021', got: Faults.quoted(name), allowed: `a name that ${title} and its own Jobs leave free`, fix: 'choose another name' };
}

function twiceFault(name: string): Fault {
  return { code: 'KEELSON3022', got: `${Faults.quoted(name)} twice`, allowed: 'named once', fix: 'remove one of them' };
}

function userFaults(
  { name, credentials, privileges = {} }: DatabaseUser, databases: ReadonlySet<string>, before: readonly string[],
  taken: ReadonlySet<string>, engine: Engine,
): Fault[] {
  return [
    ...Faults.within('name', [...freeNameFaults(name, taken, engine), ...before.includes(name) ? [twiceFault(name)] : []]),
    ...Faults.within('credentials', credentialsFaults(credentials)),
    ...Object.entries(privileges).flatMap(([database, privilege]) => Faults.within(`privileges.${database}`, [
      ...databases.has(database) ? [] : [{
        code: 'KEELSON3023', got: Faults.quoted(database), allowed: `one of the server's databases (${[...databases].map(each => Faults.quoted(each)).join(', ')})`,
        fix: "add it to 'databases', or name one of these",
      }],
      ...Object.values(DatabasePrivilege).includes(privilege) ? [] : [{
        code: 'KEELSON3024', got: shown(privilege), allowed: "'read', 'write' or 'own'", fix: 'use DatabasePrivilege.READ, WRITE or OWN',
      }],
    ])),
  ];
}

function startupFaults({ startupTimeout }: DatabaseProps): PropFault[] {
  const seconds = startupTimeout === undefined ? 10 : (startupTimeout as Duration | null)?.toSeconds?.({ integral: false }) ?? NaN;
  return seconds >= 10 ? [] : [{ prop: 'startupTimeout', fault: {
    code: 'KEELSON3025', got: Number.isNaN(seconds) ? shown(startupTimeout) : `${seconds} s`, allowed: 'at least 10 seconds', fix: 'leave it out for an hour',
  } }];
}
