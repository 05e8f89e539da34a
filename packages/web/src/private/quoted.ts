const SHOWN = 80;

/** A user's text as messages show it: in quotes, on one line, cut where it is long. */
export function quoted(text: string): string {
  const line = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return line.length > SHOWN ? `'${line.slice(0, SHOWN - 20)}…' (${text.length} characters)` : `'${line}'`;
}
