/** The Pod Security level of specimens that *restricted* refuses: the lowest that admits them, by title. */
export const LEVELS: ReadonlyMap<string, { readonly level: 'baseline' | 'privileged'; readonly because: string }> = new Map([
  // Beside restricted, baseline refuses all that is of the node.
  ['core-container-host-port', { level: 'privileged', because: 'unsafeHostPort takes a port of the node' }],
  ['core-network-host', { level: 'privileged', because: 'unsafeHostNetwork runs in the network of the node' }],
  ['core-volume-host-path', { level: 'privileged', because: 'unsafeHostPath mounts files of the node' }],
]);
