import { Duration } from 'cdk8s';

/**
 * A cookie that leads all requests of a browser to the same pod, as long as that one lives. It holds nothing but which pod.
 *
 * Envoy Gateway spreads cookies over the pods that are there: when pods come or go, some browsers are led to another one.
 */
export interface StickySession {
  /**
   * Name of the cookie.
   *
   * @default - the name of the app and `-session`.
   */
  readonly cookieName?: string;

  /**
   * How long the browser keeps it, in whole seconds from 1 on.
   *
   * @default - until the browser is closed.
   */
  readonly maxAge?: Duration;
}
