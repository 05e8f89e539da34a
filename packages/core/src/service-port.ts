import { Protocol } from './protocol';

/** A port of a Service, by the container port that it leads to. */
export interface ServicePort {
  /**
   * Name of the container port it leads to; the protocol and the number, such as `tcp-9090`, where the container's has none. It is
   * looked up by name: while a release changes the number, old pods are still reached on theirs.
   */
  readonly target: string;

  /**
   * The Service's own number, from 1 to 65535. A headless Service has the container's.
   *
   * @default - the container's.
   */
  readonly number?: number;

  /**
   * Its name, a DNS label: routes, monitors and SRV records speak of it.
   *
   * @default - the container port's.
   */
  readonly name?: string;

  /**
   * Application protocol: `http`, `https`, `kubernetes.io/h2c`, `kubernetes.io/ws` …
   *
   * @default - the container port's.
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
   */
  readonly appProtocol?: string;

  /**
   * The port on every node, of a NodePort or LoadBalancer Service; each may be had once in a cluster.
   *
   * @default - the cluster chooses a free one, and keeps it as long as the Service is there.
   */
  readonly nodePort?: number;
}

/** A port that a Service has. */
export interface ServedPort {
  /** Its name. */
  readonly name: string;

  /** Its number. */
  readonly number: number;

  /**
   * The number that is listened on behind it.
   *
   * @default - not known.
   */
  readonly targetNumber?: number;

  /**
   * Application protocol.
   *
   * @default - not said.
   */
  readonly appProtocol?: string;
}

/** A port of a Service without a selector, and of the addresses behind it. */
export interface AddressPort {
  /** The Service's number, from 1 to 65535. */
  readonly number: number;

  /**
   * The number that is listened on at the addresses; of a headless Service none but its own.
   *
   * @default - the Service's.
   */
  readonly targetNumber?: number;

  /**
   * Its name, a DNS label.
   *
   * @default - protocol and number, such as `tcp-5432`.
   */
  readonly name?: string;

  /**
   * Transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;

  /**
   * Application protocol: `http`, `https` …
   *
   * @default - not said.
   */
  readonly appProtocol?: string;

  /**
   * The port on every node, of a NodePort or LoadBalancer Service; each may be had once in a cluster.
   *
   * @default - the cluster chooses a free one.
   */
  readonly nodePort?: number;
}
