import { Duration } from 'cdk8s';
import { Fault } from './faults';
import { HostName } from './host-name';
import { HttpScheme } from './probe';
import { Port } from './port';
import { keyFaults } from './private/config-data';
import { durationFaults, wholeSeconds } from './private/duration';
import { oneOfFaults } from './private/one-of';
import { pathFaults } from './private/probe-action';
import { quoted } from './private/quoted';
import { remember } from './private/references';
import { within } from './private/within';
import { SecretValue } from './secret-reference';

/** Options for `Metrics.onPort`. */
export interface MetricsOptions {
  /**
   * Path that the metrics are at, without a query and without `%`, which Prometheus would escape.
   *
   * @default '/metrics'
   */
  readonly path?: string;

  /**
   * Scheme.
   *
   * @default HttpScheme.HTTP
   */
  readonly scheme?: HttpScheme;

  /**
   * Time from one scrape to the next, in whole seconds from 1 on.
   *
   * @default - Prometheus' own.
   */
  readonly interval?: Duration;

  /**
   * How long a scrape may take, in whole seconds from 1 to `interval`, which has to be given too.
   *
   * @default - Prometheus' own.
   */
  readonly scrapeTimeout?: Duration;

  /**
   * The authority that the app's certificate is checked against, in a Secret of the workload's namespace; with HTTPS.
   *
   * @default - those that Prometheus' image trusts.
   */
  readonly ca?: SecretValue;

  /**
   * Host name that the app's certificate is for, since pods are scraped by their address; with HTTPS.
   *
   * @default - the pod's address.
   */
  readonly serverName?: string;

  /**
   * Don't check the app's certificate, so that anything on the way may answer in its place; with HTTPS.
   *
   * @default false
   */
  readonly unsafeSkipTlsVerify?: boolean;

  /**
   * The token that Prometheus sends as `Authorization: Bearer …`, in a Secret of the workload's namespace.
   *
   * @default - none.
   */
  readonly bearerToken?: SecretValue;
}

/**
 * Where the metrics of a workload are, for Prometheus.
 *
 * The cluster's monitoring reaches the port, and nobody else by this: it is offered to clients, and part of a Service, only where
 * it is a port of the app too.
 *
 * ```ts
 * Metrics.onPort(9090);
 * Metrics.onPort(8080, { path: '/internal/metrics', interval: Duration.seconds(15), scrapeTimeout: Duration.seconds(10) });
 * ```
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMetricsEndpoint
 */
export class Metrics {
  /**
   * Metrics on a port: one that a container declares, or a further one, which the main container then declares.
   *
   * @param port the number, from 1 to 65535; TCP.
   * @param options path, scheme, times and who may scrape.
   */
  public static onPort(port: number, options: MetricsOptions = {}): Metrics {
    return new Metrics(port, options);
  }

  /** What is wrong with it; the workload that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    /** The port. */
    public readonly port: number,
    /** @internal */
    public readonly _options: MetricsOptions,
  ) {
    const { path, scheme, interval, scrapeTimeout, serverName, ca, bearerToken } = _options;
    this.faults = [
      ...within('port', Port.faultsOfNumber(port)),
      ...path === undefined ? [] : metricsPathFaults(path),
      ...oneOfFaults('HttpScheme', HttpScheme, scheme, 'scheme'),
      ...within('interval', interval === undefined ? [] : durationFaults(interval, { from: 1 })),
      ...within('scrapeTimeout', scrapeTimeout === undefined ? [] : durationFaults(scrapeTimeout, { from: 1 })),
      ...within('serverName', serverName === undefined ? [] : HostName.faultsOf(serverName)),
      ...within('ca.key', ca === undefined ? [] : keyFaults(ca.key)),
      ...within('bearerToken.key', bearerToken === undefined ? [] : keyFaults(bearerToken.key)),
      ...timeFaults(interval, scrapeTimeout),
      ...tlsFaults(_options),
    ];
    remember(this, [ca, bearerToken].flatMap(value => (value === undefined ? [] : [{ object: value.secret, keys: [value.key] }])));
  }
}

/** Of a path Prometheus escapes what has a meaning in an address. */
function metricsPathFaults(path: string): Fault[] {
  const faults = pathFaults(path);
  return faults.length > 0 || !/[?%]/.test(path) ? faults : [{
    code: 'KEELSON1674', member: 'path', got: quoted(path), allowed: "a path without '?' and '%', which Prometheus escapes",
    fix: "leave the query out, and add it to 'params' of the PodMonitor by a patch",
  }];
}

/** Prometheus refuses a scrape that may take longer than the time until the next; what it does by itself isn't known. */
function timeFaults(interval: Duration | undefined, timeout: Duration | undefined): Fault[] {
  if (timeout === undefined) {
    return [];
  }
  const got = `${wholeSeconds(timeout)} s`;
  if (interval === undefined) {
    return [{ code: 'KEELSON1676', member: 'scrapeTimeout', got, allowed: "left out where 'interval' isn't given", fix: "give 'interval' too: no scrape may take longer" }];
  }
  return wholeSeconds(timeout) <= wholeSeconds(interval) ? [] : [{
    code: 'KEELSON1673', member: 'scrapeTimeout', got, allowed: `at most as long as the interval, ${wholeSeconds(interval)} s`, fix: 'shorten it, or scrape less often',
  }];
}

function tlsFaults({ scheme, ca, serverName, unsafeSkipTlsVerify }: MetricsOptions): Fault[] {
  const given = Object.entries({ ca, serverName, unsafeSkipTlsVerify }).filter(([, value]) => value !== undefined && value !== false);
  return scheme === HttpScheme.HTTPS ? [] : given.map(([member, value]) => ({
    code: 'KEELSON1675', member, got: typeof value === 'object' ? 'one' : String(value), allowed: 'left out where the scheme is HTTP', fix: 'say scheme: HttpScheme.HTTPS, or remove it',
  }));
}
