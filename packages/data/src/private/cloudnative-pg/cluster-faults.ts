import { Fault, Faults } from '@keelson/core';
import { DatabaseCredentials } from '../../database-credentials';
import { PostgreSqlProps } from '../../postgre-sql-props';
import { PostgreSqlVersion } from '../../postgre-sql-version';
import { Storage } from '../../storage';
import { Description } from '../description';
import { PropFault } from '../engine';
import { made, shown } from '../made';
import { parameterFaults } from './cluster-parameters';

/** What a Cluster has no place for, and what to do instead. */
export const REFUSED: ReadonlyMap<keyof PostgreSqlProps, string> = new Map([
  ['initContainers', 'remove them: the operator makes the pods'],
  ['sidecars', 'remove them: the operator makes the pods'],
  ['containers', 'remove them: the operator makes the pods'],
  ['serviceAccount', 'remove it: the operator makes one with the rights that its servers need'],
  ['fsGroup', "remove it: it is 'runAsGroup'"],
  ['unsafeHostNetwork', 'remove it: the operator makes the pods'],
  ['dnsOptions', 'remove them: the operator makes the pods'],
  ['previousRootCredentials', "remove it: the operator sets the password of 'rootCredentials' by itself"],
  ['alerts', "remove it: its exporter has names of its own; say it by a PrometheusRule of '@keelson/core'"],
  ['updateStrategy', 'remove it: the operator replaces the replicas first, and the primary last'],
  ['replicaUpdateStrategy', 'remove it: the operator replaces the replicas first, and the primary last'],
  ['tls', 'remove it: the operator makes certificates, renews them, and clients get its authority'],
]);

/** Roles and databases that the operator has by itself. */
export const OPERATORS_OWN: readonly string[] = ['streaming_replica'];

const LONGEST_NAME = 50;
const SHORTEST_STOP = 20;

/** What of the props a Cluster can't be told, or would be refused for. */
export function clusterFaults(props: PostgreSqlProps, description: Description): PropFault[] {
  const { version, image, initScripts = {}, user, users = [], terminationGracePeriod } = props;
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  const seconds = terminationGracePeriod?.toSeconds?.({ integral: false }) ?? SHORTEST_STOP;
  return [
    ...[...REFUSED].flatMap(([prop, fix]) => of(prop, props[prop] === undefined || props[prop] === false ? [] : [{
      code: 'KEELSON3110', got: 'it', allowed: 'left out with PostgreSqlEngine.cloudNativePg()', fix,
    }])),
    ...of('name', nameFaults(description.name)),
    ...image === undefined ? of('version', versionFaults(made(version))) : of('image', imageFaults(image, made(version)?.major)),
    ...of('user', roleFaults(user)),
    ...users.flatMap(({ name }, at) => of('users', Faults.within(`${at}.name`, roleFaults(name)))),
    ...of('storage', storageFaults(made(props.storage))),
    ...of('credentials', secretFaults(made(props.credentials))),
    ...of('rootCredentials', secretFaults(made(props.rootCredentials))),
    ...users.flatMap(({ credentials }, at) => of('users', Faults.within(`${at}.credentials`, secretFaults(made(credentials))))),
    ...parameterFaults(props, description),
    ...Object.keys(initScripts).flatMap(file => of('initScripts', !file.endsWith('.sh') ? [] : [{
      code: 'KEELSON3116', got: Faults.quoted(file), allowed: 'a file of SQL with PostgreSqlEngine.cloudNativePg(), which runs no programs', fix: "write it as '.sql'",
    }])),
    ...of('terminationGracePeriod', seconds >= SHORTEST_STOP ? [] : [{
      code: 'KEELSON3122', got: `${seconds} s`, allowed: `at least ${SHORTEST_STOP} seconds with PostgreSqlEngine.cloudNativePg()`, fix: 'leave it out for half an hour',
    }]),
  ];
}

function nameFaults(name: string): Fault[] {
  return typeof name === 'string' && name.length <= LONGEST_NAME && /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(name) ? [] : [{
    code: 'KEELSON3115', got: Faults.quoted(name),
    allowed: `a lower-case letter, then up to ${LONGEST_NAME - 1} of these, digits and '-', as CloudNativePG wants the name of a Cluster`, fix: "write it like 'orders'",
  }];
}

/** Those are the operator's. */
function roleFaults(name: string | undefined): Fault[] {
  return typeof name !== 'string' || !name.startsWith('cnpg_') ? [] : [{
    code: 'KEELSON3120', got: Faults.quoted(name), allowed: "a name that CloudNativePG leaves free: it doesn't begin with 'cnpg_'", fix: 'choose another name',
  }];
}

/** The official image has no part of the operator in it. */
function versionFaults(version: PostgreSqlVersion | undefined): Fault[] {
  return version === undefined || version.faults.length > 0 || version.cloudNativePgImage !== undefined ? [] : [{
    code: 'KEELSON3111', got: `${version.major}, of which no image of CloudNativePG's is known`, allowed: 'one whose image of CloudNativePG is known, or is given',
    fix: `say it: image: 'ghcr.io/cloudnative-pg/postgresql:${version.major}.0-standard-trixie@sha256:…'`,
  }];
}

/** The operator reads the version from the tag. */
function imageFaults(image: string, major: string | undefined): Fault[] {
  const tag = typeof image === 'string' ? /:(\d+)[^/@]*(?:@[^/]*)?$/.exec(image)?.[1] : undefined;
  return tag !== undefined && (major === undefined || tag === major) ? [] : [{
    code: 'KEELSON3112', got: Faults.quoted(image), allowed: `an image whose tag begins with the major version${major === undefined ? '' : `, ${major}`}: CloudNativePG reads it there`,
    fix: 'name one of ghcr.io/cloudnative-pg/postgresql, or one made from it',
  }];
}

/** The operator makes a claim for each server. */
function storageFaults(storage: Storage | undefined): Fault[] {
  const isDynamic = storage === undefined || storage.faults.length > 0
    || (storage.existingClaim === undefined && !storage.isEphemeral && storage.path === undefined);
  return isDynamic ? [] : [{
    code: 'KEELSON3114', got: 'another one', allowed: 'Storage.dynamic(…) with PostgreSqlEngine.cloudNativePg(), which makes the claims', fix: 'use Storage.dynamic(Size.gibibytes(20))',
  }];
}

/** The operator looks for the password under one key. */
function secretFaults(credentials: DatabaseCredentials | undefined): Fault[] {
  return credentials?.secret === undefined || credentials.faults.length > 0 || credentials.passwordKey === 'password' ? [] : [{
    code: 'KEELSON3117', member: 'passwordKey', got: shown(credentials.passwordKey), allowed: "'password' with PostgreSqlEngine.cloudNativePg()",
    fix: "have the Secret's keys be 'username' and 'password'",
  }];
}
