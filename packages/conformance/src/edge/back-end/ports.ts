/** Where the back end listens: an app is what its port speaks. */
export const PORTS = {
  /** HTTP/1.1 and WebSocket. */
  http: 8080,
  /** The same, for apps with a second port. */
  admin: 8081,
  /** The same, for cert-manager's solvers of HTTP-01. */
  solver: 8089,
  /** As a Service's: leads to the port that the address' app has. */
  service: 80,
  /** HTTP/1.1 over TLS. */
  https: 8443,
  /** gRPC over HTTP/2 without TLS. */
  grpc: 9000,
  /** What has come so far, and the ports of apps, for the harness. */
  control: 9999,
} as const;

/** What an app says of a request: how it looked when it arrived. */
export interface Echo {
  /** The endpoint's own address, by which it is known whose request this was. */
  readonly address: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Size of the body. */
  readonly bytes: number;
  /** Whether the proxy came by TLS, and for which server name. */
  readonly serverName?: string;
}
