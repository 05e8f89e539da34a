/** A noun with its article, as it is said: `an IngressClass`, `an HTTPRoute`, `a UDPRoute`. */
export function withArticle(noun: string): string {
  return `${/^(?:[AEIOaeio]|[FHLMNRSX][A-Z])/.test(noun) ? 'an' : 'a'} ${noun}`;
}
