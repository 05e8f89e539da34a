/**
 * What happens to requests by plain HTTP to an app that is exposed by HTTPS.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
 */
export class HttpRedirect {
  /**
   * Sent to HTTPS for good: browsers and search engines remember it. Status 301 at a gateway, 308 at ingress-nginx; at Traefik 301 of GET
   * and 308 of all else.
   */
  public static readonly PERMANENT = new HttpRedirect('a permanent redirect', 301);

  /** Sent to HTTPS this time, and nobody remembers it: status 302, at Traefik 307 of all but GET. An Ingress can't say it. */
  public static readonly TEMPORARY = new HttpRedirect('a temporary redirect', 302);

  /** Not answered by the app, nor redirected. An Ingress can't say it. */
  public static readonly NONE = new HttpRedirect('no answer', undefined);

  private constructor(
    /** What it does, for messages. */
    public readonly description: string,
    /** Status of the answer to GET; none where there is no answer. */
    public readonly status: number | undefined,
  ) {}
}
