/**
 * What happens to requests by plain HTTP to an app that is exposed by HTTPS.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
 */
export class HttpRedirect {
  /** Sent to HTTPS for good: browsers and search engines remember it. */
  public static readonly MOVED_PERMANENTLY = new HttpRedirect('301 Moved Permanently', 301);

  /** Sent to HTTPS this time: nobody remembers it. */
  public static readonly FOUND = new HttpRedirect('302 Found', 302);

  /** Not answered by the app: nothing of it is to be found there. An Ingress can't say it. */
  public static readonly NONE = new HttpRedirect('no answer', undefined);

  private constructor(
    /** What it does, for messages. */
    public readonly description: string,
    /** Status of the answer; none where there is no answer. */
    public readonly status: number | undefined,
  ) {}
}
