import { Connections, IConnectable } from './connections';
import { Endpoint } from './endpoint';
import { OtherConnections } from './private/other-connections';

/**
 * The same server for clients of another kind: they reach what others reach, and get `endpoint` in place of what the server offers.
 * For authors of servers that clients sign in to as one of several users.
 *
 * ```ts
 * declare const queue: Workload;
 * declare const auditor: Workload;
 * const reader = new OtherEndpoint(queue, { env: { QUEUE_USER: EnvValue.fromValue('reader') } }, 'user reader');
 * auditor.connections.to(reader);
 * ```
 */
export class OtherEndpoint implements IConnectable {
  /** The server's connections; what is offered to these clients is offered to them alone. */
  public readonly connections: Connections;

  /**
   * @param server who accepts the connections.
   * @param endpoint what these clients get; the ports are the server's where it names none.
   * @param kind what tells them from the rest in messages, such as `user reader`.
   */
  public constructor(server: IConnectable, endpoint: Endpoint, kind: string) {
    this.connections = new OtherConnections(server.connections, endpoint, kind);
  }
}
