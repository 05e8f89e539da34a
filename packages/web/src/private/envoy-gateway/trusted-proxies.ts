import { ClusterProfile, Fault, Faults, GatewayImplementation, Manifest } from '@keelson/core';
import type { OwnGatewayOptions } from '../../exposure-target';
import { shown } from '../made';
import { missingKind } from '../missing-kind';
import { ExposedApp } from '../target-renderer';

const API_VERSION = 'gateway.envoyproxy.io/v1alpha1';
const KIND = 'ClientTrafficPolicy';
const MOST = 100;

/** What is wrong with a number of proxies. */
export function trustedProxiesFaults(count: number | undefined): Fault[] {
  return count === undefined || Number.isInteger(count) && count >= 1 && count <= MOST ? [] : [{
    code: 'KEELSON2340', member: 'trustedProxies', got: shown(count), allowed: `an integer from 1 to ${MOST}`, fix: 'leave it out where clients connect to the gateway themselves',
  }];
}

/** Have a gateway of the app's own believe the proxies before it. */
export function defineTrustedProxies({ scope, labels }: ExposedApp, gateway: string, options: OwnGatewayOptions): void {
  const { trustedProxies, implementation } = options;
  if (trustedProxies === undefined) {
    return;
  }
  const faults = implementation !== GatewayImplementation.ENVOY_GATEWAY ? [{
    code: 'KEELSON2339', member: 'trustedProxies', got: `${trustedProxies} at a gateway of ${implementation?.name ?? 'an implementation that is not known'}`, allowed: 'for Envoy Gateway only',
    fix: "say it in that gateway's own configuration, or name 'implementation: GatewayImplementation.ENVOY_GATEWAY'",
  }] : missingKind(ClusterProfile.of(scope), API_VERSION, KIND);
  Faults.report(scope, 'exposure', faults);
  if (faults.length > 0) {
    return;
  }
  new Manifest(scope, `${KIND}-${gateway}`, {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { name: gateway, labels },
    spec: {
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway }],
      clientIPDetection: { xForwardedFor: { numTrustedHops: trustedProxies } },
    },
  });
}
