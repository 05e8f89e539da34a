import {
  BackupCredentials, Connections, ConstructId, Faults, IBackupSource, IConnectable, ISecret, IWaitTarget, Manifest, PrometheusRule,
  SecretGenerator, Service, Task,
} from '@keelson/core';
import { Construct } from 'constructs';
import { DatabaseModel } from './database-model';
import { DatabaseServer } from './database-server';
import { defineAlerts } from './private/alerts';
import { Backing } from './private/backing';
import { untoldFaults, uriOf } from './private/client-endpoint';
import { Clients } from './private/clients';
import { hostOf } from './private/description';
import { externalService } from './private/external-service';
import { defineSecrets } from './private/generated-secrets';
import { defineCertificate } from './private/issued-certificate';
import { samePasswordFaults } from './private/root-refused';
import { defineSetup } from './private/setup-task';
import { ServerProps } from './server-props';

/**
 * A database: what `PostgreSql` and its likes have in common.
 *
 * Defines its server, `DatabaseServer`, or what an operator makes servers of;
 * a Job that makes the passwords, once, and one that makes users and databases.
 */
export abstract class Database extends Construct implements IWaitTarget, IBackupSource {
  /** Name of the server and what belongs to it. */
  public readonly name: string;

  /** What kind of server it is, such as `postgresql`. */
  public readonly engine: string;

  /** Its major version. */
  public readonly engineVersion: string;

  /** Image with the tools of the version: the server's. */
  public readonly toolImage: string;

  /** Name of the server that takes changes, in the cluster's DNS. */
  public readonly host: string;

  /**
   * Name of the servers that follow it, in the cluster's DNS.
   *
   * @default - there are none.
   */
  public readonly readHost?: string;

  /** The port that it answers on. */
  public readonly port: number;

  /** The name of the database that clients use. */
  public readonly databaseName: string;

  /** The user that clients are. */
  public readonly user: string;

  /** The Secret with the password of `user`. */
  public readonly credentialsSecret: ISecret;

  /**
   * Where it is as a URI without user and password.
   *
   * @default - host and port tell it.
   */
  public readonly address?: string;

  /**
   * Who reads all of it.
   *
   * @default - it asks for no password.
   */
  public readonly backupCredentials?: BackupCredentials;

  /** Who it may talk to. */
  public readonly connections: Connections;

  /**
   * The pods, their Services and what else they need.
   *
   * @default - none where an operator runs them.
   */
  public readonly server?: DatabaseServer;

  /**
   * What the operator is told, such as CloudNativePG's Cluster.
   *
   * @default - there is no operator.
   */
  public readonly customResource?: Manifest;

  /**
   * The Service of clients outside of the cluster.
   *
   * @default - none without `externalAccess`.
   */
  public readonly externalService?: Service;

  /**
   * The Certificate that cert-manager issues.
   *
   * @default - none where there is no TLS, or the certificate is brought.
   */
  public readonly certificate?: Manifest;

  /**
   * The Job that makes passwords.
   *
   * @default - none where all passwords are brought.
   */
  public readonly secretGenerator?: SecretGenerator;

  /**
   * The Job that makes users and databases, or gives users their rights where an operator makes these.
   *
   * @default - none where the engine has neither.
   */
  public readonly setup?: Task;

  /**
   * What somebody is told of it.
   *
   * @default - none without `metrics`, and where the cluster's monitoring reads no PrometheusRules.
   */
  public readonly alerts?: PrometheusRule;

  /** Name of its Service in the cluster's DNS, such as `orders-rw.shop.svc.cluster.local`. */
  public readonly dnsName: string;

  /** Port of its Service. */
  public readonly servicePort: number;

  /**
   * Whether an operator makes its Service.
   *
   * @default false
   */
  public readonly isMadeElsewhere?: boolean;

  private readonly clients: Clients;

  /** @internal */
  public constructor(scope: Construct, id: string, props: ServerProps, model: DatabaseModel) {
    const { description, operated, exporter, engineVersion, faults } = model._parts;
    const { engine, passwords } = description;
    super(scope, ConstructId.claim(scope, id));
    const backing = operated === undefined ? served(this, props, model) : operated(this);
    for (const { prop, fault } of faults) {
      Faults.report(this, prop, [fault]);
    }
    Faults.report(this, 'previousRootCredentials', samePasswordFaults(passwords));
    this.name = backing.name;
    this.engine = engine.id;
    this.engineVersion = engineVersion;
    this.toolImage = description.image;
    this.port = engine.port;
    this.databaseName = description.database;
    this.user = description.user;
    this.host = hostOf(this, description, 'rw');
    this.address = uriOf(engine, { host: this.host, port: engine.port, database: description.database }, description.name, description.tls);
    this.readHost = description.isReplicated ? hostOf(this, description, 'ro') : undefined;
    const [root, app] = [passwords.get('root'), passwords.get('app')];
    this.credentialsSecret = app?.secret ?? { kind: 'Secret', name: '' };
    this.backupCredentials = { username: engine.rootUser, secret: root?.secret ?? this.credentialsSecret, passwordKey: root?.key ?? 'password' };

    this.server = backing.server;
    this.customResource = backing.customResource;
    this.isMadeElsewhere = backing.server === undefined;
    this.connections = backing.primary.connections;
    this.dnsName = backing.server?.dnsName ?? this.host;
    this.servicePort = backing.server?.servicePort ?? this.port;
    this.externalService = externalService(this, props, backing, { target: engine.id, number: engine.port }, description.tls !== undefined);
    this.clients = new Clients(description, props, { name: description.name, host: this.host, hasUri: true });
    Faults.report(this, 'clientVariables', untoldFaults(props.clientVariables, this.clients.endpoint));
    this.connections.offer(this.clients.endpoint);
    this.certificate = defineCertificate(this, description, backing.labels);
    this.alerts = exporter === undefined || backing.server === undefined
      ? undefined : defineAlerts(this, backing.server, description, exporter.series, props.alerts);
    this.secretGenerator = defineSecrets(this, description, this.host);
    this.setup = backing.setup?.();
  }

  /**
   * The same server for clients who sign in as one of `users`: they get what others get, with its name and password, and the first
   * database that it has rights in where it has none in `database`. Their files are in `/run/secrets/<name>-<user>`.
   * A user without rights is refused: no database lets it in.
   *
   * ```ts
   * declare const reports: Workload;
   * declare const orders: PostgreSql;
   * reports.connections.to(orders.asUser('reports'));
   * ```
   *
   * @param name a user that is declared in `users`.
   */
  public asUser(name: string): IConnectable {
    return this.clients.as(name, this);
  }
}

/** By a server of ours. */
function served(database: Construct, props: ServerProps, model: DatabaseModel): Backing {
  const { description, setup } = model._parts;
  const server = DatabaseServer._of(database, props, model);
  const { name, labels } = server;
  return { name, labels, server, primary: server, setup: setup && (() => defineSetup(database, server, description, setup)) };
}
