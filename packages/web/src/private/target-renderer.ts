import { Connections, ServedPort } from '@keelson/core';
import { Construct } from 'constructs';
import { BackendProtocol } from '../backend-protocol';
import { AuthUrl, BasicAuthUsers, ServiceAuthOptions } from '../edge-auth';
import { Exposure } from '../exposure';
import type { Elsewhere } from './backend-namespace';
import { Flavor } from './edge/support';

/** An app that is exposed, as far as its routes care. */
export interface ExposedApp {
  /** Below it, constructs are made; messages are its. */
  readonly scope: Construct;
  /** Its name: of the Service, and of the first route. */
  readonly name: string;
  /** Labels of all objects. */
  readonly labels: { [key: string]: string };
  /** Ports of the Service, the first one first. */
  readonly ports: readonly ServedPort[];
  /** Port that the pods listen on behind the first one: policies are about it. */
  readonly containerPort: number;
  /** Where gateways and ingress controllers are let in. */
  readonly connections: Connections;
  /** Where its Service is, if not in the namespace of the scope. */
  readonly elsewhere?: Elsewhere;
  /** Whether the first port speaks gRPC. */
  readonly speaksGrpc: boolean;
}

/** A port of a Service that requests are led to. */
export interface Backend {
  /** Name of the Service. */
  readonly service: string;
  /** Number of its port. */
  readonly port: number;
  /** Name of its port, where the user chose it by that. */
  readonly portName?: string;
  /** Its namespace, where it isn't that of the routes. */
  readonly namespace?: string;
  /** Where it is defined, if it is in another namespace: what agrees to the routes goes there. */
  readonly definedIn?: Construct;
  /** Port that the pods listen on: policies are about it. */
  readonly containerPort: number;
  readonly connections: Connections;
}

/** A Service that is asked about each request. */
export interface AuthBackend extends ServiceAuthOptions {
  readonly backend: Backend;
  readonly path: string;
  /** Whether its `signInUrl` is a path of its own, which it answers by a redirect of status 302. */
  readonly answersSignIn?: boolean;
}

/** Who decides about the requests of a route: one of these, or nobody. */
export interface RouteAuth {
  readonly basic?: BasicAuthUsers;
  readonly service?: AuthBackend;
  readonly url?: AuthUrl;
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
  /** Where requests are led to. */
  readonly backend: Backend;
  readonly protocol: BackendProtocol;
  readonly auth: RouteAuth;
  /** Where copies of the requests are led to. */
  readonly mirror?: Backend;
  /** Whether answers have headers of more than 4 KiB, such as the cookies of a sign-in: proxies with small buffers need larger ones. */
  readonly largeResponseHeaders?: boolean;
  /** Whether requests carry what tells who somebody is, such as a password or a session: none of that goes by plain HTTP. */
  readonly confidential?: boolean;
  /** Whether another route of the same exposure redirects plain HTTP of these paths too, where redirects are routes of their own. */
  readonly redirected?: boolean;
  /** Whether paths that an app may take for others, by encoded separators or `..`, are left to other routes. */
  readonly literalPaths?: boolean;
  /** The namespace of the app, if known. */
  readonly namespace: string | undefined;
}

/**
 * How one target says an exposure. Another target is another class.
 *
 * A renderer says all of an exposure, or reports what it can't say: nothing is dropped in silence. What its flavor doesn't support is
 * refused
 * before it is asked.
 */
export interface TargetRenderer {
  /** How messages name it, such as `gateway 'edge/gateway'`. */
  readonly text: string;

  readonly flavor: Flavor;

  /** Where clients reach it: the same for targets that one proxy answers for. */
  readonly place: string;

  /** Kinds of its objects that are called as a route. Targets that have none in common may give the same name. */
  readonly kinds: readonly string[];

  /** Whether it leads requests to Services of other namespaces too; else they are refused before it is asked. */
  readonly leadsToOtherNamespaces?: boolean;

  /** Define the objects, let in who calls, and report what this target can't say. */
  render(request: ExposureRequest): void;
}

/** Where clients reach what Traefik, or another controller of a namespace, says of several kinds of objects. */
export function placeIn(namespace: string): string {
  return `pods of namespace '${namespace}'`;
}
