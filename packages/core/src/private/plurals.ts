/** The words that a plural may be of: `policy` of `policies`, `class` of `classes`. */
export function singularOf(plural: string): string[] {
  const found = [plural.replace(/s$/, ''), plural.replace(/es$/, ''), plural.replace(/ies$/, 'y')];
  return found.filter(word => word !== plural);
}

/** The plural as tools that write definitions make it; words that end in `s` may be one already. */
export function pluralOf(word: string): string {
  if (word.endsWith('s') && !/(?:ss|us)$/.test(word)) {
    return word;
  }
  return /[^aeiou]y$/.test(word) ? word.replace(/y$/, 'ies') : `${word}${/(?:s|x|z|ch|sh)$/.test(word) ? 'es' : 's'}`;
}
