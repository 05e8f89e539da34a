import { GATEWAY_SUPPORTS } from './gateway-supports';
import { Flavor, Support } from './support';
import { TRAEFIK_MIDDLEWARE_SUPPORTS } from './traefik-middleware-supports';

/** What Traefik has of the Gateway API, and its middlewares as filters. */
export const GATEWAY_BY_TRAEFIK: Flavor = {
  text: 'Gateway API by Traefik',
  choice: 'a gateway of GatewayImplementation.TRAEFIK',
  supports: {
    ...GATEWAY_SUPPORTS,
    ...TRAEFIK_MIDDLEWARE_SUPPORTS,
    regularExpressionPath: Support.by('type: RegularExpression'),
    certificateFromSecret: Support.by('certificateRefs:'),
    requestTimeout: Support.none('Traefik ignores timeouts of routes'),
    backendTlsSecret: Support.since('1.4', 'kind: BackendTLSPolicy'),
  },
};
