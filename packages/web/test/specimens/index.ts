import { collected } from '@keelson/testing/specimen';
import * as budgets from './budgets';
import * as connections from './connections';
import * as exposedServices from './exposed-services';
import * as exposureGateway from './exposure-gateway';
import * as exposureIngress from './exposure-ingress';
import * as ports from './ports';
import * as releases from './releases';
import * as scaling from './scaling';
import * as scalingMetrics from './scaling-metrics';
import * as scalingTriggers from './scaling-triggers';
import * as services from './services';
import * as verticalScaling from './vertical-scaling';
import * as workers from './workers';

export const SPECIMENS = collected(
  budgets, connections, exposedServices, exposureGateway, exposureIngress, ports, releases, scaling, scalingMetrics, scalingTriggers,
  services, verticalScaling, workers,
);
