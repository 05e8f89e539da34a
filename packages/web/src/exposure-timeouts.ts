import { Duration } from 'cdk8s';

/**
 * How long is waited for an app. Some targets say one of them, some the other: where both are given, each says the one that it
 * has; where only one is, a target that hasn't got it refuses.
 */
export interface ExposureTimeouts {
  /**
   * From the first byte of the request to the last one of the answer, in whole milliseconds from 1 ms on: then 504. It ends downloads,
   * streams
   * and WebSockets too.
   *
   * @default - what the target is configured to.
   * @see https://gateway-api.sigs.k8s.io/guides/http-timeouts/
   */
  readonly request?: Duration;

  /**
   * Until the app's answer begins, in whole seconds from 1 on: then 504. At ingress-nginx also between any two reads of it, so that a
   * WebSocket that is quiet for so long is closed.
   *
   * @default - what the target is configured to: 60 s at ingress-nginx, no limit at Traefik.
   * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/serverstransport/
   */
  readonly response?: Duration;
}
