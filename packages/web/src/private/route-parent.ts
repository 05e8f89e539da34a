import { ExposureRequest, Route } from './target-renderer';

/**
 * Where a route attaches.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#parentreference
 */
export interface ParentReference {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly sectionName: string;
}

/** The listener that ends a host's TLS. */
export interface TlsReference {
  readonly ref: ParentReference;
  /** The port that clients connect to. */
  readonly port: number;
}

/** Whom a certificate is for. */
export interface CertifiedNames {
  /** That of the host. */
  readonly route: Route;
  /** Names beside the host. */
  readonly further: readonly string[];
}

/** What the routes of one exposure attach to. */
export interface RouteParent {
  /** How messages name it. */
  readonly text: string;

  /** The listener for plain HTTP that serves the host; none where there is none. */
  http(route: Route): ParentReference | undefined;

  /** The listener that ends the host's TLS, made where it has to be; none where a mistake was reported. */
  https(route: Route, certified: CertifiedNames): TlsReference | undefined;

  /** Have the app accept those who call it from there. */
  letIn(request: ExposureRequest): void;
}
