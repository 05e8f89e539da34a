import { GatewayImplementation } from '@keelson/core';
import { ENVOY_EXTENSION } from '../envoy-gateway/envoy-extension';
import { TRAEFIK_EXTENSION } from '../traefik/gateway-extension';
import { NO_EXTENSION, RouteExtension } from './extension';

/** What an implementation adds to the Gateway API. */
export function extensionOf(implementation: GatewayImplementation | undefined): RouteExtension {
  if (implementation === GatewayImplementation.ENVOY_GATEWAY) {
    return ENVOY_EXTENSION;
  }
  return implementation === GatewayImplementation.TRAEFIK ? TRAEFIK_EXTENSION : NO_EXTENSION;
}
