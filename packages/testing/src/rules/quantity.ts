/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const SUFFIXES = new Map<string, number>([
  ['n', 1e-9], ['u', 1e-6], ['m', 1e-3], ['', 1], ['k', 1e3], ['M', 1e6], ['G', 1e9], ['T', 1e12], ['P', 1e15], ['E', 1e18],
  ['Ki', 2 ** 10], ['Mi', 2 ** 20], ['Gi', 2 ** 30], ['Ti', 2 ** 40], ['Pi', 2 ** 50], ['Ei', 2 ** 60],
]);

/** The number that a quantity stands for; undefined where it is none. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = typeof value === 'string' ? /^([+-]?(?:\d+\.?\d*|\.\d+))([a-zA-Z]*|[eE][+-]?\d+)$/.exec(value) : null;
  if (match === null) return undefined;
  const [, number = '', suffix = ''] = match;
  if (/^[eE][+-]?\d+$/.test(suffix)) return Number(number) * 10 ** Number(suffix.slice(1));
  const factor = SUFFIXES.get(suffix);
  return factor === undefined ? undefined : Number(number) * factor;
}
