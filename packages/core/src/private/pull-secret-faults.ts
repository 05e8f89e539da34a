import { Fault } from '../faults';
import { ClusterFacts } from '../profile/cluster-facts';
import { ResourceName } from '../resource-name';
import { quoted } from './quoted';
import { referenceFaults } from './references';
import { within } from './within';

/** What is wrong with a profile's pull secrets, and with where their values are. */
export function pullSecretFaults({ imagePullSecrets, imagePullSecretSource: source }: ClusterFacts): Fault[] {
  const names = imagePullSecrets.map(secret => secret?.name);
  return [
    ...imagePullSecrets.flatMap((secret, at) => within(`imagePullSecrets[${at}]`, referenceFaults(secret, 'Secret'))),
    ...source === undefined ? [] : within('imagePullSecretSource', [
      ...within('clusterSecretStore', ResourceName.faultsOf('ClusterSecretStore', source.clusterSecretStore)),
      ...Object.entries(source.remoteKeys ?? {}).flatMap(([name, key]) => entryFaults(name, key, names)),
      ...names.length > 0 ? [] : [{
        code: 'KEELSON1178', got: "a store, and no 'imagePullSecrets'", allowed: 'the source of at least one pull secret',
        fix: "name them in 'imagePullSecrets', or leave it out",
      }],
    ]),
  ];
}

function entryFaults(name: string, key: string, known: readonly string[]): Fault[] {
  const member = `remoteKeys.${name}`;
  return [
    ...known.includes(name) || known.length === 0 ? [] : [{
      code: 'KEELSON1177', member, got: quoted(name), allowed: `a Secret of 'imagePullSecrets': ${known.map(quoted).join(', ')}`,
      fix: 'name it there, too, or remove the entry',
    }],
    ...typeof key === 'string' && key.trim() !== '' ? [] : [{
      code: 'KEELSON1179', member, got: quoted(key), allowed: 'the name of an entry of the store', fix: "write it like 'platform/registry'",
    }],
  ];
}
