const WWW = 'www.';

/** The name that `wwwRedirect` sends to a host: with `www.` where that has none, else without. */
export function otherNameOf(host: string): string {
  return host.startsWith(WWW) ? host.slice(WWW.length) : `${WWW}${host}`;
}
