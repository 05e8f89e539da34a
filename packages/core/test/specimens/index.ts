import { collected } from '@keelson/testing/specimen';
import * as claims from './claims';
import * as configuration from './configuration';
import * as containers from './containers';
import * as health from './health';
import * as identity from './identity';
import * as resources from './resources';
import * as scheduling from './scheduling';
import * as volumes from './volumes';

export const SPECIMENS = collected(claims, configuration, containers, health, identity, resources, scheduling, volumes);
