import { IEnvValue } from './env-value';
import { EnvFrom } from './env-from';
import { PreStop } from './pre-stop';
import { Probe } from './probe';
import { Protocol } from './protocol';
import { Resources } from './resources';
import { Volume } from './volume';
import { Size } from 'cdk8s';

/** A port that a container listens on. */
export interface ContainerPort {
  /** Number, from 1 to 65535; from 1024 on, since a container that isn't root can't listen below. */
  readonly number: number;

  /**
   * Name, which probes, Services and routes may use: at most 15 lower-case letters, digits and `-`.
   *
   * @default - `http` for the main port of a web app; else the protocol and the number, such as `tcp-9090`.
   */
  readonly name?: string;

  /**
   * Transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;

  /**
   * Application protocol, said in the Service: `http`, `grpc`, `kubernetes.io/h2c`, `kubernetes.io/ws` …
   *
   * @default - `http` for the main port of a web app; else not said.
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
   */
  readonly appProtocol?: string;

  /**
   * Take this port on the node as well. Only one such pod fits on a node, everybody who reaches the node reaches it,
   * and Pod Security *baseline* refuses it.
   *
   * @default - no port on the node is taken.
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
   */
  readonly unsafeHostPort?: number;
}

/** What every container can be told, the main one of a workload too. */
export interface ContainerOptions {
  /**
   * Entry point, one word an entry; replaces the image's.
   *
   * @default - the image's entry point.
   */
  readonly command?: string[];

  /**
   * Arguments of the entry point; `$(NAME)` is replaced by the environment variable.
   *
   * @default - the image's arguments.
   */
  readonly args?: string[];

  /**
   * Working directory, an absolute path.
   *
   * @default - the image's.
   */
  readonly workingDir?: string;

  /**
   * Environment variables. Values may use others as `$(NAME)`, in any order.
   *
   * @default - none, beside what connected endpoints and the scopes around (see `PodDefaults`) bring.
   */
  readonly env?: { [name: string]: IEnvValue };

  /**
   * All entries of ConfigMaps or Secrets as environment variables.
   *
   * @default - none.
   */
  readonly envFrom?: EnvFrom[];

  /**
   * Files and directories, by the absolute path they appear at.
   *
   * @default - none, beside `writablePaths` and what connected endpoints bring.
   */
  readonly volumes?: { [mountPath: string]: Volume };

  /**
   * Directories the container may write to, each with the most it may hold; empty at every start. The rest of its
   * file system is read-only.
   *
   * @default - `/tmp` with 64 MiB.
   */
  readonly writablePaths?: { [mountPath: string]: Size };

  /**
   * CPU, memory and ephemeral storage.
   *
   * @default - the scope's (see `PodDefaults`), else 100m to 500m of CPU, 128 MiB of memory, 64 MiB to 256 MiB of ephemeral storage.
   */
  readonly resources?: Resources;

  /**
   * What runs in the container before it is told to stop.
   *
   * @default - nothing; for the main container of a web app, `PreStop.drain()`.
   */
  readonly preStop?: PreStop;

  /**
   * Let the container write anywhere in its own file system. Then what breaks in can change the program too.
   *
   * @default false
   */
  readonly unsafeWritableRootFilesystem?: boolean;
}

/** A container beside the main one of a workload. */
export interface ContainerProps extends ContainerOptions {
  /** Name, unique in the pod: at most 63 lower-case letters, digits and `-`. */
  readonly name: string;

  /** Image, with a tag other than `latest`, a digest, or best both: `registry.example.com/proxy:1.4.2@sha256:…`. */
  readonly image: string;

  /**
   * Ports it listens on.
   *
   * @default - none.
   */
  readonly ports?: ContainerPort[];

  /**
   * When it may get requests.
   *
   * @default - from its start on.
   */
  readonly readiness?: Probe;

  /**
   * When it has to be restarted.
   *
   * @default - when it exits.
   */
  readonly liveness?: Probe;

  /**
   * When it has started; the other probes wait for it.
   *
   * @default - at once.
   */
  readonly startup?: Probe;
}
