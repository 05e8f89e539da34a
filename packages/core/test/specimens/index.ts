import { collected } from '@keelson/testing/specimen';
import * as access from './access';
import * as adoption from './adoption';
import * as alerts from './alerts';
import * as cilium from './cilium';
import * as claims from './claims';
import * as cloudIdentities from './cloud-identities';
import * as clusters from './clusters';
import * as configuration from './configuration';
import * as connections from './connections';
import * as containers from './containers';
import * as defaults from './defaults';
import * as health from './health';
import * as identity from './identity';
import * as meshes from './meshes';
import * as metadata from './metadata';
import * as metrics from './metrics';
import * as namespaceConnections from './namespace-connections';
import * as namespaces from './namespaces';
import * as network from './network';
import * as outsideSecrets from './outside-secrets';
import * as persistentVolumes from './persistent-volumes';
import * as profile from './profile';
import * as resources from './resources';
import * as schedules from './schedules';
import * as scheduling from './scheduling';
import * as services from './services';
import * as storageClasses from './storage-classes';
import * as tasks from './tasks';
import * as volumes from './volumes';
import * as waits from './waits';

export const SPECIMENS = collected(
  access, adoption, alerts, cilium, claims, cloudIdentities, clusters, configuration, connections, containers, defaults, health, identity,
  meshes, metadata, metrics, namespaceConnections, namespaces, network, outsideSecrets, persistentVolumes, profile, resources, schedules,
  scheduling, services, storageClasses, tasks, volumes, waits,
);
