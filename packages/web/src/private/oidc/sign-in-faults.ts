import { ClusterProfile, Fault, Faults, GatewayApi } from '@keelson/core';
import { BackendProtocol } from '../../backend-protocol';
import type { Exposure } from '../../exposure';
import { PathRewriteType } from '../../path-rewrite';
import { choicesOf, FLAVORS } from '../edge/flavors';
import type { Flavor } from '../edge/support';
import type { SoundExposure } from '../plans';
import { isBelow, SIGN_IN_PATH } from './sign-in-path';

/**
 * Whether a target asks the proxy about each request, as it asks any authentication service. Elsewhere requests go through the proxy.
 *
 * It has to send browsers to the sign-in, and to see that what the app is told of the user is the proxy's word.
 */
export function isAskedAt({ flavor }: { flavor: Flavor }, gatewayApi: GatewayApi): boolean {
  const { serviceAuth, signInRedirect, authResponseHeaders } = flavor.supports;
  return [serviceAuth, signInRedirect, authResponseHeaders].every(support => support.at(gatewayApi).form !== undefined);
}

/** What of an exposure can't be with sign-in, here or anywhere. */
export function unfitFaults({ app, exposure, protocol, renderer }: SoundExposure): Fault[] {
  const { gatewayApi } = ClusterProfile.of(app.scope);
  return [
    ...exposure.encrypted ? [] : [{
      code: 'KEELSON2398', member: 'auth', got: 'OIDC by plain HTTP, at which everybody on the way could take the session', allowed: 'by HTTPS', fix: 'use Exposure.https(…)',
    }],
    ...hostFaults(exposure),
    ...protocol !== BackendProtocol.GRPC ? [] : [{
      code: 'KEELSON2391', member: 'auth', got: 'OIDC before gRPC, whose clients are no browsers', allowed: 'for HTTP', fix: 'have the app verify tokens, or expose its HTTP port',
    }],
    ...isBelow(exposure.path, SIGN_IN_PATH) ? [{
      code: 'KEELSON2392', member: 'path', got: Faults.quoted(exposure.path), allowed: `another path than ${Faults.quoted(SIGN_IN_PATH)} where users sign in: there oauth2-proxy answers`,
      fix: "choose another path, or leave 'auth' out",
    }] : [],
    ...isAskedAt(renderer, gatewayApi) ? [] : throughFaults(exposure, renderer, gatewayApi),
  ];
}

function hostFaults({ hosts }: Exposure): Fault[] {
  const wildcard = hosts.find(host => host.startsWith('*.'));
  return hosts.length > 0 && wildcard === undefined ? [] : [{
    code: 'KEELSON2390', member: 'auth', got: `OIDC for ${wildcard === undefined ? 'any host' : Faults.quoted(wildcard)}`,
    allowed: 'for exact hosts, since the provider knows a redirect URL of each', fix: 'name the hosts',
  }];
}

/** What means something else where the app is behind the proxy than where it is behind the gateway. */
function throughFaults({ options }: Exposure, { text, flavor }: { text: string; flavor: Flavor }, gatewayApi: GatewayApi): Fault[] {
  const { rewrite, backendTls, retries, stickySession, mirror } = options;
  const asking = choicesOf(FLAVORS.filter(other => isAskedAt({ flavor: other }, gatewayApi)));
  const unfit: [string, boolean, string][] = [
    ['rewrite', rewrite !== undefined && rewrite.type !== PathRewriteType.APP_ROOT, 'the proxy would send users back to the rewritten path'],
    ['backendTls', backendTls !== undefined, 'the proxy speaks plain HTTP with the app'],
    ['retries', retries !== undefined, "it would be the proxy's pods that are tried, not the app's"],
    ['stickySession', stickySession !== undefined, "it would be the proxy's pods that requests stick to, not the app's"],
    ['mirror', mirror !== undefined, 'copies would be made before it is known who asks'],
  ];
  return unfit.filter(([, isSaid]) => isSaid).map(([member, , why]) => ({
    code: 'KEELSON2393', member, got: `it with OIDC at ${text} (${flavor.text}), where requests go through oauth2-proxy: ${why}`, allowed: 'what means the same there',
    fix: `leave it out, or choose a target that asks the proxy about each request: ${asking}`,
  }));
}
