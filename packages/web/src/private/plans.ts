import { Chart } from 'cdk8s';
import { BackendProtocol } from '../backend-protocol';
import { EdgeAuth } from '../edge-auth';
import { Exposure } from '../exposure';
import { firstPortOf } from './backend';
import { Backend, ExposedApp, RouteAuth, TargetRenderer } from './target-renderer';

/** An exposure whose target has been found able to say it. */
export interface SoundExposure {
  readonly app: ExposedApp;
  readonly exposure: Exposure;
  readonly protocol: BackendProtocol;
  readonly backend: Backend;
  /** Whether its first route is called as the app. */
  readonly main: boolean;
  readonly renderer: TargetRenderer;
}

/** Routes that an exposure comes to: its own, and those that its sign-in needs. */
export interface Plan {
  readonly exposure: Exposure;
  readonly protocol: BackendProtocol;
  readonly backend: Backend;
  readonly auth: RouteAuth;
  readonly mirror?: Backend;
  readonly largeResponseHeaders?: boolean;
  readonly confidential?: boolean;
  readonly redirected?: boolean;
  readonly literalPaths?: boolean;
  readonly main: boolean;
}

/** What an exposure comes to, the app's own routes first. */
export function plansOf(sound: SoundExposure): Plan[] {
  const { app, exposure, protocol, backend, main } = sound;
  const { mirror } = exposure.options;
  const { namespace } = Chart.of(app.scope);
  const copied = mirror && firstPortOf(mirror.service, namespace);
  const confidential = exposure.auth !== undefined;
  const plan = { exposure, protocol, backend, main, auth: authOf(exposure.auth, namespace), mirror: copied, confidential };
  return exposure.auth?._plans(sound, plan) ?? [plan];
}

function authOf(auth: EdgeAuth | undefined, namespace: string | undefined): RouteAuth {
  const { basicUsers, service, url } = auth ?? {};
  const backend = service && firstPortOf(service.service, namespace);
  return { basic: basicUsers, url, service: service && backend && { ...service, path: service.path ?? '/', backend } };
}
