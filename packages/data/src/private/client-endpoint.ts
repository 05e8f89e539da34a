import { Endpoint, EnvValue, Fault, IEnvValue, Port, Volume } from '@keelson/core';
import { ConnectionValue } from '../connection-value';
import { Engine, Place } from './engine';
import { shown } from './made';
import { Password } from './passwords';

/** Where a client signs in, as which user. */
interface Server {
  readonly engine: Engine;
  /** What the directory of its files is called. */
  readonly name: string;
  readonly host: string;
  readonly port?: number;
  readonly database: string;
  readonly user?: string;
  /** Undefined where it asks for none. */
  readonly password: Password | undefined;
  /** Whether the URI that the Secret has is for this host. */
  readonly hasUri: boolean;
  /** Whether DNS tells the servers and their ports. */
  readonly isByDns?: boolean;
  readonly tls?: ClientTls;
}

/** What clients verify the server by. */
export interface ClientTls {
  /** The file `ca.crt`; their system's where there is none. */
  readonly authority: Volume | undefined;
}

/** How clients want to be told. */
export interface Wishes {
  readonly clientVariables?: { [variable: string]: ConnectionValue };
  readonly passwordsInEnvironment?: boolean;
}

/** What is a Secret's, and what tells where the file of it is. */
const FILES: { readonly [value: string]: ConnectionValue } = {
  [ConnectionValue.PASSWORD]: ConnectionValue.PASSWORD_FILE, [ConnectionValue.URI]: ConnectionValue.URI_FILE,
};

/** Where clients have the certificate of a server's authority. */
export function authorityFileOf(name: string): string {
  return `/run/secrets/${name}/ca.crt`;
}

/** What connected clients get: the port, who they are and where, and the Secret's part of it as files. */
export function clientEndpoint(server: Server, wishes: Wishes): Endpoint {
  const { engine, name, host, port = engine.port, database, user, password, hasUri, isByDns = false, tls } = server;
  const directory = `/run/secrets/${name}`;
  const uriKey = hasUri ? password?.uriKey : undefined;
  const text = (value: string | undefined): IEnvValue | undefined => value === undefined ? undefined : EnvValue.fromValue(value);
  const secret = (key: string | undefined): IEnvValue | undefined =>
    password === undefined || key === undefined ? undefined : EnvValue.fromSecretValue({ secret: password.secret, key });
  const address = uriOf(engine, { host, port, database }, name, tls);
  const authorityFile = authorityFileFor(engine, name, tls);
  const told: { readonly [of: string]: IEnvValue | undefined } = {
    [ConnectionValue.HOST]: text(host),
    [ConnectionValue.PORT]: text(isByDns ? undefined : String(port)),
    [ConnectionValue.DATABASE]: text(database),
    [ConnectionValue.USERNAME]: text(user),
    [ConnectionValue.PASSWORD_FILE]: text(password && `${directory}/password`),
    [ConnectionValue.URI_FILE]: text(uriKey === undefined ? undefined : `${directory}/uri`),
    [ConnectionValue.CA_FILE]: text(authorityFile),
    [ConnectionValue.TLS]: text(tls === undefined ? undefined : engine.tlsWord),
    [ConnectionValue.PASSWORD]: secret(password?.key),
    [ConnectionValue.ADDRESS]: text(address),
    // without a password, there is nothing secret in it
    [ConnectionValue.URI]: password === undefined ? text(address) : secret(uriKey),
  };
  const variables = Object.entries(wishes.clientVariables ?? usualVariables(engine, wishes, password !== undefined));
  const env = variables.flatMap(([variable, of]) => {
    const value = told[of];
    return value === undefined ? [] : [[variable, value] as const];
  });
  const uriItem: { [key: string]: string } = uriKey === undefined ? {} : { [uriKey]: 'uri' };
  const hasFiles = password !== undefined && variables.some(([, of]) => Object.values(FILES).includes(of));
  const files = [
    ...hasFiles ? [Volume.fromSecret(password.secret, { items: { [password.key]: 'password', ...uriItem } })] : [],
    ...tls?.authority === undefined ? [] : [tls.authority],
  ];
  const [one] = files;
  return {
    ports: [Port.tcp(port)], env: Object.fromEntries(env),
    volumes: one === undefined ? {} : { [directory]: files.length === 1 ? one : Volume.projected(files) },
  };
}

/** Where clients have what they verify a server by: a file, or a word for their system's. */
function authorityFileFor(engine: Engine, name: string, tls: ClientTls | undefined): string | undefined {
  return tls && (tls.authority === undefined ? engine.systemAuthority : authorityFileOf(name));
}

/** Where it is, with an address of IPv6 in brackets. */
export function uriOf(engine: Engine, { host, ...place }: Place, name: string, tls: ClientTls | undefined): string {
  return engine.uri({
    ...place, host: typeof host === 'string' && host.includes(':') ? `[${host}]` : host,
    authorityFile: authorityFileFor(engine, name, tls), isTls: tls !== undefined,
  });
}

/** Told where TLS is on. */
const OF_TLS: readonly string[] = [ConnectionValue.TLS, ConnectionValue.CA_FILE];

/** What clients are to be told, and nobody knows. */
export function untoldFaults(clientVariables: { [variable: string]: ConnectionValue } | undefined, { env = {} }: Endpoint): Fault[] {
  const untold = Object.entries(clientVariables ?? {})
    .filter(([variable, of]) => !Object.hasOwn(env, variable) && !OF_TLS.includes(of) && Object.values(ConnectionValue).includes(of));
  return untold.map(([variable, of]) => ({
    code: 'KEELSON3157', member: variable, got: shown(of), allowed: 'something that is known of it',
    fix: of === ConnectionValue.URI || of === ConnectionValue.URI_FILE ? "name the key of the URI: fromSecret(…, { uriKey: 'uri' })" : 'remove it',
  }));
}

/** Those of the engine; what is a Secret's by the path of its file, `PGPASSWORD_FILE`, unless asked for otherwise. */
function usualVariables(
  { clientVariables }: Engine, { passwordsInEnvironment }: Wishes, hasPassword: boolean,
): { [variable: string]: ConnectionValue } {
  const usual = Object.entries(clientVariables).map(([variable, of]) => {
    const file = passwordsInEnvironment === true || !hasPassword ? undefined : FILES[of];
    return file === undefined ? [variable, of] : [`${variable}_FILE`, file];
  });
  return Object.fromEntries(usual);
}
