import { Fault } from './faults';
import { ipAddressOf } from './private/ip-address';
import { quoted } from './private/quoted';

const LONGEST = 253;
const LONGEST_PART = 63;
/** A good host name without a wildcard, told by one test; what ends in a digit may be an address. */
const GOOD = /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\.)*[a-z](?:[-a-z0-9]*[a-z])?$/;

/** Options for `HostName.faultsOf`. */
export interface HostNameOptions {
  /**
   * Whether the first label may be `*`, for all names below a domain.
   *
   * @default false
   */
  readonly wildcard?: boolean;
}

/**
 * The syntax of host names in routes and certificates, and what wildcards match.
 *
 * A wildcard stands for one label in an Ingress and in a certificate, for one or more in the Gateway API; ask the
 * method for what you render.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
 * @see https://gateway-api.sigs.k8s.io/concepts/hostnames
 */
export class HostName {
  /**
   * What is wrong with a host name: lower case, each label at most 63 characters (which the API server doesn't check),
   * at most 253 together, no port, no IP address.
   *
   * @param host such as `shop.example.com`.
   * @param options whether it may be a wildcard.
   */
  public static faultsOf(host: string, options: HostNameOptions = {}): Fault[] {
    if (typeof host !== 'string' || host === '') {
      return [{ code: 'KEELSON1110', got: quoted(host), allowed: 'a host name', fix: "write it like 'shop.example.com'" }];
    }
    if (host.length <= LONGEST_PART && GOOD.test(host)) {
      return [];
    }
    const wildcard = host.startsWith('*.');
    const name = wildcard ? host.slice(2) : host;
    const shape = shapeFault(host, name, wildcard && options.wildcard !== true);
    if (shape !== undefined) {
      return [shape];
    }
    const faults: Fault[] = [];
    const add = (code: string, allowed: string, fix: string) => faults.push({ code, got: quoted(host), allowed, fix });
    const long = name.split('.').find(label => label.length > LONGEST_PART);
    if (long !== undefined) {
      add('KEELSON1113', `a host name with at most ${LONGEST_PART} characters between dots`, `shorten ${quoted(long)}`);
    }
    if (host.length > LONGEST) {
      add('KEELSON1114', `at most ${LONGEST} characters long`, 'shorten it');
    }
    return faults;
  }

  /**
   * Whether a host is matched where a wildcard stands for exactly one label, as in an Ingress and in a certificate:
   * `*.example.com` matches `shop.example.com`, but neither `a.shop.example.com` nor `example.com`. A wildcard is
   * matched by itself.
   *
   * @param pattern a host name or a wildcard.
   * @param host the host name looked for.
   * @see https://www.rfc-editor.org/rfc/rfc9525#section-6.3
   */
  public static matchesOneLabel(pattern: string, host: string): boolean {
    const dot = host.indexOf('.');
    return pattern === host || (pattern.startsWith('*.') && dot > 0 && host.slice(dot) === pattern.slice(1));
  }

  /**
   * Whether a host is matched where a wildcard stands for one or more labels, as in the Gateway API: `*.example.com`
   * matches `shop.example.com`, `a.shop.example.com` and `*.shop.example.com`, but not `example.com`. A wildcard is
   * matched by itself.
   *
   * @param pattern a host name or a wildcard.
   * @param host the host name, or the wildcard, looked for.
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec
   */
  public static matchesAnyDepth(pattern: string, host: string): boolean {
    return pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1);
  }

  /**
   * Whether a route's host name attaches to a listener's in the Gateway API: some host is matched by both.
   *
   * @param listener the host name, or wildcard, of a Gateway's listener.
   * @param host the host name, or wildcard, of the route.
   */
  public static intersects(listener: string, host: string): boolean {
    return HostName.matchesAnyDepth(listener, host) || HostName.matchesAnyDepth(host, listener);
  }

  private constructor() {}
}

/** The first mistake that makes the text no host name; the others would repeat it. */
function shapeFault(host: string, name: string, refusedWildcard: boolean): Fault | undefined {
  const refused = (code: string, allowed: string, fix: string): Fault => ({ code, got: quoted(host), allowed, fix });
  const cleaned = suggestion(name);
  const write = cleaned === undefined ? "write it like 'shop.example.com'" : `try ${quoted(cleaned)}`;
  const address = host.replace(/^\[([^\]]*)\]$/, '$1');
  if (ipAddressOf(address) !== undefined || /^[^:/]*\.[0-9]+$/.test(host)) {
    return refused('KEELSON1117', 'a host name, not an IP address', "write it like 'shop.example.com'");
  }
  if (/[:/]/.test(host)) {
    return refused('KEELSON1116', 'a host name without scheme, port and path', write);
  }
  if (host.endsWith('.') && host !== '.') {
    return refused('KEELSON1115', "a host name without '.' at its end", write);
  }
  if (name.includes('*')) {
    return refused('KEELSON1119', "a host name with '*' only as the whole first part", "write it like '*.example.com'");
  }
  if (refusedWildcard) {
    return refused('KEELSON1118', "a host name without '*'", 'name each host, or use a wildcard where it is allowed');
  }
  if (/[^-a-z0-9.]/.test(name)) {
    return refused('KEELSON1112', "a host name of lower-case letters, digits, '-' and '.'", write);
  }
  if (name.split('.').some(label => !/^[a-z0-9](.*[a-z0-9])?$/.test(label))) {
    return refused('KEELSON1111', "a host name with a letter or digit at both ends and on both sides of each '.'", write);
  }
  return undefined;
}

/** The nearest host name; none where it would be a guess. */
function suggestion(name: string): string | undefined {
  const host = name.replace(/^[a-z][-+.a-z0-9]*:\/\//i, '').replace(/[:/].*$/s, '').toLowerCase();
  const labels = host.replace(/[^-a-z0-9.]+/g, '-').split('.').map(label => label.replace(/^-+|-+$/g, '')).filter(label => label !== '');
  return labels.length < 2 || /^[0-9]+$/.test(labels.at(-1) ?? '') ? undefined : labels.join('.');
}
