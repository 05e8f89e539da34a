import { ClusterProfile, Gateway, GatewayApi, GatewayImplementation, IngressController, Traefik, type GatewayOptions } from '@keelson/core';
import { ExposureTarget } from '@keelson/web';
import type { JsonObject } from '@keelson/testing';
import { gatewayApiOf } from '../control-plane/crds.js';
import type { TargetId } from './edge-case.js';

/** The platform's gateway: its namespace has the certificate that its listener shows. */
export const GATEWAY = { name: 'edge', namespace: 'gateway-system', className: 'traefik', secretName: 'platform-tls' } as const;

const VERSION = '1.36';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';

const TRAEFIK_CONTROLLER = 'traefik.io/ingress-controller';

/** What Ingresses may set, as the platform has it. */
const RESPONSE_HEADERS = ['X-Frame-Options', 'X-Edge'];

/** What one proxy reads: all apps of a target, or one that answers for hosts of others. */
export interface Share {
  /** The label `app.kubernetes.io/part-of` of what it reads. */
  readonly label: string;
  /** The class of what it reads, where that is what tells shares apart. */
  readonly className: string;
  readonly namespaces: readonly string[];
}

/** A kind of objects that exposures are rendered as, and how this proxy reads them. */
export interface Target {
  readonly id: TargetId;
  readonly title: string;
  /** The class of all apps that share a proxy; each other one has one of its own. */
  readonly className: string;
  /** The cluster that apps of a class are told they run in. */
  readonly profile: (className: string) => ClusterProfile;
  /** What an exposure names to bring its own TLS, where that is not the same as for all others. */
  readonly ownTls: () => ExposureTarget | undefined;
  /** What makes the proxy read a share, and nothing else. */
  readonly flags: (share: Share) => readonly string[];
  /** What the platform has before an app comes. */
  readonly platform: readonly JsonObject[];
  /** What it has for a class. */
  readonly classes: (className: string) => readonly JsonObject[];
  /** Routes to a Service `ready` that show that all of a share is read, by their hosts. */
  readonly ready: (share: Share, namespace: string) => Readonly<Record<string, JsonObject>>;
}

/** What the two targets of the Gateway API have in common. */
const GATEWAY_TARGET: Pick<Target, 'className' | 'ownTls' | 'flags' | 'platform' | 'classes' | 'ready'> = {
  className: GATEWAY.className,
  ownTls: () => ExposureTarget.ownGateway(GATEWAY.className),
  flags: (share) => [
    `--providers.kubernetesgateway.namespaces=${[...share.namespaces, GATEWAY.namespace].join(',')}`, '--providers.kubernetesgateway.qps=-1',
    definitions(share),
  ],
  platform: [
    { apiVersion: GATEWAY_API, kind: 'GatewayClass', metadata: { name: GATEWAY.className }, spec: { controllerName: 'traefik.io/gateway-controller' } },
    {
      apiVersion: GATEWAY_API, kind: 'Gateway', metadata: { name: GATEWAY.name, namespace: GATEWAY.namespace },
      spec: {
        gatewayClassName: GATEWAY.className,
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
          {
            name: 'https', port: 443, protocol: 'HTTPS', allowedRoutes: { namespaces: { from: 'All' } },
            tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: GATEWAY.secretName }] },
          },
        ],
      },
    },
  ],
  classes: () => [],
  ready: (share, namespace) => ({
    'gateway.ready.example.com': {
      apiVersion: GATEWAY_API, kind: 'HTTPRoute', metadata: { name: 'ready', namespace },
      spec: {
        parentRefs: [{ name: GATEWAY.name, namespace: GATEWAY.namespace, sectionName: 'http' }], hostnames: ['gateway.ready.example.com'],
        rules: [{ backendRefs: [{ name: 'ready', port: 80 }] }],
      },
    },
    ...readyIngressRoute(share, namespace),
  }),
};

/** Each with what the library calls it; Envoy Gateway is not to be had here. */
export const TARGETS: readonly Target[] = [
  {
    ...GATEWAY_TARGET,
    id: 'standard',
    title: 'Gateway API',
    profile: () => clusterWith({ className: GATEWAY.className }),
  },
  {
    ...GATEWAY_TARGET,
    id: 'gateway',
    title: 'Gateway API by Traefik',
    profile: () => clusterWith({ className: GATEWAY.className, implementation: GatewayImplementation.TRAEFIK }),
  },
  {
    id: 'traefik',
    title: 'IngressRoute of Traefik',
    className: 'traefik',
    profile: () => ClusterProfile.kubernetes({ version: VERSION, traefik: Traefik.inNamespace('traefik') }),
    ownTls: () => undefined,
    // Ingresses too: cert-manager makes some.
    flags: (share) => [definitions(share), '--providers.kubernetesingress.ingressclass=traefik'],
    platform: [ingressClass('traefik', TRAEFIK_CONTROLLER)],
    classes: () => [],
    ready: (share, namespace) => ({ ...readyIngressRoute(share, namespace), ...readyIngress('traefik', namespace) }),
  },
  {
    id: 'nginx',
    title: 'Ingress with the annotations of ingress-nginx',
    className: 'nginx',
    profile: (className) => ClusterProfile.kubernetes({
      version: VERSION,
      ingress: IngressController.named(className, { namespace: 'traefik', readsNginxAnnotations: true, allowedResponseHeaders: [...RESPONSE_HEADERS] }),
    }),
    ownTls: () => undefined,
    flags: ({ className }) => [
      `--providers.kubernetesingressnginx.controllerclass=${controllerOf(className)}`,
      `--providers.kubernetesingressnginx.globalallowedresponseheaders=${RESPONSE_HEADERS.join(',')}`,
    ],
    platform: [],
    classes: (className) => [ingressClass(className, controllerOf(className))],
    ready: ({ className }, namespace) => readyIngress(className, namespace),
  },
  {
    id: 'ingress',
    title: 'Ingress',
    className: 'plain',
    profile: (className) => ClusterProfile.kubernetes({ version: VERSION, ingress: IngressController.named(className, { namespace: 'traefik' }) }),
    ownTls: () => undefined,
    // TLS as Traefik's own chart has it; prefixes as an Ingress has them.
    flags: ({ className }) => [
      `--providers.kubernetesingress.ingressclass=${className}`, '--providers.kubernetesingress.strictprefixmatching=true',
      '--entrypoints.websecure.http.tls=true',
    ],
    platform: [],
    classes: (className) => [ingressClass(className, TRAEFIK_CONTROLLER)],
    ready: ({ className }, namespace) => readyIngress(className, namespace),
  },
];

function clusterWith(options: GatewayOptions): ClusterProfile {
  const gateway = Gateway.named(GATEWAY.name, GATEWAY.namespace, options);
  return ClusterProfile.kubernetes({ version: VERSION, gateway, gatewayApi: GatewayApi.standard(gatewayApiOf(VERSION)) });
}

function definitions({ label }: Share): string {
  return `--providers.kubernetescrd.labelselector=app.kubernetes.io/part-of=${label}`;
}

function controllerOf(className: string): string {
  return `example.com/${className}`;
}

function ingressClass(name: string, controller: string): JsonObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name }, spec: { controller } };
}

function readyIngress(className: string, namespace: string): Record<string, JsonObject> {
  const host = 'ingress.ready.example.com';
  const backend = { service: { name: 'ready', port: { number: 80 } } };
  return {
    [host]: {
      apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: className, namespace },
      spec: { ingressClassName: className, rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
    },
  };
}

function readyIngressRoute({ label }: Share, namespace: string): Record<string, JsonObject> {
  const host = 'definitions.ready.example.com';
  return {
    [host]: {
      apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', metadata: { name: label, namespace, labels: { 'app.kubernetes.io/part-of': label } },
      spec: { entryPoints: ['web'], routes: [{ kind: 'Rule', match: `Host(\`${host}\`)`, services: [{ name: 'ready', port: 80 }] }] },
    },
  };
}
