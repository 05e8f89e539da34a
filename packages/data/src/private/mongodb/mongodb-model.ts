import { Fault, Faults } from '@keelson/core';
import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DatabaseModel } from '../../database-model';
import { MongoDbProps } from '../../mongo-db-props';
import { MongoDbVersion } from '../../mongo-db-version';
import { databaseFaults } from '../database-faults';
import { describe, hostOf } from '../description';
import { PropFault } from '../engine';
import { givenFaults, made, shown } from '../made';
import { reasonOf } from '../settings-reasons';
import { MONGODB } from './mongodb-engine';
import { exporterParts } from './mongodb-exporter';
import { serverParts } from './mongodb-server';
import { clashes, isOurs, sizeFaults } from './mongodb-settings';
import { setupParts } from './mongodb-setup';

/** Databases that MongoDB has by itself. */
const RESERVED = new Set(['admin', 'config', 'local']);

/** What the props of a MongoDB server come to. */
export function mongoDbModel(scope: Construct, id: string, props: MongoDbProps): DatabaseModel {
  const version = made(props.version) ?? MongoDbVersion.V8_0;
  const description = describe(scope, id, props, MONGODB, { image: version.image, memory: Size.gibibytes(1), replicas: 0 });
  return DatabaseModel._of({
    description,
    engineVersion: version.version,
    server: serverParts(description, props),
    setup: setupParts(description, props.users ?? [], hostOf(scope, description, 'rw')),
    exporter: props.metrics === true ? exporterParts(description) : undefined,
    faults: [...databaseFaults(props, MONGODB, RESERVED), ...ownFaults(props), ...sizeFaults(description, props.settings ?? {})],
  });
}

function ownFaults({ version, settings = {}, initScripts = {} }: MongoDbProps): PropFault[] {
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  const names = Object.keys(settings);
  return [
    ...of('version', givenFaults(version, 'MongoDbVersion', 'V8_0')),
    ...Object.entries(settings).flatMap(([name, value]) => of('settings', settingFaults(name, value, names))),
    ...Object.keys(initScripts).flatMap(file => of('initScripts', /^[0-9A-Za-y][-\w.]*\.(?:js|sh)$/.test(file) ? [] : [{
      code: 'KEELSON3093', got: Faults.quoted(file), allowed: "a name that ends in '.js' or '.sh', and doesn't begin with 'z', '_', '-' or '.'", fix: "write it like '10-indexes.js'",
    }])),
  ];
}

function settingFaults(name: string, value: string, names: readonly string[]): Fault[] {
  if (!/^[a-z]\w*(?:\.[A-Za-z]\w*)+$/.test(name) || typeof value !== 'string' || clashes(name, names)) {
    return [{
      code: 'KEELSON3091', member: name, got: shown(value), allowed: "a setting's name with its sections and dots, and a text, number or truth as its value",
      fix: "write it like 'operationProfiling.slowOpThresholdMs': '200'",
    }];
  }
  return isOurs(name) ? [{
    code: 'KEELSON3092', member: name, got: Faults.quoted(value), allowed: 'a setting that nothing else of the database depends on',
    fix: /^net\.(?:tls|ssl)\b/.test(name) ? "use 'tls'" : reasonOf(name),
  }] : [];
}
