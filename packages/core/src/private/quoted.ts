const SHOWN = 80;

/**
 * What a user gave as messages show it: a text in quotes, on one line, cut where it is long. Programs without types pass
 * other things where only text is taken.
 */
export function quoted(given: unknown): string {
  if (typeof given !== 'string') {
    return bare(given);
  }
  const line = JSON.stringify(given).slice(1, -1).replaceAll('\\"', '"');
  return line.length > SHOWN ? `'${line.slice(0, SHOWN - 20)}…' (${given.length} characters)` : `'${line}'`;
}

/** What is in an object may be a secret, or endless. */
function bare(given: unknown): string {
  if (Array.isArray(given)) {
    return 'a list';
  }
  const shown = given === null || ['undefined', 'number', 'boolean', 'bigint'].includes(typeof given);
  return shown ? String(given) : `${typeof given === 'object' ? 'an' : 'a'} ${typeof given}`;
}
