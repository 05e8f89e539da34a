import { Fault, Faults } from '@keelson/core';
import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DatabaseModel } from '../../database-model';
import { databaseFaults } from '../database-faults';
import { describe, hostOf } from '../description';
import { PropFault } from '../engine';
import { shown } from '../made';
import { Dialect } from './dialect';
import { FamilyProps, primaryParts } from './server';
import { settingFaults, sizeFaults } from './settings';
import { setupParts } from './setup';

/** Databases and users that the servers have by themselves, and names that mean something else where a user is asked for. */
const RESERVED = new Set(['information_schema', 'mysql', 'none', 'performance_schema', 'public', 'root', 'sys', 'test']);

/** What the version comes to. */
export interface FamilyVersion {
  readonly series: string;
  readonly image: string;
}

/** What the props of a server come to. */
export function familyModel(
  scope: Construct, id: string, props: FamilyProps, dialect: Dialect, version: FamilyVersion, replicas: number,
  faults: readonly PropFault[],
): DatabaseModel {
  const usual = { image: version.image, memory: Size.gibibytes(1), replicas };
  const description = describe(scope, id, props, dialect.engine, usual);
  return DatabaseModel._of({
    description,
    engineVersion: version.series,
    ...primaryParts(dialect, description, props),
    setup: setupParts(dialect, description, props.users ?? [], hostOf(scope, description, 'rw')),
    faults: [
      ...databaseFaults(props, dialect.engine, RESERVED, replicas), ...faults, ...ownFaults(props, dialect),
      ...sizeFaults(dialect, description, props.settings ?? {}),
    ],
  });
}

function ownFaults({ maxConnections = 100, settings = {}, initScripts = {} }: FamilyProps, dialect: Dialect): PropFault[] {
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  return [
    ...of('maxConnections', Number.isInteger(maxConnections) && maxConnections >= 10 && maxConnections <= 10_000 ? [] : [{
      code: 'KEELSON3053', got: shown(maxConnections), allowed: 'an integer from 10 to 10000', fix: 'leave it out for 100',
    }]),
    ...Object.entries(settings).flatMap(([name, value]) => of('settings', settingFaults(dialect, name, value))),
    ...Object.keys(initScripts).flatMap(file => of('initScripts', /^[0-9A-Za-y][-\w.]*\.(?:sql|sh)$/.test(file) ? [] : [{
      code: 'KEELSON3056', got: Faults.quoted(file), allowed: "a name that ends in '.sql' or '.sh', and doesn't begin with 'z', '_', '-' or '.'", fix: "write it like '10-tables.sql'",
    }])),
  ];
}
