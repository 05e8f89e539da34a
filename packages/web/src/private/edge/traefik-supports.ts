import { Flavor, Support } from './support';
import { TRAEFIK_MIDDLEWARE_SUPPORTS } from './traefik-middleware-supports';

/** What Traefik's own kinds say. */
export const TRAEFIK: Flavor = {
  text: 'IngressRoute of Traefik',
  choice: 'ExposureTarget.TRAEFIK',
  supports: {
    ...TRAEFIK_MIDDLEWARE_SUPPORTS,
    wildcardHost: Support.by('HostRegexp('),
    exactPath: Support.by('&& Path('),
    regularExpressionPath: Support.by('PathRegexp('),
    namedPort: Support.by('port: admin'),
    defaultBackend: Support.by('match: PathPrefix(`/`)'),
    plainDefaultBackend: Support.by('match: PathPrefix(`/`)'),
    certificateFromSecret: Support.by('secretName: shop-cert'),
    issuedCertificate: Support.by('kind: Certificate'),
    permanentRedirect: Support.by('permanent: true'),
    temporaryRedirect: Support.by('permanent: false'),
    noRedirect: Support.by('- websecure'),
    wwwRedirect: Support.by('replacement: https://shop.example.com${1}'),
    appRoot: Support.by('replacement: /app${1}'),
    stripPrefix: Support.by('stripPrefix:'),
    replacePrefix: Support.by('replacement: /v2${1}'),
    requestTimeout: Support.none('Traefik has no timeout of a whole request'),
    setRequestHeaders: Support.by('customRequestHeaders:'),
    addRequestHeaders: Support.none('Traefik sets headers, and adds none beside others'),
    removeRequestHeaders: Support.by('X-Debug: ""'),
    setResponseHeaders: Support.by('customResponseHeaders:'),
    addResponseHeaders: Support.none('Traefik sets headers, and adds none beside others'),
    removeResponseHeaders: Support.by('Server: ""'),
    backendTlsPublic: Support.by('serverName:'),
    backendTlsConfigMap: Support.by('- configMap:'),
    backendTlsSecret: Support.by('- secret:'),
    grpc: Support.by('scheme: h2c'),
  },
};
