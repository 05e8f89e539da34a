/** The words that a plural may be of: `policy` of `policies`, `class` of `classes`. */
export function singularOf(plural: string): string[] {
  const found = [plural.replace(/s$/, ''), plural.replace(/es$/, ''), plural.replace(/ies$/, 'y')];
  return found.filter(word => word !== plural);
}
