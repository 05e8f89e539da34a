/**
 * How the path of a request is compared.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#pathmatchtype
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types
 */
export enum PathType {
  /** The path and all below it, part by part: `/shop` is matched by `/shop` and `/shop/cart`, not by `/shopping`. */
  PREFIX = 'Prefix',

  /** This path and no other, a `/` at its end included. */
  EXACT = 'Exact',

  /**
   * Paths that a regular expression matches from their beginning to their end, in what RE2, PCRE and JavaScript read alike. Only where the
   * target has it. It comes before all prefixes; of two with texts of one length that match the same path, any may come first.
   *
   * @see https://github.com/google/re2/wiki/Syntax
   */
  REGULAR_EXPRESSION = 'RegularExpression',
}
