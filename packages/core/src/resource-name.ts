import { Fault } from './faults';
import { withArticle } from './private/article';
import { quoted } from './private/quoted';

/** What names of a kind may look like. */
interface NameRule {
  /** Dots are allowed: a DNS subdomain. */
  readonly dots: boolean;
  /** A digit may come first: DNS-1123, not DNS-1035. */
  readonly digitFirst: boolean;
  readonly longest: number;
  /** Why not longer, where the API server would take it or says it of another field. */
  readonly because?: string;
}

const SUBDOMAIN: NameRule = { dots: true, digitFirst: true, longest: 253 };
const LABEL: NameRule = { dots: false, digitFirst: true, longest: 63 };

/** The kinds whose names are stricter than a DNS subdomain, and the length up to which their objects work. */
const RULES = new Map<string, NameRule>([
  ['CronJob', { ...LABEL, longest: 52, because: 'its Jobs add 11' }],
  ['DaemonSet', { ...LABEL, because: "the name is its pods' label and host name too" }],
  ['Deployment', { ...LABEL, because: "the name is its pods' label and host name too" }],
  ['Job', { ...LABEL, because: "the name is its pods' label too" }],
  ['Namespace', LABEL],
  ['Service', { ...LABEL, digitFirst: false }],
  ['StatefulSet', {
    ...LABEL, longest: 52, because: "its pods' label controller-revision-hash adds 11, and no pod comes where that is over 63",
  }],
]);

/** The kinds whose names may have any characters that fit one segment of a URL's path. */
const PATH_SEGMENT = new Set([
  'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding', 'ClusterTrustBundle', 'IPAddress', 'Role', 'RoleBinding',
]);

/**
 * The syntax of `metadata.name`, kind by kind, and of names inside pods.
 *
 * | kind | name |
 * |---|---|
 * | StatefulSet, CronJob | DNS label, at most 52 characters: longer ones are refused, or accepted and never run |
 * | Deployment, DaemonSet, Job, Namespace | DNS label, at most 63 |
 * | Service | DNS label that begins with a letter (only from 1.36 on a digit is taken), at most 63 |
 * | Role, ClusterRole and their bindings | anything but `.`, `..`, `/` and `%` |
 * | any other | DNS subdomain, at most 253 |
 *
 * The API server takes longer and dotted names of Deployments and DaemonSets. They are refused all the same, because the
 * name is also their pods' label (at most 63), their pods' host name (no dots) and mostly a Service's name.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export class ResourceName {
  /**
   * What is wrong with an object's name: characters, and the length up to which objects of the kind not only
   * are accepted but work.
   *
   * @param kind such as `Deployment`.
   * @param name the object's name.
   */
  public static faultsOf(kind: string, name: string): Fault[] {
    if (isNone(name)) {
      return noneFaults(kind, name);
    }
    return PATH_SEGMENT.has(kind) ? pathSegmentFaults(kind, name) : dnsFaults(kind, name, RULES.get(kind) ?? SUBDOMAIN);
  }

  /**
   * What is wrong with a name that must be a DNS label: of a container, a volume, a Service's port.
   *
   * @param what what it names, such as `container`.
   * @param name the name: at most 63 lower-case letters, digits and `-`.
   */
  public static labelFaultsOf(what: string, name: string): Fault[] {
    return isNone(name) ? noneFaults(what, name) : dnsFaults(what, name, LABEL);
  }

  private constructor() {}
}

/** Programs without types pass undefined, where a variable of synth's environment isn't set, and numbers. */
function isNone(name: unknown): boolean {
  return typeof name !== 'string' || name === '';
}

function noneFaults(what: string, name: unknown): Fault[] {
  return [{ code: 'KEELSON1060', got: quoted(name), allowed: `a name for the ${what}`, fix: "name it like 'storefront'" }];
}

/** What every rule takes up to its length. */
const GOOD = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;

function dnsFaults(kind: string, name: string, rule: NameRule): Fault[] {
  if (name.length <= rule.longest && GOOD.test(name)) {
    return [];
  }
  const faults: Fault[] = [];
  const fix = suggestion(name, rule);
  const add = (code: string, allowed: string) => faults.push({ code, got: quoted(name), allowed, fix });
  if (/[^-a-z0-9.]/.test(name)) {
    add('KEELSON1062', `lower-case letters, digits${rule.dots ? ", '-' and '.'" : " and '-'"} for ${withArticle(kind)}`);
  } else if (!rule.dots && name.includes('.')) {
    add('KEELSON1063', `without dots for ${withArticle(kind)}`);
  } else if (name.split('.').some(part => !/^[a-z0-9](.*[a-z0-9])?$/.test(part))) {
    add('KEELSON1064', `a name with a letter or digit at both ends${rule.dots ? " and on both sides of each '.'" : ''}`);
  } else if (!rule.digitFirst && /^[0-9]/.test(name)) {
    add('KEELSON1065', `a name that begins with a letter for ${withArticle(kind)}`);
  }
  if (name.length > rule.longest) {
    const because = rule.because === undefined ? '' : ` (${rule.because})`;
    add('KEELSON1061', `at most ${rule.longest} characters long for ${withArticle(kind)}${because}`);
  }
  return faults;
}

function pathSegmentFaults(kind: string, name: string): Fault[] {
  return name === '.' || name === '..' || /[/%]/.test(name) ? [{
    code: 'KEELSON1066', got: quoted(name), allowed: `a name other than '.' and '..', without '/' and '%', for ${withArticle(kind)}`,
    fix: /[^./%]/.test(name) ? `try ${quoted(name.replace(/[/%]+/g, '-'))}` : "name it like 'storefront'",
  }] : [];
}

/** The nearest name that the rule takes: `myApp` gives `my-app`. */
function suggestion(name: string, rule: NameRule): string {
  const lower = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^-a-z0-9.]+/g, '-');
  const parts = (rule.dots ? lower.split('.') : [lower.replaceAll('.', '-')]).map(trim).filter(part => part !== '');
  const cut = trim((rule.digitFirst ? parts.join('.') : parts.join('.').replace(/^[-0-9]+/, '')).slice(0, rule.longest));
  return cut === '' ? "name it like 'storefront'" : `try ${quoted(cut)}`;
}

function trim(text: string): string {
  return text.replace(/^[-.]+|[-.]+$/g, '');
}
