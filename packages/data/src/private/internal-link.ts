import { IConnectable, Peer, Port } from '@keelson/core';

/** Pods, and who they may talk to. */
export interface Linked extends IConnectable {
  /** The labels that tell them from others. */
  readonly selector: { [key: string]: string };
}

/** Lets a part of a database in to another one, which gives it nothing but the port: no client's user and password. */
export function link(from: Linked, to: Linked, port: number): void {
  const ports = [Port.tcp(port)];
  from.connections.to(Peer.pods({ labels: to.selector }), { ports });
  to.connections.from(Peer.pods({ labels: from.selector }), { ports });
}
