import { Duration } from 'cdk8s';
import { Fault } from './faults';
import { durationFaults, wholeSeconds } from './private/duration';
import { within } from './private/within';
import { HttpScheme, Probe } from './probe';

/** Options for `Health.http`. */
export interface HttpHealthOptions {
  /** Path that answers with a status from 200 to 399 when the app can take requests: what it needs to answer them is there. */
  readonly ready: string;

  /**
   * Path that answers with a status from 200 to 399 unless the app must be restarted. It looks at the process alone: one that
   * asks the database too restarts every app when the database is down.
   */
  readonly live: string;

  /**
   * Path that answers with a status from 200 to 399 when the app has started.
   *
   * @default - the path of `live`.
   */
  readonly startup?: string;

  /**
   * TCP port to ask, which the container must declare.
   *
   * @default - the container's first port.
   */
  readonly port?: number;

  /**
   * How to ask.
   *
   * @default HttpScheme.HTTP
   */
  readonly scheme?: HttpScheme;

  /**
   * Headers of the requests, such as `Host` for an app that answers only to its own name.
   *
   * @default - those of the kubelet.
   */
  readonly headers?: { [name: string]: string };

  /**
   * Longest time the app may take to start; asked every 5 seconds, so multiples of 5 seconds, rounded up.
   *
   * @default Duration.seconds(150)
   */
  readonly startupTimeout?: Duration;
}

/** Options for `Health.grpc`. */
export interface GrpcHealthOptions {
  /**
   * Service name that is SERVING when the app can take requests.
   *
   * @default - empty: the server as a whole.
   */
  readonly ready?: string;

  /**
   * Service name that is SERVING unless the app must be restarted.
   *
   * @default - that the port takes a TCP connection: the name asked for readiness would make liveness a copy of it.
   */
  readonly live?: string;

  /**
   * TCP port to ask, which the container must declare.
   *
   * @default - the container's first port.
   */
  readonly port?: number;

  /**
   * Longest time the app may take to start; asked every 5 seconds, so multiples of 5 seconds, rounded up.
   *
   * @default Duration.seconds(150)
   */
  readonly startupTimeout?: Duration;
}

/** Options for `Health.exec`. */
export interface ExecHealthOptions {
  /** Command that exits with 0 when the app can take requests; no shell, one word an entry. */
  readonly ready: string[];

  /** Command that exits with 0 unless the app must be restarted; no shell, one word an entry. */
  readonly live: string[];

  /**
   * Longest time the app may take to start; asked every 5 seconds, so multiples of 5 seconds, rounded up.
   *
   * @default Duration.seconds(150)
   */
  readonly startupTimeout?: Duration;
}

/** Options for `Health.tcp`. */
export interface TcpHealthOptions {
  /**
   * TCP port to connect to, which the container must declare.
   *
   * @default - the container's first port.
   */
  readonly port?: number;

  /**
   * Longest time the app may take to start; asked every 5 seconds, so multiples of 5 seconds, rounded up.
   *
   * @default Duration.seconds(150)
   */
  readonly startupTimeout?: Duration;
}

/** The probes of a `Health.probes`. */
export interface HealthProbes {
  /** When the app may get requests. */
  readonly readiness: Probe;

  /**
   * When the app has to be restarted. It must not ask the same as `readiness`: what takes an app that is busy, or waits for
   * its database, out of service would restart it too, and make the load of the others grow.
   *
   * @default - when it exits.
   */
  readonly liveness?: Probe;

  /**
   * When the app has started; the other probes wait for it.
   *
   * @default - at once.
   */
  readonly startup?: Probe;
}

const STARTUP_PERIOD = 5;
const STARTUP_TIMEOUT = 150;

/**
 * How a workload tells that it works: when it has started, when it may get requests, when it has to be restarted.
 *
 * ```ts
 * Health.http({ ready: '/readyz', live: '/livez' });
 * Health.grpc({ ready: 'shop.Orders' });
 * Health.exec({ ready: ['/app/check', 'ready'], live: ['/app/check', 'live'] });
 * ```
 *
 * An app that isn't ready gets no more requests after 15 seconds; one that isn't alive is restarted after a minute, so that
 * what is only overloaded has time to recover. Until it has started, nothing restarts it but `startupTimeout`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export class Health {
  /**
   * Ask over HTTP.
   *
   * @param options the paths, which must differ, and what else the app needs to be asked.
   */
  public static http(options: HttpHealthOptions): Health {
    const { ready, live, startup, port, scheme, headers, startupTimeout } = options;
    const [readiness, liveness] = [Probe.http(ready, { port, scheme, headers }), Probe.http(live, { port, scheme, headers })];
    const timeout = timeoutOf(startupTimeout);
    const started = Probe.http(startup ?? live, { port, scheme, headers, ...timeout.options });
    const paths = { ready: readiness, live: liveness, startup: startup === undefined ? undefined : started };
    const others = readiness.faults.filter(({ member }) => member !== 'path');
    const faults = [...timeout.faults, ...distinct('live', readiness, liveness), ...others, ...pathFaults(paths)];
    return new Health(faults, readiness, liveness, started);
  }

  /**
   * Ask by the gRPC health checking protocol, without TLS. By default liveness asks only for a TCP connection, so an app whose
   * port is open but that hangs isn't restarted: name a service in `live` that says so.
   *
   * @param options the service names, which must differ, and the port.
   * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
   */
  public static grpc(options: GrpcHealthOptions = {}): Health {
    const { ready, live, port, startupTimeout } = options;
    const timeout = timeoutOf(startupTimeout);
    const readiness = Probe.grpc({ service: ready, port });
    const alive = (times: object) => (live === undefined ? Probe.tcp({ port, ...times }) : Probe.grpc({ service: live, port, ...times }));
    const liveness = alive({});
    const faults = [...timeout.faults, ...distinct('live', readiness, liveness), ...readiness.faults];
    return new Health(faults, readiness, liveness, alive(timeout.options), 'kubernetes.io/h2c');
  }

  /**
   * Ask by commands in the container. They cost a process each time: prefer HTTP or gRPC where the app speaks it.
   *
   * @param options the commands, which must differ.
   */
  public static exec(options: ExecHealthOptions): Health {
    const { ready, live, startupTimeout } = options;
    const timeout = timeoutOf(startupTimeout);
    const [readiness, liveness] = [Probe.exec(ready), Probe.exec(live)];
    const faults = [...timeout.faults, ...distinct('live', readiness, liveness)];
    faults.push(...renamed('ready', readiness.faults), ...renamed('live', liveness.faults));
    return new Health(faults, readiness, liveness, Probe.exec(live, timeout.options));
  }

  /**
   * Ask for a TCP connection, which is all that some programs offer. It tells that something listens: not that requests are
   * answered, and not that the program must be restarted, so there is no liveness probe, and a program that hangs stays as it
   * is. (Policy checkers that want a liveness probe say so.)
   *
   * @param options the port.
   */
  public static tcp(options: TcpHealthOptions = {}): Health {
    const { port, startupTimeout } = options;
    const timeout = timeoutOf(startupTimeout);
    const readiness = Probe.tcp({ port });
    return new Health([...timeout.faults, ...readiness.faults], readiness, undefined, Probe.tcp({ port, ...timeout.options }));
  }

  /**
   * Three probes, each as it is given; nothing is added.
   *
   * @param probes the probes.
   */
  public static probes(probes: HealthProbes): Health {
    const { readiness, liveness, startup } = probes;
    return new Health([
      ...within('readiness', readiness._faultsAs('readiness')),
      ...(liveness === undefined ? [] : within('liveness', liveness._faultsAs('liveness'))),
      ...(startup === undefined ? [] : within('startup', startup._faultsAs('startup'))),
      ...(liveness === undefined ? [] : distinct('liveness', readiness, liveness)),
    ], readiness, liveness, startup);
  }

  /** @internal Says when the app may get requests; its faults are among this value's. */
  public readonly _readiness: Probe;
  /** @internal Says when the app has to be restarted; its faults are among this value's. */
  public readonly _liveness: Probe | undefined;
  /** @internal Says when the app has started; its faults are among this value's. */
  public readonly _startup: Probe | undefined;

  /** The longest that a start may take until it counts as failed; none where nobody asks. */
  public readonly startupTimeout: Duration;

  private constructor(
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
    readiness: Probe,
    liveness: Probe | undefined,
    startup: Probe | undefined,
    /** What the port speaks, as far as this tells: `kubernetes.io/h2c` where it is asked by gRPC, else `http`. */
    public readonly appProtocol: string = 'http',
  ) {
    this._readiness = readiness._quiet();
    this._liveness = liveness?._quiet();
    this._startup = startup?._quiet();
    this.startupTimeout = Duration.seconds(startup?._longestSeconds ?? 0);
  }
}

function timeoutOf(timeout: Duration | undefined): { faults: Fault[]; options: { period: Duration; failureThreshold: number } } {
  const seconds = timeout === undefined ? STARTUP_TIMEOUT : wholeSeconds(timeout);
  return {
    faults: timeout === undefined ? [] : within('startupTimeout', durationFaults(timeout, { from: STARTUP_PERIOD })),
    options: { period: Duration.seconds(STARTUP_PERIOD), failureThreshold: Math.ceil(seconds / STARTUP_PERIOD) },
  };
}

/** What is wrong with each path, under its own name. */
function pathFaults(probes: { [member: string]: Probe | undefined }): Fault[] {
  const ofPath = ({ faults }: Probe) => faults.filter(fault => fault.member === 'path');
  return Object.entries(probes).flatMap(([member, probe]) => (probe === undefined ? [] : renamed(member, ofPath(probe))));
}

function renamed(member: string, faults: Fault[]): Fault[] {
  return faults.map(fault => ({ ...fault, member }));
}

/** A liveness probe that is a copy of readiness restarts what is only not ready. */
function distinct(member: string, readiness: Probe, liveness: Probe): Fault[] {
  return readiness.faults.length === 0 && readiness._asksSameAs(liveness) ? [{
    code: 'KEELSON1241', member, got: `${liveness._question}, as for readiness`, allowed: 'another question than readiness asks',
    fix: 'ask what fails only when a restart helps: an app that is busy, or waits for its database, must not be restarted',
  }] : [];
}
