import { IConnectable, Port } from '@keelson/core';
import { ExposedApp } from './target-renderer';

/** Has the pods of an app accept who leads requests there. Policies of pods made elsewhere are up to whoever makes them. */
export function letIn({ connections, containerPort }: ExposedApp, peer: IConnectable): void {
  if (connections.arePoliced) {
    connections.from(peer, { ports: [Port.tcp(containerPort)] });
  }
}
