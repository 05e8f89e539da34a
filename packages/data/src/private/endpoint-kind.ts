import { Cidr, Fault, HostName } from '@keelson/core';
import { DatabaseCredentials } from '../database-credentials';
import { Engine, PropFault } from './engine';
import { givenFaults, made, shown, sound, valueFaults } from './made';
import { Password, passwordOf } from './passwords';

/** Who signs in, and how. */
export interface EndpointUser {
  readonly user: string | undefined;
  readonly credentials: DatabaseCredentials | undefined;
}

/** What an engine makes of a server that is made elsewhere. */
export interface EndpointKind {
  readonly engine: Engine;
  readonly version: string;
  readonly toolImage: string;
  readonly database: string;
  /** Its clients; where it is open, those without credentials sign in too. */
  readonly client: EndpointUser & { readonly isOpen?: boolean };
  /** Whether DNS tells the servers and their ports. */
  readonly isByDns?: boolean;
  readonly faults: PropFault[];
}

/** The password of a user that the server knows; none where there are no credentials, or bad ones. */
export function brought({ user, credentials }: EndpointUser, id: string): Password | undefined {
  return sound(credentials) === undefined ? undefined : passwordOf(user ?? '', credentials, id, undefined);
}

/** Nobody makes a password here that the server doesn't know. */
export function broughtFaults(credentials: DatabaseCredentials | undefined, mayBeNone = false): Fault[] {
  const faults = (mayBeNone ? valueFaults : givenFaults)(credentials, 'DatabaseCredentials', 'fromSecret(…)');
  return sound(credentials) === undefined || credentials?.secret !== undefined ? faults : [{
    code: 'KEELSON3040', got: 'generated ones', allowed: 'those that the server knows', fix: 'use DatabaseCredentials.fromSecret(…)',
  }];
}

export function hostFaults(host: string): Fault[] {
  const { faults } = Cidr.host(host);
  return faults.length === 0 || /^[\d.]+$/.test(host) ? faults : HostName.faultsOf(host);
}

/** The server's owners name as they like; what isn't on one line is no name. */
export function nameFaults(name: string | undefined): Fault[] {
  return name === undefined || (typeof name === 'string' && name !== '' && !/\p{Cc}/u.test(name)) ? [] : [{
    code: 'KEELSON3029', got: shown(name), allowed: 'a name on one line', fix: 'write it as the server knows it',
  }];
}

/** A version of a server that others run: its number, however old. */
export function versionFaultsOf(
  version: { readonly faults: Fault[] } | undefined, number: string, className: string, factory: string,
): PropFault[] {
  const isNumber = made(version) !== undefined && /^\d{1,2}(?:\.\d{1,2})?$/.test(number);
  return isNumber ? [] : givenFaults(version, className, factory).map(fault => ({ prop: 'version', fault }));
}

/** The kind of a server with databases. */
export function databaseKind(
  engine: Engine, { user = 'app', database = 'app', credentials }: { user?: string; database?: string; credentials: DatabaseCredentials },
  version: { readonly number: string; readonly image: string }, faults: PropFault[],
): EndpointKind {
  return { engine, version: version.number, toolImage: version.image, database, client: { user, credentials }, faults };
}
