import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Fault } from './faults';
import { withArticle } from './private/article';
import { quoted } from './private/quoted';
import { isSettled } from './private/settled';

const LONGEST_NAME = 63;
const LONGEST_PREFIX = 253;
const LARGEST_ANNOTATIONS = 262144;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
/** A good key if it isn't long, told by one test. */
const KEY = /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Settled labels without faults. */
const good = new WeakSet<object>();

/**
 * The syntax of labels and annotations, and the labels that every workload carries.
 *
 * ```ts
 * Labels.faultsOf('example.com/team', 'payments');   // none
 * Labels.valueOf('feature/new basket');              // feature-new-basket
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export class Labels {
  /** Key of the label with the name of the application, such as `storefront`; the same for each of its instances. */
  public static readonly NAME = 'app.kubernetes.io/name';

  /** Key of the label with the name of this one instance; selectors of workloads use it and nothing else. */
  public static readonly INSTANCE = 'app.kubernetes.io/instance';

  /** Key of the label with the version that runs, such as `1.8.2`; never in a selector. */
  public static readonly VERSION = 'app.kubernetes.io/version';

  /** Key of the label with the part that this is in its architecture, such as `database`. */
  public static readonly COMPONENT = 'app.kubernetes.io/component';

  /** Key of the label with the application that this is a part of, such as `shop`. */
  public static readonly PART_OF = 'app.kubernetes.io/part-of';

  /** Key of the label with the tool that keeps the object. */
  public static readonly MANAGED_BY = 'app.kubernetes.io/managed-by';

  /**
   * What is wrong with a label.
   *
   * @param key the label's key: a name of at most 63 characters, after an optional DNS subdomain and `/`.
   * @param value the label's value: empty, or at most 63 letters, digits, `-`, `_` and `.`, a letter or digit at both ends.
   */
  public static faultsOf(key: string, value: string): Fault[] {
    const faults = [...keyFaults('label', key), ...textFaults(key, value)];
    if (typeof value !== 'string' || value === '') {
      return faults;
    }
    if (!NAME.test(value)) {
      faults.push({
        code: 'KEELSON1054', member: key, got: quoted(value), fix: suggestion(value),
        allowed: "empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends",
      });
    }
    if (value.length > LONGEST_NAME) {
      faults.push({ code: 'KEELSON1055', member: key, got: quoted(value), allowed: 'at most 63 characters long', fix: suggestion(value) });
    }
    return faults;
  }

  /**
   * What is wrong with an annotation. Its value may be any text; see `annotationSizeFaultsOf` for the size.
   *
   * @param key the annotation's key: as of a label, but upper case is allowed before `/` too.
   * @param value the annotation's value.
   */
  public static annotationFaultsOf(key: string, value: string): Fault[] {
    return [...keyFaults('annotation', key), ...textFaults(key, value)];
  }

  /**
   * What is wrong with the annotations of one object taken together: keys and values must not exceed 262144 bytes.
   *
   * @param annotations all annotations of the object.
   */
  public static annotationSizeFaultsOf(annotations: { [key: string]: string }): Fault[] {
    const sizes = Object.entries(annotations).map(([key, value]) => ({ key, bytes: bytes(key) + bytes(typeof value === 'string' ? value : '') }));
    const total = sizes.reduce((sum, entry) => sum + entry.bytes, 0);
    if (total <= LARGEST_ANNOTATIONS) {
      return [];
    }
    const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    return [{
      code: 'KEELSON1056', got: `${total} bytes`,
      allowed: `at most ${LARGEST_ANNOTATIONS} bytes, keys and values of all annotations together`,
      fix: `move ${quoted(largest.key)} (${largest.bytes} bytes) to a ConfigMap`,
    }];
  }

  /**
   * The labels of an object that no one workload has: its name, the chart it is a part of, and what keeps it.
   *
   * @param scope where the object is.
   * @param name its name.
   */
  public static recommended(scope: IConstruct, name: string): { [key: string]: string } {
    return { [Labels.NAME]: Labels.valueOf(name), [Labels.PART_OF]: Labels.valueOf(Chart.of(scope).node.id), [Labels.MANAGED_BY]: 'keelson' };
  }

  /**
   * A text cut and cleaned to a label value: what isn't allowed becomes `-`, and what is over 63 characters is left out.
   * Different texts can give the same value, so never select by it.
   *
   * @param text such as a version or an object's name.
   * @returns a valid label value; empty where nothing is left.
   */
  public static valueOf(text: string): string {
    // JavaScript may leave it out.
    const clean = (typeof text === 'string' ? text : '').replace(/[^-A-Za-z0-9_.]+/g, '-').replace(/^[-_.]+/, '');
    return clean.slice(0, LONGEST_NAME).replace(/[-_.]+$/, '');
  }

  /** What is wrong with the labels of an object; those that many objects have in common are looked at once. @internal */
  public static _faultsOfAll(labels: { [key: string]: string }): Fault[] {
    if (good.has(labels)) {
      return [];
    }
    const faults = Object.entries(labels).flatMap(([key, value]) => Labels.faultsOf(key, value));
    if (faults.length === 0 && isSettled(labels)) {
      good.add(labels);
    }
    return faults;
  }

  private constructor() {}
}

/** Of annotations the API server looks at the key in lower case, so that case doesn't matter there. */
function keyFaults(what: string, key: string): Fault[] {
  if (typeof key === 'string' && key.length <= LONGEST_NAME && KEY.test(key)) {
    return [];
  }
  const characters = `${withArticle(what)} key of letters, digits, '-', '_' and '.', with a letter or digit at both ends`;
  if (typeof key !== 'string') {
    return [{ code: 'KEELSON1052', got: quoted(key), allowed: characters, fix: "write it like 'example.com/team'" }];
  }
  const [first = '', ...others] = key.split('/');
  if (others.length > 1) {
    const fix = `try ${quoted(`${first}/${others.join('-')}`)}`;
    return [{ code: 'KEELSON1050', got: quoted(key), allowed: `${withArticle(what)} key with at most one '/'`, fix }];
  }
  const name = others[0] ?? first;
  const prefix = others.length > 0 ? first : undefined;
  const faults: Fault[] = [];
  if (prefix !== undefined && !PREFIX.test(what === 'annotation' ? prefix.toLowerCase() : prefix)) {
    faults.push({
      code: 'KEELSON1051', got: quoted(key), allowed: `${withArticle(what)} key with a DNS subdomain before '/'`,
      fix: prefix === '' ? `try ${quoted(name)}` : "write it like 'example.com/team'",
    });
  }
  if (prefix !== undefined && prefix.length > LONGEST_PREFIX) {
    faults.push({
      code: 'KEELSON1053', got: quoted(key), allowed: `${withArticle(what)} key with at most 253 characters before '/'`, fix: 'use a shorter domain',
    });
  }
  if (!NAME.test(name)) {
    faults.push({
      code: 'KEELSON1052', got: quoted(key), fix: suggestion(name), allowed: characters,
    });
  } else if (name.length > LONGEST_NAME) {
    faults.push({
      code: 'KEELSON1058', got: quoted(key), fix: suggestion(name),
      allowed: `${withArticle(what)} key of at most 63 characters, not counting what is before '/'`,
    });
  }
  return faults;
}

/** Programs without types, and configuration read from JSON, pass numbers and undefined where only text is taken. */
function textFaults(key: string, value: unknown): Fault[] {
  const tokenOrText = typeof value === 'string' || (typeof value === 'object' && value !== null);
  return tokenOrText ? [] : [{
    code: 'KEELSON1057', member: key, got: quoted(value), allowed: 'a text',
    fix: value === undefined || value === null ? 'give it a value, or leave it out' : `write '${String(value)}'`,
  }];
}

function suggestion(text: string): string {
  const value = Labels.valueOf(text);
  return value === '' ? 'use at least one letter or digit' : `try ${quoted(value)}`;
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
