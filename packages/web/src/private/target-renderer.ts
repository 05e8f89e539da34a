import { Connections } from '@keelson/core';
import { Construct } from 'constructs';
import { Exposure } from '../exposure';

/** An app that is exposed, as far as its routes care. */
export interface ExposedApp {
  /** Below it, constructs are made; messages are its. */
  readonly scope: Construct;
  /** Its name: of the Service, and of the first route. */
  readonly name: string;
  /** Labels of all objects. */
  readonly labels: { [key: string]: string };
  /** Port of the Service. */
  readonly servicePort: number;
  /** Port that the pods listen on: policies are about it. */
  readonly containerPort: number;
  /** Where gateways and ingress controllers are let in. */
  readonly connections: Connections;
}

/** One host of an exposure. */
export interface Route {
  /** The host; none of a default backend, which is for any. */
  readonly host: string | undefined;
  /** The host as messages name it. */
  readonly text: string;
  /** Name of its object, and of what belongs to it by suffix. */
  readonly name: string;
  /** Where its objects are defined; made when it is first asked for. */
  readonly scope: Construct;
}

/** What a renderer has to say: one exposure of one app, host by host. */
export interface ExposureRequest {
  readonly app: ExposedApp;
  readonly exposure: Exposure;
  readonly routes: readonly Route[];
  /** The namespace of the app, if known. */
  readonly namespace: string | undefined;
}

/**
 * How one target says an exposure. Another target is another class.
 *
 * A renderer says all of an exposure, or reports what it can't say: nothing is dropped in silence.
 */
export interface TargetRenderer {
  /** Define the objects, let in who calls, and report what this target can't say. */
  render(request: ExposureRequest): void;
}
