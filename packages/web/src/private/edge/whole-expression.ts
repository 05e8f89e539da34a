/**
 * A regular expression that whole paths match, as those who look for it anywhere in a path take it. A dot is any character, a line break
 * too: else a path with `%0A` in it would be another route's.
 */
export function wholeExpression(path: string): string {
  const flags = path.includes('.') ? '(?s)' : '';
  return path.includes('|') ? `${flags}^(?:${path})$` : `${flags}^${path}$`;
}
