import { ClusterProfile, IConnectable, MeshDataPlane, PodConnections, Port } from '@keelson/core';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { PerCluster } from './per-cluster';
import { sharedLabels } from './route-names';
import { ExposureRequest } from './target-renderer';

/** What cert-manager puts on the pods that answer challenges, and where these listen. */
const SOLVER = { 'acme.cert-manager.io/http01-solver': 'true' };
const SOLVER_PORT = 8089;

/** A namespace as far as challenges go: who may lead them there, and who answers. */
interface Place {
  readonly callers: IConnectable[];
  solver?: PodConnections;
}

const places = new PerCluster<Place>();

/**
 * Let whoever leads requests into a namespace reach the pods that answer ACME challenges by HTTP-01 there, so that a policy that denies
 * everything in it doesn't keep certificates from being issued and renewed. cert-manager makes the pods while a challenge lasts; without
 * them, and with challenges by DNS-01, the policy is about nothing.
 *
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
export function openToChallenges(request: ExposureRequest): void {
  const place = placeOf(request);
  if (place.solver !== undefined) {
    return;
  }
  const { app } = request;
  // no app's own: whoever comes first defines it for all of the namespace
  const solver = new PodConnections(new Construct(Chart.of(app.scope), 'Http01Solver'), {
    name: 'http01-solver', podLabels: SOLVER, labels: sharedLabels(app.labels),
    // a sidecar finds its control plane by name
    denyDns: ClusterProfile.of(app.scope).mesh?.dataPlane !== MeshDataPlane.SIDECAR,
  });
  // linted while no challenge lasts, it selects nothing
  solver.policy.metadata.addAnnotation('kube-score/ignore', 'networkpolicy-targets-pod');
  solver.policy.metadata.addAnnotation('ignore-check.kube-linter.io/dangling-networkpolicy', 'cert-manager makes its pods while a challenge lasts');
  place.solver = solver;
  place.callers.forEach(caller => letInto(solver, caller));
}

/** Remember who leads requests into a namespace. */
export function mayBringChallenges(request: ExposureRequest, caller: IConnectable): void {
  const place = placeOf(request);
  place.callers.push(caller);
  if (place.solver !== undefined) {
    letInto(place.solver, caller);
  }
}

function letInto(solver: PodConnections, caller: IConnectable): void {
  solver.from(caller, { ports: [Port.tcp(SOLVER_PORT)] });
}

function placeOf({ app, namespace }: ExposureRequest): Place {
  const known = places.at(app.scope);
  const place = known.get(namespace ?? '') ?? { callers: [] };
  known.set(namespace ?? '', place);
  return place;
}
