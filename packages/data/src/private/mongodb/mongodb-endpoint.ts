import { Fault, Faults } from '@keelson/core';
import { MongoDbEndpointProps } from '../../mongo-db-endpoint-props';
import { MongoDbVersion } from '../../mongo-db-version';
import { databaseKind, EndpointKind, hostFaults, versionFaultsOf } from '../endpoint-kind';
import { Engine, PropFault, whoIn } from '../engine';
import { made, shown } from '../made';
import { MONGODB } from './mongodb-engine';

/** What a MongoDB that is made elsewhere comes to. */
export function endpointKind(props: MongoDbEndpointProps): EndpointKind {
  const { version, image } = made(props.version) ?? MongoDbVersion.V8_0;
  const faults = [...versionFaultsOf(props.version, version, 'MongoDbVersion', 'V8_0'), ...ownFaults(props)];
  return { ...databaseKind({ ...MONGODB, uri: uriOf(props) }, props, { number: version, image }, faults), isByDns: props.srv === true };
}

/**
 * How clients write where it is.
 *
 * @see https://www.mongodb.com/docs/manual/reference/connection-string/
 */
function uriOf({ srv = false, otherHosts = [], ...options }: MongoDbEndpointProps): Engine['uri'] {
  return ({ host, port, database, isTls = false, authorityFile, ...who }) => {
    const all = {
      authSource: options.authSource ?? 'admin', replicaSet: options.replicaSet, retryWrites: options.retryWrites, tls: isTls || undefined, tlsCAFile: authorityFile,
    };
    const query = Object.entries(all).flatMap(([name, value]) => value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]).join('&');
    const hosts = srv ? host : [host, ...Array.isArray(otherHosts) ? otherHosts : []].map(each => `${each}:${port}`).join(',');
    return `mongodb${srv ? '+srv' : ''}://${whoIn(who)}${hosts}/${encodeURIComponent(database)}?${query}`;
  };
}

function ownFaults({ srv = false, host, otherHosts, replicaSet, authSource }: MongoDbEndpointProps): PropFault[] {
  const of = (prop: string, faults: Fault[]): PropFault[] => faults.map(fault => ({ prop, fault }));
  return [
    ...of('host', srv && !/^(?:[^.:]+\.){2,}[^.:]*[a-z][^.:]*$/.test(host) && hostFaults(host).length === 0 ? [srvFault(host)] : []),
    ...of('otherHosts', otherHostFaults(otherHosts, srv)),
    ...of('replicaSet', nameFaults(replicaSet, 'rs0')),
    ...of('authSource', nameFaults(authSource, 'admin')),
  ];
}

function srvFault(host: string): Fault {
  return { code: 'KEELSON3162', got: shown(host), allowed: 'a name of three parts or more with srv, of which DNS has records', fix: "write it like 'shop.abc12.mongodb.net', or remove srv" };
}

function otherHostFaults(hosts: string[] | undefined, srv: boolean): Fault[] {
  if (hosts === undefined) {
    return [];
  }
  if (!Array.isArray(hosts)) {
    return [{ code: 'KEELSON3163', got: shown(hosts), allowed: 'a list of hosts', fix: "write it like ['db-1.example.com']" }];
  }
  return srv && hosts.length > 0 ? [{
    code: 'KEELSON3164', got: hosts.map(each => shown(each)).join(', '), allowed: 'left out with srv, since DNS tells all', fix: 'remove it',
  }] : hosts.flatMap((each, at) => Faults.within(String(at), hostFaults(each)));
}

function nameFaults(name: string | undefined, example: string): Fault[] {
  return name === undefined || typeof name === 'string' && /^[^\s/]+$/.test(name) ? [] : [{
    code: 'KEELSON3165', got: shown(name), allowed: 'a name', fix: `write it like ${Faults.quoted(example)}`,
  }];
}
