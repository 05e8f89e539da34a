import { Duration } from 'cdk8s';

/**
 * Which pages of other origins may call the app from a browser. Preflight requests are answered before anybody signs in.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export interface CorsOptions {
  /** Origins such as `https://www.example.com`, with `https://*.example.com` for all below a domain, or `*` alone for any; at least one. */
  readonly allowOrigins: string[];

  /**
   * Methods, such as `PUT`.
   *
   * @default - GET, HEAD and POST.
   */
  readonly allowMethods?: string[];

  /**
   * Request headers, such as `X-Requested-With`.
   *
   * @default - those that browsers always may send.
   */
  readonly allowHeaders?: string[];

  /**
   * Response headers that the page may read.
   *
   * @default - those that pages always may read.
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether cookies and credentials are sent along; not for any origin.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long a browser remembers the answer, in whole seconds.
   *
   * @default - five seconds, as browsers do.
   */
  readonly maxAge?: Duration;
}
