import type { Connections } from '../connections';
import { Fault } from '../faults';
import { Edge } from './edge';
import { bypassFaults, httpFaults } from './http-faults';
import { Port } from '../port';
import { Offer } from './offer';
import { holds, portSet } from './port-set';
import { asksByName } from './cilium-policy';
import { Viewpoint } from './policy-rule';
import { within } from './within';

export interface EdgeFault {
  readonly prop: string;
  readonly fault: Fault;
}

/**
 * What is wrong with a workload's connections. Told late, since ports, namespaces and the profile may come after them;
 * and of a connection between two workloads at the client only, wherever it was declared.
 */
export function edgeFaults(connections: Connections, viewpoint: Viewpoint, denyDns: boolean): EdgeFault[] {
  const servers = connections._serverEdges;
  const clients = connections._clientEdges.filter(({ client }) => !client._hasPolicy);
  const said = (prop: string, faults: readonly Fault[]) => faults.map(fault => ({ prop, fault }));
  return [
    ...said('endpoint', connections._offer.faults),
    ...said('endpoint', connections._offer.ports.flatMap(port => within('ports', port.faults))),
    ...said('connections.to', Offer.collisions(servers)),
    ...servers.flatMap(edge => said('connections.to', [...portFaults(edge), ...httpFaults(edge), ...serverFaults(edge, viewpoint)])),
    ...clients.flatMap(edge => said('connections.from', [...portFaults(edge), ...httpFaults(edge), ...clientFaults(edge, viewpoint)])),
    ...said('connections.from', bypassFaults(connections, viewpoint)),
    ...denyDns && asksByName(connections, viewpoint) ? said('connections.to', [nameless]) : [],
  ];
}

const nameless: Fault = {
  code: 'KEELSON1391', got: 'a DNS name where DNS is denied', allowed: 'of addresses for pods that are kept from DNS', fix: "leave 'denyDns' out, or connect to Peer.cidr(…)",
};

function portFaults(edge: Edge): Fault[] {
  const faults = edge.named.flatMap(port => [...within('ports', port.faults), ...notListening(edge.server, port)]);
  return !edge.emptied ? faults : [...faults, {
    code: 'KEELSON1353', member: 'ports', got: 'an empty list', allowed: 'at least one port', fix: 'leave it out for all ports that are offered',
  }];
}

/** A port that no container declares is a mistake, mostly the Service's: the policies would open what nobody listens on. */
function notListening(server: Connections, port: Port): Fault[] {
  const listening = server._listening;
  if (listening === undefined || port.faults.length > 0 || [...listening, ...server._offer.ports].some(own => holds(own, port))) {
    return [];
  }
  const known = portSet(listening).map(({ text }) => text).join(', ');
  return [{
    code: 'KEELSON1369', member: 'ports', got: port.text, allowed: `a port that the containers of ${server._text} declare (${known === '' ? 'none' : known})`,
    fix: "name the containers' port, not the Service's, or declare it",
  }];
}

function serverFaults(edge: Edge, viewpoint: Viewpoint): Fault[] {
  const { server } = edge;
  const { rules, unlabelled = [], faults } = server._resolve(viewpoint);
  const others = edge.taken.filter(({ offer }) => offer !== server._offer).flatMap(({ offer }) => offer.faults);
  const own = [...server._faults, ...others, ...server._hasPolicy ? [] : [...server._offer.faults, ...server._offer.ports.flatMap(port => within('ports', port.faults))], ...faults];
  const known = edge.allOffered && [...rules, ...unlabelled].some(({ ports }) => ports.length > 0);
  if (edge.emptied || edge.ports.length > 0 || known || (rules.length === 0 && faults.length > 0)) {
    return own;
  }
  return [...own, server._hasPolicy
    ? { code: 'KEELSON1350', got: server._text, allowed: 'a workload that listens on a port', fix: "give it a port, or name those to open in 'ports'" }
    : { code: 'KEELSON1351', member: 'ports', got: 'none', allowed: `the ports to open to ${server._text}`, fix: "name them, such as 'ports: [Port.tcp(443)]'" }];
}

function clientFaults(edge: Edge, viewpoint: Viewpoint): Fault[] {
  const { unlabelled = [], faults } = edge.client._resolve(viewpoint);
  const named = unlabelled.some(({ fqdn }) => fqdn !== undefined) ? [{
    code: 'KEELSON1392', got: edge.client._text, allowed: 'from whom a policy can let in: a DNS name is only to connect to', fix: 'let its addresses in by Peer.cidr(…)',
  }] : [];
  const own = [...edge.client._faults, ...faults, ...named];
  return edge.emptied || edge.ports.length > 0 ? own : [...own, {
    code: 'KEELSON1352', member: 'ports', got: 'none', allowed: `the ports that ${edge.client._text} may connect to`,
    fix: "give the workload a port, or name it, such as 'ports: [Port.tcp(8080)]'",
  }];
}

/** That only one of two workloads is in a namespace that is known. */
export function placeFaults(one: Viewpoint, other: Viewpoint): Fault[] {
  const named = ({ text, namespace }: Viewpoint) => namespace === undefined ? `${text} in no namespace that is known` : `${text} in namespace '${namespace}'`;
  return (one.namespace === undefined) === (other.namespace === undefined) ? [] : [{
    code: 'KEELSON1354', got: `${named(one)} and ${named(other)}`, allowed: 'between workloads whose namespaces are known, or of one that is not',
    fix: "give the charts of both a 'namespace'",
  }];
}
