import { Duration } from 'cdk8s';
import { Fault } from './faults';
import { durationFaults, wholeSeconds } from './private/duration';
import { execAction, grpcAction, httpAction, ProbeAction, ProbePort, tcpAction } from './private/probe-action';
import { INT32, integerFaults } from './private/integer';
import { oneOfFaults } from './private/one-of';
import { within } from './private/within';
import { quoted } from './private/quoted';

/** How an HTTP probe, or a scrape of metrics, asks. */
export enum HttpScheme {
  /** In plain text. */
  HTTP = 'HTTP',

  /** Over TLS; probes don't check the certificate. */
  HTTPS = 'HTTPS',
}

/** When a probe asks, and what its answers lead to. */
export interface ProbeOptions {
  /**
   * Time from one question to the next, in whole seconds from 1 on.
   *
   * @default - 5 seconds for readiness and startup, 10 seconds for liveness.
   */
  readonly period?: Duration;

  /**
   * Time to wait for an answer, in whole seconds from 1 on; at most `period`. (Kubernetes' own default is 1 second, which
   * apps under load miss.)
   *
   * @default - 2 seconds for readiness, 3 seconds for liveness and startup; at most `period`.
   */
  readonly timeout?: Duration;

  /**
   * Time from the container's start to the first question, in whole seconds. A startup probe is better: it ends as soon as
   * the app has started.
   *
   * @default - none.
   */
  readonly initialDelay?: Duration;

  /**
   * Failures in a row until the probe counts as failed; an integer from 1 on.
   *
   * @default - 3 for readiness; 6 for liveness, so that an app that is overloaded gets no more requests after 15 seconds and
   * has 45 more to recover before it is restarted; 30 for startup.
   */
  readonly failureThreshold?: number;

  /**
   * Successes in a row until the probe counts as passed again; an integer from 1 on, for readiness only.
   *
   * @default 1
   */
  readonly successThreshold?: number;

  /**
   * Grace period of the restart that a failed probe leads to, in whole seconds from 1 on; not for readiness, which restarts
   * nothing. A short one helps where an app that hangs wouldn't stop anyway.
   *
   * @default - the pod's `terminationGracePeriod`.
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#probe-level-terminationgraceperiodseconds
   */
  readonly terminationGracePeriod?: Duration;
}

/** Options for probes that ask over the network. */
export interface PortProbeOptions extends ProbeOptions {
  /**
   * TCP port to ask, from 1 to 65535; the container must declare it.
   *
   * @default - the container's first port.
   */
  readonly port?: number;
}

/** Options for `Probe.http`. */
export interface HttpProbeOptions extends PortProbeOptions {
  /**
   * How to ask.
   *
   * @default HttpScheme.HTTP
   */
  readonly scheme?: HttpScheme;

  /**
   * Headers of the request, such as `Host` for an app that answers only to its own name.
   *
   * @default - those of the kubelet: `User-Agent: kube-probe/…`, `Accept`, and the pod's address as `Host`.
   */
  readonly headers?: { [name: string]: string };
}

/** Options for `Probe.grpc`. */
export interface GrpcProbeOptions extends PortProbeOptions {
  /**
   * Service name of the health request; the server decides what names it knows.
   *
   * @default - empty: the server as a whole.
   */
  readonly service?: string;
}

/** What a probe is for; private, as the place a probe is given in says it. */
type ProbeKind = 'startup' | 'readiness' | 'liveness';

const DEFAULTS = {
  readiness: { period: 5, timeout: 2, failureThreshold: 3 },
  liveness: { period: 10, timeout: 3, failureThreshold: 6 },
  startup: { period: 5, timeout: 3, failureThreshold: 30 },
};

/**
 * A question that the kubelet asks a container again and again.
 *
 * It always asks the pod itself, never another host: Pod Security *baseline* refuses that from Kubernetes 1.34 on.
 *
 * ```ts
 * Probe.http('/readyz');
 * Probe.tcp({ port: 5432, period: Duration.seconds(10) });
 * Probe.exec(['pg_isready', '-U', 'postgres']);
 * Probe.grpc({ service: 'readiness' });
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class Probe {
  /**
   * An HTTP GET; any status from 200 to 399 is a success.
   *
   * @param path from `/` on, with a query if need be.
   * @param options port, scheme, headers and times.
   */
  public static http(path: string, options: HttpProbeOptions = {}): Probe {
    const action = httpAction(path, options.port, options.scheme, options.headers ?? {});
    return new Probe({ ...action, faults: [...action.faults, ...oneOfFaults('HttpScheme', HttpScheme, options.scheme, 'scheme')] }, options);
  }

  /**
   * A TCP connection; that it opens is a success. It says that something listens, not that it works.
   *
   * @param options port and times.
   */
  public static tcp(options: PortProbeOptions = {}): Probe {
    return new Probe(tcpAction(options.port), options);
  }

  /**
   * A command in the container; exit code 0 is a success. There is no shell, and the image must contain the program.
   *
   * @param command the program and its arguments, one word an entry.
   * @param options times.
   */
  public static exec(command: string[], options: ProbeOptions = {}): Probe {
    return new Probe(execAction(command), options);
  }

  /**
   * A request of the gRPC health checking protocol, without TLS; the answer SERVING is a success.
   *
   * @param options port, service name and times.
   * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
   */
  public static grpc(options: GrpcProbeOptions = {}): Probe {
    return new Probe(grpcAction(options.port, options.service ?? ''), options);
  }

  /** What is wrong with it; the construct that receives it reports it. */
  public readonly faults: Fault[];

  private constructor(
    private readonly action: ProbeAction,
    private readonly options: ProbeOptions,
    private readonly quiet: boolean = false,
  ) {
    this.faults = quiet ? [] : [...action.faults, ...optionFaults(options)];
  }

  /** @internal The longest time until it has an answer, as a startup probe, in seconds. */
  public get _longestSeconds(): number {
    const { period, failureThreshold = DEFAULTS.startup.failureThreshold, initialDelay } = this.options;
    const times = (period === undefined ? DEFAULTS.startup.period : wholeSeconds(period)) * failureThreshold;
    return times + (initialDelay === undefined ? 0 : wholeSeconds(initialDelay));
  }

  /** @internal */
  public get _port(): number | undefined {
    return this.action.port;
  }

  /** @internal */
  public get _needsPort(): boolean {
    return this.action.needsPort;
  }

  /** @internal All faults, those among them that it only has as a probe of this kind. */
  public _faultsAs(kind: ProbeKind): Fault[] {
    const { period, timeout, successThreshold, terminationGracePeriod } = this.options;
    const faults = [...this.faults];
    if (this.quiet) {
      return [];
    }
    if (period === undefined && timeout !== undefined) {
      faults.push(...timeoutFaults(timeout, DEFAULTS[kind].period));
    }
    if (kind !== 'readiness' && successThreshold !== undefined && successThreshold !== 1) {
      faults.push({
        code: 'KEELSON1238', member: 'successThreshold', got: quoted(successThreshold), allowed: `1 for a ${kind} probe`, fix: 'remove it: one success is enough',
      });
    }
    if (kind === 'readiness' && terminationGracePeriod !== undefined) {
      faults.push({
        code: 'KEELSON1239', member: 'terminationGracePeriod', got: `${wholeSeconds(terminationGracePeriod)} s`, allowed: 'left out for a readiness probe',
        fix: 'remove it: a readiness probe restarts nothing',
      });
    }
    return faults;
  }

  /** @internal What it asks, for messages. */
  public get _question(): string {
    return this.action.asks;
  }

  /** @internal Whether it learns the same as another one, where a container's first port is `first`. */
  public _asksSameAs(other: Probe, first?: number): boolean {
    return this.action.asks === other.action.asks && (this._port ?? first) === (other._port ?? first);
  }

  /** @internal The same probe without its faults, for values that report them under their own names. */
  public _quiet(): Probe {
    return new Probe(this.action, this.options, true);
  }

  /** @internal The object under `readinessProbe:` and the like; `port` is the container's first. */
  public _render(kind: ProbeKind, port: ProbePort | undefined): object {
    const { options } = this;
    const defaults = DEFAULTS[kind];
    const seconds = (duration: Duration | undefined) => (duration === undefined ? undefined : wholeSeconds(duration));
    const period = seconds(options.period) ?? defaults.period;
    // All by name: V8 makes a literal with a spread at its start many times slower.
    const { httpGet, tcpSocket, exec, grpc } = this.action.render(port);
    return {
      httpGet, tcpSocket, exec, grpc,
      initialDelaySeconds: seconds(options.initialDelay),
      periodSeconds: period,
      timeoutSeconds: seconds(options.timeout) ?? Math.min(defaults.timeout, period),
      failureThreshold: options.failureThreshold ?? defaults.failureThreshold,
      successThreshold: options.successThreshold,
      terminationGracePeriodSeconds: seconds(options.terminationGracePeriod),
    };
  }
}

function optionFaults(options: ProbeOptions): Fault[] {
  const { period, timeout, initialDelay, failureThreshold, successThreshold, terminationGracePeriod } = options;
  const duration = (member: string, time: Duration | undefined, from: number) =>
    (time === undefined ? [] : within(member, durationFaults(time, { from })));
  const count = (member: string, number: number | undefined) =>
    (number === undefined ? [] : integerFaults('KEELSON1237', member, number, 1, INT32, 'count from 1 on'));
  const faults = [
    ...duration('initialDelay', initialDelay, 0),
    ...duration('period', period, 1), ...duration('timeout', timeout, 1), ...duration('terminationGracePeriod', terminationGracePeriod, 1),
    ...count('failureThreshold', failureThreshold), ...count('successThreshold', successThreshold),
  ];
  if (period !== undefined && timeout !== undefined) {
    faults.push(...timeoutFaults(timeout, wholeSeconds(period)));
  }
  return faults;
}

/** The API takes longer ones: then a question is still open when the next one is due. */
function timeoutFaults(timeout: Duration, period: number): Fault[] {
  return wholeSeconds(timeout) > period ? [{
    code: 'KEELSON1240', member: 'timeout', got: `${wholeSeconds(timeout)} s`, allowed: `at most the probe's period, ${period} s`,
    fix: "shorten it, or lengthen 'period'",
  }] : [];
}
