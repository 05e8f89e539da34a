/** What random policies are made of: little, so that much of it meets. */
export const NAMESPACES = ['a', 'b', 'c'] as const;

/** Keys and values of labels, of pods and of namespaces alike. */
export const LABELS = { keys: ['app', 'tier', 'team', 'kubernetes.io/metadata.name'], values: ['x', 'y', 'a', ''] } as const;

/** Ports that are asked for, and declared. */
export const NUMBERS = [79, 80, 81, 82] as const;

/** What containers call their ports. */
export const PORT_NAMES = ['http', 'alt', 'dns'] as const;

/** The protocols that policies know. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** Addresses of both families, close to each other. */
export const ADDRESSES = ['10.0.0.', '2001:db8::'].flatMap((prefix) =>
  Array.from({ length: 16 }, (_, index) => `${prefix}${prefix.endsWith('.') ? index : index.toString(16)}`));
