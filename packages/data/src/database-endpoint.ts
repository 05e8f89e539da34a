import { BackupCredentials, Connections, ConstructId, Faults, IBackupSource, ISecret, IWaitTarget, Peer, Port } from '@keelson/core';
import { Construct } from 'constructs';
import { ClientTls, clientEndpoint, untoldFaults, uriOf } from './private/client-endpoint';
import { clientVariableFaults } from './private/client-variables';
import { brought, broughtFaults, EndpointKind, EndpointUser, hostFaults, nameFaults } from './private/endpoint-kind';
import { givenFaults, sound, valueFaults } from './private/made';
import { soundProps } from './private/sound-props';
import { ServerEndpointProps } from './server-endpoint-props';

/** Peers that stand for a server already: a second one would give its clients' variables to the first one's clients. */
const taken = new WeakSet<Peer>();

/**
 * A database server that is made elsewhere: by a cloud, by an operator, by another team. Clients connect to it, and backups read it, as if
 * it were made here; nothing is defined for it.
 *
 * ```ts
 * declare const storefront: Workload;
 * const orders = PostgreSql.fromEndpoint(chart, 'orders', {
 *   version: PostgreSqlVersion.V17,
 *   host: 'orders.example.com',
 *   peer: Peer.cidr('10.20.0.0/16'),
 *   credentials: DatabaseCredentials.fromSecret(Secret.fromSecretName('orders-app'), { uriKey: 'uri' }),
 * });
 * storefront.connections.to(orders);
 * ```
 */
export class DatabaseEndpoint extends Construct implements IWaitTarget, IBackupSource {
  /** @internal */
  public static _define(scope: Construct, id: string, props: ServerEndpointProps, kind: EndpointKind): DatabaseEndpoint {
    return new DatabaseEndpoint(scope, id, props, kind);
  }

  /** What kind of server it is, such as `postgresql`. */
  public readonly engine: string;

  /** Its major version. */
  public readonly engineVersion: string;

  /** Image with the tools of the version. */
  public readonly toolImage: string;

  /** Its name or address. */
  public readonly host: string;

  /**
   * Name or address of servers that follow it.
   *
   * @default - none are known.
   */
  public readonly readHost?: string;

  /** Its port. */
  public readonly port: number;

  /**
   * Where it is as a URI without user and password.
   *
   * @default - host and port tell it.
   */
  public readonly address?: string;

  /** The name of the database that clients use. */
  public readonly databaseName: string;

  /**
   * The user that clients are.
   *
   * @default - it asks for none.
   */
  public readonly user?: string;

  /**
   * The Secret with the password of clients.
   *
   * @default - it asks for none.
   */
  public readonly credentialsSecret?: ISecret;

  /**
   * Who reads all of it.
   *
   * @default - it asks for no password.
   */
  public readonly backupCredentials?: BackupCredentials;

  /** Who connects to it. */
  public readonly connections: Connections;

  /** Its name or address. */
  public readonly dnsName: string;

  /** Its port. */
  public readonly servicePort: number;

  /**
   * Whether somebody else makes what answers at `dnsName`: always, unless it is a MongoDB's name that only DNS knows something of.
   *
   * @default false
   */
  public readonly isMadeElsewhere?: boolean;

  private constructor(scope: Construct, id: string, given: ServerEndpointProps, kind: EndpointKind) {
    super(scope, ConstructId.claim(scope, id));
    const { props, faults } = soundProps(given);
    faults.filter(({ prop }) => prop === 'clientVariables' || prop === 'passwordsInEnvironment').forEach(({ prop, fault }) => Faults.report(this, prop, [fault]));
    const { peer } = props;
    const isShared = sound(peer) !== undefined && taken.has(peer);
    this.report(props, kind, isShared);
    const { engine, client, database, isByDns } = kind;
    const { host, readHost, port = engine.port, backupUser } = props;
    // who knows a password and no user is `default` to Redis
    const backup: EndpointUser = { user: backupUser ?? client.user ?? 'default', credentials: props.backupCredentials ?? client.credentials };
    this.engine = engine.id;
    this.engineVersion = kind.version;
    this.toolImage = kind.toolImage;
    this.host = host;
    this.readHost = readHost;
    this.port = port;
    this.databaseName = database;
    this.user = client.user;
    this.dnsName = host;
    this.servicePort = port;
    this.isMadeElsewhere = isByDns !== true;
    const password = brought(client, id);
    this.credentialsSecret = password?.secret;
    const { user, secret, key } = brought(backup, id) ?? {};
    this.backupCredentials = secret && { username: user ?? '', secret, passwordKey: key ?? 'password' };
    const tls = tlsOf(props);
    this.address = uriOf(engine, { host, port, database }, id, tls);
    this.connections = (sound(props.peer) ?? Peer.ownNamespace()).connections;
    const server = { engine, name: id, host, port, database, user: client.user, password, hasUri: true, isByDns, tls };
    const endpoint = clientEndpoint(server, props);
    Faults.report(this, 'clientVariables', untoldFaults(props.clientVariables, endpoint));
    if (!isShared) {
      this.connections.offer(endpoint);
    }
  }

  private report(props: ServerEndpointProps, { faults, client, database }: EndpointKind, isShared: boolean): void {
    const { host, readHost, port, backupUser, backupCredentials, clientVariables, peer, tls } = props;
    faults.forEach(({ prop, fault }) => Faults.report(this, prop, [fault]));
    Faults.report(this, 'host', hostFaults(host));
    Faults.report(this, 'readHost', readHost === undefined ? [] : hostFaults(readHost));
    Faults.report(this, 'port', port === undefined ? [] : Port.faultsOfNumber(port));
    Faults.report(this, 'credentials', broughtFaults(client.credentials, client.isOpen));
    Faults.report(this, 'backupCredentials', broughtFaults(backupCredentials, true));
    Faults.report(this, 'tls', valueFaults(tls, 'CertificateAuthority', 'fromConfigMap(…)'));
    Faults.report(this, 'clientVariables', clientVariableFaults(clientVariables));
    Faults.report(this, 'database', nameFaults(database));
    Faults.report(this, 'user', nameFaults(client.user));
    Faults.report(this, 'backupUser', nameFaults(backupUser));
    Faults.report(this, 'peer', givenFaults(peer, 'Peer', 'cidr(…)'));
    if (sound(peer) !== undefined) {
      Faults.report(this, 'peer', isShared ? [{
        code: 'KEELSON3041', got: 'one that stands for another server already', allowed: 'a Peer of its own', fix: 'make another one',
      }] : []);
      taken.add(peer);
    }
  }
}

/** What clients verify it by. */
function tlsOf({ tls }: ServerEndpointProps): ClientTls | undefined {
  const authority = sound(tls);
  return authority === undefined ? undefined : { authority: authority.volume };
}
