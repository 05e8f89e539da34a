import { Connections, Endpoint, Faults, IConnectable, OtherEndpoint } from '@keelson/core';
import { Construct } from 'constructs';
import { clientEndpoint, Wishes } from './client-endpoint';
import { Description } from './description';

/** Where clients sign in. */
interface Place {
  readonly name: string;
  readonly host: string;
  /** Whether the URIs that Secrets have are for this host. */
  readonly hasUri: boolean;
}

/** Those who sign in at one place of a database: as the application's user, or as another that was declared. */
export class Clients {
  private readonly known = new Map<string, IConnectable>();

  public constructor(
    private readonly description: Description, private readonly wishes: Wishes, private readonly place: Place,
  ) {}

  /** What a client gets as the application's user. */
  public get endpoint(): Endpoint {
    const { description, wishes, place } = this;
    return clientEndpoint({ ...description, ...place, password: description.passwords.get('app') }, wishes);
  }

  /** The same place for clients who sign in as another user: what is wrong with the name is a mistake of `scope`. */
  public as(user: string, scope: Construct & { readonly connections: Connections }): IConnectable {
    const { description, wishes, place } = this;
    const { passwords, users } = description;
    const [declared, password] = [users.find(({ name }) => name === user), passwords.get(`user-${user}`)];
    if (declared === undefined || password === undefined) {
      const names = [description.user, ...users.map(({ name }) => name)];
      Faults.report(scope, 'asUser', names.includes(user) ? [] : [{
        code: 'KEELSON3019', got: Faults.quoted(user), allowed: `a user of the database (${names.map(each => Faults.quoted(each)).join(', ')})`,
        fix: "declare it in 'users', or name one of these",
      }]);
      return scope;
    }
    Faults.report(scope, 'asUser', Object.keys(declared.privileges ?? {}).length > 0 ? [] : [{
      code: 'KEELSON3192', got: `${Faults.quoted(user)}, who has none and gets into none`, allowed: 'a user with rights in a database',
      fix: `give it some in 'users', such as privileges: { ${description.database}: DatabasePrivilege.READ }`,
    }]);
    const name = clientNameOf(place.name, user);
    const known = this.known.get(user)
      ?? new OtherEndpoint(scope, clientEndpoint({ ...description, ...place, name, user, database: databaseOf(description, user), password }, wishes), `user ${user}`);
    this.known.set(user, known);
    return known;
  }
}

/** What the directory of a declared user's files is called. */
export function clientNameOf(name: string, user: string): string {
  return `${name}-${user.replaceAll('_', '-')}`;
}

/** Where a declared user signs in: at the database of clients, unless it has rights in others only. */
export function databaseOf({ database, users }: Description, user: string): string {
  const { privileges = {} } = users.find(({ name }) => name === user) ?? {};
  return privileges[database] === undefined ? Object.keys(privileges)[0] ?? database : database;
}
