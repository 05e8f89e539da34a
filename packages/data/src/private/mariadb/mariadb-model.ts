import { Fault } from '@keelson/core';
import { Construct } from 'constructs';
import { DatabaseModel } from '../../database-model';
import { MariaDbProps } from '../../maria-db-props';
import { MariaDbVersion } from '../../maria-db-version';
import { replicaStrategyFaults } from '../database-faults';
import { PropFault } from '../engine';
import { givenFaults, made, shown } from '../made';
import { familyModel } from '../mysql-family/model';
import { MARIADB } from './mariadb-dialect';
import { replicaParts } from './mariadb-replica';

/** What the props of a MariaDB server come to. */
export function mariaDbModel(scope: Construct, id: string, props: MariaDbProps): DatabaseModel {
  return familyModel(scope, id, props, MARIADB, made(props.version) ?? MariaDbVersion.V11_8, replicasOf(props), ownFaults(props));
}

/** How many servers follow: none where what is said of it is no such number. */
export function replicasOf({ readReplicas = 0 }: MariaDbProps): number {
  return Number.isInteger(readReplicas) && readReplicas > 0 ? readReplicas : 0;
}

function ownFaults(props: MariaDbProps): PropFault[] {
  const { version, storage, readReplicas = 0 } = props;
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  const isOneVolume = made(storage)?.existingClaim !== undefined;
  return [
    ...of('version', givenFaults(version, 'MariaDbVersion', 'V11_8')),
    ...of('replicaUpdateStrategy', replicaStrategyFaults(props.replicaUpdateStrategy, replicasOf(props))),
    ...of('readReplicas', [
      ...Number.isInteger(readReplicas) && readReplicas >= 0 && readReplicas <= 20 ? [] : [{
        code: 'KEELSON3051', got: shown(readReplicas), allowed: 'an integer from 0 to 20', fix: 'leave it out for none',
      }],
      ...isOneVolume && readReplicas > 0 ? [{
        code: 'KEELSON3052', got: `${readReplicas} with one claim`, allowed: 'left out with Storage.claim(…), which is a volume for one server', fix: 'use Storage.dynamic(…)',
      }] : [],
    ]),
  ];
}

/** What the servers that follow it come to. */
export function replicaModel(model: DatabaseModel, props: MariaDbProps, primary: string): DatabaseModel {
  const { description } = model._parts;
  return DatabaseModel._of({ ...model._parts, ...replicaParts(description, props, primary), setup: undefined, faults: [] });
}
