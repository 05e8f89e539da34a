import { EnvValue, IEnvValue } from '../env-value';
import { Fault } from '../faults';
import { quoted } from './quoted';

/** A name that says its value is to be kept secret: what the policy checkers look for, `key` only as a word of its own. */
const SECRET_NAME = /passw(?:or)?d|passphrase|pwd|token|bearer|secret|credential|jwt|(?:^|[-_.])(?:api|access|private|encryption|signing|master)?key(?:$|[-_.])/i;
/** These are shown to everybody. */
const PUBLIC_NAME = /public[-_.]?key/i;

/**
 * Kubernetes replaces `$(NAME)` only by a variable that is listed before: each entry comes after those it mentions, and
 * otherwise the order given stays.
 *
 * @param inherits whether `envFrom` brings variables too, which an entry of the same name may mention.
 */
export function renderEnv(env: ReadonlyMap<string, IEnvValue>, inherits = false): object[] {
  return sorted(env, inherits).order.map(name => ({ name, ...valueOf(env.get(name)) }));
}

/** Variables that mention each other in a circle. */
export function envFaults(env: ReadonlyMap<string, IEnvValue>, inherits = false): Fault[] {
  return sorted(env, inherits).cycles.map(cycle => ({
    code: 'KEELSON1313', got: cycle.map(name => `$(${name})`).join(' in '), allowed: "variables that don't need each other",
    fix: `take one of them out of the circle, or write '$$(${cycle[0] ?? ''})' for the text itself`,
  }));
}

/** What to warn of: a secret that everybody can read. */
export function envWarnings(name: string, given: IEnvValue): { readonly code: string; readonly text: string }[] {
  return !looksSecret(name, given?.value) ? [] : [{
    code: 'KEELSON1314',
    text: `env ${quoted(name)} looks like a secret, and its value is there for everybody who reads the manifest: use EnvValue.fromSecretValue, or mount the Secret as a file`,
  }];
}

/** The variables that a literal value mentions, as Kubernetes reads it: `$$` is a `$`, `$(` without `)` is a text. */
export function mentionedIn(value: unknown): string[] {
  return typeof value !== 'string' || !value.includes('$') ? [] : [...value.matchAll(/\$(?:\(([^)]*)\)|[^])/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

function sorted(env: ReadonlyMap<string, IEnvValue>, inherits: boolean): { order: string[]; cycles: string[][] } {
  const mentions = (given: IEnvValue) => typeof given?.value === 'string' && given.value.includes('$(');
  if (![...env.values()].some(mentions)) {
    return { order: [...env.keys()], cycles: [] };
  }
  const order = new Set<string>();
  const cycles: string[][] = [];
  const path = new Set<string>();
  // A chain of variables may be longer than JavaScript's stack.
  const open: { name: string; mentions: string[] }[] = [];
  const enter = (name: string): void => {
    if (path.has(name)) {
      const names = [...path];
      cycles.push([...names.slice(names.indexOf(name)), name]);
    } else if (!order.has(name)) {
      path.add(name);
      const mentions = mentionedIn(env.get(name)?.value).filter(other => env.has(other) && !(inherits && other === name));
      open.push({ name, mentions: mentions.reverse() });
    }
  };
  for (const first of env.keys()) {
    enter(first);
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const next = last.mentions.pop();
      if (next !== undefined) {
        enter(next);
      } else {
        open.pop();
        path.delete(last.name);
        order.add(last.name);
      }
    }
  }
  return { order: [...order], cycles };
}

/** Ours are plain. cdk8s-plus keeps a divisor as an object, which would render as `{ value: '1m' }`. */
function valueOf(env: IEnvValue | undefined): object {
  if (env?.valueFrom === undefined) {
    return { value: env?.value };
  }
  if (env instanceof EnvValue) {
    return { valueFrom: env.valueFrom };
  }
  const unwrap = (key: string, v: unknown) => (key === 'divisor' ? (v as { value?: unknown } | null)?.value ?? v : v);
  return { valueFrom: JSON.parse(JSON.stringify(env.valueFrom, unwrap)) as unknown };
}

/** A path, or a text made of other variables alone, is no secret. */
function looksSecret(name: string, value: unknown): boolean {
  return typeof value === 'string' && SECRET_NAME.test(name) && !PUBLIC_NAME.test(name)
    && !value.startsWith('/') && value.replace(/\$\([^)]*\)/g, '') !== '';
}
