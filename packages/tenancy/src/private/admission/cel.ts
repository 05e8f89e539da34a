/** Texts of CEL: what the API server evaluates. Only what Kubernetes 1.30 knows. */

/** A text as a literal. */
export function text(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** Texts as a list. */
export function list(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`;
}

/** All of them; nothing to ask is true. */
export function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' && ');
}

/** One of them; nothing to choose from is false. */
export function any(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : conditions.map(each => `(${each})`).join(' || ');
}

/** Lists of texts that are made of one text each, as one list: CEL of 1.30 has no word for it. Nothing that is allowed has a space. */
export function flat(lists: readonly string[]): string {
  return `(${lists.join(' + ')}).join(' ').split(' ').filter(each, each != '')`;
}

const MOST_ALLOWED = 12;

/** What is allowed, for messages, which the API server cuts off at 5 KiB. */
export function allowed(values: readonly string[]): string {
  const [shown, more] = [values.slice(0, MOST_ALLOWED), values.length - MOST_ALLOWED];
  return values.length === 0 ? 'none' : `${shown.join(', ')}${more > 0 ? ` or one of ${more} more` : ''}`;
}
