import { Connections, IConnectable, IWaitTarget, OtherEndpoint } from '@keelson/core';
import { Construct } from 'constructs';
import { Database } from './database';
import { DatabaseModel } from './database-model';
import { DatabaseProps } from './database-props';
import { DatabaseServer } from './database-server';
import { Clients } from './private/clients';
import { hostOf } from './private/description';
import { link } from './private/internal-link';

/**
 * Servers that follow a database and answer what only reads. They take nothing over when that is gone, unless an operator has them do it.
 *
 * Defines a StatefulSet (`<name>-replica`) with a volume for each pod, a Service for clients (`<name>-ro`), a headless one, and a
 * NetworkPolicy. Who connects gets the same environment variables as from the database itself, but for the URI, which is that one's:
 * give one of the two an `envPrefix`.
 *
 * ```ts
 * declare const reports: Workload;
 * declare const replicas: ReadReplicas;
 * reports.connections.to(replicas);
 * ```
 */
export class ReadReplicas extends Construct implements IWaitTarget {
  /** @internal */
  public static _define(database: Database, props: DatabaseProps, model: DatabaseModel, replicas: number): ReadReplicas {
    return new ReadReplicas(database, props, model, replicas);
  }

  /**
   * The pods, their Services and what else they need.
   *
   * @default - none where an operator runs them.
   */
  public readonly server?: DatabaseServer;

  /** Who they may talk to. */
  public readonly connections: Connections;

  /** Name of the Service in the cluster's DNS, such as `orders-ro.shop.svc.cluster.local`. */
  public readonly dnsName: string;

  /** Port of the Service. */
  public readonly servicePort: number;

  /**
   * Whether an operator makes the Service.
   *
   * @default false
   */
  public readonly isMadeElsewhere?: boolean;

  private readonly clients: Clients;

  private constructor(database: Database, props: DatabaseProps, model: DatabaseModel, replicas: number) {
    super(database, 'ReadReplicas');
    const { description } = model._parts;
    const { engine, name } = description;
    const host = hostOf(this, description, 'ro');
    this.clients = new Clients(description, props, { name: `${name}-ro`, host, hasUri: false });
    const { endpoint } = this.clients;
    const { server: primary } = database;
    this.server = primary === undefined ? undefined : DatabaseServer._following(database, props, model, replicas);
    this.isMadeElsewhere = this.server === undefined;
    this.dnsName = this.server?.dnsName ?? host;
    this.servicePort = this.server?.servicePort ?? engine.port;
    this.connections = this.server?.connections ?? new OtherEndpoint(database, endpoint, 'who only reads').connections;
    if (this.server !== undefined && primary !== undefined) {
      this.connections.offer(endpoint);
      link(this.server, primary, engine.port);
    }
  }

  /**
   * The same servers for clients who sign in as one of the database's `users`. Their files are in `/run/secrets/<name>-ro-<user>`.
   *
   * @param name a user that is declared there.
   */
  public asUser(name: string): IConnectable {
    return this.clients.as(name, this);
  }
}
