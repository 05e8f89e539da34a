import { IConnectable, Port } from '@keelson/core';
import { mayBringChallenges } from './http01-solver';
import { Backend, ExposureRequest } from './target-renderer';

/**
 * Has all who answer for an exposure accept who leads requests there: the app, who decides about its requests, who gets copies of them, and
 * who answers challenges of its certificate's issuer.
 */
export function letIn(request: ExposureRequest, peer: IConnectable): void {
  const { backend, auth, mirror } = request;
  for (const called of [backend, auth.service?.backend, mirror]) {
    if (called !== undefined) {
      open(called, peer);
    }
  }
  mayBringChallenges(request, peer);
}

/** Policies of pods made elsewhere are up to whoever makes them. */
function open({ connections, containerPort }: Backend, peer: IConnectable): void {
  if (connections.arePoliced) {
    connections.from(peer, { ports: [Port.tcp(containerPort)] });
  }
}
