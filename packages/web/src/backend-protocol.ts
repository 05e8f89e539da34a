/**
 * What an app speaks with whoever leads requests to it.
 *
 * @see https://gateway-api.sigs.k8s.io/guides/grpc-routing/
 */
export enum BackendProtocol {
  /**
   * HTTP/1.1, WebSocket included. HTTP/2 without TLS where the Service's `appProtocol` says `kubernetes.io/h2c` and the target reads
   * it.
   */
  HTTP = 'HTTP',

  /** gRPC, which is HTTP/2 with trailers. */
  GRPC = 'GRPC',
}
