import { IConnectable, Port } from '@keelson/core';

/** Lets a part of a database in to another one, which gives it nothing but the port: no client's user and password. */
export function link(from: IConnectable, to: IConnectable, port: number): void {
  to.connections.from(from, { ports: [Port.tcp(port)], portsOnly: true });
}
