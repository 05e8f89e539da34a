import { collected } from '@keelson/testing/specimen';
import * as budgets from './budgets';
import * as connections from './connections';
import * as edgeAuthOidc from './edge-auth-oidc';
import * as exposedServices from './exposed-services';
import * as exposureEnvoy from './exposure-envoy';
import * as exposureGateway from './exposure-gateway';
import * as exposureGatewayFeatures from './exposure-gateway-features';
import * as exposureIngress from './exposure-ingress';
import * as exposureIngressNginx from './exposure-ingress-nginx';
import * as exposureTraefik from './exposure-traefik';
import * as exposureTraefikMiddlewares from './exposure-traefik-middlewares';
import * as ingressClasses from './ingress-classes';
import * as ports from './ports';
import * as releases from './releases';
import * as scaling from './scaling';
import * as scalingMetrics from './scaling-metrics';
import * as scalingTriggers from './scaling-triggers';
import * as services from './services';
import * as verticalScaling from './vertical-scaling';
import * as workers from './workers';

export const SPECIMENS = collected(
  budgets, connections, edgeAuthOidc, exposedServices, exposureEnvoy, exposureGateway, exposureGatewayFeatures, exposureIngress,
  exposureIngressNginx, exposureTraefik, exposureTraefikMiddlewares, ingressClasses, ports, releases, scaling, scalingMetrics,
  scalingTriggers, services, verticalScaling, workers,
);
