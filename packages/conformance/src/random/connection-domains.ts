import { words, type Domain } from './values.js';

/** The domains of what network policies can't say, by key: see `Domains`. */
export const CONNECTIONS: readonly (readonly [Domain, ...string[]])[] = [
  [words(['cluster.local', 'td_1', 'x'.repeat(255)], ['', '*', 'A', 'a/b', '-a', 'x'.repeat(256)]), 'IstioMeshProps.trustDomain'],
  [words(['stable', '1-30', 'x'.repeat(63)], ['', 'a b', '-a', 'x'.repeat(64)]), 'IstioMeshProps.revision'],
  // Only `to` takes one, with ports: its own tests refuse.
  [words(['api.example.com', '*.example.com', 's3-*.example.com']), 'Peer.fqdn.name'],
];
