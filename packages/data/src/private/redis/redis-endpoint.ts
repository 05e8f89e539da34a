import { Fault } from '@keelson/core';
import { RedisEndpointProps } from '../../redis-endpoint-props';
import { RedisVersion } from '../../redis-version';
import { EndpointKind, versionFaultsOf } from '../endpoint-kind';
import { PropFault } from '../engine';
import { made, shown } from '../made';
import { engineFor } from './redis-engine';

/** What a Redis or Valkey that is made elsewhere comes to. */
export function endpointKind(props: RedisEndpointProps): EndpointKind {
  const { database = 0, user, credentials } = props;
  const version = made(props.version) ?? RedisVersion.V7_4;
  const engine = engineFor(version);
  return {
    engine, version: version.version, toolImage: version.image, database: String(database), client: { user, credentials, isOpen: true },
    faults: [...versionFaultsOf(props.version, version.version, 'RedisVersion', 'V8_10'), ...ownFaults(props, database)],
  };
}

function ownFaults({ user, credentials, backupUser, backupCredentials }: RedisEndpointProps, database: number): PropFault[] {
  const nameless = (prop: string, name: string): PropFault => ({ prop, fault: {
    code: 'KEELSON3160', got: shown(name), allowed: 'left out without credentials', fix: 'say the password of the user, or remove it',
  } });
  const number: Fault = { code: 'KEELSON3161', got: shown(database), allowed: 'an integer from 0 on', fix: 'leave it out for 0' };
  return [
    ...Number.isInteger(database) && database >= 0 ? [] : [{ prop: 'database', fault: number }],
    ...user !== undefined && credentials === undefined ? [nameless('user', user)] : [],
    ...backupUser !== undefined && credentials === undefined && backupCredentials === undefined ? [nameless('backupUser', backupUser)] : [],
  ];
}
