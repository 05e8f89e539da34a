import { Fault, Faults } from '@keelson/core';
import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { DatabaseModel } from '../../database-model';
import { RedisEviction } from '../../redis-eviction';
import { RedisPersistence } from '../../redis-persistence';
import { RedisProps } from '../../redis-props';
import { RedisVersion } from '../../redis-version';
import { databaseFaults } from '../database-faults';
import { describe } from '../description';
import { Engine, PropFault } from '../engine';
import { givenFaults, made, shown } from '../made';
import { reasonOf } from '../settings-reasons';
import { engineFor } from './redis-engine';
import { exporterParts } from './redis-exporter';
import { serverParts, usualPersistence } from './redis-server';
import { OURS, sizeFaults } from './redis-settings';
import { preparedVolumes, PROBE_USER } from './redis-users';

/** What only servers with databases have; TypeScript's users can't give it. */
const NONE = { database: undefined, databases: undefined, users: undefined, previousRootCredentials: undefined, initScripts: undefined };

/** What the props of a server come to. */
export function redisModel(scope: Construct, id: string, props: RedisProps): DatabaseModel {
  const version = made(props.version) ?? RedisVersion.V7_4;
  const engine = engineFor(version);
  const own = { ...props, ...NONE };
  const description = describe(scope, id, { ...own, database: '0' }, engine, { image: version.image, memory: Size.mebibytes(512), replicas: 0 });
  const isCache = props.cache === true;
  const isEphemeral = made(props.storage)?.isEphemeral === true;
  const persistence = props.persistence ?? usualPersistence(isCache, isEphemeral);
  const eviction = props.eviction ?? (isCache ? RedisEviction.ALLKEYS_LRU : RedisEviction.NO_EVICTION);
  const volumes = preparedVolumes(description);
  return DatabaseModel._of({
    description,
    engineVersion: version.version,
    server: serverParts(description, props, { eviction, persistence }, volumes),
    exporter: props.metrics === true ? exporterParts(description, volumes) : undefined,
    faults: [
      ...databaseFaults(own, engine, new Set([PROBE_USER])), ...ownFaults(props, engine), ...sizeFaults(description, props.settings ?? {}),
    ],
  });
}

function ownFaults(props: RedisProps, { title }: Engine): PropFault[] {
  const { storage, eviction, persistence, tls, settings = {}, unsafeCommands = [] } = props;
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  return [
    ...of('version', givenFaults(props.version, 'RedisVersion', 'V8_10')),
    ...of('eviction', memberFaults(eviction, Object.values(RedisEviction), 'RedisEviction.ALLKEYS_LRU')),
    ...of('tls', made(tls)?.isRequired === false ? [{
      code: 'KEELSON3134', got: 'TLS that is offered', allowed: `required, since ${title} has one port for either`, fix: 'use DatabaseTls.required(…)',
    }] : []),
    ...of('persistence', memberFaults(persistence, Object.values(RedisPersistence), 'RedisPersistence.APPEND_ONLY')),
    ...of('persistence', persistence === RedisPersistence.NONE && made(storage)?.isEphemeral === false ? [{
      code: 'KEELSON3082', got: "'none' with a volume that stays", allowed: 'RedisPersistence.APPEND_ONLY or SNAPSHOTS there', fix: 'use Storage.unsafeEphemeral(…) where nothing is to stay',
    }] : []),
    ...Object.entries(settings).flatMap(([name, value]) => of('settings', settingFaults(name, value, title))),
    ...unsafeCommands.flatMap((command, at) => of('unsafeCommands', Faults.within(String(at), commandFaults(command)))),
  ];
}

function memberFaults(value: string | undefined, members: readonly string[], example: string): Fault[] {
  return value === undefined || members.includes(value) ? [] : [{
    code: 'KEELSON3081', got: shown(value), allowed: members.map(each => Faults.quoted(each)).join(', '), fix: `use one such as ${example}`,
  }];
}

function settingFaults(name: string, value: string, title: string): Fault[] {
  if (!/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)?$/.test(name) || typeof value !== 'string' || /\p{Cc}/u.test(value)) {
    return [{
      code: 'KEELSON3083', member: name, got: shown(value), allowed: "a setting's name of lower-case letters, digits and '-', and a value on one line",
      fix: "write it like 'lazyfree-lazy-expire': 'yes'",
    }];
  }
  const prop = OURS.get(name);
  return OURS.has(name) ? [{
    code: 'KEELSON3084', member: name, got: Faults.quoted(value), allowed: `a setting of ${title} that nothing else depends on`, fix: prop === undefined ? reasonOf(name) : `use '${prop}'`,
  }] : [];
}

/** What stands for itself in the file of users. */
function commandFaults(command: string): Fault[] {
  return typeof command === 'string' && /^[a-z][a-z0-9._-]*(?:\|[a-z][a-z0-9-]*)?$/.test(command) ? [] : [{
    code: 'KEELSON3085', got: shown(command), allowed: "a command in lower-case letters, and behind '|' one of its subcommands", fix: "write it like 'keys' or 'client|list'",
  }];
}
